/* Output: bytes, strings, blocks. */
#include <string.h>
#include "stdio/stream.h"

int fputc(int c, FILE *stream)
{
	unsigned char byte = c;

	if ((stream->flags & (STREAM_WRITING | STREAM_LINE | STREAM_UNBUFFERED)) ==
		    STREAM_WRITING &&
	    stream->put < stream->buffer + stream->size)
		return *stream->put++ = byte;
	return stream_write(stream, &byte, 1) == 1 ? byte : EOF;
}

int putc(int c, FILE *stream)
{
	return fputc(c, stream);
}

int putc_unlocked(int c, FILE *stream)
{
	return fputc(c, stream);
}

int putchar(int c)
{
	return fputc(c, stdout);
}

int putchar_unlocked(int c)
{
	return fputc(c, stdout);
}

size_t fwrite(const void *restrict from, size_t size, size_t count, FILE *restrict stream)
{
	size_t total;

	if (__builtin_mul_overflow(size, count, &total) || total == 0)
		return 0;
	return stream_write(stream, from, total) / size;
}

int fputs(const char *restrict s, FILE *restrict stream)
{
	size_t n = strlen(s);

	return n == 0 || stream_write(stream, s, n) == n ? 0 : EOF;
}

int puts(const char *s)
{
	return fputs(s, stdout) == EOF || fputc('\n', stdout) == EOF ? EOF : 0;
}
