/*
 * Bit maps as whole sets, and searches for bits. Plain words, 32 bits at a time; nothing is locked.
 */
#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>

/*
 * The first bit at or after offset whose value differs from the same bit of invert (all 0: a set
 * bit, all 1: a clear one).
 */
static unsigned long find_next(const unsigned long *addr, unsigned long size, unsigned long offset,
			       unsigned long invert)
{
	unsigned long word;

	if (offset >= size)
		return size;
	word = (addr[offset / BITS_PER_LONG] ^ invert) & BITMAP_FIRST_WORD_MASK(offset);
	offset &= ~(unsigned long)(BITS_PER_LONG - 1);
	while (!word) {
		offset += BITS_PER_LONG;
		if (offset >= size)
			return size;
		word = addr[offset / BITS_PER_LONG] ^ invert;
	}
	return min(offset + __ffs(word), size);
}

unsigned long find_next_bit(const unsigned long *addr, unsigned long size, unsigned long offset)
{
	return find_next(addr, size, offset, 0);
}
EXPORT_SYMBOL(find_next_bit);

unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size,
				 unsigned long offset)
{
	return find_next(addr, size, offset, ~0UL);
}
EXPORT_SYMBOL(find_next_zero_bit);

unsigned long find_last_bit(const unsigned long *addr, unsigned long size)
{
	unsigned long words = BITS_TO_LONGS(size);

	while (words--) {
		unsigned long word = addr[words];

		if (words == BITS_TO_LONGS(size) - 1)
			word &= BITMAP_LAST_WORD_MASK(size);
		if (word)
			return words * BITS_PER_LONG + __fls(word);
	}
	return size;
}
EXPORT_SYMBOL(find_last_bit);

/* The bits of word number i that belong to a set of nbits. */
static unsigned long valid(unsigned int i, unsigned int nbits)
{
	return i == BITS_TO_LONGS(nbits) - 1 ? BITMAP_LAST_WORD_MASK(nbits) : ~0UL;
}

#define for_each_word(i, nbits) for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)

int bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b,
	       unsigned int nbits)
{
	unsigned long any = 0;

	for_each_word(i, nbits) any |= (dst[i] = a[i] & b[i] & valid(i, nbits));
	return any != 0;
}
EXPORT_SYMBOL(bitmap_and);

int bitmap_andnot(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		  unsigned int nbits)
{
	unsigned long any = 0;

	for_each_word(i, nbits) any |= (dst[i] = a[i] & ~b[i] & valid(i, nbits));
	return any != 0;
}
EXPORT_SYMBOL(bitmap_andnot);

void bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b,
	       unsigned int nbits)
{
	for_each_word(i, nbits) dst[i] = a[i] | b[i];
}
EXPORT_SYMBOL(bitmap_or);

void bitmap_xor(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		unsigned int nbits)
{
	for_each_word(i, nbits) dst[i] = a[i] ^ b[i];
}
EXPORT_SYMBOL(bitmap_xor);

void bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	for_each_word(i, nbits) dst[i] = ~src[i];
}
EXPORT_SYMBOL(bitmap_complement);

int bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	for_each_word(i, nbits) if ((a[i] ^ b[i]) & valid(i, nbits)) return 0;
	return 1;
}
EXPORT_SYMBOL(bitmap_equal);

int bitmap_intersects(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	for_each_word(i, nbits) if (a[i] & b[i] & valid(i, nbits)) return 1;
	return 0;
}
EXPORT_SYMBOL(bitmap_intersects);

int bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	for_each_word(i, nbits) if (a[i] & ~b[i] & valid(i, nbits)) return 0;
	return 1;
}
EXPORT_SYMBOL(bitmap_subset);

int bitmap_weight(const unsigned long *src, unsigned int nbits)
{
	int weight = 0;

	for_each_word(i, nbits) weight += hweight32(src[i] & valid(i, nbits));
	return weight;
}
EXPORT_SYMBOL(bitmap_weight);

int bitmap_empty(const unsigned long *src, unsigned int nbits)
{
	return find_next_bit(src, nbits, 0) >= nbits;
}
EXPORT_SYMBOL(bitmap_empty);

int bitmap_full(const unsigned long *src, unsigned int nbits)
{
	return find_next_zero_bit(src, nbits, 0) >= nbits;
}
EXPORT_SYMBOL(bitmap_full);

static void change_range(unsigned long *map, unsigned int start, unsigned int len, bool set)
{
	while (len) {
		unsigned int bit = start % BITS_PER_LONG, n = min(len, BITS_PER_LONG - bit);
		unsigned long mask = (n == BITS_PER_LONG ? ~0UL : (1UL << n) - 1) << bit;

		if (set)
			map[start / BITS_PER_LONG] |= mask;
		else
			map[start / BITS_PER_LONG] &= ~mask;
		start += n;
		len -= n;
	}
}

void bitmap_set(unsigned long *map, unsigned int start, unsigned int len)
{
	change_range(map, start, len, true);
}
EXPORT_SYMBOL(bitmap_set);

void bitmap_clear(unsigned long *map, unsigned int start, unsigned int len)
{
	change_range(map, start, len, false);
}
EXPORT_SYMBOL(bitmap_clear);

unsigned long bitmap_find_next_zero_area(unsigned long *map, unsigned long size,
					 unsigned long start, unsigned int nr,
					 unsigned long align_mask)
{
	for (;;) {
		unsigned long index = find_next_zero_bit(map, size, start), end, set;

		index = (index + align_mask) & ~align_mask;
		end = index + nr;
		if (end > size)
			return end;
		set = find_next_bit(map, end, index);
		if (set >= end)
			return index;
		start = set + 1;
	}
}
EXPORT_SYMBOL(bitmap_find_next_zero_area);

int bitmap_print_to_pagebuf(bool list, char *buf, const unsigned long *maskp, int nmaskbits)
{
	unsigned long first, end;
	int n = 0;

	if (!list) {
		for (int i = BITS_TO_LONGS(nmaskbits) - 1; i >= 0; i--)
			n += scnprintf(buf + n, 4096 - n, "%08lx%s", maskp[i] & valid(i, nmaskbits),
				       i ? "," : "");
		return n + scnprintf(buf + n, 4096 - n, "\n");
	}
	for (first = find_next_bit(maskp, nmaskbits, 0); first < nmaskbits;
	     first = find_next_bit(maskp, nmaskbits, end)) {
		end = find_next_zero_bit(maskp, nmaskbits, first);
		n += scnprintf(buf + n, 4096 - n, end - first > 1 ? "%s%lu-%lu" : "%s%lu",
			       n ? "," : "", first, end - 1);
	}
	return n + scnprintf(buf + n, 4096 - n, "\n");
}
EXPORT_SYMBOL(bitmap_print_to_pagebuf);

int bitmap_parselist(const char *buf, unsigned long *maskp, int nmaskbits)
{
	bitmap_zero(maskp, nmaskbits);
	for (;;) {
		unsigned long first, last;
		char *end;

		while (isspace(*buf) || *buf == ',')
			buf++;
		if (!*buf)
			return 0;
		if (!isdigit(*buf))
			return -EINVAL;
		first = last = simple_strtoul(buf, &end, 10);
		if (*end == '-') {
			if (!isdigit(end[1]))
				return -EINVAL;
			last = simple_strtoul(end + 1, &end, 10);
		}
		if (last < first || (*end && *end != ',' && !isspace(*end)))
			return -EINVAL;
		if (last >= nmaskbits)
			return -ERANGE;
		bitmap_set(maskp, first, last - first + 1);
		buf = end;
	}
}
EXPORT_SYMBOL(bitmap_parselist);

unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags)
{
	return kmalloc_track_caller(BITS_TO_LONGS(nbits) * sizeof(unsigned long), flags, _RET_IP_);
}
EXPORT_SYMBOL(bitmap_alloc);

unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags)
{
	return kmalloc_track_caller(BITS_TO_LONGS(nbits) * sizeof(unsigned long),
				    flags | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL(bitmap_zalloc);

void bitmap_free(const unsigned long *bitmap)
{
	kfree(bitmap);
}
EXPORT_SYMBOL(bitmap_free);
