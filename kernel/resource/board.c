/*
 * What the board itself occupies: the controllers that the kernel drives, RAM and what lies in it, video memory and
 * ROMs. Reserved before any driver can ask, so that a driver that wants them is refused and told so.
 *
 * Sources: IBM PC/AT Technical Reference, "I/O address map" and "System memory map"; the memory map that the boot
 * loader handed over.
 */
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <asm/page.h>
#include <rakit/arch.h>
#include <rakit/boot_info.h>
#include "resource/resource.h"

#define BOARD_PORTS(first, last, label)                           \
	{                                                         \
		.start = (first), .end = (last), .name = (label), \
		.flags = IORESOURCE_IO | IORESOURCE_BUSY          \
	}
#define BOARD_MEMORY(first, last, label)                          \
	{                                                         \
		.start = (first), .end = (last), .name = (label), \
		.flags = IORESOURCE_MEM | IORESOURCE_BUSY         \
	}

static struct resource board_ports[] = {
	BOARD_PORTS(0x00, 0x1f, "dma1"),	 BOARD_PORTS(0x20, 0x21, "pic1"),
	BOARD_PORTS(0x40, 0x43, "timer0"),	 BOARD_PORTS(0x50, 0x53, "timer1"),
	BOARD_PORTS(0x80, 0x8f, "dma page reg"), BOARD_PORTS(0xa0, 0xa1, "pic2"),
	BOARD_PORTS(0xc0, 0xdf, "dma2"),	 BOARD_PORTS(0xf0, 0xff, "fpu"),
};

static struct resource board_memory[] = {
	BOARD_MEMORY(0xa0000, 0xbffff, "Video RAM area"),
	BOARD_MEMORY(0xc0000, 0xc7fff, "Video ROM"),
	BOARD_MEMORY(0xf0000, 0xfffff, "System ROM"),
};

static struct resource board_kernel[] = {
	BOARD_MEMORY(0, 0, "Kernel code"),
	BOARD_MEMORY(0, 0, "Kernel rodata"),
	BOARD_MEMORY(0, 0, "Kernel data"),
	BOARD_MEMORY(0, 0, "Kernel bss"),
};

static void board_reserve(struct resource *root, struct resource *res)
{
	struct resource *conflict = insert_resource_conflict(root, res);

	if (conflict)
		pr_warn("iomem: 0x%x-0x%x %s: overlaps %s\n", res->start, res->end, res->name,
			conflict->name);
}

static void board_kernel_part(struct resource *res, const char *first, const char *end)
{
	if (end == first)
		return;
	res->start = __pa(first);
	res->end = __pa(end) - 1;
	board_reserve(&iomem_resource, res);
}

/* The boot loader's memory map, types as in Multiboot and ACPI: 1 is RAM. */
static void board_memory_map(const struct boot_info *info)
{
	unsigned int i;

	for (i = 0; i < info->region_count; i++) {
		const struct boot_region *range = &info->regions[i];
		struct resource *res;

		if (range->first > range->last || range->last > 0xffffffffull)
			continue;
		res = kzalloc(sizeof(*res), GFP_KERNEL);
		if (!res)
			return;
		res->start = (resource_size_t)range->first;
		res->end = (resource_size_t)range->last;
		res->name = range->type == BOOT_MEMORY_RAM ? "System RAM" : "Reserved";
		res->flags = range->type == BOOT_MEMORY_RAM
				     ? IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY
				     : IORESOURCE_MEM;
		board_reserve(&iomem_resource, res);
	}
}

void board_resources_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(board_ports); i++) {
		board_reserve(&ioport_resource, &board_ports[i]);
		port_own(board_ports[i].start, board_ports[i].end, NULL);
	}
	board_memory_map(&boot_info);
	for (i = 0; i < ARRAY_SIZE(board_memory); i++)
		board_reserve(&iomem_resource, &board_memory[i]);
	board_kernel_part(&board_kernel[0], _text, _etext);
	board_kernel_part(&board_kernel[1], _rodata, _erodata);
	board_kernel_part(&board_kernel[2], _data, _bss);
	board_kernel_part(&board_kernel[3], _bss, _ebss);
}
