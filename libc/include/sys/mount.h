/* Mounting filesystems. */
#ifndef _SYS_MOUNT_H
#define _SYS_MOUNT_H
#include <features.h>
#include <linux/fs.h>
__BEGIN_DECLS
int mount(const char *source, const char *target, const char *type, unsigned long flags,
	  const void *data);
int umount(const char *target);
int umount2(const char *target, int flags); /* MNT_*, UMOUNT_NOFOLLOW */
__END_DECLS
#endif
