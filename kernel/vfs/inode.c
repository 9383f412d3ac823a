/*
 * Inodes: their life, the table that finds them by (file system, number), and the small things done to one.
 *
 * 1. An inode lives while it is referenced (i_count). Each dentry holds one reference, so most inodes live as long as
 *    their names. When the last reference goes, one that is in the table and has links stays, on the list of the
 *    unused, with its pages; all others are evicted: pages dropped, file system told, memory freed.
 * 2. States: I_NEW while iget_locked()'s caller fills it, I_FREEING while it is being evicted. Whoever finds one of
 *    these waits on inode_wait.
 * 3. inode_lock protects the table, the unused list, the lists of superblocks, i_state and the step from one
 *    reference to none. It is not held while anything sleeps.
 */
#include "vfs/vfs.h"
#include <linux/backing-dev.h>
#include <linux/cdev.h>
#include <linux/hash.h>
#include <linux/pagemap.h>
#include <linux/pipe_fs_i.h>
#include <linux/timekeeping.h>
#include <linux/writeback.h>

#define INODE_HASH_BITS 9
#define INODE_UNUSED_MAX 2048 /* unused inodes kept at most */

static DEFINE_SPINLOCK(inode_lock_table);
static struct hlist_head inode_table[1 << INODE_HASH_BITS];
static LIST_HEAD(inode_unused); /* oldest first */
static unsigned long nr_inodes, nr_unused;
static DECLARE_WAIT_QUEUE_HEAD(inode_wait);
static struct kmem_cache *inode_cache;

const struct address_space_operations empty_aops = {};
EXPORT_SYMBOL(empty_aops);
static const struct inode_operations empty_iops = {};
static const struct file_operations no_open_fops = {};

unsigned long inode_count(void)
{
	return nr_inodes;
}

unsigned long inode_unused_count(void)
{
	return nr_unused;
}

static struct hlist_head *inode_bucket(const struct super_block *sb, unsigned long hash)
{
	return &inode_table[hash_32(hash ^ (u32)(unsigned long)sb, INODE_HASH_BITS)];
}

void address_space_init_once(struct address_space *mapping)
{
	memset(mapping, 0, sizeof(*mapping));
	xa_init(&mapping->i_pages);
	init_rwsem(&mapping->i_mmap_rwsem);
	INIT_LIST_HEAD(&mapping->i_mmap_list);
	INIT_LIST_HEAD(&mapping->private_list);
	spin_lock_init(&mapping->private_lock);
}
EXPORT_SYMBOL(address_space_init_once);

/* What stays valid while an inode lies free in a cache of its file system. */
void inode_init_once(struct inode *inode)
{
	memset(inode, 0, sizeof(*inode));
	INIT_HLIST_NODE(&inode->i_hash);
	INIT_LIST_HEAD(&inode->i_devices);
	INIT_LIST_HEAD(&inode->i_io_list);
	INIT_LIST_HEAD(&inode->i_lru);
	INIT_LIST_HEAD(&inode->i_sb_list);
	address_space_init_once(&inode->i_data);
}
EXPORT_SYMBOL(inode_init_once);

int inode_init_always(struct super_block *sb, struct inode *inode)
{
	struct address_space *mapping = &inode->i_data;

	inode->i_sb = sb;
	inode->i_blkbits = sb->s_blocksize_bits;
	inode->i_flags = 0;
	inode->i_opflags = 0;
	inode->i_state = 0;
	inode->i_op = &empty_iops;
	inode->i_fop = &no_open_fops;
	inode->i_ino = 0;
	inode->__i_nlink = 1;
	inode->i_uid = GLOBAL_ROOT_UID;
	inode->i_gid = GLOBAL_ROOT_GID;
	inode->i_mode = 0;
	inode->i_rdev = 0;
	inode->i_size = 0;
	inode->i_blocks = 0;
	inode->i_bytes = 0;
	inode->i_version = 0;
	inode->i_generation = 0;
	inode->i_pipe = NULL;
	inode->i_bdev = NULL;
	inode->i_flctx = NULL;
	inode->i_private = NULL;
	inode->dirtied_when = 0;
	INIT_HLIST_HEAD(&inode->i_dentry);
	atomic_set(&inode->i_count, 1);
	atomic_set(&inode->i_writecount, 0);
	atomic_set(&inode->i_dio_count, 0);
	atomic_set(&inode->i_readcount, 0);
	spin_lock_init(&inode->i_lock);
	init_rwsem(&inode->i_rwsem);
	mapping->a_ops = &empty_aops;
	mapping->host = inode;
	mapping->flags = 0;
	mapping->wb_err = 0;
	mapping->private_data = NULL;
	mapping->writeback_index = 0;
	mapping->nrpages = 0;
	atomic_set(&mapping->i_mmap_writable, 0);
	mapping->gfp_mask = GFP_USER;
	inode->i_mapping = mapping;
	nr_inodes++;
	return 0;
}
EXPORT_SYMBOL(inode_init_always);

void free_inode_nonrcu(struct inode *inode)
{
	kmem_cache_free(inode_cache, inode);
}
EXPORT_SYMBOL(free_inode_nonrcu);

static void inode_destroy(struct inode *inode)
{
	const struct super_operations *ops = inode->i_sb->s_op;

	nr_inodes--;
	kfree(inode->i_flctx);
	if (ops->destroy_inode) {
		ops->destroy_inode(inode);
		if (!ops->free_inode)
			return;
	}
	if (ops->free_inode)
		ops->free_inode(inode);
	else
		free_inode_nonrcu(inode);
}

struct inode *inode_alloc(struct super_block *sb)
{
	struct inode *inode;

	if (sb->s_op->alloc_inode)
		inode = sb->s_op->alloc_inode(sb);
	else
		inode = kmem_cache_alloc(inode_cache, GFP_KERNEL);
	if (!inode)
		return NULL;
	if (!sb->s_op->alloc_inode)
		inode_init_once(inode);
	inode_init_always(sb, inode);
	return inode;
}

static void sb_list_add(struct inode *inode)
{
	list_add_tail(&inode->i_sb_list, &inode->i_sb->s_inodes);
}

struct inode *new_inode_pseudo(struct super_block *sb)
{
	return inode_alloc(sb);
}
EXPORT_SYMBOL(new_inode_pseudo);

unsigned int get_next_ino(void)
{
	static atomic_t last = ATOMIC_INIT(0);
	unsigned int ino;

	do {
		ino = atomic_inc_return(&last);
	} while (!ino);
	return ino;
}
EXPORT_SYMBOL(get_next_ino);

struct inode *new_inode(struct super_block *sb)
{
	struct inode *inode = inode_alloc(sb);

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	spin_lock(&inode_lock_table);
	sb_list_add(inode);
	spin_unlock(&inode_lock_table);
	return inode;
}
EXPORT_SYMBOL(new_inode);

struct inode *alloc_anon_inode(struct super_block *sb)
{
	struct inode *inode = new_inode_pseudo(sb);

	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_ino = get_next_ino();
	inode->i_state = I_DIRTY;
	inode->i_mode = S_IRUSR | S_IWUSR;
	inode->i_uid = current_fsuid();
	inode->i_gid = current_fsgid();
	inode->i_flags |= S_PRIVATE;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	return inode;
}
EXPORT_SYMBOL(alloc_anon_inode);

/* The table. */

void __insert_inode_hash(struct inode *inode, unsigned long hash)
{
	spin_lock(&inode_lock_table);
	if (hlist_unhashed(&inode->i_hash))
		hlist_add_head(&inode->i_hash, inode_bucket(inode->i_sb, hash));
	spin_unlock(&inode_lock_table);
}
EXPORT_SYMBOL(__insert_inode_hash);

void insert_inode_hash(struct inode *inode)
{
	__insert_inode_hash(inode, inode->i_ino);
}
EXPORT_SYMBOL(insert_inode_hash);

void remove_inode_hash(struct inode *inode)
{
	spin_lock(&inode_lock_table);
	hlist_del_init(&inode->i_hash);
	spin_unlock(&inode_lock_table);
}
EXPORT_SYMBOL(remove_inode_hash);

static int test_ino(struct inode *inode, void *data)
{
	return inode->i_ino == *(unsigned long *)data;
}

static int set_ino(struct inode *inode, void *data)
{
	inode->i_ino = *(unsigned long *)data;
	return 0;
}

static struct inode *table_find(struct super_block *sb, unsigned long hash,
				int (*test)(struct inode *, void *), void *data)
{
	struct inode *inode;

	hlist_for_each_entry(inode, inode_bucket(sb, hash), i_hash)
		if (inode->i_sb == sb && test(inode, data))
			return inode;
	return NULL;
}

static void unused_remove(struct inode *inode)
{
	if (!list_empty(&inode->i_lru)) {
		list_del_init(&inode->i_lru);
		nr_unused--;
	}
}

/* Has `inode` left the table? */
static bool table_lacks(const struct inode *inode, struct super_block *sb, unsigned long hash,
			int (*test)(struct inode *, void *), void *data)
{
	bool gone;

	spin_lock(&inode_lock_table);
	gone = table_find(sb, hash, test, data) != inode;
	spin_unlock(&inode_lock_table);
	return gone;
}

/* References an inode found in the table, waiting for one that is being freed to be gone (NULL) or filled. */
static struct inode *table_get(struct super_block *sb, unsigned long hash,
			       int (*test)(struct inode *, void *), void *data)
{
	struct inode *inode;

	for (;;) {
		inode = table_find(sb, hash, test, data);
		if (!inode)
			return NULL;
		if (!(inode->i_state & (I_FREEING | I_WILL_FREE)))
			break;
		spin_unlock(&inode_lock_table);
		wait_event(inode_wait, table_lacks(inode, sb, hash, test, data));
		spin_lock(&inode_lock_table);
	}
	atomic_inc(&inode->i_count);
	unused_remove(inode);
	return inode;
}

static struct inode *wait_until_filled(struct inode *inode)
{
	wait_event(inode_wait, !(READ_ONCE(inode->i_state) & I_NEW));
	if (hlist_unhashed(&inode->i_hash)) {
		iput(inode);
		return NULL;
	}
	return inode;
}

struct inode *ilookup5(struct super_block *sb, unsigned long hash,
		       int (*test)(struct inode *, void *), void *data)
{
	struct inode *inode;

	spin_lock(&inode_lock_table);
	inode = table_get(sb, hash, test, data);
	spin_unlock(&inode_lock_table);
	return inode ? wait_until_filled(inode) : NULL;
}
EXPORT_SYMBOL(ilookup5);

struct inode *ilookup(struct super_block *sb, unsigned long ino)
{
	return ilookup5(sb, ino, test_ino, &ino);
}
EXPORT_SYMBOL(ilookup);

struct inode *iget5_locked(struct super_block *sb, unsigned long hash,
			   int (*test)(struct inode *, void *), int (*set)(struct inode *, void *),
			   void *data)
{
	struct inode *inode, *old;

again:
	inode = ilookup5(sb, hash, test, data);
	if (inode)
		return inode;
	inode = inode_alloc(sb);
	if (!inode)
		return NULL;
	spin_lock(&inode_lock_table);
	old = table_get(sb, hash, test, data);
	if (old || set(inode, data)) {
		spin_unlock(&inode_lock_table);
		inode_destroy(inode);
		if (!old)
			return NULL;
		old = wait_until_filled(old);
		if (!old)
			goto again;
		return old;
	}
	inode->i_state = I_NEW;
	hlist_add_head(&inode->i_hash, inode_bucket(sb, hash));
	sb_list_add(inode);
	spin_unlock(&inode_lock_table);
	return inode;
}
EXPORT_SYMBOL(iget5_locked);

struct inode *iget_locked(struct super_block *sb, unsigned long ino)
{
	return iget5_locked(sb, ino, test_ino, set_ino, &ino);
}
EXPORT_SYMBOL(iget_locked);

int insert_inode_locked(struct inode *inode)
{
	int error = 0;

	spin_lock(&inode_lock_table);
	if (table_find(inode->i_sb, inode->i_ino, test_ino, &inode->i_ino)) {
		error = -EBUSY;
	} else {
		inode->i_state |= I_NEW;
		hlist_add_head(&inode->i_hash, inode_bucket(inode->i_sb, inode->i_ino));
	}
	spin_unlock(&inode_lock_table);
	return error;
}
EXPORT_SYMBOL(insert_inode_locked);

void unlock_new_inode(struct inode *inode)
{
	spin_lock(&inode_lock_table);
	inode->i_state &= ~(I_NEW | I_CREATING);
	spin_unlock(&inode_lock_table);
	wake_up_all(&inode_wait);
}
EXPORT_SYMBOL(unlock_new_inode);

void discard_new_inode(struct inode *inode)
{
	remove_inode_hash(inode);
	unlock_new_inode(inode);
	iput(inode);
}
EXPORT_SYMBOL(discard_new_inode);

void iget_failed(struct inode *inode)
{
	make_bad_inode(inode);
	unlock_new_inode(inode);
	iput(inode);
}
EXPORT_SYMBOL(iget_failed);

/* References and the end. */

void ihold(struct inode *inode)
{
	atomic_inc(&inode->i_count);
}
EXPORT_SYMBOL(ihold);

struct inode *igrab(struct inode *inode)
{
	spin_lock(&inode_lock_table);
	if (inode->i_state & (I_FREEING | I_WILL_FREE)) {
		inode = NULL;
	} else {
		atomic_inc(&inode->i_count);
		unused_remove(inode);
	}
	spin_unlock(&inode_lock_table);
	return inode;
}
EXPORT_SYMBOL(igrab);

void clear_inode(struct inode *inode)
{
	WARN_ON(inode->i_data.nrpages);
	inode->i_state = I_FREEING | I_CLEAR;
}
EXPORT_SYMBOL(clear_inode);

/* I_FREEING is set and nobody else has it. */
static void evict(struct inode *inode)
{
	const struct super_operations *ops = inode->i_sb->s_op;

	inode_dirty_forget(inode);
	if (ops->evict_inode) {
		ops->evict_inode(inode);
	} else {
		truncate_inode_pages_final(&inode->i_data);
		clear_inode(inode);
	}
	if (S_ISCHR(inode->i_mode) && inode->i_cdev)
		cd_forget(inode);
	spin_lock(&inode_lock_table);
	hlist_del_init(&inode->i_hash);
	list_del_init(&inode->i_sb_list);
	spin_unlock(&inode_lock_table);
	wake_up_all(&inode_wait);
	inode_destroy(inode);
}

int generic_drop_inode(struct inode *inode)
{
	return !inode->i_nlink || hlist_unhashed(&inode->i_hash);
}
EXPORT_SYMBOL(generic_drop_inode);

int generic_delete_inode(struct inode *inode)
{
	return 1;
}
EXPORT_SYMBOL(generic_delete_inode);

/* The last reference goes; inode_lock_table is held and released. */
static void iput_final(struct inode *inode)
{
	const struct super_operations *ops = inode->i_sb->s_op;
	int drop = ops->drop_inode ? ops->drop_inode(inode) : generic_drop_inode(inode);

	if (!drop && (inode->i_sb->s_flags & SB_ACTIVE)) {
		if (list_empty(&inode->i_lru)) {
			list_add_tail(&inode->i_lru, &inode_unused);
			nr_unused++;
		}
		spin_unlock(&inode_lock_table);
		if (nr_unused > INODE_UNUSED_MAX)
			icache_shrink(INODE_UNUSED_MAX / 16);
		return;
	}
	if (!drop && (inode->i_state & I_DIRTY)) {
		inode->i_state |= I_WILL_FREE;
		spin_unlock(&inode_lock_table);
		write_inode_now(inode, 1);
		spin_lock(&inode_lock_table);
		inode->i_state &= ~I_WILL_FREE;
	}
	inode->i_state |= I_FREEING;
	unused_remove(inode);
	spin_unlock(&inode_lock_table);
	evict(inode);
}

void iput(struct inode *inode)
{
	if (!inode || atomic_add_unless(&inode->i_count, -1, 1))
		return;
	spin_lock(&inode_lock_table);
	if (atomic_dec_and_test(&inode->i_count))
		iput_final(inode);
	else
		spin_unlock(&inode_lock_table);
}
EXPORT_SYMBOL(iput);

/* Frees up to nr of the oldest unused, clean inodes. */
unsigned long icache_shrink(unsigned long nr)
{
	unsigned long freed = 0, looked_at = nr_unused;

	spin_lock(&inode_lock_table);
	while (freed < nr && looked_at-- && !list_empty(&inode_unused)) {
		struct inode *inode = list_first_entry(&inode_unused, struct inode, i_lru);

		if (atomic_read(&inode->i_count) || (inode->i_state & (I_DIRTY_ALL | I_SYNC))) {
			list_move_tail(&inode->i_lru, &inode_unused);
			continue;
		}
		unused_remove(inode);
		inode->i_state |= I_FREEING;
		spin_unlock(&inode_lock_table);
		evict(inode);
		freed++;
		spin_lock(&inode_lock_table);
	}
	spin_unlock(&inode_lock_table);
	return freed;
}

/* All unreferenced inodes of a superblock that is being shut down. */
void evict_inodes(struct super_block *sb)
{
	struct inode *inode;

again:
	spin_lock(&inode_lock_table);
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list) {
		if (atomic_read(&inode->i_count) ||
		    (inode->i_state & (I_NEW | I_FREEING | I_WILL_FREE)))
			continue;
		inode->i_state |= I_FREEING;
		unused_remove(inode);
		spin_unlock(&inode_lock_table);
		evict(inode);
		goto again;
	}
	spin_unlock(&inode_lock_table);
}

int invalidate_inodes(struct super_block *sb, bool kill_dirty)
{
	evict_inodes(sb);
	return !list_empty(&sb->s_inodes);
}

/* Links. */

void set_nlink(struct inode *inode, unsigned int nlink)
{
	inode->__i_nlink = nlink;
}
EXPORT_SYMBOL(set_nlink);

void inc_nlink(struct inode *inode)
{
	inode->__i_nlink++;
}
EXPORT_SYMBOL(inc_nlink);

void drop_nlink(struct inode *inode)
{
	WARN_ON(!inode->i_nlink);
	inode->__i_nlink--;
}
EXPORT_SYMBOL(drop_nlink);

void clear_nlink(struct inode *inode)
{
	inode->__i_nlink = 0;
}
EXPORT_SYMBOL(clear_nlink);

void inode_inc_link_count(struct inode *inode)
{
	inc_nlink(inode);
	mark_inode_dirty(inode);
}
EXPORT_SYMBOL(inode_inc_link_count);

void inode_dec_link_count(struct inode *inode)
{
	drop_nlink(inode);
	mark_inode_dirty(inode);
}
EXPORT_SYMBOL(inode_dec_link_count);

/* Owner, kind. */

void inode_init_owner(struct inode *inode, const struct inode *dir, umode_t mode)
{
	inode->i_uid = current_fsuid();
	if (dir && (dir->i_mode & S_ISGID)) {
		inode->i_gid = dir->i_gid;
		if (S_ISDIR(mode))
			mode |= S_ISGID;
		else if ((mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP) &&
			 !in_group_p(inode->i_gid) && !capable(CAP_FSETID))
			mode &= ~S_ISGID;
	} else {
		inode->i_gid = current_fsgid();
	}
	inode->i_mode = mode;
}
EXPORT_SYMBOL(inode_init_owner);

bool inode_owner_or_capable(const struct inode *inode)
{
	return uid_eq(current_fsuid(), inode->i_uid) || capable(CAP_FOWNER);
}
EXPORT_SYMBOL(inode_owner_or_capable);

static int no_open(struct inode *inode, struct file *file)
{
	return -ENXIO;
}

static const struct file_operations sock_node_fops = { .open = no_open };

void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev)
{
	inode->i_mode = mode;
	if (S_ISCHR(mode)) {
		inode->i_fop = &def_chr_fops;
		inode->i_rdev = rdev;
	} else if (S_ISBLK(mode)) {
		inode->i_fop = &def_blk_fops;
		inode->i_rdev = rdev;
	} else if (S_ISFIFO(mode)) {
		inode->i_fop = &pipefifo_fops;
	} else if (S_ISSOCK(mode)) {
		inode->i_fop = &sock_node_fops;
	} else {
		pr_warn("inode: %s %lu: mode 0%o is no special file\n", inode->i_sb->s_id,
			inode->i_ino, mode);
	}
}
EXPORT_SYMBOL(init_special_inode);

void inode_nohighmem(struct inode *inode)
{
	mapping_set_gfp_mask(inode->i_mapping, GFP_USER);
}
EXPORT_SYMBOL(inode_nohighmem);

/* An inode whose read failed: everything on it gives -EIO. */

static int bad_open(struct inode *inode, struct file *file)
{
	return -EIO;
}

static struct dentry *bad_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	return ERR_PTR(-EIO);
}

static int bad_permission(struct inode *inode, int mask)
{
	return -EIO;
}

static const struct file_operations bad_fops = { .open = bad_open };
static const struct inode_operations bad_iops = { .lookup = bad_lookup,
						  .permission = bad_permission };

void make_bad_inode(struct inode *inode)
{
	remove_inode_hash(inode);
	inode->i_mode = S_IFREG;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	inode->i_op = &bad_iops;
	inode->i_fop = &bad_fops;
}
EXPORT_SYMBOL(make_bad_inode);

bool is_bad_inode(struct inode *inode)
{
	return inode->i_op == &bad_iops;
}
EXPORT_SYMBOL(is_bad_inode);

/* Times. */

struct timespec64 timestamp_truncate(struct timespec64 t, struct inode *inode)
{
	u32 gran = inode->i_sb->s_time_gran;

	if (gran == NSEC_PER_SEC)
		t.tv_nsec = 0;
	else if (gran > 1)
		t.tv_nsec -= t.tv_nsec % gran;
	return t;
}
EXPORT_SYMBOL(timestamp_truncate);

struct timespec64 current_time(struct inode *inode)
{
	struct timespec64 now;

	ktime_get_coarse_real_ts64(&now);
	return timestamp_truncate(now, inode);
}
EXPORT_SYMBOL(current_time);

int generic_update_time(struct inode *inode, struct timespec64 *time, int flags)
{
	if (flags & S_ATIME)
		inode->i_atime = *time;
	if (flags & S_CTIME)
		inode->i_ctime = *time;
	if (flags & S_MTIME)
		inode->i_mtime = *time;
	mark_inode_dirty_sync(inode);
	return 0;
}
EXPORT_SYMBOL(generic_update_time);

static int update_time(struct inode *inode, struct timespec64 *time, int flags)
{
	if (inode->i_op->update_time)
		return inode->i_op->update_time(inode, time, flags);
	return generic_update_time(inode, time, flags);
}

#define DAY 86400

/* relatime: only when older than the last change or than a day. */
static bool atime_needs_update(const struct vfsmount *mnt, struct inode *inode,
			       const struct timespec64 *now)
{
	if ((inode->i_flags & S_NOATIME) || IS_NOATIME(inode) ||
	    (mnt->mnt_flags & (MNT_NOATIME | MNT_READONLY)))
		return false;
	if (S_ISDIR(inode->i_mode) &&
	    ((mnt->mnt_flags & MNT_NODIRATIME) || (inode->i_sb->s_flags & SB_NODIRATIME)))
		return false;
	if (!(mnt->mnt_flags & MNT_RELATIME))
		return !timespec64_equal(&inode->i_atime, now);
	return timespec64_compare(&inode->i_mtime, &inode->i_atime) >= 0 ||
	       timespec64_compare(&inode->i_ctime, &inode->i_atime) >= 0 ||
	       now->tv_sec - inode->i_atime.tv_sec >= DAY;
}

void touch_atime(const struct path *path)
{
	struct inode *inode = path->dentry->d_inode;
	struct timespec64 now = current_time(inode);

	if (atime_needs_update(path->mnt, inode, &now))
		update_time(inode, &now, S_ATIME);
}
EXPORT_SYMBOL(touch_atime);

void file_accessed(struct file *file)
{
	if (!(file->f_flags & O_NOATIME))
		touch_atime(&file->f_path);
}
EXPORT_SYMBOL(file_accessed);

int file_update_time(struct file *file)
{
	struct inode *inode = file_inode(file);
	struct timespec64 now;
	int flags = 0;

	if (IS_NOCMTIME(inode))
		return 0;
	now = current_time(inode);
	if (!timespec64_equal(&inode->i_mtime, &now))
		flags |= S_MTIME;
	if (!timespec64_equal(&inode->i_ctime, &now))
		flags |= S_CTIME;
	return flags ? update_time(inode, &now, flags) : 0;
}
EXPORT_SYMBOL(file_update_time);

/* Size and space; on one CPU a 64-bit size is torn only by preemption. */

void i_size_write(struct inode *inode, loff_t size)
{
	preempt_disable();
	inode->i_size = size;
	preempt_enable();
}
EXPORT_SYMBOL(i_size_write);

loff_t inode_get_bytes(struct inode *inode)
{
	return ((loff_t)inode->i_blocks << 9) + inode->i_bytes;
}
EXPORT_SYMBOL(inode_get_bytes);

void inode_set_bytes(struct inode *inode, loff_t bytes)
{
	spin_lock(&inode->i_lock);
	inode->i_blocks = bytes >> 9;
	inode->i_bytes = bytes & 511;
	spin_unlock(&inode->i_lock);
}
EXPORT_SYMBOL(inode_set_bytes);

void inode_add_bytes(struct inode *inode, loff_t bytes)
{
	inode_set_bytes(inode, inode_get_bytes(inode) + bytes);
}
EXPORT_SYMBOL(inode_add_bytes);

void inode_sub_bytes(struct inode *inode, loff_t bytes)
{
	inode_set_bytes(inode, inode_get_bytes(inode) - bytes);
}
EXPORT_SYMBOL(inode_sub_bytes);

void inode_init(void)
{
	inode_cache = kmem_cache_create("inode", sizeof(struct inode), 0, SLAB_PANIC, NULL);
}
