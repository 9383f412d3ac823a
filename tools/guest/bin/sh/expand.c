/*
 * expand: words to arguments, in one pass.
 *
 * A field grows in `field` as a pattern: characters that were quoted and mean something to patterns
 * get a backslash. Results of unquoted expansions are split at IFS while they are added. When a
 * field ends it is matched against file names, or its backslashes are removed. `open` says that the
 * field exists even if it is empty (quotes were there).
 */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../../lib/pattern.h"
#include "sh.h"

struct expansion {
	enum expand_mode mode;
	bool fields;	  /* split, and match file names */
	bool open;	  /* there is a field, though perhaps an empty one */
	bool magic;	  /* the field has an active pattern character */
	bool blank_ended; /* white space ended the field before; one separator more belongs to it */
	const char *ifs;
	struct strbuf field;
	struct strlist list; /* finished fields */
};

static void parts_add(struct expansion *e, const struct part *parts, bool split);

/* ---- adding to a field ---- */

static void quoted_add(struct expansion *e, int c)
{
	if (e->mode != EXPAND_PROMPT && strchr("*?[]\\-!^", c))
		strbuf_putc(&e->field, '\\');
	strbuf_putc(&e->field, c);
	e->open = true;
}

static void plain_add(struct expansion *e, int c)
{
	if (c == '\\' && e->mode != EXPAND_PATTERN && e->mode != EXPAND_PROMPT)
		strbuf_putc(&e->field, '\\');
	e->magic |= c == '*' || c == '?' || c == '[';
	strbuf_putc(&e->field, c);
	e->open = true;
}

static void field_end(struct expansion *e)
{
	char *text = strbuf_text(&e->field);

	if (!e->magic || sh.options[OPTION_NOGLOB] || !glob_expand(text, &e->list)) {
		char *copy = arena_copy(&sh.scratch, text, e->field.length);

		pattern_unescape(copy);
		strlist_add(&e->list, copy);
	}
	strbuf_reset(&e->field);
	e->open = e->magic = false;
}

/* One character of a value that is split at IFS (POSIX.1-2017, XCU 2.6.5). */
static void split_add(struct expansion *e, int c)
{
	if (!strchr(e->ifs, c)) {
		plain_add(e, c);
		e->blank_ended = false;
	} else if (c == ' ' || c == '\t' || c == '\n') {
		if (e->open) {
			field_end(e);
			e->blank_ended = true;
		}
	} else {
		if (e->open || !e->blank_ended)
			field_end(e);
		e->blank_ended = false;
	}
}

static void value_add(struct expansion *e, const char *value, bool quoted, bool split)
{
	if (quoted) {
		e->open = true;
		for (; *value; value++)
			quoted_add(e, (unsigned char)*value);
	} else if (split && e->fields) {
		for (; *value; value++)
			split_add(e, (unsigned char)*value);
	} else {
		for (; *value; value++)
			plain_add(e, (unsigned char)*value);
	}
}

/* ---- parameters ---- */

/* $@ and $*, which become several fields. */
static void args_add(struct expansion *e, const struct part *part)
{
	bool join = (part->quoted && *part->text == '*') || !e->fields;

	if (join) {
		char room[32];
		const char *value;
		const char *ifs = var_get("IFS");

		/* Where there are no fields, "$@" is joined by blanks whatever IFS is. */
		if (*part->text == '@' && ifs && *ifs != ' ') {
			for (int i = 0; i < sh.arg_count; i++) {
				if (i)
					value_add(e, " ", part->quoted, false);
				value_add(e, sh.args[i], part->quoted, false);
			}
			return;
		}
		value = param_value(part->text, room);
		value_add(e, value ? value : "", part->quoted, false);
		return;
	}
	for (int i = 0; i < sh.arg_count; i++) {
		if (i && (part->quoted || e->open))
			field_end(e);
		value_add(e, sh.args[i], part->quoted, true);
	}
}

/* The value without the part that matches the pattern. */
static const char *value_cut(const char *value, const char *pattern, enum param_op op)
{
	size_t size = strlen(value);

	switch (op) {
	case PARAM_CUT_FRONT:
		for (size_t n = 0; n <= size; n++)
			if (pattern_match(pattern, value, n))
				return value + n;
		return value;
	case PARAM_CUT_FRONT_BIG:
		for (size_t n = size + 1; n-- > 0;)
			if (pattern_match(pattern, value, n))
				return value + n;
		return value;
	case PARAM_CUT_BACK:
		for (size_t n = size + 1; n-- > 0;)
			if (pattern_match(pattern, value + n, size - n))
				return arena_copy(&sh.scratch, value, n);
		return value;
	default:
		for (size_t n = 0; n <= size; n++)
			if (pattern_match(pattern, value + n, size - n))
				return arena_copy(&sh.scratch, value, n);
		return value;
	}
}

static const char *param_assign(const struct part *part)
{
	const char *value = expand_parts(part->argument, EXPAND_TEXT);

	if (!name_length(part->text)) {
		sh_error(2, "$%s: cannot assign in this way", part->text);
		return "";
	}
	var_set(part->text, value);
	return value;
}

static void param_require(const struct part *part)
{
	const char *message = expand_parts(part->argument, EXPAND_TEXT);

	if (!*message)
		message = part->colon ? "parameter null or not set" : "parameter not set";
	sh_error(2, "%s: %s", part->text, message);
}

static void param_add(struct expansion *e, const struct part *part, bool split)
{
	char room[32];
	bool all = *part->text == '@' || *part->text == '*';
	const char *value = param_value(part->text, room);
	bool unset = !value || (part->colon && !*value);

	if (!value && !all && sh.options[OPTION_NOUNSET] && part->op < PARAM_DEFAULT) {
		sh_error(2, "%s: parameter not set", part->text);
		return;
	}
	switch (part->op) {
	case PARAM_LENGTH:
		snprintf(room, sizeof(room), "%zu",
			 all ? (size_t)sh.arg_count : strlen(value ? value : ""));
		value = room;
		all = false;
		break;
	case PARAM_CUT_FRONT:
	case PARAM_CUT_FRONT_BIG:
	case PARAM_CUT_BACK:
	case PARAM_CUT_BACK_BIG:
		value = value_cut(
			arena_copy(&sh.scratch, value ? value : "", strlen(value ? value : "")),
			expand_parts(part->argument, EXPAND_PATTERN), part->op);
		all = false;
		break;
	case PARAM_ALTERNATIVE:
		unset = !unset;
		/* fall through */
	case PARAM_DEFAULT:
		if (unset) {
			e->open |= part->quoted;
			parts_add(e, part->argument, split && !part->quoted);
			return;
		}
		if (part->op == PARAM_ALTERNATIVE)
			value = "", all = false;
		break;
	case PARAM_ASSIGN:
		if (unset)
			value = param_assign(part);
		break;
	case PARAM_REQUIRE:
		if (unset)
			param_require(part);
		break;
	case PARAM_VALUE:
		break;
	}
	if (all)
		args_add(e, part);
	else
		value_add(e, value ? value : "", part->quoted, split);
}

/* ---- command substitution ---- */

static void output_read(int fd, struct strbuf *text)
{
	char block[1024];
	ssize_t n;

	while ((n = read(fd, block, sizeof(block))) > 0 || (n < 0 && errno == EINTR))
		for (ssize_t i = 0; i < n; i++)
			if (block[i])
				strbuf_putc(text, block[i]);
	while (text->length && text->data[text->length - 1] == '\n')
		text->length--;
}

_Noreturn static void substitution_child(const struct node *command, int fds[2])
{
	subshell_begin();
	close(fds[0]);
	if (fds[1] != 1) {
		dup2(fds[1], 1);
		close(fds[1]);
	}
	sh.status = exec_node(command, EXEC_LAST);
	sh_exit();
}

/* Its output, in sh.scratch. */
static const char *command_output(const struct node *command)
{
	struct strbuf text = { 0 };
	const char *copy;
	int fds[2], status = 0;
	pid_t pid;

	if (!command) {
		sh.substitution_status = 0;
		return "";
	}
	if (pipe(fds) < 0 || (pid = fork()) < 0) {
		sh_error(2, "cannot fork: %s", strerror(errno));
		return "";
	}
	if (!pid)
		substitution_child(command, fds);
	close(fds[1]);
	output_read(fds[0], &text);
	close(fds[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	sh.substitution_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	copy = arena_copy(&sh.scratch, strbuf_text(&text), text.length);
	strbuf_free(&text);
	return copy;
}

static const char *arith_value(const struct part *expression)
{
	char room[32];
	long long value;

	if (!arith_evaluate(expand_parts(expression, EXPAND_TEXT), &value))
		return "";
	snprintf(room, sizeof(room), "%lld", value);
	return arena_copy(&sh.scratch, room, strlen(room));
}

/* ---- text and ~ ---- */

static const char *home_of(const char *name)
{
	const struct passwd *user;

	if (!*name)
		return var_get("HOME");
	user = getpwnam(name);
	return user ? user->pw_dir : NULL;
}

/*
 * Add the home directory that text begins with. Returns how much of text that was: 0 if it is none.
 */
static size_t tilde_add(struct expansion *e, const char *text, bool last)
{
	size_t n = strcspn(text, e->mode == EXPAND_ASSIGN ? "/:" : "/");
	char name[64];
	const char *home;

	if (*text != '~' || n >= sizeof(name) || (!text[n] && !last))
		return 0;
	memcpy(name, text + 1, n - 1);
	name[n - 1] = '\0';
	home = home_of(name);
	if (home)
		value_add(e, home, true, false);
	return home ? n : 0;
}

static void text_add(struct expansion *e, const struct part *part, bool first, bool split)
{
	const char *text = part->text;
	bool tilde = first && (e->mode == EXPAND_ASSIGN || e->fields);

	if (part->quoted || split) {
		value_add(e, text, part->quoted, split);
		return;
	}
	while (*text) {
		size_t n = tilde ? tilde_add(e, text, !part->next) : 0;

		if (n) {
			text += n;
		} else {
			tilde = e->mode == EXPAND_ASSIGN && *text == ':';
			plain_add(e, (unsigned char)*text++);
			continue;
		}
		tilde = false;
	}
}

/* split: this is the word of an unquoted ${x-word}, whose text is split too. */
static void parts_add(struct expansion *e, const struct part *parts, bool split)
{
	for (const struct part *part = parts;
	     part && sh.unwind != UNWIND_ABORT && sh.unwind != UNWIND_EXIT; part = part->next) {
		switch (part->kind) {
		case PART_TEXT:
			text_add(e, part, part == parts, split);
			break;
		case PART_PARAM:
			param_add(e, part, true);
			break;
		case PART_COMMAND:
			value_add(e, command_output(part->command), part->quoted, true);
			break;
		case PART_ARITH:
			value_add(e, arith_value(part->argument), part->quoted, true);
			break;
		}
	}
}

char *expand_parts(const struct part *parts, enum expand_mode mode)
{
	struct expansion e = { .mode = mode };
	char *text;

	parts_add(&e, parts, false);
	text = arena_copy(&sh.scratch, strbuf_text(&e.field), e.field.length);
	if (mode != EXPAND_PATTERN && mode != EXPAND_PROMPT)
		pattern_unescape(text);
	strbuf_free(&e.field);
	return text;
}

char **expand_words(const struct word *words, int *count)
{
	struct expansion e = { .mode = EXPAND_TEXT, .fields = true };

	e.ifs = var_get_or("IFS", " \t\n");
	for (; words; words = words->next) {
		parts_add(&e, words->parts, false);
		if (e.open)
			field_end(&e);
		e.blank_ended = false;
	}
	strbuf_free(&e.field);
	*count = e.list.count;
	strlist_add(&e.list, NULL);
	return e.list.items;
}
