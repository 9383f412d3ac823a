/*
 * Sets of bits in arrays of unsigned long: whole-set operations. Not indivisible; any context.
 * nbits: size of the sets.
 */
#ifndef _LINUX_BITMAP_H
#define _LINUX_BITMAP_H

#include <linux/bitops.h>
#include <linux/string.h>
#include <linux/gfp.h>

#define BITMAP_FIRST_WORD_MASK(start) (~0UL << ((start) & (BITS_PER_LONG - 1)))
#define BITMAP_LAST_WORD_MASK(nbits) (~0UL >> (-(nbits) & (BITS_PER_LONG - 1)))

static inline void bitmap_zero(unsigned long *dst, unsigned int nbits)
{
	memset(dst, 0, BITS_TO_LONGS(nbits) * sizeof(unsigned long));
}
static inline void bitmap_fill(unsigned long *dst, unsigned int nbits)
{
	memset(dst, 0xff, BITS_TO_LONGS(nbits) * sizeof(unsigned long));
}
static inline void bitmap_copy(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	memcpy(dst, src, BITS_TO_LONGS(nbits) * sizeof(unsigned long));
}
/* dst = a op b; and, andnot: is the result not empty. */
int bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b,
	       unsigned int nbits);
void bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b,
	       unsigned int nbits);
void bitmap_xor(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		unsigned int nbits);
int bitmap_andnot(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		  unsigned int nbits);
void bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits);
int bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int nbits);
int bitmap_intersects(const unsigned long *a, const unsigned long *b, unsigned int nbits);
int bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int nbits);
int bitmap_weight(const unsigned long *src, unsigned int nbits);
int bitmap_empty(const unsigned long *src, unsigned int nbits);
int bitmap_full(const unsigned long *src, unsigned int nbits);
/* Set, clear len bits from start. */
void bitmap_set(unsigned long *map, unsigned int start, unsigned int len);
void bitmap_clear(unsigned long *map, unsigned int start, unsigned int len);
/*
 * Start of the first run of nr clear bits at or after start, aligned to align_mask + 1; size or
 * more: there is none.
 */
unsigned long bitmap_find_next_zero_area(unsigned long *map, unsigned long size,
					 unsigned long start, unsigned int nr,
					 unsigned long align_mask);
/* "0-3,7": as text, from text (0, -EINVAL, -ERANGE). */
int bitmap_print_to_pagebuf(bool list, char *buf, const unsigned long *maskp, int nmaskbits);
int bitmap_parselist(const char *buf, unsigned long *maskp, int nmaskbits);
/* On the heap. */
unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags);
unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags);
void bitmap_free(const unsigned long *bitmap);

#endif
