/* Random bytes from the kernel's generator (ChaCha20, kernel/device/random.c). Any context. Source: Linux 5.10. */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H

#include <linux/types.h>
#include <uapi/linux/random.h>

void get_random_bytes(void *buf, int nbytes);
u32 get_random_u32(void);
u64 get_random_u64(void);
static inline unsigned int get_random_int(void)
{
	return get_random_u32();
}
static inline unsigned long get_random_long(void)
{
	return get_random_u32();
}
u32 prandom_u32(void);
static inline u32 prandom_u32_max(u32 limit)
{
	return (u32)(((u64)prandom_u32() * limit) >> 32);
}
/* Mixes bytes into the generator's state. */
void add_device_randomness(const void *buf, unsigned int size);

#endif
