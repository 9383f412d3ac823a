// SOURCES: kernel/lib/inflate.c kernel/lib/crc.c
/* Unpacking what the build machine's gzip packed, at each level, and files that are cut or changed. */
#include <sys/stat.h>
#include "unit.h"
#include "lib/inflate.h"

#define FOLDER "build/unit/inflate"

static uint8_t packed[1 << 20], unpacked[1 << 20], original[1 << 20];

static size_t read_file(const char *path, uint8_t *bytes, size_t size)
{
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(bytes, 1, size, f) : 0;

	if (f)
		fclose(f);
	return n;
}

static size_t pack(const char *options, size_t size)
{
	char command[256];
	FILE *f = fopen(FOLDER "/original", "wb");

	fwrite(original, 1, size, f);
	fclose(f);
	snprintf(command, sizeof(command), "gzip %s -c " FOLDER "/original > " FOLDER "/packed.gz",
		 options);
	CHECK(!system(command));
	return read_file(FOLDER "/packed.gz", packed, sizeof(packed));
}

static void check_round(const char *options, size_t size)
{
	size_t n = pack(options, size), written;
	uint32_t length = 0;

	CHECK(gzip_is(packed, n));
	CHECK_EQ(gzip_length(packed, n, &length), INFLATE_OK);
	CHECK_EQ(length, size);
	memset(unpacked, 0xee, sizeof(unpacked));
	CHECK_EQ(gzip_unpack(packed, n, unpacked, size, &written), INFLATE_OK);
	CHECK_EQ(written, size);
	CHECK(!memcmp(unpacked, original, size));
	if (size)
		CHECK_EQ(gzip_unpack(packed, n, unpacked, size - 1, &written), INFLATE_NO_ROOM);
}

static void fill(size_t size, unsigned int kinds)
{
	srand(1);
	for (size_t i = 0; i < size; i++)
		original[i] = (uint8_t)(rand() % kinds);
}

static void test_round(void)
{
	static const size_t sizes[] = { 0, 1, 100, 70000, 300000 };
	static const unsigned int kinds[] = { 1, 3, 60, 256 };

	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
		for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
			fill(sizes[s], kinds[k]);
			check_round("-1", sizes[s]);
			check_round("-9 -n", sizes[s]);
		}
}

static void test_real(void)
{
	size_t size = read_file("kernel/lib/inflate.c", original, sizeof(original));

	CHECK(size > 1000);
	check_round("-6", size);
}

static void test_cut(void)
{
	size_t n, written;

	fill(5000, 60);
	n = pack("-9", 5000);
	for (size_t cut = 0; cut < n; cut++)
		CHECK(gzip_unpack(packed, cut, unpacked, sizeof(unpacked), &written) != INFLATE_OK);
}

static void test_changed(void)
{
	size_t n, written, found = 0;

	fill(500, 60);
	n = pack("-9 -n", 500);
	for (size_t i = 10; i < n; i++) {
		packed[i] ^= 0x11;
		found += gzip_unpack(packed, n, unpacked, 5000, &written) != INFLATE_OK;
		packed[i] ^= 0x11;
	}
	CHECK_EQ(found, n - 10);
}

int main(void)
{
	mkdir("build", 0777);
	mkdir("build/unit", 0777);
	mkdir(FOLDER, 0777);
	RUN(test_round);
	RUN(test_real);
	RUN(test_cut);
	RUN(test_changed);
	UNIT_END();
}
