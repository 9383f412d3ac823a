/* Growing byte strings, and allocation that ends the program instead of failing. */
#ifndef GUEST_STRBUF_H
#define GUEST_STRBUF_H

#include <stddef.h>

/* A string that grows at its end. All zero is a valid empty one. */
struct strbuf {
	char *data;    /* the bytes; NULL until something was added */
	size_t length; /* bytes in use */
	size_t room;   /* bytes allocated */
};

/* Append `size` bytes, one byte, a string, or formatted text (printf's conversions). */
void strbuf_add(struct strbuf *buf, const void *bytes, size_t size);
void strbuf_putc(struct strbuf *buf, int c);
void strbuf_puts(struct strbuf *buf, const char *text);
void strbuf_printf(struct strbuf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The text with a NUL behind it; valid until the next change of `buf`. Never NULL. */
char *strbuf_text(struct strbuf *buf);

/* Hand the text over to the caller, who frees it; `buf` is empty afterwards. */
char *strbuf_take(struct strbuf *buf);

/* Make empty and keep the memory; free the memory. */
void strbuf_reset(struct strbuf *buf);
void strbuf_free(struct strbuf *buf);

/* malloc, realloc, strdup, strndup that print `out of memory` and exit with status 2. */
void *memory_get(size_t size);
void *memory_resize(void *old, size_t size);
char *memory_copy(const char *text);
char *memory_copy_n(const char *text, size_t size);

#endif
