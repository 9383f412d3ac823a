/* Unpacking gzip files (RFC 1952) and deflate streams (RFC 1951), from memory to memory. */
#ifndef LIB_INFLATE_H
#define LIB_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum inflate_status {
	INFLATE_OK,
	INFLATE_TRUNCATED, /* the input ends too early */
	INFLATE_DAMAGED,   /* no valid stream, or the checksum is wrong */
	INFLATE_NO_ROOM,   /* the output is larger than out_size */
};

/* Unpacks one deflate stream; sets how many bytes were read and written, also on an error. */
enum inflate_status inflate_stream(const uint8_t *in, size_t in_size, uint8_t *out, size_t out_size,
				   size_t *read, size_t *written);

/* Whether the bytes begin as a gzip file does. */
bool gzip_is(const uint8_t *in, size_t in_size);
/* Length of what the file unpacks to, as its last bytes claim. */
enum inflate_status gzip_length(const uint8_t *in, size_t in_size, uint32_t *length);
/* Unpacks a gzip file of one member that takes all of the input; checks its CRC and length. */
enum inflate_status gzip_unpack(const uint8_t *in, size_t in_size, uint8_t *out, size_t out_size,
				size_t *written);

const char *inflate_status_text(enum inflate_status status);

#endif
