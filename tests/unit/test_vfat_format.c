// SOURCES: modules/fs/vfat/format.c modules/fs/vfat/names.c
// CFLAGS: -Imodules/fs/vfat
/* FAT: boot sectors good and bad, table entries, names both ways, dates against the host's calendar. */
#include <stdint.h>
#include <time.h>
#include "format.h"
#include "unit.h"

static uint8_t boot[512];

/* As mkfs.vfat makes a 1.44 MB floppy. */
static void floppy(void)
{
	memset(boot, 0, sizeof(boot));
	boot[12] = 2;			  /* 512 bytes per sector */
	boot[13] = 1;			  /* one sector per cluster */
	boot[14] = 1;			  /* one reserved */
	boot[16] = 2;			  /* two tables */
	boot[17] = 224;			  /* root entries */
	boot[19] = 0x40, boot[20] = 0x0b; /* 2880 sectors */
	boot[21] = 0xf0;
	boot[22] = 9;
	boot[510] = 0x55, boot[511] = 0xaa;
}

static void test_floppy_geometry(void)
{
	struct fat_geometry g;

	floppy();
	CHECK(!fat_geometry_parse(boot, 2880, &g));
	CHECK_EQ(g.type, FAT_TYPE_12);
	CHECK_EQ(g.fat_start, 1);
	CHECK_EQ(g.root_start, 19);
	CHECK_EQ(g.root_sectors, 14);
	CHECK_EQ(g.data_start, 33);
	CHECK_EQ(g.max_cluster, 2848);
	CHECK_EQ(fat_table_offset(&g, 3), 4);
	CHECK(fat_is_end(&g, 0xff8) && !fat_is_end(&g, 0xff7));
}

static void refused(unsigned int at, uint8_t value, const char *part)
{
	struct fat_geometry g;
	const char *wrong;

	floppy();
	boot[at] = value;
	wrong = fat_geometry_parse(boot, 2880, &g);
	CHECK(wrong && strstr(wrong, part));
}

static void test_bad_geometry(void)
{
	struct fat_geometry g;

	refused(12, 3, "bytes per sector");
	refused(12, 0, "bytes per sector");
	refused(13, 3, "power of two");
	refused(13, 0, "power of two");
	refused(14, 0, "reserved");
	refused(16, 0, "allocation tables");
	refused(16, 9, "allocation tables");
	refused(21, 0x10, "media");
	refused(22, 0, "no sectors");
	refused(22, 1, "too short");
	refused(20, 0xff, "larger");
	refused(17, 1, "whole number");
	floppy();
	CHECK(fat_geometry_parse(boot, 2879, &g) != NULL);
}

/* Any boot sector gives an answer, and an accepted one has its areas in order on the device. */
static void test_random_geometry(void)
{
	struct fat_geometry g;
	unsigned int i, j;

	srand(1);
	for (i = 0; i < 200000; i++) {
		floppy();
		for (j = rand() % 6 + 1; j; j--)
			boot[11 + rand() % 60] = (uint8_t)rand();
		if (fat_geometry_parse(boot, 1u << 20, &g))
			continue;
		CHECK(g.fat_start < g.data_start && g.max_cluster >= 2);
		CHECK((uint64_t)g.data_start + (uint64_t)(g.max_cluster - 1) * g.cluster_sectors <=
		      (1u << 20) * 512ull / g.sector_bytes);
		CHECK(fat_table_offset(&g, g.max_cluster) <
		      (uint64_t)g.fat_sectors * g.sector_bytes);
	}
}

static void short_is(const char *text, const char *stored, bool exact)
{
	uint8_t name[FAT_SHORT_LEN];

	CHECK_EQ(fat_short_make(text, strlen(text), name), exact);
	CHECK(!memcmp(name, stored, FAT_SHORT_LEN));
}

static void test_short_names(void)
{
	uint8_t name[FAT_SHORT_LEN];
	char text[FAT_NAME_BYTES];

	short_is("README.TXT", "README  TXT", true);
	short_is("readme.txt", "README  TXT", false);
	short_is("A", "A          ", true);
	short_is("longer name.text", "LONGERNATEX", false);
	short_is(".profile", "PROFILE    ", false);
	short_is("a.b.c", "AB      C  ", false);
	short_is("\xc3\xa4"
		 "bc.x",
		 "_BC     X  ", false);
	fat_short_number((const uint8_t *)"LONGERNATEX", 1, name);
	CHECK(!memcmp(name, "LONGER~1TEX", 11));
	fat_short_number((const uint8_t *)"LONGERNATEX", 12345, name);
	CHECK(!memcmp(name, "LO~12345TEX", 11));
	fat_short_number((const uint8_t *)"AB      C  ", 7, name);
	CHECK(!memcmp(name, "AB~7    C  ", 11));
	fat_short_to_utf8((const uint8_t *)"README  TXT", 0, text);
	CHECK_STR(text, "README.TXT");
	fat_short_to_utf8((const uint8_t *)"README  TXT", FAT_CASE_LOWER_BASE | FAT_CASE_LOWER_EXT,
			  text);
	CHECK_STR(text, "readme.txt");
	fat_short_to_utf8((const uint8_t *)"\x05    \x81     ", 0, text);
	CHECK_STR(text, "\xcf\x83    \xc3\xbc");
}

/* What encode writes, the collector reads back. */
static void test_long_names(void)
{
	const char *texts[] = { "a", "exactly13unit", "fourteen units",
				"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80.txt" };
	uint8_t raw[FAT_ENTRY_SIZE], sum = fat_short_checksum((const uint8_t *)"ABCDEF~1TXT");
	uint16_t units[FAT_LONG_UNITS];
	struct fat_long_name name;
	char back[FAT_NAME_BYTES];
	unsigned int i;
	int count, slots, order;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		count = fat_units_from_utf8(texts[i], strlen(texts[i]), units);
		slots = (count + (int)FAT_SLOT_UNITS - 1) / (int)FAT_SLOT_UNITS;
		fat_long_name_reset(&name);
		for (order = slots; order; order--) {
			fat_slot_encode(raw, units, (size_t)count, (uint8_t)order, order == slots,
					sum);
			fat_long_name_feed(&name, raw);
		}
		CHECK_EQ(fat_long_name_finish(&name, (const uint8_t *)"ABCDEF~1TXT"), count);
		fat_units_to_utf8(name.units, (size_t)count, back);
		CHECK_STR(back, texts[i]);
		CHECK_EQ(fat_long_name_finish(&name, (const uint8_t *)"OTHER   TXT"), 0);
	}
	fat_slot_encode(raw, units, 3, 1, false, sum);
	fat_long_name_reset(&name);
	fat_long_name_feed(&name, raw);
	CHECK_EQ(fat_long_name_finish(&name, (const uint8_t *)"ABCDEF~1TXT"), 0);
}

static void test_bad_utf8(void)
{
	uint16_t units[FAT_LONG_UNITS];
	char many[800];

	CHECK_EQ(fat_units_from_utf8("\xff", 1, units), -1);
	CHECK_EQ(fat_units_from_utf8("\xc0\x80", 2, units), -1);
	CHECK_EQ(fat_units_from_utf8("\xed\xa0\x80", 3, units), -1);
	CHECK_EQ(fat_units_from_utf8("\xe2\x82", 2, units), -1);
	memset(many, 'a', sizeof(many));
	CHECK_EQ(fat_units_from_utf8(many, 255, units), 255);
	CHECK_EQ(fat_units_from_utf8(many, 256, units), -1);
	CHECK(!fat_name_valid("a*b", 3) && !fat_name_valid("...", 3) && !fat_name_valid("a ", 2) &&
	      fat_name_valid("a b", 3));
}

static void test_dates(void)
{
	int64_t t;

	for (t = 315532800; t < 4354819198LL; t += 86400 * 3 + 4321) {
		uint16_t date, clock;
		uint8_t centi;
		time_t host = (time_t)t;
		struct tm tm;

		gmtime_r(&host, &tm);
		fat_time_encode(t, &date, &clock, &centi);
		CHECK_EQ(date >> 9, tm.tm_year - 80);
		CHECK_EQ(date >> 5 & 15, tm.tm_mon + 1);
		CHECK_EQ(date & 31, tm.tm_mday);
		CHECK_EQ(clock >> 11, tm.tm_hour);
		CHECK_EQ(fat_time_decode(date, clock, centi), t);
	}
}

int main(void)
{
	RUN(test_floppy_geometry);
	RUN(test_bad_geometry);
	RUN(test_random_geometry);
	RUN(test_short_names);
	RUN(test_long_names);
	RUN(test_bad_utf8);
	RUN(test_dates);
	UNIT_END();
}
