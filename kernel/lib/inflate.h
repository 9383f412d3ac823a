/*
 * Decompression of gzip files (RFC 1952) that hold deflate streams (RFC 1951). Pure: no allocation, no globals. What comes
 * out is handed to a sink piece by piece, so its size need not be known.
 */
#ifndef LIB_INFLATE_H
#define LIB_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INFLATE_WINDOW 32768u
#define INFLATE_TABLE_BITS 9
#define INFLATE_MAX_SYMBOLS 288

enum inflate_status {
	INFLATE_OK,
	INFLATE_TRUNCATED,    /* the input ends too early */
	INFLATE_BAD_HEADER,   /* not gzip, or not deflate within */
	INFLATE_BAD_BLOCK,    /* block type 3, or lengths of a stored block that disagree */
	INFLATE_BAD_CODE,     /* code lengths that make no code, or a code without symbol */
	INFLATE_BAD_DISTANCE, /* a reference to before the beginning */
	INFLATE_BAD_CRC,      /* the content's checksum or length is not what the trailer says */
	INFLATE_STOPPED,      /* the sink returned false */
};

/* Takes the next n bytes of the content; false: stop. They stay valid until it returns. */
typedef bool (*inflate_sink)(void *context, const uint8_t *bytes, uint32_t n);

/* A prefix code: codes of up to INFLATE_TABLE_BITS bits by table, longer ones by counting. */
struct inflate_code {
	uint16_t table[1 << INFLATE_TABLE_BITS]; /* symbol << 4 | length; 0: longer or none */
	uint16_t count[16];			 /* codes of each length */
	uint16_t symbol[INFLATE_MAX_SYMBOLS];	 /* by code */
};

/* All state; about 36 KiB, so not for the stack. Contents need no initialisation. */
struct inflate {
	const uint8_t *in;
	uint32_t in_size;
	uint32_t in_at; /* first byte not yet in bits */
	uint32_t bits;	/* bits not yet used, the next one lowest */
	uint32_t bit_count;
	uint32_t out_at;    /* where the next byte goes in the window */
	uint32_t out_total; /* bytes of content, modulo 2^32 */
	uint32_t crc;
	inflate_sink sink;
	void *context;
	enum inflate_status status; /* first error */
	struct inflate_code literals;
	struct inflate_code distances;
	uint8_t lengths[INFLATE_MAX_SYMBOLS + 32];
	uint8_t window[INFLATE_WINDOW];
};

/* Does it begin as a gzip file does? */
bool inflate_is_gzip(const uint8_t *in, uint32_t size);

/*
 * inflate_gzip - decompress one member
 * @in, @in_size: the file and whatever follows it
 * @consumed: bytes that the member took; also on an error, where it went wrong
 * Returns INFLATE_OK or what is wrong; the sink may have been given a part by then.
 */
enum inflate_status inflate_gzip(struct inflate *s, const uint8_t *in, uint32_t in_size,
				 inflate_sink sink, void *context, uint32_t *consumed);

const char *inflate_error(enum inflate_status status);

#endif
