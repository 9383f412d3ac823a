/* Loads and stores at any alignment and of a given byte order. i386 allows unaligned access. Any context. */
#ifndef _ASM_UNALIGNED_H
#define _ASM_UNALIGNED_H

#include <asm/byteorder.h>

#define get_unaligned(ptr)                                   \
	({                                                   \
		const struct {                               \
			typeof(*(ptr)) value;                \
		} __packed *__get_ptr = (const void *)(ptr); \
		__get_ptr->value;                            \
	})
#define put_unaligned(val, ptr)                        \
	do {                                           \
		struct {                               \
			typeof(*(ptr)) value;          \
		} __packed *__put_ptr = (void *)(ptr); \
		__put_ptr->value = (val);              \
	} while (0)

#define __DEFINE_UNALIGNED(bits)                                             \
	static inline u##bits get_unaligned_le##bits(const void *p)          \
	{                                                                    \
		return le##bits##_to_cpu(get_unaligned((const u##bits *)p)); \
	}                                                                    \
	static inline u##bits get_unaligned_be##bits(const void *p)          \
	{                                                                    \
		return be##bits##_to_cpu(get_unaligned((const u##bits *)p)); \
	}                                                                    \
	static inline void put_unaligned_le##bits(u##bits val, void *p)      \
	{                                                                    \
		put_unaligned(cpu_to_le##bits(val), (u##bits *)p);           \
	}                                                                    \
	static inline void put_unaligned_be##bits(u##bits val, void *p)      \
	{                                                                    \
		put_unaligned(cpu_to_be##bits(val), (u##bits *)p);           \
	}

__DEFINE_UNALIGNED(16)
__DEFINE_UNALIGNED(32)
__DEFINE_UNALIGNED(64)

#endif
