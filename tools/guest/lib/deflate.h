/* The deflate format (RFC 1951), for gzip. */
#ifndef GUEST_DEFLATE_H
#define GUEST_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

/* Where packed data comes from and goes to. The functions keep their own state behind `data`. */
struct deflate_io {
	/* Next byte, or -1 at the end. */
	int (*get)(void *data);
	/* Take bytes; -1 if that failed. */
	int (*put)(void *data, const unsigned char *bytes, size_t size);
	void *data;
};

/*
 * Pack everything that `get` gives. level 1..9: how hard to look for repetitions. NULL, or what
 * went wrong.
 */
const char *deflate(const struct deflate_io *io, int level);

#endif
