/*
 * Kobjects: named, reference-counted objects in a tree, each a directory in /sys; ksets group them. What changes is
 * announced as uevents. Source: Linux 5.10 kobject.h. Process context unless said otherwise.
 */
#ifndef _LINUX_KOBJECT_H
#define _LINUX_KOBJECT_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/sysfs.h>
#include <linux/compiler.h>
#include <linux/spinlock.h>
#include <linux/kref.h>
#include <linux/kernel.h>
#include <linux/wait.h>
#include <linux/uidgid.h>

#define UEVENT_HELPER_PATH_LEN 256
#define UEVENT_NUM_ENVP 32
#define UEVENT_BUFFER_SIZE 2048

enum kobject_action {
	KOBJ_ADD,
	KOBJ_REMOVE,
	KOBJ_CHANGE,
	KOBJ_MOVE,
	KOBJ_ONLINE,
	KOBJ_OFFLINE,
	KOBJ_BIND,
	KOBJ_UNBIND,
};

struct kset;
struct kobj_type;

struct kobject {
	const char *name;	 /* directory name; allocated */
	struct list_head entry;	 /* in kset->list */
	struct kobject *parent;	 /* referenced while added */
	struct kset *kset;	 /* referenced while added */
	struct kobj_type *ktype; /* how it is shown and freed */
	struct pnode *sd;	 /* its directory; NULL when not in /sys */
	struct kref kref;
	unsigned int state_initialized : 1;
	unsigned int state_in_sysfs : 1;
	unsigned int state_add_uevent_sent : 1;
	unsigned int state_remove_uevent_sent : 1;
	unsigned int uevent_suppress : 1;
};

struct kobj_type {
	void (*release)(struct kobject *kobj); /* the last reference is gone: free it */
	const struct sysfs_ops *sysfs_ops;
	struct attribute **default_attrs;
	const struct attribute_group **default_groups;
	const void *(*child_ns_type)(struct kobject *kobj);
	const void *(*namespace)(struct kobject *kobj);
	void (*get_ownership)(struct kobject *kobj, kuid_t *uid, kgid_t *gid);
};

struct kobj_uevent_env {
	char *argv[3];
	char *envp[UEVENT_NUM_ENVP];
	int envp_idx;
	char buf[UEVENT_BUFFER_SIZE];
	int buflen;
};

struct kset_uevent_ops {
	int (*const filter)(struct kset *kset, struct kobject *kobj); /* 0: no event */
	const char *(*const name)(struct kset *kset, struct kobject *kobj);
	int (*const uevent)(struct kset *kset, struct kobject *kobj, struct kobj_uevent_env *env);
};

struct kobj_attribute {
	struct attribute attr;
	ssize_t (*show)(struct kobject *kobj, struct kobj_attribute *attr, char *buf);
	ssize_t (*store)(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			 size_t count);
};
extern const struct sysfs_ops kobj_sysfs_ops;

struct kset {
	struct list_head list; /* its kobjects (list_lock) */
	spinlock_t list_lock;
	struct kobject kobj;
	const struct kset_uevent_ops *uevent_ops;
};

/* init: refcount 1. add: into the tree, below parent (NULL: the kset, or /sys); 0 or -EEXIST, -ENOMEM, -EINVAL. */
void kobject_init(struct kobject *kobj, struct kobj_type *ktype);
int __must_check kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)
	__printf(3, 4);
int __must_check kobject_init_and_add(struct kobject *kobj, struct kobj_type *ktype,
				      struct kobject *parent, const char *fmt, ...) __printf(4, 5);
/* Out of the tree; the reference of the creator remains. */
void kobject_del(struct kobject *kobj);
struct kobject *__must_check kobject_create(void);
/* A plain directory, removed by kobject_put(); NULL on failure. */
struct kobject *__must_check kobject_create_and_add(const char *name, struct kobject *parent);
int __must_check kobject_rename(struct kobject *kobj, const char *new_name);
int __must_check kobject_move(struct kobject *kobj, struct kobject *new_parent);
/* References; get: any context, NULL allowed. put: the last one calls release, which may sleep. */
struct kobject *kobject_get(struct kobject *kobj);
struct kobject *__must_check kobject_get_unless_zero(struct kobject *kobj);
void kobject_put(struct kobject *kobj);
/* Path below /sys, to be freed with kfree(); NULL: no memory. */
char *kobject_get_path(struct kobject *kobj, gfp_t gfp);
int kobject_set_name(struct kobject *kobj, const char *fmt, ...) __printf(2, 3);
int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list args) __printf(2, 0);

static inline const char *kobject_name(const struct kobject *kobj)
{
	return kobj->name;
}

static inline struct kobj_type *get_ktype(struct kobject *kobj)
{
	return kobj->ktype;
}

void kset_init(struct kset *kset);
int __must_check kset_register(struct kset *kset);
void kset_unregister(struct kset *kset);
struct kset *__must_check kset_create_and_add(const char *name, const struct kset_uevent_ops *ops,
					      struct kobject *parent);
struct kobject *kset_find_obj(struct kset *kset, const char *name);

static inline struct kset *to_kset(struct kobject *kobj)
{
	return kobj ? container_of(kobj, struct kset, kobj) : NULL;
}

static inline struct kset *kset_get(struct kset *kset)
{
	return kset ? to_kset(kobject_get(&kset->kobj)) : NULL;
}

static inline void kset_put(struct kset *kset)
{
	kobject_put(&kset->kobj);
}

extern struct kobject *kernel_kobj; /* /sys/kernel */
extern struct kobject *mm_kobj;
extern struct kobject *hypervisor_kobj;
extern struct kobject *power_kobj;
extern struct kobject *firmware_kobj;
extern struct kobject *fs_kobj;	   /* /sys/fs */
extern struct kobject *rakit_kobj; /* /sys/kernel/rakit */

/* Announce; 0 or -errno. Events are kept in memory and read from /sys/kernel/rakit/uevents. */
int kobject_uevent(struct kobject *kobj, enum kobject_action action);
int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[]);
int kobject_synth_uevent(struct kobject *kobj, const char *buf, size_t count);
int add_uevent_var(struct kobj_uevent_env *env, const char *format, ...) __printf(2, 3);

#endif
