/* Input: bytes, blocks, lines. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "stdio/stream.h"

int fgetc(FILE *stream)
{
	if ((stream->flags & STREAM_READING) && stream->get != stream->get_end)
		return *stream->get++;
	int c = stream_fill(stream);

	if (c != EOF)
		stream->get++;
	return c;
}

int getc(FILE *stream)
{
	return fgetc(stream);
}

int getc_unlocked(FILE *stream)
{
	return fgetc(stream);
}

int getchar(void)
{
	return fgetc(stdin);
}

int getchar_unlocked(void)
{
	return fgetc(stdin);
}

int ungetc(int c, FILE *stream)
{
	if (c == EOF || stream_to_read(stream) || stream->get == stream->buffer - UNGET)
		return EOF;
	/* what is there already is not written: sscanf() reads strings that may be constant */
	if (*--stream->get != (unsigned char)c)
		*stream->get = c;
	stream->flags &= ~STREAM_EOF;
	return (unsigned char)c;
}

size_t fread(void *restrict to, size_t size, size_t count, FILE *restrict stream)
{
	size_t total, left;
	unsigned char *p = to;

	if (__builtin_mul_overflow(size, count, &total) || total == 0)
		return 0;
	for (left = total; left && stream_fill(stream) != EOF;) {
		size_t n = stream->get_end - stream->get;

		if (n > left)
			n = left;
		memcpy(p, stream->get, n);
		stream->get += n;
		p += n;
		left -= n;
	}
	return (total - left) / size;
}

char *fgets(char *restrict to, int size, FILE *restrict stream)
{
	char *p = to;

	if (size <= 0)
		return NULL;
	while (--size > 0) {
		int c = fgetc(stream);

		if (c == EOF)
			break;
		*p++ = c;
		if (c == '\n')
			break;
	}
	if ((p == to && size > 0) || (ferror(stream) && p == to))
		return NULL;
	*p = 0;
	return to;
}

ssize_t getdelim(char **restrict line, size_t *restrict size, int delimiter, FILE *restrict stream)
{
	size_t used = 0;

	if (!*line)
		*size = 0;
	while (stream_fill(stream) != EOF) {
		size_t n = stream->get_end - stream->get;
		unsigned char *end = memchr(stream->get, delimiter, n);

		if (end)
			n = end - stream->get + 1;
		if (used + n + 1 > *size) {
			size_t more = used + n + 1 + (used + n) / 2;
			char *grown = more > SSIZE_MAX ? NULL
						       : realloc(*line, more < 128 ? 128 : more);

			if (!grown) {
				if (more > SSIZE_MAX)
					errno = EOVERFLOW;
				stream->flags |= STREAM_ERROR;
				return -1;
			}
			*line = grown;
			*size = more < 128 ? 128 : more;
		}
		memcpy(*line + used, stream->get, n);
		stream->get += n;
		used += n;
		if (end)
			break;
	}
	if (!used)
		return -1;
	(*line)[used] = 0;
	return used;
}

ssize_t getline(char **restrict line, size_t *restrict size, FILE *restrict stream)
{
	return getdelim(line, size, '\n', stream);
}
