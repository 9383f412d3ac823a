/* Flags, buffers and locks of streams. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "stdio/stream.h"

int fileno(FILE *stream)
{
	if (stream->fd < 0)
		errno = EBADF;
	return stream->fd;
}

int feof(FILE *stream)
{
	return (stream->flags & STREAM_EOF) != 0;
}

int ferror(FILE *stream)
{
	return (stream->flags & STREAM_ERROR) != 0;
}

void clearerr(FILE *stream)
{
	stream->flags &= ~(STREAM_EOF | STREAM_ERROR);
}

int setvbuf(FILE *restrict stream, char *restrict buffer, int mode, size_t size)
{
	if (mode < _IOFBF || mode > _IONBF) {
		errno = EINVAL;
		return -1;
	}
	stream_settle(stream);
	stream->flags &= ~(STREAM_LINE | STREAM_UNBUFFERED);
	stream->flags |= STREAM_MODE_SET;
	if (mode == _IOLBF)
		stream->flags |= STREAM_LINE;
	if (mode == _IONBF)
		stream->flags |= STREAM_UNBUFFERED;
	if (mode == _IONBF && stream->buffer)
		stream->size = 1;
	if (mode != _IONBF && buffer && size > UNGET) {
		if (stream->flags & STREAM_OWN_BUFFER)
			free(stream->buffer - UNGET);
		stream->flags &= ~STREAM_OWN_BUFFER;
		stream->buffer = (unsigned char *)buffer + UNGET;
		stream->size = size - UNGET;
		stream->get = stream->get_end = stream->put = stream->buffer;
	}
	return 0;
}

void setbuf(FILE *restrict stream, char *restrict buffer)
{
	setvbuf(stream, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ);
}

void setlinebuf(FILE *stream)
{
	setvbuf(stream, NULL, _IOLBF, 0);
}

void flockfile(FILE *stream)
{
	(void)stream;
}

int ftrylockfile(FILE *stream)
{
	(void)stream;
	return 0;
}

void funlockfile(FILE *stream)
{
	(void)stream;
}
