/* Positions in streams. */
#include <errno.h>
#include <limits.h>
#include "stdio/stream.h"

int fseeko(FILE *stream, off_t offset, int whence)
{
	if (stream_flush(stream))
		return -1;
	if (whence == SEEK_CUR && (stream->flags & STREAM_READING))
		offset -= stream->get_end - stream->get;
	if (stream_seek(stream, offset, whence) < 0)
		return -1;
	stream->get = stream->get_end = stream->put = stream->buffer;
	stream->flags &= ~(STREAM_READING | STREAM_WRITING | STREAM_EOF);
	return 0;
}

off_t ftello(FILE *stream)
{
	off_t at = stream_seek(stream, 0,
			       (stream->flags & (STREAM_WRITING | STREAM_APPEND)) ==
					       (STREAM_WRITING | STREAM_APPEND)
				       ? SEEK_END
				       : SEEK_CUR);

	if (at < 0)
		return -1;
	if (stream->flags & STREAM_READING)
		at -= stream->get_end - stream->get;
	if (stream->flags & STREAM_WRITING)
		at += stream->put - stream->buffer;
	return at;
}

int fseek(FILE *stream, long offset, int whence)
{
	return fseeko(stream, offset, whence);
}

long ftell(FILE *stream)
{
	off_t at = ftello(stream);

	if (at > LONG_MAX) {
		errno = EOVERFLOW;
		return -1;
	}
	return at;
}

void rewind(FILE *stream)
{
	fseeko(stream, 0, SEEK_SET);
	stream->flags &= ~STREAM_ERROR;
}

int fgetpos(FILE *restrict stream, fpos_t *restrict position)
{
	*position = ftello(stream);
	return *position < 0 ? -1 : 0;
}

int fsetpos(FILE *stream, const fpos_t *position)
{
	return fseeko(stream, *position, SEEK_SET);
}
