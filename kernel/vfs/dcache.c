/*
 * The cache of names.
 *
 * 1. Every name that a lookup has asked for is one dentry, found in a hash table by (parent, name): with an inode, or
 *    negative. A directory's dentry cannot go while it has children, so a path from any dentry up to the root is whole.
 * 2. A dentry with references is pinned. With none it stays in the cache, on the list of the unused, until the list is
 *    too long or memory is short; then the oldest go. It gets onto the list when its last reference goes and stays
 *    on it when it is referenced again (the shrinker notices), so the common dput() touches nothing but the count.
 *    Unhashed dentries go with their last reference.
 * 3. Locking: dcache_lock protects the table, all lists and the links between dentries; holding it means that
 *    preemption is off. Readers on the fast path only need preemption off (rcu_read_lock): on one CPU nothing changes
 *    under them, and a dentry cannot be freed while they look. A reference taken there is good.
 * 4. Nothing here sleeps but the final part of dput(), which may iput(): that happens outside the lock.
 *
 * Not here: looking names up in file systems (namei.c).
 */
#include "vfs/vfs.h"
#include <linux/hash.h>
#include <linux/bug.h>

#define DCACHE_HASH_BITS 11
#define DCACHE_UNUSED_MAX 8192 /* unused names kept at most */

DEFINE_SPINLOCK(dcache_lock);
static struct hlist_head dentry_table[1 << DCACHE_HASH_BITS];
static LIST_HEAD(dentry_unused); /* oldest first */
static unsigned long dentry_unused_count;
static struct kmem_cache *dentry_cache;

const struct qstr empty_name = QSTR_INIT("", 0);
const struct qstr slash_name = QSTR_INIT("/", 1);
EXPORT_SYMBOL(empty_name);
EXPORT_SYMBOL(slash_name);

u32 full_name_hash(const void *salt, const char *name, unsigned int len)
{
	u32 hash = (u32)(unsigned long)salt;

	while (len--)
		hash = (hash + (unsigned char)*name++) * 0x9E3779B1u;
	return hash;
}
EXPORT_SYMBOL(full_name_hash);

static inline struct hlist_head *dentry_bucket(const struct dentry *parent, u32 hash)
{
	return &dentry_table[hash_32(hash ^ (u32)(unsigned long)parent, DCACHE_HASH_BITS)];
}

static bool dentry_matches(const struct dentry *dentry, const struct dentry *parent,
			   const struct qstr *name)
{
	if (parent->d_flags & DCACHE_OP_COMPARE)
		return !parent->d_op->d_compare(dentry, dentry->d_name.len,
						(const char *)dentry->d_name.name, name);
	return dentry->d_name.len == name->len &&
	       !memcmp(dentry->d_name.name, name->name, name->len);
}

/* The cached child, not referenced. Preemption is off. */
struct dentry *__d_lookup(const struct dentry *parent, const struct qstr *name)
{
	struct dentry *dentry;

	hlist_for_each_entry(dentry, dentry_bucket(parent, name->hash), d_hash) {
		if (dentry->d_parent == parent && dentry->d_name.hash == name->hash &&
		    dentry_matches(dentry, parent, name))
			return dentry;
	}
	return NULL;
}

struct dentry *d_lookup(const struct dentry *parent, const struct qstr *name)
{
	struct dentry *dentry;

	rcu_read_lock();
	dentry = dget(__d_lookup(parent, name));
	rcu_read_unlock();
	return dentry;
}
EXPORT_SYMBOL(d_lookup);

struct dentry *d_hash_and_lookup(struct dentry *parent, struct qstr *name)
{
	name->hash = full_name_hash(parent, (const char *)name->name, name->len);
	if (parent->d_flags & DCACHE_OP_HASH) {
		int error = parent->d_op->d_hash(parent, name);

		if (error < 0)
			return ERR_PTR(error);
	}
	return d_lookup(parent, name);
}
EXPORT_SYMBOL(d_hash_and_lookup);

/* References. */

struct dentry *dget(struct dentry *dentry)
{
	if (dentry)
		atomic_inc(&dentry->d_refs);
	return dentry;
}
EXPORT_SYMBOL(dget);

struct dentry *dget_parent(struct dentry *dentry)
{
	struct dentry *parent;

	rcu_read_lock();
	parent = dget(dentry->d_parent);
	rcu_read_unlock();
	return parent;
}
EXPORT_SYMBOL(dget_parent);

static void unused_remove(struct dentry *dentry)
{
	if (dentry->d_flags & DCACHE_LRU_LIST) {
		dentry->d_flags &= ~DCACHE_LRU_LIST;
		list_del_init(&dentry->d_lru);
		dentry_unused_count--;
	}
}

static void unused_add(struct dentry *dentry)
{
	if (!(dentry->d_flags & DCACHE_LRU_LIST)) {
		dentry->d_flags |= DCACHE_LRU_LIST;
		list_add_tail(&dentry->d_lru, &dentry_unused);
		dentry_unused_count++;
	}
}

static void dentry_free(struct dentry *dentry)
{
	if (dentry->d_op && dentry->d_op->d_release)
		dentry->d_op->d_release(dentry);
	if (dentry->d_name.name != dentry->d_iname)
		kfree(dentry->d_name.name);
	kmem_cache_free(dentry_cache, dentry);
}

/*
 * Frees a dentry without references; dcache_lock is held and released. Returns the parent, one reference of which
 * is now the caller's to give back.
 */
static struct dentry *dentry_kill(struct dentry *dentry)
{
	struct dentry *parent = IS_ROOT(dentry) ? NULL : dentry->d_parent;
	struct inode *inode = dentry->d_inode;

	if (dentry->d_op && dentry->d_op->d_prune && !d_unhashed(dentry))
		dentry->d_op->d_prune(dentry);
	dentry->d_flags |= DCACHE_DENTRY_KILLED;
	unused_remove(dentry);
	hlist_del_init(&dentry->d_hash);
	list_del_init(&dentry->d_child);
	if (inode)
		hlist_del_init(&dentry->d_alias);
	dentry->d_inode = NULL;
	spin_unlock(&dcache_lock);
	if (inode) {
		if (dentry->d_op && dentry->d_op->d_iput)
			dentry->d_op->d_iput(dentry, inode);
		else
			iput(inode);
	}
	dentry_free(dentry);
	return parent;
}

static bool dentry_is_kept(struct dentry *dentry)
{
	if (d_unhashed(dentry))
		return false;
	return !((dentry->d_flags & DCACHE_OP_DELETE) && dentry->d_op->d_delete(dentry));
}

void dput(struct dentry *dentry)
{
	while (dentry) {
		preempt_disable();
		if (!atomic_dec_and_test(&dentry->d_refs)) {
			preempt_enable();
			return;
		}
		if ((dentry->d_flags & (DCACHE_LRU_LIST | DCACHE_OP_DELETE)) == DCACHE_LRU_LIST &&
		    !d_unhashed(dentry)) {
			dentry->d_flags |= DCACHE_REFERENCED;
			preempt_enable();
			return;
		}
		spin_lock(&dcache_lock);
		preempt_enable_no_resched();
		if (dentry_is_kept(dentry)) {
			unused_add(dentry);
			spin_unlock(&dcache_lock);
			if (dentry_unused_count > DCACHE_UNUSED_MAX)
				dcache_shrink(DCACHE_UNUSED_MAX / 16);
			return;
		}
		dentry = dentry_kill(dentry);
	}
}
EXPORT_SYMBOL(dput);

/* Frees up to nr of the oldest unused names; how many. Process context. */
unsigned long dcache_shrink(unsigned long nr)
{
	unsigned long freed = 0, looked_at = 0;

	spin_lock(&dcache_lock);
	while (freed < nr && !list_empty(&dentry_unused) && looked_at++ < 2 * nr + 64) {
		struct dentry *dentry = list_first_entry(&dentry_unused, struct dentry, d_lru);

		if (atomic_read(&dentry->d_refs)) {
			unused_remove(dentry);
		} else if (dentry->d_flags & DCACHE_REFERENCED) {
			dentry->d_flags &= ~DCACHE_REFERENCED;
			list_move_tail(&dentry->d_lru, &dentry_unused);
		} else {
			dput(dentry_kill(dentry));
			freed++;
			spin_lock(&dcache_lock);
		}
	}
	spin_unlock(&dcache_lock);
	return freed;
}

/* Making dentries. */

static struct dentry *dentry_alloc(struct super_block *sb, const struct qstr *name)
{
	struct dentry *dentry = kmem_cache_zalloc(dentry_cache, GFP_KERNEL);
	unsigned char *text;

	if (!dentry)
		return NULL;
	text = dentry->d_iname;
	if (name->len >= DNAME_INLINE_LEN) {
		text = kmalloc(name->len + 1, GFP_KERNEL);
		if (!text) {
			kmem_cache_free(dentry_cache, dentry);
			return NULL;
		}
	}
	memcpy(text, name->name, name->len);
	text[name->len] = 0;
	dentry->d_name.name = text;
	dentry->d_name.hash_len = name->hash_len;
	atomic_set(&dentry->d_refs, 1);
	spin_lock_init(&dentry->d_lock);
	INIT_HLIST_NODE(&dentry->d_hash);
	INIT_HLIST_NODE(&dentry->d_alias);
	INIT_LIST_HEAD(&dentry->d_lru);
	INIT_LIST_HEAD(&dentry->d_child);
	INIT_LIST_HEAD(&dentry->d_subdirs);
	dentry->d_parent = dentry;
	dentry->d_sb = sb;
	if (sb)
		d_set_d_op(dentry, sb->s_d_op);
	return dentry;
}

static struct dentry *dentry_init(struct dentry *dentry)
{
	if (dentry && dentry->d_op && dentry->d_op->d_init && dentry->d_op->d_init(dentry)) {
		dput(dentry);
		return NULL;
	}
	return dentry;
}

struct dentry *d_alloc(struct dentry *parent, const struct qstr *name)
{
	struct dentry *dentry = dentry_alloc(parent->d_sb, name);

	if (!dentry)
		return NULL;
	spin_lock(&dcache_lock);
	dentry->d_parent = dget(parent);
	list_add(&dentry->d_child, &parent->d_subdirs);
	spin_unlock(&dcache_lock);
	return dentry_init(dentry);
}
EXPORT_SYMBOL(d_alloc);

struct dentry *d_alloc_name(struct dentry *parent, const char *name)
{
	struct qstr q = { .name = (const unsigned char *)name };

	q.len = strlen(name);
	q.hash = full_name_hash(parent, name, q.len);
	return d_alloc(parent, &q);
}
EXPORT_SYMBOL(d_alloc_name);

/* A nameless, negative child that marks a place in d_subdirs. */
struct dentry *d_alloc_cursor(struct dentry *parent)
{
	static const struct qstr cursor_name = QSTR_INIT(".", 1);
	struct dentry *cursor = dentry_alloc(parent->d_sb, &cursor_name);

	if (!cursor)
		return NULL;
	cursor->d_op = NULL;
	cursor->d_flags = 0;
	spin_lock(&dcache_lock);
	cursor->d_parent = dget(parent);
	list_add(&cursor->d_child, &parent->d_subdirs);
	spin_unlock(&dcache_lock);
	return cursor;
}

struct dentry *d_alloc_pseudo(struct super_block *sb, const struct qstr *name)
{
	return dentry_alloc(sb, name);
}

struct dentry *d_alloc_anon(struct super_block *sb)
{
	return dentry_init(dentry_alloc(sb, &slash_name));
}
EXPORT_SYMBOL(d_alloc_anon);

struct dentry *d_make_root(struct inode *inode)
{
	struct dentry *root;

	if (!inode)
		return NULL;
	root = d_alloc_anon(inode->i_sb);
	if (root)
		d_instantiate(root, inode);
	else
		iput(inode);
	return root;
}
EXPORT_SYMBOL(d_make_root);

void d_set_d_op(struct dentry *dentry, const struct dentry_operations *op)
{
	dentry->d_op = op;
	if (!op)
		return;
	if (op->d_hash)
		dentry->d_flags |= DCACHE_OP_HASH;
	if (op->d_compare)
		dentry->d_flags |= DCACHE_OP_COMPARE;
	if (op->d_revalidate)
		dentry->d_flags |= DCACHE_OP_REVALIDATE;
	if (op->d_delete)
		dentry->d_flags |= DCACHE_OP_DELETE;
}
EXPORT_SYMBOL(d_set_d_op);

/* Links between dentries, names and inodes. dcache_lock is held in the __ functions. */

static unsigned int dentry_type(const struct inode *inode)
{
	if (S_ISDIR(inode->i_mode))
		return DCACHE_DIRECTORY_TYPE;
	if (S_ISLNK(inode->i_mode))
		return DCACHE_SYMLINK_TYPE;
	return S_ISREG(inode->i_mode) ? DCACHE_REGULAR_TYPE : DCACHE_SPECIAL_TYPE;
}

static void __d_instantiate(struct dentry *dentry, struct inode *inode)
{
	dentry->d_flags &= ~DCACHE_ENTRY_TYPE;
	dentry->d_inode = inode;
	if (inode) {
		dentry->d_flags |= dentry_type(inode);
		hlist_add_head(&dentry->d_alias, &inode->i_dentry);
	}
}

static void __d_rehash(struct dentry *dentry)
{
	hlist_add_head(&dentry->d_hash, dentry_bucket(dentry->d_parent, dentry->d_name.hash));
}

void d_instantiate(struct dentry *dentry, struct inode *inode)
{
	WARN_ON(dentry->d_inode);
	spin_lock(&dcache_lock);
	__d_instantiate(dentry, inode);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_instantiate);

void d_instantiate_new(struct dentry *dentry, struct inode *inode)
{
	d_instantiate(dentry, inode);
	unlock_new_inode(inode);
}
EXPORT_SYMBOL(d_instantiate_new);

void d_add(struct dentry *dentry, struct inode *inode)
{
	spin_lock(&dcache_lock);
	__d_instantiate(dentry, inode);
	if (d_unhashed(dentry))
		__d_rehash(dentry);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_add);

void d_tmpfile(struct dentry *dentry, struct inode *inode)
{
	drop_nlink(inode);
	d_instantiate(dentry, inode);
}
EXPORT_SYMBOL(d_tmpfile);

static struct dentry *__find_alias(struct inode *inode)
{
	if (hlist_empty(&inode->i_dentry))
		return NULL;
	return hlist_entry(inode->i_dentry.first, struct dentry, d_alias);
}

struct dentry *d_find_any_alias(struct inode *inode)
{
	struct dentry *dentry;

	rcu_read_lock();
	dentry = dget(__find_alias(inode));
	rcu_read_unlock();
	return dentry;
}
EXPORT_SYMBOL(d_find_any_alias);

struct dentry *d_find_alias(struct inode *inode)
{
	struct dentry *dentry, *found = NULL;

	rcu_read_lock();
	hlist_for_each_entry(dentry, &inode->i_dentry, d_alias) {
		if (S_ISDIR(inode->i_mode) || !d_unhashed(dentry)) {
			found = dget(dentry);
			break;
		}
	}
	rcu_read_unlock();
	return found;
}
EXPORT_SYMBOL(d_find_alias);

struct dentry *d_obtain_alias(struct inode *inode)
{
	struct dentry *dentry;

	if (IS_ERR_OR_NULL(inode))
		return inode ? ERR_CAST(inode) : ERR_PTR(-ESTALE);
	dentry = d_find_any_alias(inode);
	if (!dentry) {
		dentry = d_alloc_anon(inode->i_sb);
		if (dentry) {
			d_instantiate(dentry, inode);
			return dentry;
		}
		dentry = ERR_PTR(-ENOMEM);
	}
	iput(inode);
	return dentry;
}
EXPORT_SYMBOL(d_obtain_alias);

static void __d_move(struct dentry *dentry, struct dentry *target, bool exchange);

/* A directory has one dentry: if inode has one already it takes the place of the new, unhashed dentry. */
struct dentry *d_splice_alias(struct inode *inode, struct dentry *dentry)
{
	struct dentry *alias = NULL;

	if (IS_ERR(inode))
		return ERR_CAST(inode);
	if (inode && S_ISDIR(inode->i_mode))
		alias = d_find_any_alias(inode);
	if (!alias) {
		d_add(dentry, inode);
		return NULL;
	}
	if (d_ancestor(alias, dentry)) {
		dput(alias);
		iput(inode);
		return ERR_PTR(-ELOOP);
	}
	spin_lock(&dcache_lock);
	__d_move(alias, dentry, false);
	spin_unlock(&dcache_lock);
	iput(inode);
	return alias;
}
EXPORT_SYMBOL(d_splice_alias);

void d_rehash(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	__d_rehash(dentry);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_rehash);

void __d_drop(struct dentry *dentry)
{
	if (!d_unhashed(dentry))
		hlist_del_init(&dentry->d_hash);
}
EXPORT_SYMBOL(__d_drop);

void d_drop(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	__d_drop(dentry);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_drop);

/* After unlink: a dentry that only the caller uses becomes negative; others lose their name. */
void d_delete(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;

	spin_lock(&dcache_lock);
	if (atomic_read(&dentry->d_refs) != 1) {
		dentry->d_flags &= ~DCACHE_CANT_MOUNT;
		__d_drop(dentry);
		spin_unlock(&dcache_lock);
		return;
	}
	hlist_del_init(&dentry->d_alias);
	dentry->d_flags &= ~(DCACHE_ENTRY_TYPE | DCACHE_CANT_MOUNT);
	dentry->d_inode = NULL;
	spin_unlock(&dcache_lock);
	if (dentry->d_op && dentry->d_op->d_iput)
		dentry->d_op->d_iput(dentry, inode);
	else
		iput(inode);
}
EXPORT_SYMBOL(d_delete);

static void swap_names(struct dentry *a, struct dentry *b)
{
	bool a_inline = a->d_name.name == a->d_iname, b_inline = b->d_name.name == b->d_iname;
	unsigned char text[DNAME_INLINE_LEN];
	struct qstr name = a->d_name;

	memcpy(text, a->d_iname, sizeof(text));
	memcpy(a->d_iname, b->d_iname, sizeof(text));
	memcpy(b->d_iname, text, sizeof(text));
	a->d_name = b->d_name;
	b->d_name = name;
	if (b_inline)
		a->d_name.name = a->d_iname;
	if (a_inline)
		b->d_name.name = b->d_iname;
}

static void __d_move(struct dentry *dentry, struct dentry *target, bool exchange)
{
	struct dentry *old_parent = dentry->d_parent;

	__d_drop(dentry);
	__d_drop(target);
	swap_names(dentry, target);
	if (IS_ROOT(dentry)) { /* it was anonymous: it takes over target's reference on the parent */
		dentry->d_parent = target->d_parent;
		target->d_parent = target;
		list_move(&dentry->d_child, &dentry->d_parent->d_subdirs);
		list_del_init(&target->d_child);
	} else {
		dentry->d_parent = target->d_parent;
		target->d_parent = old_parent;
		list_move(&dentry->d_child, &dentry->d_parent->d_subdirs);
		list_move(&target->d_child, &target->d_parent->d_subdirs);
	}
	__d_rehash(dentry);
	if (exchange)
		__d_rehash(target);
}

void d_move(struct dentry *dentry, struct dentry *target)
{
	spin_lock(&dcache_lock);
	__d_move(dentry, target, false);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_move);

void d_exchange(struct dentry *a, struct dentry *b)
{
	spin_lock(&dcache_lock);
	__d_move(a, b, true);
	spin_unlock(&dcache_lock);
}

void d_set_mounted(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	dentry->d_flags |= DCACHE_MOUNTED;
	spin_unlock(&dcache_lock);
}

void d_clear_mounted(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	dentry->d_flags &= ~DCACHE_MOUNTED;
	spin_unlock(&dcache_lock);
}

struct dentry *d_ancestor(struct dentry *parent, struct dentry *child)
{
	struct dentry *d;

	for (d = child; !IS_ROOT(d); d = d->d_parent)
		if (d->d_parent == parent)
			return d;
	return NULL;
}

bool is_subdir(struct dentry *child, struct dentry *parent)
{
	bool below;

	rcu_read_lock();
	below = child == parent || d_ancestor(parent, child);
	rcu_read_unlock();
	return below;
}
EXPORT_SYMBOL(is_subdir);

void take_dentry_name_snapshot(struct name_snapshot *name, struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	name->name = dentry->d_name;
	memcpy(name->inline_name, dentry->d_name.name, dentry->d_name.len + 1);
	name->name.name = name->inline_name;
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(take_dentry_name_snapshot);

void release_dentry_name_snapshot(struct name_snapshot *name)
{
}
EXPORT_SYMBOL(release_dentry_name_snapshot);

/* Dropping whole trees. */

/* The next dentry in a walk of the tree below root, children before parents; dcache_lock held. */
static struct dentry *deepest_first(struct dentry *dentry)
{
	while (!list_empty(&dentry->d_subdirs))
		dentry = list_first_entry(&dentry->d_subdirs, struct dentry, d_child);
	return dentry;
}

static struct dentry *next_after(struct dentry *dentry, struct dentry *root)
{
	if (dentry == root)
		return NULL;
	if (list_is_last(&dentry->d_child, &dentry->d_parent->d_subdirs))
		return dentry->d_parent;
	return deepest_first(list_next_entry(dentry, d_child));
}

/* A leaf below root (root excluded) that nobody references, or NULL. */
static struct dentry *find_unused_leaf(struct dentry *root)
{
	struct dentry *d;

	for (d = deepest_first(root); d && d != root; d = next_after(d, root))
		if (!atomic_read(&d->d_refs) && list_empty(&d->d_subdirs))
			return d;
	return NULL;
}

void shrink_dcache_parent(struct dentry *parent)
{
	struct dentry *leaf;

	for (;;) {
		spin_lock(&dcache_lock);
		leaf = find_unused_leaf(parent);
		if (!leaf) {
			spin_unlock(&dcache_lock);
			return;
		}
		/* The leaf's siblings and then its parents go in the same way. */
		dput(dentry_kill(leaf));
	}
}
EXPORT_SYMBOL(shrink_dcache_parent);

void shrink_dcache_sb(struct super_block *sb)
{
	if (sb->s_root)
		shrink_dcache_parent(sb->s_root);
}
EXPORT_SYMBOL(shrink_dcache_sb);

void d_invalidate(struct dentry *dentry)
{
	d_drop(dentry);
	if (dentry->d_inode && S_ISDIR(dentry->d_inode->i_mode))
		shrink_dcache_parent(dentry);
}
EXPORT_SYMBOL(d_invalidate);

/* Of a tree that was pinned by simple_* helpers: each positive child loses the reference that kept it. */
void d_genocide(struct dentry *root)
{
	struct dentry *d;

	spin_lock(&dcache_lock);
	for (d = deepest_first(root); d && d != root; d = next_after(d, root)) {
		if (!d_unhashed(d) && d->d_inode)
			atomic_dec(&d->d_refs);
	}
	spin_unlock(&dcache_lock);
}

void d_prune_aliases(struct inode *inode)
{
	struct dentry *dentry;

	for (;;) {
		spin_lock(&dcache_lock);
		hlist_for_each_entry(dentry, &inode->i_dentry, d_alias)
			if (!atomic_read(&dentry->d_refs))
				break;
		if (!dentry) {
			spin_unlock(&dcache_lock);
			return;
		}
		dput(dentry_kill(dentry));
	}
}
EXPORT_SYMBOL(d_prune_aliases);

void dcache_init(void)
{
	dentry_cache = kmem_cache_create("dentry", sizeof(struct dentry), 0, SLAB_PANIC, NULL);
}
