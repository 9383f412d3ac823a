/* The file systems whose content is made by the kernel; modules/fs/{proc,sysfs,debugfs} register them. */
#ifndef _RAKIT_PSEUDO_FS_H
#define _RAKIT_PSEUDO_FS_H

struct file_system_type;

/* The type of each tree, not yet registered; its owner is NULL. Any context. */
struct file_system_type *proc_fs_type(void);
struct file_system_type *sysfs_fs_type(void);
struct file_system_type *debugfs_fs_type(void);

#endif
