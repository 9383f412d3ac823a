/*
 * regcomp: a recursive descent over the pattern that emits code as it goes. An operator that comes
 * after its operand (* + ? {m,n} |) moves the operand's code up and puts instructions in front, or
 * copies it. Jumps are absolute, so moved code is relocated.
 */
#include <ctype.h>
#include <limits.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include "regex/program.h"

#define CODE_MOST 60000
#define OPEN (-1) /* a target that is patched later */

struct compiler {
	struct program *program;
	const char *p;
	int extended, icase, newline;
	int groups;	     /* opened so far */
	unsigned int closed; /* bit n: subexpression n (1..9) is complete */
	int depth;
	int error;
};

static void fail(struct compiler *c, int error)
{
	if (!c->error)
		c->error = error;
}

static int emit(struct compiler *c, enum op op, int x, int y)
{
	struct program *p = c->program;

	if (p->count == p->room) {
		int room = p->room * 2 + 32;
		struct instruction *grown = room > CODE_MOST * 2
						    ? NULL
						    : realloc(p->code, room * sizeof(*grown));

		if (!grown) {
			fail(c, REG_ESPACE);
			return 0;
		}
		p->code = grown;
		p->room = room;
	}
	p->code[p->count] = (struct instruction){ op, x, y };
	return p->count++;
}

static int is_branch(const struct instruction *i)
{
	return i->op == OP_SPLIT || i->op == OP_JUMP;
}

/* Opens a gap of one instruction at `at`; jumps within the moved code follow it. */
static void insert(struct compiler *c, int at, enum op op, int x, int y)
{
	struct program *p = c->program;

	emit(c, op, 0, 0);
	if (c->error)
		return;
	memmove(p->code + at + 1, p->code + at, (p->count - 1 - at) * sizeof(*p->code));
	for (int i = at + 1; i < p->count; i++)
		if (is_branch(&p->code[i])) {
			p->code[i].x += p->code[i].x >= at;
			p->code[i].y += p->code[i].y >= at;
		}
	p->code[at] = (struct instruction){ op, x, y };
}

static int new_set(struct compiler *c)
{
	struct program *p = c->program;
	uint32_t(*grown)[8] = realloc(p->sets, (p->set_count + 1) * sizeof(*grown));

	if (!grown) {
		fail(c, REG_ESPACE);
		return -1;
	}
	p->sets = grown;
	memset(grown[p->set_count], 0, sizeof(*grown));
	return p->set_count++;
}

static int class_test(const char *name, size_t n, int b)
{
	static const struct {
		const char *name;
		int (*test)(int);
	} classes[] = {
		{ "alnum", isalnum }, { "alpha", isalpha }, { "blank", isblank },
		{ "cntrl", iscntrl }, { "digit", isdigit }, { "graph", isgraph },
		{ "lower", islower }, { "print", isprint }, { "punct", ispunct },
		{ "space", isspace }, { "upper", isupper }, { "xdigit", isxdigit },
	};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strlen(classes[i].name) == n && strncmp(classes[i].name, name, n) == 0)
			return classes[i].test(b) != 0;
	return -1;
}

static void add_class(struct compiler *c, uint32_t set[8], const char *name, size_t n)
{
	for (int b = 0; b < 256; b++) {
		int in = class_test(name, n, b);

		if (in < 0) {
			fail(c, REG_ECTYPE);
			return;
		}
		if (in)
			set_add(set, b);
	}
}

static void set_fold(uint32_t set[8])
{
	for (int b = 'a'; b <= 'z'; b++)
		if (set_has(set, b) || set_has(set, b - 32)) {
			set_add(set, b);
			set_add(set, b - 32);
		}
}

/* One end of a range: a byte, [.x.] or [=x=]. -1: error. */
static int bracket_element(struct compiler *c)
{
	const char *p = c->p;

	if (p[0] == '[' && (p[1] == '.' || p[1] == '=')) {
		if (!p[2] || p[3] != p[1] || p[4] != ']') {
			fail(c, REG_ECOLLATE);
			return -1;
		}
		c->p += 5;
		return (unsigned char)p[2];
	}
	if (!*p) {
		fail(c, REG_EBRACK);
		return -1;
	}
	c->p++;
	return (unsigned char)*p;
}

static void parse_bracket(struct compiler *c)
{
	uint32_t set[8] = { 0 };
	int inverted = *c->p == '^';

	c->p += inverted;
	for (const char *first = c->p; *c->p != ']' || c->p == first;) {
		if (c->p[0] == '[' && c->p[1] == ':') {
			const char *end = strstr(c->p + 2, ":]");

			if (!end) {
				fail(c, REG_ECTYPE);
				return;
			}
			add_class(c, set, c->p + 2, end - c->p - 2);
			c->p = end + 2;
		} else {
			int low = bracket_element(c), high = low;

			if (!c->error && c->p[0] == '-' && c->p[1] && c->p[1] != ']') {
				c->p++;
				high = bracket_element(c);
			}
			if (!c->error && high < low)
				fail(c, REG_ERANGE);
			for (int b = low; !c->error && b <= high; b++)
				set_add(set, b);
		}
		if (c->error)
			return;
	}
	c->p++;
	if (c->icase)
		set_fold(set);
	for (int i = 0; inverted && i < 8; i++)
		set[i] = ~set[i];
	if (inverted && c->newline)
		set['\n' / 32] &= ~(1u << '\n' % 32);
	int n = new_set(c);

	if (n >= 0) {
		memcpy(c->program->sets[n], set, sizeof(set));
		emit(c, OP_SET, n, 0);
	}
}

static void emit_class(struct compiler *c, int letter)
{
	int n = new_set(c);

	if (n < 0)
		return;
	uint32_t *set = c->program->sets[n];

	if ((letter | 32) == 'w') {
		add_class(c, set, "alnum", 5);
		set_add(set, '_');
	} else {
		add_class(c, set, "space", 5);
	}
	for (int i = 0; isupper(letter) && i < 8; i++)
		set[i] = ~set[i];
	emit(c, OP_SET, n, 0);
}

static void emit_byte(struct compiler *c, unsigned char b)
{
	if (!c->icase || !isalpha(b)) {
		emit(c, OP_CHAR, b, 0);
		return;
	}
	int n = new_set(c);

	if (n < 0)
		return;
	set_add(c->program->sets[n], b | 32);
	set_add(c->program->sets[n], b & ~32);
	emit(c, OP_SET, n, 0);
}

/* Is p at an operator that only exists in one of the two syntaxes: c in extended, \c in basic? */
static int at_operator(const struct compiler *c, const char *p, char operator)
{
	return c->extended ? *p == operator: p[0] == '\\' && p[1] == operator;
}

static void parse_alternatives(struct compiler *c);

static void parse_group(struct compiler *c)
{
	int group = ++c->groups;

	if (++c->depth > 250) {
		fail(c, REG_ESPACE);
		return;
	}
	emit(c, OP_SAVE, 2 * group, 0);
	parse_alternatives(c);
	if (!at_operator(c, c->p, ')')) {
		fail(c, REG_EPAREN);
		return;
	}
	c->p += c->extended ? 1 : 2;
	emit(c, OP_SAVE, 2 * group + 1, 0);
	if (group < 10)
		c->closed |= 1u << group;
	c->depth--;
}

/* p is behind a backslash that is no operator of the syntax. */
static void parse_escape(struct compiler *c)
{
	int b = (unsigned char)*c->p++;

	switch (b) {
	case 0:
		fail(c, REG_EESCAPE);
		return;
	case '<':
		emit(c, OP_WORD_START, 0, 0);
		return;
	case '>':
		emit(c, OP_WORD_END, 0, 0);
		return;
	case 'b':
		emit(c, OP_WORD_EDGE, 0, 0);
		return;
	case 'B':
		emit(c, OP_WORD_INSIDE, 0, 0);
		return;
	case 'w':
	case 'W':
	case 's':
	case 'S':
		emit_class(c, b);
		return;
	}
	if (b >= '1' && b <= '9') {
		if (!(c->closed & 1u << (b - '0'))) {
			fail(c, REG_ESUBREG);
			return;
		}
		c->program->has_back = 1;
		emit(c, OP_BACK, b - '0', 0);
		return;
	}
	emit_byte(c, b);
}

static int at_interval(const struct compiler *c)
{
	if (!at_operator(c, c->p, '{'))
		return 0;
	/* extended: a brace that begins no interval is itself */
	return !c->extended || isdigit((unsigned char)c->p[1]) || c->p[1] == ',';
}

static int at_repetition(const struct compiler *c)
{
	return *c->p == '*' || at_operator(c, c->p, '+') || at_operator(c, c->p, '?') ||
	       at_interval(c);
}

/* Does a basic ^ at the start, or $ at p, stand where it is an anchor? */
static int ends_branch(const struct compiler *c, const char *p)
{
	return !*p || at_operator(c, p, ')') || at_operator(c, p, '|');
}

/* Returns 0 if it parsed an anchor of a basic pattern, after which * is an ordinary character. */
static int parse_atom(struct compiler *c, const char *start)
{
	char b = *c->p;

	if (at_operator(c, c->p, '(')) {
		c->p += c->extended ? 1 : 2;
		parse_group(c);
		return 1;
	}
	if (b == '^' && (c->extended || c->p == start)) {
		c->p++;
		emit(c, OP_LINE_START, 0, 0);
		return c->extended;
	}
	if (b == '$' && (c->extended || ends_branch(c, c->p + 1))) {
		c->p++;
		emit(c, OP_LINE_END, 0, 0);
		return 1;
	}
	c->p++;
	switch (b) {
	case '.':
		emit(c, OP_ANY, c->newline, 0);
		break;
	case '[':
		parse_bracket(c);
		break;
	case '\\':
		parse_escape(c);
		break;
	default:
		emit_byte(c, b);
	}
	return 1;
}

static int number(struct compiler *c)
{
	int n = 0;

	if (!isdigit((unsigned char)*c->p))
		return -1;
	while (isdigit((unsigned char)*c->p)) {
		n = n * 10 + *c->p++ - '0';
		if (n > RE_DUP_MAX) {
			fail(c, REG_BADBR);
			return -1;
		}
	}
	return n;
}

/* A loop body that can match nothing must move on, or be left; slot notes where it began. */
static void star(struct compiler *c, int start)
{
	int slot = c->program->slots++;

	insert(c, start, OP_PROGRESS, slot, 0);
	insert(c, start, OP_SPLIT, start + 1, 0);
	int jump = emit(c, OP_JUMP, start, 0);

	if (!c->error)
		c->program->code[start].y = jump + 1;
}

static void optional(struct compiler *c, int start)
{
	insert(c, start, OP_SPLIT, start + 1, 0);
	if (!c->error)
		c->program->code[start].y = c->program->count;
}

/* Appends a copy of code[0..count), which was made to lie at `from`. */
static void append(struct compiler *c, const struct instruction *code, int count, int from)
{
	int by = c->program->count - from;

	for (int i = 0; i < count && !c->error; i++)
		if (is_branch(&code[i]))
			emit(c, code[i].op, code[i].x + by,
			     code[i].op == OP_JUMP ? 0 : code[i].y + by);
		else
			emit(c, code[i].op, code[i].x, code[i].y);
}

/* x{low,high}: low copies, then optional ones nested in each other, or a loop. high -1: no end. */
static void repeat(struct compiler *c, int start, int low, int high)
{
	struct program *p = c->program;
	int count = p->count - start, at;
	struct instruction *body = malloc((count + 1) * sizeof(*body));

	if (!body) {
		fail(c, REG_ESPACE);
		return;
	}
	memcpy(body, p->code + start, count * sizeof(*body));
	p->count = start;
	for (int i = 0; i < low && !c->error; i++)
		append(c, body, count, start);
	if (high < 0) {
		at = p->count;
		append(c, body, count, start);
		star(c, at);
	} else {
		int first = p->count;

		for (int i = low; i < high && !c->error; i++) {
			emit(c, OP_SPLIT, p->count + 1, OPEN);
			append(c, body, count, start);
		}
		for (int i = first; i < p->count && !c->error; i++)
			if (p->code[i].op == OP_SPLIT && p->code[i].y == OPEN)
				p->code[i].y = p->count;
	}
	free(body);
}

static void parse_interval(struct compiler *c, int start)
{
	c->p += c->extended ? 1 : 2;
	int low = number(c), high = low;

	if (*c->p == ',') {
		c->p++;
		high = isdigit((unsigned char)*c->p) ? number(c) : -1;
		if (low < 0)
			low = 0;
	}
	if (c->error)
		return;
	if (!at_operator(c, c->p, '}')) {
		fail(c, *c->p ? REG_BADBR : REG_EBRACE);
		return;
	}
	c->p += c->extended ? 1 : 2;
	if (low < 0 || (high >= 0 && high < low))
		fail(c, REG_BADBR);
	else
		repeat(c, start, low, high);
}

static void parse_repetitions(struct compiler *c, int start)
{
	while (!c->error && at_repetition(c)) {
		if (at_interval(c)) {
			parse_interval(c, start);
			continue;
		}
		char b = c->p[*c->p == '\\'];

		c->p += *c->p == '\\' ? 2 : 1;
		if (b == '*')
			star(c, start);
		else if (b == '?')
			optional(c, start);
		else
			repeat(c, start, 1, -1);
	}
}

static void parse_branch(struct compiler *c)
{
	const char *start = c->p;
	int can_repeat = 0;

	while (!c->error && *c->p) {
		if (at_operator(c, c->p, '|'))
			return;
		if (at_operator(c, c->p, ')')) {
			if (c->depth)
				return;
			if (!c->extended) {
				fail(c, REG_EPAREN);
				return;
			}
			/* an extended pattern's parenthesis that closes nothing is itself */
		}
		if (!can_repeat && at_repetition(c) && c->extended) {
			fail(c, REG_BADRPT);
			return;
		}
		int at = c->program->count;

		if (!can_repeat && *c->p == '*') {
			c->p++;
			emit_byte(c, '*');
			can_repeat = 1;
		} else {
			can_repeat = parse_atom(c, start);
		}
		if (can_repeat && !c->error)
			parse_repetitions(c, at);
	}
}

/* a|b|c: SPLIT to a or to what follows; behind a, a jump to the end. The jumps are patched last. */
static void parse_alternatives(struct compiler *c)
{
	struct program *p = c->program;
	int start = p->count, next = start;

	parse_branch(c);
	while (!c->error && at_operator(c, c->p, '|')) {
		c->p += c->extended ? 1 : 2;
		insert(c, next, OP_SPLIT, next + 1, 0);
		int jump = emit(c, OP_JUMP, OPEN, 0);

		if (c->error)
			return;
		p->code[next].y = jump + 1;
		next = p->count;
		parse_branch(c);
	}
	for (int i = start; i < p->count && !c->error; i++)
		if (p->code[i].op == OP_JUMP && p->code[i].x == OPEN)
			p->code[i].x = p->count;
}

/* Adds to first[] what a match from pc may begin with; 0: it may begin with anything or nothing. */
static int collect_first(struct program *p, int pc, unsigned char *seen)
{
	while (!seen[pc]) {
		const struct instruction *i = &p->code[pc];

		seen[pc] = 1;
		switch (i->op) {
		case OP_CHAR:
			set_add(p->first, i->x);
			return 1;
		case OP_SET:
			for (int k = 0; k < 8; k++)
				p->first[k] |= p->sets[i->x][k];
			return 1;
		case OP_SPLIT:
			if (!collect_first(p, i->x, seen))
				return 0;
			pc = i->y;
			break;
		case OP_JUMP:
			pc = i->x;
			break;
		case OP_SAVE:
		case OP_PROGRESS:
		case OP_WORD_START:
			pc++;
			break;
		default:
			return 0;
		}
	}
	return 1;
}

void regfree(regex_t *regex)
{
	struct program *p = regex->__program;

	if (p) {
		free(p->code);
		free(p->sets);
		free(p);
	}
	regex->__program = NULL;
}

int regcomp(regex_t *restrict regex, const char *restrict pattern, int flags)
{
	struct program *p = calloc(1, sizeof(*p));
	struct compiler c = {
		.program = p,
		.p = pattern,
		.extended = flags & REG_EXTENDED,
		.icase = flags & REG_ICASE,
		.newline = (flags & REG_NEWLINE) != 0,
	};

	regex->__program = p;
	regex->re_nsub = 0;
	if (!p)
		return REG_ESPACE;
	p->flags = flags;
	/* slots of loops come after those of the subexpressions, of which there are at most so many */
	int most = 2;

	for (const char *s = pattern; *s; s++)
		most += 2 * (*s == '(');
	p->slots = most;
	parse_alternatives(&c);
	emit(&c, OP_MATCH, 0, 0);
	unsigned char *seen = c.error ? NULL : calloc(1, p->count);

	if (!c.error && !seen)
		fail(&c, REG_ESPACE);
	if (seen)
		p->filtered = collect_first(p, 0, seen);
	free(seen);
	regex->re_nsub = c.groups;
	if (c.error)
		regfree(regex);
	return c.error;
}
