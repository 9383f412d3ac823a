/*
 * Multiboot facts -> struct boot_info.
 *
 * Owns the reading of what a Multiboot 1 loader leaves in memory (specification 0.6.96, section 3.3). Everything is
 * copied, since the memory it lies in is given to the allocator later. Only the memory map is required; mem_upper
 * serves where there is none. Pointers in the facts are physical and untrusted: they are read through
 * early_phys_copy(), which knows no bad address below 4 GiB, and every count is bounded by the tables' sizes.
 * The memory map is brought into order here: whole regions ascending, no overlap (what is not RAM wins), so that the
 * allocator can trust it. Runs once, before arch_init(), interrupts off.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/string.h>
#include <rakit/boot_info.h>
#include "mm/direct.h"

#define MULTIBOOT_LOADER_MAGIC 0x2badb002
#define FLAG_MEMORY 0x001
#define FLAG_CMDLINE 0x004
#define FLAG_MODULES 0x008
#define FLAG_MEMORY_MAP 0x040
#define FLAG_LOADER_NAME 0x200

#define MAP_BYTES_MAX 8192

struct multiboot_info {
	u32 flags;
	u32 mem_lower, mem_upper; /* KiB */
	u32 boot_device;
	u32 cmdline;
	u32 mods_count, mods_addr;
	u32 syms[4];
	u32 mmap_length, mmap_addr;
	u32 drives_length, drives_addr;
	u32 config_table;
	u32 boot_loader_name;
};

struct multiboot_module {
	u32 start, end; /* end: first byte behind */
	u32 string;
	u32 reserved;
};

struct multiboot_mmap {
	u32 size; /* of the rest of the entry */
	u64 address, length;
	u32 type;
} __packed;

struct boot_info boot_info;

/* Copies a NUL-ended string; cut to size. */
static void __init string_read(char *dst, size_t size, u32 phys)
{
	size_t i;

	for (i = 0; i + 1 < size; i++) {
		early_phys_copy(&dst[i], phys + i, 1);
		if (!dst[i])
			return;
	}
	dst[i] = '\0';
}

/* GRUB and QEMU put the image's name in front of the arguments; a first word with '=' is an argument. */
static void __init cmdline_drop_image(char *line)
{
	char *end = line, *rest;

	while (*end && *end != ' ' && *end != '=')
		end++;
	if (*end == '=' || (line[0] != '/' && line[0] != '(' && !strstr(line, "rakit")))
		return;
	if (*end && end == line)
		return;
	for (rest = end; *rest == ' '; rest++)
		;
	memmove(line, rest, strlen(rest) + 1);
}

static void __init modules_read(const struct multiboot_info *mbi)
{
	struct multiboot_module raw;
	struct boot_module *module;
	u32 i;

	for (i = 0; i < mbi->mods_count; i++) {
		if (i >= BOOT_MODULES_MAX) {
			boot_info.modules_dropped = mbi->mods_count - i;
			return;
		}
		early_phys_copy(&raw, mbi->mods_addr + i * sizeof(raw), sizeof(raw));
		if (raw.end <= raw.start)
			continue;
		module = &boot_info.modules[boot_info.module_count++];
		module->first = raw.start;
		module->last = raw.end - 1;
		if (raw.string)
			string_read(module->string, sizeof(module->string), raw.string);
	}
}

static void __init region_insert(u64 first, u64 last, u32 type)
{
	struct boot_region *regions = boot_info.regions;
	u32 at = boot_info.region_count;

	if (first > last || at >= BOOT_REGIONS_MAX)
		return;
	for (; at > 0 && regions[at - 1].first > first; at--)
		regions[at] = regions[at - 1];
	regions[at] = (struct boot_region){ first, last, type };
	boot_info.region_count++;
}

static void __init region_remove(u32 at)
{
	boot_info.region_count--;
	memmove(&boot_info.regions[at], &boot_info.regions[at + 1],
		(boot_info.region_count - at) * sizeof(boot_info.regions[0]));
}

/* Cuts one overlap between the neighbours at and at + 1; true if there was one. */
static bool __init region_cut(u32 at)
{
	struct boot_region a = boot_info.regions[at], b = boot_info.regions[at + 1];
	bool a_wins = a.type != BOOT_MEMORY_RAM;

	if (a.last < b.first)
		return false;
	region_remove(at + 1);
	region_remove(at);
	if (a.type == b.type) {
		region_insert(a.first, max(a.last, b.last), a.type);
	} else if (a_wins) {
		region_insert(a.first, a.last, a.type);
		if (b.last > a.last)
			region_insert(a.last + 1, b.last, b.type);
	} else {
		if (b.first > a.first)
			region_insert(a.first, b.first - 1, a.type);
		region_insert(b.first, b.last, b.type);
		if (a.last > b.last)
			region_insert(b.last + 1, a.last, a.type);
	}
	return true;
}

/* Each cut shortens the sum of overlaps; the bound is for tables made to confuse. */
static void __init regions_disentangle(void)
{
	unsigned int rounds = 4 * BOOT_REGIONS_MAX;
	u32 at = 0;

	while (at + 1 < boot_info.region_count && rounds--) {
		if (!region_cut(at))
			at++;
		else if (at)
			at--;
	}
}

static void __init memory_map_read(const struct multiboot_info *mbi)
{
	u32 length = min_t(u32, mbi->mmap_length, MAP_BYTES_MAX), done = 0;
	struct multiboot_mmap entry;

	while (done + sizeof(entry) <= length) {
		early_phys_copy(&entry, mbi->mmap_addr + done, sizeof(entry));
		if (entry.size < sizeof(entry) - sizeof(entry.size) || entry.size > length)
			break;
		if (entry.length && entry.address + entry.length - 1 >= entry.address)
			region_insert(entry.address, entry.address + entry.length - 1, entry.type);
		done += entry.size + sizeof(entry.size);
	}
	regions_disentangle();
}

int __init boot_info_read(u32 magic, u32 phys)
{
	struct multiboot_info mbi;

	if (magic != MULTIBOOT_LOADER_MAGIC)
		return -EINVAL;
	early_phys_copy(&mbi, phys, sizeof(mbi));
	if ((mbi.flags & FLAG_CMDLINE) && mbi.cmdline) {
		string_read(boot_info.cmdline, sizeof(boot_info.cmdline), mbi.cmdline);
		cmdline_drop_image(boot_info.cmdline);
	}
	if ((mbi.flags & FLAG_LOADER_NAME) && mbi.boot_loader_name)
		string_read(boot_info.loader, sizeof(boot_info.loader), mbi.boot_loader_name);
	if (mbi.flags & FLAG_MODULES)
		modules_read(&mbi);
	if (mbi.flags & FLAG_MEMORY_MAP)
		memory_map_read(&mbi);
	if (!boot_info.region_count && (mbi.flags & FLAG_MEMORY)) {
		if (mbi.mem_lower)
			region_insert(0, mbi.mem_lower * 1024ULL - 1, BOOT_MEMORY_RAM);
		if (mbi.mem_upper)
			region_insert(0x100000, 0x100000 + mbi.mem_upper * 1024ULL - 1,
				      BOOT_MEMORY_RAM);
	}
	return boot_info.region_count ? 0 : -ENODATA;
}
