/* The structures of memory management: pages, address spaces of processes and their areas. */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/atomic.h>
#include <linux/rbtree.h>
#include <linux/rwsem.h>
#include <linux/spinlock_types.h>
#include <asm/page.h>
#include <asm/pgtable_types.h>

struct address_space;
struct file;
struct kmem_cache;
struct mm_struct;
struct module;
struct task_struct;
struct vm_operations_struct;

/* One per page of RAM. A block of 1 << order pages has its state in the first page's entry. */
struct page {
	unsigned long flags; /* PG_* of linux/page-flags.h; zone in the top two bits */
	atomic_t _refcount;  /* users; 0: free */
	union {
		atomic_t _mapcount; /* page table entries that map it, 0: none */
		u32 slab_inuse;	    /* slab: objects handed out */
	};
	union {
		struct address_space *mapping; /* page cache: the file's pages */
		struct kmem_cache *slab_cache; /* slab: cache that it belongs to */
		struct module *owner;	       /* block given to a module */
	};
	union {
		pgoff_t index;	    /* page cache: offset in the file, in pages */
		void *freelist;	    /* slab: first free object */
		unsigned long site; /* block given to a module: who asked */
	};
	unsigned long private; /* owner's data (buffer heads); free block and kmalloc block: order */
	union {
		struct list_head lru; /* whoever owns the page: one list */
		struct {
			struct page *head; /* slab page that is not the first: the first */
			void *slab_first;  /* */
		};
	};
};

typedef unsigned long vm_flags_t;
typedef unsigned int vm_fault_t;

/* A range of a process's addresses with one source and one protection. */
struct vm_area_struct {
	unsigned long vm_start;			  /* first address */
	unsigned long vm_end;			  /* first address behind it */
	struct vm_area_struct *vm_next, *vm_prev; /* by address */
	struct rb_node vm_rb;			  /* in mm->mm_rb, by address */
	struct mm_struct *vm_mm;		  /* address space it belongs to */
	pgprot_t vm_page_prot;			  /* protection of new entries */
	unsigned long vm_flags;			  /* VM_* of linux/mm.h */
	unsigned long vm_pgoff;			  /* offset of vm_start in the file, in pages */
	struct file *vm_file;			  /* file mapped (counted), or NULL */
	void *vm_private_data;			  /* of the driver that maps it */
	const struct vm_operations_struct *vm_ops;
	struct list_head shared; /* in mapping->i_mmap */
};

/* An address space. Counted twice: mm_users by tasks that run in it, mm_count by all who need the structure. */
struct mm_struct {
	struct vm_area_struct *mmap; /* areas by address; changed under mmap_lock for writing */
	struct rb_root mm_rb;
	struct vm_area_struct *mmap_cache; /* area found last */
	pgd_t *pgd;
	atomic_t mm_users;
	atomic_t mm_count;
	int map_count;		       /* number of areas */
	struct rw_semaphore mmap_lock; /* areas; page tables change under it or page_table_lock */
	spinlock_t page_table_lock;    /* entries of the page tables */
	unsigned long mmap_base;       /* mappings without a wish go below this, downwards */
	unsigned long highest_vm_end;
	unsigned long total_vm, locked_vm, data_vm, exec_vm, stack_vm; /* pages */
	unsigned long def_flags; /* VM_LOCKED after mlockall(MCL_FUTURE) */
	unsigned long start_code, end_code, start_data, end_data;
	unsigned long start_brk, brk, start_stack;
	unsigned long arg_start, arg_end, env_start, env_end;
	atomic_long_t rss_anon, rss_file; /* resident pages */
	unsigned long hiwater_rss;
	struct file *exe_file;	      /* program (counted), /proc/PID/exe */
	unsigned long saved_auxv[44]; /* /proc/PID/auxv: pairs, ended by AT_NULL */
	struct linux_binfmt *binfmt;  /* format of the program; its module is counted */
	unsigned long flags;	      /* MMF_* */
	void *context_vdso;
};

#define MMF_OOM_VICTIM 0 /* bit: chosen when memory ran out: allocations fail */

extern struct mm_struct init_mm; /* the kernel's: no areas, swapper_pg_dir */

#endif
