/* Cache line alignment. */
#ifndef _LINUX_CACHE_H
#define _LINUX_CACHE_H

#include <linux/compiler.h>
#include <linux/init.h>
#include <asm/cache.h>

#define SMP_CACHE_BYTES L1_CACHE_BYTES
#define L1_CACHE_ALIGN(x) (((x) + L1_CACHE_BYTES - 1) & ~(L1_CACHE_BYTES - 1))
#define ____cacheline_aligned __aligned(L1_CACHE_BYTES)
#define ____cacheline_aligned_in_smp
#define __cacheline_aligned __aligned(L1_CACHE_BYTES)
#define __cacheline_aligned_in_smp

#endif
