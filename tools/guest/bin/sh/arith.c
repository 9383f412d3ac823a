/*
 * arith: integer expressions of $(( )), with C's operators and precedence, in 64-bit two's
 * complement.
 *
 * Precedence climbing over a table of binary operators. `skip` > 0 parses without effect: the side
 * of && || ?: that is not taken. Parameters were expanded before; bare names are variables here,
 * and may be assigned to.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

#define NESTING_MAX 100

struct arith {
	const char *at;
	int skip;
	int depth;
	bool failed;
};

enum binary {
	B_OR,
	B_AND,
	B_BITOR,
	B_BITXOR,
	B_BITAND,
	B_EQ,
	B_NE,
	B_LE,
	B_GE,
	B_SHL,
	B_SHR,
	B_LT,
	B_GT,
	B_ADD,
	B_SUB,
	B_MUL,
	B_DIV,
	B_MOD,
};

static const struct operator
{
	char text[3];
	unsigned char level; /* the higher, the tighter */
	unsigned char op;
}
operators[] = {
	{ "||", 1, B_OR },   { "&&", 2, B_AND },   { "==", 6, B_EQ },	 { "!=", 6, B_NE },
	{ "<=", 7, B_LE },   { ">=", 7, B_GE },	   { "<<", 8, B_SHL },	 { ">>", 8, B_SHR },
	{ "|", 3, B_BITOR }, { "^", 4, B_BITXOR }, { "&", 5, B_BITAND }, { "<", 7, B_LT },
	{ ">", 7, B_GT },    { "+", 9, B_ADD },	   { "-", 9, B_SUB },	 { "*", 10, B_MUL },
	{ "/", 10, B_DIV },  { "%", 10, B_MOD },
};

static long long assignment(struct arith *a);

static void fail(struct arith *a, const char *why)
{
	if (!a->failed)
		sh_error(2, "arithmetic: %s at \"%.40s\"", why, a->at);
	a->failed = true;
	a->at = "";
}

static void blanks(struct arith *a)
{
	while (isspace((unsigned char)*a->at))
		a->at++;
}

static bool accept(struct arith *a, const char *text)
{
	size_t n = strlen(text);

	blanks(a);
	if (strncmp(a->at, text, n))
		return false;
	a->at += n;
	return true;
}

static long long number(struct arith *a)
{
	char *end;
	unsigned long long value = strtoull(a->at, &end, 0);

	if (isalnum((unsigned char)*end) || *end == '_')
		fail(a, "bad number");
	else
		a->at = end;
	return (long long)value;
}

/* The number a variable holds: a number, or another expression. */
static long long variable(struct arith *a, const char *name)
{
	struct arith inner = { .depth = a->depth + 1 };
	char room[32];
	const char *value = param_value(name, room);
	long long result;

	if (!value && sh.options[OPTION_NOUNSET] && !a->skip)
		fail(a, "parameter not set");
	if (!value || !*value)
		return 0;
	if (inner.depth > NESTING_MAX) {
		fail(a, "nested too deeply");
		return 0;
	}
	inner.at = value;
	result = assignment(&inner);
	blanks(&inner);
	if (*inner.at)
		fail(&inner, "bad number");
	a->failed |= inner.failed;
	return result;
}

static void store(const struct arith *a, const char *name, long long value)
{
	char room[32];

	if (a->skip || a->failed)
		return;
	snprintf(room, sizeof(room), "%lld", value);
	var_set(name, room);
}

static bool name_read(struct arith *a, char name[64])
{
	size_t n;

	blanks(a);
	n = name_length(a->at);
	if (!n || n >= 64)
		return false;
	memcpy(name, a->at, n);
	name[n] = '\0';
	a->at += n;
	return true;
}

static long long unary(struct arith *a);

/* ++name, --name */
static long long step_before(struct arith *a, int step)
{
	char name[64];
	long long value;

	if (!name_read(a, name)) {
		fail(a, "a name is missing");
		return 0;
	}
	value = variable(a, name) + step;
	store(a, name, value);
	return value;
}

static long long primary(struct arith *a)
{
	char name[64];
	long long value;

	blanks(a);
	if (isdigit((unsigned char)*a->at))
		return number(a);
	if (name_read(a, name)) {
		value = variable(a, name);
		if (accept(a, "++"))
			store(a, name, value + 1);
		else if (accept(a, "--"))
			store(a, name, value - 1);
		return value;
	}
	if (accept(a, "(")) {
		value = assignment(a);
		while (accept(a, ","))
			value = assignment(a);
		if (!accept(a, ")"))
			fail(a, ") is missing");
		return value;
	}
	fail(a, *a->at ? "unexpected" : "a number is missing");
	return 0;
}

static long long unary(struct arith *a)
{
	long long value = 0;

	if (++a->depth > NESTING_MAX)
		fail(a, "nested too deeply");
	else if (accept(a, "++"))
		value = step_before(a, 1);
	else if (accept(a, "--"))
		value = step_before(a, -1);
	else if (accept(a, "+"))
		value = unary(a);
	else if (accept(a, "-"))
		value = (long long)-(unsigned long long)unary(a);
	else if (accept(a, "!"))
		value = !unary(a);
	else if (accept(a, "~"))
		value = ~unary(a);
	else
		value = primary(a);
	a->depth--;
	return value;
}

static const struct operator* operator_at(struct arith *a, int level)
{
	blanks(a);
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		const struct operator* op = & operators[i];
		size_t n = strlen(op->text);

		if (strncmp(a->at, op->text, n))
			continue;
		/* `x += 1` is no addition. */
		if (op->level < level ||
		    (a->at[n] == '=' && op->level != 6 && op->op != B_LE && op->op != B_GE))
			return NULL;
		return op;
	}
	return NULL;
}

static long long apply(struct arith *a, enum binary op, long long x, long long y)
{
	unsigned long long ux = (unsigned long long)x, uy = (unsigned long long)y;

	switch (op) {
	case B_OR:
		return x || y;
	case B_AND:
		return x && y;
	case B_BITOR:
		return x | y;
	case B_BITXOR:
		return x ^ y;
	case B_BITAND:
		return x & y;
	case B_EQ:
		return x == y;
	case B_NE:
		return x != y;
	case B_LE:
		return x <= y;
	case B_GE:
		return x >= y;
	case B_LT:
		return x < y;
	case B_GT:
		return x > y;
	case B_SHL:
		return (long long)(ux << (uy & 63));
	case B_SHR:
		return x >> (uy & 63);
	case B_ADD:
		return (long long)(ux + uy);
	case B_SUB:
		return (long long)(ux - uy);
	case B_MUL:
		return (long long)(ux * uy);
	case B_DIV:
	case B_MOD:
		break;
	}
	if (a->skip)
		return 0;
	if (!y) {
		fail(a, "division by zero");
		return 0;
	}
	if (y == -1)
		return op == B_DIV ? (long long)-ux : 0;
	return op == B_DIV ? x / y : x % y;
}

static long long binary(struct arith *a, int level)
{
	long long left = unary(a), right;
	const struct operator* op;

	while ((op = operator_at(a, level))) {
		bool skip = (op->op == B_OR && left) || (op->op == B_AND && !left);

		a->at += strlen(op->text);
		a->skip += skip;
		right = binary(a, op->level + 1);
		a->skip -= skip;
		left = apply(a, op->op, left, right);
	}
	return left;
}

static long long conditional(struct arith *a)
{
	long long test = binary(a, 1), yes, no;

	if (!accept(a, "?"))
		return test;
	a->skip += !test;
	yes = assignment(a);
	a->skip -= !test;
	if (!accept(a, ":"))
		fail(a, ": is missing");
	a->skip += test != 0;
	no = assignment(a);
	a->skip -= test != 0;
	return test ? yes : no;
}

/* At `op=`: which operator; -1 for a plain `=`; -2 if there is no assignment. */
static int assignment_operator(struct arith *a)
{
	blanks(a);
	if (*a->at == '=' && a->at[1] != '=') {
		a->at++;
		return -1;
	}
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		size_t n = strlen(operators[i].text);

		if (operators[i].op <= B_AND ||
		    (operators[i].op >= B_EQ && operators[i].op <= B_GE) ||
		    operators[i].op == B_LT || operators[i].op == B_GT)
			continue;
		if (!strncmp(a->at, operators[i].text, n) && a->at[n] == '=') {
			a->at += n + 1;
			return operators[i].op;
		}
	}
	return -2;
}

static long long assignment(struct arith *a)
{
	const char *start = a->at;
	char name[64];
	long long value = 0;

	if (++a->depth > NESTING_MAX) {
		fail(a, "nested too deeply");
		a->depth--;
		return 0;
	}
	if (name_read(a, name)) {
		int op = assignment_operator(a);

		if (op != -2) {
			value = assignment(a);
			if (op >= 0)
				value = apply(a, (enum binary)op, variable(a, name), value);
			store(a, name, value);
			a->depth--;
			return value;
		}
		a->at = start;
	}
	value = conditional(a);
	a->depth--;
	return value;
}

bool arith_evaluate(const char *text, long long *result)
{
	struct arith a = { .at = text };

	blanks(&a);
	*result = 0;
	if (!*a.at)
		return true;
	*result = assignment(&a);
	while (!a.failed && accept(&a, ","))
		*result = assignment(&a);
	blanks(&a);
	if (*a.at)
		fail(&a, "unexpected");
	return !a.failed;
}
