/*
 * test: conditions on files, strings and numbers.
 *
 * With up to four arguments POSIX fixes the meaning by their number; with more, -a, -o, ! and ( )
 * are parsed by precedence.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "program.h"
#include "test.h"

struct test {
	char **at, **end;
	bool failed;
};

static bool expression(struct test *t);

static bool complain(struct test *t, const char *what, const char *text)
{
	if (!t->failed)
		warn_text("%s: %s", text, what);
	t->failed = true;
	return false;
}

static long long number(struct test *t, const char *text)
{
	char *end;
	long long value = strtoll(text, &end, 10);

	while (*end == ' ' || *end == '\t' || *end == '\n')
		end++;
	if (end == text || *end)
		complain(t, "not a number", text);
	return value;
}

static bool is_unary(const char *text)
{
	return text[0] == '-' && text[1] && !text[2] && strchr("bcdefghkLnprsStuwxzGO", text[1]);
}

static bool file_test(int op, const char *path)
{
	struct stat st;

	if (op == 'h' || op == 'L')
		return !lstat(path, &st) && S_ISLNK(st.st_mode);
	if (op == 'r' || op == 'w' || op == 'x')
		return !access(path, op == 'r' ? R_OK : op == 'w' ? W_OK : X_OK);
	if (stat(path, &st))
		return false;
	switch (op) {
	case 'b':
		return S_ISBLK(st.st_mode);
	case 'c':
		return S_ISCHR(st.st_mode);
	case 'd':
		return S_ISDIR(st.st_mode);
	case 'f':
		return S_ISREG(st.st_mode);
	case 'p':
		return S_ISFIFO(st.st_mode);
	case 'S':
		return S_ISSOCK(st.st_mode);
	case 's':
		return st.st_size > 0;
	case 'g':
		return st.st_mode & S_ISGID;
	case 'u':
		return st.st_mode & S_ISUID;
	case 'k':
		return st.st_mode & S_ISVTX;
	case 'G':
		return st.st_gid == getegid();
	case 'O':
		return st.st_uid == geteuid();
	default:
		return true;
	}
}

static bool unary(struct test *t, int op, const char *text)
{
	if (op == 'n')
		return *text;
	if (op == 'z')
		return !*text;
	if (op == 't')
		return isatty((int)number(t, text));
	return file_test(op, text);
}

static bool is_binary(const char *text)
{
	static const char *const ops[] = {
		"=",   "==",  "!=",  "<",   ">",   "-eq", "-ne",
		"-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef",
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (!strcmp(ops[i], text))
			return true;
	return false;
}

/* -nt and -ot: a file that does not exist is older than any. */
static bool newer(const char *a, const char *b)
{
	struct stat x, y;

	if (stat(a, &x))
		return false;
	if (stat(b, &y))
		return true;
	if (x.st_mtim.tv_sec != y.st_mtim.tv_sec)
		return x.st_mtim.tv_sec > y.st_mtim.tv_sec;
	return x.st_mtim.tv_nsec > y.st_mtim.tv_nsec;
}

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static bool binary(struct test *t, const char *a, const char *op, const char *b)
{
	long long x, y;

	if (!strcmp(op, "=") || !strcmp(op, "=="))
		return !strcmp(a, b);
	if (!strcmp(op, "!="))
		return strcmp(a, b) != 0;
	if (*op == '<')
		return strcmp(a, b) < 0;
	if (*op == '>')
		return strcmp(a, b) > 0;
	if (!strcmp(op, "-nt"))
		return newer(a, b);
	if (!strcmp(op, "-ot"))
		return newer(b, a);
	if (!strcmp(op, "-ef"))
		return same_file(a, b);
	x = number(t, a);
	y = number(t, b);
	switch (op[1] << 8 | op[2]) {
	case 'e' << 8 | 'q':
		return x == y;
	case 'n' << 8 | 'e':
		return x != y;
	case 'l' << 8 | 't':
		return x < y;
	case 'l' << 8 | 'e':
		return x <= y;
	case 'g' << 8 | 't':
		return x > y;
	default:
		return x >= y;
	}
}

static bool primary(struct test *t)
{
	char **at = t->at;
	long left = t->end - at;

	if (!left)
		return complain(t, "an operand is missing", "end");
	if (left >= 3 && is_binary(at[1])) {
		t->at += 3;
		return binary(t, at[0], at[1], at[2]);
	}
	if (!strcmp(*at, "(") && left > 1) {
		bool value;

		t->at++;
		value = expression(t);
		if (t->at >= t->end || strcmp(*t->at, ")"))
			return complain(t, "expected", ")");
		t->at++;
		return value;
	}
	if (left >= 2 && is_unary(*at)) {
		t->at += 2;
		return unary(t, at[0][1], at[1]);
	}
	t->at++;
	return **at;
}

static bool negation(struct test *t)
{
	if (t->end - t->at > 1 && !strcmp(*t->at, "!")) {
		t->at++;
		return !negation(t);
	}
	return primary(t);
}

static bool conjunction(struct test *t)
{
	bool value = negation(t);

	while (t->at < t->end && !strcmp(*t->at, "-a")) {
		t->at++;
		value &= negation(t);
	}
	return value;
}

static bool expression(struct test *t)
{
	bool value = conjunction(t);

	while (t->at < t->end && !strcmp(*t->at, "-o")) {
		t->at++;
		value |= conjunction(t);
	}
	return value;
}

/* Up to four arguments: what each is follows from their number alone. */
static bool by_count(struct test *t, int count, char **a)
{
	switch (count) {
	case 0:
		return false;
	case 1:
		return *a[0];
	case 2:
		if (!strcmp(a[0], "!"))
			return !*a[1];
		return is_unary(a[0]) ? unary(t, a[0][1], a[1])
				      : complain(t, "no such operator", a[0]);
	case 3:
		if (is_binary(a[1]))
			return binary(t, a[0], a[1], a[2]);
		if (!strcmp(a[1], "-a"))
			return *a[0] && *a[2];
		if (!strcmp(a[1], "-o"))
			return *a[0] || *a[2];
		if (!strcmp(a[0], "!"))
			return !by_count(t, 2, a + 1);
		if (!strcmp(a[0], "(") && !strcmp(a[2], ")"))
			return *a[1];
		return complain(t, "no such operator", a[1]);
	default:
		if (!strcmp(a[0], "!"))
			return !by_count(t, 3, a + 1);
		if (!strcmp(a[0], "(") && !strcmp(a[3], ")"))
			return by_count(t, 2, a + 1);
		break;
	}
	t->at = a;
	t->end = a + count;
	bool value = expression(t);

	if (t->at < t->end)
		complain(t, "unexpected", *t->at);
	return value;
}

int test_evaluate(int count, char **args)
{
	struct test t = { 0 };
	bool value;

	if (count > 4) {
		t.at = args;
		t.end = args + count;
		value = expression(&t);
		if (t.at < t.end)
			complain(&t, "unexpected", *t.at);
	} else {
		value = by_count(&t, count, args);
	}
	return t.failed ? 2 : !value;
}
