/*
 * The inner step of long multiplication: a word of a row, sum += a * b + carry. On the i386 four steps in assembly (7
 * instructions each, where compilers make 13 of the same in C); elsewhere C.
 */
#ifndef SIGN_ROW_H
#define SIGN_ROW_H

#include <stdint.h>

/* The new carry. */
static inline uint32_t row_step(uint32_t *sum, const uint32_t *a, uint32_t b, uint32_t carry)
{
	uint64_t t = (uint64_t)*a * b + *sum + carry;

	*sum = (uint32_t)t;
	return (uint32_t)(t >> 32);
}

#ifdef __i386__
#define ROW_STEP(at)                    \
	"mov %[b], %%eax\n\t"           \
	"mull " at "(%[a])\n\t"         \
	"add %[carry], %%eax\n\t"       \
	"adc $0, %%edx\n\t"             \
	"add %%eax, " at "(%[sum])\n\t" \
	"adc $0, %%edx\n\t"             \
	"mov %%edx, %[carry]\n\t"

static inline uint32_t row_steps4(uint32_t *sum, const uint32_t *a, uint32_t b, uint32_t carry)
{
	__asm__(ROW_STEP("0") ROW_STEP("4") ROW_STEP("8") ROW_STEP("12")
		: [carry] "+&r"(carry)
		: [sum] "r"(sum), [a] "r"(a), [b] "g"(b)
		: "eax", "edx", "cc", "memory");
	return carry;
}
#else
static inline uint32_t row_steps4(uint32_t *sum, const uint32_t *a, uint32_t b, uint32_t carry)
{
	for (int i = 0; i < 4; i++)
		carry = row_step(sum + i, a + i, b, carry);
	return carry;
}
#endif

#endif
