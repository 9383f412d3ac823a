/*
 * The file system in memory: names live in the cache of names, bytes in the page cache. rootfs, tmpfs and devtmpfs are
 * faces of it. Process context, may sleep.
 */
#ifndef _RAKIT_MEMFS_H
#define _RAKIT_MEMFS_H

#include <linux/fs.h>

struct memfs_limits {
	u64 max_pages;	/* pages of all files; 0: as many as there are */
	u64 max_inodes; /* 0: as many as there are */
	umode_t mode;	/* of the root */
	kuid_t uid;
	kgid_t gid;
};

/*
 * memfs_fill_super - for ->mount: make sb an empty file system
 * @limits: copied. Returns 0 or -ENOMEM. sb->s_fs_info belongs to memfs from now on.
 */
int memfs_fill_super(struct super_block *sb, const struct memfs_limits *limits);
/* For ->kill_sb. */
void memfs_kill_sb(struct super_block *sb);
/*
 * memfs_parse_options - "size=1m,nr_inodes=10k,mode=1777,uid=0,gid=0" into *limits (size also as "50%" of memory)
 * Returns 0 or -EINVAL; the log names the option. options is modified and may be NULL.
 */
int memfs_parse_options(char *options, struct memfs_limits *limits);
/* For ->remount_fs: 0, or -EINVAL when more is in use than the new limits allow. */
int memfs_set_limits(struct super_block *sb, const struct memfs_limits *limits);
void memfs_get_limits(struct super_block *sb, struct memfs_limits *limits);

#endif
