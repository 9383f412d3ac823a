/*
 * Attribute files in /sys. An attribute belongs to a kobject's directory; reading calls show, writing calls store
 * of the kobject's ktype (sysfs_ops). Source: Linux 5.10 sysfs.h.
 *
 * All functions: process context, may sleep. Removal waits for running show and store calls; files still open then
 * give -ENODEV. Attributes of a module are in its ledger.
 */
#ifndef _LINUX_SYSFS_H
#define _LINUX_SYSFS_H

#include <linux/kernel.h>
#include <linux/types.h>
#include <linux/list.h>
#include <linux/stat.h>

struct kobject;
struct module;
struct bin_attribute;
struct file;
struct vm_area_struct;
struct pnode;

struct attribute {
	const char *name;
	umode_t mode; /* permission bits */
};

struct attribute_group {
	const char *name; /* subdirectory; NULL: the kobject's own */
	/* Mode of the i-th attribute, 0: not there. NULL: attr->mode. */
	umode_t (*is_visible)(struct kobject *kobj, struct attribute *attr, int i);
	umode_t (*is_bin_visible)(struct kobject *kobj, struct bin_attribute *attr, int i);
	struct attribute **attrs; /* NULL-terminated */
	struct bin_attribute **bin_attrs;
};

struct bin_attribute {
	struct attribute attr;
	size_t size; /* bytes; 0: unknown */
	void *private;
	struct address_space *(*f_mapping)(void);
	ssize_t (*read)(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			char *buf, loff_t pos, size_t count);
	ssize_t (*write)(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			 char *buf, loff_t pos, size_t count);
	int (*mmap)(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
		    struct vm_area_struct *vma);
};

/* buf is one page; return the bytes written to it, resp. taken from it (count, 0-terminated), or -errno. */
struct sysfs_ops {
	ssize_t (*show)(struct kobject *kobj, struct attribute *attr, char *buf);
	ssize_t (*store)(struct kobject *kobj, struct attribute *attr, const char *buf,
			 size_t count);
};

#define SYSFS_PREALLOC 010000
#define __ATTR(_name, _mode, _show, _store)                                             \
	{                                                                               \
		.attr = { .name = __stringify(_name), .mode = (_mode) }, .show = _show, \
		.store = _store,                                                        \
	}
#define __ATTR_PREALLOC(_name, _mode, _show, _store) \
	__ATTR(_name, SYSFS_PREALLOC | (_mode), _show, _store)
#define __ATTR_RO(_name)                                                                   \
	{                                                                                  \
		.attr = { .name = __stringify(_name), .mode = 0444 }, .show = _name##_show \
	}
#define __ATTR_RO_MODE(_name, _mode)                                                        \
	{                                                                                   \
		.attr = { .name = __stringify(_name), .mode = _mode }, .show = _name##_show \
	}
#define __ATTR_WO(_name)                                                                     \
	{                                                                                    \
		.attr = { .name = __stringify(_name), .mode = 0200 }, .store = _name##_store \
	}
#define __ATTR_RW(_name) __ATTR(_name, 0644, _name##_show, _name##_store)
#define __ATTR_RW_MODE(_name, _mode) __ATTR(_name, _mode, _name##_show, _name##_store)
#define __ATTR_NULL                     \
	{                               \
		.attr = {.name = NULL } \
	}
#define __ATTR_IGNORE_LOCKDEP(_name, _mode, _show, _store) __ATTR(_name, _mode, _show, _store)
#define sysfs_attr_init(attr) \
	do {                  \
	} while (0)
#define sysfs_bin_attr_init(bin_attr) \
	do {                          \
	} while (0)

#define __ATTRIBUTE_GROUPS(_name) \
	static const struct attribute_group *_name##_groups[] = { &_name##_group, NULL }
#define ATTRIBUTE_GROUPS(_name)                                                         \
	static const struct attribute_group _name##_group = { .attrs = _name##_attrs }; \
	__ATTRIBUTE_GROUPS(_name)

#define __BIN_ATTR(_name, _mode, _read, _write, _size)                                \
	{                                                                             \
		.attr = { .name = __stringify(_name), .mode = _mode }, .read = _read, \
		.write = _write, .size = _size,                                       \
	}
#define __BIN_ATTR_RO(_name, _size) __BIN_ATTR(_name, 0444, _name##_read, NULL, _size)
#define __BIN_ATTR_RW(_name, _size) __BIN_ATTR(_name, 0644, _name##_read, _name##_write, _size)
#define BIN_ATTR(_name, _mode, _read, _write, _size) \
	struct bin_attribute bin_attr_##_name = __BIN_ATTR(_name, _mode, _read, _write, _size)
#define BIN_ATTR_RO(_name, _size) \
	struct bin_attribute bin_attr_##_name = __BIN_ATTR_RO(_name, _size)
#define BIN_ATTR_RW(_name, _size) \
	struct bin_attribute bin_attr_##_name = __BIN_ATTR_RW(_name, _size)

/* 0, -EEXIST (the name is taken), -ENOMEM, -EINVAL, -ENOENT (kobj is not in /sys). */
int __must_check sysfs_create_file(struct kobject *kobj, const struct attribute *attr);
int __must_check sysfs_create_files(struct kobject *kobj, const struct attribute *const *attrs);
void sysfs_remove_file(struct kobject *kobj, const struct attribute *attr);
void sysfs_remove_files(struct kobject *kobj, const struct attribute *const *attrs);
bool sysfs_remove_file_self(struct kobject *kobj, const struct attribute *attr);
int sysfs_chmod_file(struct kobject *kobj, const struct attribute *attr, umode_t mode);
int __must_check sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr);
void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr);
int __must_check sysfs_create_group(struct kobject *kobj, const struct attribute_group *group);
int __must_check sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups);
int sysfs_update_group(struct kobject *kobj, const struct attribute_group *group);
void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *group);
void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups);
int sysfs_add_file_to_group(struct kobject *kobj, const struct attribute *attr, const char *group);
void sysfs_remove_file_from_group(struct kobject *kobj, const struct attribute *attr,
				  const char *group);
int __must_check sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name);
int sysfs_create_link_nowarn(struct kobject *kobj, struct kobject *target, const char *name);
void sysfs_remove_link(struct kobject *kobj, const char *name);
int sysfs_rename_link(struct kobject *kobj, struct kobject *target, const char *old_name,
		      const char *new_name);
int sysfs_create_mount_point(struct kobject *parent, const char *name);
void sysfs_remove_mount_point(struct kobject *parent, const char *name);
/* Wakes poll() on the attribute. Any context. */
void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr);
/* For show: formatted output that never passes the page (at: from offset at). */
int sysfs_emit(char *buf, const char *fmt, ...) __printf(2, 3);
int sysfs_emit_at(char *buf, int at, const char *fmt, ...) __printf(3, 4);

/*
 * For the kernel's own directories that few look into: populate(kobj) makes what is in kobj's directory when somebody
 * first looks there. _end: no more, waiting for a call that runs; whether it has been called.
 */
void sysfs_populate_later(struct kobject *kobj, void (*populate)(struct kobject *kobj));
bool sysfs_populate_end(struct kobject *kobj);

/* For kernel/device: the same on behalf of the call at address site, whose module owns the node. */
int sysfs_create_file_at(struct kobject *kobj, const struct attribute *attr, unsigned long site);
int sysfs_create_bin_file_at(struct kobject *kobj, const struct bin_attribute *attr,
			     unsigned long site);
int sysfs_create_group_at(struct kobject *kobj, const struct attribute_group *group,
			  unsigned long site);
int sysfs_create_groups_at(struct kobject *kobj, const struct attribute_group **groups,
			   unsigned long site);
int sysfs_create_dir(struct kobject *kobj, struct module *owner, unsigned long site);
void sysfs_remove_dir(struct kobject *kobj);
int sysfs_rename_dir(struct kobject *kobj, const char *name);
int sysfs_move_dir(struct kobject *kobj, struct kobject *parent);

#endif
