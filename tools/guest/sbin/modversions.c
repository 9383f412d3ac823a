/* modversions: say which symbols of a module have other types here, and what has changed */
/*
 * modversions FILE [PROVIDER…]: compares the symbol versions in a module file with those of the running kernel's tree
 * (/lib/modules/RELEASE/symtypes.gz) and of PROVIDER module files. For a symbol that differs the types are compared that
 * the file carries (.symtypes, in modules built outside the tree): members with - are the file's, with + those here.
 * 0 all the same, 1 something differs, 2 a file cannot be read.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include "guest/lib/kmod.h"
#include "lib/inflate.h"

/* A line of symtypes: a symbol with CRC and type, or a type with its definition. */
struct line {
	const char *name;
	const char *text;
	uint32_t crc;
	bool symbol;
	bool reached; /* by the symbol that is compared */
};

struct table {
	struct line *lines;
	size_t count;
};

struct bytes {
	char *at;
	size_t used, room;
};

static bool put(void *context, const uint8_t *data, uint32_t n)
{
	struct bytes *out = context;

	if (out->used + n + 1 > out->room) {
		out->room = (out->used + n + 1) * 2;
		out->at = kmod_need(realloc(out->at, out->room));
	}
	memcpy(out->at + out->used, data, n);
	out->used += n;
	out->at[out->used] = '\0';
	return true;
}

/* Takes the fields of a line apart; those that are no line of symtypes are left out. */
static void add_line(struct table *table, char *line)
{
	char *kind = strsep(&line, "\t");
	bool symbol = !strcmp(kind, "S");
	char *crc = symbol ? strsep(&line, "\t") : NULL, *name = strsep(&line, "\t");

	if (!line)
		return;
	table->lines = kmod_need(realloc(table->lines, (table->count + 1) * sizeof(*table->lines)));
	table->lines[table->count++] = (struct line){
		.name = name,
		.text = line,
		.symbol = symbol,
		.crc = crc ? (uint32_t)strtoul(crc, NULL, 16) : 0,
	};
}

static bool unpack(struct table *table, const void *packed, size_t size)
{
	struct inflate *state = kmod_need(malloc(sizeof(*state)));
	struct bytes out = { 0 };
	uint32_t consumed;
	bool good = inflate_gzip(state, packed, (uint32_t)size, put, &out, &consumed) == INFLATE_OK;
	char *text = out.at;

	free(state);
	while (good && text && *text)
		add_line(table, strsep(&text, "\n"));
	return good;
}

static const void *section(const struct kmod_file *file, const char *name, uint32_t *size)
{
	uint32_t index = link_find_section(&file->object, name);

	return index ? link_section_bytes(&file->object, index, size) : NULL;
}

static struct line *find(const struct table *table, const char *name, size_t length, bool symbol)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->lines[i].symbol == symbol &&
		    !strncmp(table->lines[i].name, name, length) && !table->lines[i].name[length])
			return &table->lines[i];
	return NULL;
}

static size_t word(const char *s)
{
	size_t n = 0;

	while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') ||
	       (s[n] >= '0' && s[n] <= '9') || s[n] == '_')
		n++;
	return n;
}

/* Length of the type name behind an @: "struct file", "atomic_t". */
static size_t name_length(const char *s)
{
	size_t n = word(s);

	if (s[n] == ' ' &&
	    ((n == 6 && !strncmp(s, "struct", 6)) || (n == 5 && !strncmp(s, "union", 5)) ||
	     (n == 4 && !strncmp(s, "enum", 4))))
		n += 1 + word(s + n + 1);
	return n;
}

/* Marks the types of the file's table that a text leads to. */
static void reach(struct table *table, const char *text)
{
	while ((text = strchr(text, '@'))) {
		size_t n = name_length(++text);
		struct line *type = find(table, text, n, false);

		if (type && !type->reached) {
			type->reached = true;
			reach(table, type->text);
		}
	}
}

/* Length of the first member of a definition: nested braces stay together. */
static size_t member_length(const char *s)
{
	size_t n = 0;
	int depth = 0;

	for (; s[n]; n++) {
		depth += s[n] == '{';
		if (s[n] == '}' && depth-- == 0)
			break;
		if (!depth && (s[n] == ';' || s[n] == ','))
			break;
	}
	return n;
}

static bool contains(const char *definition, const char *member, size_t length)
{
	const char *s = strchr(definition, '{');

	for (s = s ? s + 2 : definition; *s && *s != '}';) {
		size_t n = member_length(s);

		if (n == length && !strncmp(s, member, n))
			return true;
		s += n + (s[n] ? 1 : 0);
		s += strspn(s, " ");
	}
	return false;
}

static void show_missing(char sign, const char *from, const char *other)
{
	const char *s = strchr(from, '{');

	for (s = s ? s + 2 : from; *s && *s != '}';) {
		size_t n = member_length(s);

		if (!contains(other, s, n))
			printf("    %c %.*s\n", sign, (int)n, s);
		s += n + (s[n] ? 1 : 0);
		s += strspn(s, " ");
	}
}

static void show_change(const char *name, const char *was, const char *is)
{
	printf("  %s: %.*s bytes in the file, %.*s here\n", name, (int)strspn(was, "0123456789"),
	       was, (int)strspn(is, "0123456789"), is);
	show_missing('-', was, is);
	show_missing('+', is, was);
}

static void explain(struct table *file, struct line *symbol, const struct table *here,
		    const struct line *other)
{
	bool told = strcmp(symbol->text, other->text) != 0;

	if (told)
		printf("  - %s\n  + %s\n", symbol->text, other->text);
	for (size_t i = 0; i < file->count; i++)
		file->lines[i].reached = false;
	reach(file, symbol->text);
	for (size_t i = 0; i < file->count; i++) {
		const struct line *type = &file->lines[i], *now;

		if (!type->reached)
			continue;
		now = find(here, type->name, strlen(type->name), false);
		if (now && !strcmp(now->text, type->text))
			continue;
		told = true;
		if (now)
			show_change(type->name, type->text, now->text);
		else
			printf("  %s: not known here\n", type->name);
	}
	if (!told)
		puts("  in a type that is not stored");
}

/* One entry of __versions; true: it is another here. */
static bool compare(const char *name, uint32_t crc, struct table *file, const struct table *here)
{
	const struct line *other = find(here, name, strlen(name), true);
	struct line *symbol = find(file, name, strlen(name), true);

	if (!other || !other->crc || other->crc == crc)
		return false;
	printf("%s: 0x%08x in the file, 0x%08x here\n", name, crc, other->crc);
	if (symbol)
		explain(file, symbol, here, other);
	else
		puts("  the file does not carry its types (it is of a tree): install the modules "
		     "of this kernel");
	return true;
}

static void need_open(struct kmod_file *file, const char *path)
{
	int error = kmod_file_open(file, path);

	if (!error)
		return;
	fprintf(stderr, "modversions: %s: %s\n", path,
		error == -ENOEXEC ? kmod_file_error() : strerror(-error));
	exit(2);
}

static void read_types(struct table *table, const char *path)
{
	struct kmod_file file;
	const void *packed;
	uint32_t size;

	need_open(&file, path);
	packed = section(&file, ".symtypes", &size);
	if (packed && !unpack(table, packed, size)) {
		fprintf(stderr, "modversions: %s: .symtypes is damaged\n", path);
		exit(2);
	}
}

static void read_tree(struct table *table)
{
	struct utsname name;
	size_t size;
	char *path, *packed;

	uname(&name);
	path = kmod_text("/lib/modules/%s/symtypes.gz", name.release);
	packed = kmod_read(path, &size);
	if (packed && unpack(table, packed, size))
		return;
	fprintf(stderr, "modversions: %s: %s\n", path, packed ? "damaged" : strerror(errno));
	exit(2);
}

int main(int argc, char **argv)
{
	struct table file = { 0 }, here = { 0 };
	struct kmod_file module;
	const char *versions;
	uint32_t size = 0;
	int different = 0;

	if (argc < 2 || argv[1][0] == '-') {
		fputs("usage: modversions FILE [PROVIDER...]\n", stderr);
		return 2;
	}
	need_open(&module, argv[1]);
	read_types(&file, argv[1]);
	for (int i = 2; i < argc; i++)
		read_types(&here, argv[i]);
	read_tree(&here);
	versions = section(&module, "__versions", &size);
	for (uint32_t i = 0; i + 64 <= size; i += 64) {
		uint32_t crc;

		memcpy(&crc, versions + i, sizeof(crc));
		if (memchr(versions + i + 4, 0, 60))
			different += compare(versions + i + 4, crc, &file, &here);
	}
	return different > 0;
}
