/*
 * Random bytes: ChaCha20 in counter mode, keyed from what the boot offers (time-stamp counter, clock, memory map, command
 * line) and what add_device_randomness() mixes in. After each request the key is replaced by output of its own, so
 * that a later look at the state does not give earlier output away.
 *
 * Under -icount the counters are the same in each run, and so are the bytes: a test run can be repeated. That makes this no
 * source of secrets on a machine without other randomness.
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/random.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/uuid.h>
#include <rakit/boot_info.h>
#include "device/device.h"
#include "lib/chacha.h"

static DEFINE_SPINLOCK(random_lock); /* state */
static u32 state[16];
static u32 prandom_state = 0x2545f491;

static u32 cycles(void)
{
	u32 low, high;

	__asm__ __volatile__("rdtsc" : "=a"(low), "=d"(high));
	return low ^ high * 0x9E3779B1u;
}

/* A new key out of the present one. random_lock is held. */
static void rekey(void)
{
	u32 block[16];

	chacha20_block(state, block);
	memcpy(&state[4], block, 8 * sizeof(u32));
	state[12] = 0;
	memzero_explicit(block, sizeof(block));
}

void add_device_randomness(const void *buf, unsigned int size)
{
	const u8 *bytes = buf;
	unsigned long flags;
	unsigned int i;

	spin_lock_irqsave(&random_lock, flags);
	for (i = 0; i < size; i++) {
		state[4 + (i / 4) % 8] ^= (u32)bytes[i] << (8 * (i % 4));
		if (i % 32 == 31)
			rekey();
	}
	state[13] ^= cycles();
	rekey();
	spin_unlock_irqrestore(&random_lock, flags);
}
EXPORT_SYMBOL(add_device_randomness);

void get_random_bytes(void *buf, int nbytes)
{
	unsigned long flags;
	u8 *to = buf;
	u32 block[16];

	spin_lock_irqsave(&random_lock, flags);
	state[14] ^= cycles();
	while (nbytes > 0) {
		int n = min(nbytes, CHACHA_BLOCK);

		state[12]++;
		chacha20_block(state, block);
		memcpy(to, block, n);
		to += n;
		nbytes -= n;
	}
	rekey();
	spin_unlock_irqrestore(&random_lock, flags);
	memzero_explicit(block, sizeof(block));
}
EXPORT_SYMBOL(get_random_bytes);

u32 get_random_u32(void)
{
	u32 value;

	get_random_bytes(&value, sizeof(value));
	return value;
}
EXPORT_SYMBOL(get_random_u32);

u64 get_random_u64(void)
{
	u64 value;

	get_random_bytes(&value, sizeof(value));
	return value;
}
EXPORT_SYMBOL(get_random_u64);

/* Cheap and predictable: xorshift. */
/* Version 4, variant 1 (RFC 4122, section 4.4); version_byte holds the version. */
static void random_identifier(u8 *bytes, unsigned int version_byte)
{
	get_random_bytes(bytes, UUID_SIZE);
	bytes[version_byte] = (u8)((bytes[version_byte] & 0x0f) | 0x40);
	bytes[8] = (u8)((bytes[8] & 0x3f) | 0x80);
}

void generate_random_uuid(unsigned char uuid[UUID_SIZE])
{
	random_identifier(uuid, 6);
}
EXPORT_SYMBOL(generate_random_uuid);

void uuid_gen(uuid_t *uuid)
{
	random_identifier(uuid->b, 6);
}
EXPORT_SYMBOL(uuid_gen);

void guid_gen(guid_t *guid)
{
	random_identifier(guid->b, 7);
}
EXPORT_SYMBOL(guid_gen);

u32 prandom_u32(void)
{
	u32 x = prandom_state;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	prandom_state = x;
	return x;
}
EXPORT_SYMBOL(prandom_u32);

void random_init(void)
{
	u64 now = ktime_get_real_ns();

	memcpy(state, chacha20_constants, sizeof(chacha20_constants));
	add_device_randomness(&now, sizeof(now));
	add_device_randomness(boot_info.cmdline, sizeof(boot_info.cmdline));
	add_device_randomness(boot_info.regions, sizeof(boot_info.regions));
	prandom_state ^= get_random_u32() | 1;
}
