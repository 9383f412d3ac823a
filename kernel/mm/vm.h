/* User address spaces: what the files of kernel/mm share about areas and page tables. */
#ifndef MM_VM_H
#define MM_VM_H

#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <asm/pgtable.h>

/*
 * Page tables (tables.c). Entries of user space change under mm->page_table_lock.
 */
/* The entry for addr, its table made if need be; NULL without memory. May sleep. */
pte_t *pte_make(struct mm_struct *mm, unsigned long addr);
/* The entry for addr, or NULL if there is no table. */
static inline pte_t *pte_find(struct mm_struct *mm, unsigned long addr)
{
	pgd_t pgd = *pgd_offset(mm, addr);

	return pgd_present(pgd) ? pgd_table(pgd) + pte_index(addr) : NULL;
}
/* A page directory with the kernel's part; NULL without memory. */
pgd_t *pgd_alloc(void);
/* Frees the directory with all its (empty) tables. */
void pgd_free(struct mm_struct *mm);
/* Pages of empty tables and directories at hand for the next address space / given back. */
unsigned long tables_spare(void);
void tables_drain(void);
/* Removes the entries of [start, end) of vma; pages are released. flush: translations may be cached. */
void zap_range(struct vm_area_struct *vma, unsigned long start, unsigned long end, bool flush);
/* Copies vma's entries to the same addresses of new; private writable pages become read-only in both. 0 or -ENOMEM. */
int copy_range(struct mm_struct *new, struct vm_area_struct *vma);
/* Gives the entries of [start, end) the protection of vma. */
void protect_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);
/* Moves entries from one place to another of the same size. 0 or -ENOMEM. */
int move_range(struct vm_area_struct *vma, unsigned long from, unsigned long to,
	       unsigned long size);
/* Takes the dirty marks of [start, end) over to the pages of a shared file mapping, which become read-only again. */
void clean_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);

/* Accounts pages that come and go; a page without owner in the page cache is anonymous. */
static inline void rss_add(struct mm_struct *mm, const struct page *page, int count)
{
	atomic_long_add(count, page->mapping ? &mm->rss_file : &mm->rss_anon);
}

/* Private and writable: a write needs a copy of a page that others have, too. */
static inline bool vma_is_cow(unsigned long vm_flags)
{
	return (vm_flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;
}

/*
 * Areas (area.c). mmap_lock held for writing unless the mm is not yet (or no more) anybody's.
 */
struct vm_area_struct *area_alloc(struct mm_struct *mm);
struct vm_area_struct *area_copy(const struct vm_area_struct *old);
/* Releases file, driver and memory of an area that is in no list. */
void area_release(struct vm_area_struct *vma);
/* Enters it into the lists of mm and of its file. */
void area_insert(struct mm_struct *mm, struct vm_area_struct *vma);
void area_remove(struct mm_struct *mm, struct vm_area_struct *vma);
/* Cuts vma at addr; the new area is the upper part. 0 or -errno. */
int area_split(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr);
/* Joins vma with what fits on both sides; returns the area that now holds vma's range. */
struct vm_area_struct *area_join(struct mm_struct *mm, struct vm_area_struct *vma);
/* Takes an area out of its file's list before its range changes, and enters it again. */
void area_unlink_file(struct vm_area_struct *vma);
void area_link_file(struct vm_area_struct *vma);
/* An address of len free bytes as mmap chooses it, or -ENOMEM. */
unsigned long area_place(struct mm_struct *mm, unsigned long hint, unsigned long len);
/* Counts pages of vm_flags into the totals of mm (negative: out of them). */
void area_account(struct mm_struct *mm, unsigned long vm_flags, long pages);
/* May the process have so many more pages? */
bool area_limit_ok(struct mm_struct *mm, unsigned long vm_flags, unsigned long pages);

#define MAX_MAP_COUNT 65530

extern struct page *zero_page; /* read by all, written by none */

/* Shared anonymous memory (shared.c): gives vma its object. 0 or -ENOMEM. */
int shared_anonymous_setup(struct vm_area_struct *vma);

#endif
