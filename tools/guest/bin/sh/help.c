/*
 * help: what commands there are and what a name means.
 *
 * Builtins are in the table of builtins.c; programs in /usr/share/rakit/help, which the build makes
 * from the sources: lines `name TAB what it does TAB usage`.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "builtins.h"

#define HELP_FILE "/usr/share/rakit/help"

static void file_read(const char *path, struct strbuf *text)
{
	char block[1024];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	while ((n = read(fd, block, sizeof(block))) > 0)
		strbuf_add(text, block, (size_t)n);
	close(fd);
}

/* Cut the next line of the table into its three fields. False at its end. */
static bool program_next(char **at, const char *fields[3])
{
	char *line = *at, *end = strchr(line, '\n');

	if (!end)
		return false;
	*end = '\0';
	*at = end + 1;
	for (int i = 0; i < 3; i++) {
		char *tab = line ? strchr(line, '\t') : NULL;

		fields[i] = line ? line : "";
		if (tab)
			*tab = '\0';
		line = tab ? tab + 1 : NULL;
	}
	return true;
}

static void list_all(char *table)
{
	const char *fields[3];

	strbuf_puts(&sh.out, "Commands of the shell:\n");
	for (const struct builtin *b = builtins; b->name; b++)
		strbuf_printf(&sh.out, "  %-12s %s\n", b->name, b->help);
	strbuf_puts(&sh.out, "Programs:\n");
	while (program_next(&table, fields))
		strbuf_printf(&sh.out, "  %-12s %s\n", fields[0], fields[1]);
	strbuf_puts(&sh.out, "`help NAME` says more about one; `NAME --help` its usage.\n");
}

static bool list_one(char *table, const char *name)
{
	const struct builtin *builtin = builtin_find(name);
	const char *fields[3];
	bool found = builtin != NULL;

	if (builtin)
		strbuf_printf(&sh.out, "%s: %s (command of the shell)\n", name, builtin->help);
	while (program_next(&table, fields)) {
		if (strcmp(fields[0], name))
			continue;
		found = true;
		if (!builtin)
			strbuf_printf(&sh.out, "%s: %s\n", name, fields[1]);
		if (*fields[2])
			strbuf_printf(&sh.out, "usage: %s %s\n", name, fields[2]);
	}
	return found;
}

int builtin_help(int argc, char **argv)
{
	struct strbuf table = { 0 };
	int status = 0;

	file_read(HELP_FILE, &table);
	if (argc < 2)
		list_all(strbuf_text(&table));
	for (int i = 1; i < argc; i++) {
		char *copy = memory_copy(strbuf_text(&table));

		if (!list_one(copy, argv[i])) {
			sh_warn("help: %s: no such command (help lists them)", argv[i]);
			status = 1;
		}
		free(copy);
	}
	strbuf_free(&table);
	return status;
}

static bool is_keyword(const char *name)
{
	static const char *const words[] = {
		"!",	"{",  "}",   "case", "do", "done", "elif",  "else",
		"esac", "fi", "for", "if",   "in", "then", "until", "while",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], name))
			return true;
	return false;
}

static bool name_explain(const char *name, bool in_words)
{
	char *words[] = { (char *)"alias", (char *)name, NULL };
	const char *path;
	const char *what = NULL;

	if (alias_find(name)) {
		if (in_words)
			strbuf_printf(&sh.out, "%s is an alias: ", name);
		else
			strbuf_puts(&sh.out, "alias ");
		builtin_alias(2, words);
		return true;
	}
	if (is_keyword(name))
		what = "a word of the shell's grammar";
	else if (builtin_find(name) && builtin_find(name)->special)
		what = "a special command of the shell";
	else if (function_find(name))
		what = "a function";
	else if (builtin_find(name))
		what = "a command of the shell";
	if (what) {
		strbuf_puts(&sh.out, name);
		if (in_words)
			strbuf_printf(&sh.out, " is %s", what);
		strbuf_putc(&sh.out, '\n');
		return true;
	}
	path = path_find(name);
	if (path && in_words)
		strbuf_printf(&sh.out, "%s is %s\n", name, path);
	else if (path)
		strbuf_printf(&sh.out, "%s\n", path);
	return path != NULL;
}

int names_explain(char **names, bool in_words)
{
	int status = 0;

	for (; *names; names++)
		if (!name_explain(*names, in_words)) {
			if (in_words)
				sh_warn("%s: not found", *names);
			status = in_words ? 1 : 127;
		}
	return status;
}

int builtin_type(int argc, char **argv)
{
	(void)argc;
	return names_explain(argv + 1, true);
}
