/* Between the start of the page allocator (page_init.c) and the allocator (page.c). */
#ifndef MM_PAGE_ZONE_H
#define MM_PAGE_ZONE_H

#include <linux/types.h>

#define POISON_FREE_INIT 0xcc /* int3: a late call into init code traps at once */

/* Sets the zones up; free_pages: frames that are or will be free. */
void page_zones_init(unsigned long free_pages);
/* Frames [first, last] become free; their entries are zero. */
void page_give_range(unsigned long first, unsigned long last);
/* As many frames more than page_zones_init() was told. */
void page_zones_grew(unsigned long pages);
/* Hands a chunk to the allocator if that has not happened yet; false: nothing to hand. */
bool page_chunk_ready(unsigned long chunk);
/* Is the frame's entry in mem_map valid? */
bool page_is_ready(unsigned long pfn);

#endif
