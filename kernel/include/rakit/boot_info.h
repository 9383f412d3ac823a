/* What the boot loader told us, in a form of our own. */
#ifndef _RAKIT_BOOT_INFO_H
#define _RAKIT_BOOT_INFO_H

#include <linux/types.h>

#define BOOT_CMDLINE_MAX 2048
#define BOOT_MODULES_MAX 16
#define BOOT_REGIONS_MAX 64
#define BOOT_STRING_MAX 64

/* Types of memory: as BIOS function E820h numbers them. */
enum boot_memory {
	BOOT_MEMORY_RAM = 1,
	BOOT_MEMORY_RESERVED = 2,
	BOOT_MEMORY_ACPI = 3,
	BOOT_MEMORY_NVS = 4,
	BOOT_MEMORY_BAD = 5,
};

/* A file that the loader put into memory. */
struct boot_module {
	u32 first;		      /* physical address of its first byte */
	u32 last;		      /* of its last byte */
	char string[BOOT_STRING_MAX]; /* loader's text, cut; "" if it gave none */
};

struct boot_region {
	u64 first; /* physical addresses, both inclusive */
	u64 last;
	u32 type; /* enum boot_memory */
};

struct boot_info {
	char cmdline
		[BOOT_CMDLINE_MAX]; /* without the image's name where the loader puts it in front */
	char loader[BOOT_STRING_MAX]; /* boot loader's name, "" if unknown */
	u32 module_count;
	struct boot_module modules[BOOT_MODULES_MAX];
	u32 region_count;
	struct boot_region regions[BOOT_REGIONS_MAX]; /* ascending, do not overlap */
	u32 modules_dropped; /* modules for which there was no room in the table */
};

/* Valid from boot_info_read() on, for ever. */
extern struct boot_info boot_info;

/*
 * boot_info_read - fill boot_info from what the loader left
 * @magic, @mbi: as the loader passed them (Multiboot 0.6.96, 3.2 and 3.3); everything needed is copied.
 * Returns 0, or -EINVAL if it was no Multiboot loader, -ENODATA if it told nothing about memory. Before arch_init().
 */
int boot_info_read(u32 magic, u32 mbi);

#endif
