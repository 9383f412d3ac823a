/* What statfs calls gather in the kernel. Source: Linux 5.10 statfs.h. */
#ifndef _LINUX_STATFS_H
#define _LINUX_STATFS_H

#include <linux/types.h>
#include <uapi/asm/posix_types.h>

struct kstatfs {
	long f_type;  /* magic number of the file system */
	long f_bsize; /* bytes in a block */
	u64 f_blocks; /* blocks in all */
	u64 f_bfree;  /* free ones */
	u64 f_bavail; /* free ones for unprivileged users */
	u64 f_files;  /* inodes in all */
	u64 f_ffree;  /* free ones */
	__kernel_fsid_t f_fsid;
	long f_namelen; /* longest name */
	long f_frsize;	/* fragment size; 0: as f_bsize */
	long f_flags;	/* ST_* */
	long f_spare[4];
};

#define ST_RDONLY 0x0001
#define ST_NOSUID 0x0002
#define ST_NODEV 0x0004
#define ST_NOEXEC 0x0008
#define ST_SYNCHRONOUS 0x0010
#define ST_VALID 0x0020
#define ST_NOATIME 0x0400
#define ST_NODIRATIME 0x0800
#define ST_RELATIME 0x1000

#endif
