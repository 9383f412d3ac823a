/*
 * User and group ids as types of their own, so that they are not mixed up. There is one user namespace: a kuid_t holds
 * the number that user space sees. Any context. Source: Linux 5.10 uidgid.h.
 */
#ifndef _LINUX_UIDGID_H
#define _LINUX_UIDGID_H

#include <linux/types.h>

struct user_namespace;
extern struct user_namespace init_user_ns;

typedef struct {
	uid_t val;
} kuid_t;

typedef struct {
	gid_t val;
} kgid_t;

#define KUIDT_INIT(value) ((kuid_t){ (value) })
#define KGIDT_INIT(value) ((kgid_t){ (value) })
#define GLOBAL_ROOT_UID KUIDT_INIT(0)
#define GLOBAL_ROOT_GID KGIDT_INIT(0)
#define INVALID_UID KUIDT_INIT((uid_t)-1)
#define INVALID_GID KGIDT_INIT((gid_t)-1)

/* What ids above 65535 look like in calls with 16-bit ids. */
#define DEFAULT_OVERFLOWUID 65534
#define DEFAULT_OVERFLOWGID 65534
#define overflowuid DEFAULT_OVERFLOWUID
#define overflowgid DEFAULT_OVERFLOWGID

static inline uid_t __kuid_val(kuid_t uid)
{
	return uid.val;
}

static inline gid_t __kgid_val(kgid_t gid)
{
	return gid.val;
}

static inline bool uid_eq(kuid_t left, kuid_t right)
{
	return left.val == right.val;
}

static inline bool gid_eq(kgid_t left, kgid_t right)
{
	return left.val == right.val;
}

static inline bool uid_lt(kuid_t left, kuid_t right)
{
	return left.val < right.val;
}

static inline bool gid_lt(kgid_t left, kgid_t right)
{
	return left.val < right.val;
}

static inline bool gid_gt(kgid_t left, kgid_t right)
{
	return left.val > right.val;
}

static inline bool gid_lte(kgid_t left, kgid_t right)
{
	return left.val <= right.val;
}

/* (uid_t)-1 means "no id" in system calls. */
static inline bool uid_valid(kuid_t uid)
{
	return uid.val != (uid_t)-1;
}

static inline bool gid_valid(kgid_t gid)
{
	return gid.val != (gid_t)-1;
}

static inline kuid_t make_kuid(struct user_namespace *ns, uid_t uid)
{
	return KUIDT_INIT(uid);
}

static inline kgid_t make_kgid(struct user_namespace *ns, gid_t gid)
{
	return KGIDT_INIT(gid);
}

static inline uid_t from_kuid(struct user_namespace *ns, kuid_t uid)
{
	return uid.val;
}

static inline gid_t from_kgid(struct user_namespace *ns, kgid_t gid)
{
	return gid.val;
}

#define from_kuid_munged from_kuid
#define from_kgid_munged from_kgid

static inline bool kuid_has_mapping(struct user_namespace *ns, kuid_t uid)
{
	return uid_valid(uid);
}

static inline bool kgid_has_mapping(struct user_namespace *ns, kgid_t gid)
{
	return gid_valid(gid);
}

#endif
