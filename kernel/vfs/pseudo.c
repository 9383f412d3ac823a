/*
 * Trees of nodes made by the kernel and by modules.
 *
 * 1. A node is found by (parent, name) in one hash table and listed in its parent in order of creation. The cache of names
 *    stands in front of it: a node that appears drops the negative dentry of its name, one that vanishes drops its
 *    dentries, so nothing needs to be revalidated.
 * 2. Each call into a node's operations is bracketed by pnode_enter() and pnode_leave(). Removal makes enter fail, waits
 *    until the last call has left, then runs ->release for each open file: when pnode_remove() returns, no code of
 *    the creator's runs or will run on behalf of the node. Files that are still open answer -ENODEV.
 * 3. Nodes that a module made are in its ledger; taking them back is pnode_remove() of what is still there.
 * 4. tree_mutex protects the structure of all trees; open_lock the lists of open files. Calls run without any lock.
 */
#include "vfs/vfs.h"
#include "vfs/pseudo.h"
#include <linux/hash.h>
#include <linux/kobject.h>
#include <linux/poll.h>
#include <linux/statfs.h>
#include <linux/panic.h>
#include <linux/timekeeping.h>
#include <rakit/ledger.h>

#define NAME_TABLE_BITS 9

struct pnode_open {
	struct list_head list; /* in node->opens */
	struct file *file;
};

static DEFINE_MUTEX(tree_mutex);
static DEFINE_SPINLOCK(open_lock);
static struct hlist_head name_table[1 << NAME_TABLE_BITS];
static DECLARE_WAIT_QUEUE_HEAD(leave_wait);
static unsigned long next_ino = 0x1000;
static struct kmem_cache *pnode_cache;

static const struct inode_operations dir_iops, link_iops, file_iops;
static const struct file_operations dir_fops, file_fops;

/* Life. */

struct pnode *pnode_get(struct pnode *node)
{
	if (node)
		atomic_inc(&node->refs);
	return node;
}

void pnode_put(struct pnode *node)
{
	while (node && atomic_dec_and_test(&node->refs)) {
		struct pnode *parent = node->parent;

		if (node->ops && node->ops->free)
			node->ops->free(node);
		pnode_put(node->target);
		kfree(node->text);
		kfree(node->name);
		kmem_cache_free(pnode_cache, node);
		node = parent;
	}
}

static struct pnode *node_alloc(struct ptree *tree, const char *name, umode_t mode)
{
	struct pnode *node = kmem_cache_zalloc(pnode_cache, GFP_KERNEL);

	if (node)
		node->name = kstrdup(name, GFP_KERNEL);
	if (!node || !node->name) {
		if (node)
			kmem_cache_free(pnode_cache, node);
		return NULL;
	}
	node->tree = tree;
	node->mode = mode;
	node->hash = full_name_hash(NULL, name, strlen(name));
	node->ino = next_ino++;
	ktime_get_coarse_real_ts64(&node->time);
	atomic_set(&node->refs, 1);
	atomic_set(&node->active, 0);
	INIT_HLIST_NODE(&node->name_link);
	INIT_LIST_HEAD(&node->children);
	INIT_LIST_HEAD(&node->child);
	INIT_LIST_HEAD(&node->opens);
	return node;
}

struct pnode *pnode_create(struct pnode *parent, const char *name, umode_t mode)
{
	struct pnode *node = node_alloc(parent->tree, name, mode);

	if (node)
		node->parent = pnode_get(parent);
	return node;
}

/* Finding. */

static struct hlist_head *name_bucket(const struct pnode *parent, u32 hash)
{
	return &name_table[hash_32(hash ^ (u32)(unsigned long)parent, NAME_TABLE_BITS)];
}

static struct pnode *find_locked(const struct pnode *parent, const char *name, size_t len)
{
	u32 hash = full_name_hash(NULL, name, len);
	struct pnode *node;

	hlist_for_each_entry(node, name_bucket(parent, hash), name_link)
		if (node->parent == parent && node->hash == hash &&
		    !strncmp(node->name, name, len) && !node->name[len])
			return node;
	return NULL;
}

struct pnode *pnode_find(struct pnode *parent, const char *name, size_t len)
{
	struct pnode *node;

	mutex_lock(&tree_mutex);
	node = pnode_get(find_locked(parent, name, len));
	mutex_unlock(&tree_mutex);
	return node;
}

static bool is_gone(const struct pnode *node)
{
	return atomic_read(&node->active) & PNODE_GONE;
}

/* The cache of names does not know a name any more (it was negative, or its node has gone). */
static void forget_name(struct pnode *parent, const char *name, size_t len)
{
	struct qstr q = { .name = (const unsigned char *)name };
	struct inode *inode;
	struct dentry *dir, *dentry;

	mutex_lock(&tree_mutex);
	inode = parent->inode ? igrab(parent->inode) : NULL;
	mutex_unlock(&tree_mutex);
	if (!inode)
		return;
	dir = d_find_any_alias(inode);
	if (dir) {
		q.len = len;
		q.hash = full_name_hash(dir, name, len);
		dentry = d_lookup(dir, &q);
		if (dentry) {
			d_invalidate(dentry);
			dput(dentry);
		}
		dput(dir);
	}
	iput(inode);
}

/* Into the tree. */

int pnode_publish(struct pnode *node, struct module *owner, unsigned long site)
{
	struct pnode *parent = node->parent;
	int error = 0;

	mutex_lock(&tree_mutex);
	if (is_gone(parent))
		error = -ENOENT;
	else if (find_locked(parent, node->name, strlen(node->name)))
		error = -EEXIST;
	if (!error)
		error = ledger_add(owner, LEDGER_NODE, node, node->ino, 0, node->name, site);
	if (!error) {
		node->owner = owner;
		node->position = parent->next_position++;
		hlist_add_head(&node->name_link, name_bucket(parent, node->hash));
		list_add_tail(&node->child, &parent->children);
		if (S_ISDIR(node->mode))
			parent->subdirs++;
		if (parent->inode)
			set_nlink(parent->inode, 2 + parent->subdirs);
	}
	mutex_unlock(&tree_mutex);
	if (error) {
		pnode_put(node);
		return error;
	}
	forget_name(parent, node->name, strlen(node->name));
	return 0;
}

/* Out of the tree. */

bool pnode_enter(struct pnode *node)
{
	if (unlikely(atomic_inc_return(&node->active) & PNODE_GONE)) {
		pnode_leave(node);
		return false;
	}
	return true;
}

void pnode_leave(struct pnode *node)
{
	if (unlikely(atomic_dec_return(&node->active) == PNODE_GONE))
		wake_up_all(&leave_wait);
}

static struct pnode_open *first_open(struct pnode *node)
{
	struct pnode_open *open = NULL;

	spin_lock(&open_lock);
	if (!list_empty(&node->opens)) {
		open = list_first_entry(&node->opens, struct pnode_open, list);
		list_del_init(&open->list);
	}
	spin_unlock(&open_lock);
	return open;
}

/* The creator is told now that each open file is closed; the files themselves live on without a node. */
static void close_opens(struct pnode *node)
{
	struct pnode_open *open;

	while ((open = first_open(node))) {
		if (node->ops->release)
			node->ops->release(node, file_inode(open->file), open->file);
		kfree(open);
	}
	node->closing = false;
	wake_up_all(&leave_wait);
}

static void remove_one(struct pnode *node)
{
	struct pnode *parent = node->parent;

	node->closing = true;
	atomic_add(PNODE_GONE, &node->active);
	wait_event(leave_wait, atomic_read(&node->active) == PNODE_GONE);
	close_opens(node);
	forget_name(parent, node->name, strlen(node->name));
	mutex_lock(&tree_mutex);
	hlist_del_init(&node->name_link);
	list_del_init(&node->child);
	if (S_ISDIR(node->mode))
		parent->subdirs--;
	if (parent->inode)
		set_nlink(parent->inode, 2 + parent->subdirs);
	mutex_unlock(&tree_mutex);
	if (node->owner)
		ledger_remove(LEDGER_NODE, node);
	pnode_put(node);
}

/* The deepest first child, referenced and marked so that nobody else removes it; NULL: it is gone already. */
static struct pnode *claim_deepest(struct pnode *top)
{
	struct pnode *node = top;

	mutex_lock(&tree_mutex);
	while (!list_empty(&node->children))
		node = list_first_entry(&node->children, struct pnode, child);
	if (hlist_unhashed(&node->name_link)) {
		node = NULL;
	} else {
		hlist_del_init(&node->name_link);
		pnode_get(node);
	}
	mutex_unlock(&tree_mutex);
	return node;
}

void pnode_remove(struct pnode *top)
{
	struct pnode *node;
	bool last;

	if (IS_ERR_OR_NULL(top))
		return;
	pnode_get(top);
	do {
		node = claim_deepest(top);
		if (!node)
			break;
		last = node == top;
		remove_one(node);
		pnode_put(node);
	} while (!last);
	pnode_put(top);
}

int pnode_rename(struct pnode *node, struct pnode *parent, const char *name)
{
	const char *copy = kstrdup(name, GFP_KERNEL), *old = node->name;
	struct pnode *old_parent = node->parent;
	int error = 0;

	if (!copy)
		return -ENOMEM;
	forget_name(old_parent, old, strlen(old));
	mutex_lock(&tree_mutex);
	if (find_locked(parent, name, strlen(name))) {
		error = -EEXIST;
	} else {
		hlist_del_init(&node->name_link);
		list_del(&node->child);
		if (S_ISDIR(node->mode)) {
			old_parent->subdirs--;
			parent->subdirs++;
		}
		node->name = copy;
		node->hash = full_name_hash(NULL, name, strlen(name));
		node->parent = pnode_get(parent);
		node->position = parent->next_position++;
		hlist_add_head(&node->name_link, name_bucket(parent, node->hash));
		list_add_tail(&node->child, &parent->children);
	}
	mutex_unlock(&tree_mutex);
	if (error) {
		kfree(copy);
		return error;
	}
	forget_name(old_parent, old, strlen(old));
	forget_name(parent, name, strlen(name));
	kfree(old);
	pnode_put(old_parent);
	return 0;
}

int pnode_path(struct pnode *node, char *buf, size_t size)
{
	char *at = buf + size;
	size_t len;

	*--at = 0;
	for (; node->parent; node = node->parent) {
		len = strlen(node->name);
		if ((size_t)(at - buf) < len + 1)
			return -ENAMETOOLONG;
		at -= len;
		memcpy(at, node->name, len);
		*--at = '/';
	}
	len = buf + size - at;
	memmove(buf, at, len);
	return len - 1;
}

/* What the ledger does with nodes. */

static void node_release(const struct ledger_entry *entry)
{
	struct pnode *node = (struct pnode *)entry->object;

	node->owner = NULL;
	if (node->kobj && node->kobj->sd == node) {
		kobject_del(node->kobj);
		kobject_put(node->kobj);
	} else {
		pnode_remove(node);
	}
}

static void node_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	struct pnode *node = (struct pnode *)entry->object;
	static const char *const places[] = { "/proc", "/sys", "/sys/kernel/debug" };
	const char *place = node->tree == &proc_tree	? places[0]
			    : node->tree == &sysfs_tree ? places[1]
							: places[2];
	char path[128];

	if (pnode_path(node, path, sizeof(path)) < 0)
		strscpy(path, node->name, sizeof(path));
	scnprintf(buf, size, "%s%s", place, path);
}

static const struct ledger_kind_ops node_kind = {
	.name = "node",
	.release = node_release,
	.describe = node_describe,
};

/* Inodes: one per node while somebody looks at it. */

static struct inode *node_inode(struct super_block *sb, struct pnode *node)
{
	struct inode *inode;

	mutex_lock(&tree_mutex);
	inode = node->inode ? igrab(node->inode) : NULL;
	mutex_unlock(&tree_mutex);
	if (inode)
		return inode;
	inode = new_inode(sb);
	if (!inode)
		return NULL;
	inode->i_ino = node->ino;
	inode->i_mode = node->mode;
	inode->i_uid = node->uid;
	inode->i_gid = node->gid;
	inode->i_size = node->size;
	inode->i_atime = inode->i_mtime = inode->i_ctime = node->time;
	inode->i_private = pnode_get(node);
	if (S_ISDIR(node->mode)) {
		inode->i_op = &dir_iops;
		inode->i_fop = &dir_fops;
		set_nlink(inode, 2 + node->subdirs);
	} else if (S_ISLNK(node->mode)) {
		inode->i_op = &link_iops;
	} else {
		inode->i_op = &file_iops;
		inode->i_fop = &file_fops;
	}
	mutex_lock(&tree_mutex);
	node->inode = inode;
	mutex_unlock(&tree_mutex);
	return inode;
}

static void pseudo_evict_inode(struct inode *inode)
{
	struct pnode *node = inode_pnode(inode);

	clear_inode(inode);
	if (inode->i_op != &dir_iops && inode->i_op != &link_iops && inode->i_op != &file_iops) {
		proc_pid_evict(inode);
		return;
	}
	mutex_lock(&tree_mutex);
	if (node->inode == inode)
		node->inode = NULL;
	mutex_unlock(&tree_mutex);
	pnode_put(node);
}

static int pseudo_delete_dentry(const struct dentry *dentry)
{
	return d_really_is_negative(dentry);
}

static const struct dentry_operations pseudo_dentry_ops = { .d_delete = pseudo_delete_dentry };

/* Children that are made when they are first looked for. populate_mutex: the calls, and node->populate. */

static DEFINE_MUTEX(populate_mutex);

void pnode_populate_later(struct pnode *dir, void (*populate)(struct kobject *kobj))
{
	WRITE_ONCE(dir->populate, populate);
}

bool pnode_populate_end(struct pnode *dir)
{
	bool pending;

	mutex_lock(&populate_mutex);
	pending = dir->populate != NULL;
	dir->populate = NULL;
	mutex_unlock(&populate_mutex);
	return !pending;
}

static void dir_populate(struct pnode *dir)
{
	void (*populate)(struct kobject * kobj);

	if (!READ_ONCE(dir->populate))
		return;
	mutex_lock(&populate_mutex);
	populate = dir->populate;
	dir->populate = NULL;
	if (populate)
		populate(dir->kobj);
	mutex_unlock(&populate_mutex);
}

static struct dentry *dir_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct pnode *parent = inode_pnode(dir), *node;
	struct inode *inode;

	dir_populate(parent);
	node = pnode_find(parent, (const char *)dentry->d_name.name, dentry->d_name.len);

	if (!node) {
		if (!parent->parent && parent->tree->lookup)
			return parent->tree->lookup(dir, dentry, flags);
		d_add(dentry, NULL);
		return NULL;
	}
	inode = node_inode(dir->i_sb, node);
	pnode_put(node);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	d_add(dentry, inode);
	return NULL;
}

static int node_setattr(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	struct pnode *node = inode_pnode(inode);
	int error;

	attr->ia_valid &= ~ATTR_SIZE; /* opening with O_TRUNC is harmless */
	error = setattr_prepare(dentry, attr);
	if (error)
		return error;
	setattr_copy(inode, attr);
	node->mode = inode->i_mode;
	node->uid = inode->i_uid;
	node->gid = inode->i_gid;
	return 0;
}

/* The child that follows previous (which is given back), or the first at or behind position. */
static struct pnode *next_child(struct pnode *dir, struct pnode *previous, u32 position)
{
	struct pnode *node;

	mutex_lock(&tree_mutex);
	if (previous && !list_empty(&previous->child) && previous->parent == dir)
		node = list_next_entry(previous, child);
	else
		node = list_first_entry(&dir->children, struct pnode, child);
	list_for_each_entry_from(node, &dir->children,
				 child) if (node->position >= position && !is_gone(node)) break;
	node = &node->child == &dir->children ? NULL : pnode_get(node);
	mutex_unlock(&tree_mutex);
	pnode_put(previous);
	return node;
}

static int dir_iterate(struct file *file, struct dir_context *ctx)
{
	struct pnode *dir = inode_pnode(file_inode(file)), *node = NULL;
	bool room = true;

	dir_populate(dir);
	if (!dir_emit_dots(file, ctx))
		return 0;
	while (room && ctx->pos < PTREE_DYNAMIC) {
		node = next_child(dir, node, ctx->pos - 2);
		if (!node)
			break;
		ctx->pos = (loff_t)node->position + 2;
		room = dir_emit(ctx, node->name, strlen(node->name), node->ino, S_DT(node->mode));
		if (room)
			ctx->pos++;
	}
	pnode_put(node);
	if (room && !dir->parent && dir->tree->iterate) {
		if (ctx->pos < PTREE_DYNAMIC)
			ctx->pos = PTREE_DYNAMIC;
		return dir->tree->iterate(file, ctx);
	}
	return 0;
}

static const struct inode_operations dir_iops = { .lookup = dir_lookup, .setattr = node_setattr };
static const struct inode_operations file_iops = { .setattr = node_setattr };
static const struct file_operations dir_fops = {
	.read = generic_read_dir,
	.iterate_shared = dir_iterate,
	.llseek = generic_file_llseek,
};

/* Links: a text, or the way to another node of the tree. */

static unsigned int depth_of(const struct pnode *node)
{
	unsigned int depth = 0;

	for (; node->parent; node = node->parent)
		depth++;
	return depth;
}

static void free_page_of_link(void *page)
{
	free_page((unsigned long)page);
}

static const char *link_get(struct dentry *dentry, struct inode *inode, struct delayed_call *done)
{
	struct pnode *node = inode_pnode(inode), *a, *b;
	unsigned int up = 0, da, db;
	char *text, *at;

	if (node->text)
		return node->text;
	if (!dentry)
		return ERR_PTR(-ECHILD);
	text = (char *)__get_free_page(GFP_KERNEL);
	if (!text)
		return ERR_PTR(-ENOMEM);
	at = text + PAGE_SIZE;
	*--at = 0;
	mutex_lock(&tree_mutex);
	a = node->parent;
	b = node->target;
	da = depth_of(a);
	db = depth_of(b);
	while (a != b) {
		if (da >= db) {
			a = a->parent;
			da--;
			up++;
		} else {
			size_t len = strlen(b->name);

			if ((size_t)(at - text) < len + 1 + 3 * (up + da))
				break;
			if (*at)
				*--at = '/';
			at -= len;
			memcpy(at, b->name, len);
			b = b->parent;
			db--;
		}
	}
	for (; up && at - text >= 3; up--) {
		if (*at)
			*--at = '/';
		*--at = '.';
		*--at = '.';
	}
	mutex_unlock(&tree_mutex);
	memmove(text, at, text + PAGE_SIZE - at);
	set_delayed_call(done, free_page_of_link, text);
	return text;
}

static const struct inode_operations link_iops = { .get_link = link_get, .setattr = node_setattr };

/* Files. */

static int file_open_node(struct inode *inode, struct file *file)
{
	struct pnode *node = inode_pnode(inode);
	struct pnode_open *open;
	int error = 0;

	if (!node->ops)
		return -ENXIO;
	open = kmalloc(sizeof(*open), GFP_KERNEL);
	if (!open)
		return -ENOMEM;
	if (!pnode_enter(node)) {
		kfree(open);
		return -ENODEV;
	}
	if (node->ops->open)
		error = node->ops->open(node, inode, file);
	if (!error) {
		open->file = file;
		spin_lock(&open_lock);
		list_add(&open->list, &node->opens);
		spin_unlock(&open_lock);
	}
	pnode_leave(node);
	if (error)
		kfree(open);
	return error;
}

/* The removal may be running this file's release right now; the file must not go before that has ended. */
static int wait_for_close(struct pnode *node, struct file *file)
{
	wait_event(leave_wait, !node->closing);
	return 0;
}

static int file_release_node(struct inode *inode, struct file *file)
{
	struct pnode *node = inode_pnode(inode);
	struct pnode_open *open, *mine = NULL;

	if (!pnode_enter(node)) /* being removed: the removal closes it, or has done so */
		return wait_for_close(node, file);
	spin_lock(&open_lock);
	list_for_each_entry(open, &node->opens, list) {
		if (open->file == file) {
			list_del(&open->list);
			mine = open;
			break;
		}
	}
	spin_unlock(&open_lock);
	if (mine && node->ops->release)
		node->ops->release(node, inode, file);
	pnode_leave(node);
	kfree(mine);
	return 0;
}

/* Runs expr on behalf of node, or gives -ENODEV; missing says what a missing operation gives. */
#define NODE_CALL(op, missing, call)                         \
	do {                                                 \
		if (!pnode_enter(node))                      \
			return -ENODEV;                      \
		result = node->ops->op ? (call) : (missing); \
		pnode_leave(node);                           \
		return result;                               \
	} while (0)

static ssize_t file_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct pnode *node = inode_pnode(file_inode(file));
	ssize_t result;

	NODE_CALL(read, -EIO, node->ops->read(node, file, buf, count, pos));
}

static ssize_t file_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct pnode *node = inode_pnode(file_inode(file));
	ssize_t result;

	NODE_CALL(write, -EIO, node->ops->write(node, file, buf, count, pos));
}

static loff_t file_llseek(struct file *file, loff_t offset, int whence)
{
	struct pnode *node = inode_pnode(file_inode(file));
	loff_t result;

	NODE_CALL(llseek, default_llseek(file, offset, whence),
		  node->ops->llseek(node, file, offset, whence));
}

static __poll_t file_poll(struct file *file, struct poll_table_struct *table)
{
	struct pnode *node = inode_pnode(file_inode(file));
	__poll_t events = DEFAULT_POLLMASK;

	if (!pnode_enter(node))
		return EPOLLERR | EPOLLHUP | DEFAULT_POLLMASK;
	if (node->ops->poll)
		events = node->ops->poll(node, file, table);
	pnode_leave(node);
	return events;
}

static long file_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct pnode *node = inode_pnode(file_inode(file));
	long result;

	NODE_CALL(ioctl, -ENOTTY, node->ops->ioctl(node, file, cmd, arg));
}

static int file_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct pnode *node = inode_pnode(file_inode(file));
	int result;

	NODE_CALL(mmap, -ENODEV, node->ops->mmap(node, file, vma));
}

static const struct file_operations file_fops = {
	.open = file_open_node,
	.release = file_release_node,
	.read = file_read,
	.write = file_write,
	.llseek = file_llseek,
	.poll = file_poll,
	.unlocked_ioctl = file_ioctl,
	.mmap = file_mmap,
};

/* Superblocks. */

static int pseudo_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	buf->f_type = dentry->d_sb->s_magic;
	buf->f_bsize = PAGE_SIZE;
	buf->f_namelen = NAME_MAX;
	return 0;
}

static const struct super_operations pseudo_super_ops = {
	.statfs = pseudo_statfs,
	.evict_inode = pseudo_evict_inode,
	.drop_inode = generic_delete_inode,
};

static int pseudo_fill_super(struct super_block *sb, void *data, int silent)
{
	struct ptree *tree = container_of(sb->s_type, struct ptree, type);
	struct inode *root;

	sb->s_magic = tree->magic;
	sb->s_op = &pseudo_super_ops;
	sb->s_d_op = &pseudo_dentry_ops;
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_time_gran = 1;
	sb->s_iflags |= SB_I_NOEXEC | SB_I_NODEV;
	root = node_inode(sb, tree->root);
	sb->s_root = d_make_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

static struct dentry *pseudo_mount(struct file_system_type *type, int flags, const char *dev,
				   void *data)
{
	return mount_single(type, flags, data, pseudo_fill_super);
}

void ptree_init(struct ptree *tree)
{
	tree->root = node_alloc(tree, "", S_IFDIR | 0555);
	if (!tree->root)
		panic("vfs: %s: no memory", tree->name);
	tree->type.name = tree->name;
	tree->type.mount = pseudo_mount;
	tree->type.kill_sb = kill_anon_super;
}

void pseudo_init(void)
{
	pnode_cache = kmem_cache_create("pnode", sizeof(struct pnode), 0, SLAB_PANIC, NULL);
	ledger_kind_register(LEDGER_NODE, &node_kind);
}
