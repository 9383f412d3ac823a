// SOURCES: kernel/block/mbr.c
// Partition tables of the PC.
#include "unit.h"
#include "block/mbr.h"

static void entry(unsigned char *sector, unsigned int n, unsigned char type, unsigned int start,
		  unsigned int sectors)
{
	unsigned char *p = sector + 0x1be + n * 16;
	unsigned int i;

	p[4] = type;
	for (i = 0; i < 4; i++) {
		p[8 + i] = start >> 8 * i;
		p[12 + i] = sectors >> 8 * i;
	}
}

static void empty(unsigned char *sector)
{
	memset(sector, 0, MBR_SECTOR);
	sector[510] = 0x55;
	sector[511] = 0xaa;
}

static void test_table(void)
{
	unsigned char s[MBR_SECTOR];
	struct mbr_entry e[MBR_ENTRIES];

	empty(s);
	s[0x1be] = 0x80;
	entry(s, 0, 0x83, 2048, 4096);
	entry(s, 1, 0x05, 8192, 0x80000000);
	entry(s, 3, 0x82, 63, 0);
	CHECK(mbr_parse(s, e));
	CHECK_EQ(e[0].start, 2048);
	CHECK_EQ(e[0].sectors, 4096);
	CHECK(!e[0].extended);
	CHECK(e[1].extended);
	CHECK_EQ(e[1].sectors, 0x80000000);
	CHECK_EQ(e[2].sectors, 0);
	CHECK_EQ(e[3].sectors, 0);
	CHECK_EQ(e[3].type, 0);
}

static void test_no_table(void)
{
	unsigned char s[MBR_SECTOR];
	struct mbr_entry e[MBR_ENTRIES];

	empty(s);
	CHECK(mbr_parse(s, e));
	s[510] = 0;
	CHECK(!mbr_parse(s, e));
	empty(s);
	s[0x1be + 16] = 0x7f; /* boot code, not a boot indicator */
	CHECK(!mbr_parse(s, e));
	empty(s);
	memcpy(s + 0x36, "FAT12   ", 8);
	CHECK(!mbr_parse(s, e));
	empty(s);
	memcpy(s + 0x52, "FAT32   ", 8);
	CHECK(!mbr_parse(s, e));
}

int main(void)
{
	RUN(test_table);
	RUN(test_no_table);
	UNIT_END();
}
