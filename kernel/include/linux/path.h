/* A place in the tree of names: a dentry within one mount. Source: Linux 5.10 path.h. */
#ifndef _LINUX_PATH_H
#define _LINUX_PATH_H

#include <linux/types.h>

struct dentry;
struct vfsmount;

struct path {
	struct vfsmount *mnt;  /* the mount it is reached through; referenced */
	struct dentry *dentry; /* referenced */
};

/* Take and give back one reference on both halves. path_get: any context; path_put: process context, may sleep. */
void path_get(const struct path *path);
void path_put(const struct path *path);

static inline int path_equal(const struct path *a, const struct path *b)
{
	return a->mnt == b->mnt && a->dentry == b->dentry;
}

#endif
