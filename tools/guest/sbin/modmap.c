/* modmap: where modules lie, what they export and who uses it */
/*
 * modmap [-g|--graph] [MODULE…]: for each loaded module (or those named) its place in memory, its sections in the
 * order of their addresses, each symbol that it exports with the modules that use it, and what it uses of others.
 * --graph writes the same dependencies for Graphviz: modmap --graph | dot -Tsvg. Read from /proc/modules,
 * /sys/module and /sys/kernel/rakit/{exports,links}. 0, or 1: a module is not loaded, or the lists are not there.
 */
#include <dirent.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include "guest/lib/kmod.h"

static const struct option longs[] = { { "graph", no_argument, NULL, 'g' },
				       { "help", no_argument, NULL, 'h' },
				       { NULL, 0, NULL, 0 } };

struct export
{
	unsigned long address;
	const char *name, *provider, *license, *namespace;
};

struct use {
	const char *user, *name, *provider;
};

static struct export *exports;
static size_t export_count;
static struct use *uses;
static size_t use_count;

static bool read_exports(void)
{
	char *text = kmod_read("/sys/kernel/rakit/exports", NULL), *lines = NULL;

	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
	     line = strtok_r(NULL, "\n", &lines)) {
		char *word = NULL;
		struct export e = { .address = strtoul(strtok_r(line, " ", &word), NULL, 16) };

		e.name = strtok_r(NULL, " ", &word);
		e.provider = strtok_r(NULL, " ", &word);
		e.license = strtok_r(NULL, " ", &word);
		e.namespace = strtok_r(NULL, " ", &word);
		exports = kmod_need(realloc(exports, (export_count + 1) * sizeof(*exports)));
		exports[export_count++] = e;
	}
	return text;
}

static bool read_uses(void)
{
	char *text = kmod_read("/sys/kernel/rakit/links", NULL), *lines = NULL;

	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
	     line = strtok_r(NULL, "\n", &lines)) {
		char *word = NULL;
		struct use u = { .user = strtok_r(line, " ", &word) };

		u.name = strtok_r(NULL, " ", &word);
		u.provider = strtok_r(NULL, " ", &word);
		uses = kmod_need(realloc(uses, (use_count + 1) * sizeof(*uses)));
		uses[use_count++] = u;
	}
	return text;
}

/* ---- sections ---- */

struct section {
	char *name;
	unsigned long address;
};

static int by_address(const void *a, const void *b)
{
	const struct section *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

static size_t read_sections(const char *module, struct section **list)
{
	char *path = kmod_text("/sys/module/%s/sections", module);
	DIR *dir = opendir(path);
	size_t count = 0;

	*list = NULL;
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		char *text = kmod_read(kmod_text("%s/%s", path, entry->d_name), NULL);

		if (!text)
			continue;
		*list = kmod_need(realloc(*list, (count + 1) * sizeof(**list)));
		(*list)[count++] = (struct section){ kmod_copy(entry->d_name),
						     strtoul(text, NULL, 16) };
		free(text);
	}
	if (dir)
		closedir(dir);
	if (count)
		qsort(*list, count, sizeof(**list), by_address);
	return count;
}

static bool is_gone(const char *module, const char *section)
{
	char *size = kmod_read(kmod_text("/sys/module/%s/initsize", module), NULL);

	return size && atoi(size) == 0 && strncmp(section, ".init", 5) == 0;
}

static void show_sections(const char *module)
{
	struct section *list;
	size_t count = read_sections(module, &list);

	puts("  sections:");
	for (size_t i = 0; i < count; i++)
		printf("    0x%08lx  %s%s\n", list[i].address, list[i].name,
		       is_gone(module, list[i].name) ? "  (gone after init)" : "");
}

/* ---- symbols ---- */

static void show_exports(const char *module)
{
	bool any = false;

	for (size_t i = 0; i < export_count; i++) {
		const struct export *e = &exports[i];
		const char *before = "  used by ";

		if (strcmp(e->provider, module))
			continue;
		if (!any)
			puts("  exports:");
		any = true;
		printf("    0x%08lx  %s%s", e->address, e->name,
		       strcmp(e->license, "gpl") ? "" : " (GPL)");
		if (strcmp(e->namespace, "-"))
			printf(" (namespace %s)", e->namespace);
		for (size_t k = 0; k < use_count; k++) {
			if (strcmp(uses[k].name, e->name))
				continue;
			printf("%s%s", before, uses[k].user);
			before = ", ";
		}
		puts(*before == ',' ? "" : "  unused");
	}
}

static void show_uses(const char *module)
{
	unsigned int of_kernel = 0;

	puts("  uses:");
	for (size_t i = 0; i < use_count; i++) {
		if (strcmp(uses[i].user, module))
			continue;
		if (strcmp(uses[i].provider, "kernel") == 0)
			of_kernel++;
		else
			printf("    %s of %s\n", uses[i].name, uses[i].provider);
	}
	printf("    %u symbol%s of the kernel\n", of_kernel, of_kernel == 1 ? "" : "s");
}

static void show_module(const struct kmod_loaded *l)
{
	printf("%s: %lu bytes", l->name, l->size);
	for (size_t i = 0; i < l->users.count; i++)
		printf("%s%s", i ? ", " : ", used by ", l->users.text[i]);
	putchar('\n');
	show_sections(l->name);
	show_exports(l->name);
	show_uses(l->name);
}

/* ---- graph ---- */

/* One edge per user and provider; to the kernel only its number of symbols, to modules their names. */
static void graph_edges(const char *user)
{
	for (size_t i = 0; i < use_count; i++) {
		const char *provider = uses[i].provider;
		bool kernel = strcmp(provider, "kernel") == 0, first = true;
		unsigned int count = 0;

		for (size_t k = 0; k < i && first; k++)
			first = strcmp(uses[k].user, user) || strcmp(uses[k].provider, provider);
		if (strcmp(uses[i].user, user) || !first)
			continue;
		printf("\t\"%s\" -> \"%s\" [label=\"", user, provider);
		for (size_t k = i; k < use_count; k++) {
			if (strcmp(uses[k].user, user) || strcmp(uses[k].provider, provider))
				continue;
			if (!kernel)
				printf("%s%s", count ? "\\n" : "", uses[k].name);
			count++;
		}
		printf(kernel ? "%u symbols\", style=dashed];\n" : "\"];\n", count);
	}
}

static void show_graph(const struct kmod_loaded *const *list, size_t count)
{
	puts("digraph modules {\n\trankdir=BT;\n\tnode [shape=box];\n"
	     "\t\"kernel\" [shape=ellipse];");
	for (size_t i = 0; i < count; i++) {
		printf("\t\"%s\" [label=\"%s\\n%lu KiB\"];\n", list[i]->name, list[i]->name,
		       list[i]->size / 1024);
		graph_edges(list[i]->name);
	}
	puts("}");
}

/* The modules of the command line, or all. */
static size_t choose(char **names, int count, const struct kmod_loaded ***list)
{
	struct kmod_loaded *all = NULL;
	size_t n = 0, loaded = 0;

	kmod_loaded_read(&all, &loaded);
	*list = kmod_need(malloc((loaded + (size_t)count + 1) * sizeof(**list)));
	for (int i = 0; i < count; i++) {
		char *name = kmod_normalise(names[i]);

		(*list)[n] = name ? kmod_loaded_find(name) : NULL;
		if ((*list)[n])
			n++;
		else
			kmod_error("%s: not loaded; modwhy %s\n", names[i], names[i]);
	}
	for (size_t i = 0; !count && i < loaded; i++)
		(*list)[n++] = &all[i];
	return n;
}

int main(int argc, char **argv)
{
	const struct kmod_loaded **list;
	bool graph = false;
	int c;

	kmod_program = "modmap";
	while ((c = getopt_long(argc, argv, "gh", longs, NULL)) != -1)
		if (c == 'g')
			graph = true;
		else {
			puts("Usage: modmap [-g|--graph] [MODULE...]");
			return c == 'h' ? 0 : 1;
		}
	if (!read_exports() || !read_uses()) {
		kmod_error("/sys/kernel/rakit/links: %m\n");
		return 1;
	}
	size_t count = choose(argv + optind, argc - optind, &list);

	if (graph)
		show_graph(list, count);
	for (size_t i = 0; !graph && i < count; i++)
		show_module(list[i]);
	return argc > optind && count < (size_t)(argc - optind);
}
