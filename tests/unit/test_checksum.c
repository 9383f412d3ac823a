// SOURCES: kernel/lib/checksum.c
/* The checksum of module files against a word-by-word reference, and what it promises to notice. */
#include "unit.h"
#include <stdint.h>
#include "lib/checksum.h"

static uint8_t bytes[517];

static void fill(void)
{
	uint32_t seed = 12345;

	for (size_t i = 0; i < sizeof(bytes); i++) {
		seed = seed * 1103515245 + 12345;
		bytes[i] = (uint8_t)(seed >> 16);
	}
}

/* The definition, read literally. */
static uint32_t reference(const uint8_t *p, size_t size)
{
	uint32_t h = (uint32_t)size * 0x9e3779b1u;

	for (size_t i = 0; i < size; i += 16) {
		uint32_t w[4] = { 0, 0, 0, 0 };

		for (size_t k = 0; k < 16 && i + k < size; k++)
			w[k / 4] |= (uint32_t)p[i + k] << 8 * (k % 4);
		h = (((h + w[0]) ^ w[1]) - w[2]) ^ w[3];
		h = h << 9 | h >> 23;
	}
	h = (h ^ h >> 16) * 0x9e3779b1u;
	h = (h ^ h >> 15) * 0x85ebca6bu;
	return h ^ h >> 16;
}

static void test_definition(void)
{
	fill();
	for (size_t size = 0; size < sizeof(bytes) - 4; size++)
		for (size_t at = 0; at < 4; at++)
			CHECK_EQ(checksum(bytes + at, size), reference(bytes + at, size));
}

/* Files stay readable by later builds: the value never changes. */
static void test_fixed(void)
{
	CHECK_EQ(checksum("", 0), 0);
	CHECK_EQ(checksum("a", 1), 0x43781c81);
	CHECK_EQ(checksum("Module checksum", 15), 0x0c7fdf0a);
}

static void test_every_bit(void)
{
	uint32_t good = (fill(), checksum(bytes, 256));

	for (size_t bit = 0; bit < 256 * 8; bit++) {
		bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		CHECK(checksum(bytes, 256) != good);
		bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
}

static void test_length_and_order(void)
{
	static const uint8_t zeros[64];
	uint8_t swapped[64];

	for (size_t a = 0; a < sizeof(zeros); a++)
		for (size_t b = 0; b < a; b++)
			CHECK(checksum(zeros, a) != checksum(zeros, b));
	fill();
	for (size_t a = 0; a < 64; a += 4) {
		for (size_t b = 0; b < a; b += 4) {
			memcpy(swapped, bytes, 64);
			memcpy(swapped + a, bytes + b, 4);
			memcpy(swapped + b, bytes + a, 4);
			CHECK(checksum(swapped, 64) != checksum(bytes, 64));
		}
	}
}

int main(void)
{
	RUN(test_definition);
	RUN(test_fixed);
	RUN(test_every_bit);
	RUN(test_length_and_order);
	UNIT_END();
}
