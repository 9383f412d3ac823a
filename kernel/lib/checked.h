/* Arithmetic on sizes and offsets that come from outside: never wraps unnoticed. */
#ifndef LIB_CHECKED_H
#define LIB_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

/* *sum = a + b; false when it does not fit. */
static inline bool checked_add(uint32_t a, uint32_t b, uint32_t *sum)
{
	return !__builtin_add_overflow(a, b, sum);
}

/* *result = value rounded up to a multiple of align (a power of two); false when it does not fit. */
static inline bool checked_align(uint32_t value, uint32_t align, uint32_t *result)
{
	if (!checked_add(value, align - 1, result))
		return false;
	*result &= ~(align - 1);
	return true;
}

/* Whether [offset, offset + size) lies within [0, limit). */
static inline bool range_inside(uint32_t offset, uint32_t size, uint32_t limit)
{
	return offset <= limit && size <= limit - offset;
}

/* Whether [first1, last1] and [first2, last2] have a point in common. */
static inline bool range_overlaps(uint32_t first1, uint32_t last1, uint32_t first2, uint32_t last2)
{
	return first1 <= last2 && first2 <= last1;
}

static inline bool is_power_of_two(uint32_t value)
{
	return value && !(value & (value - 1));
}

#endif
