/* Backslash escapes in text, as echo, printf, tr and $'...' know them. */
#ifndef GUEST_ESCAPE_H
#define GUEST_ESCAPE_H

#include <stdbool.h>
#include "strbuf.h"

enum escape_kind {
	ESCAPE_C,    /* \NNN octal, \xHH, \e; \' \" \? */
	ESCAPE_ECHO, /* \0NNN octal, \c ends all output; for echo -e and printf %b */
};

/*
 * Append `text` to `out` with its escapes replaced. Unknown ones stay. Returns false if \c was met.
 */
bool escape_expand(struct strbuf *out, const char *text, enum escape_kind kind);

/*
 * One escape: *at is behind the backslash and is moved behind the escape. Returns the byte, or -1
 * if it is none (then nothing is moved).
 */
int escape_byte(const char **at, enum escape_kind kind);

#endif
