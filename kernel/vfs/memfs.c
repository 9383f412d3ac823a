/*
 * The file system in memory. rootfs, which is there from the first moment, is one instance; the modules tmpfs and
 * devtmpfs register types whose mounts are others.
 *
 * Names are dentries pinned by one extra reference, bytes are pages of the cache that are never written back. A page is
 * accounted when it enters the cache (write_begin, readpage of a hole) and given back by ->freepage. Limits and counts
 * are in struct memfs under its lock.
 */
#include "vfs/vfs.h"
#include <linux/falloc.h>
#include <linux/highmem.h>
#include <linux/magic.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/parser.h>
#include <linux/seq_file.h>
#include <linux/statfs.h>
#include <rakit/memfs.h>

struct memfs {
	spinlock_t lock;
	struct memfs_limits limits;
	u64 pages;  /* in use */
	u64 inodes; /* in use */
};

static const struct address_space_operations memfs_aops;
static const struct inode_operations memfs_dir_iops, memfs_file_iops, memfs_symlink_iops;
static const struct file_operations memfs_file_fops;

static struct memfs *memfs_of(struct super_block *sb)
{
	return sb->s_fs_info;
}

static bool account(struct memfs *fs, u64 *count, u64 max)
{
	bool room;

	spin_lock(&fs->lock);
	room = !max || *count < max;
	if (room)
		++*count;
	spin_unlock(&fs->lock);
	return room;
}

static void unaccount(struct memfs *fs, u64 *count)
{
	spin_lock(&fs->lock);
	--*count;
	spin_unlock(&fs->lock);
}

/* Pages. */

/* A page of a hole, locked: accounted and zeroed on first use. */
static int page_first_use(struct page *page, bool zero)
{
	struct memfs *fs = memfs_of(page->mapping->host->i_sb);

	if (PageChecked(page))
		return 0;
	if (!account(fs, &fs->pages, fs->limits.max_pages))
		return -ENOSPC;
	SetPageChecked(page);
	if (zero)
		clear_highpage(page);
	return 0;
}

static void memfs_freepage(struct page *page)
{
	struct memfs *fs = memfs_of(page->mapping->host->i_sb);

	if (PageChecked(page)) {
		ClearPageChecked(page);
		unaccount(fs, &fs->pages);
	}
}

static int memfs_readpage(struct file *file, struct page *page)
{
	int error = page_first_use(page, true);

	if (!error)
		SetPageUptodate(page);
	unlock_page(page);
	return error;
}

static int memfs_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
			     unsigned int len, unsigned int flags, struct page **pagep,
			     void **fsdata)
{
	struct page *page = grab_cache_page_write_begin(mapping, pos >> PAGE_SHIFT, flags);
	unsigned int from = pos & ~PAGE_MASK;
	int error;

	if (!page)
		return -ENOMEM;
	error = page_first_use(page, false);
	if (error) {
		delete_from_page_cache(page);
		unlock_page(page);
		put_page(page);
		return error;
	}
	if (!PageUptodate(page) && len != PAGE_SIZE)
		zero_user_segments(page, 0, from, from + len, PAGE_SIZE);
	*pagep = page;
	return 0;
}

static const struct address_space_operations memfs_aops = {
	.readpage = memfs_readpage,
	.write_begin = memfs_write_begin,
	.write_end = simple_write_end,
	.set_page_dirty = __set_page_dirty_no_writeback,
	.freepage = memfs_freepage,
};

static long memfs_fallocate(struct file *file, int mode, loff_t offset, loff_t len)
{
	struct inode *inode = file_inode(file);
	loff_t end = offset + len;
	pgoff_t index;
	int error = 0;

	if (mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE))
		return -EOPNOTSUPP;
	inode_lock(inode);
	if (mode & FALLOC_FL_PUNCH_HOLE) {
		truncate_pagecache_range(inode, offset, end - 1);
		goto out;
	}
	for (index = offset >> PAGE_SHIFT; index <= (pgoff_t)((end - 1) >> PAGE_SHIFT) && !error;
	     index++) {
		struct page *page = read_mapping_page(inode->i_mapping, index, NULL);

		if (IS_ERR(page))
			error = PTR_ERR(page);
		else
			put_page(page);
		cond_resched();
	}
	if (!error && !(mode & FALLOC_FL_KEEP_SIZE) && end > inode->i_size)
		i_size_write(inode, end);
	inode->i_ctime = current_time(inode);
out:
	inode_unlock(inode);
	return error;
}

/* Inodes. */

static struct inode *memfs_inode(struct super_block *sb, const struct inode *dir, umode_t mode,
				 dev_t dev)
{
	struct memfs *fs = memfs_of(sb);
	struct inode *inode;

	if (!account(fs, &fs->inodes, fs->limits.max_inodes))
		return ERR_PTR(-ENOSPC);
	inode = new_inode(sb);
	if (!inode) {
		unaccount(fs, &fs->inodes);
		return ERR_PTR(-ENOMEM);
	}
	inode_init_owner(inode, dir, mode);
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	switch (mode & S_IFMT) {
	case S_IFREG:
		inode->i_op = &memfs_file_iops;
		inode->i_fop = &memfs_file_fops;
		inode->i_mapping->a_ops = &memfs_aops;
		mapping_set_unevictable(inode->i_mapping);
		break;
	case S_IFDIR:
		inode->i_op = &memfs_dir_iops;
		inode->i_fop = &simple_dir_operations;
		inc_nlink(inode); /* "." */
		break;
	case S_IFLNK:
		inode->i_op = &memfs_symlink_iops;
		break;
	default:
		inode->i_op = &memfs_file_iops;
		init_special_inode(inode, mode, dev);
	}
	return inode;
}

static void memfs_evict_inode(struct inode *inode)
{
	struct memfs *fs = memfs_of(inode->i_sb);

	truncate_inode_pages_final(&inode->i_data);
	if (S_ISLNK(inode->i_mode)) {
		kfree(inode->i_link);
		inode->i_link = NULL;
	}
	clear_inode(inode);
	unaccount(fs, &fs->inodes);
}

static int memfs_mknod(struct inode *dir, struct dentry *dentry, umode_t mode, dev_t dev)
{
	struct inode *inode = memfs_inode(dir->i_sb, dir, mode, dev);

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	d_instantiate(dentry, inode);
	dget(dentry);
	dir->i_mtime = dir->i_ctime = inode->i_ctime;
	return 0;
}

static int memfs_create(struct inode *dir, struct dentry *dentry, umode_t mode, bool excl)
{
	return memfs_mknod(dir, dentry, mode | S_IFREG, 0);
}

static int memfs_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	int error = memfs_mknod(dir, dentry, mode | S_IFDIR, 0);

	if (!error)
		inc_nlink(dir);
	return error;
}

static int memfs_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	char *text = kstrdup(target, GFP_KERNEL);
	struct inode *inode;

	if (!text)
		return -ENOMEM;
	inode = memfs_inode(dir->i_sb, dir, S_IFLNK | 0777, 0);
	if (IS_ERR(inode)) {
		kfree(text);
		return PTR_ERR(inode);
	}
	inode->i_link = text;
	inode->i_size = strlen(text);
	d_instantiate(dentry, inode);
	dget(dentry);
	dir->i_mtime = dir->i_ctime = inode->i_ctime;
	return 0;
}

static int memfs_tmpfile(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct inode *inode = memfs_inode(dir->i_sb, dir, mode | S_IFREG, 0);

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	d_tmpfile(dentry, inode);
	return 0;
}

/* Names that do not exist are remembered: they cost one small dentry and save the next lookup. */
static struct dentry *memfs_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	if (dentry->d_name.len > NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	d_add(dentry, NULL);
	return NULL;
}

static const struct inode_operations memfs_dir_iops = {
	.lookup = memfs_lookup,
	.create = memfs_create,
	.link = simple_link,
	.unlink = simple_unlink,
	.symlink = memfs_symlink,
	.mkdir = memfs_mkdir,
	.rmdir = simple_rmdir,
	.mknod = memfs_mknod,
	.rename = simple_rename,
	.tmpfile = memfs_tmpfile,
	.setattr = simple_setattr,
};

static const struct inode_operations memfs_file_iops = {
	.setattr = simple_setattr,
	.getattr = simple_getattr,
};

static const struct inode_operations memfs_symlink_iops = {
	.get_link = simple_get_link,
	.setattr = simple_setattr,
};

static const struct file_operations memfs_file_fops = {
	.read_iter = generic_file_read_iter,
	.write_iter = generic_file_write_iter,
	.mmap = generic_file_mmap,
	.fsync = noop_fsync,
	.llseek = generic_file_llseek,
	.fallocate = memfs_fallocate,
};

/* Superblocks. */

static int memfs_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	struct memfs *fs = memfs_of(dentry->d_sb);

	buf->f_type = TMPFS_MAGIC;
	buf->f_bsize = PAGE_SIZE;
	buf->f_namelen = NAME_MAX;
	spin_lock(&fs->lock);
	if (fs->limits.max_pages) {
		buf->f_blocks = fs->limits.max_pages;
		buf->f_bavail = buf->f_bfree = fs->limits.max_pages - fs->pages;
	}
	if (fs->limits.max_inodes) {
		buf->f_files = fs->limits.max_inodes;
		buf->f_ffree = fs->limits.max_inodes - fs->inodes;
	}
	spin_unlock(&fs->lock);
	return 0;
}

static int memfs_show_options(struct seq_file *m, struct dentry *root)
{
	struct memfs *fs = memfs_of(root->d_sb);

	if (fs->limits.max_pages)
		seq_printf(m, ",size=%lluk", fs->limits.max_pages << (PAGE_SHIFT - 10));
	if (fs->limits.max_inodes)
		seq_printf(m, ",nr_inodes=%llu", fs->limits.max_inodes);
	if ((fs->limits.mode & S_IALLUGO) != (S_IRWXUGO | S_ISVTX))
		seq_printf(m, ",mode=%03o", fs->limits.mode & S_IALLUGO);
	return 0;
}

void memfs_get_limits(struct super_block *sb, struct memfs_limits *limits)
{
	*limits = memfs_of(sb)->limits;
}
EXPORT_SYMBOL_GPL(memfs_get_limits);

int memfs_set_limits(struct super_block *sb, const struct memfs_limits *limits)
{
	struct memfs *fs = memfs_of(sb);
	int error = 0;

	spin_lock(&fs->lock);
	if ((limits->max_pages && fs->pages > limits->max_pages) ||
	    (limits->max_inodes && fs->inodes > limits->max_inodes))
		error = -EINVAL;
	else
		fs->limits = *limits;
	spin_unlock(&fs->lock);
	return error;
}
EXPORT_SYMBOL_GPL(memfs_set_limits);

static int memfs_remount(struct super_block *sb, int *flags, char *data)
{
	struct memfs_limits limits;
	int error;

	memfs_get_limits(sb, &limits);
	error = memfs_parse_options(data, &limits);
	return error ? error : memfs_set_limits(sb, &limits);
}

static const struct super_operations memfs_super_ops = {
	.statfs = memfs_statfs,
	.evict_inode = memfs_evict_inode,
	.drop_inode = generic_delete_inode,
	.show_options = memfs_show_options,
	.remount_fs = memfs_remount,
};

int memfs_fill_super(struct super_block *sb, const struct memfs_limits *limits)
{
	struct memfs *fs = kzalloc(sizeof(*fs), GFP_KERNEL);
	struct inode *root;

	if (!fs)
		return -ENOMEM;
	spin_lock_init(&fs->lock);
	fs->limits = *limits;
	sb->s_fs_info = fs;
	sb->s_op = &memfs_super_ops;
	sb->s_magic = TMPFS_MAGIC;
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_time_gran = 1;
	root = memfs_inode(sb, NULL, S_IFDIR | limits->mode, 0);
	if (IS_ERR(root))
		return PTR_ERR(root);
	root->i_uid = limits->uid;
	root->i_gid = limits->gid;
	sb->s_root = d_make_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}
EXPORT_SYMBOL_GPL(memfs_fill_super);

void memfs_kill_sb(struct super_block *sb)
{
	struct memfs *fs = memfs_of(sb);

	kill_litter_super(sb);
	kfree(fs);
}
EXPORT_SYMBOL_GPL(memfs_kill_sb);

static int parse_size(const char *text, u64 *pages)
{
	char *end;
	u64 size = memparse(text, &end);

	if (*end == '%') {
		*pages = div_u64(size * totalram_pages(), 100);
		end++;
	} else {
		*pages = DIV_ROUND_UP_ULL(size, PAGE_SIZE);
	}
	return *end ? -EINVAL : 0;
}

static int parse_option(const char *name, const char *value, struct memfs_limits *limits)
{
	unsigned int number;
	char *end;
	int error;

	if (!value)
		return -EINVAL;
	if (!strcmp(name, "size"))
		return parse_size(value, &limits->max_pages);
	if (!strcmp(name, "nr_blocks") || !strcmp(name, "nr_inodes")) {
		u64 count = memparse(value, &end);

		if (*end)
			return -EINVAL;
		*(name[3] == 'b' ? &limits->max_pages : &limits->max_inodes) = count;
		return 0;
	}
	error = kstrtouint(value, strcmp(name, "mode") ? 10 : 8, &number);
	if (error)
		return -EINVAL;
	if (!strcmp(name, "mode"))
		limits->mode = number & S_IALLUGO;
	else if (!strcmp(name, "uid"))
		limits->uid = KUIDT_INIT(number);
	else if (!strcmp(name, "gid"))
		limits->gid = KGIDT_INIT(number);
	else
		return -EINVAL;
	return 0;
}

int memfs_parse_options(char *options, struct memfs_limits *limits)
{
	char *option;

	while ((option = strsep(&options, ",")) != NULL) {
		char *value = strchr(option, '=');

		if (!*option)
			continue;
		if (value)
			*value++ = 0;
		if (parse_option(option, value, limits)) {
			pr_err("tmpfs: %s%s%s: not an option\n", option, value ? "=" : "",
			       value ? value : "");
			return -EINVAL;
		}
	}
	return 0;
}
EXPORT_SYMBOL_GPL(memfs_parse_options);

/* rootfs: no limits. */

static int rootfs_fill_super(struct super_block *sb, void *data, int silent)
{
	static const struct memfs_limits limits = { .mode = 0755 };

	return memfs_fill_super(sb, &limits);
}

static struct dentry *rootfs_mount(struct file_system_type *type, int flags, const char *dev,
				   void *data)
{
	return mount_single(type, flags, data, rootfs_fill_super);
}

static struct file_system_type rootfs_type = {
	.name = "rootfs",
	.mount = rootfs_mount,
	.kill_sb = memfs_kill_sb,
};

void memfs_init(void)
{
	register_filesystem(&rootfs_type);
}
