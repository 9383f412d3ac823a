/*
 * The tree of mounts.
 *
 * 1. A mount hangs a dentry (usually a file system's root) over a dentry of another mount. The path walk meets a
 *    dentry with DCACHE_MOUNTED, looks (mount, dentry) up in the hash table, and goes on at the root of what it finds.
 *    Mounts may be stacked: the second one hangs over the root of the first.
 * 2. A mount lives while it is referenced. The tree holds one reference, each child one more on its parent, each open
 *    file and working directory one. umount refuses (and says who) when there are others than the tree's and its
 *    own; MNT_DETACH takes the mount out of the tree at once and leaves the rest to the last mntput().
 * 3. mount_rwsem is held for writing while the tree changes and for reading by those that walk all of it; the hash
 *    table itself changes with preemption off, so that the path walk needs no lock.
 * 4. mnt_want_write() counts writers per superblock; remounting read-only is refused while there are any.
 *
 * One tree for all processes: there are no mount namespaces.
 */
#include "vfs/vfs.h"
#include <linux/panic.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/hash.h>
#include <linux/seq_file.h>
#include <rakit/open_files.h>

#define MOUNT_HASH_BITS 6

DECLARE_RWSEM(mount_rwsem);
LIST_HEAD(mount_list);
static struct hlist_head mount_table[1 << MOUNT_HASH_BITS];
static struct mount *root_mount;
static int next_id = 1;
static wait_queue_head_t mounts_changed = __WAIT_QUEUE_HEAD_INITIALIZER(mounts_changed);
static unsigned int mount_event;

static struct hlist_head *mount_bucket(const struct mount *parent, const struct dentry *dentry)
{
	return &mount_table[hash_32((u32)(unsigned long)parent * 31 + (u32)(unsigned long)dentry,
				    MOUNT_HASH_BITS)];
}

bool mnt_has_parent(const struct mount *mnt)
{
	return mnt->parent != mnt;
}

struct mount *lookup_mnt_locked(const struct path *path)
{
	struct mount *mnt, *parent = real_mount(path->mnt);

	hlist_for_each_entry(mnt, mount_bucket(parent, path->dentry), hash)
		if (mnt->parent == parent && mnt->mountpoint == path->dentry)
			return mnt;
	return NULL;
}

/* References. */

struct vfsmount *mntget(struct vfsmount *mnt)
{
	if (mnt)
		atomic_inc(&real_mount(mnt)->count);
	return mnt;
}
EXPORT_SYMBOL(mntget);

static void mount_free(struct mount *mnt)
{
	struct super_block *sb = mnt->mnt.mnt_sb;

	spin_lock(&sb_lock);
	list_del(&mnt->instance);
	spin_unlock(&sb_lock);
	dput(mnt->mnt.mnt_root);
	deactivate_super(sb);
	kfree(mnt->devname);
	kfree(mnt);
}

void mntput(struct vfsmount *m)
{
	if (m && atomic_dec_and_test(&real_mount(m)->count))
		mount_free(real_mount(m));
}
EXPORT_SYMBOL(mntput);

void path_get(const struct path *path)
{
	mntget(path->mnt);
	dget(path->dentry);
}
EXPORT_SYMBOL(path_get);

void path_put(const struct path *path)
{
	dput(path->dentry);
	mntput(path->mnt);
}
EXPORT_SYMBOL(path_put);

/* Writers. */

bool __mnt_is_readonly(struct vfsmount *mnt)
{
	return (mnt->mnt_flags & MNT_READONLY) || sb_rdonly(mnt->mnt_sb);
}
EXPORT_SYMBOL(__mnt_is_readonly);

int mnt_want_write(struct vfsmount *mnt)
{
	int error = 0;

	preempt_disable();
	if (__mnt_is_readonly(mnt))
		error = -EROFS;
	else
		mnt->mnt_sb->s_writers++;
	preempt_enable();
	return error;
}
EXPORT_SYMBOL(mnt_want_write);

int mnt_want_write_file(struct file *file)
{
	return mnt_want_write(file->f_path.mnt);
}
EXPORT_SYMBOL(mnt_want_write_file);

void mnt_drop_write(struct vfsmount *mnt)
{
	preempt_disable();
	mnt->mnt_sb->s_writers--;
	preempt_enable();
}
EXPORT_SYMBOL(mnt_drop_write);

void mnt_drop_write_file(struct file *file)
{
	mnt_drop_write(file->f_path.mnt);
}
EXPORT_SYMBOL(mnt_drop_write_file);

/* Making mounts. */

/* Takes over the references on root and the active one on its superblock. */
static struct mount *mount_alloc(struct dentry *root, const char *devname, int mnt_flags)
{
	struct mount *mnt = kzalloc(sizeof(*mnt), GFP_KERNEL);

	if (mnt)
		mnt->devname = kstrdup(devname ? devname : "none", GFP_KERNEL);
	if (!mnt || !mnt->devname) {
		kfree(mnt);
		dput(root);
		deactivate_super(root->d_sb);
		return NULL;
	}
	INIT_HLIST_NODE(&mnt->hash);
	INIT_LIST_HEAD(&mnt->mounts);
	INIT_LIST_HEAD(&mnt->child);
	INIT_LIST_HEAD(&mnt->list);
	atomic_set(&mnt->count, 1);
	mnt->id = next_id++;
	mnt->parent = mnt;
	mnt->mountpoint = root;
	mnt->mnt.mnt_root = root;
	mnt->mnt.mnt_sb = root->d_sb;
	mnt->mnt.mnt_flags = mnt_flags;
	spin_lock(&sb_lock);
	list_add_tail(&mnt->instance, &root->d_sb->s_mounts);
	spin_unlock(&sb_lock);
	return mnt;
}

struct vfsmount *vfs_kern_mount(struct file_system_type *type, int flags, const char *name,
				void *data)
{
	struct dentry *root = mount_fs(type, flags, name, data);
	struct mount *mnt;

	if (IS_ERR(root))
		return ERR_CAST(root);
	mnt = mount_alloc(root, name, flags & SB_KERNMOUNT ? MNT_INTERNAL : 0);
	return mnt ? &mnt->mnt : ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(vfs_kern_mount);

struct vfsmount *kern_mount(struct file_system_type *type)
{
	return vfs_kern_mount(type, SB_KERNMOUNT, type->name, NULL);
}
EXPORT_SYMBOL(kern_mount);

void kern_unmount(struct vfsmount *mnt)
{
	if (!IS_ERR_OR_NULL(mnt))
		mntput(mnt);
}
EXPORT_SYMBOL(kern_unmount);

static void tree_changed(void)
{
	mount_event++;
	wake_up_interruptible_all(&mounts_changed);
}

/* Hangs mnt (its reference becomes the tree's) over path. mount_rwsem is held for writing. */
static void mount_attach(struct mount *mnt, const struct path *path)
{
	struct mount *parent = real_mount(path->mnt);

	mntget(&parent->mnt);
	d_set_mounted(path->dentry);
	preempt_disable();
	mnt->parent = parent;
	mnt->mountpoint = dget(path->dentry);
	mnt->attached = true;
	hlist_add_head(&mnt->hash, mount_bucket(parent, path->dentry));
	list_add_tail(&mnt->child, &parent->mounts);
	list_add_tail(&mnt->list, &mount_list);
	preempt_enable();
	tree_changed();
}

static bool is_mountpoint_of_any(struct dentry *dentry)
{
	struct mount *mnt;

	list_for_each_entry(mnt, &mount_list, list)
		if (mnt->mountpoint == dentry && mnt_has_parent(mnt))
			return true;
	return false;
}

/* Takes one mount out of the tree; the tree's reference becomes the caller's. mount_rwsem is held for writing. */
static void mount_detach(struct mount *mnt)
{
	struct mount *parent = mnt->parent;
	struct dentry *mountpoint = mnt->mountpoint;

	preempt_disable();
	hlist_del_init(&mnt->hash);
	list_del_init(&mnt->child);
	list_del_init(&mnt->list);
	mnt->parent = mnt;
	mnt->mountpoint = mnt->mnt.mnt_root;
	mnt->attached = false;
	preempt_enable();
	if (!is_mountpoint_of_any(mountpoint))
		d_clear_mounted(mountpoint);
	dput(mountpoint);
	mntput(&parent->mnt);
	tree_changed();
}

/* The topmost mount over path: path then names its root. Reference handed on. */
static void path_to_top(struct path *path)
{
	while (d_mountpoint(path->dentry)) {
		struct mount *over;

		rcu_read_lock();
		over = lookup_mnt_locked(path);
		if (over)
			mntget(&over->mnt);
		rcu_read_unlock();
		if (!over)
			return;
		path_put(path);
		path->mnt = &over->mnt;
		path->dentry = dget(over->mnt.mnt_root);
	}
}

static int check_mountpoint(const struct path *path, const struct dentry *root)
{
	if (!real_mount(path->mnt)->attached || d_unlinked(path->dentry) ||
	    cant_mount(path->dentry))
		return -ENOENT;
	if (d_is_dir(path->dentry) != d_is_dir(root))
		return -ENOTDIR;
	return 0;
}

/* Hangs mnt over path; on failure the reference stays the caller's. */
static int graft(struct mount *mnt, struct path *path)
{
	int error;

	down_write(&mount_rwsem);
	path_to_top(path);
	error = check_mountpoint(path, mnt->mnt.mnt_root);
	if (!error && path->mnt->mnt_sb == mnt->mnt.mnt_sb && path->mnt->mnt_root == path->dentry &&
	    path->dentry == mnt->mnt.mnt_root)
		error = -EBUSY; /* the same on top of itself */
	if (!error)
		mount_attach(mnt, path);
	up_write(&mount_rwsem);
	return error;
}

static int mount_new(struct path *path, const char *fstype, int sb_flags, int mnt_flags,
		     const char *dev, void *data)
{
	struct file_system_type *type;
	struct vfsmount *mnt;
	int error;

	if (!fstype)
		return -EINVAL;
	type = get_fs_type(fstype);
	if (!type)
		return filesystem_refuse(fstype);
	mnt = vfs_kern_mount(type, sb_flags, dev, data);
	put_filesystem(type);
	if (IS_ERR(mnt))
		return PTR_ERR(mnt);
	mnt->mnt_flags |= mnt_flags;
	error = graft(real_mount(mnt), path);
	if (error)
		mntput(mnt);
	return error;
}

static struct mount *mount_clone(const struct mount *old, struct dentry *root)
{
	atomic_inc(&old->mnt.mnt_sb->s_active);
	return mount_alloc(dget(root), old->devname, old->mnt.mnt_flags & ~MNT_INTERNAL);
}

/* Clones the mounts below old (those within root) to below copy. mount_rwsem is held for writing. */
static int clone_children(struct mount *old, struct mount *copy)
{
	struct mount *child;
	int error;

	list_for_each_entry(child, &old->mounts, child) {
		struct path at = { .mnt = &copy->mnt, .dentry = child->mountpoint };
		struct mount *c;

		if (child == copy || !is_subdir(child->mountpoint, copy->mnt.mnt_root))
			continue;
		c = mount_clone(child, child->mnt.mnt_root);
		if (!c)
			return -ENOMEM;
		mount_attach(c, &at);
		error = clone_children(child, c);
		if (error)
			return error;
	}
	return 0;
}

static int mount_bind(struct path *path, const char *from, bool recursive)
{
	struct path old;
	struct mount *mnt;
	int error;

	if (!from || !*from)
		return -EINVAL;
	error = kern_path(from, LOOKUP_FOLLOW, &old);
	if (error)
		return error;
	mnt = mount_clone(real_mount(old.mnt), old.dentry);
	error = mnt ? graft(mnt, path) : -ENOMEM;
	if (mnt && error)
		mntput(&mnt->mnt);
	if (!error && recursive) {
		down_write(&mount_rwsem);
		error = clone_children(real_mount(old.mnt), mnt);
		up_write(&mount_rwsem);
	}
	path_put(&old);
	return error;
}

static bool is_ancestor_mount(const struct mount *ancestor, const struct mount *mnt)
{
	for (; mnt_has_parent(mnt); mnt = mnt->parent)
		if (mnt == ancestor)
			return true;
	return mnt == ancestor;
}

static int mount_move(struct path *path, const char *from)
{
	struct path old;
	struct mount *mnt;
	int error;

	if (!from || !*from)
		return -EINVAL;
	error = kern_path(from, LOOKUP_FOLLOW, &old);
	if (error)
		return error;
	mnt = real_mount(old.mnt);
	down_write(&mount_rwsem);
	path_to_top(path);
	error = check_mountpoint(path, mnt->mnt.mnt_root);
	if (!error && (old.dentry != mnt->mnt.mnt_root || !mnt->attached || !mnt_has_parent(mnt)))
		error = -EINVAL;
	if (!error && is_ancestor_mount(mnt, real_mount(path->mnt)))
		error = -ELOOP;
	if (!error) {
		mount_detach(mnt);
		mount_attach(mnt, path);
	}
	up_write(&mount_rwsem);
	path_put(&old);
	return error;
}

static int mount_remount(struct path *path, unsigned long ms_flags, int sb_flags, int mnt_flags,
			 void *data)
{
	struct mount *mnt = real_mount(path->mnt);
	struct super_block *sb = mnt->mnt.mnt_sb;
	int error = 0;

	if (path->dentry != mnt->mnt.mnt_root)
		return -EINVAL;
	down_write(&sb->s_umount);
	if (ms_flags & MS_BIND) {
		if ((mnt_flags & MNT_READONLY) && !(mnt->mnt.mnt_flags & MNT_READONLY) &&
		    sb->s_writers)
			error = -EBUSY;
	} else {
		error = do_remount_sb(sb, sb_flags, data);
	}
	if (!error)
		mnt->mnt.mnt_flags = (mnt->mnt.mnt_flags & MNT_INTERNAL) | mnt_flags;
	up_write(&sb->s_umount);
	return error;
}

static int mnt_flags_of(unsigned long flags)
{
	int mnt_flags = 0;

	if (!(flags & MS_NOATIME) && !(flags & MS_STRICTATIME))
		mnt_flags |= MNT_RELATIME;
	mnt_flags |= flags & MS_NOSUID ? MNT_NOSUID : 0;
	mnt_flags |= flags & MS_NODEV ? MNT_NODEV : 0;
	mnt_flags |= flags & MS_NOEXEC ? MNT_NOEXEC : 0;
	mnt_flags |= flags & MS_NOATIME ? MNT_NOATIME : 0;
	mnt_flags |= flags & MS_NODIRATIME ? MNT_NODIRATIME : 0;
	mnt_flags |= flags & MS_RDONLY ? MNT_READONLY : 0;
	return mnt_flags;
}

#define SB_FLAGS_FROM_USER                                                                 \
	(SB_RDONLY | SB_SYNCHRONOUS | SB_MANDLOCK | SB_DIRSYNC | SB_SILENT | SB_POSIXACL | \
	 SB_LAZYTIME | SB_I_VERSION)

/* mount(2): path is the mount point. */
int path_mount(const char *dev, struct path *path, const char *type, unsigned long flags,
	       void *data)
{
	int mnt_flags, sb_flags;

	if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
		flags &= ~MS_MGC_MSK;
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	mnt_flags = mnt_flags_of(flags);
	sb_flags = flags & SB_FLAGS_FROM_USER;
	if (flags & MS_REMOUNT)
		return mount_remount(path, flags, sb_flags, mnt_flags, data);
	if (flags & MS_BIND)
		return mount_bind(path, dev, flags & MS_REC);
	if (flags & (MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE))
		return 0; /* what every mount is here */
	if (flags & MS_SHARED)
		return -EINVAL;
	if (flags & MS_MOVE)
		return mount_move(path, dev);
	return mount_new(path, type, sb_flags, mnt_flags, dev, data);
}

int do_mount(const char *dev, const char *dir, const char *type, unsigned long flags, void *data)
{
	struct path path;
	int error = kern_path(dir, LOOKUP_FOLLOW, &path);

	if (error)
		return error;
	error = path_mount(dev, &path, type, flags, data);
	path_put(&path);
	return error;
}

int kernel_mount(const char *dev, const char *dir, const char *type, unsigned long flags,
		 void *data)
{
	return do_mount(dev, dir, type, flags, data);
}

/* Unmounting. */

static void say_busy(const struct path *path)
{
	char *buf = kmalloc(PATH_MAX, GFP_KERNEL);
	char holders[160];
	char *name;

	if (!buf)
		return;
	name = d_path(path, buf, PATH_MAX);
	if (!mount_holders(path, holders, sizeof(holders)))
		strscpy(holders,
			list_empty(&real_mount(path->mnt)->mounts) ? "the kernel"
								   : "a mount below it",
			sizeof(holders));
	pr_warn("umount: %s: in use by %s\n", IS_ERR(name) ? "?" : name, holders);
	kfree(buf);
}

static void detach_tree(struct mount *mnt)
{
	while (!list_empty(&mnt->mounts))
		detach_tree(list_first_entry(&mnt->mounts, struct mount, child));
	mount_detach(mnt);
	mntput(&mnt->mnt);
}

/* The caller holds one reference through path, which stays. */
int path_umount(struct path *path, int flags)
{
	struct mount *mnt = real_mount(path->mnt);
	struct super_block *sb = mnt->mnt.mnt_sb;
	int error = 0;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (path->dentry != mnt->mnt.mnt_root || !mnt->attached)
		return -EINVAL;
	if (mnt == root_mount) { /* cannot go: make it safe to switch off */
		if (flags & MNT_DETACH)
			return -EBUSY;
		down_write(&sb->s_umount);
		error = sb_rdonly(sb) ? 0 : do_remount_sb(sb, sb->s_flags | SB_RDONLY, NULL);
		up_write(&sb->s_umount);
		return error;
	}
	if ((flags & MNT_FORCE) && sb->s_op->umount_begin)
		sb->s_op->umount_begin(sb);
	shrink_dcache_sb(sb);
	down_write(&mount_rwsem);
	if (!mnt->attached) {
		error = -EINVAL;
	} else if (flags & MNT_DETACH) {
		detach_tree(mnt);
	} else if (!list_empty(&mnt->mounts) || atomic_read(&mnt->count) > 2) {
		error = -EBUSY;
	} else if ((flags & MNT_EXPIRE) && !mnt->expiring) {
		mnt->expiring = true;
		error = -EAGAIN;
	} else {
		detach_tree(mnt);
	}
	up_write(&mount_rwsem);
	if (error == -EBUSY)
		say_busy(path);
	return error;
}

/* pivot_root(2): new_root becomes "/", the old root is hung at put_old below it. */
int path_pivot_root(const struct path *new_root, const struct path *put_old)
{
	struct mount *new_mnt = real_mount(new_root->mnt), *old_mnt = root_mount;
	struct path old_root = { .mnt = &old_mnt->mnt, .dentry = old_mnt->mnt.mnt_root };
	struct path at = *put_old;
	struct task_struct *task;
	int error = -EINVAL;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	path_get(&at);
	down_write(&mount_rwsem);
	path_to_top(&at);
	if (new_root->dentry != new_mnt->mnt.mnt_root || !new_mnt->attached ||
	    !mnt_has_parent(new_mnt))
		goto out;
	error = -EBUSY;
	if (new_mnt == old_mnt || real_mount(at.mnt) == old_mnt)
		goto out;
	error = -EINVAL;
	if (real_mount(at.mnt) != new_mnt && !is_ancestor_mount(new_mnt, real_mount(at.mnt)))
		goto out;
	mount_detach(new_mnt);
	preempt_disable();
	new_mnt->attached = true;
	list_add(&new_mnt->list, &mount_list);
	list_del_init(&old_mnt->list);
	root_mount = new_mnt;
	preempt_enable();
	mount_attach(old_mnt, &at);
	error = 0;
	read_lock(&tasklist_lock);
	for_each_process(task) {
		struct fs_struct *fs = task->fs;

		if (!fs)
			continue;
		spin_lock(&fs->lock);
		if (path_equal(&fs->root, &old_root)) {
			path_get(new_root);
			dput(fs->root.dentry);
			mntput(fs->root.mnt);
			fs->root = *new_root;
		}
		if (path_equal(&fs->pwd, &old_root)) {
			path_get(new_root);
			dput(fs->pwd.dentry);
			mntput(fs->pwd.mnt);
			fs->pwd = *new_root;
		}
		spin_unlock(&fs->lock);
	}
	read_unlock(&tasklist_lock);
out:
	up_write(&mount_rwsem);
	path_put(&at);
	return error;
}

/* The views; mount_rwsem is held for reading. */

static void show_mount_flags(struct seq_file *m, const struct mount *mnt)
{
	static const struct {
		int flag;
		const char *text;
	} options[] = {
		{ MNT_NOSUID, ",nosuid" },	   { MNT_NODEV, ",nodev" },
		{ MNT_NOEXEC, ",noexec" },	   { MNT_NOATIME, ",noatime" },
		{ MNT_NODIRATIME, ",nodiratime" }, { MNT_RELATIME, ",relatime" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(options); i++)
		if (mnt->mnt.mnt_flags & options[i].flag)
			seq_puts(m, options[i].text);
}

static void show_super_options(struct seq_file *m, const struct mount *mnt)
{
	struct super_block *sb = mnt->mnt.mnt_sb;

	if (sb->s_flags & SB_SYNCHRONOUS)
		seq_puts(m, ",sync");
	if (sb->s_op->show_options)
		sb->s_op->show_options(m, mnt->mnt.mnt_root);
}

#define MANGLED " \t\n\\#"

/* One line of /proc/mounts. */
int mount_show(struct seq_file *m, struct mount *mnt)
{
	struct path path = { .mnt = &mnt->mnt, .dentry = mnt->mnt.mnt_root };

	seq_escape(m, mnt->devname, MANGLED);
	seq_putc(m, ' ');
	seq_path(m, &path, MANGLED);
	seq_putc(m, ' ');
	seq_escape(m, mnt->mnt.mnt_sb->s_type->name, MANGLED);
	seq_puts(m, __mnt_is_readonly(&mnt->mnt) ? " ro" : " rw");
	show_super_options(m, mnt);
	show_mount_flags(m, mnt);
	seq_puts(m, " 0 0\n");
	return 0;
}

/* One line of /proc/PID/mountinfo. */
void mountinfo_line(struct seq_file *m, struct mount *mnt)
{
	struct path path = { .mnt = &mnt->mnt, .dentry = mnt->mnt.mnt_root };
	struct super_block *sb = mnt->mnt.mnt_sb;

	seq_printf(m, "%d %d %u:%u ", mnt->id, mnt->parent->id, MAJOR(sb->s_dev), MINOR(sb->s_dev));
	seq_dentry(m, mnt->mnt.mnt_root, MANGLED);
	seq_putc(m, ' ');
	seq_path(m, &path, MANGLED);
	seq_puts(m, mnt->mnt.mnt_flags & MNT_READONLY ? " ro" : " rw");
	show_mount_flags(m, mnt);
	seq_puts(m, " - ");
	seq_escape(m, sb->s_type->name, MANGLED);
	seq_putc(m, ' ');
	seq_escape(m, mnt->devname, MANGLED);
	seq_puts(m, sb_rdonly(sb) ? " ro" : " rw");
	show_super_options(m, mnt);
	seq_putc(m, '\n');
}

/* The first mount: the root tmpfs, which the boot thread and all its descendants start in. */
void mount_root(void)
{
	struct file_system_type *type = get_fs_type("rootfs");
	struct vfsmount *mnt = type ? vfs_kern_mount(type, 0, "rootfs", NULL) : ERR_PTR(-ENODEV);
	struct path root;

	if (IS_ERR(mnt))
		panic("vfs: rootfs: cannot be mounted (error %ld)", PTR_ERR(mnt));
	put_filesystem(type);
	root_mount = real_mount(mnt);
	root_mount->attached = true;
	mnt->mnt_flags |= MNT_RELATIME;
	list_add(&root_mount->list, &mount_list);
	root.mnt = mnt;
	root.dentry = mnt->mnt_root;
	if (!current->fs)
		current->fs = &init_fs;
	set_fs_root(current->fs, &root);
	set_fs_pwd(current->fs, &root);
}
