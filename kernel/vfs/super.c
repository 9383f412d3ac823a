/*
 * Superblocks: one mounted file system each, however many places it is mounted at.
 *
 * 1. s_active counts the users of the living file system (its mounts and those that look at it); with the last one
 *    it is shut down: names dropped, data written, inodes evicted, ->put_super. s_count counts pointers to the struct.
 * 2. s_umount is held for writing while a superblock is set up, remounted and shut down; whoever works on a
 *    superblock that it does not pin holds it for reading. sget() returns with it held.
 * 3. sb_lock protects the lists and s_count.
 */
#include "vfs/vfs.h"
#include <linux/backing-dev.h>
#include <linux/blkdev.h>
#include <linux/idr.h>
#include <linux/log2.h>
#include <linux/statfs.h>
#include <linux/writeback.h>
#include <rakit/holders.h>

DEFINE_SPINLOCK(sb_lock);
static LIST_HEAD(super_blocks);
static DEFINE_IDA(anon_dev_ida);

struct backing_dev_info noop_backing_dev_info = { .name = "noop" };
struct backing_dev_info default_backing_dev_info = {
	.name = "disk",
	.ra_pages = 32,
	.capabilities = BDI_CAP_WRITEBACK,
};
EXPORT_SYMBOL(noop_backing_dev_info);
EXPORT_SYMBOL(default_backing_dev_info);

static const struct super_operations default_super_ops = {};

static struct super_block *super_alloc(struct file_system_type *type, int flags)
{
	struct super_block *sb = kzalloc(sizeof(*sb), GFP_KERNEL);

	if (!sb)
		return NULL;
	sb->s_flags = flags;
	sb->s_type = type;
	sb->s_op = &default_super_ops;
	sb->s_bdi = &noop_backing_dev_info;
	sb->s_count = 1;
	atomic_set(&sb->s_active, 1);
	sb->s_maxbytes = MAX_NON_LFS;
	sb->s_time_gran = NSEC_PER_SEC;
	sb->s_time_min = TIME64_MIN;
	sb->s_time_max = TIME64_MAX;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	init_rwsem(&sb->s_umount);
	mutex_init(&sb->s_vfs_rename_mutex);
	spin_lock_init(&sb->s_inode_list_lock);
	INIT_LIST_HEAD(&sb->s_inodes);
	INIT_LIST_HEAD(&sb->s_dirty);
	INIT_LIST_HEAD(&sb->s_mounts);
	INIT_HLIST_NODE(&sb->s_instances);
	down_write(&sb->s_umount);
	return sb;
}

static void super_put(struct super_block *sb)
{
	bool last;

	spin_lock(&sb_lock);
	last = !--sb->s_count;
	if (last)
		list_del(&sb->s_list);
	spin_unlock(&sb_lock);
	if (last) {
		kfree(sb->s_subtype);
		kfree(sb);
	}
}

void drop_super(struct super_block *sb)
{
	up_read(&sb->s_umount);
	super_put(sb);
}

void deactivate_locked_super(struct super_block *sb)
{
	struct file_system_type *type = sb->s_type;

	if (!atomic_dec_and_test(&sb->s_active)) {
		up_write(&sb->s_umount);
		return;
	}
	type->kill_sb(sb);
	module_reference_rename(type->owner, sb, type);
	super_put(sb);
	put_filesystem(type);
}
EXPORT_SYMBOL(deactivate_locked_super);

void deactivate_super(struct super_block *sb)
{
	if (atomic_add_unless(&sb->s_active, -1, 1))
		return;
	down_write(&sb->s_umount);
	deactivate_locked_super(sb);
}
EXPORT_SYMBOL(deactivate_super);

/* Takes a user's share of sb and s_umount; false when it was being shut down. sb_lock is held and released. */
static bool super_grab(struct super_block *sb)
{
	sb->s_count++;
	spin_unlock(&sb_lock);
	down_write(&sb->s_umount);
	if ((sb->s_flags & SB_BORN) && atomic_inc_not_zero(&sb->s_active)) {
		super_put(sb);
		return true;
	}
	up_write(&sb->s_umount);
	super_put(sb);
	return false;
}

struct super_block *sget(struct file_system_type *type, int (*test)(struct super_block *, void *),
			 int (*set)(struct super_block *, void *), int flags, void *data)
{
	struct super_block *sb = NULL, *old;
	int error;

retry:
	spin_lock(&sb_lock);
	hlist_for_each_entry(old, &type->fs_supers, s_instances) {
		if (!test || !test(old, data))
			continue;
		if (!super_grab(old))
			goto retry;
		if (sb) {
			up_write(&sb->s_umount);
			kfree(sb);
		}
		return old;
	}
	if (!sb) {
		spin_unlock(&sb_lock);
		sb = super_alloc(type, flags);
		if (!sb)
			return ERR_PTR(-ENOMEM);
		goto retry;
	}
	spin_unlock(&sb_lock);
	error = set(sb, data);
	if (error) {
		up_write(&sb->s_umount);
		kfree(sb);
		return ERR_PTR(error);
	}
	strscpy(sb->s_id, type->name, sizeof(sb->s_id));
	get_filesystem(type);
	module_reference_rename(type->owner, type, sb);
	spin_lock(&sb_lock);
	list_add_tail(&sb->s_list, &super_blocks);
	hlist_add_head(&sb->s_instances, &type->fs_supers);
	spin_unlock(&sb_lock);
	return sb;
}
EXPORT_SYMBOL(sget);

/* Drops the names of a file system that is in no mount any more. */
static void shrink_names_for_umount(struct super_block *sb)
{
	struct dentry *root = sb->s_root;

	sb->s_root = NULL;
	shrink_dcache_parent(root);
	d_drop(root);
	if (!list_empty(&root->d_subdirs))
		pr_err("super: %s (%s): names still in use at umount\n", sb->s_id,
		       sb->s_type->name);
	dput(root);
}

void generic_shutdown_super(struct super_block *sb)
{
	const struct super_operations *ops = sb->s_op;

	if (sb->s_root) {
		shrink_names_for_umount(sb);
		sync_filesystem(sb);
		sb->s_flags &= ~SB_ACTIVE;
		evict_inodes(sb);
		if (ops->put_super)
			ops->put_super(sb);
		if (!list_empty(&sb->s_inodes))
			pr_err("super: %s (%s): inodes still in use at umount\n", sb->s_id,
			       sb->s_type->name);
	}
	spin_lock(&sb_lock);
	hlist_del_init(&sb->s_instances);
	spin_unlock(&sb_lock);
	up_write(&sb->s_umount);
}
EXPORT_SYMBOL(generic_shutdown_super);

/* Numbers for file systems on no device: major 0. */

int get_anon_bdev(dev_t *dev)
{
	int minor = ida_alloc_range(&anon_dev_ida, 1, MINORMASK, GFP_KERNEL);

	if (minor < 0)
		return minor == -ENOSPC ? -EMFILE : minor;
	*dev = MKDEV(0, minor);
	return 0;
}
EXPORT_SYMBOL(get_anon_bdev);

void free_anon_bdev(dev_t dev)
{
	ida_free(&anon_dev_ida, MINOR(dev));
}
EXPORT_SYMBOL(free_anon_bdev);

int set_anon_super(struct super_block *sb, void *data)
{
	return get_anon_bdev(&sb->s_dev);
}
EXPORT_SYMBOL(set_anon_super);

void kill_anon_super(struct super_block *sb)
{
	dev_t dev = sb->s_dev;

	generic_shutdown_super(sb);
	free_anon_bdev(dev);
}
EXPORT_SYMBOL(kill_anon_super);

void kill_litter_super(struct super_block *sb)
{
	if (sb->s_root)
		d_genocide(sb->s_root);
	kill_anon_super(sb);
}
EXPORT_SYMBOL(kill_litter_super);

/* The ways of mounting. */

typedef int (*fill_super_t)(struct super_block *sb, void *data, int silent);

static struct dentry *super_fill(struct super_block *sb, int flags, void *data, fill_super_t fill)
{
	int error = fill(sb, data, flags & SB_SILENT ? 1 : 0);

	if (error) {
		deactivate_locked_super(sb);
		return ERR_PTR(error);
	}
	sb->s_flags |= SB_ACTIVE;
	return dget(sb->s_root);
}

struct dentry *mount_nodev(struct file_system_type *type, int flags, void *data, fill_super_t fill)
{
	struct super_block *sb = sget(type, NULL, set_anon_super, flags, NULL);

	return IS_ERR(sb) ? ERR_CAST(sb) : super_fill(sb, flags, data, fill);
}
EXPORT_SYMBOL(mount_nodev);

static int test_any(struct super_block *sb, void *data)
{
	return 1;
}

struct dentry *mount_single(struct file_system_type *type, int flags, void *data, fill_super_t fill)
{
	struct super_block *sb = sget(type, test_any, set_anon_super, flags, NULL);

	if (IS_ERR(sb))
		return ERR_CAST(sb);
	return sb->s_root ? dget(sb->s_root) : super_fill(sb, flags, data, fill);
}
EXPORT_SYMBOL(mount_single);

static int test_bdev(struct super_block *sb, void *data)
{
	return sb->s_bdev == data;
}

static int set_bdev(struct super_block *sb, void *data)
{
	struct block_device *bdev = data;

	sb->s_bdev = bdev;
	sb->s_dev = bdev->bd_dev;
	sb->s_bdi = &default_backing_dev_info;
	writeback_start();
	return 0;
}

static fmode_t bdev_mode(int flags)
{
	return FMODE_READ | FMODE_EXCL | (flags & SB_RDONLY ? 0 : FMODE_WRITE);
}

struct dentry *mount_bdev(struct file_system_type *type, int flags, const char *dev, void *data,
			  fill_super_t fill)
{
	struct block_device *bdev = blkdev_get_by_path(dev, bdev_mode(flags), type);
	struct super_block *sb;

	if (IS_ERR(bdev))
		return ERR_CAST(bdev);
	sb = sget(type, test_bdev, set_bdev, flags, bdev);
	if (IS_ERR(sb)) {
		blkdev_put(bdev, bdev_mode(flags));
		return ERR_CAST(sb);
	}
	if (sb->s_root) {
		blkdev_put(bdev, bdev_mode(flags));
		if ((flags ^ sb->s_flags) & SB_RDONLY) {
			deactivate_locked_super(sb);
			return ERR_PTR(-EBUSY);
		}
		return dget(sb->s_root);
	}
	sb->s_mode = bdev_mode(flags);
	bdevname(bdev, sb->s_id);
	sb_set_blocksize(sb, block_size(bdev));
	return super_fill(sb, flags, data, fill);
}
EXPORT_SYMBOL(mount_bdev);

void kill_block_super(struct super_block *sb)
{
	struct block_device *bdev = sb->s_bdev;
	fmode_t mode = sb->s_mode;

	generic_shutdown_super(sb);
	sync_blockdev(bdev);
	blkdev_put(bdev, mode);
}
EXPORT_SYMBOL(kill_block_super);

struct dentry *mount_pseudo(struct file_system_type *type, char *name,
			    const struct super_operations *ops,
			    const struct dentry_operations *dops, unsigned long magic)
{
	struct super_block *sb = sget(type, NULL, set_anon_super, SB_NOUSER, NULL);
	struct inode *inode;

	if (IS_ERR(sb))
		return ERR_CAST(sb);
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_magic = magic;
	sb->s_op = ops ? ops : &simple_super_operations;
	sb->s_d_op = dops;
	sb->s_time_gran = 1;
	inode = new_inode(sb);
	if (inode)
		inode->i_mode = S_IFDIR | 0600;
	sb->s_root = d_make_root(inode);
	if (!sb->s_root) {
		deactivate_locked_super(sb);
		return ERR_PTR(-ENOMEM);
	}
	sb->s_flags |= SB_ACTIVE;
	return dget(sb->s_root);
}

int sb_set_blocksize(struct super_block *sb, int size)
{
	if (sb->s_bdev && set_blocksize(sb->s_bdev, size))
		return 0;
	sb->s_blocksize = size;
	sb->s_blocksize_bits = ilog2(size);
	return size;
}
EXPORT_SYMBOL(sb_set_blocksize);

int sb_min_blocksize(struct super_block *sb, int size)
{
	int minimum = bdev_logical_block_size(sb->s_bdev);

	return sb_set_blocksize(sb, size < minimum ? minimum : size);
}
EXPORT_SYMBOL(sb_min_blocksize);

/* Mounts: the type's ->mount, with the superblock's own lock let go. */
struct dentry *mount_fs(struct file_system_type *type, int flags, const char *name, void *data)
{
	struct dentry *root = type->mount(type, flags, name, data);

	if (IS_ERR(root))
		return root;
	root->d_sb->s_flags |= SB_BORN;
	up_write(&root->d_sb->s_umount);
	return root;
}

/* s_umount is held for writing. */
int do_remount_sb(struct super_block *sb, int sb_flags, void *data)
{
	int error;

	if (!(sb_flags & SB_RDONLY) && sb->s_bdev && bdev_read_only(sb->s_bdev))
		return -EACCES;
	if ((sb_flags & SB_RDONLY) && !sb_rdonly(sb)) {
		if (sb->s_writers)
			return -EBUSY;
		sync_filesystem(sb);
	}
	if (sb->s_op->remount_fs) {
		error = sb->s_op->remount_fs(sb, &sb_flags, data);
		if (error)
			return error;
	}
	sb->s_flags = (sb->s_flags & ~MS_RMT_MASK) | (sb_flags & MS_RMT_MASK);
	return 0;
}

/* Over all of them. */

void iterate_supers(void (*fn)(struct super_block *sb, void *arg), void *arg)
{
	struct super_block *sb, *last = NULL;

	spin_lock(&sb_lock);
	list_for_each_entry(sb, &super_blocks, s_list) {
		if (hlist_unhashed(&sb->s_instances))
			continue;
		sb->s_count++;
		spin_unlock(&sb_lock);
		if (last)
			super_put(last);
		down_read(&sb->s_umount);
		if (sb->s_root && (sb->s_flags & SB_BORN))
			fn(sb, arg);
		up_read(&sb->s_umount);
		last = sb;
		spin_lock(&sb_lock);
	}
	spin_unlock(&sb_lock);
	if (last)
		super_put(last);
}

struct super_block *get_super(struct block_device *bdev)
{
	struct super_block *sb;

	if (!bdev)
		return NULL;
	spin_lock(&sb_lock);
	list_for_each_entry(sb, &super_blocks, s_list) {
		if (sb->s_bdev != bdev || hlist_unhashed(&sb->s_instances))
			continue;
		sb->s_count++;
		spin_unlock(&sb_lock);
		down_read(&sb->s_umount);
		if (sb->s_root && (sb->s_flags & SB_BORN))
			return sb;
		drop_super(sb);
		return NULL;
	}
	spin_unlock(&sb_lock);
	return NULL;
}

/* Writes everything; s_umount is held. */
int sync_filesystem(struct super_block *sb)
{
	int error = 0;

	if (sb_rdonly(sb))
		return 0;
	sync_inodes_sb(sb);
	if (sb->s_op->sync_fs)
		error = sb->s_op->sync_fs(sb, 1);
	if (sb->s_bdev) {
		int e = sync_blockdev(sb->s_bdev);

		error = error ? error : e;
	}
	return error;
}
EXPORT_SYMBOL(sync_filesystem);

static void sync_one(struct super_block *sb, void *arg)
{
	sync_filesystem(sb);
}

void sync_all(bool wait)
{
	iterate_supers(sync_one, NULL);
}

int vfs_statfs(const struct path *path, struct kstatfs *buf)
{
	struct super_block *sb = path->dentry->d_sb;
	int flags = path->mnt->mnt_flags;
	int error;

	if (!sb->s_op->statfs)
		return -ENOSYS;
	memset(buf, 0, sizeof(*buf));
	error = sb->s_op->statfs(path->dentry, buf);
	if (error)
		return error;
	if (!buf->f_frsize)
		buf->f_frsize = buf->f_bsize;
	buf->f_flags = ST_VALID | (sb_rdonly(sb) || (flags & MNT_READONLY) ? ST_RDONLY : 0) |
		       (flags & MNT_NOSUID ? ST_NOSUID : 0) | (flags & MNT_NODEV ? ST_NODEV : 0) |
		       (flags & MNT_NOEXEC ? ST_NOEXEC : 0) |
		       (flags & MNT_NOATIME ? ST_NOATIME : 0) |
		       (flags & MNT_NODIRATIME ? ST_NODIRATIME : 0) |
		       (flags & MNT_RELATIME ? ST_RELATIME : 0);
	return 0;
}
EXPORT_SYMBOL(vfs_statfs);
