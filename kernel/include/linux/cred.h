/*
 * Credentials: who a task is and what it may do. A struct cred is shared by reference and never changes once a task
 * uses it; to change, prepare_creds(), edit the copy, commit_creds(). Any context unless stated. Source: Linux 5.10
 * cred.h, credentials(7).
 */
#ifndef _LINUX_CRED_H
#define _LINUX_CRED_H

#include <linux/atomic.h>
#include <linux/capability.h>
#include <linux/sched.h>
#include <linux/uidgid.h>
#include <linux/user_namespace.h>

/* Supplementary groups, sorted ascending. */
struct group_info {
	atomic_t usage;
	int ngroups;
	kgid_t gid[];
};
#define NGROUPS_MAX_GROUPS 65536

/* What is counted per user id. */
struct user_struct {
	refcount_t __count;
	atomic_t processes;  /* tasks, for RLIMIT_NPROC */
	atomic_t sigpending; /* queued signals, for RLIMIT_SIGPENDING */
	struct hlist_node uidhash_node;
	kuid_t uid;
};
extern struct user_struct root_user;
#define INIT_USER (&root_user)

struct cred {
	atomic_t usage;
	kuid_t uid; /* real */
	kgid_t gid;
	kuid_t suid; /* saved */
	kgid_t sgid;
	kuid_t euid; /* effective: checked for most things */
	kgid_t egid;
	kuid_t fsuid; /* for files; follows the effective one */
	kgid_t fsgid;
	unsigned int securebits; /* SECBIT_* */
	kernel_cap_t cap_inheritable;
	kernel_cap_t cap_permitted; /* may be made effective */
	kernel_cap_t cap_effective; /* what capable() looks at */
	kernel_cap_t cap_bset;	    /* bounding set: never gained beyond */
	kernel_cap_t cap_ambient;
	struct user_struct *user; /* of uid; counted */
	struct user_namespace *user_ns;
	struct group_info *group_info; /* counted */
};

#define SECURE_NOROOT 0
#define SECURE_NO_SETUID_FIXUP 2
#define SECURE_KEEP_CAPS 4
#define SECBIT_NOROOT (1u << SECURE_NOROOT)
#define SECBIT_NO_SETUID_FIXUP (1u << SECURE_NO_SETUID_FIXUP)
#define SECBIT_KEEP_CAPS (1u << SECURE_KEEP_CAPS)
#define SECURE_ALL_BITS 0x55u
#define SECURE_ALL_LOCKS (SECURE_ALL_BITS << 1)

extern struct cred init_cred; /* root, everything allowed */

/* References. */
const struct cred *get_cred(const struct cred *cred);
void put_cred(const struct cred *cred);
/* A private copy of the current task's: NULL without memory. May sleep. */
struct cred *prepare_creds(void);
/* The current task uses new from now on; its reference is taken over. Returns 0. */
int commit_creds(struct cred *new);
/* Drops a copy that is not wanted. */
void abort_creds(struct cred *new);
/* Temporarily act as cred (a reference is taken) / go back to old and drop the other. */
const struct cred *override_creds(const struct cred *cred);
void revert_creds(const struct cred *old);
/* Credentials of a kernel service, copied from daemon's or init_cred; NULL without memory. May sleep. */
struct cred *prepare_kernel_cred(struct task_struct *daemon);
/* A referenced copy of a task's. */
const struct cred *get_task_cred(struct task_struct *task);

/* fork and exit. */
int copy_creds(struct task_struct *p, unsigned long clone_flags);
void exit_creds(struct task_struct *p);
/* Are the credentials the same as far as another task's right to trace or dump this one goes? */
int cred_cap_issubset(const struct cred *set, const struct cred *subset);

#ifdef MODULE
const struct cred *current_cred(void);
#else
static inline const struct cred *current_cred(void)
{
	return current->cred;
}
#endif
#define current_real_cred() current_cred()
#define get_current_cred() get_cred(current_cred())

#define current_uid() (current_cred()->uid)
#define current_gid() (current_cred()->gid)
#define current_euid() (current_cred()->euid)
#define current_egid() (current_cred()->egid)
#define current_suid() (current_cred()->suid)
#define current_sgid() (current_cred()->sgid)
#define current_fsuid() (current_cred()->fsuid)
#define current_fsgid() (current_cred()->fsgid)
#define current_cap() (current_cred()->cap_effective)
#define current_user() (current_cred()->user)
#define current_user_ns() (&init_user_ns)
#define current_uid_gid(puid, pgid)      \
	do {                             \
		*(puid) = current_uid(); \
		*(pgid) = current_gid(); \
	} while (0)
#define current_euid_egid(puid, pgid)     \
	do {                              \
		*(puid) = current_euid(); \
		*(pgid) = current_egid(); \
	} while (0)
#define current_fsuid_fsgid(puid, pgid)    \
	do {                               \
		*(puid) = current_fsuid(); \
		*(pgid) = current_fsgid(); \
	} while (0)

/* Another task's credentials: hold rcu_read_lock() while using the pointer. */
#define __task_cred(task) ((const struct cred *)(task)->real_cred)
#define task_uid(task) (__task_cred(task)->uid)
#define task_euid(task) (__task_cred(task)->euid)

/* Group lists. groups_alloc: room for n, NULL without memory. */
struct group_info *groups_alloc(int n);
void groups_free(struct group_info *info);
void groups_sort(struct group_info *info);
struct group_info *get_group_info(struct group_info *info);
void put_group_info(struct group_info *info);
void set_groups(struct cred *new, struct group_info *info);
int set_current_groups(struct group_info *info);
/* Is the current task (by file-system group / effective group) a member? 1 or 0. */
int in_group_p(kgid_t gid);
int in_egroup_p(kgid_t gid);
int groups_search(const struct group_info *info, kgid_t gid);
bool may_setgroups(void);

/* Per-user counters: found or made; NULL without memory. May sleep. */
struct user_struct *alloc_uid(kuid_t uid);
struct user_struct *find_user(kuid_t uid);
struct user_struct *get_uid(struct user_struct *user);
void free_uid(struct user_struct *user);

#endif
