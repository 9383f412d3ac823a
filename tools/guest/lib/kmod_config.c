/*
 * modprobe.d: lines `alias PATTERN MODULE`, `blacklist MODULE`, `install MODULE COMMAND`, `options MODULE OPTION…`,
 * `remove MODULE COMMAND`, `softdep MODULE pre: … post: …`; '#' begins a comment line, a backslash at the
 * end continues a line. modules.softdep of the tree is one of the files; after them come module.param=value and
 * modprobe.blacklist=a,b of the kernel's command line.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "guest/lib/kmod.h"

const char *const kmod_words[KMOD_WORDS] = { "alias",	"blacklist", "install",
					     "options", "remove",    "softdep" };
struct kmod_line *kmod_config;
static struct kmod_line **config_end = &kmod_config;

/* False: the brackets of a name do not match. */
static bool add(enum kmod_word word, const char *name, const char *value)
{
	struct kmod_line *line = kmod_need(calloc(1, sizeof(*line)));

	line->word = word;
	line->name = kmod_normalise(name);
	line->value = word == KMOD_ALIAS ? kmod_normalise(value) : kmod_copy(value);
	if (!line->name || !line->value)
		return false;
	*config_end = line;
	config_end = &line->next;
	return true;
}

/* Cuts the next word off *p; NULL at the end. */
static char *next_word(char **p)
{
	char *word = *p + strspn(*p, " \t");
	size_t n = strcspn(word, " \t");

	if (!n)
		return NULL;
	*p = word + n + (word[n] != 0);
	word[n] = 0;
	return word;
}

static void parse_line(char *p, const char *path, unsigned int number)
{
	char *word = next_word(&p), *name;
	int w = 0;

	if (!word || *word == '#')
		return;
	while (w < KMOD_WORDS && strcmp(kmod_words[w], word))
		w++;
	if (w == KMOD_WORDS) {
		if (strcmp(word, "include") == 0 || strcmp(word, "config") == 0)
			kmod_error("%s: command %s is deprecated and not parsed anymore\n", path,
				   word);
		else
			kmod_error("%s line %u: ignoring bad line starting with '%s'\n", path,
				   number, word);
		return;
	}
	name = next_word(&p);
	char *value = p; /* with all its blanks, as the kernel gets it */

	if (w == KMOD_ALIAS)
		value = next_word(&p);
	if (!name || !value || (w != KMOD_BLACKLIST && !*value) || !add(w, name, value))
		kmod_error("%s line %u: ignoring bad line starting with '%s'\n", path, number,
			   word);
}

static void parse_text(char *text, const char *path)
{
	unsigned int number = 0;

	while (text && *text) {
		char *line = text, *to = text;

		number++;
		for (; *text && *text != '\n'; text++) {
			if (text[0] == '\\' && text[1] == '\n') {
				text++;
				number++;
				continue;
			}
			*to++ = *text;
		}
		int more = *text == '\n';

		*to = 0;
		text += more;
		parse_line(line, path, number);
	}
}

static void parse_file(const char *path)
{
	char *text = kmod_read(path, NULL);

	if (!text) {
		kmod_error("could not open '%s' for reading: %s\n", path, strerror(errno));
		return;
	}
	parse_text(text, path);
	free(text);
}

/* Files of a folder: their names, and where the first of each name is. */
struct source {
	const char *name;
	char *path;
};

struct sources {
	struct source *list;
	size_t count;
};

static void collect(struct sources *s, const char *folder)
{
	DIR *dir = opendir(folder);

	if (!dir)
		return;
	for (struct dirent *entry; (entry = readdir(dir));) {
		size_t n = strlen(entry->d_name);
		bool known = false;

		if (entry->d_name[0] == '.' || n < 6 || strcmp(entry->d_name + n - 5, ".conf"))
			continue;
		for (size_t i = 0; i < s->count; i++)
			known |= strcmp(s->list[i].name, entry->d_name) == 0;
		if (known)
			continue;
		s->list = kmod_need(realloc(s->list, (s->count + 1) * sizeof(*s->list)));
		s->list[s->count].path = kmod_text("%s/%s", folder, entry->d_name);
		s->list[s->count].name = s->list[s->count].path + strlen(folder) + 1;
		s->count++;
	}
	closedir(dir);
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct source *)a)->name, ((const struct source *)b)->name);
}

/* Soft dependencies that the tree's modules carry: a file like others, with its place by its name. */
static void collect_softdeps(struct sources *s)
{
	char *path = kmod_text("%s/modules.softdep", kmod_directory);

	if (access(path, F_OK))
		return;
	s->list = kmod_need(realloc(s->list, (s->count + 1) * sizeof(*s->list)));
	s->list[s->count++] = (struct source){ path + strlen(kmod_directory) + 1, path };
}

static void cmdline_word(char *word)
{
	char *equals = strchr(word, '='), *dot = strchr(word, '.');

	if (strncmp(word, "modprobe.blacklist=", 19) == 0) {
		char *state;

		for (char *name = strtok_r(word + 19, ",", &state); name;
		     name = strtok_r(NULL, ",", &state))
			add(KMOD_BLACKLIST, name, "");
		return;
	}
	if (!dot || dot == word || !dot[1] || (equals && equals < dot))
		return;
	*dot = 0;
	add(KMOD_OPTIONS, word, dot + 1);
}

static void parse_cmdline(void)
{
	char *text = kmod_read("/proc/cmdline", NULL);

	for (char *p = text; p && *p;) {
		bool quoted = false;

		while (isspace((unsigned char)*p))
			p++;
		char *word = p;

		for (; *p && (quoted || !isspace((unsigned char)*p)); p++)
			quoted ^= *p == '"';
		bool more = *p;

		*p = 0;
		p += more;
		if (strcmp(word, "--") == 0)
			break;
		cmdline_word(word);
	}
	free(text);
}

void kmod_config_read(const char *path)
{
	static const char *const folders[] = { "/etc/modprobe.d", "/run/modprobe.d",
					       "/usr/local/lib/modprobe.d", "/lib/modprobe.d" };
	struct sources sources = { NULL, 0 };
	struct stat facts;

	kmod_config = NULL;
	config_end = &kmod_config;
	if (path) {
		if (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode))
			collect(&sources, path);
		else if (access(path, F_OK) == 0)
			parse_file(path);
	} else {
		for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
			collect(&sources, folders[i]);
	}
	collect_softdeps(&sources);
	if (sources.count)
		qsort(sources.list, sources.count, sizeof(*sources.list), compare);
	for (size_t i = 0; i < sources.count; i++)
		parse_file(sources.list[i].path);
	parse_cmdline();
}

static bool is_for(const struct kmod_line *line, const char *name, const char *alias)
{
	return strcmp(line->name, name) == 0 || (alias && strcmp(line->name, alias) == 0);
}

char *kmod_config_options(const char *name, const char *alias)
{
	char *all = NULL;

	for (struct kmod_line *l = kmod_config; l; l = l->next)
		if (l->word == KMOD_OPTIONS && is_for(l, name, alias))
			all = all ? kmod_text("%s %s", all, l->value) : l->value;
	return all;
}

const char *kmod_config_command(enum kmod_word word, const char *name)
{
	for (struct kmod_line *l = kmod_config; l; l = l->next)
		if (l->word == word && fnmatch(l->name, name, 0) == 0)
			return l->value;
	return NULL;
}

bool kmod_config_blacklisted(const char *name)
{
	for (struct kmod_line *l = kmod_config; l; l = l->next)
		if (l->word == KMOD_BLACKLIST && strcmp(l->name, name) == 0)
			return true;
	return false;
}

void kmod_config_softdeps(const char *name, struct kmod_list *before, struct kmod_list *after)
{
	for (struct kmod_line *l = kmod_config; l; l = l->next) {
		struct kmod_list *to = NULL;
		char *p = kmod_copy(l->value), *word;

		if (l->word != KMOD_SOFTDEP || fnmatch(l->name, name, 0))
			continue;
		while ((word = next_word(&p)))
			if (strcmp(word, "pre:") == 0)
				to = before;
			else if (strcmp(word, "post:") == 0)
				to = after;
			else if (to)
				kmod_list_add(to, word);
		return; /* the first line counts */
	}
}
