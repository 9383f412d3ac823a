/*
 * Capabilities: the super-user's rights, one by one. Any context unless stated. Source: Linux 5.10 capability.h,
 * capabilities(7).
 */
#ifndef _LINUX_CAPABILITY_H
#define _LINUX_CAPABILITY_H

#include <linux/types.h>
#include <uapi/linux/capability.h>

struct cred;
struct inode;
struct task_struct;
struct user_namespace;

#define _KERNEL_CAPABILITY_U32S _LINUX_CAPABILITY_U32S_3
#define _KERNEL_CAPABILITY_VERSION _LINUX_CAPABILITY_VERSION_3

typedef struct kernel_cap_struct {
	__u32 cap[_KERNEL_CAPABILITY_U32S];
} kernel_cap_t;

#define CAP_LAST_U32_VALID_MASK ((1u << (CAP_LAST_CAP + 1 - 32)) - 1)
#define CAP_EMPTY_SET ((kernel_cap_t){ { 0, 0 } })
#define CAP_FULL_SET ((kernel_cap_t){ { ~0u, CAP_LAST_U32_VALID_MASK } })

#define cap_raise(c, flag) ((c).cap[CAP_TO_INDEX(flag)] |= CAP_TO_MASK(flag))
#define cap_lower(c, flag) ((c).cap[CAP_TO_INDEX(flag)] &= ~CAP_TO_MASK(flag))
#define cap_raised(c, flag) (((c).cap[CAP_TO_INDEX(flag)] & CAP_TO_MASK(flag)) != 0)
#define cap_clear(c) ((c) = CAP_EMPTY_SET)

static inline kernel_cap_t cap_combine(kernel_cap_t a, kernel_cap_t b)
{
	return (kernel_cap_t){ { a.cap[0] | b.cap[0], a.cap[1] | b.cap[1] } };
}

static inline kernel_cap_t cap_intersect(kernel_cap_t a, kernel_cap_t b)
{
	return (kernel_cap_t){ { a.cap[0] & b.cap[0], a.cap[1] & b.cap[1] } };
}

static inline kernel_cap_t cap_drop(kernel_cap_t a, kernel_cap_t drop)
{
	return (kernel_cap_t){ { a.cap[0] & ~drop.cap[0], a.cap[1] & ~drop.cap[1] } };
}

static inline bool cap_isclear(kernel_cap_t a)
{
	return !(a.cap[0] | a.cap[1]);
}

static inline bool cap_issubset(kernel_cap_t a, kernel_cap_t set)
{
	return cap_isclear(cap_drop(a, set));
}

/* What decides about files (inherited by a change of fsuid from or to 0). */
#define CAP_FS_SET                                                                              \
	((kernel_cap_t){ { CAP_TO_MASK(CAP_CHOWN) | CAP_TO_MASK(CAP_DAC_OVERRIDE) |             \
				   CAP_TO_MASK(CAP_DAC_READ_SEARCH) | CAP_TO_MASK(CAP_FOWNER) | \
				   CAP_TO_MASK(CAP_FSETID) | CAP_TO_MASK(CAP_LINUX_IMMUTABLE) | \
				   CAP_TO_MASK(CAP_MKNOD),                                      \
			   CAP_TO_MASK(CAP_MAC_OVERRIDE) } })

/* May the current task do it? A "yes" is noted in its PF_SUPERPRIV. cap: CAP_*. */
bool capable(int cap);
bool ns_capable(struct user_namespace *ns, int cap);
bool ns_capable_noaudit(struct user_namespace *ns, int cap);
/* May it do it to a file with this inode? */
bool capable_wrt_inode_uidgid(const struct inode *inode, int cap);
/* Has another task the right (nothing is noted)? */
bool has_capability(struct task_struct *task, int cap);
bool has_capability_noaudit(struct task_struct *task, int cap);
/* Would these credentials give it? */
bool cred_has_capability(const struct cred *cred, int cap);

#endif
