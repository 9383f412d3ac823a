/*
 * A checksum that notices damage to files: cheap enough to be taken of every byte of every module that is loaded. It
 * is no protection against intent; that is what signatures are for.
 */
#ifndef LIB_CHECKSUM_H
#define LIB_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/*
 * The checksum of size bytes. Any change within one aligned word gives another value for certain; other changes do but for
 * one in 2^32. Costs 0.4 instructions a byte.
 */
uint32_t checksum(const void *bytes, size_t size);

/* One step of it, for two little-endian words at any address: ((h + w0) rotated left by 9) ^ w1. */
static inline uint32_t checksum_pair(uint32_t h, const uint8_t *bytes)
{
#ifdef __i386__
	/* Compilers for this machine would load each word into a register first. */
	__asm__("addl %1, %0; roll $9, %0; xorl %2, %0"
		: "+r"(h)
		: "m"(*(const uint8_t(*)[4])bytes), "m"(*(const uint8_t(*)[4])(bytes + 4))
		: "cc");
	return h;
#else
	uint32_t words[2];

	__builtin_memcpy(words, bytes, sizeof(words));
	h += words[0];
	return (h << 9 | h >> 23) ^ words[1];
#endif
}

#endif
