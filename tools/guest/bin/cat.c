/* cat: copy files to standard output */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/program.h"

USAGE("[-AbEnsTv] [FILE]...");

static bool number_all, number_full, show_ends, show_tabs, show_codes, squeeze;

/* A control character as ^X, a byte over 127 as M-. */
static void print_code(int c)
{
	if (c >= 128) {
		fputs("M-", stdout);
		c -= 128;
	}
	if (c == 127)
		fputs("^?", stdout);
	else if (c < 32 && c != '\n' && c != '\t')
		printf("^%c", c + 64);
	else
		putchar(c);
}

static void print_lines(FILE *in, const char *name)
{
	static long line;
	static int last = '\n', empty;
	int c;

	while ((c = getc(in)) != EOF) {
		if (last == '\n') {
			empty = c == '\n' ? empty + 1 : 0;
			if (squeeze && empty > 1)
				continue;
			if (number_all || (number_full && c != '\n'))
				printf("%6ld\t", ++line);
		}
		if (c == '\n' && show_ends)
			putchar('$');
		if (c == '\t' && show_tabs)
			fputs("^I", stdout);
		else if (show_codes)
			print_code(c);
		else
			putchar(c);
		last = c;
	}
}

static void copy_plain(const char *name)
{
	int fd = strcmp(name, "-") ? open(name, O_RDONLY) : 0;

	if (fd < 0 || fd_copy(fd, 1) < 0)
		warn_errno(name);
	if (fd > 0)
		close(fd);
}

int main(int argc, char **argv)
{
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "AbEnstTuve")) != -1) {
		switch (c) {
		case 'A':
			show_codes = show_ends = show_tabs = true;
			break;
		case 'b':
			number_full = true;
			number_all = false;
			break;
		case 'e':
			show_codes = show_ends = true;
			break;
		case 'E':
			show_ends = true;
			break;
		case 'n':
			number_all = !number_full;
			break;
		case 's':
			squeeze = true;
			break;
		case 't':
			show_codes = show_tabs = true;
			break;
		case 'T':
			show_tabs = true;
			break;
		case 'u':
			break;
		case 'v':
			show_codes = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (number_all || number_full || show_ends || show_tabs || show_codes || squeeze) {
		input_each(argv, print_lines);
		return program_finish(program_status);
	}
	if (!*argv)
		copy_plain("-");
	for (; *argv; argv++)
		copy_plain(*argv);
	return program_status;
}
