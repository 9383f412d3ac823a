// SOURCES: kernel/lib/inflate.c kernel/lib/crc.c
/* Known files, the host's gzip on random and repetitive content, and every truncation and many corruptions of one. */
#include "unit.h"
#include <stdbool.h>
#include <stdint.h>
#include "lib/inflate.h"

static struct inflate state;

struct sink {
	uint8_t *bytes;
	size_t have, room;
};

static bool collect(void *context, const uint8_t *bytes, uint32_t n)
{
	struct sink *s = context;

	if (s->have + n > s->room)
		return false;
	memcpy(s->bytes + s->have, bytes, n);
	s->have += n;
	return true;
}

static enum inflate_status run(const uint8_t *in, size_t size, struct sink *s, uint32_t *consumed)
{
	/* An exact copy on the heap: the address sanitizer sees each byte too far. */
	uint8_t *copy = malloc(size ? size : 1);
	enum inflate_status status;

	memcpy(copy, in, size);
	s->have = 0;
	status = inflate_gzip(&state, copy, (uint32_t)size, collect, s, consumed);
	free(copy);
	return status;
}

/* gzip of "hello hello hello hello\n" */
static const uint8_t hello[] = { 0x1f, 0x8b, 0x08, 0,	 0,    0,    0,	   0,	 0,    3,
				 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0xc8, 0x40, 0x27, 0xb8,
				 0,    0x00, 0x88, 0x59, 0x0b, 0x18, 0,	   0,	 0 };

static size_t gzip_of(const uint8_t *bytes, size_t n, const char *level, uint8_t *out, size_t room)
{
	char command[64];
	size_t got;
	FILE *f = fopen("/tmp/rakit-inflate-test", "wb");

	if (!f)
		return 0;
	fwrite(bytes, 1, n, f);
	fclose(f);
	snprintf(command, sizeof(command), "gzip -n -c %s /tmp/rakit-inflate-test", level);
	f = popen(command, "r");
	got = f ? fread(out, 1, room, f) : 0;
	if (f)
		pclose(f);
	remove("/tmp/rakit-inflate-test");
	return got;
}

#define BIG 200000

static uint8_t plain[BIG], packed[2 * BIG], unpacked[2 * BIG];

static void fill(int kind)
{
	uint32_t x = 12345;

	for (int i = 0; i < BIG; i++) {
		x = x * 1103515245 + 12345;
		plain[i] = kind == 0   ? 0
			   : kind == 1 ? x >> 16
			   : kind == 2 ? "abcabcabd"[(x >> 20) % 9]
				       : (uint32_t)i / 7;
	}
}

static void test_round_trip(void)
{
	static const char *const levels[] = { "-1", "-6", "-9" };
	struct sink s = { unpacked, 0, sizeof(unpacked) };
	uint32_t consumed;

	for (int kind = 0; kind < 4; kind++) {
		fill(kind);
		for (int l = 0; l < 3; l++) {
			size_t n = gzip_of(plain, BIG, levels[l], packed, sizeof(packed));

			CHECK(n > 0);
			CHECK_EQ(run(packed, n, &s, &consumed), INFLATE_OK);
			CHECK_EQ(consumed, n);
			CHECK_EQ(s.have, BIG);
			CHECK(!memcmp(plain, unpacked, BIG));
		}
	}
}

static void test_truncated(void)
{
	struct sink s = { unpacked, 0, sizeof(unpacked) };
	uint32_t consumed;
	size_t n;

	fill(2);
	n = gzip_of(plain, 3000, "-9", packed, sizeof(packed));
	CHECK(n > 0);
	for (size_t cut = 0; cut < n; cut++)
		CHECK(run(packed, cut, &s, &consumed) != INFLATE_OK);
}

static void test_corrupted(void)
{
	struct sink s = { unpacked, 0, sizeof(unpacked) };
	uint32_t consumed;
	size_t n, at;

	fill(2);
	n = gzip_of(plain, 3000, "-9", packed, sizeof(packed));
	for (at = 10; at < n; at++) {
		for (int bit = 0; bit < 8; bit++) {
			packed[at] ^= 1 << bit;
			/* Either refused or, by luck, the same content. */
			if (run(packed, n, &s, &consumed) == INFLATE_OK)
				CHECK(s.have == 3000 && !memcmp(plain, unpacked, 3000));
			packed[at] ^= 1 << bit;
		}
	}
}

static void test_header(void)
{
	struct sink s = { unpacked, 0, sizeof(unpacked) };
	uint8_t copy[sizeof(hello)];
	uint32_t consumed;

	memcpy(copy, hello, sizeof(hello));
	copy[2] = 7;
	CHECK_EQ(run(copy, sizeof(copy), &s, &consumed), INFLATE_BAD_HEADER);
	CHECK(!inflate_is_gzip((const uint8_t *)"07", 2));
	CHECK(inflate_is_gzip(hello, sizeof(hello)));
}

int main(void)
{
	RUN(test_round_trip);
	RUN(test_truncated);
	RUN(test_corrupted);
	RUN(test_header);
	UNIT_END();
}
