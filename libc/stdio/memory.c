/* Streams on memory. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "stdio/stream.h"

struct memory {
	char *text;
	size_t size; /* bytes there */
	size_t room; /* bytes that fit */
	size_t at;
	int own; /* fmemopen(NULL, …) */
	int append;
	char **user_text; /* open_memstream */
	size_t *user_size;
};

static off_t memory_seek(FILE *stream, off_t offset, int whence)
{
	struct memory *m = stream->cookie;
	off_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (off_t)m->at : (off_t)m->size;

	if (base + offset < 0 || (!m->user_text && base + offset > (off_t)m->room)) {
		errno = EINVAL;
		return -1;
	}
	return m->at = base + offset;
}

static ssize_t memory_read(FILE *stream, void *to, size_t size)
{
	struct memory *m = stream->cookie;
	size_t left = m->at < m->size ? m->size - m->at : 0;

	if (size > left)
		size = left;
	memcpy(to, m->text + m->at, size);
	m->at += size;
	return size;
}

static ssize_t fixed_write(FILE *stream, const void *from, size_t size)
{
	struct memory *m = stream->cookie;

	if (m->append)
		m->at = m->size;
	if (size > m->room - m->at)
		size = m->room - m->at;
	if (size == 0) {
		errno = ENOSPC;
		return -1;
	}
	memcpy(m->text + m->at, from, size);
	m->at += size;
	if (m->at > m->size) {
		m->size = m->at;
		if (m->size < m->room)
			m->text[m->size] = 0;
	}
	return size;
}

static int fixed_close(FILE *stream)
{
	struct memory *m = stream->cookie;

	if (m->own)
		free(m->text);
	free(m);
	return 0;
}

FILE *fmemopen(void *restrict text, size_t size, const char *restrict mode)
{
	static const struct stream_ops ops = { memory_read, fixed_write, memory_seek, fixed_close };
	unsigned int flags;
	struct memory *m;

	if (stream_parse_mode(mode, &flags) < 0)
		return NULL;
	m = calloc(1, sizeof(*m));
	if (!m)
		return NULL;
	m->own = text == NULL;
	m->text = text ? text : calloc(1, size + 1);
	m->room = size;
	m->append = *mode == 'a';
	if (*mode == 'r')
		m->size = size;
	else if (*mode == 'a')
		m->size = m->at = strnlen(m->text, size);
	else if (size)
		m->text[0] = 0;
	FILE *stream = m->text ? stream_new(flags, -1, &ops, m) : NULL;

	if (!stream) {
		if (m->own)
			free(m->text);
		free(m);
	}
	return stream;
}

static ssize_t growing_write(FILE *stream, const void *from, size_t size)
{
	struct memory *m = stream->cookie;

	if (m->at + size + 1 > m->room) {
		size_t room = (m->at + size + 1) * 2;
		char *grown = realloc(m->text, room);

		if (!grown)
			return -1;
		memset(grown + m->room, 0, room - m->room);
		m->text = grown;
		m->room = room;
	}
	memcpy(m->text + m->at, from, size);
	m->at += size;
	if (m->at > m->size)
		m->size = m->at;
	m->text[m->size] = 0;
	*m->user_text = m->text;
	*m->user_size = m->size;
	return size;
}

static int growing_close(FILE *stream)
{
	free(stream->cookie);
	return 0;
}

FILE *open_memstream(char **text, size_t *size)
{
	static const struct stream_ops ops = { NULL, growing_write, memory_seek, growing_close };
	struct memory *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->text = calloc(1, m->room = 64);
	FILE *stream = m->text ? stream_new(STREAM_WRITE, -1, &ops, m) : NULL;

	if (!stream) {
		free(m->text);
		free(m);
		return NULL;
	}
	stream->flags |= STREAM_MODE_SET;
	m->user_text = text;
	m->user_size = size;
	*text = m->text;
	*size = 0;
	return stream;
}
