/*
 * Module.symvers in Linux's format: a line per exported symbol, fields separated by tabs:
 * CRC, symbol, module (path without .ko, "vmlinux" for the kernel), EXPORT_SYMBOL or EXPORT_SYMBOL_GPL, namespace.
 */
#include <stdlib.h>
#include <string.h>
#include "lib/hash.h"
#include "modpost.h"

#define SLOTS (sizeof(((struct symvers *)0)->slots) / sizeof(struct export *))

const struct export *symvers_find(const struct symvers *symvers, const char *name)
{
	const struct export *export = symvers->slots[hash_text(name) % SLOTS];

	while (export && strcmp(export->name, name))
		export = export->next;
	return export;
}

/* A later file wins: a rebuilt module's exports replace those of an older list. */
static void symvers_add(struct symvers *symvers, char *fields[5])
{
	struct export *export = (struct export *)symvers_find(symvers, fields[1]);

	if (!export) {
		struct export **slot = &symvers->slots[hash_text(fields[1]) % SLOTS];

		export = allocate(sizeof(*export));
		export->next = *slot;
		*slot = export;
	}
	export->crc = (uint32_t)strtoul(fields[0], NULL, 16);
	export->name = fields[1];
	export->module = fields[2];
	export->gpl = !strncmp(fields[3], "EXPORT_SYMBOL_GPL", 17);
	export->namespace = fields[4];
}

/* Splits a line at tabs; fields that are not there are "". */
static bool split(char *line, char *fields[5])
{
	static char empty[1];
	int n = 0;

	while (n < 5 && line)
		fields[n++] = strsep(&line, "\t");
	for (int i = n; i < 5; i++)
		fields[i] = empty;
	return n >= 4;
}

/* A list that is not there yet (the first build of a folder) is an empty one. */
void symvers_read(struct symvers *symvers, const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	if (!file)
		return;
	for (int number = 1; getline(&line, &room, file) > 0; number++) {
		char *fields[5];

		line[strcspn(line, "\n")] = '\0';
		if (!split(duplicate(line), fields))
			die("%s:%d: not a line of Module.symvers", path, number);
		symvers_add(symvers, fields);
	}
	free(line);
	fclose(file);
}

void symvers_set(struct symvers *symvers, uint32_t crc, const char *name, const char *module,
		 bool gpl, const char *namespace)
{
	char text[16];

	snprintf(text, sizeof(text), "%x", crc);
	symvers_add(symvers, (char *[]){ text, duplicate(name), duplicate(module),
					 gpl ? "EXPORT_SYMBOL_GPL" : "EXPORT_SYMBOL",
					 duplicate(namespace) });
}

void symvers_read_types(struct symvers *symvers, const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	if (!file)
		die("%s: cannot be read", path);
	while (getline(&line, &room, file) > 0) {
		char *fields[5], *text = duplicate(line);

		if (split(text, fields) && !strcmp(fields[0], "S"))
			symvers_add(symvers, (char *[]){ fields[1], fields[2], "", "", "" });
	}
	free(line);
	fclose(file);
}

void symvers_write(FILE *out, uint32_t crc, const char *name, const char *module, bool gpl,
		   const char *namespace)
{
	fprintf(out, "0x%08x\t%s\t%s\tEXPORT_SYMBOL%s\t%s\n", crc, name, module, gpl ? "_GPL" : "",
		namespace);
}
