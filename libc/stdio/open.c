/* Opening and closing streams. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "stdio/stream.h"

int stream_parse_mode(const char *mode, unsigned int *flags)
{
	int plus = strchr(mode, '+') != NULL, open_flags;

	*flags = plus ? STREAM_READ | STREAM_WRITE : 0;
	switch (*mode) {
	case 'r':
		open_flags = plus ? O_RDWR : O_RDONLY;
		*flags |= STREAM_READ;
		break;
	case 'w':
		open_flags = (plus ? O_RDWR : O_WRONLY) | O_CREAT | O_TRUNC;
		*flags |= STREAM_WRITE;
		break;
	case 'a':
		open_flags = (plus ? O_RDWR : O_WRONLY) | O_CREAT | O_APPEND;
		*flags |= STREAM_WRITE | STREAM_APPEND;
		break;
	default:
		errno = EINVAL;
		return -1;
	}
	if (strchr(mode, 'e'))
		open_flags |= O_CLOEXEC;
	if (strchr(mode, 'x'))
		open_flags |= O_EXCL;
	return open_flags;
}

FILE *stream_new(unsigned int flags, int fd, const struct stream_ops *ops, void *cookie)
{
	FILE *stream = calloc(1, sizeof(*stream));

	if (stream) {
		stream->flags = flags;
		stream->fd = fd;
		stream->ops = ops;
		stream->cookie = cookie;
	}
	return stream;
}

FILE *fdopen(int fd, const char *mode)
{
	unsigned int flags;

	if (stream_parse_mode(mode, &flags) < 0)
		return NULL;
	return stream_new(flags, fd, NULL, NULL);
}

FILE *fopen(const char *restrict path, const char *restrict mode)
{
	unsigned int flags;
	int open_flags = stream_parse_mode(mode, &flags);
	int fd = open_flags < 0 ? -1 : open(path, open_flags, 0666);

	if (fd < 0)
		return NULL;
	FILE *stream = stream_new(flags, fd, NULL, NULL);

	if (!stream)
		close(fd);
	return stream;
}

static int shut(FILE *stream)
{
	int result = stream_settle(stream);

	if (stream->flags & STREAM_ACTIVE)
		stream_forget(stream);
	if (!stream->ops)
		result |= close(stream->fd);
	else if (stream->ops->close)
		result |= stream->ops->close(stream);
	return result ? EOF : 0;
}

int fclose(FILE *stream)
{
	int result = shut(stream);

	if (!(stream->flags & STREAM_STATIC))
		free(stream);
	else
		stream->flags = STREAM_STATIC;
	return result;
}

FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict stream)
{
	unsigned int flags;
	int open_flags = stream_parse_mode(mode, &flags), old = stream->fd;

	if (open_flags < 0)
		goto fail;
	stream_settle(stream);
	int fd = path ? open(path, open_flags, 0666) : fcntl(old, F_DUPFD, 0);

	if (fd < 0)
		goto fail;
	if (old >= 0 && !stream->ops && fd != old) {
		if (dup3(fd, old, open_flags & O_CLOEXEC) < 0) {
			close(fd);
			goto fail;
		}
		close(fd);
		fd = old;
	}
	stream->fd = fd;
	stream->ops = NULL;
	stream->flags &= STREAM_STATIC | STREAM_ACTIVE | STREAM_OWN_BUFFER | STREAM_UNBUFFERED |
			 STREAM_MODE_SET;
	stream->flags |= flags;
	if (!(stream->flags & STREAM_MODE_SET) && isatty(fd))
		stream->flags |= STREAM_LINE;
	return stream;
fail:
	fclose(stream);
	return NULL;
}
