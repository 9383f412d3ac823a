/* gzip: compress files */
/* gunzip: uncompress files */
/* zcat: print compressed files */
/* The gzip file format (RFC 1952) around deflate; a file may hold several members, one behind the other. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lib/inflate.h"
#include "../lib/deflate.h"
#include "../lib/digest.h"
#include "../lib/path.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-123456789cdfklntv] [FILE]...");

static bool to_stdout, force, keep, list, test, unpacking, verbose;
static int level = 6;

struct stream {
	FILE *in, *out;
	uint32_t crc, size; /* of the plain text */
};

static int packed_put(void *data, const unsigned char *bytes, size_t size)
{
	return fwrite(bytes, 1, size, ((struct stream *)data)->out) == size ? 0 : -1;
}

static int plain_get(void *data)
{
	struct stream *s = data;
	int c = getc(s->in);
	unsigned char byte = (unsigned char)c;

	if (c == EOF)
		return -1;
	s->crc = crc32_add(s->crc, &byte, 1);
	s->size++;
	return c;
}

static bool plain_take(void *data, const uint8_t *bytes, uint32_t size)
{
	struct stream *s = data;

	s->size += size;
	return !s->out || fwrite(bytes, 1, size, s->out) == size;
}

static void number_put(FILE *out, uint32_t value)
{
	for (int i = 0; i < 4; i++, value >>= 8)
		putc((int)(value & 255), out);
}

static const char *pack(struct stream *s)
{
	const struct deflate_io io = { plain_get, packed_put, s };
	const char *error;

	fwrite("\x1f\x8b\x08\0\0\0\0\0\0\x03", 1, 10, s->out);
	error = deflate(&io, level);
	number_put(s->out, s->crc);
	number_put(s->out, s->size);
	return error;
}

/* All members of a packed file, which may have zero bytes behind them. */
static const char *members_unpack(struct stream *s, const uint8_t *packed, uint32_t size)
{
	struct inflate *state = memory_get(sizeof(*state));
	enum inflate_status status = inflate_is_gzip(packed, size) ? INFLATE_OK
								   : INFLATE_BAD_HEADER;
	uint32_t at = 0, used;

	for (; status == INFLATE_OK && inflate_is_gzip(packed + at, size - at); at += used)
		status = inflate_gzip(state, packed + at, size - at, plain_take, s, &used);
	if (status == INFLATE_OK && at < size && packed[at])
		warn_text("garbage behind the data is ignored");
	free(state);
	return status == INFLATE_OK	   ? NULL
	       : status == INFLATE_STOPPED ? strerror(errno)
					   : inflate_error(status);
}

static const char *unpack(struct stream *s)
{
	struct strbuf packed = { 0 };
	const char *error;
	char block[4096];
	size_t n;

	while ((n = fread(block, 1, sizeof(block), s->in)) > 0)
		strbuf_add(&packed, block, n);
	error = ferror(s->in)
			? strerror(errno)
			: members_unpack(s, (const uint8_t *)packed.data, (uint32_t)packed.length);
	strbuf_free(&packed);
	return error;
}

/* x.gz to x, x.tgz to x.tar; NULL if it has no such ending. */
static char *plain_name(const char *name)
{
	size_t n = strlen(name);
	struct strbuf text = { 0 };

	if (n > 3 && !strcmp(name + n - 3, ".gz"))
		return memory_copy_n(name, n - 3);
	if (n > 4 && !strcmp(name + n - 4, ".tgz")) {
		strbuf_add(&text, name, n - 4);
		strbuf_puts(&text, ".tar");
		return strbuf_take(&text);
	}
	return NULL;
}

static char *packed_name(const char *name)
{
	struct strbuf text = { 0 };

	strbuf_printf(&text, "%s.gz", name);
	return strbuf_take(&text);
}

static void report(const char *name, const struct stream *s)
{
	long packed = unpacking ? ftell(s->in) : ftell(s->out);

	if (list)
		printf("%12ld %12lu %s\n", packed, (unsigned long)s->size, name);
	else if (verbose)
		fprintf(stderr, "%s:\t%s\n", name, test ? "OK" : unpacking ? "unpacked" : "packed");
}

static bool run(struct stream *s, const char *name)
{
	const char *error = unpacking ? unpack(s) : pack(s);

	if (!error && s->out && (fflush(s->out) || ferror(s->out)))
		error = strerror(errno);
	if (error)
		warn_text("%s: %s", name, error);
	else
		report(name, s);
	return !error;
}

/* The result has the mode and times of the original. */
static void attributes_copy(const struct stat *st, int fd)
{
	struct timespec times[2] = { st->st_atim, st->st_mtim };

	if (fchmod(fd, st->st_mode & 07777) || futimens(fd, times))
		program_status = 2;
}

static void file_convert(const char *name, FILE *in, const struct stat *st)
{
	char *target = unpacking ? plain_name(name) : packed_name(name);
	struct stream s = { .in = in };
	int fd;

	if (!target) {
		warn_text("%s: unknown ending, not changed", name);
		return;
	}
	fd = open(target, O_WRONLY | O_CREAT | (force ? O_TRUNC : O_EXCL), 0600);
	if (fd < 0 && errno == EEXIST && isatty(0) && ask("overwrite", target))
		fd = open(target, O_WRONLY | O_TRUNC);
	s.out = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (!s.out) {
		warn_errno(target);
	} else if (run(&s, name)) {
		attributes_copy(st, fd);
		fclose(s.out);
		if (!keep)
			unlink(name);
	} else {
		fclose(s.out);
		unlink(target);
	}
	free(target);
}

static void file_use(const char *name)
{
	struct stream s = { .in = stdin, .out = test || list ? NULL : stdout };
	struct stat st;

	if (!strcmp(name, "-")) {
		run(&s, "standard input");
		return;
	}
	s.in = fopen(name, "r");
	if (!s.in || fstat(fileno(s.in), &st)) {
		warn_errno(name);
		return;
	}
	if (S_ISDIR(st.st_mode))
		warn_text("%s: is a folder", name);
	else if (to_stdout || test || list)
		run(&s, name);
	else if (!unpacking && strlen(name) > 3 && !strcmp(name + strlen(name) - 3, ".gz") &&
		 !force)
		warn_text("%s: already ends in .gz, not changed", name);
	else
		file_convert(name, s.in, &st);
	fclose(s.in);
}

int main(int argc, char **argv)
{
	static char *input[] = { (char *)"-", NULL };
	int c;

	program_start(argv);
	unpacking = !strcmp(program_name, "gunzip") || !strcmp(program_name, "zcat");
	to_stdout = !strcmp(program_name, "zcat");
	while ((c = getopt(argc, argv, "123456789cdfklnqtv")) != -1) {
		switch (c) {
		case 'c':
			to_stdout = true;
			break;
		case 'd':
			unpacking = true;
			break;
		case 'f':
			force = true;
			break;
		case 'k':
			keep = true;
			break;
		case 'l':
			list = unpacking = true;
			break;
		case 'n':
		case 'q':
			break;
		case 't':
			test = unpacking = true;
			break;
		case 'v':
			verbose = true;
			break;
		case '?':
			die_usage(1);
		default:
			level = c - '0';
			break;
		}
	}
	argv = argv[optind] ? argv + optind : input;
	if (list)
		printf("%12s %12s %s\n", "compressed", "uncompressed", "name");
	for (; *argv; argv++)
		file_use(*argv);
	return program_finish(program_status);
}
