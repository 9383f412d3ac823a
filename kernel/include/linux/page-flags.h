/* Flags of struct page. PageX tests, SetPageX and ClearPageX change, TestSetPageX also tells the old value; atomic. */
#ifndef _LINUX_PAGE_FLAGS_H
#define _LINUX_PAGE_FLAGS_H

#include <linux/bitops.h>
#include <linux/mm_types.h>

enum pageflags {
	PG_locked,     /* under I/O or being changed; lock_page() waits */
	PG_referenced, /* used since the last look */
	PG_uptodate,   /* content is valid */
	PG_dirty,      /* differs from the disk */
	PG_lru,	       /* on a list of reclaimable pages */
	PG_active,
	PG_workingset,
	PG_waiters, /* somebody waits for PG_locked or PG_writeback */
	PG_error,   /* I/O failed */
	PG_slab,    /* belongs to the heap */
	PG_owner_priv_1,
	PG_arch_1,
	PG_reserved, /* not for the allocator: kernel image, holes, devices */
	PG_private,  /* page->private is in use */
	PG_private_2,
	PG_writeback, /* being written */
	PG_head,      /* first page of a block */
	PG_mappedtodisk,
	PG_reclaim,
	PG_swapbacked,
	PG_unevictable,
	PG_buddy, /* first page of a free block; order in page->private */
	PG_large, /* first page of a kmalloc block; size in page->private */
	PG_owned, /* block in a module's ledger */
	PG_tail,  /* slab page that is not the first; page->head is */
};

#define __PAGEFLAG(Name, bit)                                     \
	static inline bool Page##Name(const struct page *page)    \
	{                                                         \
		return test_bit(bit, &page->flags);               \
	}                                                         \
	static inline void SetPage##Name(struct page *page)       \
	{                                                         \
		set_bit(bit, &page->flags);                       \
	}                                                         \
	static inline void ClearPage##Name(struct page *page)     \
	{                                                         \
		clear_bit(bit, &page->flags);                     \
	}                                                         \
	static inline bool TestSetPage##Name(struct page *page)   \
	{                                                         \
		return test_and_set_bit(bit, &page->flags);       \
	}                                                         \
	static inline bool TestClearPage##Name(struct page *page) \
	{                                                         \
		return test_and_clear_bit(bit, &page->flags);     \
	}                                                         \
	static inline void __SetPage##Name(struct page *page)     \
	{                                                         \
		__set_bit(bit, &page->flags);                     \
	}                                                         \
	static inline void __ClearPage##Name(struct page *page)   \
	{                                                         \
		__clear_bit(bit, &page->flags);                   \
	}

__PAGEFLAG(Locked, PG_locked)
__PAGEFLAG(Referenced, PG_referenced)
__PAGEFLAG(Uptodate, PG_uptodate)
__PAGEFLAG(Dirty, PG_dirty)
__PAGEFLAG(LRU, PG_lru)
__PAGEFLAG(Active, PG_active)
__PAGEFLAG(Waiters, PG_waiters)
__PAGEFLAG(Error, PG_error)
__PAGEFLAG(Slab, PG_slab)
__PAGEFLAG(Checked, PG_owner_priv_1)
__PAGEFLAG(Reserved, PG_reserved)
__PAGEFLAG(Private, PG_private)
__PAGEFLAG(Private2, PG_private_2)
__PAGEFLAG(Writeback, PG_writeback)
__PAGEFLAG(Head, PG_head)
__PAGEFLAG(MappedToDisk, PG_mappedtodisk)
__PAGEFLAG(Reclaim, PG_reclaim)
__PAGEFLAG(SwapBacked, PG_swapbacked)
__PAGEFLAG(Buddy, PG_buddy)
__PAGEFLAG(Large, PG_large)
__PAGEFLAG(Owned, PG_owned)
__PAGEFLAG(Tail, PG_tail)

#define PageCompound(page) PageHead(page)
#define PageAnon(page) (!(page)->mapping)

#endif
