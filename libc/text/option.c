/*
 * getopt, getopt_long, getopt_long_only. `place` is where in a cluster like -abc the next option is.
 * Operands seen before an option are rotated behind it, so that in the end all are last, in order.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *optarg;
int optind = 1, opterr = 1, optopt;
static char *place;
static int first_operand, last_operand; /* operands skipped: argv[first..last) */

static void say(char *const argv[], const char *options, const char *text, const char *name,
		int size)
{
	if (opterr && *options != ':')
		fprintf(stderr, "%s: %s'%.*s'\n", argv[0], text, size, name);
}

/* Puts the skipped operands argv[first..last) behind argv[last..optind). */
static void exchange(char **argv)
{
	int count = optind - last_operand;

	for (int i = 0; i < count; i++) {
		char *option = argv[last_operand + i];

		for (int j = last_operand + i; j > first_operand + i; j--)
			argv[j] = argv[j - 1];
		argv[first_operand + i] = option;
	}
	first_operand += count;
	last_operand = optind;
}

static int is_option(const char *argument)
{
	return argument[0] == '-' && argument[1];
}

/* Finds the next argument that is an option. 0: there is one; -1: none; 1: an operand, for '-'. */
static int next_argument(int argc, char **argv, char order)
{
	if (order == 0) {
		if (first_operand != last_operand && last_operand != optind)
			exchange(argv);
		else if (last_operand != optind)
			first_operand = optind;
		while (optind < argc && !is_option(argv[optind]))
			optind++;
		last_operand = optind;
	}
	if (optind < argc && strcmp(argv[optind], "--") == 0) {
		optind++;
		if (first_operand != last_operand && last_operand != optind)
			exchange(argv);
		else if (first_operand == last_operand)
			first_operand = optind;
		last_operand = argc;
		optind = argc;
	}
	if (optind >= argc) {
		if (first_operand != last_operand)
			optind = first_operand;
		return -1;
	}
	if (is_option(argv[optind]))
		return 0;
	if (order == '+')
		return -1;
	optarg = argv[optind++];
	return 1;
}

static int short_option(int argc, char *const argv[], const char *options)
{
	int c = (unsigned char)*place++;
	const char *o = c == ':' || c == ';' ? NULL : strchr(options, c);

	if (!*place)
		optind++;
	if (!o) {
		optopt = c;
		say(argv, options, "invalid option -- ", place - 1, 1);
		if (!*place)
			place = NULL;
		return '?';
	}
	optarg = NULL;
	if (o[1] != ':')
		goto done;
	if (*place) {
		optarg = place;
		optind++;
	} else if (o[2] != ':') {
		if (optind >= argc) {
			optopt = c;
			say(argv, options, "option requires an argument -- ", o, 1);
			place = NULL;
			return *options == ':' ? ':' : '?';
		}
		optarg = argv[optind++];
	}
	place = NULL;
	return c;
done:
	if (!*place)
		place = NULL;
	return c;
}

/* The option that name[0..n) means: exactly, or as the only one that begins so. NULL, or ambiguous. */
static const struct option *find_long(const struct option *longs, const char *name, size_t n,
				      int *ambiguous)
{
	const struct option *found = NULL;

	*ambiguous = 0;
	for (const struct option *l = longs; l->name; l++) {
		if (strncmp(l->name, name, n))
			continue;
		if (strlen(l->name) == n) {
			*ambiguous = 0;
			return l;
		}
		if (found && (found->has_arg != l->has_arg || found->flag != l->flag ||
			      found->val != l->val))
			*ambiguous = 1;
		else if (!found)
			found = l;
	}
	return found;
}

static int long_option(int argc, char *const argv[], const char *options,
		       const struct option *longs, int *index, const char *name, int dashes)
{
	size_t n = strcspn(name, "=");
	int ambiguous;
	const struct option *l = find_long(longs, name, n, &ambiguous);
	const char *prefix = dashes == 2 ? "--" : "-";

	optopt = 0;
	place = NULL;
	optind++;
	if (!l || ambiguous) {
		if (opterr && *options != ':')
			fprintf(stderr,
				ambiguous ? "%s: option '%s%s' is ambiguous\n"
					  : "%s: unrecognized option '%s%s'\n",
				argv[0], prefix, name);
		return '?';
	}
	optarg = NULL;
	optopt = l->flag ? 0 : l->val;
	if (name[n] && l->has_arg == no_argument) {
		if (opterr && *options != ':')
			fprintf(stderr, "%s: option '%s%s' doesn't allow an argument\n", argv[0],
				prefix, l->name);
		return '?';
	}
	if (name[n]) {
		optarg = (char *)name + n + 1;
	} else if (l->has_arg == required_argument) {
		if (optind >= argc) {
			if (opterr && *options != ':')
				fprintf(stderr, "%s: option '%s%s' requires an argument\n", argv[0],
					prefix, l->name);
			return *options == ':' ? ':' : '?';
		}
		optarg = argv[optind++];
	}
	if (index)
		*index = l - longs;
	if (!l->flag)
		return l->val;
	*l->flag = l->val;
	return 0;
}

static int next_option(int argc, char *const argv[], const char *options,
		       const struct option *longs, int *index, int only)
{
	static int begun;
	char order = *options == '+' || *options == '-' ? *options : 0;

	if (order)
		options++;
	else if (getenv("POSIXLY_CORRECT"))
		order = '+';
	if (optind == 0 || !begun) {
		if (optind == 0)
			optind = 1;
		begun = 1;
		place = NULL;
		first_operand = last_operand = optind;
	}
	if (!place || !*place) {
		if (last_operand > optind)
			last_operand = optind;
		if (first_operand > optind)
			first_operand = optind;
		int result = next_argument(argc, (char **)argv, order);

		if (result)
			return result;
		char *argument = argv[optind];

		if (longs && argument[1] == '-')
			return long_option(argc, argv, options, longs, index, argument + 2, 2);
		if (longs && only) {
			int ambiguous;
			size_t n = strcspn(argument + 1, "=");

			if (argument[2] || !strchr(options, argument[1]))
				if (find_long(longs, argument + 1, n, &ambiguous) ||
				    !strchr(options, argument[1]))
					return long_option(argc, argv, options, longs, index,
							   argument + 1, 1);
		}
		place = argument + 1;
	}
	return short_option(argc, argv, options);
}

int getopt(int argc, char *const argv[], const char *options)
{
	return next_option(argc, argv, options, NULL, NULL, 0);
}

int getopt_long(int argc, char *const argv[], const char *options, const struct option *longs,
		int *index)
{
	return next_option(argc, argv, options, longs, index, 0);
}

int getopt_long_only(int argc, char *const argv[], const char *options, const struct option *longs,
		     int *index)
{
	return next_option(argc, argv, options, longs, index, 1);
}
