/* expr: evaluate an expression */
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("EXPRESSION (| & = != < <= > >= + - * / % : match substr index length)");

static char **words;

static char *evaluate(int level);

static bool is_number(const char *text, long long *value)
{
	char *end;

	*value = strtoll(text, &end, 10);
	return *text && !*end && *text != '+' && *text != ' ';
}

static long long number(const char *text)
{
	long long value;

	if (!is_number(text, &value))
		die(2, "%s: not a number", text);
	return value;
}

static bool is_null(const char *text)
{
	long long value;

	return !*text || (is_number(text, &value) && !value);
}

static char *from_number(long long value)
{
	struct strbuf text = { 0 };

	strbuf_printf(&text, "%lld", value);
	return strbuf_take(&text);
}

/* text : pattern, anchored at the beginning: what \( \) matched, or how many characters matched. */
static char *match(const char *text, const char *pattern)
{
	struct strbuf anchored = { 0 };
	regmatch_t matches[2];
	char reason[128];
	regex_t regex;
	int error;

	strbuf_printf(&anchored, "%s%s", *pattern == '^' ? "" : "^", pattern);
	error = regcomp(&regex, strbuf_text(&anchored), 0);
	if (error) {
		regerror(error, &regex, reason, sizeof(reason));
		die(2, "%s: %s", pattern, reason);
	}
	if (regexec(&regex, text, 2, matches, 0))
		return memory_copy(regex.re_nsub ? "" : "0");
	if (regex.re_nsub)
		return matches[1].rm_so < 0
			       ? memory_copy("")
			       : memory_copy_n(text + matches[1].rm_so,
					       (size_t)(matches[1].rm_eo - matches[1].rm_so));
	return from_number(matches[0].rm_eo);
}

static char *next_word(void)
{
	if (!*words)
		die(2, "an operand is missing");
	return *words++;
}

static char *substr(const char *text, long long from, long long count)
{
	long long size = (long long)strlen(text);

	if (from < 1 || from > size || count < 1)
		return memory_copy("");
	if (count > size - from + 1)
		count = size - from + 1;
	return memory_copy_n(text + from - 1, (size_t)count);
}

static char *primary(void)
{
	char *word = next_word(), *a, *b, *c;

	if (!strcmp(word, "(")) {
		a = evaluate(0);
		if (!*words || strcmp(*words++, ")"))
			die(2, ") is missing");
		return a;
	}
	if (!*words)
		return memory_copy(word);
	if (!strcmp(word, "length"))
		return from_number((long long)strlen(primary()));
	if (!strcmp(word, "match")) {
		a = primary();
		return match(a, primary());
	}
	if (!strcmp(word, "index")) {
		a = primary();
		b = primary();
		return from_number(a[strcspn(a, b)] ? (long long)strcspn(a, b) + 1 : 0);
	}
	if (!strcmp(word, "substr")) {
		a = primary();
		b = primary();
		c = primary();
		return substr(a, number(b), number(c));
	}
	return memory_copy(!strcmp(word, "+") ? next_word() : word);
}

static const char *const operators[][7] = {
	{ "|" },      { "&" },		 { "=", "==", "!=", "<", "<=", ">", ">=" },
	{ "+", "-" }, { "*", "/", "%" }, { ":" },
};

static bool is_operator(const char *word, int level)
{
	for (int i = 0; i < 7 && operators[level][i]; i++)
		if (!strcmp(word, operators[level][i]))
			return true;
	return false;
}

static char *compare(const char *a, const char *op, const char *b)
{
	long long x, y;
	int order = is_number(a, &x) && is_number(b, &y) ? (x > y) - (x < y) : strcmp(a, b);

	switch (*op) {
	case '=':
		return from_number(!order);
	case '!':
		return from_number(order != 0);
	case '<':
		return from_number(op[1] ? order <= 0 : order < 0);
	default:
		return from_number(op[1] ? order >= 0 : order > 0);
	}
}

static char *arithmetic(const char *a, char op, const char *b)
{
	long long x = number(a), y = number(b), result = 0;
	bool overflow = false;

	switch (op) {
	case '+':
		overflow = __builtin_add_overflow(x, y, &result);
		break;
	case '-':
		overflow = __builtin_sub_overflow(x, y, &result);
		break;
	case '*':
		overflow = __builtin_mul_overflow(x, y, &result);
		break;
	default:
		if (!y)
			die(2, "division by zero");
		if (y == -1)
			return op == '/' ? arithmetic("0", '-', a) : memory_copy("0");
		result = op == '/' ? x / y : x % y;
	}
	if (overflow)
		die(2, "%s %c %s: too large", a, op, b);
	return from_number(result);
}

static char *evaluate(int level)
{
	char *left, *right, *op;

	if (level == 6)
		return primary();
	left = evaluate(level + 1);
	while (*words && is_operator(*words, level)) {
		op = *words++;
		right = evaluate(level + 1);
		if (*op == '|')
			left = !is_null(left) ? left : !is_null(right) ? right : memory_copy("0");
		else if (*op == '&')
			left = !is_null(left) && !is_null(right) ? left : memory_copy("0");
		else if (level == 2)
			left = compare(left, op, right);
		else if (*op == ':')
			left = match(left, right);
		else
			left = arithmetic(left, *op, right);
	}
	return left;
}

int main(int argc, char **argv)
{
	char *result;

	program_start(argv);
	words = argv + 1;
	if (*words && !strcmp(*words, "--"))
		words++;
	if (!*words)
		die_usage(2);
	result = evaluate(0);
	if (*words)
		die(2, "%s: unexpected", *words);
	puts(result);
	return program_finish(is_null(result));
}
