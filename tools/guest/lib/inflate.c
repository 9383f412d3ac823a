/*
 * inflate: unpacking.
 *
 * Codes are read bit by bit in canonical order: `count[n]` codes have n bits, and the symbols are
 * sorted by code. That needs no tables to be built, which for the small files of this system costs
 * more than it saves.
 */
#include <stdlib.h>
#include <string.h>
#include "deflate.h"
#include "strbuf.h"

#define WINDOW 32768
#define BITS_MAX 15

struct code {
	unsigned short count[BITS_MAX + 1];
	unsigned short symbols[288];
};

struct inflate {
	const struct deflate_io *io;
	unsigned int bits, bit_count;
	const char *error;
	unsigned char window[WINDOW];
	size_t at;    /* where the next byte goes in window */
	size_t total; /* bytes so far, at most WINDOW */
};

static unsigned int bits_get(struct inflate *s, unsigned int count)
{
	unsigned int value;

	while (s->bit_count < count) {
		int c = s->io->get(s->io->data);

		if (c < 0) {
			s->error = "unexpected end";
			c = 0;
		}
		s->bits |= (unsigned int)c << s->bit_count;
		s->bit_count += 8;
	}
	value = s->bits & ((1u << count) - 1);
	s->bits >>= count;
	s->bit_count -= count;
	return value;
}

static void window_write(struct inflate *s, size_t size)
{
	if (size && s->io->put(s->io->data, s->window, size) < 0)
		s->error = "write error";
}

static void byte_put(struct inflate *s, unsigned int byte)
{
	s->window[s->at++] = (unsigned char)byte;
	s->total += s->total < WINDOW;
	if (s->at == WINDOW) {
		window_write(s, WINDOW);
		s->at = 0;
	}
}

/*
 * Make a code of bit lengths. Codes that are over-full are refused, incomplete ones only if they
 * have more than one symbol.
 */
static void code_make(struct inflate *s, struct code *code, const unsigned char *lengths, int n)
{
	unsigned short offsets[BITS_MAX + 1];
	int left = 1, used = 0;

	memset(code->count, 0, sizeof(code->count));
	for (int i = 0; i < n; i++) {
		code->count[lengths[i]]++;
		used += lengths[i] != 0;
	}
	for (int bits = 1; bits <= BITS_MAX; bits++) {
		left = left * 2 - code->count[bits];
		if (left < 0) {
			s->error = "bad code lengths";
			return;
		}
	}
	if (left > 0 && used > 1)
		s->error = "incomplete code";
	offsets[1] = 0;
	for (int bits = 1; bits < BITS_MAX; bits++)
		offsets[bits + 1] = (unsigned short)(offsets[bits] + code->count[bits]);
	for (int i = 0; i < n; i++)
		if (lengths[i])
			code->symbols[offsets[lengths[i]]++] = (unsigned short)i;
}

static int symbol_get(struct inflate *s, const struct code *code)
{
	int value = 0, first = 0, index = 0;

	for (int bits = 1; bits <= BITS_MAX; bits++) {
		int count = code->count[bits];

		value |= (int)bits_get(s, 1);
		if (value - count < first)
			return code->symbols[index + value - first];
		index += count;
		first = (first + count) << 1;
		value <<= 1;
	}
	s->error = "bad code";
	return 256;
}

static void copy_back(struct inflate *s, unsigned int length, unsigned int distance)
{
	if (distance > s->total) {
		s->error = "distance too far back";
		return;
	}
	while (length--)
		byte_put(s, s->window[(s->at + WINDOW - distance) % WINDOW]);
}

static void block_coded(struct inflate *s, const struct code *literals,
			const struct code *distances)
{
	static const unsigned short length_base[] = {
		3,  4,	5,  6,	7,  8,	9,  10, 11,  13,  15,  17,  19,	 23,  27,
		31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
	};
	static const unsigned char length_bits[] = {
		0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
		2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
	};
	static const unsigned short distance_base[] = {
		1,    2,    3,	  4,	5,    7,    9,	  13,	 17,	25,
		33,   49,   65,	  97,	129,  193,  257,  385,	 513,	769,
		1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
	};

	while (!s->error) {
		int symbol = symbol_get(s, literals), far;
		unsigned int length;

		if (symbol < 256) {
			byte_put(s, (unsigned int)symbol);
			continue;
		}
		if (symbol == 256)
			return;
		symbol -= 257;
		if (symbol >= 29) {
			s->error = "bad length";
			return;
		}
		length = length_base[symbol] + bits_get(s, length_bits[symbol]);
		far = symbol_get(s, distances);
		if (s->error || far >= 30) {
			s->error = s->error ? s->error : "bad distance";
			return;
		}
		copy_back(s, length,
			  distance_base[far] +
				  bits_get(s, far < 2 ? 0 : (unsigned int)(far - 2) / 2));
	}
}

static void block_fixed(struct inflate *s)
{
	struct code literals, distances;
	unsigned char lengths[288];

	memset(lengths, 8, 144);
	memset(lengths + 144, 9, 112);
	memset(lengths + 256, 7, 24);
	memset(lengths + 280, 8, 8);
	code_make(s, &literals, lengths, 288);
	memset(lengths, 5, 30);
	code_make(s, &distances, lengths, 30);
	s->error = NULL; /* 30 of 32 distance codes: incomplete on purpose */
	block_coded(s, &literals, &distances);
}

static void block_dynamic(struct inflate *s)
{
	static const unsigned char order[19] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
						 11, 4,	 12, 3, 13, 2, 14, 1, 15 };
	int literal_count = (int)bits_get(s, 5) + 257, distance_count = (int)bits_get(s, 5) + 1,
	    count = (int)bits_get(s, 4) + 4;
	unsigned char lengths[320] = { 0 };
	struct code literals, distances;
	int n = 0;

	if (literal_count > 286 || distance_count > 30) {
		s->error = "too many codes";
		return;
	}
	for (int i = 0; i < count; i++)
		lengths[order[i]] = (unsigned char)bits_get(s, 3);
	code_make(s, &literals, lengths, 19);
	memset(lengths, 0, sizeof(lengths));
	while (!s->error && n < literal_count + distance_count) {
		int symbol = symbol_get(s, &literals), repeat = 1;
		unsigned char value = (unsigned char)symbol;

		if (symbol > 18)
			break;
		if (symbol == 16) {
			if (!n) {
				s->error = "nothing to repeat";
				return;
			}
			value = lengths[n - 1];
			repeat = 3 + (int)bits_get(s, 2);
		} else if (symbol > 16) {
			value = 0;
			repeat = symbol == 17 ? 3 + (int)bits_get(s, 3) : 11 + (int)bits_get(s, 7);
		}
		if (n + repeat > literal_count + distance_count) {
			s->error = "too many lengths";
			return;
		}
		memset(lengths + n, value, (size_t)repeat);
		n += repeat;
	}
	if (!s->error && !lengths[256])
		s->error = "no end code";
	if (s->error)
		return;
	code_make(s, &literals, lengths, literal_count);
	code_make(s, &distances, lengths + literal_count, distance_count);
	if (!s->error)
		block_coded(s, &literals, &distances);
}

static void block_stored(struct inflate *s)
{
	unsigned int size, complement;

	s->bits = s->bit_count = 0;
	size = bits_get(s, 16);
	complement = bits_get(s, 16);
	if (size != (~complement & 0xffff) && !s->error)
		s->error = "bad stored block";
	while (size-- && !s->error)
		byte_put(s, bits_get(s, 8));
}

const char *inflate(const struct deflate_io *io)
{
	struct inflate *s = memory_get(sizeof(*s));
	const char *error;
	unsigned int last;

	memset(s, 0, sizeof(*s));
	s->io = io;
	do {
		unsigned int kind;

		last = bits_get(s, 1);
		kind = bits_get(s, 2);
		if (kind == 0)
			block_stored(s);
		else if (kind == 1)
			block_fixed(s);
		else if (kind == 2)
			block_dynamic(s);
		else
			s->error = "bad block";
	} while (!last && !s->error);
	if (!s->error)
		window_write(s, s->at);
	error = s->error;
	free(s);
	return error;
}
