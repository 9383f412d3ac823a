/* Cache line size (Pentium Pro and later of that family: 32 bytes; 64 covers all newer CPUs). */
#ifndef _ASM_CACHE_H
#define _ASM_CACHE_H
#define L1_CACHE_SHIFT 6
#define L1_CACHE_BYTES (1 << L1_CACHE_SHIFT)
#endif
