/*
 * The master boot record: four entries of 16 bytes at 0x1be, signature 0x55 0xaa at 0x1fe. A floppy or a file system
 * without partitions has the signature too, with boot code where the entries would be: its boot indicators are then
 * unlikely to be all 0 or 0x80, and FAT is recognised by its name fields.
 *
 * Source: IBM PC DOS Technical Reference, "Fixed disk: boot record and partition table".
 */
#include "lib/string.h"
#include "block/mbr.h"

#define TABLE_OFFSET 0x1be
#define ENTRY_SIZE 16
#define SIGNATURE_OFFSET 0x1fe

static unsigned int le32(const unsigned char *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (unsigned int)p[3] << 24;
}

static bool is_extended(unsigned char type)
{
	return type == 0x05 || type == 0x0f || type == 0x85;
}

static bool has_fat_name(const unsigned char *sector)
{
	return bytes_equal(sector + 0x36, "FAT12", 5) || bytes_equal(sector + 0x36, "FAT16", 5) ||
	       bytes_equal(sector + 0x52, "FAT32", 5);
}

bool mbr_parse(const unsigned char *sector, struct mbr_entry entries[MBR_ENTRIES])
{
	unsigned int i;

	bytes_clear(entries, sizeof(struct mbr_entry) * MBR_ENTRIES);
	if (sector[SIGNATURE_OFFSET] != 0x55 || sector[SIGNATURE_OFFSET + 1] != 0xaa ||
	    has_fat_name(sector))
		return false;
	for (i = 0; i < MBR_ENTRIES; i++)
		if (sector[TABLE_OFFSET + i * ENTRY_SIZE] & 0x7f)
			return false;
	for (i = 0; i < MBR_ENTRIES; i++) {
		const unsigned char *entry = sector + TABLE_OFFSET + i * ENTRY_SIZE;

		if (!entry[4] || !le32(entry + 12))
			continue;
		entries[i].type = entry[4];
		entries[i].start = le32(entry + 8);
		entries[i].sectors = le32(entry + 12);
		entries[i].extended = is_extended(entry[4]);
	}
	return true;
}
