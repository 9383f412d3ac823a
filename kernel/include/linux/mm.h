/*
 * Memory management for drivers and filesystems: pages, mapping memory into processes, and the faults that fill the
 * mappings. As Linux 5.10's <linux/mm.h>.
 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/mm_types.h>
#include <linux/page-flags.h>
#include <linux/kernel.h>
#include <asm/pgtable.h>

struct vm_fault;
struct inode;
struct seq_file;

#define untagged_addr(addr) (addr)

/* Areas: what may be done (low four bits), what may be made so by mprotect(), and the rest. Linux's values. */
#define VM_NONE 0x00000000
#define VM_READ 0x00000001
#define VM_WRITE 0x00000002
#define VM_EXEC 0x00000004
#define VM_SHARED 0x00000008
#define VM_MAYREAD 0x00000010
#define VM_MAYWRITE 0x00000020
#define VM_MAYEXEC 0x00000040
#define VM_MAYSHARE 0x00000080
#define VM_GROWSDOWN 0x00000100 /* stack: grows by faults below it */
#define VM_PFNMAP 0x00000400	/* device memory: entries without struct page */
#define VM_DENYWRITE 0x00000800
#define VM_LOCKED 0x00002000
#define VM_IO 0x00004000
#define VM_SEQ_READ 0x00008000
#define VM_RAND_READ 0x00010000
#define VM_DONTCOPY 0x00020000 /* not inherited at fork */
#define VM_DONTEXPAND 0x00040000
#define VM_ACCOUNT 0x00100000
#define VM_NORESERVE 0x00200000
#define VM_DONTDUMP 0x04000000
#define VM_MIXEDMAP 0x10000000 /* entries with and without struct page */
#define VM_WIPEONFORK 0x02000000
#define VM_STACK VM_GROWSDOWN
#define VM_STACK_FLAGS (VM_STACK | VM_READ | VM_WRITE | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC)
#define VM_DATA_DEFAULT_FLAGS (VM_READ | VM_WRITE | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC)
#define VM_ACCESS_FLAGS (VM_READ | VM_WRITE | VM_EXEC)
#define VM_SPECIAL (VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP)

/* What a fault handler is told (vmf->flags) and what it returns. */
#define FAULT_FLAG_WRITE 0x01
#define FAULT_FLAG_MKWRITE 0x02
#define FAULT_FLAG_ALLOW_RETRY 0x04
#define FAULT_FLAG_KILLABLE 0x10
#define FAULT_FLAG_USER 0x40
#define FAULT_FLAG_INSTRUCTION 0x100

#define VM_FAULT_OOM 0x0001
#define VM_FAULT_SIGBUS 0x0002
#define VM_FAULT_MAJOR 0x0004
#define VM_FAULT_HWPOISON 0x0010
#define VM_FAULT_SIGSEGV 0x0040
#define VM_FAULT_NOPAGE 0x0100 /* the handler filled the entry itself */
#define VM_FAULT_LOCKED 0x0200 /* vmf->page is returned locked */
#define VM_FAULT_RETRY 0x0400
#define VM_FAULT_ERROR (VM_FAULT_OOM | VM_FAULT_SIGBUS | VM_FAULT_SIGSEGV | VM_FAULT_HWPOISON)

struct vm_fault {
	struct vm_area_struct *vma; /* area in which it happened */
	unsigned int flags;	    /* FAULT_FLAG_* */
	gfp_t gfp_mask;		    /* for allocations on its behalf */
	pgoff_t pgoff;		    /* page wanted, as offset in the file */
	unsigned long address;	    /* page-aligned faulting address */
	pte_t orig_pte;		    /* entry that was found */
	struct page *cow_page;	    /* private write fault: page that will get the copy */
	struct page *page;	    /* out: the page, with a reference for the entry */
};

/* What the owner of a mapping does. Process context with mmap_lock held, may sleep. */
struct vm_operations_struct {
	void (*open)(struct vm_area_struct *vma);  /* another area came to be (fork, split) */
	void (*close)(struct vm_area_struct *vma); /* an area goes */
	int (*split)(struct vm_area_struct *vma, unsigned long addr);
	int (*mremap)(struct vm_area_struct *vma);
	/* Fill vmf->page (a reference is handed over), or the entry itself and VM_FAULT_NOPAGE. */
	vm_fault_t (*fault)(struct vm_fault *vmf);
	/* A shared page is about to be written for the first time. Return VM_FAULT_LOCKED or 0 to allow. */
	vm_fault_t (*page_mkwrite)(struct vm_fault *vmf);
	vm_fault_t (*pfn_mkwrite)(struct vm_fault *vmf);
	/* Access by another process (ptrace, /proc/PID/mem) to memory without struct page. */
	int (*access)(struct vm_area_struct *vma, unsigned long addr, void *buf, int len,
		      int write);
	const char *(*name)(struct vm_area_struct *vma); /* for /proc/PID/maps */
};

/* Page references. The last put_page() frees the page. Any context. */
static inline int page_count(const struct page *page)
{
	return atomic_read(&page->_refcount);
}

static inline void get_page(struct page *page)
{
	atomic_inc(&page->_refcount);
}

static inline bool get_page_unless_zero(struct page *page)
{
	return atomic_inc_not_zero(&page->_refcount);
}

static inline void set_page_count(struct page *page, int count)
{
	atomic_set(&page->_refcount, count);
}

void put_page(struct page *page);
#define put_page_testzero(page) atomic_dec_and_test(&(page)->_refcount)

static inline int page_mapcount(const struct page *page)
{
	return atomic_read(&page->_mapcount);
}

static inline bool page_mapped(const struct page *page)
{
	return page_mapcount(page) > 0;
}

static inline unsigned long page_private(const struct page *page)
{
	return page->private;
}

static inline void set_page_private(struct page *page, unsigned long private)
{
	page->private = private;
}

static inline struct address_space *page_mapping(struct page *page)
{
	return PageSlab(page) ? NULL : page->mapping;
}

#define page_file_mapping(page) page_mapping(page)
#define page_index(page) ((page)->index)
#define compound_head(page) (page)
#define page_size(page) PAGE_SIZE
#define nth_page(page, n) ((page) + (n))

/* Kernel address of a page: that of the direct map, or of its kmap(); NULL if it has none. Any context. */
void *page_address(const struct page *page);
#define lowmem_page_address(page) page_to_virt(page)
bool PageHighMem(const struct page *page);

/* Implemented by the page cache: 1 if the page was clean before. */
int set_page_dirty(struct page *page);
int set_page_dirty_lock(struct page *page);

static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

/* First area that ends behind addr (it need not hold it), or NULL. Context: mmap_lock held. */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
struct vm_area_struct *find_vma_prev(struct mm_struct *mm, unsigned long addr,
				     struct vm_area_struct **prev);

/* First area that shares an address with [start, end), or NULL. */
static inline struct vm_area_struct *find_vma_intersection(struct mm_struct *mm,
							   unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	return vma && end <= vma->vm_start ? NULL : vma;
}

pgprot_t vm_get_page_prot(unsigned long vm_flags);

/*
 * For a driver's mmap operation: map physical memory or pages into the area.
 * remap_pfn_range - the range [addr, addr + size) shows physical frames from pfn on; sets VM_IO | VM_PFNMAP.
 *	0, -EINVAL (outside the area), -ENOMEM. Process context, mmap_lock held (as in mmap).
 * vm_insert_page - one page with a struct page (a reference is taken): 0, -EFAULT, -EINVAL, -EBUSY (occupied), -ENOMEM
 * vmf_insert_pfn - one frame, from a fault handler: VM_FAULT_NOPAGE, or an error
 */
int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		    unsigned long size, pgprot_t prot);
#define io_remap_pfn_range remap_pfn_range
int vm_iomap_memory(struct vm_area_struct *vma, phys_addr_t start, unsigned long len);
int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page);
int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff);
vm_fault_t vmf_insert_pfn(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn);

/*
 * get_user_pages_fast - the pages behind a user range of the current process, each with a reference
 * @start: address; @nr_pages: how many; @gup_flags: FOLL_WRITE if they will be written; @pages: out
 * Returns how many (may be fewer), or -EFAULT. Process context, may sleep.
 */
int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages);
#define FOLL_WRITE 0x01
#define FOLL_FORCE 0x10

/* Reads (FOLL_WRITE: writes) another process's memory; returns the bytes done. Process context. */
int access_process_vm(struct task_struct *tsk, unsigned long addr, void *buf, int len,
		      unsigned int gup_flags);
int access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len,
		     unsigned int gup_flags);

/* For ->mmap: makes vma zeroed memory that all who share the mapping see alike; 0 or -ENOMEM. */
int shmem_zero_setup(struct vm_area_struct *vma);

/*
 * unmap_mapping_range - drop all page table entries for a part of a file
 * @holebegin: byte offset, @holelen: bytes (0: to the end), @even_cows: also private copies. Used by truncation.
 */
void unmap_mapping_range(struct address_space *mapping, loff_t holebegin, loff_t holelen,
			 int even_cows);
/* For write-back: entries of a shared file page become clean and read-only, so that the next write is noticed. 1 if one was
 * dirty. Process context, page locked. */
int page_mkclean(struct page *page);

/*
 * Address space operations of the kernel core. Process context, may sleep.
 * do_mmap - map; mmap_lock held for writing. prot, flags: PROT_*, MAP_*; pgoff in pages. Address or -errno.
 * vm_mmap - the same with the lock taken inside; offset in bytes.
 */
unsigned long do_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, unsigned long pgoff);
unsigned long vm_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, unsigned long offset);
int do_munmap(struct mm_struct *mm, unsigned long start, size_t len);
int vm_munmap(unsigned long start, size_t len);
/* Anonymous zeroed memory at exactly [addr, addr + len), replacing what was there; 0 or -errno. flags: VM_EXEC or 0. */
int vm_brk_flags(unsigned long addr, unsigned long len, unsigned long flags);
int vm_brk(unsigned long addr, unsigned long len);

/*
 * handle_mm_fault - bring a page in; mmap_lock held, address inside vma and access allowed by it
 * Returns VM_FAULT_*.
 */
vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long address, unsigned int flags);
/* Lets a stack area grow down to address; 0, -ENOMEM, -EFAULT. mmap_lock held for writing. */
int expand_stack(struct vm_area_struct *vma, unsigned long address);

void mmap_read_lock(struct mm_struct *mm);
void mmap_read_unlock(struct mm_struct *mm);
void mmap_write_lock(struct mm_struct *mm);
int mmap_write_lock_killable(struct mm_struct *mm);
void mmap_write_unlock(struct mm_struct *mm);

static inline unsigned long get_mm_rss(struct mm_struct *mm)
{
	return (unsigned long)(atomic_long_read(&mm->rss_anon) + atomic_long_read(&mm->rss_file));
}

/* Memory of the machine, in bytes (mem_unit 1) or pages; as sysinfo(2) and /proc/meminfo tell it. */
struct sysinfo;
void si_meminfo(struct sysinfo *val);
unsigned long totalram_pages(void);
/* Estimate of pages that could be had without killing anybody. */
unsigned long si_mem_available(void);

/* Large allocations that need not be contiguous: kmalloc if small, else vmalloc. */
void *kvmalloc(size_t size, gfp_t gfp);
void *kvzalloc(size_t size, gfp_t gfp);
void *kvmalloc_array(size_t n, size_t size, gfp_t gfp);
void *kvcalloc(size_t n, size_t size, gfp_t gfp);
void kvfree(const void *addr);

bool is_vmalloc_addr(const void *addr);
#define is_vmalloc_or_module_addr(addr) is_vmalloc_addr(addr)

/* Giving memory back under pressure (linux/shrinker.h). */
#include <linux/shrinker.h>

#endif
