/*
 * The registry's table of filesystems: struct file_system_type by the name that mount(2) takes. Its users are the
 * mounts. The view shows "nodev" for those that need no device, as /proc/filesystems does.
 */
#include <linux/fs.h>
#include <linux/string.h>
#include "registry/registry.h"

static void filesystem_detail(void *object, char *buf, size_t size)
{
	const struct file_system_type *type = object;

	strscpy(buf, type->fs_flags & FS_REQUIRES_DEV ? "dev" : "nodev", size);
}

const struct registry_type registry_filesystem_type = {
	.name = "filesystem",
	.detail = filesystem_detail,
};
