/* Lines of /etc/fstab and /proc/mounts: device, directory, type, options, dump frequency, pass. */
#ifndef _MNTENT_H
#define _MNTENT_H
#include <features.h>
#include <stdio.h>
#define MOUNTED "/proc/mounts"
#define MNTTYPE_SWAP "swap"
#define MNTOPT_RO "ro"
#define MNTOPT_RW "rw"
struct mntent {
	char *mnt_fsname;
	char *mnt_dir;
	char *mnt_type;
	char *mnt_opts;
	int mnt_freq;
	int mnt_passno;
};
__BEGIN_DECLS
FILE *setmntent(const char *path, const char *mode);
struct mntent *getmntent(FILE *stream); /* static; \040 and the like are decoded */
int endmntent(FILE *stream);		/* 1 */
char *hasmntopt(const struct mntent *entry, const char *option);
__END_DECLS
#endif
