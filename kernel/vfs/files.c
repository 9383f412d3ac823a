/*
 * Open files: their life, from alloc_empty_file() to the last fput(), and the modules that they pin.
 *
 * 1. A struct file is referenced by descriptors and by system calls in progress. The last fput() runs ->release,
 *    gives back the path and the module.
 * 2. Each file pins the module of its operations (f_module) and is in the list module_files then, so that a refused
 *    rmmod can say who holds it and a module that has been stopped can be cut off: revocation gives every such file
 *    operations that answer -ENODEV.
 * 3. Structs that come free are kept, initialised, for the next open.
 */
#include "vfs/vfs.h"
#include <linux/eventpoll.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <rakit/holders.h>
#include <rakit/open_files.h>

#define FREE_FILES_MAX 32
#define FILES_MAX 8192 /* open files in all */

static struct kmem_cache *file_cache;
static struct file *free_files; /* initialised, by f_next_free (preemption off) */
static unsigned int free_files_count;
static unsigned int nr_files;
static LIST_HEAD(module_files); /* files with f_module (preemption off) */

static void file_construct(struct file *file)
{
	memset(file, 0, sizeof(*file));
	spin_lock_init(&file->f_lock);
	mutex_init(&file->f_pos_lock);
	rwlock_init(&file->f_owner.lock);
	INIT_LIST_HEAD(&file->f_ep_links);
	INIT_LIST_HEAD(&file->f_list);
}

static struct file *file_from_pool(void)
{
	struct file *file;

	preempt_disable();
	file = free_files;
	if (file) {
		free_files = file->f_next_free;
		free_files_count--;
	}
	preempt_enable();
	return file;
}

static void file_free(struct file *file)
{
	put_cred(file->f_cred);
	nr_files--;
	preempt_disable();
	if (free_files_count < FREE_FILES_MAX) {
		file->f_next_free = free_files;
		free_files = file;
		free_files_count++;
		file = NULL;
	}
	preempt_enable();
	if (file)
		kmem_cache_free(file_cache, file);
}

struct file *alloc_empty_file(int flags, const struct cred *cred)
{
	struct file *file;

	if (nr_files >= FILES_MAX && !capable(CAP_SYS_ADMIN))
		return ERR_PTR(-ENFILE);
	file = file_from_pool();
	if (!file) {
		file = kmem_cache_alloc(file_cache, GFP_KERNEL);
		if (!file)
			return ERR_PTR(-ENOMEM);
		file_construct(file);
	}
	nr_files++;
	file->f_path.mnt = NULL;
	file->f_path.dentry = NULL;
	file->f_inode = NULL;
	file->f_op = NULL;
	atomic_long_set(&file->f_count, 1);
	file->f_flags = flags;
	file->f_mode = OPEN_FMODE(flags);
	file->f_pos = 0;
	file->f_cred = get_cred(cred);
	file->f_version = 0;
	file->private_data = NULL;
	file->f_mapping = NULL;
	file->f_wb_err = 0;
	file->f_module = NULL;
	file->f_owner.pid = NULL;
	file->f_owner.signum = 0;
	memset(&file->f_ra, 0, sizeof(file->f_ra));
	return file;
}

struct file *get_file(struct file *file)
{
	atomic_long_inc(&file->f_count);
	return file;
}
EXPORT_SYMBOL(get_file);

/* file has a reference on module (or module is NULL), for the key file, that it gives back at its end. */
void file_pin_module(struct file *file, struct module *module)
{
	preempt_disable();
	file->f_module = module;
	if (module && list_empty(&file->f_list))
		list_add(&file->f_list, &module_files);
	else if (!module)
		list_del_init(&file->f_list);
	preempt_enable();
}

static struct module *file_unpin_module(struct file *file)
{
	struct module *module = file->f_module;

	if (module)
		file_pin_module(file, NULL);
	return module;
}

void replace_fops(struct file *file, const struct file_operations *fops)
{
	struct module *old = file_unpin_module(file);

	file->f_op = fops;
	module_put_for(old, file);
	module_reference_rename(fops->owner, NULL, file);
	file_pin_module(file, fops->owner);
}
EXPORT_SYMBOL(replace_fops);

static void file_end(struct file *file)
{
	struct dentry *dentry = file->f_path.dentry;
	struct vfsmount *mnt = file->f_path.mnt;
	struct inode *inode = file->f_inode;

	if (!(file->f_mode & FMODE_OPENED)) {
		file_free(file);
		return;
	}
	might_sleep();
	if (!list_empty(&file->f_ep_links))
		eventpoll_release(file);
	if (inode->i_flctx)
		locks_remove_file(file);
	if (unlikely(file->f_flags & FASYNC) && file->f_op->fasync)
		file->f_op->fasync(-1, file, 0);
	if (file->f_op->release)
		file->f_op->release(inode, file);
	module_put_for(file_unpin_module(file), file);
	put_pid(file->f_owner.pid);
	if (file->f_mode & FMODE_WRITER) {
		put_write_access(inode);
		mnt_drop_write(mnt);
	}
	file_free(file);
	dput(dentry);
	mntput(mnt);
}

void fput(struct file *file)
{
	if (atomic_long_dec_and_test(&file->f_count))
		file_end(file);
}
EXPORT_SYMBOL(fput);

void flush_delayed_fput(void)
{
}

/* Files that are in no directory. */

static struct file *alloc_file(const struct path *path, int flags,
			       const struct file_operations *fops)
{
	struct file *file = alloc_empty_file(flags, current_cred());

	if (IS_ERR(file))
		return file;
	file->f_path = *path;
	file->f_inode = path->dentry->d_inode;
	file->f_mapping = file->f_inode->i_mapping;
	if ((file->f_mode & FMODE_READ) && (fops->read || fops->read_iter))
		file->f_mode |= FMODE_CAN_READ;
	if ((file->f_mode & FMODE_WRITE) && (fops->write || fops->write_iter))
		file->f_mode |= FMODE_CAN_WRITE;
	file->f_mode |= FMODE_OPENED;
	file->f_op = fops;
	if (fops->owner) {
		__module_get_for(fops->owner, file);
		file_pin_module(file, fops->owner);
	}
	return file;
}

struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt, const char *name,
			       int flags, const struct file_operations *fops)
{
	static const struct dentry_operations anon_ops = { .d_dname = simple_dname };
	struct qstr this = { .name = (const unsigned char *)name };
	struct path path;
	struct file *file;

	this.len = strlen(name);
	path.dentry = d_alloc_pseudo(mnt->mnt_sb, &this);
	if (!path.dentry)
		return ERR_PTR(-ENOMEM);
	if (!mnt->mnt_sb->s_d_op)
		d_set_d_op(path.dentry, &anon_ops);
	path.mnt = mntget(mnt);
	d_instantiate(path.dentry, inode);
	file = alloc_file(&path, flags, fops);
	if (IS_ERR(file)) {
		ihold(inode);
		path_put(&path);
	}
	return file;
}
EXPORT_SYMBOL(alloc_file_pseudo);

struct file *alloc_file_clone(struct file *base, int flags, const struct file_operations *fops)
{
	struct file *file;

	path_get(&base->f_path);
	file = alloc_file(&base->f_path, flags, fops);
	if (IS_ERR(file))
		path_put(&base->f_path);
	return file;
}
EXPORT_SYMBOL(alloc_file_clone);

/* Revocation. */

static int revoked_open(struct inode *inode, struct file *file)
{
	return -ENODEV;
}

static ssize_t revoked_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return -ENODEV;
}

static ssize_t revoked_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	return -ENODEV;
}

static loff_t revoked_llseek(struct file *file, loff_t offset, int whence)
{
	return -ENODEV;
}

static long revoked_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return -ENODEV;
}

static __poll_t revoked_poll(struct file *file, struct poll_table_struct *table)
{
	return EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP;
}

static int revoked_mmap(struct file *file, struct vm_area_struct *vma)
{
	return -ENODEV;
}

static int revoked_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	return -ENODEV;
}

const struct file_operations revoked_fops = {
	.open = revoked_open,
	.read = revoked_read,
	.write = revoked_write,
	.llseek = revoked_llseek,
	.unlocked_ioctl = revoked_ioctl,
	.poll = revoked_poll,
	.mmap = revoked_mmap,
	.fsync = revoked_fsync,
};

unsigned int module_files_revoke(struct module *module)
{
	unsigned int count = 0;
	struct file *file, *next;

	preempt_disable();
	list_for_each_entry_safe(file, next, &module_files, f_list) {
		if (file->f_module != module)
			continue;
		file->f_op = &revoked_fops;
		file->f_mode |= FMODE_CAN_READ | FMODE_CAN_WRITE;
		file->f_module = NULL;
		list_del_init(&file->f_list);
		module_put_for(module, file);
		count++;
	}
	preempt_enable();
	return count;
}

unsigned int files_open_count(void)
{
	return nr_files;
}

unsigned int files_max(void)
{
	return FILES_MAX;
}

void files_init(void)
{
	file_cache = kmem_cache_create("filp", sizeof(struct file), 0, SLAB_PANIC, NULL);
}
