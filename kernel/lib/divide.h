/* 64-bit by 32-bit division in two machine divisions: i386 compilers call library functions for it otherwise. */
#ifndef LIB_DIVIDE_H
#define LIB_DIVIDE_H

#include <stdint.h>

/* *value /= divisor; returns the remainder. */
static inline uint32_t divide_u64(uint64_t *value, uint32_t divisor)
{
#ifdef __i386__
	uint32_t high = (uint32_t)(*value >> 32), low = (uint32_t)*value,
		 remainder = high % divisor;

	high /= divisor;
	__asm__("divl %2" : "+a"(low), "+d"(remainder) : "rm"(divisor));
	*value = (uint64_t)high << 32 | low;
	return remainder;
#else
	uint32_t remainder = (uint32_t)(*value % divisor);

	*value /= divisor;
	return remainder;
#endif
}

#endif
