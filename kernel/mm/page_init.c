/*
 * Where RAM is: the start of the page allocator.
 *
 * From the boot loader's map this file derives how many frames there are, reserves the frame table mem_map and the page
 * tables of the direct map, and later hands each 4 MiB chunk to the allocator when it asks for more (page_chunk_ready).
 * Until then a chunk costs nothing: neither its part of mem_map nor its page table is written. So start-up time does not
 * depend on the amount of memory.
 * Never handed out: frame 0, the kernel image, the loader's modules (until page_free_boot()), mem_map itself.
 * The holes table is fixed after page_init(). Locking: interrupts off.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/export.h>
#include <linux/string.h>
#include <rakit/arch.h>
#include <rakit/boot_info.h>
#include <rakit/boot_order.h>
#include <rakit/memory.h>
#include "mm/direct.h"
#include "mm/page.h"
#include "mm/page_zone.h"

#define HOLES_MAX (BOOT_MODULES_MAX + 4)
#define TOP_DOWN_FROM (1UL << 20) /* larger reservations leave the low memory to ISA DMA */

struct page *mem_map;
EXPORT_SYMBOL(mem_map);
unsigned long max_pfn, max_low_pfn;
EXPORT_SYMBOL(max_pfn);
EXPORT_SYMBOL(max_low_pfn);

/* Frames that are RAM and not free; ranges inclusive, ascending, disjoint. */
static struct {
	unsigned long first, last;
} holes[HOLES_MAX];
static unsigned int hole_count;
static u8 chunk_ready[(1UL << (32 - CHUNK_SHIFT))];
static unsigned long total_pages;

static void __init hole_add(unsigned long first, unsigned long last)
{
	unsigned int at = hole_count;

	if (hole_count == HOLES_MAX)
		panic("page: too many reserved ranges");
	for (; at > 0 && holes[at - 1].first > first; at--)
		holes[at] = holes[at - 1];
	holes[at].first = first;
	holes[at].last = last;
	hole_count++;
}

/* Calls fn for each run of free frames in [first, last]. */
static void free_runs(unsigned long first, unsigned long last,
		      void (*fn)(unsigned long first, unsigned long last))
{
	unsigned int i;

	for (i = 0; i < hole_count && first <= last; i++) {
		if (holes[i].last < first)
			continue;
		if (holes[i].first > last)
			break;
		if (holes[i].first > first)
			fn(first, holes[i].first - 1);
		first = holes[i].last + 1;
	}
	if (first <= last)
		fn(first, last);
}

/* Whole frames of region i within [low, high]; false if there are none. */
static bool region_frames(unsigned int i, unsigned long low, unsigned long high,
			  unsigned long *first, unsigned long *last)
{
	const struct boot_region *region = &boot_info.regions[i];
	u64 begin = (region->first + PAGE_SIZE - 1) >> PAGE_SHIFT,
	    end = (region->last + 1) >> PAGE_SHIFT;

	if (region->type != BOOT_MEMORY_RAM || begin > high || end <= low || begin >= end)
		return false;
	*first = max_t(unsigned long, (unsigned long)begin, low);
	*last = end > high ? high : (unsigned long)end - 1;
	return true;
}

static unsigned long wanted, found;

static void __init run_fit_first(unsigned long first, unsigned long last)
{
	if (!found && last - first + 1 >= wanted)
		found = first;
}

static void __init run_fit_last(unsigned long first, unsigned long last)
{
	if (last - first + 1 >= wanted)
		found = last - wanted + 1;
}

/* Reserves pages of lowmem above 1 MiB and maps them; frame number. */
static unsigned long __init boot_reserve(unsigned long pages)
{
	unsigned long first, last, chunk;
	bool top_down = pages << PAGE_SHIFT > TOP_DOWN_FROM;
	unsigned int i;

	wanted = pages;
	found = 0;
	for (i = 0; i < boot_info.region_count; i++) {
		if (region_frames(i, 0x100, max_low_pfn - 1, &first, &last))
			free_runs(first, last, top_down ? run_fit_last : run_fit_first);
	}
	if (!found)
		panic("page: no room for %lu pages of tables", pages);
	hole_add(found, found + pages - 1);
	for (chunk = found / CHUNK_PAGES; chunk <= (found + pages - 1) / CHUNK_PAGES; chunk++)
		direct_map_chunk(chunk, max_low_pfn);
	return found;
}

static void __init limits_find(void)
{
	unsigned long first, last;
	unsigned int i;

	for (i = 0; i < boot_info.region_count; i++) {
		if (region_frames(i, 0, 0xfffff, &first, &last)) {
			max_pfn = max(max_pfn, last + 1);
			total_pages += last - first + 1;
		}
	}
	max_low_pfn = min(max_pfn, LOWMEM_MAX >> PAGE_SHIFT);
	if (max_low_pfn < 0x300)
		panic("page: the boot loader reports less than 3 MiB of memory");
}

static void __init holes_collect(void)
{
	unsigned int i;

	hole_add(0, 0);
	hole_add(PFN_DOWN(__pa(_kernel_start)), PFN_UP(__pa(_kernel_end)) - 1);
	for (i = 0; i < boot_info.module_count; i++)
		hole_add(PFN_DOWN(boot_info.modules[i].first), PFN_DOWN(boot_info.modules[i].last));
}

static void __init tables_reserve(void)
{
	unsigned long chunks = DIV_ROUND_UP(max_low_pfn, CHUNK_PAGES), entries;

	if (chunks > BOOT_CHUNKS)
		direct_set_tables((u32)PFN_PHYS(boot_reserve(chunks - BOOT_CHUNKS)));
	entries = round_up(max_pfn,
			   CHUNK_PAGES); /* joining looks at buddies up to the chunk's end */
	mem_map = __va(PFN_PHYS(boot_reserve(PFN_UP(entries * sizeof(struct page)))));
}

void __init page_init(const struct boot_info *info)
{
	unsigned int i;
	unsigned long used = 0;

	limits_find();
	holes_collect();
	tables_reserve();
	for (i = 0; i < hole_count; i++)
		used += holes[i].last - holes[i].first + 1;
	page_zones_init(total_pages - used);
}

static void run_give(unsigned long first, unsigned long last)
{
	page_give_range(first, last);
}

bool page_chunk_ready(unsigned long chunk)
{
	unsigned long low = chunk * CHUNK_PAGES, high = low + CHUNK_PAGES - 1, first, last;
	unsigned int i;

	if (low >= max_pfn || chunk_ready[chunk])
		return false;
	chunk_ready[chunk] = 1;
	if (low < max_low_pfn)
		direct_map_chunk(chunk, max_low_pfn);
	memset(mem_map + low, 0, CHUNK_PAGES * sizeof(struct page));
	for (i = 0; i < boot_info.region_count; i++) {
		if (region_frames(i, low, high, &first, &last))
			free_runs(first, last, run_give);
	}
	return true;
}

bool page_is_ready(unsigned long pfn)
{
	return pfn < max_pfn && chunk_ready[pfn / CHUNK_PAGES];
}

unsigned long totalram_pages(void)
{
	return total_pages;
}
EXPORT_SYMBOL(totalram_pages);

void page_free_boot(u32 first, u32 last)
{
	unsigned long pfn = PFN_UP(first), end = ((unsigned long)last + 1) >> PAGE_SHIFT, stop;

	page_zones_grew(end > pfn ? end - pfn : 0);
	for (; pfn < end; pfn = stop) {
		stop = min(end, (pfn / CHUNK_PAGES + 1) * CHUNK_PAGES);
		page_chunk_ready(pfn / CHUNK_PAGES);
		page_give_range(pfn, stop - 1);
	}
}

void *page_map_boot(u32 first, u32 last)
{
	unsigned long chunk;

	if (PFN_DOWN(last) >= max_low_pfn)
		return NULL;
	for (chunk = first >> CHUNK_SHIFT; chunk <= last >> CHUNK_SHIFT; chunk++)
		direct_map_chunk(chunk, max_low_pfn);
	return __va(first);
}

/* The boot page and .init.*: given to the allocator and, where the direct map shows them, unmapped until reused. */
bool init_memory_is_free;

void init_memory_free(void)
{
	u32 first = (u32)__pa(_init_begin), last = (u32)__pa(_init_end) - 1;

	init_memory_is_free = true;
	memset(_init_begin, POISON_FREE_INIT, (size_t)(_init_end - _init_begin));
	page_free_boot(first, last);
	page_free_boot(0x100000, 0x100fff);
}

bool virt_addr_valid(const void *addr)
{
	unsigned long a = (unsigned long)addr;

	return a >= PAGE_OFFSET && a < PAGE_OFFSET + PFN_PHYS(max_low_pfn) &&
	       page_is_ready(virt_to_pfn(a));
}
EXPORT_SYMBOL(virt_addr_valid);
