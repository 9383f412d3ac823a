/* Facts about a mounted filesystem. The struct is Linux's statfs64. */
#ifndef _SYS_STATFS_H
#define _SYS_STATFS_H
#include <features.h>
#include <sys/types.h>
#include <asm/statfs.h>
typedef struct {
	int __val[2];
} fsid_t;
struct statfs {
	unsigned int f_type;  /* linux/magic.h */
	unsigned int f_bsize; /* bytes per block */
	fsblkcnt_t f_blocks;
	fsblkcnt_t f_bfree;
	fsblkcnt_t f_bavail;
	fsfilcnt_t f_files;
	fsfilcnt_t f_ffree;
	fsid_t f_fsid;
	unsigned int f_namelen;
	unsigned int f_frsize;
	unsigned int f_flags; /* ST_* */
	unsigned int f_spare[4];
};
__BEGIN_DECLS
int statfs(const char *path, struct statfs *facts);
int fstatfs(int fd, struct statfs *facts);
__END_DECLS
#endif
