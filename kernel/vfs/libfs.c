/*
 * Pieces that simple file systems are made of: directories whose only home is the cache of names, files whose only home is
 * the page cache, and copying between kernel buffers and user space.
 *
 * In such a directory every existing name is pinned by one extra reference (simple_link and the like take it, simple_unlink
 * gives it back), so the cache of names is the directory. Reading one walks d_subdirs under dcache_lock; the position is
 * kept by a cursor dentry in the list, so that names may come and go between two reads.
 */
#include "vfs/vfs.h"
#include <linux/pagemap.h>
#include <linux/statfs.h>

int simple_setattr(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	int error = setattr_prepare(dentry, attr);

	if (error)
		return error;
	if (attr->ia_valid & ATTR_SIZE)
		truncate_setsize(inode, attr->ia_size);
	setattr_copy(inode, attr);
	mark_inode_dirty(inode);
	return 0;
}
EXPORT_SYMBOL(simple_setattr);

int simple_getattr(const struct path *path, struct kstat *stat, u32 request_mask,
		   unsigned int flags)
{
	struct inode *inode = d_inode(path->dentry);

	generic_fillattr(inode, stat);
	stat->blocks = (u64)inode->i_mapping->nrpages << (PAGE_SHIFT - 9);
	return 0;
}
EXPORT_SYMBOL(simple_getattr);

int simple_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	buf->f_type = dentry->d_sb->s_magic;
	buf->f_bsize = PAGE_SIZE;
	buf->f_namelen = NAME_MAX;
	return 0;
}
EXPORT_SYMBOL(simple_statfs);

int always_delete_dentry(const struct dentry *dentry)
{
	return 1;
}
EXPORT_SYMBOL(always_delete_dentry);

const struct dentry_operations simple_dentry_operations = { .d_delete = always_delete_dentry };
EXPORT_SYMBOL(simple_dentry_operations);

/* A name that is not in the cache does not exist. */
struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	if (dentry->d_name.len > NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	if (!dentry->d_sb->s_d_op)
		d_set_d_op(dentry, &simple_dentry_operations);
	d_add(dentry, NULL);
	return NULL;
}
EXPORT_SYMBOL(simple_lookup);

const struct inode_operations simple_dir_inode_operations = { .lookup = simple_lookup };
EXPORT_SYMBOL(simple_dir_inode_operations);

/* Reading directories. */

int dcache_dir_open(struct inode *inode, struct file *file)
{
	struct dentry *cursor = d_alloc_cursor(file->f_path.dentry);

	file->private_data = cursor;
	return cursor ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(dcache_dir_open);

int dcache_dir_close(struct inode *inode, struct file *file)
{
	dput(file->private_data);
	return 0;
}
EXPORT_SYMBOL(dcache_dir_close);

static bool is_shown(const struct dentry *dentry)
{
	return dentry->d_inode && !d_unhashed(dentry);
}

/* The first shown child at or behind `from` in the list; d_subdirs is newest first. Referenced. */
static struct dentry *next_shown(struct dentry *dir, struct list_head *from)
{
	struct dentry *found = NULL;

	spin_lock(&dcache_lock);
	for (; from != &dir->d_subdirs; from = from->next) {
		struct dentry *d = list_entry(from, struct dentry, d_child);

		if (is_shown(d)) {
			found = dget(d);
			break;
		}
	}
	spin_unlock(&dcache_lock);
	return found;
}

static void cursor_move_behind(struct dentry *cursor, struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	list_move(&cursor->d_child, &dentry->d_child);
	spin_unlock(&dcache_lock);
}

loff_t dcache_dir_lseek(struct file *file, loff_t offset, int whence)
{
	struct dentry *dir = file->f_path.dentry, *cursor = file->private_data, *d;
	loff_t n;

	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (offset < 0)
		return -EINVAL;
	if (offset == file->f_pos)
		return offset;
	inode_lock_shared(dir->d_inode);
	spin_lock(&dcache_lock);
	list_move(&cursor->d_child, &dir->d_subdirs);
	spin_unlock(&dcache_lock);
	for (n = offset - 2; n > 0; n--) {
		d = next_shown(dir, cursor->d_child.next);
		if (!d)
			break;
		cursor_move_behind(cursor, d);
		dput(d);
	}
	file->f_pos = offset;
	inode_unlock_shared(dir->d_inode);
	return offset;
}
EXPORT_SYMBOL(dcache_dir_lseek);

int dcache_readdir(struct file *file, struct dir_context *ctx)
{
	struct dentry *dir = file->f_path.dentry, *cursor = file->private_data, *d;

	if (!dir_emit_dots(file, ctx))
		return 0;
	if (ctx->pos == 2) {
		spin_lock(&dcache_lock);
		list_move(&cursor->d_child, &dir->d_subdirs);
		spin_unlock(&dcache_lock);
	}
	while ((d = next_shown(dir, cursor->d_child.next))) {
		if (!dir_emit(ctx, (const char *)d->d_name.name, d->d_name.len, d->d_inode->i_ino,
			      S_DT(d->d_inode->i_mode))) {
			dput(d);
			break;
		}
		cursor_move_behind(cursor, d);
		dput(d);
		ctx->pos++;
	}
	return 0;
}
EXPORT_SYMBOL(dcache_readdir);

ssize_t generic_read_dir(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return -EISDIR;
}
EXPORT_SYMBOL(generic_read_dir);

const struct file_operations simple_dir_operations = {
	.open = dcache_dir_open,
	.release = dcache_dir_close,
	.llseek = dcache_dir_lseek,
	.read = generic_read_dir,
	.iterate_shared = dcache_readdir,
	.fsync = noop_fsync,
};
EXPORT_SYMBOL(simple_dir_operations);

/* Changing directories. */

int simple_empty(struct dentry *dentry)
{
	struct dentry *child;
	int empty = 1;

	spin_lock(&dcache_lock);
	list_for_each_entry(child, &dentry->d_subdirs, d_child)
		if (is_shown(child))
			empty = 0;
	spin_unlock(&dcache_lock);
	return empty;
}
EXPORT_SYMBOL(simple_empty);

int simple_link(struct dentry *old, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(old);

	inode->i_ctime = dir->i_ctime = dir->i_mtime = current_time(inode);
	inc_nlink(inode);
	ihold(inode);
	dget(dentry);
	d_instantiate(dentry, inode);
	return 0;
}
EXPORT_SYMBOL(simple_link);

int simple_unlink(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);

	inode->i_ctime = dir->i_ctime = dir->i_mtime = current_time(inode);
	drop_nlink(inode);
	dput(dentry);
	return 0;
}
EXPORT_SYMBOL(simple_unlink);

int simple_rmdir(struct inode *dir, struct dentry *dentry)
{
	if (!simple_empty(dentry))
		return -ENOTEMPTY;
	drop_nlink(d_inode(dentry));
	simple_unlink(dir, dentry);
	drop_nlink(dir);
	return 0;
}
EXPORT_SYMBOL(simple_rmdir);

static void simple_exchange(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
			    struct dentry *target)
{
	if (old_dir != new_dir && d_is_dir(old) != d_is_dir(target)) {
		if (d_is_dir(old)) {
			drop_nlink(old_dir);
			inc_nlink(new_dir);
		} else {
			drop_nlink(new_dir);
			inc_nlink(old_dir);
		}
	}
}

int simple_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
		  struct dentry *target, unsigned int flags)
{
	struct inode *inode = d_inode(old);
	bool is_dir = d_is_dir(old);

	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE))
		return -EINVAL;
	if (flags & RENAME_EXCHANGE) {
		simple_exchange(old_dir, old, new_dir, target);
	} else {
		if (!simple_empty(target))
			return -ENOTEMPTY;
		if (d_really_is_positive(target)) {
			if (is_dir)
				drop_nlink(d_inode(target));
			simple_unlink(new_dir, target);
			if (is_dir)
				drop_nlink(old_dir);
		} else if (is_dir) {
			drop_nlink(old_dir);
			inc_nlink(new_dir);
		}
	}
	old_dir->i_ctime = old_dir->i_mtime = new_dir->i_ctime = new_dir->i_mtime = inode->i_ctime =
		current_time(old_dir);
	return 0;
}
EXPORT_SYMBOL(simple_rename);

const char *simple_get_link(struct dentry *dentry, struct inode *inode, struct delayed_call *done)
{
	return inode->i_link;
}
EXPORT_SYMBOL(simple_get_link);

const struct inode_operations simple_symlink_inode_operations = { .get_link = simple_get_link };
EXPORT_SYMBOL(simple_symlink_inode_operations);

void kfree_link(void *p)
{
	kfree(p);
}
EXPORT_SYMBOL(kfree_link);

/* Links whose target is in the page cache. */

const char *page_get_link(struct dentry *dentry, struct inode *inode, struct delayed_call *done)
{
	struct address_space *mapping = inode->i_mapping;
	struct page *page;
	char *text;

	if (!dentry)
		return ERR_PTR(-ECHILD);
	page = read_mapping_page(mapping, 0, NULL);
	if (IS_ERR(page))
		return ERR_CAST(page);
	set_delayed_call(done, page_put_link, page);
	text = page_address(page);
	text[min_t(loff_t, inode->i_size, PAGE_SIZE - 1)] = 0;
	return text;
}
EXPORT_SYMBOL(page_get_link);

void page_put_link(void *page)
{
	put_page(page);
}
EXPORT_SYMBOL(page_put_link);

int page_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	return vfs_readlink(dentry, buffer, buflen);
}
EXPORT_SYMBOL(page_readlink);

int page_symlink(struct inode *inode, const char *target, int len)
{
	struct address_space *mapping = inode->i_mapping;
	struct page *page;
	void *fsdata = NULL;
	int error;

	error = pagecache_write_begin(NULL, mapping, 0, len - 1, 0, &page, &fsdata);
	if (error)
		return error;
	memcpy(page_address(page), target, len - 1);
	error = pagecache_write_end(NULL, mapping, 0, len - 1, len - 1, page, fsdata);
	if (error < 0)
		return error;
	mark_inode_dirty(inode);
	return error < len - 1 ? -EIO : 0;
}
EXPORT_SYMBOL(page_symlink);

const struct inode_operations page_symlink_inode_operations = { .get_link = page_get_link };
EXPORT_SYMBOL(page_symlink_inode_operations);

/* Files in the page cache. */

int simple_readpage(struct file *file, struct page *page)
{
	clear_highpage(page);
	SetPageUptodate(page);
	unlock_page(page);
	return 0;
}
EXPORT_SYMBOL(simple_readpage);

int simple_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
		       unsigned int len, unsigned int flags, struct page **pagep, void **fsdata)
{
	struct page *page = grab_cache_page_write_begin(mapping, pos >> PAGE_SHIFT, flags);
	unsigned int from = pos & (PAGE_SIZE - 1);

	if (!page)
		return -ENOMEM;
	*pagep = page;
	if (!PageUptodate(page) && len != PAGE_SIZE)
		zero_user_segments(page, 0, from, from + len, PAGE_SIZE);
	return 0;
}
EXPORT_SYMBOL(simple_write_begin);

int simple_write_end(struct file *file, struct address_space *mapping, loff_t pos, unsigned int len,
		     unsigned int copied, struct page *page, void *fsdata)
{
	unsigned int from = pos & (PAGE_SIZE - 1);
	struct inode *inode = mapping->host;

	if (!PageUptodate(page)) {
		if (copied < len)
			zero_user(page, from + copied, len - copied);
		SetPageUptodate(page);
	}
	if (pos + copied > inode->i_size)
		i_size_write(inode, pos + copied);
	set_page_dirty(page);
	unlock_page(page);
	put_page(page);
	return copied;
}
EXPORT_SYMBOL(simple_write_end);

/* A whole small file system. */

const struct super_operations simple_super_operations = { .statfs = simple_statfs };
EXPORT_SYMBOL(simple_super_operations);

static struct inode *simple_inode(struct super_block *sb, umode_t mode)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_mode = mode;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	return inode;
}

int simple_fill_super(struct super_block *sb, unsigned long magic, const struct tree_descr *files)
{
	struct inode *inode;
	struct dentry *dentry;
	int i;

	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_magic = magic;
	sb->s_op = &simple_super_operations;
	sb->s_time_gran = 1;
	inode = simple_inode(sb, S_IFDIR | 0755);
	if (!inode)
		return -ENOMEM;
	inode->i_ino = 1;
	inode->i_op = &simple_dir_inode_operations;
	inode->i_fop = &simple_dir_operations;
	set_nlink(inode, 2);
	sb->s_root = d_make_root(inode);
	if (!sb->s_root)
		return -ENOMEM;
	for (i = 0; !files->name || files->name[0]; i++, files++) {
		if (!files->name)
			continue;
		dentry = d_alloc_name(sb->s_root, files->name);
		inode = dentry ? simple_inode(sb, S_IFREG | files->mode) : NULL;
		if (!inode) {
			dput(dentry);
			return -ENOMEM;
		}
		inode->i_fop = files->ops;
		inode->i_ino = i;
		d_add(dentry, inode);
	}
	return 0;
}
EXPORT_SYMBOL(simple_fill_super);

static DEFINE_MUTEX(pin_fs_lock);

int simple_pin_fs(struct file_system_type *type, struct vfsmount **mount, int *count)
{
	int error = 0;

	mutex_lock(&pin_fs_lock);
	if (!*mount) {
		struct vfsmount *mnt = vfs_kern_mount(type, SB_KERNMOUNT, type->name, NULL);

		if (IS_ERR(mnt))
			error = PTR_ERR(mnt);
		else
			*mount = mnt;
	} else {
		mntget(*mount);
	}
	if (!error)
		++*count;
	mutex_unlock(&pin_fs_lock);
	return error;
}
EXPORT_SYMBOL(simple_pin_fs);

void simple_release_fs(struct vfsmount **mount, int *count)
{
	struct vfsmount *mnt;

	mutex_lock(&pin_fs_lock);
	mnt = *mount;
	if (!--*count)
		*mount = NULL;
	mutex_unlock(&pin_fs_lock);
	mntput(mnt);
}
EXPORT_SYMBOL(simple_release_fs);

/* Copying. */

ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *pos, const void *from,
				size_t available)
{
	loff_t at = *pos;
	size_t left;

	if (at < 0)
		return -EINVAL;
	if (at >= available || !count)
		return 0;
	count = min_t(loff_t, count, available - at);
	left = copy_to_user(to, (const char *)from + at, count);
	if (left == count)
		return -EFAULT;
	count -= left;
	*pos = at + count;
	return count;
}
EXPORT_SYMBOL(simple_read_from_buffer);

ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *pos, const void __user *from,
			       size_t count)
{
	loff_t at = *pos;
	size_t left;

	if (at < 0)
		return -EINVAL;
	if (at >= available || !count)
		return 0;
	count = min_t(loff_t, count, available - at);
	left = copy_from_user((char *)to + at, from, count);
	if (left == count)
		return -EFAULT;
	count -= left;
	*pos = at + count;
	return count;
}
EXPORT_SYMBOL(simple_write_to_buffer);

ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *pos, const void *from,
				size_t available)
{
	loff_t at = *pos;

	if (at < 0)
		return -EINVAL;
	if (at >= available)
		return 0;
	count = min_t(loff_t, count, available - at);
	memcpy(to, (const char *)from + at, count);
	*pos = at + count;
	return count;
}
EXPORT_SYMBOL(memory_read_from_buffer);

/* Files holding one number. */

struct simple_attr {
	int (*get)(void *data, u64 *value);
	int (*set)(void *data, u64 value);
	char text[24];
	void *data;
	const char *fmt;
	struct mutex mutex; /* text */
};

int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *, u64 *),
		     int (*set)(void *, u64), const char *fmt)
{
	struct simple_attr *attr = kzalloc(sizeof(*attr), GFP_KERNEL);

	if (!attr)
		return -ENOMEM;
	attr->get = get;
	attr->set = set;
	attr->data = inode->i_private;
	attr->fmt = fmt;
	mutex_init(&attr->mutex);
	file->private_data = attr;
	return nonseekable_open(inode, file);
}
EXPORT_SYMBOL(simple_attr_open);

int simple_attr_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}
EXPORT_SYMBOL(simple_attr_release);

ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	struct simple_attr *attr = file->private_data;
	ssize_t done;

	if (!attr->get)
		return -EACCES;
	mutex_lock(&attr->mutex);
	if (!*pos || !attr->text[0]) {
		u64 value;

		done = attr->get(attr->data, &value);
		if (done)
			goto out;
		scnprintf(attr->text, sizeof(attr->text), attr->fmt, (unsigned long long)value);
	}
	done = simple_read_from_buffer(buf, len, pos, attr->text, strlen(attr->text));
out:
	mutex_unlock(&attr->mutex);
	return done;
}
EXPORT_SYMBOL(simple_attr_read);

ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct simple_attr *attr = file->private_data;
	char text[24];
	long long value;
	size_t n = min(sizeof(text) - 1, len);
	int error;

	if (!attr->set)
		return -EACCES;
	if (copy_from_user(text, buf, n))
		return -EFAULT;
	text[n] = 0;
	error = kstrtoll(strim(text), 0, &value);
	if (error)
		return error;
	error = attr->set(attr->data, value);
	return error ? error : (ssize_t)len;
}
EXPORT_SYMBOL(simple_attr_write);
