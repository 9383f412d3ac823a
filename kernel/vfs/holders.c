/*
 * Who holds a module or a mount through files: a search of all mounts and of the descriptors of all processes, for
 * refusals that name the holder.
 *
 * A module is held by mounts of its file system type, by mounts and open files of its disks, by open files that its
 * operations serve, and by sockets of its protocol.
 */
#include "vfs/vfs.h"
#include <linux/blkdev.h>
#include <linux/net.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <rakit/holders.h>
#include <rakit/open_files.h>

/* The disk of a block device file if it is module's, or NULL. */
static const void *disk_of(struct file *file, const struct module *module)
{
	struct block_device *bdev = I_BDEV(file->f_mapping->host);

	return bdev && bdev->bd_disk && bdev->bd_disk->fops->owner == module ? bdev->bd_disk : NULL;
}

/* The socket of a file if its protocol is module's, or NULL. */
static const void *socket_of(struct file *file, const struct module *module)
{
	int error;
	struct socket *sock = sock_from_file(file, &error);

	return sock && sock->ops && sock->ops->owner == module ? sock : NULL;
}

/* The key of the reference that this open file stands for (rakit/holders.h); NULL: module does not serve it. */
static const void *reference_of(struct file *file, const struct module *module)
{
	umode_t mode = file->f_inode->i_mode;

	if (file->f_module == module)
		return file;
	if (S_ISBLK(mode))
		return disk_of(file, module);
	return S_ISSOCK(mode) ? socket_of(file, module) : NULL;
}

struct module_search {
	struct module *module;
	module_holder_fn *fn;
	void *data;
	struct task_struct *task;
};

static int check_module_fd(const void *data, struct file *file, unsigned int fd)
{
	const struct module_search *s = data;
	const void *key = reference_of(file, s->module);
	char what[160], remedy[24], path[96], *text;
	struct module_holder holder = { what, remedy, key };

	if (!key)
		return 0;
	text = d_path(&file->f_path, path, sizeof(path));
	scnprintf(what, sizeof(what), "fd %u of pid %d (%s) on %s", fd, s->task->pid, s->task->comm,
		  IS_ERR(text) ? "?" : text);
	scnprintf(remedy, sizeof(remedy), "kill %d", s->task->pid);
	s->fn(s->module, &holder, s->data);
	if (S_ISSOCK(file->f_inode->i_mode)) {
		holder = (struct module_holder){ .key = ((const struct socket *)key)->sk };
		s->fn(s->module, &holder, s->data);
	}
	return 0;
}

static void check_mount(struct module_search *s, struct mount *mnt)
{
	struct path path = { .mnt = &mnt->mnt, .dentry = mnt->mnt.mnt_root };
	struct super_block *sb = mnt->mnt.mnt_sb;
	char what[160], remedy[112], name[96], *text;
	struct module_holder holder = { what, remedy, NULL };

	if (sb->s_type->owner == s->module)
		holder.key = sb;
	else if (sb->s_bdev && sb->s_bdev->bd_disk && sb->s_bdev->bd_disk->fops->owner == s->module)
		holder.key = sb->s_bdev->bd_disk;
	if (!holder.key)
		return;
	text = d_absolute_path(&path, name, sizeof(name));
	if (IS_ERR(text))
		text = "?";
	scnprintf(what, sizeof(what), "mount %s (%s)", text, sb->s_type->name);
	scnprintf(remedy, sizeof(remedy), "umount %s", text);
	s->fn(s->module, &holder, s->data);
}

void module_files_each(struct module *module, module_holder_fn *fn, void *data)
{
	struct module_search s = { module, fn, data, NULL };
	struct mount *mnt;

	down_read(&mount_rwsem);
	list_for_each_entry(mnt, &mount_list, list)
		check_mount(&s, mnt);
	up_read(&mount_rwsem);
	rcu_read_lock();
	for_each_process(s.task)
		if (s.task->files)
			iterate_fd(s.task->files, 0, check_module_fd, &s);
	rcu_read_unlock();
}

/* Mounts. */

struct mount_search {
	const struct vfsmount *mnt;
	char *buf;
	size_t size, length;
	struct task_struct *task;
};

static __printf(2, 3) void add(struct mount_search *s, const char *format, ...)
{
	va_list args;

	if (s->length)
		s->length += scnprintf(s->buf + s->length, s->size - s->length, ", ");
	va_start(args, format);
	s->length += vscnprintf(s->buf + s->length, s->size - s->length, format, args);
	va_end(args);
	s->length += scnprintf(s->buf + s->length, s->size - s->length, " of pid %d (%s)",
			       s->task->pid, s->task->comm);
}

static int check_mount_fd(const void *data, struct file *file, unsigned int fd)
{
	struct mount_search *s = (struct mount_search *)data;

	if (file->f_path.mnt == s->mnt)
		add(s, "fd %u", fd);
	return 0;
}

size_t mount_holders(const struct path *path, char *buf, size_t size)
{
	struct mount_search s = { .mnt = path->mnt, .buf = buf, .size = size };

	buf[0] = 0;
	rcu_read_lock();
	for_each_process(s.task) {
		if (s.task->files)
			iterate_fd(s.task->files, 0, check_mount_fd, &s);
		if (s.task->fs && s.task->fs->pwd.mnt == path->mnt)
			add(&s, "working directory");
		if (s.task->fs && s.task->fs->root.mnt == path->mnt)
			add(&s, "root directory");
	}
	rcu_read_unlock();
	return s.length;
}
