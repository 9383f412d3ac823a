/*
 * Inside of a stream.
 *
 * A stream is idle, reading or writing. Reading: get..get_end are bytes not yet given out, and the
 * descriptor's position is that of get_end. Writing: buffer..put are bytes not yet written. Turning
 * from one to the other flushes, or seeks back over what was read ahead.
 * UNGET bytes in front of the buffer are room for ungetc().
 */
#ifndef _LIBC_STDIO_STREAM_H
#define _LIBC_STDIO_STREAM_H

#define _STDIO_NO_FLOAT_LINK /* the library itself links the conversions only when asked to */
#include <stdio.h>

#define UNGET 8

enum {
	STREAM_READ = 1,  /* may be read */
	STREAM_WRITE = 2, /* may be written */
	STREAM_APPEND = 4,
	STREAM_EOF = 8,
	STREAM_ERROR = 16,
	STREAM_READING = 32,
	STREAM_WRITING = 64,
	STREAM_LINE = 128, /* line-buffered */
	STREAM_UNBUFFERED = 256,
	STREAM_ACTIVE = 512,	  /* buffer chosen, in the list of streams */
	STREAM_OWN_BUFFER = 1024, /* free() it */
	STREAM_STATIC = 2048,	  /* not from malloc */
	STREAM_MODE_SET = 4096	  /* setvbuf was called */
};

/* Streams that are not on a descriptor. Any may be NULL: then it is an error (close: nothing to do). */
struct stream_ops {
	ssize_t (*read)(FILE *stream, void *to, size_t size);
	ssize_t (*write)(FILE *stream, const void *from, size_t size);
	off_t (*seek)(FILE *stream, off_t offset, int whence);
	int (*close)(FILE *stream);
};

struct __FILE {
	int fd;
	unsigned int flags;
	unsigned char *buffer;
	size_t size; /* of the buffer, without UNGET */
	unsigned char *get, *get_end;
	unsigned char *put;
	const struct stream_ops *ops; /* NULL: the descriptor */
	void *cookie;		      /* of ops */
	pid_t child;		      /* of popen() */
	struct __FILE *next;	      /* in the list of active streams */
};

int stream_to_read(FILE *stream); /* 0, or -1 with the error flag set */
int stream_to_write(FILE *stream);
int stream_fill(FILE *stream);	 /* next byte, which stays; EOF */
int stream_flush(FILE *stream);	 /* writes out; 0 or EOF */
int stream_settle(FILE *stream); /* idle, descriptor where the reader is; 0 or EOF */
size_t stream_write(FILE *stream, const void *from, size_t size); /* bytes taken */
void stream_forget(FILE *stream);				  /* out of the list */
off_t stream_seek(FILE *stream, off_t offset, int whence);
int stream_parse_mode(const char *mode, unsigned int *flags); /* open() flags or -1 */
FILE *stream_new(unsigned int flags, int fd, const struct stream_ops *ops, void *cookie);

/* Where formatted text goes. */
struct sink {
	void (*write)(struct sink *sink, const char *from, size_t size);
	size_t count; /* bytes in all, whether they fitted or not */
	FILE *stream;
	char *to; /* next byte to write, and how many fit */
	size_t room;
};

/* One conversion: flags, width and precision as parsed. */
struct conversion {
	int left, plus, space, alternate, zero;
	int width, precision; /* precision -1: none given */
	char type;
};

int format(struct sink *sink, const char *text, va_list ap); /* 0, or -1 with errno */
/* prefix, zeros, then body, padded to the width. */
void format_padded(struct sink *sink, const struct conversion *c, const char *prefix, size_t zeros,
		   const char *body, size_t size);
void sink_fill(struct sink *sink, char c, int count);
void format_float(struct sink *sink, const struct conversion *c, long double value)
	__attribute__((__weak__));

#endif
