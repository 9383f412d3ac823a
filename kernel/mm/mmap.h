/* Operations on the current process's areas, for kernel/syscall/mm.c. mmap_lock held for writing, arguments checked. */
#ifndef MM_MMAP_H
#define MM_MMAP_H

#include <linux/types.h>

struct mm_struct;

/* The new end of the heap, or the old one if it cannot be moved. */
unsigned long mm_set_brk(unsigned long brk);
/* 0, -ENOMEM (hole), -EACCES. */
int mm_protect(unsigned long start, unsigned long len, unsigned long prot);
/* Page-aligned lengths, not 0; fixed: new_addr is the place. Address or -errno. */
unsigned long mm_remap(unsigned long addr, unsigned long old_len, unsigned long new_len,
		       bool may_move, bool fixed, unsigned long new_addr);
/* Cuts areas so that none crosses start or end. 0 or -ENOMEM. */
int mm_cut(struct mm_struct *mm, unsigned long start, unsigned long end);
/* Remembers that memory is (not) to be kept in: 0, -ENOMEM (hole). */
int mm_set_locked(unsigned long start, unsigned long end, bool lock);
void mm_set_locked_all(bool lock);

#endif
