/*
 * The FAT on-disk format, as pure code: no allocation, no I/O, no kernel header. Compiled for the module and for the
 * host's tests. Everything read from a disk is hostile until fat_geometry_parse() has accepted it.
 *
 * Sources: Microsoft "FAT32 File System Specification" 1.03 (2000); ECMA-107.
 */
#ifndef VFAT_FORMAT_H
#define VFAT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAT_ENTRY_SIZE 32u  /* bytes of a directory entry */
#define FAT_SHORT_LEN 11u   /* bytes of a short name as stored: 8 + 3, space-padded */
#define FAT_LONG_UNITS 255u /* UTF-16 units of the longest name */
#define FAT_SLOT_UNITS 13u  /* UTF-16 units in one long-name entry */
#define FAT_MAX_SLOTS 20u   /* long-name entries of the longest name */
#define FAT_NAME_BYTES (3u * FAT_LONG_UNITS + 1u) /* UTF-8 with its NUL */
#define FAT_DIR_BYTES (65536u * FAT_ENTRY_SIZE)	  /* largest directory */

#define FAT_ATTR_RO 0x01u
#define FAT_ATTR_HIDDEN 0x02u
#define FAT_ATTR_SYS 0x04u
#define FAT_ATTR_VOLUME 0x08u
#define FAT_ATTR_DIR 0x10u
#define FAT_ATTR_ARCH 0x20u
#define FAT_ATTR_LONG 0x0fu
#define FAT_CASE_LOWER_BASE 0x08u
#define FAT_CASE_LOWER_EXT 0x10u
#define FAT_DELETED 0xe5u
#define FAT_SLOT_LAST 0x40u

enum fat_type { FAT_TYPE_12 = 12, FAT_TYPE_16 = 16, FAT_TYPE_32 = 32 };

/* What the boot sector says, checked: all sums fit, all areas lie on the device in order. Units: sectors, clusters. */
struct fat_geometry {
	enum fat_type type;
	uint32_t sector_bytes;	  /* 512, 1024, 2048 or 4096 */
	uint32_t cluster_sectors; /* a power of two; a cluster has at most 64 KiB */
	uint32_t fat_start;	  /* first sector of the first table */
	uint32_t fat_sectors;	  /* of one table */
	uint32_t fat_count;	  /* tables, 1..4 */
	uint32_t fat_active;	  /* the table in use (FAT32 without mirroring), else 0 */
	bool mirrored;		  /* every table is kept alike */
	uint32_t root_start;	  /* FAT12/16: first sector of the root directory */
	uint32_t root_sectors;	  /* FAT12/16: its length */
	uint32_t root_cluster;	  /* FAT32 */
	uint32_t info_sector;	  /* FAT32: FSINFO, 0: none */
	uint32_t data_start;	  /* sector of cluster 2 */
	uint32_t max_cluster;	  /* highest cluster number; clusters are 2..max_cluster */
	uint32_t serial;	  /* volume number */
};

/* A directory entry, decoded. */
struct fat_entry {
	uint8_t name[FAT_SHORT_LEN];
	uint8_t attributes;
	uint8_t letter_case; /* FAT_CASE_* */
	uint8_t created_centiseconds;
	uint16_t created_time, created_date, accessed_date, modified_time, modified_date;
	uint32_t cluster; /* first, 0: none */
	uint32_t size;	  /* bytes; 0 for directories */
};

/*
 * Decode and check the boot sector of a device of device_sectors sectors of 512 bytes. boot: at least 512 bytes.
 * NULL: *geometry is filled; else what is wrong, for the log.
 */
const char *fat_geometry_parse(const uint8_t *boot, uint64_t device_sectors,
			       struct fat_geometry *geometry);

/* The file-allocation-table entry of a cluster: byte offset in the table. */
uint32_t fat_table_offset(const struct fat_geometry *geometry, uint32_t cluster);
/* Values that end a chain or mark a bad cluster, for the type of table. */
bool fat_is_end(const struct fat_geometry *geometry, uint32_t value);
uint32_t fat_end_mark(const struct fat_geometry *geometry);
static inline bool fat_is_cluster(const struct fat_geometry *geometry, uint32_t value)
{
	return value >= 2 && value <= geometry->max_cluster;
}

/* Directory entries, 32 bytes at raw. */
void fat_entry_decode(const uint8_t *raw, const struct fat_geometry *geometry,
		      struct fat_entry *entry);
void fat_entry_encode(uint8_t *raw, const struct fat_geometry *geometry,
		      const struct fat_entry *entry);

/* Long names. checksum: of the short name that the slots belong to. */
uint8_t fat_short_checksum(const uint8_t name[FAT_SHORT_LEN]);
/* Slot number `order` (1 is the first 13 units) of a name of `units` units. */
void fat_slot_encode(uint8_t *raw, const uint16_t *name, size_t units, uint8_t order, bool last,
		     uint8_t checksum);

/*
 * Collects the long-name slots in front of a short entry. feed() takes each raw entry in turn; at a short entry
 * finish() gives the long name's length in units, or 0 when the slots were missing, torn or of another entry.
 */
struct fat_long_name {
	uint16_t units[FAT_MAX_SLOTS * FAT_SLOT_UNITS];
	uint8_t expected; /* next order, 0: no run under way */
	uint8_t slots;	  /* in the run */
	uint8_t checksum;
	bool complete;
};
void fat_long_name_reset(struct fat_long_name *name);
void fat_long_name_feed(struct fat_long_name *name, const uint8_t *raw);
size_t fat_long_name_finish(const struct fat_long_name *name,
			    const uint8_t short_name[FAT_SHORT_LEN]);

/*
 * Texts. to_utf8: bytes written, NUL excluded; out has FAT_NAME_BYTES. from_utf8: units, or -1 when text is not UTF-8
 * or longer than FAT_LONG_UNITS; out has FAT_LONG_UNITS.
 */
size_t fat_units_to_utf8(const uint16_t *units, size_t count, char *out);
int fat_units_from_utf8(const char *text, size_t length, uint16_t *out);
/* A stored short name as text in lower or upper case as its case flags say; returns its length. */
size_t fat_short_to_utf8(const uint8_t name[FAT_SHORT_LEN], uint8_t letter_case, char *out);

/* Is this name allowed in a directory (characters, no trailing dot or blank alone)? Length without trailing dots. */
bool fat_name_valid(const char *text, size_t length);
size_t fat_name_trim(const char *text, size_t length);

/*
 * The short name for a long one. Returns true when the text is itself a short name in upper case (no long entry needed).
 * Else name holds the basis for numbering by fat_short_number(): `NAME~1`.
 */
bool fat_short_make(const char *text, size_t length, uint8_t name[FAT_SHORT_LEN]);
/* Put ~number into a basis; number 1..999999. */
void fat_short_number(const uint8_t basis[FAT_SHORT_LEN], uint32_t number,
		      uint8_t name[FAT_SHORT_LEN]);

/* DOS date and time to seconds since 1970 (UTC) and back; dates outside 1980..2107 are clamped. */
int64_t fat_time_decode(uint16_t date, uint16_t time, uint8_t centiseconds);
void fat_time_encode(int64_t seconds, uint16_t *date, uint16_t *time, uint8_t *centiseconds);

/* Case-insensitive comparison key of a character: ASCII and Latin-1 letters fold. */
uint8_t fat_fold(uint8_t c);

#endif
