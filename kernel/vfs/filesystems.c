/*
 * The file systems on offer: one entry each in the registry (kind REGISTRY_FILESYSTEM).
 *
 * A lookup makes the caller a user of the entry and pins its module; each superblock is one user for as long as it
 * lives. A name that nobody offers is asked for once from user space as module fs-NAME.
 */
#include "vfs/vfs.h"
#include <linux/kmod.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <rakit/registry.h>
#include "lib/nearest.h"

int register_filesystem(struct file_system_type *type)
{
	int error;

	if (!type->name || !type->mount || !type->kill_sb)
		return -EINVAL;
	INIT_HLIST_HEAD(&type->fs_supers);
	error = registry_add(REGISTRY_FILESYSTEM, type->name, type->owner, type, 0, _RET_IP_);
	return error == -EEXIST ? -EBUSY : error;
}
EXPORT_SYMBOL(register_filesystem);

int unregister_filesystem(struct file_system_type *type)
{
	return registry_remove(REGISTRY_FILESYSTEM, type);
}
EXPORT_SYMBOL(unregister_filesystem);

struct file_system_type *get_filesystem(struct file_system_type *type)
{
	registry_hold(REGISTRY_FILESYSTEM, type);
	return type;
}

void put_filesystem(struct file_system_type *type)
{
	registry_put(REGISTRY_FILESYSTEM, type);
}
EXPORT_SYMBOL(put_filesystem);

struct file_system_type *get_fs_type(const char *name)
{
	const char *dot = strchr(name, '.');
	int len = dot ? dot - name : (int)strlen(name);
	struct file_system_type *type = registry_get(REGISTRY_FILESYSTEM, name, len);

	if (!type && len && len <= REGISTRY_NAME_MAX) {
		request_module("fs-%.*s", len, name);
		type = registry_get(REGISTRY_FILESYSTEM, name, len);
	}
	if (type && dot && !(type->fs_flags & FS_HAS_SUBTYPE)) {
		put_filesystem(type);
		type = NULL;
	}
	return type;
}
EXPORT_SYMBOL(get_fs_type);

int filesystem_refuse(const char *name)
{
	struct file_system_type *type = NULL;
	struct nearest nearest;

	nearest_begin(&nearest, name);
	while ((type = registry_next(REGISTRY_FILESYSTEM, type)))
		nearest_offer(&nearest, type->name, NULL);
	pr_warn("mount: %s: no such file system, and no module fs-%s%s%s; cat /proc/filesystems\n",
		name, name, nearest.count ? "; nearest: " : "",
		nearest.count ? nearest.name[0] : "");
	return -ENODEV;
}

static int filesystems_show(struct seq_file *m, void *v)
{
	struct file_system_type *type = NULL;

	while ((type = registry_next(REGISTRY_FILESYSTEM, type)))
		seq_printf(m, "%s\t%s\n", type->fs_flags & FS_REQUIRES_DEV ? "" : "nodev",
			   type->name);
	return 0;
}

void filesystems_init(void)
{
	proc_create_single("filesystems", 0, NULL, filesystems_show);
}
