/* sed: edit text by a script */
/*
 * The script is compiled into an array of commands; { and } hold the index to jump to. Each cycle
 * works on the pattern space `space`; `held` is the hold space. Input files are read as one stream,
 * with one line read ahead to know the last ($). Source: POSIX.1-2017, XCU sed; with -E, -i, -s, I
 * and M-less regular expression flags, 0,/re/, first~step, and w /dev/stdout.
 */
#include <ctype.h>
#include <errno.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-Ensz] [-i[SUFFIX]] [-e SCRIPT]... [-f FILE]... [SCRIPT] [FILE]...");

#define GROUPS 10

enum address_kind {
	ADDRESS_NONE,
	ADDRESS_LINE,
	ADDRESS_LAST,
	ADDRESS_REGEX,
	ADDRESS_STEP,
	ADDRESS_PLUS
};

struct address {
	enum address_kind kind;
	unsigned long line, step;
	regex_t *regex; /* NULL: the last one used */
};

struct command {
	struct address from, to;
	bool negate, in_range;
	unsigned long range_end; /* of a range to +N or a line */
	char letter;
	char *text;  /* a i c: text; r w: file; b t T: label; y: map of 256 bytes; s: replacement */
	size_t jump; /* { : behind its }; b t T: target */
	regex_t *regex;	    /* s */
	bool global, print; /* s flags */
	unsigned long occurrence;
	FILE *file; /* w */
};

static struct command *commands;
static size_t command_count;
static bool quiet, extended, separate, in_place, null_data;
static const char *suffix = "";
static struct strbuf script;
static const char *at; /* where the script is being parsed */

/* Input. */
static char **files;
static FILE *in;
static const char *in_name;
static char *ahead;
static size_t ahead_room;
static ssize_t ahead_size = -1;
static unsigned long line_number;
static bool missing_newline;

static struct strbuf space, held, appended;
static const regex_t *last_regex;
static bool substituted, quit;
static FILE *out;
static char *temporary;

/* ---- parsing ---- */

_Noreturn static void script_error(const char *what)
{
	die(1, "script: %s at \"%.30s\"", what, at);
}

static void blanks_skip(void)
{
	while (*at == ' ' || *at == '\t')
		at++;
}

/*
 * Text up to an unescaped delimiter, which is taken. In brackets of a regular expression it is an
 * ordinary character.
 */
static char *delimited(char delimiter, bool is_regex)
{
	struct strbuf text = { 0 };
	bool brackets = false;

	for (;; at++) {
		if (!*at)
			script_error("unterminated command");
		if (brackets && *at == ']')
			brackets = false;
		else if (!brackets && *at == delimiter)
			break;
		if (!brackets && *at == '[' && is_regex) {
			strbuf_putc(&text, *at);
			brackets = true;
			/* A first ] (behind ^) is no end. */
			if (at[1] == '^')
				strbuf_putc(&text, *++at);
			if (at[1] == ']')
				strbuf_putc(&text, *++at);
			continue;
		}
		if (brackets && is_regex && *at == '\\' && (at[1] == 'n' || at[1] == 't')) {
			strbuf_putc(&text, *++at == 'n' ? '\n' : '\t');
			continue;
		}
		if (*at == '\\' && at[1] && !brackets) {
			at++;
			if (*at == delimiter) {
				/*
				 * It stands for itself: with a backslash only where it would mean
				 * something without.
				 */
				if (is_regex &&
				    strchr(extended ? ".*^$[]+?(){}|" : ".*^$[]", delimiter))
					strbuf_putc(&text, '\\');
			} else if (*at == 'n' && is_regex) {
				strbuf_putc(&text, '\n');
				continue;
			} else if (*at == 't' && delimiter != 't') {
				strbuf_putc(&text, '\t');
				continue;
			} else {
				strbuf_putc(&text, '\\');
			}
		}
		strbuf_putc(&text, *at);
	}
	at++;
	return strbuf_take(&text);
}

static regex_t *regex_make(const char *text, bool ignore_case)
{
	regex_t *regex;
	char reason[128];
	int error;

	if (!*text)
		return NULL;
	regex = memory_get(sizeof(*regex));
	error = regcomp(regex, text, (extended ? REG_EXTENDED : 0) | (ignore_case ? REG_ICASE : 0));
	if (error) {
		regerror(error, regex, reason, sizeof(reason));
		die(1, "%s: %s", text, reason);
	}
	return regex;
}

static bool address_parse(struct address *a)
{
	char *end, *text;

	if (isdigit((unsigned char)*at)) {
		a->kind = ADDRESS_LINE;
		a->line = strtoul(at, &end, 10);
		at = end;
		if (*at == '~') {
			a->kind = ADDRESS_STEP;
			a->step = strtoul(at + 1, &end, 10);
			at = end;
		}
	} else if (*at == '+') {
		a->kind = ADDRESS_PLUS;
		a->line = strtoul(at + 1, &end, 10);
		at = end;
	} else if (*at == '$') {
		a->kind = ADDRESS_LAST;
		at++;
	} else if (*at == '/' || *at == '\\') {
		char delimiter = *at == '\\' ? *++at : '/';
		bool ignore_case = false;

		at++;
		text = delimited(delimiter, true);
		for (; *at == 'I'; at++)
			ignore_case = true;
		a->kind = ADDRESS_REGEX;
		a->regex = regex_make(text, ignore_case);
		free(text);
	} else {
		return false;
	}
	return true;
}

static char *to_line_end(void)
{
	size_t n = strcspn(at, "\n");
	char *text = memory_copy_n(at, n);

	at += n;
	return text;
}

static char *label_read(void)
{
	size_t n;
	char *text;

	blanks_skip();
	n = strcspn(at, "\n;}");
	text = memory_copy_n(at, n);
	at += n;
	while (n && isspace((unsigned char)text[n - 1]))
		text[--n] = '\0';
	return text;
}

/* The text of a, i, c: behind `\` and newline, or (as GNU has it) on the same line. */
static char *text_read(void)
{
	struct strbuf text = { 0 };

	blanks_skip();
	if (*at == '\\') {
		at++;
		blanks_skip();
		if (*at == '\n')
			at++;
	}
	for (; *at && *at != '\n'; at++) {
		if (*at == '\\' && at[1])
			at++;
		strbuf_putc(&text, *at);
	}
	strbuf_putc(&text, '\n');
	return strbuf_take(&text);
}

static FILE *file_for(const char *name)
{
	static struct written {
		struct written *next;
		FILE *file;
		char name[];
	} * list;
	struct written *w;

	if (!strcmp(name, "/dev/stdout"))
		return stdout;
	if (!strcmp(name, "/dev/stderr"))
		return stderr;
	for (w = list; w; w = w->next)
		if (!strcmp(w->name, name))
			return w->file;
	w = memory_get(sizeof(*w) + strlen(name) + 1);
	strcpy(w->name, name);
	w->file = fopen(name, "w");
	if (!w->file)
		die_errno(4, name);
	w->next = list;
	list = w;
	return w->file;
}

static void substitute_parse(struct command *c)
{
	char delimiter = *at++, *pattern;
	bool ignore_case = false;

	if (!delimiter || delimiter == '\n' || delimiter == '\\')
		script_error("bad delimiter");
	pattern = delimited(delimiter, true);
	c->text = delimited(delimiter, false);
	c->occurrence = 1;
	for (;; at++) {
		if (*at == 'g')
			c->global = true;
		else if (*at == 'p')
			c->print = true;
		else if (*at == 'i' || *at == 'I')
			ignore_case = true;
		else if (isdigit((unsigned char)*at)) {
			char *end;

			c->occurrence = strtoul(at, &end, 10);
			at = end - 1;
		} else
			break;
	}
	if (*at == 'w') {
		at++;
		blanks_skip();
		char *name = to_line_end();

		c->file = file_for(name);
		free(name);
	}
	if (!c->occurrence)
		script_error("occurrence 0");
	c->regex = regex_make(pattern, ignore_case);
	free(pattern);
}

static int map_byte(const char **p)
{
	if (**p == '\\' && (*p)[1]) {
		++*p;
		if (**p == 'n')
			return ++*p, '\n';
	}
	return (unsigned char)*(*p)++;
}

static void transliterate_parse(struct command *c)
{
	char delimiter = *at++, *from = delimited(delimiter, false),
	     *to = delimited(delimiter, false);
	const char *p = from, *q = to;

	c->text = memory_get(256);
	for (int i = 0; i < 256; i++)
		c->text[i] = (char)i;
	while (*p && *q) {
		int x = map_byte(&p);

		c->text[x] = (char)map_byte(&q);
	}
	if (*p || *q)
		script_error("y: the texts differ in length");
	free(from);
	free(to);
}

static void arguments_parse(struct command *c)
{
	switch (c->letter) {
	case 'a':
	case 'i':
	case 'c':
		c->text = text_read();
		break;
	case ':':
	case 'b':
	case 't':
	case 'T':
		c->text = label_read();
		break;
	case 'r':
	case 'w':
		blanks_skip();
		c->text = to_line_end();
		if (c->letter == 'w')
			c->file = file_for(c->text);
		break;
	case 'q':
	case 'Q':
		blanks_skip();
		c->jump = strtoul(at, (char **)&at, 10);
		break;
	case 's':
		substitute_parse(c);
		break;
	case 'y':
		transliterate_parse(c);
		break;
	case '{':
	case '}':
	case '=':
	case 'd':
	case 'D':
	case 'g':
	case 'G':
	case 'h':
	case 'H':
	case 'l':
	case 'n':
	case 'N':
	case 'p':
	case 'P':
	case 'x':
		break;
	default:
		at--;
		script_error("no such command");
	}
}

static void script_parse(void)
{
	size_t blocks[64], depth = 0;

	at = strbuf_text(&script);
	for (;;) {
		struct command c = { 0 };

		while (isspace((unsigned char)*at) || *at == ';')
			at++;
		if (!*at)
			break;
		if (*at == '#') {
			free(to_line_end());
			continue;
		}
		if (address_parse(&c.from)) {
			blanks_skip();
			if (*at == ',') {
				at++;
				blanks_skip();
				if (!address_parse(&c.to))
					script_error("bad address");
			}
		}
		blanks_skip();
		for (; *at == '!'; at++, blanks_skip())
			c.negate = true;
		c.letter = *at++;
		if (!c.letter)
			at--, script_error("a command is missing");
		arguments_parse(&c);
		if (c.letter == '{') {
			if (depth == 64)
				script_error("too many {");
			blocks[depth++] = command_count;
		} else if (c.letter == '}') {
			if (!depth)
				script_error("} without {");
			commands[blocks[--depth]].jump = command_count;
		}
		blanks_skip();
		if (c.letter != '{' && *at && *at != '\n' && *at != ';' && *at != '}' && *at != '#')
			script_error("something behind the command");
		commands = memory_resize(commands, (command_count + 1) * sizeof(*commands));
		commands[command_count++] = c;
	}
	if (depth)
		script_error("} is missing");
}

static void labels_resolve(void)
{
	for (size_t i = 0; i < command_count; i++) {
		struct command *c = &commands[i];

		if (!strchr("btT", c->letter))
			continue;
		c->jump = command_count;
		if (!*c->text)
			continue;
		for (c->jump = 0; c->jump < command_count; c->jump++)
			if (commands[c->jump].letter == ':' &&
			    !strcmp(commands[c->jump].text, c->text))
				break;
		if (c->jump == command_count)
			die(1, "script: no label %s", c->text);
	}
}

/* ---- input and output ---- */

static void in_place_begin(const char *name)
{
	struct strbuf path = { 0 };
	struct stat st;
	int fd;

	strbuf_printf(&path, "%s.sedXXXXXX", name);
	temporary = strbuf_take(&path);
	fd = mkstemp(temporary);
	if (fd < 0 || !(out = fdopen(fd, "w")))
		die_errno(4, temporary);
	if (!fstat(fileno(in), &st))
		fchmod(fd, st.st_mode & 07777);
}

static void in_place_end(void)
{
	struct strbuf backup = { 0 };

	if (fclose(out))
		die_errno(4, temporary);
	out = stdout;
	if (*suffix) {
		strbuf_printf(&backup, "%s%s", in_name, suffix);
		if (rename(in_name, strbuf_text(&backup)))
			die_errno(4, backup.data);
		strbuf_free(&backup);
	}
	if (rename(temporary, in_name))
		die_errno(4, in_name);
	free(temporary);
	temporary = NULL;
}

static void file_close(void)
{
	if (!in)
		return;
	input_close(in, in_name);
	in = NULL;
	if (temporary)
		in_place_end();
}

/* Fill `ahead`. Stays in the current file when files are separate. */
static void ahead_read(bool may_switch)
{
	while (ahead_size < 0) {
		if (in) {
			ahead_size = getdelim(&ahead, &ahead_room, null_data ? 0 : '\n', in);
			if (ahead_size >= 0)
				return;
			if ((separate || in_place) && !may_switch)
				return;
			file_close();
		}
		if (!files || !*files)
			return;
		in_name = *files++;
		in = input_open(in_name);
		if (in && in_place && in != stdin)
			in_place_begin(in_name);
		if (in && (separate || in_place))
			line_number = 0;
	}
}

static bool is_last(void)
{
	ahead_read(false);
	return ahead_size < 0;
}

static void appended_print(void)
{
	fwrite(strbuf_text(&appended), 1, appended.length, out);
	strbuf_reset(&appended);
}

/* Add the next line to the pattern space. False: there is none. */
static bool line_next(bool add)
{
	ahead_read(true);
	if (ahead_size < 0)
		return false;
	if (add)
		strbuf_putc(&space, '\n');
	else
		strbuf_reset(&space);
	missing_newline = ahead_size && ahead[ahead_size - 1] != (null_data ? 0 : '\n');
	strbuf_add(&space, ahead, (size_t)ahead_size - !missing_newline);
	ahead_size = -1;
	line_number++;
	return true;
}

static void line_write(FILE *to, const char *text, size_t size)
{
	fwrite(text, 1, size, to);
	if (!missing_newline || !is_last())
		putc(null_data ? 0 : '\n', to);
}

/* l: unambiguous. */
static void space_list(void)
{
	static const char codes[] = "\\\a\b\f\r\t\v", letters[] = "\\abfrtv";
	int column = 0;

	for (size_t i = 0; i < space.length; i++) {
		unsigned char c = (unsigned char)space.data[i];
		const char *code = c ? strchr(codes, c) : NULL;
		char text[8];

		if (code)
			snprintf(text, sizeof(text), "\\%c", letters[code - codes]);
		else if (c == '\n')
			strcpy(text, "\\n");
		else if (c < 32 || c > 126)
			snprintf(text, sizeof(text), "\\%03o", c);
		else
			snprintf(text, sizeof(text), "%c", c);
		if (column + (int)strlen(text) > 69) {
			fputs("\\\n", out);
			column = 0;
		}
		fputs(text, out);
		column += (int)strlen(text);
	}
	fputs("$\n", out);
}

/* ---- running ---- */

static bool regex_match(const regex_t *regex, const char *text, regmatch_t *matches, int flags)
{
	if (!regex)
		regex = last_regex;
	if (!regex)
		die(1, "no regular expression was used before");
	last_regex = regex;
	return !regexec(regex, text, GROUPS, matches, flags);
}

static bool address_match(const struct address *a)
{
	regmatch_t matches[GROUPS];

	switch (a->kind) {
	case ADDRESS_LINE:
		return line_number == a->line;
	case ADDRESS_STEP:
		return a->step ? line_number >= a->line && (line_number - a->line) % a->step == 0
			       : line_number == a->line;
	case ADDRESS_LAST:
		return is_last();
	case ADDRESS_REGEX:
		return regex_match(a->regex, strbuf_text(&space), matches, 0);
	default:
		return false;
	}
}

static bool range_ends(struct command *c)
{
	if (c->to.kind == ADDRESS_LINE || c->to.kind == ADDRESS_PLUS)
		return line_number >= c->range_end;
	return address_match(&c->to);
}

static bool selected(struct command *c)
{
	if (c->from.kind == ADDRESS_NONE)
		return true;
	if (c->to.kind == ADDRESS_NONE)
		return address_match(&c->from);
	if (c->in_range) {
		if ((c->to.kind == ADDRESS_LINE) && line_number > c->range_end) {
			c->in_range = false;
			return address_match(&c->from);
		}
		c->in_range = !range_ends(c);
		return true;
	}
	/* 0,/re/: the range is open before the first line. */
	if (c->from.kind == ADDRESS_LINE && !c->from.line && line_number == 1) {
		c->in_range = !range_ends(c);
		return true;
	}
	if (!address_match(&c->from))
		return false;
	c->range_end = c->to.kind == ADDRESS_PLUS ? line_number + c->to.line : c->to.line;
	c->in_range = c->to.kind == ADDRESS_REGEX ||
		      (c->to.kind == ADDRESS_LAST ? !is_last() : c->range_end > line_number);
	return true;
}

/* Case changes of a replacement: \U \L \E \u \l. */
struct cases {
	char lasting, once;
};

static void replaced_add(struct strbuf *result, const char *text, size_t size, struct cases *k)
{
	for (size_t i = 0; i < size; i++) {
		char mode = k->once ? k->once : k->lasting;
		int c = (unsigned char)text[i];

		k->once = 0;
		strbuf_putc(result, mode == 'U' || mode == 'u'	 ? toupper(c)
				    : mode == 'L' || mode == 'l' ? tolower(c)
								 : c);
	}
}

static void replacement_add(struct strbuf *result, const char *text, const char *from,
			    const regmatch_t *matches)
{
	struct cases k = { 0 };

	for (; *text; text++) {
		int group = -1;

		if (*text == '&') {
			group = 0;
		} else if (*text == '\\' && text[1]) {
			text++;
			if (isdigit((unsigned char)*text))
				group = *text - '0';
			else if (strchr("ULE", *text)) {
				k.lasting = *text == 'E' ? 0 : *text;
				continue;
			} else if (strchr("ul", *text)) {
				k.once = *text;
				continue;
			} else {
				char c = *text == 'n' ? '\n' : *text;

				replaced_add(result, &c, 1, &k);
				continue;
			}
		}
		if (group < 0)
			replaced_add(result, text, 1, &k);
		else if (matches[group].rm_so >= 0)
			replaced_add(result, from + matches[group].rm_so,
				     (size_t)(matches[group].rm_eo - matches[group].rm_so), &k);
	}
}

static void substitute(const struct command *c)
{
	const char *text = strbuf_text(&space), *end = text + space.length, *p = text;
	struct strbuf result = { 0 };
	regmatch_t matches[GROUPS];
	unsigned long count = 0;
	bool changed = false, behind_match = false;

	while (p <= end && regex_match(c->regex, p, matches, p > text ? REG_NOTBOL : 0)) {
		size_t before = (size_t)matches[0].rm_so,
		       size = (size_t)(matches[0].rm_eo - matches[0].rm_so);

		strbuf_add(&result, p, before);
		/* An empty match right behind a match is none. */
		if (size || !behind_match || before) {
			if (++count >= c->occurrence && (c->global || count == c->occurrence)) {
				replacement_add(&result, c->text, p, matches);
				changed = true;
			} else {
				strbuf_add(&result, p + before, size);
			}
		}
		p += before + size;
		behind_match = size > 0;
		if (!size) {
			if (p < end)
				strbuf_putc(&result, *p);
			p++;
		}
		if (changed && !c->global)
			break;
	}
	if (p < end)
		strbuf_add(&result, p, (size_t)(end - p));
	if (!changed) {
		strbuf_free(&result);
		return;
	}
	strbuf_free(&space);
	space = result;
	substituted = true;
	if (c->print)
		line_write(out, strbuf_text(&space), space.length);
	if (c->file)
		fprintf(c->file, "%s\n", strbuf_text(&space));
}

static void file_append(const char *name)
{
	char block[1024];
	size_t n;
	FILE *file = fopen(name, "r");

	if (!file)
		return;
	while ((n = fread(block, 1, sizeof(block), file)) > 0)
		strbuf_add(&appended, block, n);
	fclose(file);
}

static void buffer_copy(struct strbuf *to, const struct strbuf *from, bool add)
{
	if (add)
		strbuf_putc(to, '\n');
	else
		strbuf_reset(to);
	strbuf_add(to, from->data ? from->data : "", from->length);
}

enum cycle { CYCLE_END, CYCLE_NO_PRINT, CYCLE_RESTART };

/* Commands that end the cycle. Returns false for others. */
static bool run_ending(struct command *c, enum cycle *how)
{
	char *newline;

	switch (c->letter) {
	case 'c':
		if (c->to.kind == ADDRESS_NONE || c->negate || !c->in_range)
			fputs(c->text, out);
		*how = CYCLE_NO_PRINT;
		return true;
	case 'd':
		*how = CYCLE_NO_PRINT;
		return true;
	case 'D':
		newline = memchr(strbuf_text(&space), '\n', space.length);
		*how = newline ? CYCLE_RESTART : CYCLE_NO_PRINT;
		if (newline) {
			space.length -= (size_t)(newline + 1 - space.data);
			memmove(space.data, newline + 1, space.length);
		}
		return true;
	case 'n':
		if (!is_last() || (in_place || separate ? files && *files : false)) {
			if (!quiet)
				line_write(out, strbuf_text(&space), space.length);
			appended_print();
			if (line_next(false))
				return false;
		}
		quit = true;
		*how = CYCLE_END;
		return true;
	case 'N':
		appended_print();
		if (!is_last() && line_next(true))
			return false;
		quit = true;
		*how = CYCLE_END;
		return true;
	case 'q':
	case 'Q':
		quit = true;
		program_status = (int)c->jump;
		*how = c->letter == 'q' ? CYCLE_END : CYCLE_NO_PRINT;
		return true;
	}
	return false;
}

static void run_plain(struct command *c)
{
	struct strbuf swap;

	switch (c->letter) {
	case '=':
		fprintf(out, "%lu\n", line_number);
		break;
	case 'a':
		strbuf_puts(&appended, c->text);
		break;
	case 'i':
		fputs(c->text, out);
		break;
	case 'g':
		buffer_copy(&space, &held, false);
		break;
	case 'G':
		buffer_copy(&space, &held, true);
		break;
	case 'h':
		buffer_copy(&held, &space, false);
		break;
	case 'H':
		buffer_copy(&held, &space, true);
		break;
	case 'l':
		space_list();
		break;
	case 'p':
		line_write(out, strbuf_text(&space), space.length);
		break;
	case 'P':
		fprintf(out, "%.*s\n", (int)strcspn(strbuf_text(&space), "\n"),
			strbuf_text(&space));
		break;
	case 'r':
		file_append(c->text);
		break;
	case 's':
		substitute(c);
		break;
	case 'w':
		fprintf(c->file, "%s\n", strbuf_text(&space));
		break;
	case 'x':
		swap = space;
		space = held;
		held = swap;
		break;
	case 'y':
		for (size_t i = 0; i < space.length; i++)
			space.data[i] = c->text[(unsigned char)space.data[i]];
		break;
	}
}

static enum cycle cycle_run(void)
{
	enum cycle how = CYCLE_END;

	for (size_t i = 0; i < command_count;) {
		struct command *c = &commands[i++];

		if (selected(c) == c->negate) {
			if (c->letter == '{')
				i = c->jump + 1;
			continue;
		}
		if (run_ending(c, &how))
			return how;
		if (c->letter == 'b' ||
		    (strchr("tT", c->letter) && substituted == (c->letter == 't')))
			i = c->jump;
		if (strchr("tT", c->letter))
			substituted = false;
		run_plain(c);
	}
	return CYCLE_END;
}

static void edit(void)
{
	bool restart = false;

	while (!quit && (restart || line_next(false))) {
		enum cycle how;

		if (!restart)
			substituted = false;
		how = cycle_run();
		restart = how == CYCLE_RESTART && !quit;
		if (how == CYCLE_END && !quiet)
			line_write(out, strbuf_text(&space), space.length);
		appended_print();
	}
	/* A quit in the middle of an edited file keeps its rest. */
	if (temporary) {
		if (ahead_size >= 0)
			fwrite(ahead, 1, (size_t)ahead_size, out);
		while ((ahead_size = getdelim(&ahead, &ahead_room, '\n', in)) >= 0)
			fwrite(ahead, 1, (size_t)ahead_size, out);
	}
	file_close();
}

static void script_add(const char *text)
{
	if (script.length)
		strbuf_putc(&script, '\n');
	strbuf_puts(&script, text);
}

static void script_file(const char *name)
{
	size_t size;
	char *text = input_all(name, &size);

	if (!text)
		exit(1);
	if (size && text[size - 1] == '\n')
		text[size - 1] = '\0';
	script_add(text);
	free(text);
}

int main(int argc, char **argv)
{
	static char *input[] = { (char *)"-", NULL };
	bool any = false;
	int c;

	program_start(argv);
	/* -i takes its suffix only in the same word; getopt's optional arguments are not POSIX. */
	for (int i = 1; i < argc && argv[i][0] == '-' && strcmp(argv[i], "--"); i++) {
		char *flag = strchr(argv[i], 'i');

		if (!flag || strcspn(argv[i], "ef") < (size_t)(flag - argv[i]) || argv[i][1] == '-')
			continue;
		in_place = true;
		suffix = memory_copy(flag + 1);
		flag[0] = 's';
		flag[1] = '\0';
	}
	while ((c = getopt(argc, argv, "e:Ef:nrsuz")) != -1) {
		switch (c) {
		case 'e':
			script_add(optarg);
			any = true;
			break;
		case 'E':
		case 'r':
			extended = true;
			break;
		case 'f':
			script_file(optarg);
			any = true;
			break;
		case 'n':
			quiet = true;
			break;
		case 's':
			separate = true;
			break;
		case 'u':
			setvbuf(stdout, NULL, _IOLBF, 0);
			break;
		case 'z':
			null_data = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (!any) {
		if (!*argv)
			die_usage(1);
		script_add(*argv++);
	}
	if (!strncmp(strbuf_text(&script), "#n\n", 3))
		quiet = true;
	script_parse();
	labels_resolve();
	out = stdout;
	files = *argv ? argv : input;
	edit();
	return program_finish(program_status);
}
