/*
 * The start of the file layer: caches, then the node trees, then the root file system, into which everything else is
 * mounted.
 */
#include "vfs/vfs.h"
#include "vfs/pseudo.h"
#include <rakit/boot_order.h>

void vfs_init(void)
{
	if (!current->cred) /* the boot thread, whose process is completed later */
		current->cred = current->real_cred = &init_cred;
	dcache_init();
	inode_init();
	files_init();
	fs_struct_init();
	fdtable_init();
	pagecache_init();
	pseudo_init();
	procfs_init();
	sysfs_init();
	debugfs_init();
	memfs_init();
	mount_root();
	pipe_init();
	anon_inode_init();
	filesystems_init();
	proc_files_init();
}
