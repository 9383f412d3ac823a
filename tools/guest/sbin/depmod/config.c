/*
 * depmod.d: which file counts when several folders have a module of one name.
 *
 *	search FOLDER|built-in|external…    places under the tree, the best first; built-in: all other folders
 *	override MODULE RELEASE FOLDER      the one in this folder counts, whatever the order; RELEASE: a pattern or *
 *	external RELEASE FOLDER             a folder outside of the tree
 *	exclude NAME…                       folders of this name are not looked into
 *
 * Files *.conf of /etc, /run, /usr/local/lib and /lib, of one name the first, in the order of their names. Without a search
 * line: `search updates built-in`. What is read later stands before in the lists here, so the best is the last.
 */
#include <dirent.h>
#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "guest/sbin/depmod/depmod.h"

static void prepend(struct config_path **list, const char *path)
{
	struct config_path *new = kmod_need(calloc(1, sizeof(*new)));

	new->path = kmod_copy(path);
	new->builtin = strcmp(path, "built-in") == 0;
	new->external = strcmp(path, "external") == 0;
	new->next = *list;
	*list = new;
}

static void add_search(struct config *config, const char *word)
{
	bool named = strcmp(word, "built-in") && strcmp(word, "external");

	prepend(&config->searches, named ? kmod_text("%s/%s", kmod_directory, word) : word);
}

/* The whole release fits the pattern. */
static bool is_for(const char *release, const char *pattern)
{
	regex_t expression;
	regmatch_t match;

	if (strcmp(pattern, "*") == 0)
		return true;
	if (regcomp(&expression, pattern, REG_EXTENDED))
		return false;
	bool fits = regexec(&expression, release, 1, &match, 0) == 0 && match.rm_so == 0 &&
		    match.rm_eo == (regoff_t)strlen(release);

	regfree(&expression);
	return fits;
}

static bool obey(struct config *config, const char *word, char **state, const char *release)
{
	char *a = strtok_r(NULL, " \t", state);

	if (strcmp(word, "search") == 0) {
		for (; a; a = strtok_r(NULL, " \t", state))
			add_search(config, a);
		return true;
	}
	if (strcmp(word, "exclude") == 0) {
		for (; a; a = strtok_r(NULL, " \t", state))
			prepend(&config->excludes, a);
		return true;
	}
	char *b = strtok_r(NULL, " \t", state), *c = strtok_r(NULL, " \t", state);

	if (strcmp(word, "override") == 0) {
		if (c && is_for(release, b))
			prepend(&config->overrides, kmod_text("%s/%s/%s", kmod_directory, c, a));
		return c != NULL;
	}
	if (strcmp(word, "external") == 0) {
		if (b && is_for(release, a))
			prepend(&config->externals, b);
		return b != NULL;
	}
	return false;
}

static void parse_line(struct config *config, char *line, const char *path, unsigned int number,
		       const char *release)
{
	char *state, *word = strtok_r(line, " \t", &state);

	if (!word || *word == '#')
		return;
	if (strcmp(word, "include") == 0 || strcmp(word, "make_map_files") == 0) {
		kmod_say(KMOD_INFO, "%s:%u: command %s not implemented yet\n", path, number, word);
		return;
	}
	if (!obey(config, word, &state, release))
		kmod_error("%s:%u: ignoring bad line starting with '%s'\n", path, number, word);
}

static void parse_file(struct config *config, const char *path, const char *release)
{
	char *text = kmod_read(path, NULL), *rest = text, *line;
	unsigned int number = 0;

	if (!text && errno != ENOENT)
		kmod_error("could not open %s: %s\n", path, strerror(errno));
	/* a backslash at the end continues a line */
	for (char *p = text; p && *p; p++)
		if (p[0] == '\\' && p[1] == '\n')
			p[0] = p[1] = ' ';
	while ((line = strsep(&rest, "\n")))
		parse_line(config, line, path, ++number, release);
}

static const char *base(const char *path)
{
	return strrchr(path, '/') + 1;
}

static int by_base(const void *a, const void *b)
{
	return strcmp(base(*(char *const *)a), base(*(char *const *)b));
}

static void collect(struct kmod_list *paths, const char *folder)
{
	DIR *dir = opendir(folder);

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		size_t n = strlen(entry->d_name);
		bool known = entry->d_name[0] == '.' || n < 6 ||
			     strcmp(entry->d_name + n - 5, ".conf");

		for (size_t i = 0; i < paths->count && !known; i++)
			known = strcmp(base(paths->text[i]), entry->d_name) == 0;
		if (!known)
			kmod_list_add(paths, kmod_text("%s/%s", folder, entry->d_name));
	}
	if (dir)
		closedir(dir);
}

void config_read(struct config *config, const char *path, const char *release)
{
	static const char *const folders[] = { "/etc/depmod.d", "/run/depmod.d",
					       "/usr/local/lib/depmod.d", "/lib/depmod.d" };
	struct kmod_list paths = { NULL, 0, 0 };
	struct stat facts;

	if (path && (stat(path, &facts) || !S_ISDIR(facts.st_mode)))
		kmod_list_add(&paths, kmod_absolute(path));
	else if (path)
		collect(&paths, path);
	for (size_t i = 0; !path && i < sizeof(folders) / sizeof(folders[0]); i++)
		collect(&paths, folders[i]);
	if (paths.count)
		qsort(paths.text, paths.count, sizeof(*paths.text), by_base);
	for (size_t i = 0; i < paths.count; i++)
		parse_file(config, paths.text[i], release);
	if (!config->searches)
		add_search(config, "updates");
}

bool config_excludes(const struct config *config, const char *name)
{
	for (const struct config_path *p = config->excludes; p; p = p->next)
		if (strcmp(p->path, name) == 0)
			return true;
	return strcmp(name, "build") == 0 || strcmp(name, "source") == 0;
}

static bool is_below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && path[n] == '/';
}

/* The place in the search order, more is better. */
static int place(const struct config *config, const char *path)
{
	int i = 0, builtin = -1, found = -1;

	for (const struct config_path *p = config->searches; p; p = p->next, i++) {
		if (p->builtin)
			builtin = i;
		else if (!p->external && is_below(path, p->path))
			found = i;
		for (const struct config_path *e = p->external ? config->externals : NULL; e;
		     e = e->next, i++)
			if (is_below(path, e->path))
				found = i;
	}
	return found < 0 ? builtin : found;
}

bool config_prefers(const struct config *config, const char *new, const char *old)
{
	for (const struct config_path *p = config->overrides; p; p = p->next) {
		if (strcmp(p->path, new) == 0)
			return true;
		if (strcmp(p->path, old) == 0)
			return false;
	}
	return place(config, new) > place(config, old);
}
