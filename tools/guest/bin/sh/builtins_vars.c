/* builtins_vars: commands on variables and positional parameters. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include "builtins.h"

/* Is text a name, up to its end or `=`? Then *value is what is behind the `=`, or NULL. */
static bool name_split(const char *command, const char *text, char name[128], const char **value)
{
	size_t n = name_length(text);

	if (!n || n >= 128 || (text[n] && text[n] != '=')) {
		sh_error(2, "%s: %s: not a name", command, text);
		return false;
	}
	memcpy(name, text, n);
	name[n] = '\0';
	*value = text[n] ? text + n + 1 : NULL;
	return true;
}

static int mark_variables(int argc, char **argv, unsigned int flag)
{
	char name[128];
	const char *value;
	int i = 1;

	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	if (i < argc && !strcmp(argv[i], "-n") && flag == VAR_EXPORT) {
		for (i++; i < argc; i++) {
			struct var *var = var_find(argv[i]);

			if (var) {
				var_set_flags(argv[i], NULL, 0);
				var->flags &= ~(unsigned int)VAR_EXPORT;
			}
		}
		return 0;
	}
	if (i >= argc || !strcmp(argv[i], "-p")) {
		var_print_all(flag, argv[0]);
		return 0;
	}
	for (; i < argc; i++)
		if (!name_split(argv[0], argv[i], name, &value) ||
		    !var_set_flags(name, value, flag))
			return 2;
	return 0;
}

int builtin_export(int argc, char **argv)
{
	return mark_variables(argc, argv, VAR_EXPORT);
}

int builtin_readonly(int argc, char **argv)
{
	return mark_variables(argc, argv, VAR_READONLY);
}

int builtin_local(int argc, char **argv)
{
	char name[128];
	const char *value;

	if (!local_frame)
		return sh_error(2, "local: not in a function");
	for (int i = 1; i < argc; i++) {
		if (!name_split("local", argv[i], name, &value))
			return 2;
		local_save(local_frame, name);
		if (value && !var_set(name, value))
			return 2;
	}
	return 0;
}

int builtin_unset(int argc, char **argv)
{
	bool functions = false, variables = false;
	int i = 1;

	for (; i < argc && argv[i][0] == '-'; i++) {
		functions |= !strcmp(argv[i], "-f");
		variables |= !strcmp(argv[i], "-v");
	}
	for (; i < argc; i++) {
		if (!functions && var_find(argv[i])) {
			if (!var_unset(argv[i]))
				return 2;
		} else if (!variables) {
			function_unset(argv[i]);
		}
	}
	return 0;
}

int builtin_set(int argc, char **argv)
{
	const char *command = NULL;
	bool end;
	int used;

	if (argc == 1) {
		var_print_all(0, "");
		return 0;
	}
	used = options_parse(argv + 1, false, &command, &end);
	if (used < 0)
		return 2;
	if (end || used + 1 < argc)
		args_copy(argv + 1 + used, argc - 1 - used);
	return 0;
}

int builtin_shift(int argc, char **argv)
{
	char *end = (char *)"";
	long n = argc > 1 ? strtol(argv[1], &end, 10) : 1;

	if (*end || n < 0 || n > sh.arg_count)
		return sh_error(2, "shift: %s: cannot shift that many", argc > 1 ? argv[1] : "1");
	sh.args += n;
	sh.arg_count -= (int)n;
	return 0;
}

static void getopts_finish(const char *name, int next, int offset, const char *letter)
{
	char room[32];

	snprintf(room, sizeof(room), "%d", next);
	var_set("OPTIND", room);
	snprintf(room, sizeof(room), "%d", offset);
	var_set("_OPTOFFSET", room);
	var_set(name, letter);
}

/* POSIX.1-2017, XCU getopts. Where it is inside a word of several letters is kept in _OPTOFFSET. */
int builtin_getopts(int argc, char **argv)
{
	const char *options, *name, *word, *spec;
	char **args = sh.args, letter[2] = "?";
	int count = sh.arg_count, next, offset;
	bool silent;

	if (argc < 3) {
		sh_warn("getopts: usage: getopts OPTIONS NAME [ARGUMENT]...");
		return 2;
	}
	options = argv[1];
	name = argv[2];
	if (argc > 3) {
		args = argv + 3;
		count = argc - 3;
	}
	silent = *options == ':';
	next = atoi(var_get_or("OPTIND", "1"));
	offset = next == 1 && !var_get("_OPTOFFSET") ? 1 : atoi(var_get_or("_OPTOFFSET", "1"));
	if (next < 1)
		next = 1;
	word = next <= count ? args[next - 1] : NULL;
	if (offset < 1 || !word || offset >= (int)strlen(word))
		offset = 1;
	if (!word || *word != '-' || !word[1] || !strcmp(word, "--")) {
		getopts_finish(name, next + (word && !strcmp(word, "--")), 1, "?");
		var_unset("OPTARG");
		return 1;
	}
	letter[0] = word[offset++];
	spec = letter[0] == ':' ? NULL : strchr(options, letter[0]);
	if (!word[offset]) {
		next++;
		offset = 1;
	}
	if (!spec) {
		if (silent)
			var_set("OPTARG", letter);
		else
			var_unset("OPTARG"), sh_warn("-%s: no such option", letter);
		getopts_finish(name, next, offset, "?");
		return 0;
	}
	if (spec[1] != ':') {
		var_unset("OPTARG");
		getopts_finish(name, next, offset, letter);
		return 0;
	}
	if (offset > 1) {
		var_set("OPTARG", word + offset);
		next++;
	} else if (next <= count) {
		var_set("OPTARG", args[next++ - 1]);
	} else if (silent) {
		var_set("OPTARG", letter);
		letter[0] = ':';
	} else {
		var_unset("OPTARG");
		sh_warn("-%s: an argument is missing", letter);
		letter[0] = '?';
	}
	getopts_finish(name, next, 1, letter);
	return 0;
}

/* ---- read ---- */

struct reading {
	bool raw;	/* -r */
	bool silent;	/* -s */
	int limit;	/* -n: characters, 0: a line */
	int timeout_ms; /* -t: -1 for ever */
	struct strbuf text;
	struct strbuf
		literal; /* 1 for each character of text that a backslash protects from splitting */
};

/* One line, byte by byte so that nothing behind it is taken. False at the end of input. */
static int line_read(struct reading *r)
{
	struct pollfd poll_fd = { .fd = 0, .events = POLLIN };
	bool escaped = false;
	char c;

	for (;;) {
		ssize_t n;

		if (r->timeout_ms >= 0 && poll(&poll_fd, 1, r->timeout_ms) == 0)
			return 142;
		n = read(0, &c, 1);
		if (n < 0 && errno == EINTR && !trap_pending())
			continue;
		if (n <= 0)
			return 1;
		if (!c)
			continue;
		if (escaped) {
			escaped = false;
			if (c == '\n')
				continue;
			strbuf_putc(&r->text, c);
			strbuf_putc(&r->literal, 1);
		} else if (c == '\\' && !r->raw) {
			escaped = true;
			continue;
		} else if (c == '\n') {
			return 0;
		} else {
			strbuf_putc(&r->text, c);
			strbuf_putc(&r->literal, 0);
		}
		if (r->limit && (int)r->text.length >= r->limit)
			return 0;
	}
}

static bool is_separator(const struct reading *r, const char *ifs, size_t i)
{
	return i < r->text.length && !r->literal.data[i] && strchr(ifs, r->text.data[i]);
}

static bool is_blank_separator(const struct reading *r, const char *ifs, size_t i)
{
	return is_separator(r, ifs, i) && strchr(" \t\n", r->text.data[i]);
}

/* Behind a field: skip its separator, with the blanks around it. */
static size_t separator_skip(const struct reading *r, const char *ifs, size_t i)
{
	while (is_blank_separator(r, ifs, i))
		i++;
	if (is_separator(r, ifs, i))
		i++;
	while (is_blank_separator(r, ifs, i))
		i++;
	return i;
}

/* The last variable takes what is left, without separators at its end that only ended it. */
static size_t rest_end(const struct reading *r, const char *ifs, size_t from)
{
	size_t end = r->text.length, i = from;

	while (end > from && is_blank_separator(r, ifs, end - 1))
		end--;
	/* Exactly one field and its separator: the separator goes. */
	while (i < end && !is_separator(r, ifs, i))
		i++;
	if (i < end && separator_skip(r, ifs, i) >= end)
		return i;
	return end;
}

static int fields_assign(struct reading *r, char **names)
{
	const char *ifs = var_get_or("IFS", " \t\n");
	size_t i = 0;

	strbuf_text(&r->text);
	strbuf_text(&r->literal);
	while (is_blank_separator(r, ifs, i))
		i++;
	for (; *names; names++) {
		size_t start = i, end;
		char *value;
		bool fine;

		if (names[1]) {
			while (i < r->text.length && !is_separator(r, ifs, i))
				i++;
			end = i;
			i = separator_skip(r, ifs, i);
		} else {
			end = rest_end(r, ifs, i);
		}
		value = memory_copy_n(r->text.data + start, end - start);
		fine = var_set(*names, value);
		free(value);
		if (!fine)
			return 2;
	}
	return 0;
}

/* Seconds with up to three decimals. */
static int milliseconds(const char *text)
{
	int value = 0, digits = -1;

	for (; *text && digits < 3; text++) {
		if (*text == '.' && digits < 0) {
			digits = 0;
		} else if (*text < '0' || *text > '9' || value > 100000000) {
			break;
		} else {
			value = value * 10 + *text - '0';
			digits += digits >= 0;
		}
	}
	for (digits = digits < 0 ? 0 : digits; digits < 3; digits++)
		value *= 10;
	return value;
}

static bool read_options(struct reading *r, int argc, char **argv, int *first)
{
	int i = 1;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		const char *letter = argv[i] + 1;

		if (!strcmp(argv[i], "--")) {
			i++;
			break;
		}
		for (; *letter; letter++) {
			const char *value = letter[1] ? letter + 1 : argv[i + 1];

			if (*letter == 'r') {
				r->raw = true;
				continue;
			}
			if (*letter == 's') {
				r->silent = true;
				continue;
			}
			if (!strchr("pnt", *letter) || !value) {
				sh_warn("read: usage: read [-rs] [-p PROMPT] [-n COUNT] [-t "
					"SECONDS] NAME...");
				return false;
			}
			if (*letter == 'p' && isatty(0))
				write_all(2, value, strlen(value));
			else if (*letter == 'n')
				r->limit = atoi(value);
			else if (*letter == 't')
				r->timeout_ms = milliseconds(value);
			i += !letter[1];
			break;
		}
	}
	*first = i;
	return true;
}

int builtin_read(int argc, char **argv)
{
	static char reply[] = "REPLY";
	char *one_name[] = { reply, NULL };
	struct reading r = { .timeout_ms = -1 };
	struct termios old, new;
	int first, status, failed;
	bool changed = false;

	if (!read_options(&r, argc, argv, &first))
		return 2;
	for (int i = first; i < argc; i++)
		if (!name_length(argv[i]) || name_length(argv[i]) != strlen(argv[i]))
			return sh_error(2, "read: %s: not a name", argv[i]);
	if ((r.silent || r.limit) && !tcgetattr(0, &old)) {
		new = old;
		if (r.silent)
			new.c_lflag &= ~(tcflag_t)ECHO;
		if (r.limit)
			new.c_lflag &= ~(tcflag_t)ICANON;
		changed = !tcsetattr(0, TCSADRAIN, &new);
	}
	status = line_read(&r);
	if (changed)
		tcsetattr(0, TCSADRAIN, &old);
	failed = fields_assign(&r, first < argc ? argv + first : one_name);
	strbuf_free(&r.text);
	strbuf_free(&r.literal);
	return failed ? failed : status;
}
