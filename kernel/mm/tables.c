/*
 * Page tables of user address spaces.
 *
 * A table is a page; its struct page is linked by freelist into the list of its directory's page, private is the number
 * of its directory entry, so that the end of an address space visits the tables that exist and nothing else. Tables and directories are empty
 * when they are freed; they are kept in short lists and handed out again without being cleared. Directories stay in
 * the kernel's list of directories (direct.c) all the time, so the kernel's part of a kept one is always current.
 * Locking: entries change under mm->page_table_lock, which also keeps other threads from running between the removal
 * of an entry, the flush and the release of the page; the lists of kept tables change with interrupts off.
 */
#include <linux/kernel.h>
#include <linux/irqflags.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "mm/direct.h"
#include "mm/page.h"
#include "mm/vm.h"

#define USER_TABLE (_PAGE_PRESENT | _PAGE_RW | _PAGE_USER | _PAGE_ACCESSED)
#define KEPT_MAX 32

struct kept {
	struct page *first; /* linked by page->private */
	unsigned int count;
};

static struct kept kept_tables, kept_pgds;

static struct page *kept_take(struct kept *kept)
{
	struct page *page;
	unsigned long flags;

	local_irq_save(flags);
	page = kept->first;
	if (page) {
		kept->first = (struct page *)page->private;
		kept->count--;
	}
	local_irq_restore(flags);
	return page;
}

static bool kept_give(struct kept *kept, struct page *page)
{
	unsigned long flags;
	bool keep;

	local_irq_save(flags);
	keep = kept->count < KEPT_MAX;
	if (keep) {
		page->private = (unsigned long)kept->first;
		kept->first = page;
		kept->count++;
	}
	local_irq_restore(flags);
	return keep;
}

unsigned long tables_spare(void)
{
	return kept_tables.count + kept_pgds.count;
}

static void pgd_release(struct page *page)
{
	unsigned long flags;

	local_irq_save(flags);
	pgd_list_del(page);
	local_irq_restore(flags);
	__free_page(page);
}

void tables_drain(void)
{
	struct page *page;

	while ((page = kept_take(&kept_tables)))
		__free_page(page);
	while ((page = kept_take(&kept_pgds)))
		pgd_release(page);
}

static inline struct page *pgd_page(const pgd_t *pgd)
{
	return virt_to_page(pgd);
}

pgd_t *pgd_alloc(void)
{
	struct page *page = kept_take(&kept_pgds);
	unsigned long flags;
	pgd_t *pgd;

	if (page)
		return page_to_virt(page);
	page = page_alloc(GFP_KERNEL, 0, 0);
	if (!page)
		return NULL;
	page->freelist = NULL;
	pgd = page_to_virt(page);
	memset(pgd, 0, USER_PTRS_PER_PGD * sizeof(*pgd));
	local_irq_save(flags);
	memcpy(pgd + USER_PTRS_PER_PGD, swapper_pg_dir + USER_PTRS_PER_PGD,
	       (PTRS_PER_PGD - USER_PTRS_PER_PGD) * sizeof(*pgd));
	pgd_list_add(page);
	local_irq_restore(flags);
	return pgd;
}

void pgd_free(struct mm_struct *mm)
{
	struct page *page = pgd_page(mm->pgd), *table, *next;

	for (table = page->freelist; table; table = next) {
		next = table->freelist;
		mm->pgd[table->private] = __pgd(0);
		if (!kept_give(&kept_tables, table))
			__free_page(table);
	}
	page->freelist = NULL;
	if (!kept_give(&kept_pgds, page))
		pgd_release(page);
}

pte_t *pte_make(struct mm_struct *mm, unsigned long addr)
{
	pgd_t *pgd = pgd_offset(mm, addr);
	struct page *table;

	if (likely(pgd_present(*pgd)))
		return pgd_table(*pgd) + pte_index(addr);
	table = kept_take(&kept_tables);
	if (!table)
		table = page_alloc(GFP_KERNEL | __GFP_ZERO, 0, 0);
	if (!table)
		return NULL;
	spin_lock(&mm->page_table_lock);
	if (!pgd_present(*pgd)) {
		table->private = pgd_index(addr);
		table->freelist = pgd_page(mm->pgd)->freelist;
		pgd_page(mm->pgd)->freelist = table;
		*pgd = __pgd((u32)PFN_PHYS(page_to_pfn(table)) | USER_TABLE);
		table = NULL;
	}
	spin_unlock(&mm->page_table_lock);
	if (table && !kept_give(&kept_tables, table))
		__free_page(table);
	return pgd_table(*pgd) + pte_index(addr);
}

/* End of the part of [addr, end) that one table maps. */
static inline unsigned long table_end(unsigned long addr, unsigned long end)
{
	unsigned long next = (addr + PGDIR_SIZE) & PGDIR_MASK;

	return next - 1 < end - 1 ? next : end;
}

static void entry_release(struct vm_area_struct *vma, pte_t entry)
{
	struct page *page;

	if (pte_special(entry))
		return;
	page = pte_page(entry);
	if (pte_dirty(entry) && (vma->vm_flags & VM_SHARED) && page->mapping)
		set_page_dirty(page);
	rss_add(vma->vm_mm, page, -1);
	atomic_dec(&page->_mapcount);
	put_page(page);
}

void zap_range(struct vm_area_struct *vma, unsigned long start, unsigned long end, bool flush)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long stop;
	pte_t *pte, entry;

	for (; start < end; start = stop) {
		stop = table_end(start, end);
		pte = pte_find(mm, start);
		if (!pte)
			continue;
		spin_lock(&mm->page_table_lock);
		for (; start < stop; start += PAGE_SIZE, pte++) {
			entry = *pte;
			if (pte_none(entry))
				continue;
			set_pte(pte, __pte(0));
			if (flush)
				__flush_tlb_one(start);
			entry_release(vma, entry);
		}
		spin_unlock(&mm->page_table_lock);
	}
}

/* One entry for the child; the parent's becomes read-only if it is private and writable. */
static inline pte_t entry_share(struct mm_struct *new, pte_t *pte, bool cow)
{
	pte_t entry = *pte;
	struct page *page;

	if (cow && pte_write(entry)) {
		entry = pte_wrprotect(entry);
		set_pte(pte, entry);
	}
	if (pte_special(entry))
		return entry;
	page = pte_page(entry);
	get_page(page);
	atomic_inc(&page->_mapcount);
	rss_add(new, page, 1);
	return cow ? entry : pte_mkclean(entry);
}

int copy_range(struct mm_struct *new, struct vm_area_struct *vma)
{
	bool cow = vma_is_cow(vma->vm_flags);
	unsigned long start, stop;
	pte_t *from, *to;

	for (start = vma->vm_start; start < vma->vm_end; start = stop) {
		stop = table_end(start, vma->vm_end);
		from = pte_find(vma->vm_mm, start);
		if (!from)
			continue;
		to = pte_make(new, start);
		if (!to)
			return -ENOMEM;
		spin_lock(&vma->vm_mm->page_table_lock);
		for (; start < stop; start += PAGE_SIZE, from++, to++) {
			if (!pte_none(*from))
				set_pte(to, entry_share(new, from, cow));
		}
		spin_unlock(&vma->vm_mm->page_table_lock);
	}
	return 0;
}

/* Calls change for each entry that is there, under the lock; the translations of what changed are flushed. */
static void change_range(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			 pte_t (*change)(struct vm_area_struct *vma, pte_t entry))
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long stop;
	pte_t *pte, entry;

	for (; start < end; start = stop) {
		stop = table_end(start, end);
		pte = pte_find(mm, start);
		if (!pte)
			continue;
		spin_lock(&mm->page_table_lock);
		for (; start < stop; start += PAGE_SIZE, pte++) {
			if (pte_none(*pte))
				continue;
			entry = change(vma, *pte);
			if (pte_val(entry) == pte_val(*pte))
				continue;
			set_pte(pte, entry);
			flush_tlb_page(vma, start);
		}
		spin_unlock(&mm->page_table_lock);
	}
}

/* Write permission comes with the next write fault, which decides about copying. */
static pte_t entry_protect(struct vm_area_struct *vma, pte_t entry)
{
	return pte_modify(entry, vma->vm_page_prot);
}

void protect_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	change_range(vma, start, end, entry_protect);
}

static pte_t entry_clean(struct vm_area_struct *vma, pte_t entry)
{
	if (!pte_dirty(entry) || pte_special(entry))
		return entry;
	set_page_dirty(pte_page(entry));
	return pte_wrprotect(pte_mkclean(entry));
}

void clean_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	change_range(vma, start, end, entry_clean);
}

int move_range(struct vm_area_struct *vma, unsigned long from, unsigned long to, unsigned long size)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long done;
	pte_t *source, *target;

	/* all tables first: then nothing can fail */
	for (done = 0; done < size; done += PAGE_SIZE) {
		if (pte_find(mm, from + done) && !pte_make(mm, to + done))
			return -ENOMEM;
	}
	for (done = 0; done < size; done += PAGE_SIZE) {
		source = pte_find(mm, from + done);
		if (!source || pte_none(*source))
			continue;
		target = pte_find(mm, to + done);
		spin_lock(&mm->page_table_lock);
		set_pte(target, *source);
		set_pte(source, __pte(0));
		flush_tlb_page(vma, from + done);
		spin_unlock(&mm->page_table_lock);
	}
	return 0;
}
