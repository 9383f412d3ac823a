/*
 * complete: what the word before the cursor could become.
 *
 * The first word of a command: builtins, functions, aliases, programs of PATH. $name: variables.
 * Arguments of insmod: files; of modprobe and modinfo: modules of /lib/modules; of rmmod: loaded
 * modules. Everything else: files.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "sh.h"

struct search {
	const char *prefix;
	size_t size;
	struct strlist *list;
	const char *before, *after; /* put around each result */
};

static void offer(const char *name, size_t length, struct search *s)
{
	struct strbuf text = { 0 };

	if (length < s->size || strncmp(name, s->prefix, s->size))
		return;
	strbuf_puts(&text, s->before);
	strbuf_add(&text, name, length);
	strbuf_puts(&text, s->after);
	for (int i = 0; i < s->list->count; i++)
		if (!strcmp(s->list->items[i], strbuf_text(&text))) {
			strbuf_free(&text);
			return;
		}
	strlist_add(s->list, arena_copy(&sh.scratch, strbuf_text(&text), text.length));
	strbuf_free(&text);
}

static void offer_name(const char *name, void *data)
{
	offer(name, strlen(name), data);
}

/* Characters that the shell would take for its own get a backslash. */
static char *path_escape(const char *path)
{
	struct strbuf text = { 0 };
	char *copy;

	for (; *path; path++) {
		if (strchr(" \t\"'\\$`&|;<>()*?[#!", *path))
			strbuf_putc(&text, '\\');
		strbuf_putc(&text, *path);
	}
	copy = arena_copy(&sh.scratch, strbuf_text(&text), text.length);
	strbuf_free(&text);
	return copy;
}

static const char *folder_of(const char *word, size_t size)
{
	const char *home = var_get("HOME");
	struct strbuf text = { 0 };
	const char *copy;

	if (!size)
		return ".";
	if (*word == '~' && size > 1 && word[1] == '/' && home) {
		strbuf_puts(&text, home);
		word++;
		size--;
	}
	strbuf_add(&text, word, size);
	copy = arena_copy(&sh.scratch, strbuf_text(&text), text.length);
	strbuf_free(&text);
	return copy;
}

/* Files that begin as `word`; a folder gets a slash. */
static void offer_files(const char *word, bool only_executable, struct strlist *list)
{
	const char *slash = strrchr(word, '/');
	size_t folder_size = slash ? (size_t)(slash + 1 - word) : 0;
	const char *folder = folder_of(word, folder_size);
	const char *shown = arena_copy(&sh.scratch, word, folder_size);
	const char *prefix = word + folder_size;
	const struct dirent *entry;
	DIR *dir = opendir(folder);

	while (dir && (entry = readdir(dir))) {
		struct strbuf path = { 0 };
		struct stat st;
		bool is_folder, fits;

		if (strncmp(entry->d_name, prefix, strlen(prefix)) ||
		    (*entry->d_name == '.' && *prefix != '.') || !strcmp(entry->d_name, ".") ||
		    !strcmp(entry->d_name, ".."))
			continue;
		strbuf_printf(&path, "%s/%s", folder, entry->d_name);
		fits = !stat(strbuf_text(&path), &st);
		is_folder = fits && S_ISDIR(st.st_mode);
		if (!only_executable || is_folder || (fits && st.st_mode & 0111)) {
			strbuf_reset(&path);
			strbuf_printf(&path, "%s%s", shown, entry->d_name);
			char *escaped = path_escape(strbuf_text(&path));

			strbuf_reset(&path);
			strbuf_printf(&path, "%s%s", escaped, is_folder ? "/" : "");
			strlist_add(list, arena_copy(&sh.scratch, strbuf_text(&path), path.length));
		}
		strbuf_free(&path);
	}
	if (dir)
		closedir(dir);
}

static void offer_commands(struct search *s)
{
	const char *path = var_get_or("PATH", "");

	for (const struct builtin *b = builtins; b->name; b++)
		offer_name(b->name, s);
	function_each(offer_name, s);
	alias_each(offer_name, s);
	for (; *path; path += strspn(path, ":")) {
		size_t n = strcspn(path, ":");
		DIR *dir = opendir(arena_copy(&sh.scratch, path, n));
		const struct dirent *entry;

		while (dir && (entry = readdir(dir)))
			if (*entry->d_name != '.')
				offer_name(entry->d_name, s);
		if (dir)
			closedir(dir);
		path += n;
	}
}

/* The word that each line of a file begins with; of a path only the module's name. */
static void offer_lines(const char *path, bool module_paths, struct search *s)
{
	struct strbuf text = { 0 };
	char block[1024];
	const char *line;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	while ((n = read(fd, block, sizeof(block))) > 0)
		strbuf_add(&text, block, (size_t)n);
	close(fd);
	for (line = strbuf_text(&text); *line; line += strcspn(line, "\n"), line += *line == '\n') {
		size_t size = strcspn(line, " :\n"), start = size;

		while (module_paths && start && line[start - 1] != '/')
			start--;
		start = module_paths ? start : 0;
		size -= start;
		if (module_paths) {
			size_t dot = 0;

			while (dot < size && line[start + dot] != '.')
				dot++;
			size = dot;
		}
		offer(line + start, size, s);
	}
	strbuf_free(&text);
}

static void offer_modules(bool loaded, struct search *s)
{
	struct strbuf path = { 0 };
	struct utsname system;

	if (loaded) {
		offer_lines("/proc/modules", false, s);
		return;
	}
	if (uname(&system))
		return;
	strbuf_printf(&path, "/lib/modules/%s/modules.dep", system.release);
	offer_lines(strbuf_text(&path), true, s);
	strbuf_free(&path);
}

/* Where the word before the cursor begins, and the first word of its command. */
static size_t word_start(const char *text, size_t cursor, size_t *command)
{
	size_t start = 0, i = 0;

	*command = 0;
	while (i < cursor) {
		if (text[i] == '\\' && i + 1 < cursor) {
			i += 2;
		} else if (strchr(";|&(`{", text[i])) {
			start = ++i;
			while (start < cursor && text[start] == ' ')
				start++;
			*command = start;
		} else if (strchr(" \t<>", text[i])) {
			start = ++i;
			if (*command == i - 1)
				*command = i;
		} else {
			i++;
		}
	}
	return start > cursor ? cursor : start;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool command_is(const char *text, size_t command, const char *name)
{
	size_t n = strlen(name);

	return !strncmp(text + command, name, n) && text[command + n] == ' ';
}

void complete(const char *text, size_t cursor, size_t *start, struct strlist *list)
{
	struct search s = { .list = list, .before = "", .after = "" };
	size_t command, from = word_start(text, cursor, &command);
	char *word = arena_copy(&sh.scratch, text + from, cursor - from);
	char *dollar = strrchr(word, '$');

	*start = from;
	if (dollar && name_length(dollar + 1) == strlen(dollar + 1)) {
		*start = from + (size_t)(dollar - word);
		s.prefix = dollar + 1;
		s.before = "$";
		s.size = strlen(s.prefix);
		var_each(offer_name, &s);
	} else {
		pattern_unescape(word);
		s.prefix = word;
		s.size = strlen(word);
		if (from == command && !strchr(word, '/'))
			offer_commands(&s);
		else if (command_is(text, command, "rmmod"))
			offer_modules(true, &s);
		else if ((command_is(text, command, "modprobe") ||
			  command_is(text, command, "modinfo")) &&
			 !strchr(word, '/'))
			offer_modules(false, &s);
		else
			offer_files(word, from == command, list);
	}
	if (list->count > 1)
		qsort(list->items, (size_t)list->count, sizeof(*list->items), compare_strings);
}
