/*
 * Protection of kernel pages. addr: page-aligned address of the direct map or the vmalloc area; numpages: how many,
 * all mapped. Return 0, -EINVAL (not aligned), -ENOMEM (a page is not mapped; nothing was changed). Any context.
 * 32-bit paging without PAE has no execute protection: set_memory_x/nx check their arguments and change nothing.
 */
#ifndef _LINUX_SET_MEMORY_H
#define _LINUX_SET_MEMORY_H

int set_memory_ro(unsigned long addr, int numpages);
int set_memory_rw(unsigned long addr, int numpages);
int set_memory_x(unsigned long addr, int numpages);
int set_memory_nx(unsigned long addr, int numpages);
int set_memory_uc(unsigned long addr, int numpages);
int set_memory_wb(unsigned long addr, int numpages);
/* Not present at all: each access faults; set_memory_p() makes them present again. */
int set_memory_np(unsigned long addr, int numpages);
int set_memory_p(unsigned long addr, int numpages);

#endif
