/* grep: print the lines that match a pattern */
/* egrep: print the lines that match an extended regular expression */
/* fgrep: print the lines that contain a text */
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"
#include "../lib/tree.h"

USAGE("[-cEFhHilLnoqrRsvwx] [-A|-B|-C LINES] [-m COUNT] [-e PATTERN]... [-f FILE] [PATTERN] "
      "[FILE]...");

struct pattern {
	struct pattern *next;
	char *text;
	regex_t regex; /* unless fixed */
};

static struct pattern *patterns;
static bool extended, fixed, count_only, no_names, names, ignore_case, list_matching, list_others,
	numbers, only_match, quiet, silent, invert, words, whole_lines, recursive;
static long after, before, max_count = -1;
static bool found_any;

static void patterns_add(const char *text)
{
	for (;;) {
		size_t n = strcspn(text, "\n");
		struct pattern *p = memory_get(sizeof(*p));

		p->text = memory_copy_n(text, n);
		p->next = patterns;
		patterns = p;
		if (!text[n])
			break;
		text += n + 1;
	}
}

static void patterns_read(const char *name)
{
	size_t size;
	char *text = input_all(name, &size);

	if (!text)
		exit(2);
	if (size && text[size - 1] == '\n')
		text[size - 1] = '\0';
	if (size)
		patterns_add(text);
	free(text);
}

static void patterns_compile(void)
{
	int flags = (extended ? REG_EXTENDED : 0) | (ignore_case ? REG_ICASE : 0);
	char reason[128];

	for (struct pattern *p = patterns; p && !fixed; p = p->next) {
		int error = regcomp(&p->regex, p->text, flags);

		if (error) {
			regerror(error, &p->regex, reason, sizeof(reason));
			die(2, "%s: %s", p->text, reason);
		}
	}
}

static const char *text_find(const char *line, const char *text)
{
	size_t n = strlen(text);

	if (!ignore_case)
		return strstr(line, text);
	for (; *line || !n; line++)
		if (!strncasecmp(line, text, n))
			return line;
	return NULL;
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       c == '_';
}

/* The first match of one pattern at or behind `at` that -w and -x allow. */
static bool pattern_find(const struct pattern *p, const char *line, const char *at,
			 const char **start, const char **end)
{
	for (;; at++) {
		regmatch_t match;

		if (fixed) {
			*start = text_find(at, p->text);
			if (!*start)
				return false;
			*end = *start + strlen(p->text);
		} else {
			if (regexec(&p->regex, at, 1, &match, at > line ? REG_NOTBOL : 0))
				return false;
			*start = at + match.rm_so;
			*end = at + match.rm_eo;
		}
		if (whole_lines ? *start == line && !**end
				: !words || ((*start == line || !is_word((*start)[-1])) &&
					     !is_word(**end)))
			return true;
		at = *start;
		if (!*at)
			return false;
	}
}

/* The leftmost, and there longest, match of all patterns. */
static bool line_find(const char *line, const char *at, const char **start, const char **end)
{
	bool found = false;
	const char *s, *e;

	for (const struct pattern *p = patterns; p; p = p->next) {
		if (!pattern_find(p, line, at, &s, &e) ||
		    (found && (s > *start || (s == *start && e <= *end))))
			continue;
		*start = s;
		*end = e;
		found = true;
	}
	return found;
}

static void prefix_print(const char *name, long number, char mark)
{
	if (names)
		printf("%s%c", name, mark);
	if (numbers)
		printf("%ld%c", number, mark);
}

static void matches_print(const char *line, const char *name, long number)
{
	const char *at = line, *start, *end;

	while (line_find(line, at, &start, &end)) {
		if (end > start) {
			prefix_print(name, number, ':');
			printf("%.*s\n", (int)(end - start), start);
		}
		at = end > start ? end : end + 1;
		if (!*start || !at[-1])
			break;
	}
}

/* Lines before a match that may still be printed: a ring. */
struct context {
	char **lines;
	long kept;    /* how many of the last lines are in the ring */
	long printed; /* number of the last line printed */
};

static void context_print(struct context *k, const char *name, long number)
{
	long first = number - k->kept;

	if ((before || after) && k->printed && first > k->printed + 1)
		puts("--");
	for (long n = first; n < number; n++) {
		prefix_print(name, n, '-');
		puts(k->lines[n % before]);
	}
	k->kept = 0;
}

static void context_keep(struct context *k, const char *line, long number)
{
	if (!before)
		return;
	free(k->lines[number % before]);
	k->lines[number % before] = memory_copy(line);
	if (k->kept < before)
		k->kept++;
}

static void lines_search(FILE *in, const char *name, long *count)
{
	struct context k = { 0 };
	char *line = NULL;
	size_t room = 0;
	long number = 0, to_print = 0;
	ssize_t n;

	if (before)
		k.lines = calloc((size_t)before, sizeof(*k.lines));
	while (*count != max_count && (n = getline(&line, &room, in)) > 0) {
		const char *start, *end;

		number++;
		if (line[n - 1] == '\n')
			line[--n] = '\0';
		if (line_find(line, line, &start, &end) != invert) {
			++*count;
			found_any = true;
			if (quiet || list_matching || list_others)
				break;
			if (count_only)
				continue;
			if (only_match) {
				if (!invert)
					matches_print(line, name, number);
				continue;
			}
			context_print(&k, name, number);
			prefix_print(name, number, ':');
			puts(line);
			k.printed = number;
			to_print = after;
		} else if (to_print > 0 && !count_only && !quiet && !list_matching &&
			   !list_others) {
			to_print--;
			prefix_print(name, number, '-');
			puts(line);
			k.printed = number;
		} else {
			context_keep(&k, line, number);
		}
	}
	for (long i = 0; i < before; i++)
		free(k.lines[i]);
	free(k.lines);
	free(line);
}

static void search(FILE *in, const char *name)
{
	long count = 0;

	if (in == stdin)
		name = "(standard input)";
	lines_search(in, name, &count);
	if (count_only && !quiet) {
		if (names)
			printf("%s:", name);
		printf("%ld\n", count);
	}
	if (!quiet && ((list_matching && count) || (list_others && !count)))
		puts(name);
}

static void search_file(const char *name)
{
	FILE *in;

	if (quiet && found_any)
		return;
	if (silent && strcmp(name, "-") && access(name, R_OK)) {
		program_status = 2;
		return;
	}
	in = input_open(name);
	if (!in)
		return;
	search(in, name);
	input_close(in, name);
}

static enum tree_answer visit(struct tree_entry *entry, void *data)
{
	if (entry->event == TREE_FILE && (S_ISREG(entry->st.st_mode) || !entry->depth))
		search_file(entry->path);
	return TREE_GO;
}

static void options_read(int argc, char **argv)
{
	int c;

	extended = !strcmp(program_name, "egrep");
	fixed = !strcmp(program_name, "fgrep");
	while ((c = getopt(argc, argv, "A:aB:C:cEe:Ff:GHhiLlm:noqRrsvwxy")) != -1) {
		switch (c) {
		case 'A':
			after = (long)number_or_die(optarg);
			break;
		case 'a':
			break;
		case 'B':
			before = (long)number_or_die(optarg);
			break;
		case 'C':
			before = after = (long)number_or_die(optarg);
			break;
		case 'c':
			count_only = true;
			break;
		case 'E':
			extended = true;
			break;
		case 'e':
			patterns_add(optarg);
			break;
		case 'F':
			fixed = true;
			break;
		case 'f':
			patterns_read(optarg);
			break;
		case 'G':
			extended = fixed = false;
			break;
		case 'H':
			names = true;
			break;
		case 'h':
			no_names = true;
			break;
		case 'i':
		case 'y':
			ignore_case = true;
			break;
		case 'L':
			list_others = true;
			break;
		case 'l':
			list_matching = true;
			break;
		case 'm':
			max_count = (long)number_or_die(optarg);
			break;
		case 'n':
			numbers = true;
			break;
		case 'o':
			only_match = true;
			break;
		case 'q':
			quiet = true;
			break;
		case 'R':
		case 'r':
			recursive = true;
			break;
		case 's':
			silent = true;
			break;
		case 'v':
			invert = true;
			break;
		case 'w':
			words = true;
			break;
		case 'x':
			whole_lines = true;
			break;
		default:
			die_usage(2);
		}
	}
}

int main(int argc, char **argv)
{
	static char *here[] = { (char *)".", NULL }, *input[] = { (char *)"-", NULL };
	int trouble;

	program_start(argv);
	options_read(argc, argv);
	argv += optind;
	if (!patterns) {
		if (!*argv)
			die_usage(2);
		patterns_add(*argv++);
	}
	patterns_compile();
	if ((recursive || (argv[0] && argv[1])) && !no_names)
		names = true;
	if (!*argv)
		argv = recursive ? here : input;
	for (; *argv; argv++) {
		if (recursive)
			tree_walk(*argv, TREE_FOLLOW_TOP, visit, NULL);
		else
			search_file(*argv);
	}
	trouble = program_status;
	if (program_finish(0))
		return 2;
	if (quiet && found_any)
		return 0;
	return trouble ? 2 : !found_any;
}
