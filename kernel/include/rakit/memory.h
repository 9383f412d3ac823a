/*
 * Memory management as the kernel's other parts see it: start-up, kernel stacks, memory for modules, heap ownership,
 * address spaces of processes. (What drivers use is in linux/mm.h, gfp.h, slab.h and vmalloc.h.)
 */
#ifndef _RAKIT_MEMORY_H
#define _RAKIT_MEMORY_H

#include <linux/types.h>
#include <linux/mm_types.h>

struct boot_info;
struct module;
struct seq_file;

/* Start-up functions: see rakit/boot_order.h. */

/* Gives a range that the loader used (a module) to the allocator: physical addresses, inclusive, whole pages. */
void page_free_boot(u32 first, u32 last);
/* Kernel address of a loader's range: mapped on demand, NULL beyond the direct map. */
void *page_map_boot(u32 first, u32 last);

/* Kernel stacks: THREAD_SIZE bytes with an unmapped page below. Lowest address, or NULL. Process context. */
void *kstack_alloc(void);
/* Any context; the stack may be the one in use if it is not touched after interrupts are enabled again. */
void kstack_free(void *stack);
/* Pages of stacks at hand for the next thread / given back (may sleep). */
unsigned long kstack_spare(void);
void kstack_drain(void);

/* Free pages: the page allocator's, and those that the kernel's own lists hold ready (spare slabs, tables, stacks). */
unsigned long free_pages_total(void);
/* Does addr lie in the guard page of some kernel stack? Any context. */
bool kstack_is_guard(unsigned long addr);

/*
 * module_alloc - memory for a module image: page-aligned, readable, writable, executable, guard page behind
 * NULL without memory. module_memfree() unmaps and frees. Process context.
 */
void *module_alloc(unsigned long size);
void module_memfree(void *region);

/* One heap object, block or area of a module. */
struct slab_owned {
	const void *object;
	size_t size;	    /* as asked for */
	unsigned long site; /* who asked */
	const char *cache;  /* name of its cache */
};

/*
 * slab_for_each_owned - call fn for each heap object of a module, newest slabs first
 * fn may free the object it is given. Returns the number of objects. O(1) if there is none. Process context.
 */
unsigned int slab_for_each_owned(struct module *owner,
				 void (*fn)(const struct slab_owned *object, void *data),
				 void *data);
/* Live objects and bytes of a module; O(1). Any context. */
void slab_owned_count(struct module *owner, unsigned int *objects, size_t *bytes);
/* Frees everything that a module still has on the heap; returns how much. Caches of its own are destroyed. */
unsigned int slab_release_owned(struct module *owner);
/* An object's owner, call site and size, if p is (inside) a live heap object. Any context. */
bool slab_object_info(const void *p, struct slab_owned *info, struct module **owner);
/* /proc/slabinfo and /proc/vmallocinfo. */
int slab_show_info(struct seq_file *m, void *v);
int vmalloc_show_info(struct seq_file *m, void *v);
/* Calls fn for each area in order of addresses. Preemption off: fn may not sleep, nor allocate or free areas. */
struct vm_struct;
void vmalloc_for_each(void (*fn)(const struct vm_struct *vm, void *data), void *data);
/* Checks every object of every cache; returns the number of faults found (reported). Process context. */
unsigned int slab_verify(void);

/* Address spaces. Process context. */
struct mm_struct *mm_alloc(void); /* empty; NULL without memory */
struct mm_struct *mm_dup(
	struct mm_struct *old); /* copy at fork (copy on write); NULL without memory */
void mmget(struct mm_struct *mm);
bool mmget_not_zero(struct mm_struct *mm);
void mmput(struct mm_struct *mm); /* drops a user; the last one unmaps everything */
void mmgrab(struct mm_struct *mm);
void mmdrop(struct mm_struct *mm);    /* drops the structure; any context */
void exit_mmap(struct mm_struct *mm); /* unmaps everything */
/* At exec: the current task continues in mm (its reference is taken over), the old one is put. */
int exec_mmap(struct mm_struct *mm);
/* At exit: the current task has no address space any more. */
void exit_mm(void);
/* Loads next's page directory; NULL (kernel thread) keeps the loaded one. Interrupts off. */
void switch_mm(struct mm_struct *prev, struct mm_struct *next);
/* A task's address space with a user reference, or NULL for kernel threads. */
struct mm_struct *get_task_mm(struct task_struct *task);

/*
 * Stack of a new program: an area below STACK_TOP that grows down. Afterwards mm->start_stack is its top.
 * 0, -ENOMEM, -EFAULT. mm need not be the current one.
 */
int setup_stack_area(struct mm_struct *mm, unsigned long vm_flags);
/*
 * Page of another address space for writing (argument strings at exec): brought in, referenced, or NULL.
 */
struct page *mm_get_page(struct mm_struct *mm, unsigned long addr, bool write);

/* /proc/PID/maps line by line: area number n (from 0), false if there is none. */
bool mm_describe_area(struct mm_struct *mm, unsigned int n, struct seq_file *m);

#endif
