// SOURCES: modules/fs/vfat/format.c modules/fs/vfat/names.c
/*
 * Any boot sector and any directory entries: an accepted geometry lies on the device, a long name is never longer than it may be.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "../../modules/fs/vfat/format.h"

static void boot_sector(const uint8_t *data, size_t size)
{
	struct fat_geometry g;
	uint8_t boot[512] = { 0 };

	memcpy(boot, data, size < 512 ? size : 512);
	boot[510] = 0x55;
	boot[511] = 0xaa;
	if (fat_geometry_parse(boot, 2880, &g))
		return;
	if (g.data_start + (uint64_t)(g.max_cluster - 1) * g.cluster_sectors >
	    2880u * 512 / g.sector_bytes)
		abort();
	if (fat_table_offset(&g, g.max_cluster) >= (uint64_t)g.fat_sectors * g.sector_bytes)
		abort();
}

static void entries(const uint8_t *data, size_t size)
{
	struct fat_geometry g = { .type = FAT_TYPE_32, .max_cluster = 100 };
	struct fat_long_name name;
	struct fat_entry entry;
	char text[FAT_NAME_BYTES];

	fat_long_name_reset(&name);
	for (; size >= FAT_ENTRY_SIZE; data += FAT_ENTRY_SIZE, size -= FAT_ENTRY_SIZE) {
		if ((data[11] & 0x3f) == FAT_ATTR_LONG) {
			fat_long_name_feed(&name, data);
			continue;
		}
		fat_entry_decode(data, &g, &entry);
		if (fat_long_name_finish(&name, entry.name) > FAT_LONG_UNITS)
			abort();
		if (fat_units_to_utf8(name.units, fat_long_name_finish(&name, entry.name), text) >=
		    FAT_NAME_BYTES)
			abort();
		fat_short_to_utf8(entry.name, entry.letter_case, text);
		fat_time_decode(entry.modified_date, entry.modified_time,
				entry.created_centiseconds);
		fat_long_name_reset(&name);
	}
}

static void names(const uint8_t *data, size_t size)
{
	uint16_t units[FAT_LONG_UNITS];
	uint8_t basis[FAT_SHORT_LEN];
	char *text = malloc(size + 1);

	if (!text)
		return;
	memcpy(text, data, size);
	text[size] = 0;
	if (fat_units_from_utf8(text, size, units) > (int)FAT_LONG_UNITS)
		abort();
	if (size && fat_name_valid(text, size))
		fat_short_make(text, fat_name_trim(text, size), basis);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	boot_sector(data, size);
	entries(data, size);
	names(data, size);
	return 0;
}
