/* The files that depmod writes. Each is written beside its place and then renamed, so that readers see old or new. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "guest/sbin/depmod/depmod.h"

/* What the writers work on. */
struct output {
	struct tree *tree;
	const struct symbols *symbols;
	bool dry, warn;
};

static void write_dep(struct output *o, FILE *to, struct index *index)
{
	struct tree *tree = o->tree;

	for (size_t i = 0; i < tree->count; i++) {
		struct entry **all, *e = &tree->list[i];
		size_t count = graph_closure(tree, e, &all);
		char *line = kmod_text("%s:", e->path);

		for (size_t k = 0; k < count; k++)
			line = kmod_text("%s %s", line, all[k]->path);
		free(all);
		fprintf(to, "%s\n", line);
		index_add(index, e->name, line, e->rank);
	}
}

static void add_alias(const struct output *o, struct index *index, const char *alias,
		      const struct entry *e)
{
	for (size_t i = 0; o->warn && !o->dry && i < index->count; i++)
		if (strcmp(index->list[i].key, alias) == 0 &&
		    strcmp(index->list[i].value, e->name) == 0) {
			kmod_warning("duplicate module alias:\n%s %s\n", alias, e->name);
			break;
		}
	index_add(index, alias, e->name, e->rank);
}

static void write_alias(struct output *o, FILE *to, struct index *index)
{
	struct tree *tree = o->tree;
	fputs("# Aliases extracted from modules themselves.\n", to);
	for (size_t i = 0; i < tree->count; i++) {
		const struct entry *e = &tree->list[i];

		for (const char *text = NULL; (text = link_modinfo_next(&e->file.object, text));) {
			const char *alias = kmod_tag(text, "alias");
			const char *name = alias ? kmod_normalise(alias) : NULL;

			if (!alias)
				continue;
			fprintf(to, "alias %s %s\n", alias, e->name);
			if (name)
				add_alias(o, index, name, e);
			else if (!o->dry)
				kmod_warning("Unmatched bracket in %s\n", alias);
		}
	}
}

static void write_softdep(struct output *o, FILE *to, struct index *index)
{
	struct tree *tree = o->tree;
	(void)index;
	fputs("# Soft dependencies extracted from modules themselves.\n", to);
	for (size_t i = 0; i < tree->count; i++)
		for (const char *text = NULL;
		     (text = link_modinfo_next(&tree->list[i].file.object, text));) {
			const char *softdep = kmod_tag(text, "softdep");

			if (softdep)
				fprintf(to, "softdep %s %s\n", tree->list[i].name, softdep);
		}
}

static void write_symbols(struct output *o, FILE *to, struct index *index)
{
	fputs("# Aliases for symbols, used by symbol_request().\n", to);
	for (size_t i = 0; i < o->symbols->count; i++) {
		const struct symbol *symbol = &o->symbols->list[i];
		const char *alias = kmod_text("symbol:%s", symbol->name);

		fprintf(to, "alias %s %s\n", alias, symbol->owner->name);
		index_add(index, alias, symbol->owner->name, symbol->owner->rank);
	}
}

/* A module with a devname: alias and one for a device number has a node in /dev before it is loaded. */
static void write_devname(struct output *o, FILE *to, struct index *index)
{
	struct tree *tree = o->tree;
	bool begun = false;

	(void)index;
	for (size_t i = 0; i < tree->count; i++) {
		const struct entry *e = &tree->list[i];
		const char *device = NULL;
		unsigned int major = 0, minor = 0;
		char kind = 0;

		for (const char *text = NULL; (text = link_modinfo_next(&e->file.object, text));) {
			const char *alias = kmod_tag(text, "alias");
			unsigned int x, y;

			if (!alias)
				continue;
			if (strncmp(alias, "devname:", 8) == 0) {
				device = alias + 8;
			} else if (sscanf(alias, "char-major-%u-%u", &x, &y) == 2) {
				kind = 'c';
				major = x;
				minor = y;
			} else if (sscanf(alias, "block-major-%u-%u", &x, &y) == 2) {
				kind = 'b';
				major = x;
				minor = y;
			}
		}
		if (device && !kind)
			kmod_error("Module '%s' has devname (%s) but lacks major and minor "
				   "information. Ignoring.\n",
				   e->name, device);
		if (!device || !kind)
			continue;
		if (!begun)
			fputs("# Device nodes to trigger on-demand module loading.\n", to);
		begun = true;
		fprintf(to, "%s %s %c%u:%u\n", e->name, device, kind, major, minor);
	}
}

/* A list that the build makes. NULL: it is not there, and the index stays empty. */
static char *read_list(const char *name, size_t *size, struct index *index)
{
	char *text = kmod_read(kmod_text("%s/%s", kmod_directory, name), size);

	if (!text)
		kmod_warning("could not open %s at %s: %s\n", name, kmod_directory,
			     strerror(errno));
	index->absent = !text;
	return text;
}

static void write_builtin(struct output *o, FILE *to, struct index *index)
{
	char *text = read_list("modules.builtin", NULL, index), *state;

	(void)o, (void)to;
	for (char *line = text ? strtok_r(text, "\n", &state) : NULL; line;
	     line = strtok_r(NULL, "\n", &state)) {
		char *name = kmod_name_of_path(line);

		if (name)
			index_add(index, name, "", 0);
	}
}

static void write_builtin_alias(struct output *o, FILE *to, struct index *index)
{
	size_t size = 0;
	char *text = read_list("modules.builtin.modinfo", &size, index);

	(void)o, (void)to;
	for (char *p = text; p && p < text + size; p += strlen(p) + 1) {
		char *dot = strchr(p, '.');
		const char *alias = dot ? kmod_tag(dot + 1, "alias") : NULL;
		char *name = alias ? kmod_normalise(alias) : NULL;

		if (name)
			index_add(index, name, kmod_text("%.*s", (int)(dot - p), p), 0);
		else if (alias)
			kmod_warning("Unmatched bracket in %s\n", alias);
	}
}

static const struct {
	const char *name; /* of the text; NULL: only an index */
	void (*write)(struct output *o, FILE *to, struct index *index);
	const char *index; /* NULL: only a text */
} outputs[] = {
	{ "modules.dep", write_dep, "modules.dep.bin" },
	{ "modules.alias", write_alias, "modules.alias.bin" },
	{ "modules.softdep", write_softdep, NULL },
	{ "modules.symbols", write_symbols, "modules.symbols.bin" },
	{ NULL, write_builtin, "modules.builtin.bin" },
	{ NULL, write_builtin_alias, "modules.builtin.alias.bin" },
	{ "modules.devname", write_devname, NULL },
};

static FILE *begin(const char *name)
{
	const char *path = kmod_text("%s/%s.new", kmod_directory, name);
	FILE *to = fopen(path, "w");

	if (!to)
		kmod_error("could not create %s: %s\n", path, strerror(errno));
	return to;
}

static int end(FILE *to, const char *name)
{
	const char *path = kmod_text("%s/%s", kmod_directory, name),
		   *new = kmod_text("%s.new", path);
	bool failed = ferror(to);

	failed |= fclose(to) != 0;
	if (!failed && rename(new, path) == 0)
		return 0;
	kmod_error("could not write %s: %s\n", path, strerror(errno));
	unlink(new);
	return 1;
}

int output_all(struct tree *tree, const struct symbols *symbols, bool dry, bool warn)
{
	struct output o = { tree, symbols, dry, warn };
	int failed = 0;

	for (size_t i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++) {
		struct index index = { NULL, 0, 0, false };
		FILE *to = NULL;

		if (dry && !outputs[i].name)
			continue;
		if (outputs[i].name) {
			to = dry ? stdout : begin(outputs[i].name);
			if (!to)
				return 1;
		}
		outputs[i].write(&o, to, &index);
		if (to && !dry)
			failed |= end(to, outputs[i].name);
		if (!outputs[i].index || dry)
			continue;
		to = begin(outputs[i].index);
		if (!to)
			return 1;
		if (!index.absent)
			index_write(&index, to);
		failed |= end(to, outputs[i].index);
	}
	return failed;
}
