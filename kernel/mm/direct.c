/*
 * The direct map: physical memory at 3 GiB, and a few fixed windows for what is not in it.
 *
 * boot/start.asm maps the first 8 MiB. The rest is mapped in chunks of 4 MiB, one page table each, when the page
 * allocator first needs the chunk: a machine that uses 10 MiB pays for 12. The page tables are reserved as one block at
 * page_init() and filled through a window, so mapping needs no allocation and cannot fail.
 * Invariant: directory entries 768..1023 are equal in all page directories; kernel_pgd_set() is the only place that
 * changes them, and kernel tables are never taken away.
 * Not done here: vmalloc's tables (vmalloc.c), user tables (tables.c).
 * Locking: interrupts off.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/mm_types.h>
#include <linux/string.h>
#include <asm/pgtable.h>
#include <rakit/arch.h>
#include "mm/direct.h"

pgd_t swapper_pg_dir[PTRS_PER_PGD] __aligned(4096);
pte_t direct_tables_boot[BOOT_CHUNKS * PTRS_PER_PTE] __aligned(4096);
pte_t fixmap_table[PTRS_PER_PTE] __aligned(4096);

static u32 direct_tables_phys;
static LIST_HEAD(pgd_list);

#define KERNEL_TABLE (_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED)

void kernel_pgd_set(unsigned long index, pgd_t pgd)
{
	struct page *page;

	swapper_pg_dir[index] = pgd;
	list_for_each_entry(page, &pgd_list, lru)
		((pgd_t *)page_to_virt(page))[index] = pgd;
}

void pgd_list_add(struct page *page)
{
	list_add(&page->lru, &pgd_list);
}

void pgd_list_del(struct page *page)
{
	list_del(&page->lru);
}

void __init direct_init(void)
{
	swapper_pg_dir[0] = __pgd(0); /* boot/start.asm's low copy */
	flush_tlb_all();
	swapper_pg_dir[pgd_index(FIXMAP_START)] = __pgd(__pa(fixmap_table) | KERNEL_TABLE);
}

void fix_map(unsigned int slot, unsigned long pfn, pgprot_t prot)
{
	set_pte(&fixmap_table[slot], pfn_pte(pfn, prot));
	__flush_tlb_one(fix_address(slot));
}

void fix_unmap(unsigned int slot)
{
	set_pte(&fixmap_table[slot], __pte(0));
	__flush_tlb_one(fix_address(slot));
}

void __init early_phys_copy(void *dst, u32 phys, size_t size)
{
	size_t part;

	if (phys < BOOT_CHUNKS * CHUNK_SIZE && size <= BOOT_CHUNKS * CHUNK_SIZE - phys) {
		memcpy(dst, __va(phys), size);
		return;
	}
	for (; size; size -= part, phys += part, dst += part) {
		part = min_t(size_t, size, PAGE_SIZE - offset_in_page(phys));
		fix_map(FIX_EARLY, PHYS_PFN(phys), PAGE_KERNEL);
		memcpy(dst, (void *)(fix_address(FIX_EARLY) + offset_in_page(phys)), part);
	}
	fix_unmap(FIX_EARLY);
}

void __init direct_set_tables(u32 tables_phys)
{
	direct_tables_phys = tables_phys;
}

bool direct_chunk_mapped(unsigned long chunk)
{
	return chunk < (LOWMEM_MAX >> CHUNK_SHIFT) &&
	       pgd_present(swapper_pg_dir[pgd_index(PAGE_OFFSET) + chunk]);
}

void direct_map_chunk(unsigned long chunk, unsigned long limit_pfn)
{
	unsigned long pfn = chunk * CHUNK_PAGES, i;
	pte_t *table = (pte_t *)fix_address(FIX_TABLE);
	u32 phys, entry;

	if (direct_chunk_mapped(chunk))
		return;
	phys = direct_tables_phys + (u32)(chunk - BOOT_CHUNKS) * PAGE_SIZE;
	fix_map(FIX_TABLE, PHYS_PFN(phys), PAGE_KERNEL);
	entry = (u32)PFN_PHYS(pfn) | pgprot_val(PAGE_KERNEL);
	for (i = 0; i < CHUNK_PAGES && pfn + i < limit_pfn; i++, entry += PAGE_SIZE)
		table[i] = __pte(entry);
	for (; i < CHUNK_PAGES; i++)
		table[i] = __pte(0);
	fix_unmap(FIX_TABLE);
	kernel_pgd_set(pgd_index(PAGE_OFFSET) + chunk, __pgd(phys | KERNEL_TABLE));
}

static void __init protect(const char *first, const char *end)
{
	unsigned long pfn;

	for (pfn = PFN_DOWN(__pa(first)); pfn < PFN_UP(__pa(end)); pfn++)
		direct_tables_boot[pfn] = pte_wrprotect(direct_tables_boot[pfn]);
}

void __init direct_protect_image(void)
{
	protect(_text, _etext);
	protect(_rodata, _erodata);
	direct_tables_boot[PFN_DOWN(__pa(boot_stack.guard))] = __pte(0);
	flush_tlb_all();
}

pte_t *kernel_pte(unsigned long addr)
{
	pgd_t pgd = *pgd_offset_k(addr);

	if (addr < PAGE_OFFSET || !pgd_present(pgd))
		return NULL;
	return pgd_table(pgd) + pte_index(addr);
}
