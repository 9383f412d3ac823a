/* The printf family: the engine and its sinks. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "stdio/stream.h"

static void to_stream(struct sink *sink, const char *from, size_t size)
{
	if (size == 0)
		return;
	if (stream_write(sink->stream, from, size) != size)
		sink->to = (char *)sink; /* failed */
	sink->count += size;
}

/* Collects in a small buffer: one write() for a message on stderr. */
struct collect {
	struct sink sink;
	size_t used;
	int fd, failed;
	char text[256];
};

static void collect_flush(struct collect *c)
{
	for (size_t done = 0; done < c->used;) {
		ssize_t n = write(c->fd, c->text + done, c->used - done);

		if (n < 0) {
			c->failed = 1;
			break;
		}
		done += n;
	}
	c->used = 0;
}

static void to_collect(struct sink *sink, const char *from, size_t size)
{
	struct collect *c = (struct collect *)sink;

	sink->count += size;
	while (size) {
		size_t n = sizeof(c->text) - c->used;

		if (n > size)
			n = size;
		memcpy(c->text + c->used, from, n);
		c->used += n;
		from += n;
		size -= n;
		if (c->used == sizeof(c->text))
			collect_flush(c);
	}
}

int vdprintf(int fd, const char *restrict text, va_list ap)
{
	struct collect c;

	c.sink.write = to_collect;
	c.sink.count = 0;
	c.used = c.failed = 0;
	c.fd = fd;
	if (format(&c.sink, text, ap))
		return -1;
	collect_flush(&c);
	return c.failed ? -1 : (int)c.sink.count;
}

int vfprintf(FILE *restrict stream, const char *restrict text, va_list ap)
{
	struct sink sink = { .write = to_stream, .stream = stream };

	if ((stream->flags & STREAM_UNBUFFERED) && !stream->ops) {
		int n = vdprintf(stream->fd, text, ap);

		if (n < 0)
			stream->flags |= STREAM_ERROR;
		return n;
	}
	if (format(&sink, text, ap) || sink.to)
		return -1;
	return sink.count;
}

static void to_memory(struct sink *sink, const char *from, size_t size)
{
	size_t n = size < sink->room ? size : sink->room;

	memcpy(sink->to, from, n);
	sink->to += n;
	sink->room -= n;
	sink->count += size;
}

int vsnprintf(char *restrict to, size_t size, const char *restrict text, va_list ap)
{
	struct sink sink = { .write = to_memory, .to = to, .room = size ? size - 1 : 0 };
	int result = format(&sink, text, ap);

	if (size)
		*sink.to = 0;
	return result ? -1 : (int)sink.count;
}

int vsprintf(char *restrict to, const char *restrict text, va_list ap)
{
	return vsnprintf(to, INT_MAX, text, ap);
}

int vasprintf(char **restrict to, const char *restrict text, va_list ap)
{
	va_list again;

	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, text, again);

	va_end(again);
	*to = n < 0 ? NULL : malloc(n + 1);
	return *to ? vsnprintf(*to, n + 1, text, ap) : -1;
}

int vprintf(const char *restrict text, va_list ap)
{
	return vfprintf(stdout, text, ap);
}

int printf(const char *restrict text, ...)
{
	va_list ap;

	va_start(ap, text);
	int n = vfprintf(stdout, text, ap);

	va_end(ap);
	return n;
}

int fprintf(FILE *restrict stream, const char *restrict text, ...)
{
	va_list ap;

	va_start(ap, text);
	int n = vfprintf(stream, text, ap);

	va_end(ap);
	return n;
}

int dprintf(int fd, const char *restrict text, ...)
{
	va_list ap;

	va_start(ap, text);
	int n = vdprintf(fd, text, ap);

	va_end(ap);
	return n;
}

int sprintf(char *restrict to, const char *restrict text, ...)
{
	va_list ap;

	va_start(ap, text);
	int n = vsprintf(to, text, ap);

	va_end(ap);
	return n;
}

int snprintf(char *restrict to, size_t size, const char *restrict text, ...)
{
	va_list ap;

	va_start(ap, text);
	int n = vsnprintf(to, size, text, ap);

	va_end(ap);
	return n;
}

int asprintf(char **restrict to, const char *restrict text, ...)
{
	va_list ap;

	va_start(ap, text);
	int n = vasprintf(to, text, ap);

	va_end(ap);
	return n;
}
