/*
 * The engine of streams: choosing a buffer at first use, filling, flushing. Active streams are in a
 * list, so that exit() and fflush(NULL) reach them without naming stdin, stdout and stderr, which
 * a program may not have.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "stdio/stream.h"

static FILE *streams;

void __stdio_exit(void);

static int activate(FILE *stream)
{
	int error = errno;

	if (!(stream->flags & STREAM_MODE_SET) && !stream->ops && isatty(stream->fd))
		stream->flags |= STREAM_LINE;
	errno = error;
	if (!stream->buffer) {
		size_t size = stream->flags & STREAM_UNBUFFERED ? 1 : BUFSIZ;

		stream->buffer = malloc(UNGET + size);
		if (!stream->buffer)
			return -1;
		stream->buffer += UNGET;
		stream->size = size;
		stream->flags |= STREAM_OWN_BUFFER;
	}
	stream->flags |= STREAM_ACTIVE;
	stream->next = streams;
	streams = stream;
	return 0;
}

void stream_forget(FILE *stream)
{
	for (FILE **p = &streams; *p; p = &(*p)->next)
		if (*p == stream) {
			*p = stream->next;
			break;
		}
	if (stream->flags & STREAM_OWN_BUFFER)
		free(stream->buffer - UNGET);
	stream->buffer = NULL;
	stream->flags &= ~(STREAM_ACTIVE | STREAM_OWN_BUFFER);
}

static int fail(FILE *stream, int error)
{
	if (error)
		errno = error;
	stream->flags |= STREAM_ERROR;
	return -1;
}

off_t stream_seek(FILE *stream, off_t offset, int whence)
{
	if (!stream->ops)
		return lseek(stream->fd, offset, whence);
	if (stream->ops->seek)
		return stream->ops->seek(stream, offset, whence);
	errno = ESPIPE;
	return -1;
}

static ssize_t write_some(FILE *stream, const void *from, size_t size)
{
	if (!stream->ops)
		return write(stream->fd, from, size);
	if (stream->ops->write)
		return stream->ops->write(stream, from, size);
	errno = EBADF;
	return -1;
}

static int write_all(FILE *stream, const unsigned char *from, size_t size)
{
	while (size) {
		ssize_t n = write_some(stream, from, size);

		if (n < 0)
			return fail(stream, 0);
		from += n;
		size -= n;
	}
	return 0;
}

int stream_flush(FILE *stream)
{
	if (!(stream->flags & STREAM_WRITING))
		return 0;
	size_t size = stream->put - stream->buffer;

	stream->put = stream->buffer;
	return write_all(stream, stream->buffer, size);
}

int stream_settle(FILE *stream)
{
	int result = 0;

	if (stream->flags & STREAM_WRITING) {
		result = stream_flush(stream);
	} else if ((stream->flags & STREAM_READING) && stream->get != stream->get_end) {
		int error = errno;

		/* on a pipe what was read ahead stays where it is */
		if (stream_seek(stream, stream->get - stream->get_end, SEEK_CUR) < 0) {
			errno = error;
			return 0;
		}
	}
	stream->get = stream->get_end = stream->put = stream->buffer;
	stream->flags &= ~(STREAM_READING | STREAM_WRITING);
	return result;
}

static int turn(FILE *stream, unsigned int may, unsigned int doing)
{
	if (!(stream->flags & may))
		return fail(stream, EBADF);
	if (!(stream->flags & STREAM_ACTIVE) && activate(stream))
		return fail(stream, 0);
	if (stream_settle(stream))
		return -1;
	stream->get = stream->get_end = stream->put = stream->buffer;
	stream->flags &= ~(STREAM_READING | STREAM_WRITING);
	stream->flags |= doing;
	return 0;
}

int stream_to_read(FILE *stream)
{
	if (stream->flags & STREAM_READING)
		return 0;
	return turn(stream, STREAM_READ, STREAM_READING);
}

int stream_to_write(FILE *stream)
{
	if (stream->flags & STREAM_WRITING)
		return 0;
	return turn(stream, STREAM_WRITE, STREAM_WRITING);
}

int stream_fill(FILE *stream)
{
	if (stream_to_read(stream))
		return EOF;
	if (stream->get != stream->get_end)
		return *stream->get;
	if (stream->flags & (STREAM_LINE | STREAM_UNBUFFERED))
		for (FILE *s = streams; s; s = s->next)
			if (s->flags & STREAM_LINE)
				stream_flush(s);
	ssize_t n;

	if (!stream->ops)
		n = read(stream->fd, stream->buffer, stream->size);
	else
		n = stream->ops->read ? stream->ops->read(stream, stream->buffer, stream->size)
				      : -1;
	stream->get = stream->get_end = stream->buffer;
	if (n <= 0) {
		stream->flags |= n < 0 ? STREAM_ERROR : STREAM_EOF;
		return EOF;
	}
	stream->get_end += n;
	return *stream->get;
}

size_t stream_write(FILE *stream, const void *from, size_t size)
{
	const unsigned char *p = from;

	if (stream_to_write(stream))
		return 0;
	if (stream->flags & STREAM_UNBUFFERED)
		return write_all(stream, p, size) ? 0 : size;
	size_t room = stream->buffer + stream->size - stream->put;

	if (size > room) {
		if (stream_flush(stream))
			return 0;
		if (size >= stream->size)
			return write_all(stream, p, size) ? 0 : size;
	}
	memcpy(stream->put, p, size);
	stream->put += size;
	if ((stream->flags & STREAM_LINE) && memchr(p, '\n', size) && stream_flush(stream))
		return 0;
	return size;
}

int fflush(FILE *stream)
{
	int result = 0;

	if (stream)
		return stream_settle(stream);
	for (stream = streams; stream; stream = stream->next)
		if (stream->flags & STREAM_WRITING)
			result |= stream_flush(stream);
	return result;
}

int fpurge(FILE *stream)
{
	stream->get = stream->get_end = stream->put = stream->buffer;
	return 0;
}

void __stdio_exit(void)
{
	for (FILE *stream = streams; stream; stream = stream->next)
		stream_settle(stream);
}
