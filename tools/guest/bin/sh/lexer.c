/*
 * lexer: characters and tokens.
 *
 * Text comes from a stack of sources: the innermost alias on top, the script or terminal at the
 * bottom. One token can be looked at before it is taken. What a word is made of is found in
 * words.c. Bodies of here-documents are read when the newline token behind their operator is.
 */
#define _STDIO_NO_FLOAT_LINK /* no text of ours has a floating-point number */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

void source_string(struct source *source, const char *text, size_t size)
{
	memset(source, 0, sizeof(*source));
	source->at = text;
	source->end = text + size;
	source->fd = -1;
}

/*
 * One line of a script. A seekable file is read in blocks; else byte by byte, since commands may
 * read the rest.
 */
static bool file_refill(struct source *source, bool continuation)
{
	size_t step = source->seekable ? 512 : 1;
	char block[512];

	(void)continuation;
	strbuf_reset(&source->buffer);
	for (;;) {
		ssize_t n = read(source->fd, block, step);
		char *newline;

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		newline = memchr(block, '\n', (size_t)n);
		if (newline) {
			size_t line = (size_t)(newline + 1 - block);

			if ((size_t)n > line)
				lseek(source->fd, (off_t)line - n, SEEK_CUR);
			strbuf_add(&source->buffer, block, line);
			break;
		}
		strbuf_add(&source->buffer, block, (size_t)n);
	}
	source->at = strbuf_text(&source->buffer);
	source->end = source->at + source->buffer.length;
	if (sh.options[OPTION_VERBOSE])
		write_all(2, source->at, source->buffer.length);
	return source->buffer.length > 0;
}

void source_file(struct source *source, int fd)
{
	source_string(source, "", 0);
	source->fd = fd;
	source->refill = file_refill;
	source->seekable = lseek(fd, 0, SEEK_CUR) != -1;
}

/* The next character as it stands, or EOF. */
int char_raw(struct parser *p)
{
	for (;;) {
		struct source *s = p->source;

		if (s->at < s->end) {
			int c = (unsigned char)*s->at++;

			if (c == '\n' && !s->below)
				p->line++;
			if (!s->below)
				strbuf_putc(&p->text, c);
			if (c)
				return c;
		} else if (s->below) {
			p->source = s->below;
			p->alias_next |= s->next_too;
			alias_done(s);
		} else if (!s->refill || p->at_end || !s->refill(s, p->continuation)) {
			p->at_end = true;
			return EOF;
		} else if (s->interrupted) {
			p->failed = true;
			return EOF;
		} else {
			p->continuation = true;
		}
	}
}

/* The next character; a backslash and newline are no characters at all. */
int char_next(struct parser *p)
{
	int c = char_raw(p);

	while (c == '\\' && p->source->at < p->source->end && *p->source->at == '\n') {
		char_raw(p);
		c = char_raw(p);
	}
	return c;
}

/* Step back over c, which was the last character read. */
void char_back(struct parser *p, int c)
{
	if (c == EOF)
		return;
	p->source->at--;
	if (p->source->below)
		return;
	p->text.length--;
	if (c == '\n')
		p->line--;
}

void syntax_error(struct parser *p, const char *format, ...)
{
	char text[200];
	va_list args;

	if (p->failed)
		return;
	p->failed = true;
	if (p->quiet || p->source->interrupted)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	sh.line = p->line;
	sh_warn("syntax error: %s", text);
}

/* One line of a here-document without its newline. False at the end of the source. */
static bool body_line(struct parser *p, struct strbuf *line, bool join)
{
	int c;

	strbuf_reset(line);
	while ((c = char_raw(p)) != EOF && c != '\n') {
		strbuf_putc(line, c);
		if (c == '\\' && join && (c = char_raw(p)) != EOF) {
			strbuf_putc(line, c);
		}
	}
	return c != EOF || line->length > 0;
}

static void body_read(struct parser *p, struct redir *redir)
{
	struct strbuf body = { 0 }, line = { 0 };

	while (body_line(p, &line, !redir->literal)) {
		char *text = strbuf_text(&line);

		while (redir->strip_tabs && *text == '\t')
			text++;
		if (!strcmp(text, redir->delimiter))
			break;
		strbuf_puts(&body, text);
		strbuf_putc(&body, '\n');
	}
	if (redir->literal) {
		redir->target = arena_get(p->arena, sizeof(*redir->target));
		redir->target->quoted = true;
		redir->target->text = arena_copy(p->arena, strbuf_text(&body), body.length);
	} else {
		redir->target = text_parts(p, strbuf_text(&body), body.length);
	}
	strbuf_free(&body);
	strbuf_free(&line);
}

static void bodies_read(struct parser *p)
{
	struct redir *redir = p->bodies;

	p->bodies = NULL;
	p->bodies_tail = &p->bodies;
	for (; redir && !p->failed; redir = redir->next_body)
		body_read(p, redir);
}

/* Take the next character if it is c. */
static bool char_accept(struct parser *p, int c)
{
	int n = char_next(p);

	if (n == c)
		return true;
	char_back(p, n);
	return false;
}

static enum token redir_token(struct parser *p, enum redir_kind kind, int fd)
{
	p->redir = kind;
	p->fd = fd;
	return TOKEN_REDIR;
}

/* The operator that begins with < or >, which was read. fd is the number before it, or -1. */
static enum token redir_read(struct parser *p, int c, int fd)
{
	p->strip_tabs = false;
	if (c == '<') {
		fd = fd < 0 ? 0 : fd;
		if (char_accept(p, '&'))
			return redir_token(p, REDIR_DUP, fd);
		if (char_accept(p, '>'))
			return redir_token(p, REDIR_BOTH_WAYS, fd);
		if (!char_accept(p, '<'))
			return redir_token(p, REDIR_READ, fd);
		if (char_accept(p, '<'))
			return redir_token(p, REDIR_STRING, fd);
		p->strip_tabs = char_accept(p, '-');
		return redir_token(p, REDIR_TEXT, fd);
	}
	fd = fd < 0 ? 1 : fd;
	if (char_accept(p, '&'))
		return redir_token(p, REDIR_DUP, fd);
	if (char_accept(p, '>'))
		return redir_token(p, REDIR_APPEND, fd);
	if (char_accept(p, '|'))
		return redir_token(p, REDIR_CLOBBER, fd);
	return redir_token(p, REDIR_WRITE, fd);
}

static enum token ampersand_read(struct parser *p)
{
	if (char_accept(p, '&'))
		return TOKEN_AND;
	if (!char_accept(p, '>'))
		return TOKEN_AMPERSAND;
	return redir_token(p, char_accept(p, '>') ? REDIR_OUT_ERR_ADD : REDIR_OUT_ERR, 1);
}

/* A word, or the number before a redirection. */
static enum token word_read(struct parser *p)
{
	p->parts = word_parts(p, WORD_PLAIN);
	p->literal = word_literal(p->parts);
	if (p->literal && strspn(p->literal, "0123456789") == strlen(p->literal) &&
	    strlen(p->literal) < 5) {
		int c = char_next(p);

		if (c == '<' || c == '>')
			return redir_read(p, c, atoi(p->literal));
		char_back(p, c);
	}
	return TOKEN_WORD;
}

static int blanks_skip(struct parser *p)
{
	int c;

	do
		c = char_next(p);
	while (c == ' ' || c == '\t');
	if (c == '#')
		while ((c = char_raw(p)) != EOF && c != '\n')
			;
	return c;
}

static enum token token_read(struct parser *p)
{
	int c = blanks_skip(p);

	p->token_line = p->line;
	p->token_start = p->text.length - (c != EOF && p->text.length > 0);
	switch (c) {
	case EOF:
		if (p->bodies)
			bodies_read(p);
		return TOKEN_END;
	case '\n':
		p->token_line--;
		bodies_read(p);
		return TOKEN_NEWLINE;
	case ';':
		return char_accept(p, ';') ? TOKEN_DOUBLE_SEMICOLON : TOKEN_SEMICOLON;
	case '&':
		return ampersand_read(p);
	case '|':
		return char_accept(p, '|') ? TOKEN_OR : TOKEN_PIPE;
	case '(':
		return TOKEN_OPEN;
	case ')':
		return TOKEN_CLOSE;
	case '<':
	case '>':
		return redir_read(p, c, -1);
	default:
		char_back(p, c);
		return word_read(p);
	}
}

enum token token_peek(struct parser *p)
{
	if (p->failed)
		return TOKEN_END;
	if (p->token == TOKEN_NONE)
		p->token = token_read(p);
	return p->failed ? TOKEN_END : p->token;
}

enum token token_take(struct parser *p)
{
	enum token token = token_peek(p);

	p->token = TOKEN_NONE;
	p->token_end = p->text.length;
	return token;
}
