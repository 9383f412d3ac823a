/*
 * regexec: backtracking over the program with a stack of its own, which keeps what to try next and
 * what to restore. Every (instruction, position) is tried once only, so the work is bounded by
 * their number; what has failed from an earlier start stays failed. (A back reference depends on
 * more than the position: then there is no such bound.) All ways are followed, and the longest
 * match wins; among equals the first in the order of the alternatives.
 */
#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include "regex/program.h"

struct entry {
	int pc;	      /* try here; or -1 - slot: restore it */
	int position; /* there; or the slot's old value */
};

struct match {
	const struct program *program;
	const char *text;
	int start, end; /* of the text, offsets */
	int flags;
	int *slots, *best;
	int best_end; /* -1: no match yet */
	uint32_t *tried;
	struct entry *stack;
	size_t used, room;
};

static int push(struct match *m, int pc, int position)
{
	if (m->used == m->room) {
		size_t room = m->room * 2 + 64;
		struct entry *grown = realloc(m->stack, room * sizeof(*grown));

		if (!grown)
			return -1;
		m->stack = grown;
		m->room = room;
	}
	m->stack[m->used++] = (struct entry){ pc, position };
	return 0;
}

static int is_word(const struct match *m, int at)
{
	unsigned char b;

	if (at < m->start || at >= m->end)
		return 0;
	b = m->text[at];
	return isalnum(b) || b == '_';
}

/* Instructions that look and do not move. */
static int holds(const struct match *m, enum op op, int at)
{
	int newline = m->program->flags & REG_NEWLINE;

	switch (op) {
	case OP_LINE_START:
		if (at == m->start)
			return !(m->flags & REG_NOTBOL);
		return newline && m->text[at - 1] == '\n';
	case OP_LINE_END:
		if (at == m->end)
			return !(m->flags & REG_NOTEOL);
		return newline && m->text[at] == '\n';
	case OP_WORD_START:
		return !is_word(m, at - 1) && is_word(m, at);
	case OP_WORD_END:
		return is_word(m, at - 1) && !is_word(m, at);
	case OP_WORD_EDGE:
		return is_word(m, at - 1) != is_word(m, at);
	default:
		return is_word(m, at - 1) == is_word(m, at);
	}
}

/* How many bytes the instruction eats at `at`; -1: it does not match. */
static int eats(const struct match *m, const struct instruction *i, int at)
{
	if (i->op == OP_BACK) {
		int from = m->slots[2 * i->x], size = m->slots[2 * i->x + 1] - from;

		if (from < 0 || size < 0 || size > m->end - at)
			return -1;
		int differ = m->program->flags & REG_ICASE
				     ? strncasecmp(m->text + from, m->text + at, size)
				     : memcmp(m->text + from, m->text + at, size);

		return differ ? -1 : size;
	}
	if (at == m->end)
		return -1;
	unsigned char b = m->text[at];

	switch (i->op) {
	case OP_CHAR:
		return b == i->x ? 1 : -1;
	case OP_SET:
		return set_has(m->program->sets[i->x], b) ? 1 : -1;
	default: /* OP_ANY */
		return i->x && b == '\n' ? -1 : 1;
	}
}

static int note(struct match *m, int slot, int position)
{
	if (push(m, -1 - slot, m->slots[slot]))
		return -1;
	m->slots[slot] = position;
	return 0;
}

static int first_visit(struct match *m, int pc, int at)
{
	if (!m->tried)
		return 1;
	size_t bit = (size_t)(at - m->start) * m->program->count + pc;

	if (m->tried[bit / 32] >> bit % 32 & 1)
		return 0;
	m->tried[bit / 32] |= 1u << bit % 32;
	return 1;
}

static void arrived(struct match *m, int at)
{
	if (at <= m->best_end)
		return;
	m->best_end = at;
	memcpy(m->best, m->slots, m->program->slots * sizeof(*m->best));
}

/* Follows one thread until it fails or matches. -1: no memory. */
static int follow(struct match *m, int pc, int at)
{
	const struct program *p = m->program;

	while (first_visit(m, pc, at)) {
		const struct instruction *i = &p->code[pc];
		int n;

		switch (i->op) {
		case OP_MATCH:
			arrived(m, at);
			return 0;
		case OP_SPLIT:
			if (push(m, i->y, at))
				return -1;
			pc = i->x;
			break;
		case OP_JUMP:
			pc = i->x;
			break;
		case OP_PROGRESS:
			if (m->slots[i->x] == at)
				return 0;
			/* fall through */
		case OP_SAVE:
			if (note(m, i->x, at))
				return -1;
			pc++;
			break;
		case OP_CHAR:
		case OP_ANY:
		case OP_SET:
		case OP_BACK:
			n = eats(m, i, at);
			if (n < 0)
				return 0;
			at += n;
			pc++;
			break;
		default:
			if (!holds(m, i->op, at))
				return 0;
			pc++;
		}
	}
	return 0;
}

/* All threads that start at `at`. */
static int run(struct match *m, int at)
{
	for (int i = 0; i < m->program->slots; i++)
		m->slots[i] = -1;
	m->used = 0;
	if (follow(m, 0, at))
		return -1;
	while (m->used && m->best_end != m->end) {
		struct entry e = m->stack[--m->used];

		if (e.pc < 0)
			m->slots[-1 - e.pc] = e.position;
		else if (follow(m, e.pc, e.position))
			return -1;
	}
	return 0;
}

static int search(struct match *m, int *found)
{
	const struct program *p = m->program;

	for (int at = m->start; at <= m->end; at++) {
		if (p->filtered) {
			while (at < m->end && !set_has(p->first, m->text[at]))
				at++;
			if (at == m->end)
				return REG_NOMATCH;
		}
		if (!m->slots) {
			size_t bits = (size_t)p->count * (m->end - m->start + 1);

			m->slots = calloc(2 * p->slots, sizeof(*m->slots));
			m->tried = p->has_back ? NULL : calloc(bits / 32 + 1, sizeof(*m->tried));
			if (!m->slots || (!m->tried && !p->has_back))
				return REG_ESPACE;
			m->best = m->slots + p->slots;
		}
		if (run(m, at))
			return REG_ESPACE;
		if (m->best_end >= 0) {
			*found = at;
			return 0;
		}
	}
	return REG_NOMATCH;
}

int regexec(const regex_t *restrict regex, const char *restrict text, size_t count,
	    regmatch_t *restrict matches, int flags)
{
	struct match m = {
		.program = regex->__program, .text = text, .flags = flags, .best_end = -1
	};
	int at;

	if (flags & REG_STARTEND) {
		m.start = matches[0].rm_so;
		m.end = matches[0].rm_eo;
	} else {
		m.end = strlen(text);
	}
	int result = search(&m, &at);

	if (result == 0 && !(m.program->flags & REG_NOSUB))
		for (size_t i = 0; i < count; i++) {
			if (i == 0) {
				matches[0].rm_so = at;
				matches[0].rm_eo = m.best_end;
			} else if (i <= regex->re_nsub && m.best[2 * i + 1] >= 0) {
				matches[i].rm_so = m.best[2 * i];
				matches[i].rm_eo = m.best[2 * i + 1];
			} else {
				matches[i].rm_so = matches[i].rm_eo = -1;
			}
		}
	free(m.slots);
	free(m.tried);
	free(m.stack);
	return result;
}

size_t regerror(int error, const regex_t *restrict regex, char *restrict text, size_t size)
{
	static const char texts[][37] = {
		"Success",
		"No match",
		"Invalid regular expression",
		"Invalid collation character",
		"Invalid character class name",
		"Trailing backslash",
		"Invalid back reference",
		"Unmatched [, [^, [:, [., or [=",
		"Unmatched ( or \\(",
		"Unmatched \\{",
		"Invalid content of \\{\\}",
		"Invalid range end",
		"Memory exhausted",
		"Invalid preceding regular expression",
	};

	(void)regex;
	if (error < 0 || error > REG_BADRPT)
		error = REG_BADPAT;
	size_t n = strlen(texts[error]) + 1;

	if (size) {
		memcpy(text, texts[error], n < size ? n : size);
		text[size - 1 < n ? size - 1 : n - 1] = 0;
	}
	return n;
}
