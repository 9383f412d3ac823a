/* The one user namespace: a name to pass where Linux's functions want one. */
#ifndef _LINUX_USER_NAMESPACE_H
#define _LINUX_USER_NAMESPACE_H

#include <linux/uidgid.h>

struct user_namespace {
	int level; /* 0: the initial one */
};

static inline struct user_namespace *get_user_ns(struct user_namespace *ns)
{
	return ns;
}

static inline void put_user_ns(struct user_namespace *ns)
{
}

#endif
