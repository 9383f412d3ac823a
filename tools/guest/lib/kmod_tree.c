/*
 * The tree under /lib/modules/RELEASE, by depmod's text files. A file is read when it is first needed, and
 * searched from its start: a few hundred lines cost less than the indexes that would save them.
 */
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include "guest/lib/kmod.h"
#include "lib/nearest.h"

char *kmod_directory;
static struct kmod_module *modules;

void kmod_tree_set(const char *root, const char *release)
{
	struct utsname name;

	if (!release) {
		uname(&name);
		release = name.release;
	}
	kmod_directory = kmod_text("%s/lib/modules/%s", root ? root : "", release);
}

/* One of depmod's files, read once; "" if it is not there. */
struct table {
	const char *name;
	char *text;
};

static struct table dep = { "modules.dep", NULL }, alias_table = { "modules.alias", NULL },
		    symbol_table = { "modules.symbols", NULL },
		    builtin_table = { "modules.builtin", NULL },
		    builtin_info = { "modules.builtin.modinfo", NULL };
static size_t builtin_info_size;

static const char *table_text(struct table *t, size_t *size)
{
	if (!t->text) {
		t->text = kmod_read(kmod_text("%s/%s", kmod_directory, t->name), size);
		if (!t->text)
			t->text = kmod_copy("");
	}
	return t->text;
}

static const char *line_after(const char *line)
{
	line += strcspn(line, "\n");
	return *line ? line + 1 : line;
}

static char *piece(const char *from, size_t n)
{
	return kmod_need(strndup(from, n));
}

static const char *absolute(char *path)
{
	return *path == '/' ? path : kmod_text("%s/%s", kmod_directory, path);
}

/* Does the file name path[0..n) belong to this module? */
static bool is_module(const char *path, size_t n, const char *name)
{
	const char *start = path + n;

	while (start > path && start[-1] != '/')
		start--;
	for (; start < path + n && *start != '.'; start++, name++)
		if (*name != (*start == '-' ? '_' : *start))
			return false;
	return !*name;
}

static bool find_builtin(const char *name)
{
	for (const char *line = table_text(&builtin_table, NULL); *line; line = line_after(line))
		if (is_module(line, strcspn(line, "\n"), name))
			return true;
	return false;
}

static void find_in_tree(struct kmod_module *m)
{
	for (const char *line = table_text(&dep, NULL); *line; line = line_after(line)) {
		size_t n = strcspn(line, ":\n");

		if (line[n] != ':' || !is_module(line, n, m->name))
			continue;
		m->path = absolute(piece(line, n));
		for (line += n + 1;;) {
			line += strspn(line, " \t");
			n = strcspn(line, " \t\n");
			if (!n)
				return;
			kmod_list_add(&m->needs, absolute(piece(line, n)));
			line += n;
		}
	}
	m->builtin = find_builtin(m->name);
}

struct kmod_module *kmod_module(const char *name)
{
	struct kmod_module *m;

	for (m = modules; m; m = m->next)
		if (strcmp(m->name, name) == 0)
			return m;
	m = kmod_need(calloc(1, sizeof(*m)));
	m->name = kmod_copy(name);
	find_in_tree(m);
	m->next = modules;
	modules = m;
	return m;
}

void kmod_forget_visits(void)
{
	for (struct kmod_module *m = modules; m; m = m->next)
		m->visited = false;
}

struct kmod_module *kmod_module_by_path(const char *path)
{
	char *name = kmod_name_of_path(path);
	struct kmod_module *m = name ? kmod_module(name) : NULL;

	return m;
}

struct result {
	struct kmod_module **list;
	size_t count;
};

static void found_add(struct result *r, const char *name, const char *alias)
{
	struct kmod_module *m = kmod_module(name);

	if (!m->alias && strcmp(name, alias))
		m->alias = alias;
	for (size_t i = 0; i < r->count; i++)
		if (r->list[i] == m)
			return;
	r->list = kmod_need(realloc(r->list, (r->count + 1) * sizeof(*r->list)));
	r->list[r->count++] = m;
}

static void look_in_config(struct result *r, const char *alias)
{
	for (struct kmod_line *l = kmod_config; l; l = l->next)
		if (l->word == KMOD_ALIAS && fnmatch(l->name, alias, 0) == 0)
			found_add(r, l->value, alias);
}

static bool matches(const char *pattern, size_t size, const char *alias)
{
	/* most lines are of another bus, which the first letter tells */
	if (*pattern != *alias && !strchr("*?[", *pattern))
		return false;
	char *copy = piece(pattern, size), *normal = kmod_normalise(copy);
	bool result = normal && fnmatch(normal, alias, 0) == 0;

	free(normal);
	free(copy);
	return result;
}

/* Lines "alias PATTERN MODULE". Exactly: the pattern is compared, not matched. */
static void look_in_aliases(struct result *r, struct table *t, const char *alias, bool exactly)
{
	size_t n = strlen(alias);

	for (const char *line = table_text(t, NULL); *line; line = line_after(line)) {
		if (strncmp(line, "alias ", 6))
			continue;
		const char *p = line + 6;
		size_t size = strcspn(p, " \n");

		if (p[size] != ' ')
			continue;
		if (exactly ? size != n || memcmp(p, alias, n) : !matches(p, size, alias))
			continue;
		p += size + 1;
		found_add(r, piece(p, strcspn(p, "\n")), alias);
	}
}

static void look_in_commands(struct result *r, const char *alias)
{
	if (kmod_config_command(KMOD_INSTALL, alias) || kmod_config_command(KMOD_REMOVE, alias))
		found_add(r, alias, alias);
}

/* Built-ins' .modinfo: "MODULE.alias=PATTERN", each with a NUL behind it. */
static void look_in_builtins(struct result *r, const char *alias)
{
	const char *p = table_text(&builtin_info, &builtin_info_size), *end = p + builtin_info_size;

	for (; p < end; p += strlen(p) + 1) {
		const char *dot = strchr(p, '.');
		const char *pattern = dot ? kmod_tag(dot + 1, "alias") : NULL;
		char *normal = pattern ? kmod_normalise(pattern) : NULL;

		if (normal && fnmatch(normal, alias, 0) == 0)
			found_add(r, piece(p, dot - p), alias);
	}
}

size_t kmod_lookup(const char *text, struct kmod_module ***found)
{
	struct result r = { NULL, 0 };
	const char *alias = kmod_normalise(text);

	*found = NULL;
	if (!alias)
		return 0;
	look_in_config(&r, alias);
	if (!r.count && kmod_module(alias)->path)
		found_add(&r, alias, alias);
	if (!r.count && strncmp(alias, "symbol:", 7) == 0)
		look_in_aliases(&r, &symbol_table, alias, true);
	if (!r.count)
		look_in_commands(&r, alias);
	if (!r.count)
		look_in_aliases(&r, &alias_table, alias, false);
	if (!r.count)
		look_in_builtins(&r, alias);
	if (!r.count && kmod_module(alias)->builtin)
		found_add(&r, alias, alias);
	*found = r.list;
	return r.count;
}

void kmod_show_nearest(const char *wanted)
{
	struct nearest nearest;

	nearest_begin(&nearest, wanted);
	for (const char *line = table_text(&dep, NULL); *line; line = line_after(line)) {
		char *path = piece(line, strcspn(line, ":\n")), *name = kmod_name_of_path(path);

		if (name)
			nearest_offer(&nearest, name, NULL);
		free(path);
	}
	for (unsigned int i = 0; i < nearest.count; i++)
		fprintf(stderr, "%s%s", i ? ", " : "  nearest: ", nearest.name[i]);
	fputs(nearest.count ? "\n" : "  a new module file? depmod\n", stderr);
}
