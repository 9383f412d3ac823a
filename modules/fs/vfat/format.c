/*
 * The FAT on-disk format: boot sector, table entries, directory entries, dates. Theory in format.h. Names are in
 * names.c. Pure: everything is computed from the arguments.
 */
#include "format.h"

static uint16_t get16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t get32(const uint8_t *p)
{
	return get16(p) | (uint32_t)get16(p + 2) << 16;
}

static void put16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, (uint16_t)v);
	put16(p + 2, (uint16_t)(v >> 16));
}

static bool power_of_two(uint32_t v)
{
	return v && !(v & (v - 1));
}

/* Byte offsets in the boot sector (specification, "Boot Sector and BPB Structure"). */
enum {
	BPB_SECTOR_BYTES = 11,
	BPB_CLUSTER_SECTORS = 13,
	BPB_RESERVED = 14,
	BPB_FATS = 16,
	BPB_ROOT_ENTRIES = 17,
	BPB_SECTORS16 = 19,
	BPB_MEDIA = 21,
	BPB_FAT_SECTORS16 = 22,
	BPB_SECTORS32 = 32,
	BPB_FAT_SECTORS32 = 36,
	BPB_FLAGS32 = 40,
	BPB_ROOT_CLUSTER = 44,
	BPB_INFO_SECTOR = 48,
	BS_SERIAL16 = 39,
	BS_SERIAL32 = 67,
	FAT32_NO_MIRROR = 0x80,
};

#define FAT12_CLUSTERS 4084u  /* most clusters a FAT12 volume has */
#define FAT16_CLUSTERS 65524u /* and a FAT16 one */
#define FAT32_CLUSTERS 0x0ffffff5u

static const char *parse_sizes(const uint8_t *boot, struct fat_geometry *g)
{
	g->sector_bytes = get16(boot + BPB_SECTOR_BYTES);
	if (!power_of_two(g->sector_bytes) || g->sector_bytes < 512 || g->sector_bytes > 4096)
		return "bytes per sector are not 512, 1024, 2048 or 4096";
	g->cluster_sectors = boot[BPB_CLUSTER_SECTORS];
	if (!power_of_two(g->cluster_sectors) || g->cluster_sectors * g->sector_bytes > 65536)
		return "sectors per cluster are no power of two, or a cluster has more than 64 KiB";
	g->fat_start = get16(boot + BPB_RESERVED);
	if (!g->fat_start)
		return "no reserved sectors";
	g->fat_count = boot[BPB_FATS];
	if (!g->fat_count || g->fat_count > 4)
		return "number of allocation tables is not 1 to 4";
	if (boot[BPB_MEDIA] < 0xf0)
		return "media byte is not 0xf0 to 0xff";
	g->fat_sectors = get16(boot + BPB_FAT_SECTORS16);
	if (!g->fat_sectors)
		g->fat_sectors = get32(boot + BPB_FAT_SECTORS32);
	if (!g->fat_sectors)
		return "allocation table has no sectors";
	return NULL;
}

/* Bytes a table needs for clusters 0..max. */
static uint64_t table_bytes(enum fat_type type, uint32_t max_cluster)
{
	uint64_t entries = (uint64_t)max_cluster + 1;

	return type == FAT_TYPE_12 ? (entries * 3 + 1) / 2
				   : entries * (type == FAT_TYPE_16 ? 2 : 4);
}

static const char *parse_areas(const uint8_t *boot, uint64_t device_sectors, struct fat_geometry *g)
{
	uint32_t root_bytes = get16(boot + BPB_ROOT_ENTRIES) * FAT_ENTRY_SIZE;
	uint32_t total = get16(boot + BPB_SECTORS16);
	uint64_t data_start;
	uint32_t clusters;

	if (root_bytes % g->sector_bytes)
		return "root directory is no whole number of sectors";
	if (!total)
		total = get32(boot + BPB_SECTORS32);
	if (!total || (uint64_t)total * (g->sector_bytes / 512) > device_sectors)
		return "volume is larger than its device, or empty";
	g->root_sectors = root_bytes / g->sector_bytes;
	data_start = (uint64_t)g->fat_start + (uint64_t)g->fat_count * g->fat_sectors +
		     g->root_sectors;
	if (data_start >= total)
		return "allocation tables leave no room for data";
	g->root_start = (uint32_t)data_start - g->root_sectors;
	g->data_start = (uint32_t)data_start;
	clusters = (total - g->data_start) / g->cluster_sectors;
	if (!clusters)
		return "no clusters";
	if (!get16(boot + BPB_FAT_SECTORS16))
		g->type = FAT_TYPE_32;
	else
		g->type = clusters <= FAT12_CLUSTERS ? FAT_TYPE_12 : FAT_TYPE_16;
	if ((g->type == FAT_TYPE_16 && clusters > FAT16_CLUSTERS) || clusters > FAT32_CLUSTERS)
		return "more clusters than its kind of table can number";
	g->max_cluster = clusters + 1;
	if (table_bytes(g->type, g->max_cluster) > (uint64_t)g->fat_sectors * g->sector_bytes)
		return "allocation table is too short for the clusters";
	return NULL;
}

static const char *parse_fat32(const uint8_t *boot, struct fat_geometry *g)
{
	uint16_t flags = get16(boot + BPB_FLAGS32);

	if (g->root_sectors)
		return "FAT32 volume with a fixed root directory";
	g->root_cluster = get32(boot + BPB_ROOT_CLUSTER) & 0x0fffffff;
	if (!fat_is_cluster(g, g->root_cluster))
		return "root directory begins at no cluster";
	g->info_sector = get16(boot + BPB_INFO_SECTOR);
	if (g->info_sector >= g->fat_start)
		g->info_sector = 0;
	if (flags & FAT32_NO_MIRROR) {
		g->mirrored = false;
		g->fat_active = flags & 0xf;
		if (g->fat_active >= g->fat_count)
			return "active allocation table is none of the volume's";
	}
	g->serial = get32(boot + BS_SERIAL32);
	return NULL;
}

const char *fat_geometry_parse(const uint8_t *boot, uint64_t device_sectors, struct fat_geometry *g)
{
	const char *wrong;

	*g = (struct fat_geometry){ .mirrored = true };
	wrong = parse_sizes(boot, g);
	if (!wrong)
		wrong = parse_areas(boot, device_sectors, g);
	if (wrong)
		return wrong;
	if (g->type == FAT_TYPE_32)
		return parse_fat32(boot, g);
	if (!g->root_sectors)
		return "no root directory";
	g->serial = get32(boot + BS_SERIAL16);
	return NULL;
}

uint32_t fat_table_offset(const struct fat_geometry *geometry, uint32_t cluster)
{
	switch (geometry->type) {
	case FAT_TYPE_12:
		return cluster + cluster / 2;
	case FAT_TYPE_16:
		return cluster * 2;
	default:
		return cluster * 4;
	}
}

uint32_t fat_end_mark(const struct fat_geometry *geometry)
{
	switch (geometry->type) {
	case FAT_TYPE_12:
		return 0xfff;
	case FAT_TYPE_16:
		return 0xffff;
	default:
		return 0x0fffffff;
	}
}

bool fat_is_end(const struct fat_geometry *geometry, uint32_t value)
{
	return value >= fat_end_mark(geometry) - 7;
}

/* Byte offsets in a directory entry. */
enum {
	DIR_ATTRIBUTES = 11,
	DIR_CASE = 12,
	DIR_CREATED_CENTI = 13,
	DIR_CREATED_TIME = 14,
	DIR_CREATED_DATE = 16,
	DIR_ACCESSED_DATE = 18,
	DIR_CLUSTER_HIGH = 20,
	DIR_MODIFIED_TIME = 22,
	DIR_MODIFIED_DATE = 24,
	DIR_CLUSTER_LOW = 26,
	DIR_SIZE = 28,
};

void fat_entry_decode(const uint8_t *raw, const struct fat_geometry *geometry,
		      struct fat_entry *entry)
{
	unsigned int i;

	for (i = 0; i < FAT_SHORT_LEN; i++)
		entry->name[i] = raw[i];
	entry->attributes = raw[DIR_ATTRIBUTES];
	entry->letter_case = raw[DIR_CASE];
	entry->created_centiseconds = raw[DIR_CREATED_CENTI];
	entry->created_time = get16(raw + DIR_CREATED_TIME);
	entry->created_date = get16(raw + DIR_CREATED_DATE);
	entry->accessed_date = get16(raw + DIR_ACCESSED_DATE);
	entry->modified_time = get16(raw + DIR_MODIFIED_TIME);
	entry->modified_date = get16(raw + DIR_MODIFIED_DATE);
	entry->cluster = get16(raw + DIR_CLUSTER_LOW);
	if (geometry->type == FAT_TYPE_32)
		entry->cluster |= (uint32_t)get16(raw + DIR_CLUSTER_HIGH) << 16;
	entry->size = get32(raw + DIR_SIZE);
}

void fat_entry_encode(uint8_t *raw, const struct fat_geometry *geometry,
		      const struct fat_entry *entry)
{
	unsigned int i;

	for (i = 0; i < FAT_SHORT_LEN; i++)
		raw[i] = entry->name[i];
	raw[DIR_ATTRIBUTES] = entry->attributes;
	raw[DIR_CASE] = entry->letter_case;
	raw[DIR_CREATED_CENTI] = entry->created_centiseconds;
	put16(raw + DIR_CREATED_TIME, entry->created_time);
	put16(raw + DIR_CREATED_DATE, entry->created_date);
	put16(raw + DIR_ACCESSED_DATE, entry->accessed_date);
	put16(raw + DIR_CLUSTER_HIGH,
	      geometry->type == FAT_TYPE_32 ? (uint16_t)(entry->cluster >> 16) : 0);
	put16(raw + DIR_MODIFIED_TIME, entry->modified_time);
	put16(raw + DIR_MODIFIED_DATE, entry->modified_date);
	put16(raw + DIR_CLUSTER_LOW, (uint16_t)entry->cluster);
	put32(raw + DIR_SIZE, entry->size);
}

/* Days since 1970-01-01 of a date of the Gregorian calendar, and back (years of 366 days counted from March). */
static int64_t days_from_date(int64_t year, unsigned int month, unsigned int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = y / 400;
	unsigned int in_era = (unsigned int)(y - era * 400);
	unsigned int in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static void date_from_days(int64_t days, unsigned int *year, unsigned int *month, unsigned int *day)
{
	int64_t shifted = days + 719468;
	int64_t era = shifted / 146097;
	unsigned int in_era = (unsigned int)(shifted - era * 146097);
	unsigned int years = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	unsigned int in_year = in_era - (365 * years + years / 4 - years / 100);
	unsigned int mp = (5 * in_year + 2) / 153;

	*day = in_year - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = (unsigned int)(years + era * 400 + (*month <= 2));
}

int64_t fat_time_decode(uint16_t date, uint16_t time, uint8_t centiseconds)
{
	unsigned int month = date >> 5 & 15, day = date & 31;

	month = month < 1 ? 1 : month > 12 ? 12 : month;
	day = day ? day : 1;
	return days_from_date(1980 + (date >> 9), month, day) * 86400 + (time >> 11) * 3600 +
	       (time >> 5 & 63) * 60 + (time & 31) * 2 + centiseconds / 100;
}

void fat_time_encode(int64_t seconds, uint16_t *date, uint16_t *time, uint8_t *centiseconds)
{
	const int64_t first = 315532800LL,
		      last = 4354819198LL; /* 1980-01-01 and 2107-12-31 23:59:58 */
	unsigned int year, month, day, rest;

	seconds = seconds < first ? first : seconds > last ? last : seconds;
	date_from_days(seconds / 86400, &year, &month, &day);
	rest = (unsigned int)(seconds % 86400);
	*date = (uint16_t)((year - 1980) << 9 | month << 5 | day);
	*time = (uint16_t)(rest / 3600 << 11 | rest / 60 % 60 << 5 | rest % 60 / 2);
	*centiseconds = (uint8_t)(rest % 2 * 100);
}
