/* The direct map and the fixed windows: what the page allocator and the start need before there is an allocator. */
#ifndef MM_DIRECT_H
#define MM_DIRECT_H

#include <linux/types.h>
#include <asm/pgtable.h>

#define CHUNK_SHIFT 22 /* one page table maps one chunk of 4 MiB */
#define CHUNK_SIZE (1UL << CHUNK_SHIFT)
#define CHUNK_PAGES (CHUNK_SIZE >> PAGE_SHIFT)
#define BOOT_CHUNKS 2 /* mapped by boot/start.asm */

/* Windows at FIXMAP_START, by page. */
enum fix_slot {
	FIX_EARLY, /* early_phys_copy() */
	FIX_TABLE, /* filling of page tables */
	FIX_KMAP_ATOMIC = 16,
	FIX_KMAP_ATOMIC_LAST = 79,
	FIX_KMAP = 80,
	FIX_KMAP_LAST = 591,
};
#define fix_address(slot) (FIXMAP_START + ((unsigned long)(slot) << PAGE_SHIFT))

extern pte_t fixmap_table[PTRS_PER_PTE];

/* Installs the windows' table. Once, first of all. */
void direct_init(void);
/* Maps a frame at a window / takes it away. */
void fix_map(unsigned int slot, unsigned long pfn, pgprot_t prot);
void fix_unmap(unsigned int slot);
/* Copies physical memory, mapped or not. Before page_init() only. */
void early_phys_copy(void *dst, u32 phys, size_t size);
/* Makes frame count lowmem page tables at tables_phys available to direct_map_chunk(). */
void direct_set_tables(u32 tables_phys);
/* Maps the 4 MiB chunk into the direct map; frames from limit on stay unmapped. Idempotent. */
void direct_map_chunk(unsigned long chunk, unsigned long limit_pfn);
bool direct_chunk_mapped(unsigned long chunk);

/* Enters a kernel page table into all page directories. Interrupts off. */
void kernel_pgd_set(unsigned long index, pgd_t pgd);
/* Directories of processes join and leave. */
void pgd_list_add(struct page *page);
void pgd_list_del(struct page *page);

/* The first task's stack, part of the image. */
struct boot_stack {
	char guard[PAGE_SIZE];
	char stack[THREAD_SIZE];
};
extern struct boot_stack boot_stack;

/* Kernel image: text and rodata read-only, the page below the boot stack not present. */
void direct_protect_image(void);

#endif
