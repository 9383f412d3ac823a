/* dd: copy a file in blocks */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[if=FILE] [of=FILE] [bs=N] [ibs=N] [obs=N] [count=N] [skip=N] [seek=N] "
      "[conv=notrunc,sync,noerror,fsync,ucase,lcase,swab] "
      "[iflag=fullblock] [oflag=append] [status=none]");

static const char *in_name, *out_name;
static size_t block = 512;
static unsigned long long count = ~0ull, skip, seek;
static bool no_truncate, pad, no_error, sync_end, upper, lower, swap_bytes, full_block, append,
	quiet;
static unsigned long long in_full, in_part, out_full, out_part, bytes;

static void flags_parse(char *list)
{
	static const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{ "notrunc", &no_truncate },  { "sync", &pad },
		{ "noerror", &no_error },     { "fsync", &sync_end },
		{ "fdatasync", &sync_end },   { "ucase", &upper },
		{ "lcase", &lower },	      { "swab", &swap_bytes },
		{ "fullblock", &full_block }, { "append", &append },
	};

	for (char *word = strtok(list, ","); word; word = strtok(NULL, ",")) {
		size_t i = 0;

		while (i < sizeof(flags) / sizeof(flags[0]) && strcmp(flags[i].name, word))
			i++;
		if (i == sizeof(flags) / sizeof(flags[0]))
			die(1, "%s: no such flag", word);
		*flags[i].flag = true;
	}
}

/* Numbers may be products: 4x1k. */
static unsigned long long product(char *text)
{
	unsigned long long value = 1;
	char *x;

	for (; (x = strchr(text, 'x')); text = x + 1) {
		*x = '\0';
		value *= number_or_die(text);
	}
	return value * number_or_die(text);
}

static void operand(char *word)
{
	char *value = strchr(word, '=');

	if (!value)
		die(1, "%s: not an operand", word);
	*value++ = '\0';
	if (!strcmp(word, "if"))
		in_name = value;
	else if (!strcmp(word, "of"))
		out_name = value;
	else if (!strcmp(word, "bs") || !strcmp(word, "ibs") || !strcmp(word, "obs"))
		block = (size_t)product(value);
	else if (!strcmp(word, "count"))
		count = product(value);
	else if (!strcmp(word, "skip") || !strcmp(word, "iseek"))
		skip = product(value);
	else if (!strcmp(word, "seek") || !strcmp(word, "oseek"))
		seek = product(value);
	else if (!strcmp(word, "status"))
		quiet = !strcmp(value, "none");
	else if (!strcmp(word, "conv") || !strcmp(word, "iflag") || !strcmp(word, "oflag"))
		flags_parse(value);
	else
		die(1, "%s: no such operand", word);
}

static void report(const struct timespec *start)
{
	struct timespec now;
	double seconds;

	if (quiet)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	seconds = (double)(now.tv_sec - start->tv_sec) +
		  (double)(now.tv_nsec - start->tv_nsec) / 1e9;
	fprintf(stderr, "%llu+%llu records in\n%llu+%llu records out\n%llu bytes copied, %.6f s",
		in_full, in_part, out_full, out_part, bytes, seconds);
	if (seconds > 0)
		fprintf(stderr, ", %.1f kB/s", (double)bytes / seconds / 1000);
	fputc('\n', stderr);
}

static ssize_t block_read(char *buffer)
{
	size_t have = 0;

	for (;;) {
		ssize_t n = read(0, buffer + have, block - have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return have ? (ssize_t)have : n;
		have += (size_t)n;
		if (!full_block || have == block)
			return (ssize_t)have;
	}
}

static void convert(char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (upper && text[i] >= 'a' && text[i] <= 'z')
			text[i] = (char)(text[i] - 32);
		if (lower && text[i] >= 'A' && text[i] <= 'Z')
			text[i] = (char)(text[i] + 32);
	}
	for (size_t i = 0; swap_bytes && i + 1 < size; i += 2) {
		char c = text[i];

		text[i] = text[i + 1];
		text[i + 1] = c;
	}
}

static void open_as(const char *name, int flags, int fd)
{
	int opened = open(name, flags, 0666);

	if (opened < 0)
		die_errno(1, name);
	if (opened != fd) {
		dup2(opened, fd);
		close(opened);
	}
}

static void copy(char *buffer)
{
	while (in_full + in_part < count) {
		ssize_t n = block_read(buffer);

		if (n < 0) {
			warn_errno(in_name ? in_name : "standard input");
			if (!no_error)
				return;
			lseek(0, (off_t)block, SEEK_CUR);
			n = 0;
			if (!pad)
				continue;
		} else if (!n) {
			return;
		}
		if ((size_t)n == block)
			in_full++;
		else
			in_part++;
		if (pad && (size_t)n < block) {
			memset(buffer + n, 0, block - (size_t)n);
			n = (ssize_t)block;
		}
		convert(buffer, (size_t)n);
		if (fd_write(1, buffer, (size_t)n) < 0) {
			warn_errno(out_name ? out_name : "standard output");
			return;
		}
		if ((size_t)n == block)
			out_full++;
		else
			out_part++;
		bytes += (unsigned long long)n;
	}
}

int main(int argc, char **argv)
{
	struct timespec start;
	char *buffer;

	program_start(argv);
	for (argv++; *argv; argv++)
		operand(*argv);
	if (!block || block > 1u << 30)
		die(1, "bad block size");
	if (in_name)
		open_as(in_name, O_RDONLY, 0);
	if (out_name)
		open_as(out_name,
			O_WRONLY | O_CREAT |
				(append		       ? O_APPEND
				 : no_truncate || seek ? 0
						       : O_TRUNC),
			1);
	buffer = memory_get(block);
	clock_gettime(CLOCK_MONOTONIC, &start);
	if (skip && lseek(0, (off_t)(skip * block), SEEK_CUR) < 0)
		for (; skip && block_read(buffer) > 0; skip--)
			;
	if (seek) {
		if (lseek(1, (off_t)(seek * block), SEEK_SET) < 0)
			die_errno(1, out_name ? out_name : "standard output");
		if (!no_truncate && out_name && ftruncate(1, (off_t)(seek * block)) &&
		    errno != EINVAL)
			warn_errno(out_name);
	}
	copy(buffer);
	if (sync_end && fsync(1))
		warn_errno(out_name ? out_name : "standard output");
	report(&start);
	free(buffer);
	return program_status;
}
