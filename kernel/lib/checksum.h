/*
 * A checksum that notices damage to files: cheap enough to be taken of every byte of every module that is loaded. It
 * is no protection against intent; that is what signatures are for.
 */
#ifndef LIB_CHECKSUM_H
#define LIB_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/*
 * The checksum of size bytes. Any change within one aligned word gives another value for certain. Changes in several
 * words can cancel each other: unrelated ones once in 2^32, but also the same bit in two words of the same 16 bytes.
 * Costs 0.34 instructions a byte.
 */
uint32_t checksum(const void *bytes, size_t size);

/* One step of it, for four little-endian words at any address: (((h + w0) ^ w1) - w2) ^ w3, rotated left by 9. */
static inline uint32_t checksum_step(uint32_t h, const uint8_t *bytes)
{
#ifdef __i386__
	/* Compilers for this machine would load each word into a register first. */
	__asm__("addl %1, %0; xorl %2, %0; subl %3, %0; xorl %4, %0; roll $9, %0"
		: "+r"(h)
		: "m"(*(const uint8_t(*)[4])bytes), "m"(*(const uint8_t(*)[4])(bytes + 4)),
		  "m"(*(const uint8_t(*)[4])(bytes + 8)), "m"(*(const uint8_t(*)[4])(bytes + 12))
		: "cc");
	return h;
#else
	uint32_t w[4];

	__builtin_memcpy(w, bytes, sizeof(w));
	h = (((h + w[0]) ^ w[1]) - w[2]) ^ w[3];
	return h << 9 | h >> 23;
#endif
}

#endif
