/*
 * The decompressor reads bits from the low end of a 32-bit reservoir, writes into a window of 32 KiB and hands the window
 * to the sink each time it is full. The first error is kept in status and makes everything else stop; reading past the
 * end of the input gives zeroes and INFLATE_TRUNCATED, so no loop can run on.
 */
#include "lib/inflate.h"
#include "lib/crc.h"

#define CRC32_START 0xffffffffu

#define GZIP_HEADER 10
#define GZIP_FHCRC 2
#define GZIP_FEXTRA 4
#define GZIP_FNAME 8
#define GZIP_FCOMMENT 16
#define END_OF_BLOCK 256

static void fail(struct inflate *s, enum inflate_status status)
{
	if (s->status == INFLATE_OK)
		s->status = status;
}

/* Input. */

static void refill(struct inflate *s)
{
	while (s->bit_count <= 24 && s->in_at < s->in_size) {
		s->bits |= (uint32_t)s->in[s->in_at++] << s->bit_count;
		s->bit_count += 8;
	}
}

static uint32_t take_bits(struct inflate *s, uint32_t n)
{
	uint32_t value;

	if (s->bit_count < n)
		refill(s);
	if (s->bit_count < n) {
		fail(s, INFLATE_TRUNCATED);
		return 0;
	}
	value = s->bits & ((1u << n) - 1);
	s->bits >>= n;
	s->bit_count -= n;
	return value;
}

/* To the next whole byte; whole bytes in the reservoir go back to the input. */
static void align_to_byte(struct inflate *s)
{
	s->in_at -= s->bit_count / 8;
	s->bits = 0;
	s->bit_count = 0;
}

static uint32_t take_byte(struct inflate *s)
{
	if (s->in_at >= s->in_size) {
		fail(s, INFLATE_TRUNCATED);
		return 0;
	}
	return s->in[s->in_at++];
}

static uint32_t take_le32(struct inflate *s)
{
	uint32_t value = take_byte(s);

	value |= take_byte(s) << 8;
	value |= take_byte(s) << 16;
	return value | take_byte(s) << 24;
}

/* Output. */

static void flush(struct inflate *s)
{
	if (!s->out_at || s->status != INFLATE_OK)
		return;
	s->crc = crc32_update(s->crc, s->window, s->out_at);
	if (!s->sink(s->context, s->window, s->out_at))
		fail(s, INFLATE_STOPPED);
	s->out_at = 0;
}

static inline void put_byte(struct inflate *s, uint8_t byte)
{
	s->window[s->out_at++] = byte;
	s->out_total++;
	if (s->out_at == INFLATE_WINDOW)
		flush(s);
}

static void put_reference(struct inflate *s, uint32_t length, uint32_t distance)
{
	uint32_t from;

	if (distance > s->out_total && s->out_total < INFLATE_WINDOW) {
		fail(s, INFLATE_BAD_DISTANCE);
		return;
	}
	from = (s->out_at - distance) & (INFLATE_WINDOW - 1);
	while (length-- && s->status == INFLATE_OK) {
		put_byte(s, s->window[from]);
		from = (from + 1) & (INFLATE_WINDOW - 1);
	}
}

/* Codes. */

static uint32_t reversed(uint32_t code, uint32_t length)
{
	uint32_t result = 0;

	while (length--) {
		result = result << 1 | (code & 1);
		code >>= 1;
	}
	return result;
}

/* From code lengths to tables. Over-full codes are refused; an incomplete one only if it has more than one symbol. */
static bool build_code(struct inflate_code *c, const uint8_t *lengths, uint32_t n)
{
	uint16_t offset[16], next[16];
	uint32_t i, code = 0;
	int32_t left = 1;

	for (i = 0; i < 16; i++)
		c->count[i] = 0;
	for (i = 0; i < n; i++)
		c->count[lengths[i]]++;
	for (i = 1; i < 16; i++) {
		left = left * 2 - c->count[i];
		if (left < 0)
			return false;
	}
	if (left > 0 && n - c->count[0] > 1)
		return false;
	offset[0] = offset[1] = 0;
	c->count[0] = 0;
	for (i = 1; i < 16; i++) {
		if (i > 1)
			offset[i] = offset[i - 1] + c->count[i - 1];
		code = (code + c->count[i - 1]) << 1;
		next[i] = (uint16_t)code;
	}
	for (i = 0; i < 1u << INFLATE_TABLE_BITS; i++)
		c->table[i] = 0;
	for (i = 0; i < n; i++) {
		uint32_t length = lengths[i], at;

		if (!length)
			continue;
		c->symbol[offset[length]++] = (uint16_t)i;
		at = reversed(next[length]++, length);
		if (length > INFLATE_TABLE_BITS)
			continue;
		for (; at < 1u << INFLATE_TABLE_BITS; at += 1u << length)
			c->table[at] = (uint16_t)(i << 4 | length);
	}
	return true;
}

/* Codes longer than the table, or none: bit by bit, comparing with the first code of each length. */
static uint32_t decode_slowly(struct inflate *s, const struct inflate_code *c)
{
	uint32_t code = 0, first = 0, index = 0, length;

	for (length = 1; length < 16; length++) {
		code |= take_bits(s, 1);
		if (s->status != INFLATE_OK)
			return 0;
		if (code - first < c->count[length])
			return c->symbol[index + (code - first)];
		index += c->count[length];
		first = (first + c->count[length]) << 1;
		code <<= 1;
	}
	fail(s, INFLATE_BAD_CODE);
	return 0;
}

static inline uint32_t decode(struct inflate *s, const struct inflate_code *c)
{
	uint32_t entry, length;

	if (s->bit_count < 15)
		refill(s);
	entry = c->table[s->bits & ((1u << INFLATE_TABLE_BITS) - 1)];
	length = entry & 15;
	if (!length || length > s->bit_count)
		return decode_slowly(s, c);
	s->bits >>= length;
	s->bit_count -= length;
	return entry >> 4;
}

/* Blocks. */

static void stored_block(struct inflate *s)
{
	uint32_t length, check;

	align_to_byte(s);
	length = take_byte(s);
	length |= take_byte(s) << 8;
	check = take_byte(s);
	check |= take_byte(s) << 8;
	if (s->status == INFLATE_OK && length != (check ^ 0xffff))
		fail(s, INFLATE_BAD_BLOCK);
	while (length-- && s->status == INFLATE_OK)
		put_byte(s, (uint8_t)take_byte(s));
}

static void fixed_codes(struct inflate *s)
{
	uint32_t i;

	for (i = 0; i < 288; i++)
		s->lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
	build_code(&s->literals, s->lengths, 288);
	for (i = 0; i < 30; i++)
		s->lengths[i] = 5;
	/* 30 of 32 codes: incomplete on purpose; the two missing ones are found by decode_slowly(). */
	for (i = 30; i < 32; i++)
		s->lengths[i] = 5;
	build_code(&s->distances, s->lengths, 32);
}

static void dynamic_codes(struct inflate *s)
{
	static const uint8_t order[19] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
					   11, 4,  12, 3, 13, 2, 14, 1, 15 };
	uint32_t literals = take_bits(s, 5) + 257, distances = take_bits(s, 5) + 1,
		 codes = take_bits(s, 4) + 4;
	uint32_t i, repeat, previous;

	if (literals > 286 || distances > 30) {
		fail(s, INFLATE_BAD_CODE);
		return;
	}
	for (i = 0; i < 19; i++)
		s->lengths[order[i]] = i < codes ? (uint8_t)take_bits(s, 3) : 0;
	if (!build_code(&s->literals, s->lengths, 19)) {
		fail(s, INFLATE_BAD_CODE);
		return;
	}
	for (i = 0; i < literals + distances && s->status == INFLATE_OK;) {
		uint32_t symbol = decode(s, &s->literals);

		if (symbol < 16) {
			s->lengths[i++] = (uint8_t)symbol;
			continue;
		}
		if (symbol == 16 && !i) {
			fail(s, INFLATE_BAD_CODE);
			return;
		}
		previous = symbol == 16 ? s->lengths[i - 1] : 0;
		repeat = symbol == 16	? 3 + take_bits(s, 2)
			 : symbol == 17 ? 3 + take_bits(s, 3)
					: 11 + take_bits(s, 7);
		if (i + repeat > literals + distances) {
			fail(s, INFLATE_BAD_CODE);
			return;
		}
		while (repeat--)
			s->lengths[i++] = (uint8_t)previous;
	}
	if (s->status != INFLATE_OK)
		return;
	if (!s->lengths[END_OF_BLOCK] ||
	    !build_code(&s->distances, s->lengths + literals, distances) ||
	    !build_code(&s->literals, s->lengths, literals))
		fail(s, INFLATE_BAD_CODE);
}

static void coded_block(struct inflate *s)
{
	static const uint16_t length_base[29] = { 3,  4,  5,  6,   7,	8,   9,	  10,  11, 13,
						  15, 17, 19, 23,  27,	31,  35,  43,  51, 59,
						  67, 83, 99, 115, 131, 163, 195, 227, 258 };
	static const uint8_t length_extra[29] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
						  2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
	static const uint16_t distance_base[30] = { 1,	  2,	3,    4,     5,	    7,
						    9,	  13,	17,   25,    33,    49,
						    65,	  97,	129,  193,   257,   385,
						    513,  769,	1025, 1537,  2049,  3073,
						    4097, 6145, 8193, 12289, 16385, 24577 };
	uint32_t symbol, length, distance;

	while (s->status == INFLATE_OK) {
		symbol = decode(s, &s->literals);
		if (symbol < END_OF_BLOCK) {
			put_byte(s, (uint8_t)symbol);
			continue;
		}
		if (symbol == END_OF_BLOCK)
			return;
		symbol -= 257;
		if (symbol >= 29) {
			fail(s, INFLATE_BAD_CODE);
			return;
		}
		length = length_base[symbol] + take_bits(s, length_extra[symbol]);
		symbol = decode(s, &s->distances);
		if (symbol >= 30) {
			fail(s, INFLATE_BAD_CODE);
			return;
		}
		distance = distance_base[symbol] + take_bits(s, symbol < 4 ? 0 : symbol / 2 - 1);
		put_reference(s, length, distance);
	}
}

static void deflate_stream(struct inflate *s)
{
	uint32_t last = 0;

	while (!last && s->status == INFLATE_OK) {
		last = take_bits(s, 1);
		switch (take_bits(s, 2)) {
		case 0:
			stored_block(s);
			break;
		case 1:
			fixed_codes(s);
			coded_block(s);
			break;
		case 2:
			dynamic_codes(s);
			coded_block(s);
			break;
		default:
			fail(s, INFLATE_BAD_BLOCK);
		}
	}
	flush(s);
	align_to_byte(s);
}

/* The gzip wrapping. */

bool inflate_is_gzip(const uint8_t *in, uint32_t size)
{
	return size >= 2 && in[0] == 0x1f && in[1] == 0x8b;
}

static void gzip_header(struct inflate *s)
{
	uint32_t flags, n;

	if (s->in_size < GZIP_HEADER) {
		fail(s, INFLATE_TRUNCATED);
		return;
	}
	flags = s->in[3];
	if (!inflate_is_gzip(s->in, s->in_size) || s->in[2] != 8 || (flags & 0xe0)) {
		fail(s, INFLATE_BAD_HEADER);
		return;
	}
	s->in_at = GZIP_HEADER;
	if (flags & GZIP_FEXTRA) {
		n = take_byte(s);
		n |= take_byte(s) << 8;
		while (n-- && s->status == INFLATE_OK)
			take_byte(s);
	}
	if (flags & GZIP_FNAME)
		while (s->status == INFLATE_OK && take_byte(s))
			;
	if (flags & GZIP_FCOMMENT)
		while (s->status == INFLATE_OK && take_byte(s))
			;
	if (flags & GZIP_FHCRC) {
		take_byte(s);
		take_byte(s);
	}
}

enum inflate_status inflate_gzip(struct inflate *s, const uint8_t *in, uint32_t in_size,
				 inflate_sink sink, void *context, uint32_t *consumed)
{
	s->in = in;
	s->in_size = in_size;
	s->in_at = 0;
	s->bits = s->bit_count = 0;
	s->out_at = s->out_total = 0;
	s->crc = CRC32_START;
	s->sink = sink;
	s->context = context;
	s->status = INFLATE_OK;
	gzip_header(s);
	if (s->status == INFLATE_OK)
		deflate_stream(s);
	if (s->status == INFLATE_OK) {
		uint32_t crc = take_le32(s), total = take_le32(s);

		if (s->status == INFLATE_OK && (crc != ~s->crc || total != s->out_total))
			fail(s, INFLATE_BAD_CRC);
	}
	*consumed = s->in_at;
	return s->status;
}

const char *inflate_error(enum inflate_status status)
{
	static const char *const texts[] = {
		[INFLATE_OK] = "no error",
		[INFLATE_TRUNCATED] = "ends too early",
		[INFLATE_BAD_HEADER] = "not a gzip header",
		[INFLATE_BAD_BLOCK] = "bad block",
		[INFLATE_BAD_CODE] = "bad prefix code",
		[INFLATE_BAD_DISTANCE] = "reference to before the beginning",
		[INFLATE_BAD_CRC] = "checksum differs",
		[INFLATE_STOPPED] = "content refused",
	};

	return status < sizeof(texts) / sizeof(texts[0]) ? texts[status] : "unknown error";
}
