/*
 * words: what a word is made of: text, parameters, command substitutions, arithmetic.
 *
 * Everything nested is parsed once, here; running a command never looks at source text again.
 * Quoting becomes the flag `quoted` on each part, so quote characters themselves are gone.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "../../lib/escape.h"
#include "sh.h"

#define NESTING_MAX 200

/* Parts being collected: finished ones, and the text that will become the next. */
struct collector {
	struct parser *p;
	struct part *first, **tail;
	struct strbuf text;
	bool quoted; /* of text */
};

/* Length of the name (letters, digits, _; no digit first) that text begins with. */
size_t name_length(const char *text)
{
	size_t n = 0;

	if (isdigit((unsigned char)*text))
		return 0;
	while (isalnum((unsigned char)text[n]) || text[n] == '_')
		n++;
	return n;
}

/* The word's text if it is nothing but unquoted text; else NULL. */
const char *word_literal(const struct part *parts)
{
	if (parts && !parts->next && parts->kind == PART_TEXT && !parts->quoted)
		return parts->text;
	return NULL;
}

/*
 * A here-document's delimiter: the text of a word as written. *quoted: whether any of it was
 * quoted.
 */
const char *parts_plain_text(struct arena *arena, const struct part *parts, bool *quoted)
{
	struct strbuf text = { 0 };
	const char *copy;

	*quoted = false;
	for (; parts; parts = parts->next) {
		*quoted |= parts->quoted;
		if (parts->kind == PART_PARAM)
			strbuf_putc(&text, '$');
		if (parts->text)
			strbuf_puts(&text, parts->text);
	}
	copy = arena_copy(arena, strbuf_text(&text), text.length);
	strbuf_free(&text);
	return copy;
}

static struct part *part_add(struct collector *k, enum part_kind kind, bool quoted)
{
	struct part *part = arena_get(k->p->arena, sizeof(*part));

	part->kind = kind;
	part->quoted = quoted;
	*k->tail = part;
	k->tail = &part->next;
	return part;
}

static void text_flush(struct collector *k)
{
	if (!k->text.length)
		return;
	part_add(k, PART_TEXT, k->quoted)->text = arena_copy(k->p->arena, strbuf_text(&k->text),
							     k->text.length);
	strbuf_reset(&k->text);
}

static void text_add(struct collector *k, int c, bool quoted)
{
	if (k->quoted != quoted)
		text_flush(k);
	k->quoted = quoted;
	strbuf_putc(&k->text, c);
}

/* Behind quotes: if they held nothing, there still is an (empty) argument. */
static void quotes_end(struct collector *k, struct part **before)
{
	text_flush(k);
	if (k->tail == before)
		part_add(k, PART_TEXT, true)->text = "";
}

static void single_quotes(struct collector *k)
{
	struct parser *p = k->p;
	struct part **before;
	int c;

	text_flush(k);
	before = k->tail;
	while ((c = char_raw(p)) != '\'' && c != EOF)
		text_add(k, c, true);
	if (c == EOF)
		syntax_error(p, "unterminated '");
	quotes_end(k, before);
}

/* $'...': C escapes. */
static void escaped_quotes(struct collector *k)
{
	struct strbuf raw = { 0 }, cooked = { 0 };
	int c;

	while ((c = char_next(k->p)) != '\'' && c != EOF) {
		strbuf_putc(&raw, c);
		if (c == '\\' && (c = char_next(k->p)) != EOF)
			strbuf_putc(&raw, c);
	}
	if (c == EOF)
		syntax_error(k->p, "unterminated $'");
	escape_expand(&cooked, strbuf_text(&raw), ESCAPE_C);
	text_flush(k);
	part_add(k, PART_TEXT, true)->text = arena_copy(k->p->arena, strbuf_text(&cooked),
							cooked.length);
	strbuf_free(&raw);
	strbuf_free(&cooked);
}

static void double_quotes(struct collector *k)
{
	struct part **before, *inner;

	text_flush(k);
	before = k->tail;
	inner = word_parts(k->p, WORD_QUOTED);
	*k->tail = inner;
	while (*k->tail)
		k->tail = &(*k->tail)->next;
	quotes_end(k, before);
}

static void backslash(struct collector *k, enum word_mode mode)
{
	bool quoted = mode != WORD_PLAIN && mode != WORD_BRACE;
	int c = char_next(k->p);

	if (c == EOF) {
		text_add(k, '\\', true);
	} else if (!quoted || strchr("$`\\", c) || (c == '"' && mode != WORD_TEXT) ||
		   (c == '}' && mode == WORD_BRACE_QUOTED)) {
		text_add(k, c, true);
	} else {
		text_add(k, '\\', true);
		char_back(k->p, c);
	}
}

/* `command`: the text with one level of backslashes removed is a command line of its own. */
static void backquotes(struct collector *k, bool quoted)
{
	struct strbuf text = { 0 };
	struct source source;
	struct parser inner;
	int c;

	while ((c = char_next(k->p)) != '`' && c != EOF) {
		if (c == '\\') {
			c = char_next(k->p);
			if (c == EOF)
				break;
			if (!strchr("$`\\", c) && !(quoted && c == '"'))
				strbuf_putc(&text, '\\');
		}
		strbuf_putc(&text, c);
	}
	if (c == EOF)
		syntax_error(k->p, "unterminated `");
	source_string(&source, strbuf_text(&text), text.length);
	parser_start(&inner, &source, k->p->arena);
	inner.line = k->p->line;
	inner.depth = k->p->depth;
	inner.failed = k->p->failed;
	inner.quiet = k->p->quiet;
	inner.aliases = k->p->aliases;
	part_add(k, PART_COMMAND, quoted)->command = parse_all(&inner);
	k->p->failed |= inner.failed;
	parser_finish(&inner);
	strbuf_free(&text);
}

static bool is_special(int c)
{
	return c > 0 && strchr("@*#?-$!", c);
}

/* A name, number or special character that names a parameter. Empty if there is none. */
static const char *param_name(struct parser *p, int c, bool in_braces)
{
	struct strbuf name = { 0 };
	const char *copy;

	if (is_special(c) || (isdigit(c) && !in_braces)) {
		char one = (char)c;

		return arena_copy(p->arena, &one, 1);
	}
	if (isdigit(c))
		for (; isdigit(c); c = char_next(p))
			strbuf_putc(&name, c);
	else
		for (; isalnum(c) || c == '_'; c = char_next(p))
			strbuf_putc(&name, c);
	char_back(p, c);
	copy = arena_copy(p->arena, strbuf_text(&name), name.length);
	strbuf_free(&name);
	return copy;
}

/* The operator in ${name op ...}; false if there is none, with c the character found. */
static bool param_operator(struct parser *p, struct part *part, int c)
{
	static const char use[] = "-=?+";
	const char *at;

	if (c == ':') {
		part->colon = true;
		c = char_next(p);
	}
	if (c > 0 && (at = strchr(use, c))) {
		part->op = PARAM_DEFAULT + (enum param_op)(at - use);
		return true;
	}
	if (part->colon || (c != '#' && c != '%'))
		return false;
	part->op = c == '#' ? PARAM_CUT_FRONT : PARAM_CUT_BACK;
	int n = char_next(p);

	if (n == c)
		part->op++;
	else
		char_back(p, n);
	return true;
}

/* ${...}; the brace was read. */
static void braces(struct collector *k, bool quoted)
{
	struct parser *p = k->p;
	struct part *part = part_add(k, PART_PARAM, quoted);
	int c = char_next(p);

	if (c == '#') {
		int n = char_next(p);

		if (isalnum(n) || n == '_' || (is_special(n) && n != '}')) {
			part->op = PARAM_LENGTH;
			c = n;
		} else {
			char_back(p, n);
		}
	}
	part->text = param_name(p, c, true);
	if (!*part->text) {
		syntax_error(p, "bad substitution");
		return;
	}
	c = char_next(p);
	if (part->op == PARAM_LENGTH && c != '}' && part->text[1] == '\0' &&
	    is_special(*part->text)) {
		/* ${#-word} and the like: the parameter is #. */
		char_back(p, c);
		c = *part->text;
		part->text = "#";
		part->op = PARAM_VALUE;
	}
	if (c == '}')
		return;
	if (part->op == PARAM_LENGTH || !param_operator(p, part, c)) {
		syntax_error(p, c == EOF ? "unterminated ${" : "bad substitution");
		return;
	}
	part->argument = word_parts(p, quoted && part->op >= PARAM_DEFAULT ? WORD_BRACE_QUOTED
									   : WORD_BRACE);
}

/* $ was read. */
static void dollar(struct collector *k, enum word_mode mode)
{
	bool quoted = mode != WORD_PLAIN && mode != WORD_BRACE;
	struct parser *p = k->p;
	int c = char_next(p);

	if (c == '\'' && !quoted) {
		escaped_quotes(k);
	} else if (c == '{') {
		text_flush(k);
		braces(k, quoted);
	} else if (c == '(') {
		text_flush(k);
		c = char_next(p);
		if (c == '(') {
			part_add(k, PART_ARITH, quoted)->argument = word_parts(p, WORD_ARITH);
		} else {
			char_back(p, c);
			part_add(k, PART_COMMAND, quoted)->command = parse_substitution(p);
		}
	} else if (is_special(c) || isalnum(c) || c == '_') {
		text_flush(k);
		part_add(k, PART_PARAM, quoted)->text = param_name(p, c, false);
	} else {
		char_back(p, c);
		text_add(k, '$', quoted);
	}
}

/* Does c end a word of this mode? Counts parentheses of arithmetic in *open. */
static bool word_ends(struct parser *p, enum word_mode mode, int c, int *open)
{
	switch (mode) {
	case WORD_PLAIN:
		if (c != EOF && !strchr(" \t\n;&|<>()", c))
			return false;
		char_back(p, c);
		return true;
	case WORD_QUOTED:
		return c == '"';
	case WORD_BRACE:
	case WORD_BRACE_QUOTED:
		return c == '}';
	case WORD_TEXT:
		return c == EOF;
	case WORD_ARITH:
		*open += (c == '(') - (c == ')');
		if (*open >= 0)
			return false;
		if (char_next(p) != ')')
			syntax_error(p, "$(( without ))");
		return true;
	}
	return true;
}

struct part *word_parts(struct parser *p, enum word_mode mode)
{
	static const char *const missing[] = { "", "\"", "}", "}", "", "))" };
	bool quoted = mode != WORD_PLAIN && mode != WORD_BRACE;
	struct collector k = { .p = p, .tail = &k.first };
	int c, open = 0;

	if (++p->depth > NESTING_MAX)
		syntax_error(p, "nested too deeply");
	while (!p->failed && !word_ends(p, mode, c = char_next(p), &open)) {
		if (c == EOF)
			syntax_error(p, "unexpected end, %s is missing", missing[mode]);
		else if (c == '\\')
			backslash(&k, mode);
		else if (c == '\'' && !quoted)
			single_quotes(&k);
		else if (c == '"' && mode != WORD_TEXT && mode != WORD_ARITH)
			double_quotes(&k);
		else if (c == '$')
			dollar(&k, mode);
		else if (c == '`')
			text_flush(&k), backquotes(&k, quoted);
		else if (c != '"' || mode != WORD_ARITH)
			text_add(&k, c, quoted);
	}
	text_flush(&k);
	strbuf_free(&k.text);
	p->depth--;
	return k.first;
}

struct part *text_parts(struct parser *p, const char *text, size_t size)
{
	struct source source;
	struct parser inner;
	struct part *parts;

	source_string(&source, text, size);
	parser_start(&inner, &source, p->arena);
	inner.line = p->line;
	inner.depth = p->depth;
	inner.quiet = p->quiet;
	parts = word_parts(&inner, WORD_TEXT);
	p->failed |= inner.failed;
	parser_finish(&inner);
	return parts;
}
