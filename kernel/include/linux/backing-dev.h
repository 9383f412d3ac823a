/* Where the pages of a file system are written to. Source: Linux 5.10 backing-dev.h. */
#ifndef _LINUX_BACKING_DEV_H
#define _LINUX_BACKING_DEV_H

#include <linux/types.h>
#include <linux/fs.h>
#include <linux/writeback.h>

struct backing_dev_info {
	unsigned long ra_pages; /* pages to read ahead */
	unsigned long io_pages;
	unsigned int capabilities; /* BDI_CAP_* */
	const char *name;
};
#define BDI_CAP_WRITEBACK (1 << 0)

extern struct backing_dev_info noop_backing_dev_info; /* nothing is ever written */
extern struct backing_dev_info default_backing_dev_info;

static inline struct backing_dev_info *inode_to_bdi(struct inode *inode)
{
	return inode->i_sb->s_bdi;
}

static inline bool mapping_can_writeback(struct address_space *mapping)
{
	return mapping->host && mapping->host->i_sb &&
	       (inode_to_bdi(mapping->host)->capabilities & BDI_CAP_WRITEBACK);
}

#endif
