/*
 * Inflate. A stream is a row of blocks: stored, or coded with two prefix codes (literals and lengths; distances) that
 * are fixed or come with the block. A code is canonical: it is given by how many bits each symbol has, and decoding
 * counts its way through the lengths. Every read is checked against the end of the input, every write against the end
 * of the output, every distance against what has been written.
 *
 * Source: RFC 1951, RFC 1952.
 */
#include "lib/crc.h"
#include "lib/inflate.h"
#include "lib/string.h"

#define CODE_BITS 15
#define LITERALS 288
#define DISTANCES 32
#define END_OF_BLOCK 256

struct code {
	uint16_t count[CODE_BITS + 1]; /* symbols of each length */
	uint16_t symbol[LITERALS];     /* in the order of their codes */
};

struct stream {
	const uint8_t *in, *in_end;
	uint8_t *out, *out_start, *out_end;
	uint32_t bits; /* read ahead, next bit lowest */
	unsigned int bit_count;
	enum inflate_status status; /* sticky: after an error all reads give 0 */
	struct code literals, distances;
};

static void fail(struct stream *s, enum inflate_status status)
{
	if (!s->status)
		s->status = status;
}

static uint32_t take_bits(struct stream *s, unsigned int count)
{
	uint32_t value;

	while (s->bit_count < count) {
		if (s->in == s->in_end) {
			fail(s, INFLATE_TRUNCATED);
			return 0;
		}
		s->bits |= (uint32_t)*s->in++ << s->bit_count;
		s->bit_count += 8;
	}
	value = s->bits & ((1u << count) - 1);
	s->bits >>= count;
	s->bit_count -= count;
	return value;
}

/*
 * The code in which symbol i has lengths[i] bits (0: none). False when more symbols are given than codes of those
 * lengths exist, or fewer (unless it is a single one: a block with one distance).
 */
static bool code_make(struct code *code, const uint8_t *lengths, unsigned int count)
{
	uint16_t next[CODE_BITS + 1];
	int left = 1;

	bytes_clear(code->count, sizeof(code->count));
	for (unsigned int i = 0; i < count; i++)
		code->count[lengths[i]]++;
	next[1] = 0;
	for (unsigned int bits = 1; bits <= CODE_BITS; bits++) {
		left = 2 * left - code->count[bits];
		if (left < 0)
			return false;
		if (bits < CODE_BITS)
			next[bits + 1] = next[bits] + code->count[bits];
	}
	for (unsigned int i = 0; i < count; i++)
		if (lengths[i])
			code->symbol[next[lengths[i]]++] = (uint16_t)i;
	return !left || count - code->count[0] <= 1;
}

/* The next symbol: `code` grows bit by bit until it is below the end of the codes of its length. */
static unsigned int take_symbol(struct stream *s, const struct code *code)
{
	int value = 0, first = 0, index = 0;

	for (unsigned int bits = 1; bits <= CODE_BITS; bits++) {
		int count = code->count[bits];

		value |= (int)take_bits(s, 1);
		if (s->status)
			return END_OF_BLOCK;
		if (value - first < count)
			return code->symbol[index + value - first];
		index += count;
		first = (first + count) << 1;
		value <<= 1;
	}
	fail(s, INFLATE_DAMAGED);
	return END_OF_BLOCK;
}

static void put_byte(struct stream *s, uint8_t byte)
{
	if (s->out == s->out_end)
		fail(s, INFLATE_NO_ROOM);
	else
		*s->out++ = byte;
}

/* May overlap itself: a distance of 1 repeats one byte. */
static void put_copy(struct stream *s, unsigned int length, unsigned int distance)
{
	if (distance > (size_t)(s->out - s->out_start)) {
		fail(s, INFLATE_DAMAGED);
		return;
	}
	while (length-- && !s->status)
		put_byte(s, s->out[-(ptrdiff_t)distance]);
}

static unsigned int take_length(struct stream *s, unsigned int symbol)
{
	static const uint16_t base[29] = { 3,  4,  5,  6,   7,	 8,   9,   10,	11, 13,
					   15, 17, 19, 23,  27,	 31,  35,  43,	51, 59,
					   67, 83, 99, 115, 131, 163, 195, 227, 258 };
	static const uint8_t extra[29] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
					   2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };

	if (symbol - 257 >= 29) {
		fail(s, INFLATE_DAMAGED);
		return 0;
	}
	return base[symbol - 257] + take_bits(s, extra[symbol - 257]);
}

static unsigned int take_distance(struct stream *s)
{
	unsigned int symbol = take_symbol(s, &s->distances), extra;

	if (symbol >= 30) {
		fail(s, INFLATE_DAMAGED);
		return 0;
	}
	if (symbol < 4)
		return symbol + 1;
	extra = symbol / 2 - 1;
	return ((2 + symbol % 2) << extra) + 1 + take_bits(s, extra);
}

static void block_coded(struct stream *s)
{
	unsigned int symbol;

	while ((symbol = take_symbol(s, &s->literals)) != END_OF_BLOCK && !s->status) {
		unsigned int length;

		if (symbol < END_OF_BLOCK) {
			put_byte(s, (uint8_t)symbol);
			continue;
		}
		length = take_length(s, symbol);
		put_copy(s, length, take_distance(s));
	}
}

static void block_stored(struct stream *s)
{
	uint32_t length, complement;

	take_bits(s, s->bit_count % 8);
	length = take_bits(s, 16);
	complement = take_bits(s, 16);
	if (!s->status && (length ^ complement) != 0xffff)
		fail(s, INFLATE_DAMAGED);
	while (length-- && !s->status)
		put_byte(s, (uint8_t)take_bits(s, 8));
}

static void block_fixed(struct stream *s)
{
	uint8_t lengths[LITERALS];

	for (unsigned int i = 0; i < LITERALS; i++)
		lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
	code_make(&s->literals, lengths, LITERALS);
	for (unsigned int i = 0; i < DISTANCES; i++)
		lengths[i] = 5;
	code_make(&s->distances, lengths, DISTANCES);
	block_coded(s);
}

/* Lengths of both codes, themselves run-length coded: 16 repeats the last, 17 and 18 repeat 0. */
static void take_lengths(struct stream *s, uint8_t *lengths, unsigned int count)
{
	unsigned int n = 0;

	while (n < count && !s->status) {
		unsigned int symbol = take_symbol(s, &s->literals), repeat = 1;
		uint8_t length = symbol < 16 ? (uint8_t)symbol : 0;

		if (symbol == 16 && n)
			length = lengths[n - 1];
		else if (symbol == 16 || symbol > 18)
			fail(s, INFLATE_DAMAGED);
		if (symbol >= 16)
			repeat = symbol == 16	? 3 + take_bits(s, 2)
				 : symbol == 17 ? 3 + take_bits(s, 3)
						: 11 + take_bits(s, 7);
		if (repeat > count - n)
			fail(s, INFLATE_DAMAGED);
		while (repeat-- && !s->status)
			lengths[n++] = length;
	}
}

static void block_dynamic(struct stream *s)
{
	static const uint8_t order[19] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
					   11, 4,  12, 3, 13, 2, 14, 1, 15 };
	unsigned int literals = 257 + take_bits(s, 5), distances = 1 + take_bits(s, 5),
		     count = 4 + take_bits(s, 4);
	uint8_t lengths[LITERALS + DISTANCES] = { 0 };

	if (literals > 286 || distances > 30)
		fail(s, INFLATE_DAMAGED);
	for (unsigned int i = 0; i < count && !s->status; i++)
		lengths[order[i]] = (uint8_t)take_bits(s, 3);
	if (!s->status && !code_make(&s->literals, lengths, 19))
		fail(s, INFLATE_DAMAGED);
	if (s->status)
		return;
	bytes_clear(lengths, sizeof(lengths));
	take_lengths(s, lengths, literals + distances);
	if (s->status)
		return;
	if (!lengths[END_OF_BLOCK] || !code_make(&s->literals, lengths, literals) ||
	    !code_make(&s->distances, lengths + literals, distances))
		fail(s, INFLATE_DAMAGED);
	else
		block_coded(s);
}

static void take_block(struct stream *s)
{
	switch (take_bits(s, 2)) {
	case 0:
		block_stored(s);
		break;
	case 1:
		block_fixed(s);
		break;
	case 2:
		block_dynamic(s);
		break;
	default:
		fail(s, INFLATE_DAMAGED);
	}
}

enum inflate_status inflate_stream(const uint8_t *in, size_t in_size, uint8_t *out, size_t out_size,
				   size_t *read, size_t *written)
{
	struct stream s = { .in = in,
			    .in_end = in + in_size,
			    .out = out,
			    .out_start = out,
			    .out_end = out + out_size };
	bool last;

	do {
		last = take_bits(&s, 1);
		if (!s.status)
			take_block(&s);
	} while (!last && !s.status);
	*read = (size_t)(s.in - in) - s.bit_count / 8;
	*written = (size_t)(s.out - out);
	return s.status;
}

enum { GZIP_CRC = 2, GZIP_EXTRA = 4, GZIP_NAME = 8, GZIP_COMMENT = 16, GZIP_RESERVED = 0xe0 };
#define GZIP_HEADER 10u
#define GZIP_TRAILER 8u

bool gzip_is(const uint8_t *in, size_t in_size)
{
	return in_size >= 2 && in[0] == 0x1f && in[1] == 0x8b;
}

static uint32_t word_at(const uint8_t *bytes)
{
	return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

enum inflate_status gzip_length(const uint8_t *in, size_t in_size, uint32_t *length)
{
	if (in_size < GZIP_HEADER + GZIP_TRAILER)
		return INFLATE_TRUNCATED;
	if (!gzip_is(in, in_size))
		return INFLATE_DAMAGED;
	*length = word_at(in + in_size - 4);
	return INFLATE_OK;
}

/* Skips a text that is ended by NUL; 0 when it is not. */
static size_t skip_text(const uint8_t *in, size_t at, size_t end)
{
	while (at < end && in[at])
		at++;
	return at < end ? at + 1 : 0;
}

/* Where the deflate stream begins; 0 when there is none. */
static size_t skip_header(const uint8_t *in, size_t end)
{
	unsigned int flags = in[3];
	size_t at = GZIP_HEADER;

	if (in[2] != 8 || (flags & GZIP_RESERVED))
		return 0;
	if (flags & GZIP_EXTRA)
		at += end - at >= 2 ? 2u + (in[at] | in[at + 1] << 8) : end;
	if (at < end && (flags & GZIP_NAME))
		at = skip_text(in, at, end);
	if (at && at < end && (flags & GZIP_COMMENT))
		at = skip_text(in, at, end);
	if (at && (flags & GZIP_CRC))
		at += 2;
	return at < end ? at : 0;
}

enum inflate_status gzip_unpack(const uint8_t *in, size_t in_size, uint8_t *out, size_t out_size,
				size_t *written)
{
	enum inflate_status status;
	uint32_t length;
	size_t at, read;

	*written = 0;
	status = gzip_length(in, in_size, &length);
	if (status)
		return status;
	at = skip_header(in, in_size - GZIP_TRAILER);
	if (!at)
		return INFLATE_DAMAGED;
	status = inflate_stream(in + at, in_size - GZIP_TRAILER - at, out, out_size, &read,
				written);
	if (status)
		return status;
	if (at + read != in_size - GZIP_TRAILER || *written != length)
		return INFLATE_DAMAGED;
	if (~crc32_update(UINT32_MAX, out, *written) != word_at(in + in_size - GZIP_TRAILER))
		return INFLATE_DAMAGED;
	return INFLATE_OK;
}

const char *inflate_status_text(enum inflate_status status)
{
	static const char *const texts[] = { "unpacked", "the compressed file is truncated",
					     "the compressed file is damaged",
					     "the compressed file is larger than it says" };

	return (unsigned int)status < sizeof(texts) / sizeof(texts[0]) ? texts[status] : "?";
}
