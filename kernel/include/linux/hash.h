/* Spreading integers and pointers over a table of 2^bits slots. Any context. */
#ifndef _LINUX_HASH_H
#define _LINUX_HASH_H
#include <linux/types.h>
#define GOLDEN_RATIO_32 0x61C88647
static inline u32 hash_32(u32 val, unsigned int bits)
{
	return (val * GOLDEN_RATIO_32) >> (32 - bits);
}
static inline u32 hash_64(u64 val, unsigned int bits)
{
	return hash_32((u32)val ^ ((u32)(val >> 32) * GOLDEN_RATIO_32), bits);
}
static inline u32 hash_long(unsigned long val, unsigned int bits)
{
	return hash_32(val, bits);
}
static inline u32 hash_ptr(const void *ptr, unsigned int bits)
{
	return hash_32((u32)(unsigned long)ptr, bits);
}
#endif
