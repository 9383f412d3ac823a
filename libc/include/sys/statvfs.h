/* Facts about a mounted filesystem, POSIX form. */
#ifndef _SYS_STATVFS_H
#define _SYS_STATVFS_H
#include <features.h>
#include <sys/types.h>
#include <asm/statfs.h>
struct statvfs {
	unsigned long f_bsize;
	unsigned long f_frsize; /* unit of the block counts, bytes */
	fsblkcnt_t f_blocks;
	fsblkcnt_t f_bfree;
	fsblkcnt_t f_bavail;
	fsfilcnt_t f_files;
	fsfilcnt_t f_ffree;
	fsfilcnt_t f_favail;
	unsigned long f_fsid;
	unsigned long f_flag; /* ST_* */
	unsigned long f_namemax;
};
__BEGIN_DECLS
int statvfs(const char *path, struct statvfs *facts);
int fstatvfs(int fd, struct statvfs *facts);
__END_DECLS
#endif
