/* Writing dirty pages and inodes back. Source: Linux 5.10 writeback.h. Process context. */
#ifndef _LINUX_WRITEBACK_H
#define _LINUX_WRITEBACK_H

#include <linux/types.h>
#include <linux/fs.h>

enum writeback_sync_modes {
	WB_SYNC_NONE, /* start what can be started */
	WB_SYNC_ALL,  /* and wait for it */
};

struct writeback_control {
	long nr_to_write; /* pages that may still be written */
	long pages_skipped;
	loff_t range_start; /* bytes, inclusive */
	loff_t range_end;
	enum writeback_sync_modes sync_mode;
	unsigned for_kupdate : 1;
	unsigned for_background : 1;
	unsigned for_reclaim : 1;
	unsigned range_cyclic : 1;
	unsigned for_sync : 1;
};

typedef int (*writepage_t)(struct page *page, struct writeback_control *wbc, void *data);
int write_cache_pages(struct address_space *mapping, struct writeback_control *wbc,
		      writepage_t writepage, void *data);
int generic_writepages(struct address_space *mapping, struct writeback_control *wbc);
int do_writepages(struct address_space *mapping, struct writeback_control *wbc);
void writeback_inodes_sb(struct super_block *sb);
void sync_inodes_sb(struct super_block *sb);
void balance_dirty_pages_ratelimited(struct address_space *mapping);
int clear_page_dirty_for_io(struct page *page);
void set_page_writeback(struct page *page);
void end_page_writeback(struct page *page);

#endif
