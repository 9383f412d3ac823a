/* Queries that load nothing: the configuration, and the versions of symbols. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "guest/sbin/modprobe/modprobe.h"

struct alias_line {
	const char *alias, *module;
	size_t position;
};

static int by_alias(const void *a, const void *b)
{
	const struct alias_line *x = a, *y = b;
	int order = strcmp(x->alias, y->alias);

	return order ? order : x->position < y->position ? -1 : 1;
}

/* One of depmod's lists of aliases, in the order of the aliases. */
static void show_table(const char *name)
{
	char *text = kmod_read(kmod_text("%s/%s", kmod_directory, name), NULL), *state;
	struct alias_line *list = NULL;
	size_t count = 0;

	for (char *line = text ? strtok_r(text, "\n", &state) : NULL; line;
	     line = strtok_r(NULL, "\n", &state)) {
		char *module = strncmp(line, "alias ", 6) == 0 ? strchr(line + 6, ' ') : NULL;

		if (!module)
			continue;
		*module++ = 0;
		list = kmod_need(realloc(list, (count + 1) * sizeof(*list)));
		list[count] = (struct alias_line){ kmod_normalise(line + 6), module, count };
		count += list[count].alias != NULL;
	}
	if (count)
		qsort(list, count, sizeof(*list), by_alias);
	for (size_t i = 0; i < count; i++)
		printf("alias %s %s\n", list[i].alias, list[i].module);
}

int show_config(void)
{
	static const enum kmod_word order[KMOD_WORDS] = {
		KMOD_BLACKLIST, KMOD_INSTALL, KMOD_REMOVE, KMOD_ALIAS, KMOD_OPTIONS, KMOD_SOFTDEP
	};

	for (int i = 0; i < KMOD_WORDS; i++)
		for (struct kmod_line *l = kmod_config; l; l = l->next)
			if (l->word == order[i])
				printf(*l->value ? "%s %s %s\n" : "%s %s\n", kmod_words[l->word],
				       l->name, l->value);
	puts("\n# End of configuration files. Dumping indexes now:\n");
	show_table("modules.alias");
	show_table("modules.symbols");
	return 0;
}

#define CRC "__crc_"

/* The value of a symbol __crc_NAME, or what is at its place if it lies in a section. */
static uint32_t crc_of(const struct link_object *object, uint32_t symbol)
{
	uint32_t value = object->symbols[symbol].value, size;
	uint32_t section = object->symbols[symbol].section;
	const char *bytes;

	if (!section || section >= object->section_count)
		return value;
	bytes = link_section_bytes(object, section, &size);
	if (bytes && size >= 4 && value <= size - 4)
		memcpy(&value, bytes + value, 4);
	return value;
}

/* By the symbols of the versions; a file without them by the exports. */
static int show_exports(const struct kmod_file *file)
{
	const struct link_object *object = &file->object;
	uint32_t count = 0, i = 0;
	const char *name;

	for (uint32_t k = 1; k < object->symbol_count; k++) {
		name = link_symbol_name(object, k);
		if (strncmp(name, CRC, strlen(CRC)) == 0) {
			printf("0x%08x\t%s\n", crc_of(object, k), name + strlen(CRC));
			count++;
		}
	}
	for (; !count && (i = kmod_file_next_export(file, i, &name));)
		printf("0x%08x\t%s\n", 0, name);
	if (count || kmod_file_next_export(file, 0, &name))
		return 0;
	kmod_fatal("could not get symbols of %s: %s\n", file->path, strerror(ENOENT));
	return 1;
}

/* struct modversion_info: a CRC and a name, 64 bytes. */
static int show_uses(const struct kmod_file *file)
{
	uint32_t size = 0, crc;
	const char *entry = link_section_bytes(&file->object, file->object.known[LINK_S_VERSIONS],
					       &size);

	if (!entry) {
		kmod_fatal("could not get modversions of %s: %s\n", file->path, strerror(ENOENT));
		return 1;
	}
	for (uint32_t at = 0; at + 64 <= size; at += 64) {
		memcpy(&crc, entry + at, 4);
		printf("0x%08x\t%.60s\n", crc, entry + at + 4);
	}
	return 0;
}

/* Lines "0xCRC\tSYMBOL": of the symbols it uses, or (exports) of those it gives. */
int show_versions(const char *path, bool exports)
{
	struct kmod_file file;
	int error = -kmod_file_open(&file, path);

	if (!error)
		return exports ? show_exports(&file) : show_uses(&file);
	if (error == ENOEXEC)
		kmod_fatal("could not get modversions of %s: %s\n", path, kmod_file_error());
	else
		kmod_fatal("Module %s not found.\n", path);
	return 1;
}
