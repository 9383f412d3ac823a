/* strbuf: a byte string that doubles its room as it grows, so that appending n bytes costs O(n). */
#define _STDIO_NO_FLOAT_LINK /* no text of ours has a floating-point number */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "strbuf.h"
#include "program.h"

void *memory_resize(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p)
		die(2, "out of memory");
	return p;
}

void *memory_get(size_t size)
{
	return memory_resize(NULL, size);
}

char *memory_copy_n(const char *text, size_t size)
{
	char *copy = memory_get(size + 1);

	memcpy(copy, text, size);
	copy[size] = '\0';
	return copy;
}

char *memory_copy(const char *text)
{
	return memory_copy_n(text, strlen(text));
}

static void strbuf_reserve(struct strbuf *buf, size_t more)
{
	size_t need = buf->length + more + 1;

	if (need <= buf->room)
		return;
	buf->room = buf->room * 2 > need ? buf->room * 2 : need + 31;
	buf->data = memory_resize(buf->data, buf->room);
}

void strbuf_add(struct strbuf *buf, const void *bytes, size_t size)
{
	strbuf_reserve(buf, size);
	if (size)
		memcpy(buf->data + buf->length, bytes, size);
	buf->length += size;
}

void strbuf_putc(struct strbuf *buf, int c)
{
	strbuf_reserve(buf, 1);
	buf->data[buf->length++] = (char)c;
}

void strbuf_puts(struct strbuf *buf, const char *text)
{
	strbuf_add(buf, text, strlen(text));
}

void strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	va_list args;
	int size;

	strbuf_reserve(buf, 128);
	va_start(args, format);
	size = vsnprintf(buf->data + buf->length, buf->room - buf->length, format, args);
	va_end(args);
	if (size < 0)
		return;
	if ((size_t)size >= buf->room - buf->length) {
		strbuf_reserve(buf, (size_t)size);
		va_start(args, format);
		vsnprintf(buf->data + buf->length, buf->room - buf->length, format, args);
		va_end(args);
	}
	buf->length += (size_t)size;
}

char *strbuf_text(struct strbuf *buf)
{
	strbuf_reserve(buf, 0);
	buf->data[buf->length] = '\0';
	return buf->data;
}

char *strbuf_take(struct strbuf *buf)
{
	char *text = strbuf_text(buf);

	memset(buf, 0, sizeof(*buf));
	return text;
}

void strbuf_reset(struct strbuf *buf)
{
	buf->length = 0;
}

void strbuf_free(struct strbuf *buf)
{
	free(buf->data);
	memset(buf, 0, sizeof(*buf));
}
