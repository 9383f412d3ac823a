/*
 * deflate: packing.
 *
 * The whole input is held in memory. Repetitions are found by chains of positions with equal hashes
 * of three bytes, followed at most `1 << level` steps, with one step of lazy matching. Each block
 * of items is written with Huffman codes made for it; where a code would be too long, the
 * frequencies are halved until it fits.
 */
#include <stdlib.h>
#include <string.h>
#include "deflate.h"
#include "strbuf.h"

#define WINDOW 32768
#define MATCH_MIN 3
#define MATCH_MAX 258
#define HASH_BITS 15
#define BLOCK_ITEMS 16384
#define LITERALS 286
#define DISTANCES 30

/* A literal (distance 0), or a repetition. */
struct item {
	unsigned short value, distance; /* byte or length; distance - 0 for literals */
};

struct deflate {
	const struct deflate_io *io;
	struct strbuf input;
	int *head, *previous; /* newest position with a hash, and the one before each */
	int steps;
	struct item items[BLOCK_ITEMS];
	int item_count;
	unsigned int bits, bit_count;
	unsigned char out[4096];
	size_t out_size;
	const char *error;
};

static void out_flush(struct deflate *s)
{
	if (s->out_size && s->io->put(s->io->data, s->out, s->out_size) < 0)
		s->error = "write error";
	s->out_size = 0;
}

static void bits_put(struct deflate *s, unsigned int value, int count)
{
	s->bits |= value << s->bit_count;
	s->bit_count += (unsigned int)count;
	while (s->bit_count >= 8) {
		s->out[s->out_size++] = (unsigned char)s->bits;
		if (s->out_size == sizeof(s->out))
			out_flush(s);
		s->bits >>= 8;
		s->bit_count -= 8;
	}
}

/* ---- codes ---- */

struct code {
	unsigned char lengths[LITERALS];
	unsigned short codes[LITERALS]; /* with the bits reversed, as they are written */
};

struct leaf {
	unsigned long frequency;
	int symbol;
};

static int compare_leaves(const void *a, const void *b)
{
	const struct leaf *x = a, *y = b;

	if (x->frequency != y->frequency)
		return x->frequency < y->frequency ? -1 : 1;
	return x->symbol - y->symbol;
}

/* Huffman's algorithm with two queues. Returns the longest length. */
static int lengths_find(const struct leaf *leaves, int count, unsigned char *lengths)
{
	unsigned long weights[LITERALS * 2];
	int parents[LITERALS * 2], nodes = count, leaf = 0, inner = count, longest = 0;

	for (int i = 0; i < count; i++)
		weights[i] = leaves[i].frequency;
	while (nodes < count * 2 - 1) {
		weights[nodes] = 0;
		for (int k = 0; k < 2; k++) {
			int take = inner >= nodes ||
						   (leaf < count && weights[leaf] <= weights[inner])
					   ? leaf++
					   : inner++;

			weights[nodes] += weights[take];
			parents[take] = nodes;
		}
		nodes++;
	}
	for (int i = 0; i < count; i++) {
		int length = 0;

		for (int node = i; node != nodes - 1; node = parents[node])
			length++;
		lengths[leaves[i].symbol] = (unsigned char)length;
		longest = length > longest ? length : longest;
	}
	return longest;
}

/* Lengths of at most `limit` bits, and the canonical codes. At least two symbols get a code. */
static void code_make(struct code *code, const unsigned long *frequencies, int n, int limit)
{
	struct leaf leaves[LITERALS];
	unsigned int next[16] = { 0 }, value = 0;
	int counts[17] = { 0 }, count = 0;

	memset(code, 0, sizeof(*code));
	for (int i = 0; i < n; i++)
		if (frequencies[i])
			leaves[count++] = (struct leaf){ frequencies[i], i };
	for (int i = 0; count < 2; i++)
		if (!frequencies[i])
			leaves[count++] = (struct leaf){ 1, i };
	qsort(leaves, (size_t)count, sizeof(*leaves), compare_leaves);
	while (lengths_find(leaves, count, code->lengths) > limit)
		for (int i = 0; i < count; i++)
			leaves[i].frequency = (leaves[i].frequency + 1) / 2;
	for (int i = 0; i < n; i++)
		counts[code->lengths[i]]++;
	counts[0] = 0;
	for (int bits = 1; bits < 16; bits++) {
		value = (value + (unsigned int)counts[bits - 1]) << 1;
		next[bits] = value;
	}
	for (int i = 0; i < n; i++) {
		unsigned int c = code->lengths[i] ? next[code->lengths[i]]++ : 0, reversed = 0;

		for (int bit = 0; bit < code->lengths[i]; bit++)
			reversed = reversed << 1 | (c >> bit & 1);
		code->codes[i] = (unsigned short)reversed;
	}
}

static void symbol_put(struct deflate *s, const struct code *code, int symbol)
{
	bits_put(s, code->codes[symbol], code->lengths[symbol]);
}

/* Length or distance to its code, the extra bits and their number. */
static int length_code(int length, int *extra, int *bits)
{
	static const unsigned short base[] = {
		3,  4,	5,  6,	7,  8,	9,  10, 11,  13,  15,  17,  19,	 23,  27,
		31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
	};
	int i = 28;

	while (base[i] > length)
		i--;
	*extra = length - base[i];
	*bits = i < 8 || i == 28 ? 0 : i / 4 - 1;
	return 257 + i;
}

static int distance_code(int distance, int *extra, int *bits)
{
	int i = 0, low = 1;

	for (;; i++) {
		*bits = i < 2 ? 0 : (i - 2) / 2;
		if (distance < low + (1 << *bits))
			break;
		low += 1 << *bits;
	}
	*extra = distance - low;
	return i;
}

/* The lengths of both codes as symbols 0..18 with their extra bits. */
static int lengths_pack(const unsigned char *lengths, int n, struct item *packed)
{
	int count = 0;

	for (int i = 0; i < n;) {
		int run = 1;

		while (i + run < n && lengths[i + run] == lengths[i])
			run++;
		if (!lengths[i] && run >= 3) {
			run = run > 138 ? 138 : run;
			packed[count++] = (struct item){
				run < 11 ? 17 : 18, (unsigned short)(run - (run < 11 ? 3 : 11))
			};
			i += run;
		} else {
			packed[count++] = (struct item){ lengths[i], 0 };
			for (i++, run--; run >= 3;) {
				int part = run > 6 ? 6 : run;

				packed[count++] = (struct item){ 16, (unsigned short)(part - 3) };
				i += part;
				run -= part;
			}
		}
	}
	return count;
}

static void header_put(struct deflate *s, const struct code *literals, const struct code *distances)
{
	static const unsigned char order[19] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
						 11, 4,	 12, 3, 13, 2, 14, 1, 15 };
	unsigned char lengths[LITERALS + DISTANCES];
	struct item packed[LITERALS + DISTANCES];
	unsigned long frequencies[19] = { 0 };
	int literal_count = LITERALS, distance_count = DISTANCES, count, order_count = 19;
	struct code code;

	while (literal_count > 257 && !literals->lengths[literal_count - 1])
		literal_count--;
	while (distance_count > 1 && !distances->lengths[distance_count - 1])
		distance_count--;
	memcpy(lengths, literals->lengths, (size_t)literal_count);
	memcpy(lengths + literal_count, distances->lengths, (size_t)distance_count);
	count = lengths_pack(lengths, literal_count + distance_count, packed);
	for (int i = 0; i < count; i++)
		frequencies[packed[i].value]++;
	code_make(&code, frequencies, 19, 7);
	while (order_count > 4 && !code.lengths[order[order_count - 1]])
		order_count--;
	bits_put(s, (unsigned int)literal_count - 257, 5);
	bits_put(s, (unsigned int)distance_count - 1, 5);
	bits_put(s, (unsigned int)order_count - 4, 4);
	for (int i = 0; i < order_count; i++)
		bits_put(s, code.lengths[order[i]], 3);
	for (int i = 0; i < count; i++) {
		symbol_put(s, &code, packed[i].value);
		if (packed[i].value >= 16)
			bits_put(s, packed[i].distance,
				 packed[i].value == 16	 ? 2
				 : packed[i].value == 17 ? 3
							 : 7);
	}
}

static void block_put(struct deflate *s, int last)
{
	unsigned long literal_frequencies[LITERALS] = { 0 },
		      distance_frequencies[DISTANCES] = { 0 };
	struct code literals, distances;
	int extra, bits;

	literal_frequencies[256] = 1;
	for (int i = 0; i < s->item_count; i++) {
		const struct item *item = &s->items[i];

		if (item->distance)
			distance_frequencies[distance_code(item->distance, &extra, &bits)]++;
		literal_frequencies[item->distance ? length_code(item->value, &extra, &bits)
						   : item->value]++;
	}
	code_make(&literals, literal_frequencies, LITERALS, 15);
	code_make(&distances, distance_frequencies, DISTANCES, 15);
	bits_put(s, (unsigned int)last, 1);
	bits_put(s, 2, 2);
	header_put(s, &literals, &distances);
	for (int i = 0; i < s->item_count; i++) {
		const struct item *item = &s->items[i];

		if (!item->distance) {
			symbol_put(s, &literals, item->value);
			continue;
		}
		symbol_put(s, &literals, length_code(item->value, &extra, &bits));
		bits_put(s, (unsigned int)extra, bits);
		symbol_put(s, &distances, distance_code(item->distance, &extra, &bits));
		bits_put(s, (unsigned int)extra, bits);
	}
	symbol_put(s, &literals, 256);
	s->item_count = 0;
}

/* ---- repetitions ---- */

static unsigned int hash_at(const unsigned char *p)
{
	return ((unsigned int)p[0] << 10 ^ (unsigned int)p[1] << 5 ^ p[2]) &
	       ((1u << HASH_BITS) - 1);
}

static void position_enter(struct deflate *s, int at)
{
	unsigned int hash;

	if ((size_t)at + MATCH_MIN > s->input.length)
		return;
	hash = hash_at((const unsigned char *)s->input.data + at);
	s->previous[at % WINDOW] = s->head[hash];
	s->head[hash] = at;
}

/* The longest repetition at `at`; 0 if there is none. */
static int match_find(const struct deflate *s, int at, int *distance)
{
	const unsigned char *data = (const unsigned char *)s->input.data;
	int left = (int)s->input.length - at, best = 0, steps = s->steps,
	    limit = left < MATCH_MAX ? left : MATCH_MAX;
	int candidate;

	if (left < MATCH_MIN)
		return 0;
	candidate = s->head[hash_at(data + at)];
	for (; candidate >= 0 && at - candidate < WINDOW && steps--;
	     candidate = s->previous[candidate % WINDOW]) {
		int length = 0;

		if (best && data[candidate + best] != data[at + best])
			continue;
		while (length < limit && data[candidate + length] == data[at + length])
			length++;
		if (length > best) {
			best = length;
			*distance = at - candidate;
			if (length == limit)
				break;
		}
	}
	return best >= MATCH_MIN ? best : 0;
}

static void item_add(struct deflate *s, int value, int distance)
{
	if (s->item_count == BLOCK_ITEMS)
		block_put(s, 0);
	s->items[s->item_count++] = (struct item){ (unsigned short)value,
						   (unsigned short)distance };
}

static void pack(struct deflate *s)
{
	const unsigned char *data = (const unsigned char *)s->input.data;
	int size = (int)s->input.length, at = 0;

	while (at < size && !s->error) {
		int distance = 0, next_distance = 0, length = match_find(s, at, &distance);

		position_enter(s, at);
		/* If the next position has a longer one, this byte is a literal. */
		if (length && length < MATCH_MAX && match_find(s, at + 1, &next_distance) > length)
			length = 0;
		if (!length) {
			item_add(s, data[at++], 0);
			continue;
		}
		item_add(s, length, distance);
		for (int end = at + length; ++at < end;)
			position_enter(s, at);
	}
}

const char *deflate(const struct deflate_io *io, int level)
{
	struct deflate *s = calloc(1, sizeof(*s));
	const char *error;
	int c;

	if (!s)
		return "out of memory";
	s->io = io;
	s->steps = 1 << level;
	s->head = memory_get(sizeof(*s->head) << HASH_BITS);
	s->previous = memory_get(sizeof(*s->previous) * WINDOW);
	memset(s->head, 0xff, sizeof(*s->head) << HASH_BITS);
	while ((c = io->get(io->data)) >= 0)
		strbuf_putc(&s->input, c);
	strbuf_text(&s->input);
	pack(s);
	block_put(s, 1);
	bits_put(s, 0, (8 - (int)s->bit_count) & 7);
	out_flush(s);
	error = s->error;
	strbuf_free(&s->input);
	free(s->head);
	free(s->previous);
	free(s);
	return error;
}
