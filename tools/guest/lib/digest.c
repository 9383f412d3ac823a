/*
 * digest: the Merkle-Damgard digests share padding and blocks; only the compression of one block
 * differs. The CRC of gzip goes by half bytes through a table of 16 entries: small, and fast enough
 * for a disk.
 */
#include <string.h>
#include "digest.h"
#include "lib/sha256.h"

static uint32_t left(uint32_t x, int n)
{
	return x << n | x >> (32 - n);
}

static void md5_block(uint32_t *state, const uint32_t *words)
{
	/* floor(2^32 * abs(sin(i + 1))) */
	static const uint32_t sines[64] = {
		0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613,
		0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193,
		0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d,
		0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed,
		0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122,
		0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa,
		0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244,
		0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
		0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
		0xeb86d391,
	};
	static const unsigned char shifts[4][4] = {
		{ 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 }
	};
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3];

	for (int i = 0; i < 64; i++) {
		uint32_t f, next;
		int word;

		switch (i / 16) {
		case 0:
			f = (b & c) | (~b & d);
			word = i;
			break;
		case 1:
			f = (d & b) | (~d & c);
			word = 5 * i + 1;
			break;
		case 2:
			f = b ^ c ^ d;
			word = 3 * i + 5;
			break;
		default:
			f = c ^ (b | ~d);
			word = 7 * i;
			break;
		}
		next = b + left(a + f + sines[i] + words[word % 16], shifts[i / 16][i % 4]);
		a = d;
		d = c;
		c = b;
		b = next;
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
}

static void sha1_block(uint32_t *state, const uint32_t *words)
{
	static const uint32_t constants[4] = { 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6 };
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], w[80];

	memcpy(w, words, 64);
	for (int i = 16; i < 80; i++)
		w[i] = left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	for (int i = 0; i < 80; i++) {
		uint32_t f = i < 20		 ? (b & c) | (~b & d)
			     : i >= 40 && i < 60 ? (b & c) | (b & d) | (c & d)
						 : b ^ c ^ d;
		uint32_t next = left(a, 5) + f + e + constants[i / 20] + w[i];

		e = d;
		d = c;
		c = left(b, 30);
		b = a;
		a = next;
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	state[4] += e;
}

static const uint32_t start_md5[] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
const struct digest_kind digest_md5 = { "MD5", 16, 4, 0, start_md5, md5_block };
const struct digest_kind digest_sha1 = { "SHA1", 20, 5, 1, start_md5, sha1_block };
const struct digest_kind digest_sha256 = { "SHA256", 32, 8, 1, sha256_initial, sha256_block };

void digest_start(struct digest *d, const struct digest_kind *kind)
{
	memset(d, 0, sizeof(*d));
	d->kind = kind;
	memcpy(d->state, kind->start, (size_t)kind->words * sizeof(*d->state));
}

static void block_run(struct digest *d)
{
	uint32_t words[16];

	for (int i = 0; i < 16; i++) {
		const unsigned char *b = d->block + i * 4;

		words[i] = d->kind->big_endian ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
							 (uint32_t)b[2] << 8 | b[3]
					       : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 |
							 (uint32_t)b[1] << 8 | b[0];
	}
	d->kind->block(d->state, words);
}

void digest_add(struct digest *d, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;

	while (size) {
		size_t used = d->length % 64, n = 64 - used < size ? 64 - used : size;

		memcpy(d->block + used, at, n);
		d->length += n;
		at += n;
		size -= n;
		if (d->length % 64 == 0)
			block_run(d);
	}
}

void digest_finish(struct digest *d, unsigned char *result)
{
	uint64_t bits = d->length * 8;
	unsigned char length[8];

	digest_add(d, "\x80", 1);
	while (d->length % 64 != 56)
		digest_add(d, "", 1);
	for (int i = 0; i < 8; i++)
		length[d->kind->big_endian ? 7 - i : i] = (unsigned char)(bits >> (8 * i));
	digest_add(d, length, 8);
	for (size_t i = 0; i < d->kind->size; i++)
		result[i] = (unsigned char)(d->state[i / 4] >>
					    8 * (d->kind->big_endian ? 3 - i % 4 : i % 4));
}

uint32_t cksum_add(uint32_t crc, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;

	for (; size; size--, at++) {
		crc ^= (uint32_t)*at << 24;
		for (int i = 0; i < 8; i++)
			crc = crc << 1 ^ (crc >> 31 ? 0x04c11db7 : 0);
	}
	return crc;
}

uint32_t crc32_add(uint32_t crc, const void *bytes, size_t size)
{
	static const uint32_t table[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
		0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	const unsigned char *at = bytes;

	crc = ~crc;
	for (; size; size--, at++) {
		crc = table[(crc ^ *at) & 15] ^ crc >> 4;
		crc = table[(crc ^ (uint32_t)(*at >> 4)) & 15] ^ crc >> 4;
	}
	return ~crc;
}
