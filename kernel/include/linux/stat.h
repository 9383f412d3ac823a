/* File modes, and the attributes that stat calls gather in the kernel. Source: Linux 5.10 stat.h. */
#ifndef _LINUX_STAT_H
#define _LINUX_STAT_H

#include <linux/types.h>
#include <linux/uidgid.h>
#include <linux/time64.h>
#include <uapi/linux/stat.h>

#define S_IRWXUGO (S_IRWXU | S_IRWXG | S_IRWXO)
#define S_IALLUGO (S_ISUID | S_ISGID | S_ISVTX | S_IRWXUGO)
#define S_IRUGO (S_IRUSR | S_IRGRP | S_IROTH)
#define S_IWUGO (S_IWUSR | S_IWGRP | S_IWOTH)
#define S_IXUGO (S_IXUSR | S_IXGRP | S_IXOTH)

#define UTIME_NOW ((1L << 30) - 1L)
#define UTIME_OMIT ((1L << 30) - 2L)

#define KSTAT_QUERY_FLAGS (AT_STATX_SYNC_TYPE)

struct kstat {
	u32 result_mask; /* STATX_* that are valid */
	umode_t mode;	 /* type and permissions */
	unsigned int nlink;
	u32 blksize; /* best unit of I/O in bytes */
	u64 attributes;
	u64 attributes_mask;
	u64 ino;
	dev_t dev;  /* of the file system */
	dev_t rdev; /* of the device this is a node of */
	kuid_t uid;
	kgid_t gid;
	loff_t size; /* bytes */
	struct timespec64 atime;
	struct timespec64 mtime;
	struct timespec64 ctime;
	struct timespec64 btime;
	u64 blocks; /* units of 512 bytes */
	u64 mnt_id;
};

#endif
