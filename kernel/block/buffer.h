/* Inside of the buffer cache, shared by its files. */
#ifndef BLOCK_BUFFER_H
#define BLOCK_BUFFER_H

#include <linux/buffer_head.h>

/* Makes the ring of buffers of a locked page; those of a device page are mapped and can be found by number. */
void buffer_ring_make(struct page *page, unsigned int size, unsigned long state);
/* The same for a page that has them, too. Returns the first. */
struct buffer_head *buffer_ring_get(struct page *page, unsigned int size);
/* A buffer's data is dropped: it is neither dirty nor mapped nor found any more. Waits for its I/O. */
void buffer_discard(struct buffer_head *bh);

#endif
