/*
 * Hashes of blocks and words for tables in memory. Any context. The values may differ between
 * kernels.
 */
#ifndef _LINUX_JHASH_H
#define _LINUX_JHASH_H

#include <linux/types.h>

#define JHASH_INITVAL 0xdeadbeef
u32 jhash(const void *key, u32 length, u32 initval);
u32 jhash2(const u32 *k, u32 length, u32 initval);
u32 jhash_3words(u32 a, u32 b, u32 c, u32 initval);
#define jhash_2words(a, b, initval) jhash_3words(a, b, 0, initval)
#define jhash_1word(a, initval) jhash_3words(a, 0, 0, initval)

#endif
