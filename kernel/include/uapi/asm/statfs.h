/* What statfs and statfs64 write. Our library calls the second `struct statfs`. */
#ifndef _UAPI_ASM_STATFS_H
#define _UAPI_ASM_STATFS_H

#include <linux/types.h>

#ifdef __KERNEL__
#include <asm/posix_types.h>

struct statfs {
	__u32 f_type;	/* magic, linux/magic.h */
	__u32 f_bsize;	/* bytes per block */
	__u32 f_blocks; /* blocks */
	__u32 f_bfree;
	__u32 f_bavail; /* free for unprivileged users */
	__u32 f_files;	/* inodes */
	__u32 f_ffree;
	__kernel_fsid_t f_fsid;
	__u32 f_namelen; /* bytes in a name */
	__u32 f_frsize;
	__u32 f_flags; /* ST_* */
	__u32 f_spare[4];
};

/* 84 bytes: the caller passes this size. */
struct statfs64 {
	__u32 f_type;
	__u32 f_bsize;
	__u64 f_blocks;
	__u64 f_bfree;
	__u64 f_bavail;
	__u64 f_files;
	__u64 f_ffree;
	__kernel_fsid_t f_fsid;
	__u32 f_namelen;
	__u32 f_frsize;
	__u32 f_flags;
	__u32 f_spare[4];
} __attribute__((__packed__, __aligned__(4)));
#endif

#define ST_RDONLY 0x0001
#define ST_NOSUID 0x0002
#define ST_NODEV 0x0004
#define ST_NOEXEC 0x0008
#define ST_SYNCHRONOUS 0x0010
#define ST_VALID 0x0020
#define ST_MANDLOCK 0x0040
#define ST_NOATIME 0x0400
#define ST_NODIRATIME 0x0800
#define ST_RELATIME 0x1000

#endif
