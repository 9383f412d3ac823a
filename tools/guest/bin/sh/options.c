/*
 * options: `set -o` and the letters of `set` and of the shell's command line, from one table;
 * positional parameters.
 */
#include <stdlib.h>
#include <string.h>
#include "sh.h"

static const struct {
	char letter; /* 0: only by name */
	const char *name;
} table[OPTION_COUNT] = {
	[OPTION_ALLEXPORT] = { 'a', "allexport" }, [OPTION_NOTIFY] = { 'b', "notify" },
	[OPTION_NOCLOBBER] = { 'C', "noclobber" }, [OPTION_ERREXIT] = { 'e', "errexit" },
	[OPTION_NOGLOB] = { 'f', "noglob" },	   [OPTION_MONITOR] = { 'm', "monitor" },
	[OPTION_NOEXEC] = { 'n', "noexec" },	   [OPTION_STDIN] = { 's', "stdin" },
	[OPTION_NOUNSET] = { 'u', "nounset" },	   [OPTION_VERBOSE] = { 'v', "verbose" },
	[OPTION_XTRACE] = { 'x', "xtrace" },	   [OPTION_INTERACTIVE] = { 'i', "interactive" },
	[OPTION_IGNOREEOF] = { 0, "ignoreeof" },   [OPTION_PIPEFAIL] = { 0, "pipefail" },
};

static void option_set(int index, bool on)
{
	sh.options[index] = on;
	if (index == OPTION_MONITOR && sh.pid)
		job_set_monitor(on);
}

bool option_set_letter(int letter, bool on)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if (table[i].letter == letter) {
			option_set(i, on);
			return true;
		}
	return false;
}

bool option_set_name(const char *name, bool on)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if (!strcmp(table[i].name, name)) {
			option_set(i, on);
			return true;
		}
	return false;
}

void options_print(bool as_commands)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if (as_commands)
			strbuf_printf(&sh.out, "set %co %s\n", sh.options[i] ? '-' : '+',
				      table[i].name);
		else
			strbuf_printf(&sh.out, "%-15s %s\n", table[i].name,
				      sh.options[i] ? "on" : "off");
}

void options_letters(char letters[OPTION_COUNT + 1])
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if (sh.options[i] && table[i].letter)
			*letters++ = table[i].letter;
	*letters = '\0';
}

/*
 * The letters of one word behind - or +. *named: an `o` that takes the next word as its argument.
 */
static bool letters_parse(const char *word, bool at_start, const char **command, bool *named)
{
	bool on = *word == '-';

	*named = false;
	for (const char *letter = word + 1; *letter; letter++) {
		if (*letter == 'o')
			*named = true;
		else if (at_start && *letter == 'c')
			*command = "";
		else if (at_start && *letter == 'l')
			;
		else if (!option_set_letter(*letter, on)) {
			sh_error(2, "%s: no such option", word);
			return false;
		}
	}
	return true;
}

int options_parse(char **argv, bool at_start, const char **command, bool *end)
{
	int i = 0;

	*end = false;
	for (; argv[i] && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
		bool on = argv[i][0] == '-', named;

		if (!strcmp(argv[i], "--")) {
			*end = true;
			return i + 1;
		}
		if (!letters_parse(argv[i], at_start, command, &named))
			return -1;
		if (!named)
			continue;
		if (!argv[i + 1]) {
			options_print(!on);
		} else if (!option_set_name(argv[++i], on)) {
			sh_error(2, "%s: no such option", argv[i]);
			return -1;
		}
	}
	if (argv[i] && !strcmp(argv[i], "-"))
		i++;
	return i;
}

void args_set(char **args, int count, char **owned)
{
	if (sh.args_owned != owned)
		free(sh.args_owned);
	sh.args = args;
	sh.arg_count = count;
	sh.args_owned = owned;
}

void args_copy(char **args, int count)
{
	size_t size = (size_t)(count + 1) * sizeof(*args);
	char **copy, *text;

	for (int i = 0; i < count; i++)
		size += strlen(args[i]) + 1;
	copy = memory_get(size);
	text = (char *)(copy + count + 1);
	for (int i = 0; i < count; i++) {
		copy[i] = text;
		strcpy(text, args[i]);
		text += strlen(text) + 1;
	}
	copy[count] = NULL;
	args_set(copy, count, copy);
}
