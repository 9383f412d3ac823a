/*
 * Operations on single bits and searches for them. A bit map is an array of unsigned long, bit 0 the lowest of the
 * first. set_bit() and its kin are indivisible, those with two underscores are not; test_and_* return the old
 * value. Any context.
 */
#ifndef _LINUX_BITOPS_H
#define _LINUX_BITOPS_H

#include <linux/types.h>
#include <linux/bits.h>
#include <asm/barrier.h>

#define BITS_PER_TYPE(type) (sizeof(type) * BITS_PER_BYTE)
#define BITS_TO_LONGS(nr) (((nr) + BITS_PER_LONG - 1) / BITS_PER_LONG)
#define BITS_TO_U32(nr) BITS_TO_LONGS(nr)
#define BITS_TO_BYTES(nr) (((nr) + 7) / 8)

static __always_inline void set_bit(long nr, volatile unsigned long *addr)
{
	__asm__ __volatile__("lock; btsl %1, %0" : "+m"(*addr) : "Ir"(nr) : "memory", "cc");
}

static __always_inline void clear_bit(long nr, volatile unsigned long *addr)
{
	__asm__ __volatile__("lock; btrl %1, %0" : "+m"(*addr) : "Ir"(nr) : "memory", "cc");
}

static __always_inline void change_bit(long nr, volatile unsigned long *addr)
{
	__asm__ __volatile__("lock; btcl %1, %0" : "+m"(*addr) : "Ir"(nr) : "memory", "cc");
}

static __always_inline bool test_and_set_bit(long nr, volatile unsigned long *addr)
{
	bool old;

	__asm__ __volatile__("lock; btsl %2, %0; setc %1"
			     : "+m"(*addr), "=qm"(old)
			     : "Ir"(nr)
			     : "memory", "cc");
	return old;
}

static __always_inline bool test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	bool old;

	__asm__ __volatile__("lock; btrl %2, %0; setc %1"
			     : "+m"(*addr), "=qm"(old)
			     : "Ir"(nr)
			     : "memory", "cc");
	return old;
}

static __always_inline bool test_and_change_bit(long nr, volatile unsigned long *addr)
{
	bool old;

	__asm__ __volatile__("lock; btcl %2, %0; setc %1"
			     : "+m"(*addr), "=qm"(old)
			     : "Ir"(nr)
			     : "memory", "cc");
	return old;
}

static __always_inline bool test_bit(long nr, const volatile unsigned long *addr)
{
	return (addr[BIT_WORD(nr)] >> (nr % BITS_PER_LONG)) & 1;
}

static inline void __set_bit(long nr, volatile unsigned long *addr)
{
	addr[BIT_WORD(nr)] |= BIT_MASK(nr);
}

static inline void __clear_bit(long nr, volatile unsigned long *addr)
{
	addr[BIT_WORD(nr)] &= ~BIT_MASK(nr);
}

static inline void __change_bit(long nr, volatile unsigned long *addr)
{
	addr[BIT_WORD(nr)] ^= BIT_MASK(nr);
}

static inline bool __test_and_set_bit(long nr, volatile unsigned long *addr)
{
	bool old = test_bit(nr, addr);

	__set_bit(nr, addr);
	return old;
}

static inline bool __test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	bool old = test_bit(nr, addr);

	__clear_bit(nr, addr);
	return old;
}

#define assign_bit(nr, addr, value) ((value) ? set_bit((nr), (addr)) : clear_bit((nr), (addr)))
#define __assign_bit(nr, addr, value) \
	((value) ? __set_bit((nr), (addr)) : __clear_bit((nr), (addr)))
#define clear_bit_unlock(nr, addr)       \
	do {                             \
		barrier();               \
		clear_bit((nr), (addr)); \
	} while (0)
#define test_and_set_bit_lock(nr, addr) test_and_set_bit(nr, addr)

/* Number (from 0) of the lowest/highest set bit; the word must not be 0 (ffz: not all ones). */
static inline unsigned long __ffs(unsigned long word)
{
	return (unsigned long)__builtin_ctzl(word);
}

static inline unsigned long __fls(unsigned long word)
{
	return 31 - (unsigned long)__builtin_clzl(word);
}

#define ffz(word) __ffs(~(word))

/* The same counted from 1; 0 for a word without set bits. */
static inline int ffs(int word)
{
	return word ? __builtin_ctz((unsigned int)word) + 1 : 0;
}

static inline int fls(unsigned int word)
{
	return word ? 32 - __builtin_clz(word) : 0;
}

static inline int fls64(u64 word)
{
	u32 high = (u32)(word >> 32);

	return high ? fls(high) + 32 : fls((u32)word);
}

static inline unsigned long __ffs64(u64 word)
{
	return (u32)word ? __ffs((u32)word) : 32 + __ffs((u32)(word >> 32));
}

#define fls_long(word) fls(word)

/* Number of set bits. */
static inline unsigned int hweight32(u32 word)
{
	word -= (word >> 1) & 0x55555555;
	word = (word & 0x33333333) + ((word >> 2) & 0x33333333);
	word = (word + (word >> 4)) & 0x0f0f0f0f;
	return (word * 0x01010101) >> 24;
}

#define hweight8(w) hweight32((u8)(w))
#define hweight16(w) hweight32((u16)(w))
#define hweight_long(w) hweight32(w)
#define hweight64(w) (hweight32((u32)(w)) + hweight32((u32)((u64)(w) >> 32)))

/* Rotations; the count is taken modulo the width. */
static inline u32 rol32(u32 word, unsigned int shift)
{
	return (word << (shift & 31)) | (word >> (-shift & 31));
}

static inline u32 ror32(u32 word, unsigned int shift)
{
	return (word >> (shift & 31)) | (word << (-shift & 31));
}

static inline u16 rol16(u16 word, unsigned int shift)
{
	return (u16)((word << (shift & 15)) | (word >> (-shift & 15)));
}

static inline u8 rol8(u8 word, unsigned int shift)
{
	return (u8)((word << (shift & 7)) | (word >> (-shift & 7)));
}

static inline u64 rol64(u64 word, unsigned int shift)
{
	return (word << (shift & 63)) | (word >> (-shift & 63));
}

static inline u64 ror64(u64 word, unsigned int shift)
{
	return (word >> (shift & 63)) | (word << (-shift & 63));
}

static inline s32 sign_extend32(u32 value, int index)
{
	u8 shift = 31 - index;

	return (s32)(value << shift) >> shift;
}

/* Smallest order such that 1 << order is at least count. */
static inline int get_count_order(unsigned int count)
{
	return count ? fls(count - 1) : -1;
}

/* First bit at or behind offset that is set (clear); size if there is none. */
unsigned long find_next_bit(const unsigned long *addr, unsigned long size, unsigned long offset);
unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size,
				 unsigned long offset);
/* Last set bit; size if there is none. */
unsigned long find_last_bit(const unsigned long *addr, unsigned long size);
#define find_first_bit(addr, size) find_next_bit((addr), (size), 0)
#define find_first_zero_bit(addr, size) find_next_zero_bit((addr), (size), 0)

#define for_each_set_bit(bit, addr, size)                            \
	for ((bit) = find_first_bit((addr), (size)); (bit) < (size); \
	     (bit) = find_next_bit((addr), (size), (bit) + 1))
#define for_each_clear_bit(bit, addr, size)                               \
	for ((bit) = find_first_zero_bit((addr), (size)); (bit) < (size); \
	     (bit) = find_next_zero_bit((addr), (size), (bit) + 1))

/* Bits of a byte-addressed little-endian map (as on disk). */
#define test_bit_le test_bit
#define __set_bit_le __set_bit
#define __clear_bit_le __clear_bit
#define __test_and_set_bit_le __test_and_set_bit
#define __test_and_clear_bit_le __test_and_clear_bit
#define find_next_zero_bit_le find_next_zero_bit
#define find_next_bit_le find_next_bit

#endif
