/* Partition tables of the PC: the master boot record. Pure. */
#ifndef BLOCK_MBR_H
#define BLOCK_MBR_H

#include <stdbool.h>

#define MBR_SECTOR 512
#define MBR_ENTRIES 4

struct mbr_entry {
	unsigned int start;   /* first sector; in an extended chain relative, see mbr_parse() */
	unsigned int sectors; /* 0: entry not used */
	unsigned char type;   /* system id; 0: entry not used */
	bool extended;	      /* holds a chain of logical partitions */
};

/*
 * mbr_parse - take a boot record apart
 * @sector: MBR_SECTOR bytes; @entries: filled, unused ones zeroed
 * Returns false if the sector is no partition table: wrong signature, an entry with a boot indicator that is neither
 * 0 nor 0x80, or a FAT boot sector.
 */
bool mbr_parse(const unsigned char *sector, struct mbr_entry entries[MBR_ENTRIES]);

#endif
