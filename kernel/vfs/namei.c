/*
 * From a path to what it names.
 *
 * 1. The walk goes component by component from the root, the working directory or an open directory. It begins in the
 *    quick mode (LOOKUP_RCU): preemption off, no references taken, everything from the cache. On one CPU nothing can
 *    change under it. What would have to sleep (a name not in the cache, ->d_revalidate, a file system's own
 *    permission check) first calls unlazy(): references are taken on all that is in hand, preemption is allowed, and the
 *    walk goes on in the patient mode. That cannot fail and is never undone within a walk.
 * 2. Symbolic links: the text of a link that is not the last component is walked next, with the rest of the outer
 *    name pushed on a stack of LINK_DEPTH. At most MAXSYMLINKS links in one walk.
 * 3. Mounts: after each step a dentry with DCACHE_MOUNTED is exchanged for the root of the topmost mount over it.
 * 4. Opening is a walk whose last step may create: do_filp_open().
 *
 * Locks: a directory's i_rwsem while a name that is not cached is looked up in it.
 */
#include "vfs/vfs.h"
#include <linux/seq_file.h>

#define LINK_DEPTH 16 /* links whose outer name still has components */

#define WALK_TRAILING 1 /* the last component */
#define WALK_MORE 2	/* the outer name goes on: keep the link on the stack */

struct saved_link {
	struct path link;	  /* the link itself; referenced in patient mode */
	struct delayed_call done; /* frees the link's text */
	const char *name;	  /* rest of the outer name */
};

struct nameidata {
	struct path path;    /* how far the walk has come */
	struct inode *inode; /* of path.dentry */
	struct qstr last;    /* the component to be walked next, or the last one */
	struct path root;    /* mnt NULL: not needed so far */
	unsigned int flags;  /* LOOKUP_* */
	int last_type;
	unsigned int depth;
	int total_link_count;
	bool root_held; /* root is referenced */
	struct filename *name;
	int dfd;
	struct nameidata *saved; /* walk that this one interrupts */
	struct saved_link stack[LINK_DEPTH];
};

static void set_nameidata(struct nameidata *nd, int dfd, struct filename *name)
{
	nd->saved = current->nameidata;
	nd->total_link_count = nd->saved ? nd->saved->total_link_count : 0;
	nd->dfd = dfd;
	nd->name = name;
	nd->root.mnt = NULL;
	nd->root_held = false;
	nd->depth = 0;
	current->nameidata = nd;
}

static void restore_nameidata(struct nameidata *nd)
{
	current->nameidata = nd->saved;
}

static struct fs_struct *current_fs(void)
{
	return likely(current->fs) ? current->fs : &init_fs;
}

/* From the quick to the patient mode. */
static void unlazy(struct nameidata *nd)
{
	unsigned int i;

	for (i = 0; i < nd->depth; i++)
		path_get(&nd->stack[i].link);
	path_get(&nd->path);
	if (nd->root.mnt && !nd->root_held) {
		path_get(&nd->root);
		nd->root_held = true;
	}
	nd->flags &= ~LOOKUP_RCU;
	rcu_read_unlock();
}

static void put_link(struct nameidata *nd)
{
	struct saved_link *last = &nd->stack[--nd->depth];

	do_delayed_call(&last->done);
	if (!(nd->flags & LOOKUP_RCU))
		path_put(&last->link);
}

static void terminate_walk(struct nameidata *nd)
{
	while (nd->depth)
		put_link(nd);
	if (nd->flags & LOOKUP_RCU) {
		nd->flags &= ~LOOKUP_RCU;
		rcu_read_unlock();
	} else if (nd->path.mnt) {
		path_put(&nd->path);
	}
	nd->path.mnt = NULL;
	nd->path.dentry = NULL;
	if (nd->root_held)
		path_put(&nd->root);
	nd->root.mnt = NULL;
	nd->root_held = false;
}

static void set_root(struct nameidata *nd)
{
	if (nd->root.mnt)
		return;
	if (nd->flags & LOOKUP_RCU) {
		nd->root = current_fs()->root;
	} else {
		get_fs_root(current_fs(), &nd->root);
		nd->root_held = true;
	}
}

static void jump_to_root(struct nameidata *nd)
{
	set_root(nd);
	if (!(nd->flags & LOOKUP_RCU)) {
		path_get(&nd->root);
		path_put(&nd->path);
	}
	nd->path = nd->root;
	nd->inode = nd->path.dentry->d_inode;
}

int nd_jump_link(struct path *path)
{
	struct nameidata *nd = current->nameidata;

	if (nd->flags & LOOKUP_RCU)
		unlazy(nd);
	path_put(&nd->path);
	nd->path = *path;
	nd->inode = nd->path.dentry->d_inode;
	return 0;
}
EXPORT_SYMBOL(nd_jump_link);

/* Begins a walk: the text to be walked, or ERR_PTR. Quick mode is on afterwards, also on failure. */
static const char *path_init(struct nameidata *nd, unsigned int flags)
{
	const char *s = nd->name->name;

	nd->flags = flags | LOOKUP_RCU;
	nd->last_type = LAST_ROOT;
	rcu_read_lock();
	if (nd->root.mnt) { /* given by the caller, for relative walks */
		nd->path = nd->root;
		nd->inode = nd->path.dentry->d_inode;
		if (*s && !d_can_lookup(nd->path.dentry))
			return ERR_PTR(-ENOTDIR);
		return s;
	}
	if (*s == '/') {
		nd->root = current_fs()->root;
		nd->path = nd->root;
	} else if (nd->dfd == AT_FDCWD) {
		nd->path = current_fs()->pwd;
	} else {
		struct fd f = fdget_raw(nd->dfd);

		if (!f.file)
			return ERR_PTR(-EBADF);
		nd->path =
			f.file->f_path; /* the descriptor table holds it as long as preemption is off */
		fdput(f);
		if (*s && !d_can_lookup(nd->path.dentry))
			return ERR_PTR(-ENOTDIR);
	}
	nd->inode = nd->path.dentry->d_inode;
	return s;
}

/* Permission to search the directory. */
static int may_lookup(struct nameidata *nd)
{
	struct inode *inode = nd->inode;

	if (likely(!inode->i_op->permission)) {
		if (likely((inode->i_mode & S_IXUGO) == S_IXUGO))
			return 0;
		return generic_permission(inode, MAY_EXEC);
	}
	if (nd->flags & LOOKUP_RCU) {
		int error = inode->i_op->permission(inode, MAY_EXEC | MAY_NOT_BLOCK);

		if (error != -ECHILD)
			return error;
		unlazy(nd);
	}
	return inode_permission(inode, MAY_EXEC);
}

/* Exchanges *path for what is mounted over it. In patient mode *path's mount is not referenced unless it changed. */
static void cross_mounts(struct nameidata *nd, struct path *path)
{
	while (d_mountpoint(path->dentry)) {
		struct mount *mnt;

		rcu_read_lock();
		mnt = lookup_mnt_locked(path);
		if (mnt && !(nd->flags & LOOKUP_RCU)) {
			mntget(&mnt->mnt);
			dget(mnt->mnt.mnt_root);
		}
		rcu_read_unlock();
		if (!mnt)
			return;
		if (!(nd->flags & LOOKUP_RCU)) {
			dput(path->dentry);
			if (path->mnt != nd->path.mnt)
				mntput(path->mnt);
		}
		path->mnt = &mnt->mnt;
		path->dentry = mnt->mnt.mnt_root;
	}
}

static void path_to_nameidata(struct nameidata *nd, const struct path *path)
{
	if (!(nd->flags & LOOKUP_RCU)) {
		dput(nd->path.dentry);
		if (nd->path.mnt != path->mnt)
			mntput(nd->path.mnt);
	}
	nd->path = *path;
	nd->inode = path->dentry->d_inode;
}

static const char *link_text(struct nameidata *nd, struct saved_link *last, struct inode *inode)
{
	const char *(*get)(struct dentry *, struct inode *,
			   struct delayed_call *) = inode->i_op->get_link;
	const char *text;

	if (inode->i_op->get_link == simple_get_link)
		return inode->i_link;
	if (!get)
		return ERR_PTR(-EINVAL);
	if (nd->flags & LOOKUP_RCU) {
		text = get(NULL, inode, &last->done);
		if (text != ERR_PTR(-ECHILD))
			return text;
		unlazy(nd);
	}
	return get(last->link.dentry, inode, &last->done);
}

/* path is a link to be followed: its text, or NULL when it is done already. Takes over the references. */
static const char *pick_link(struct nameidata *nd, struct path *path, struct inode *inode)
{
	struct saved_link *last;
	const char *text;

	if (!(nd->flags & LOOKUP_RCU) && path->mnt == nd->path.mnt)
		mntget(path->mnt);
	if (nd->total_link_count++ >= MAXSYMLINKS || nd->depth >= LINK_DEPTH) {
		if (!(nd->flags & LOOKUP_RCU))
			path_put(path);
		return ERR_PTR(-ELOOP);
	}
	last = &nd->stack[nd->depth++];
	last->link = *path;
	clear_delayed_call(&last->done);
	if (!(nd->flags & LOOKUP_RCU))
		touch_atime(&last->link);
	text = link_text(nd, last, inode);
	if (IS_ERR(text))
		return text;
	if (text && *text == '/') {
		jump_to_root(nd);
		while (*text == '/')
			text++;
	}
	if (text && *text)
		return text;
	put_link(nd);
	return NULL;
}

/* Steps to dentry, a child of where the walk is (referenced in patient mode; taken over). */
static const char *step_into(struct nameidata *nd, int how, struct dentry *dentry)
{
	struct path path = { .mnt = nd->path.mnt, .dentry = dentry };
	struct inode *inode;

	cross_mounts(nd, &path);
	inode = path.dentry->d_inode;
	if (unlikely(!inode)) {
		if (!(nd->flags & LOOKUP_RCU))
			dput(path.dentry);
		return ERR_PTR(-ENOENT);
	}
	if (likely(!d_is_symlink(path.dentry)) ||
	    ((how & WALK_TRAILING) && !(nd->flags & LOOKUP_FOLLOW))) {
		path_to_nameidata(nd, &path);
		return NULL;
	}
	return pick_link(nd, &path, inode);
}

static int revalidate(struct dentry *dentry, unsigned int flags)
{
	return dentry->d_flags & DCACHE_OP_REVALIDATE ? dentry->d_op->d_revalidate(dentry, flags)
						      : 1;
}

/* nd->last in the cache: NULL when it has to be looked up (the mode is patient then). Referenced in patient mode. */
static struct dentry *lookup_fast(struct nameidata *nd)
{
	struct dentry *dentry;
	int status;

	if (nd->flags & LOOKUP_RCU) {
		dentry = __d_lookup(nd->path.dentry, &nd->last);
		if (likely(dentry && !(dentry->d_flags & DCACHE_OP_REVALIDATE)))
			return dentry;
		dget(dentry);
		unlazy(nd);
	} else {
		dentry = d_lookup(nd->path.dentry, &nd->last);
	}
	if (!dentry)
		return NULL;
	status = revalidate(dentry, nd->flags);
	if (likely(status > 0))
		return dentry;
	if (!status)
		d_invalidate(dentry);
	dput(dentry);
	return ERR_PTR(status);
}

/* The child of a locked directory, from the cache or the file system. */
struct dentry *lookup_hash(const struct qstr *name, struct dentry *base, unsigned int flags)
{
	struct inode *dir = base->d_inode;
	struct dentry *dentry = d_lookup(base, name), *old;

	if (dentry) {
		int status = revalidate(dentry, flags);

		if (status > 0)
			return dentry;
		if (!status)
			d_invalidate(dentry);
		dput(dentry);
		if (status)
			return ERR_PTR(status);
	}
	if (IS_DEADDIR(dir))
		return ERR_PTR(-ENOENT);
	if (!dir->i_op->lookup)
		return ERR_PTR(-ENOTDIR);
	dentry = d_alloc(base, name);
	if (!dentry)
		return ERR_PTR(-ENOMEM);
	old = dir->i_op->lookup(dir, dentry, flags);
	if (old) {
		dput(dentry);
		dentry = old;
	}
	return dentry;
}

static struct dentry *lookup_slow(struct nameidata *nd)
{
	struct dentry *dentry;

	inode_lock(nd->inode);
	dentry = lookup_hash(&nd->last, nd->path.dentry, nd->flags);
	inode_unlock(nd->inode);
	return dentry;
}

static bool is_root_of_walk(const struct nameidata *nd)
{
	return path_equal(&nd->path, &nd->root);
}

/* To the parent directory: over mounts, but not above the root. */
static void follow_dotdot(struct nameidata *nd)
{
	struct path up;

	set_root(nd);
	if (is_root_of_walk(nd))
		return;
	rcu_read_lock();
	up = nd->path;
	while (up.dentry == up.mnt->mnt_root && mnt_has_parent(real_mount(up.mnt))) {
		struct mount *mnt = real_mount(up.mnt);

		up.mnt = &mnt->parent->mnt;
		up.dentry = mnt->mountpoint;
		if (path_equal(&up, &nd->root)) /* chroot onto a mount point */
			break;
	}
	if (up.dentry != up.mnt->mnt_root && !path_equal(&up, &nd->root))
		up.dentry = up.dentry->d_parent;
	if (!(nd->flags & LOOKUP_RCU)) {
		dget(up.dentry);
		if (up.mnt != nd->path.mnt)
			mntget(up.mnt);
	}
	rcu_read_unlock();
	cross_mounts(nd, &up);
	path_to_nameidata(nd, &up);
}

static const char *walk_component(struct nameidata *nd, int how)
{
	struct dentry *dentry;

	if (unlikely(nd->last_type != LAST_NORM)) {
		if (!(how & WALK_MORE) && nd->depth)
			put_link(nd);
		if (nd->last_type == LAST_DOTDOT)
			follow_dotdot(nd);
		return NULL;
	}
	dentry = lookup_fast(nd);
	if (unlikely(!dentry))
		dentry = lookup_slow(nd);
	if (IS_ERR(dentry))
		return ERR_CAST(dentry);
	if (!(how & WALK_MORE) && nd->depth)
		put_link(nd);
	return step_into(nd, how, dentry);
}

/* Cuts the next component off: nd->last with its hash; returns what follows, NULL when it is too long. */
static const char *next_component(struct nameidata *nd, const char *name)
{
	u32 hash = (u32)(unsigned long)nd->path.dentry;
	const char *s = name;

	for (; *s && *s != '/'; s++)
		hash = (hash + (unsigned char)*s) * 0x9E3779B1u;
	nd->last.hash = hash;
	nd->last.len = s - name;
	nd->last.name = (const unsigned char *)name;
	nd->last_type = LAST_NORM;
	if (name[0] == '.') {
		if (nd->last.len == 1)
			nd->last_type = LAST_DOT;
		else if (nd->last.len == 2 && name[1] == '.')
			nd->last_type = LAST_DOTDOT;
	}
	return nd->last.len > NAME_MAX ? NULL : s;
}

/* Walks all of name but its last component, which is left in nd->last. */
static int link_path_walk(const char *name, struct nameidata *nd)
{
	unsigned int depth = 0;
	const char *link;

	if (IS_ERR(name))
		return PTR_ERR(name);
	while (*name == '/')
		name++;
	if (!*name)
		return 0;
	for (;;) {
		int error = may_lookup(nd);

		if (error)
			return error;
		name = next_component(nd, name);
		if (!name)
			return -ENAMETOOLONG;
		if (unlikely(nd->path.dentry->d_flags & DCACHE_OP_HASH) &&
		    nd->last_type == LAST_NORM) {
			error = nd->path.dentry->d_op->d_hash(nd->path.dentry, &nd->last);
			if (error < 0)
				return error;
		}
		while (*name == '/')
			name++;
		if (*name) {
			link = walk_component(nd, WALK_MORE);
		} else if (!depth) {
			return 0;
		} else { /* end of a link's text: on with the outer name */
			name = nd->stack[--depth].name;
			link = walk_component(nd, 0);
		}
		if (link) {
			if (IS_ERR(link))
				return PTR_ERR(link);
			nd->stack[depth++].name = name;
			name = link;
			continue;
		}
		if (!d_can_lookup(nd->path.dentry))
			return -ENOTDIR;
	}
}

static const char *lookup_last(struct nameidata *nd)
{
	if (nd->last_type == LAST_NORM && nd->last.name[nd->last.len])
		nd->flags |= LOOKUP_FOLLOW | LOOKUP_DIRECTORY;
	return walk_component(nd, WALK_TRAILING);
}

static int path_lookupat(struct nameidata *nd, unsigned int flags, struct path *path)
{
	const char *s = path_init(nd, flags);
	int error;

	while (!(error = link_path_walk(s, nd)) && (s = lookup_last(nd)) != NULL)
		;
	if (!error && (nd->flags & LOOKUP_DIRECTORY) && !d_can_lookup(nd->path.dentry))
		error = -ENOTDIR;
	if (!error) {
		if (nd->flags & LOOKUP_RCU)
			unlazy(nd);
		*path = nd->path;
		nd->path.mnt = NULL;
	}
	terminate_walk(nd);
	return error;
}

/* Takes over name. root: walk below it instead of from the caller's place. */
int filename_lookup(int dfd, struct filename *name, unsigned int flags, struct path *path,
		    const struct path *root)
{
	struct nameidata nd;
	int error;

	if (IS_ERR(name))
		return PTR_ERR(name);
	set_nameidata(&nd, dfd, name);
	if (root)
		nd.root = *root;
	error = path_lookupat(&nd, flags, path);
	restore_nameidata(&nd);
	putname(name);
	return error;
}

/* The directory of name and its last component, which points into name. name stays the caller's. */
int filename_parent(int dfd, struct filename *name, unsigned int flags, struct path *parent,
		    struct qstr *last, int *type)
{
	struct nameidata nd;
	int error;

	if (IS_ERR(name))
		return PTR_ERR(name);
	set_nameidata(&nd, dfd, name);
	error = link_path_walk(path_init(&nd, flags), &nd);
	if (!error) {
		if (nd.flags & LOOKUP_RCU)
			unlazy(&nd);
		*parent = nd.path;
		*last = nd.last;
		*type = nd.last_type;
		nd.path.mnt = NULL;
	}
	terminate_walk(&nd);
	restore_nameidata(&nd);
	return error;
}

int kern_path(const char *name, unsigned int flags, struct path *path)
{
	return filename_lookup(AT_FDCWD, getname_kernel(name), flags, path, NULL);
}
EXPORT_SYMBOL(kern_path);

int user_path_at_empty(int dfd, const char __user *name, unsigned int flags, struct path *path,
		       int *empty)
{
	return filename_lookup(dfd, getname_flags(name, flags, empty), flags, path, NULL);
}
EXPORT_SYMBOL(user_path_at_empty);

int user_path_at(int dfd, const char __user *name, unsigned int flags, struct path *path)
{
	return user_path_at_empty(dfd, name, flags, path, NULL);
}

int vfs_path_lookup(struct dentry *dentry, struct vfsmount *mnt, const char *name,
		    unsigned int flags, struct path *path)
{
	struct path root = { .mnt = mnt, .dentry = dentry };

	return filename_lookup(AT_FDCWD, getname_kernel(name), flags, path, &root);
}
EXPORT_SYMBOL(vfs_path_lookup);

/* Single components. */

static int component_init(struct qstr *q, const char *name, struct dentry *base, int len)
{
	int i;

	q->name = (const unsigned char *)name;
	q->len = len;
	q->hash = full_name_hash(base, name, len);
	if (!len || (name[0] == '.' && (len == 1 || (len == 2 && name[1] == '.'))))
		return -EACCES;
	for (i = 0; i < len; i++)
		if (name[i] == '/' || !name[i])
			return -EACCES;
	if (base->d_flags & DCACHE_OP_HASH) {
		int error = base->d_op->d_hash(base, q);

		if (error < 0)
			return error;
	}
	return inode_permission(base->d_inode, MAY_EXEC);
}

struct dentry *lookup_one_len(const char *name, struct dentry *base, int len)
{
	struct qstr q;
	int error = component_init(&q, name, base, len);

	return error ? ERR_PTR(error) : lookup_hash(&q, base, 0);
}
EXPORT_SYMBOL(lookup_one_len);

struct dentry *lookup_one_len_unlocked(const char *name, struct dentry *base, int len)
{
	struct dentry *dentry;

	inode_lock(base->d_inode);
	dentry = lookup_one_len(name, base, len);
	inode_unlock(base->d_inode);
	return dentry;
}
EXPORT_SYMBOL(lookup_one_len_unlocked);

struct dentry *try_lookup_one_len(const char *name, struct dentry *base, int len)
{
	struct qstr q;
	int error = component_init(&q, name, base, len);

	return error ? ERR_PTR(error) : d_lookup(base, &q);
}
EXPORT_SYMBOL(try_lookup_one_len);

/* Over mounts, for others. */

int follow_up(struct path *path)
{
	struct mount *mnt = real_mount(path->mnt);
	struct path up;

	rcu_read_lock();
	if (!mnt_has_parent(mnt)) {
		rcu_read_unlock();
		return 0;
	}
	up.mnt = mntget(&mnt->parent->mnt);
	up.dentry = dget(mnt->mountpoint);
	rcu_read_unlock();
	path_put(path);
	*path = up;
	return 1;
}
EXPORT_SYMBOL(follow_up);

int follow_down_one(struct path *path)
{
	struct mount *mnt;

	rcu_read_lock();
	mnt = lookup_mnt_locked(path);
	if (mnt)
		mntget(&mnt->mnt);
	rcu_read_unlock();
	if (!mnt)
		return 0;
	path_put(path);
	path->mnt = &mnt->mnt;
	path->dentry = dget(mnt->mnt.mnt_root);
	return 1;
}
EXPORT_SYMBOL(follow_down_one);

int follow_down(struct path *path)
{
	while (d_mountpoint(path->dentry) && follow_down_one(path))
		;
	return 0;
}
EXPORT_SYMBOL(follow_down);

/* Opening. */

struct open_how {
	int flags; /* O_* */
	umode_t mode;
	int acc_mode;	     /* MAY_* */
	unsigned int lookup; /* LOOKUP_* */
};

static void open_how_init(struct open_how *how, int flags, umode_t mode)
{
	how->mode = flags & (O_CREAT | __O_TMPFILE) ? (mode & S_IALLUGO) | S_IFREG : 0;
	if (flags & O_PATH)
		flags &= O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC;
	how->acc_mode = flags & O_PATH ? 0 : ACC_MODE(flags);
	if (flags & O_TRUNC)
		how->acc_mode |= MAY_WRITE;
	if (flags & O_APPEND)
		how->acc_mode |= MAY_APPEND;
	if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		flags |= O_NOFOLLOW;
	how->flags = flags;
	how->lookup = (flags & O_DIRECTORY ? LOOKUP_DIRECTORY : 0) |
		      (flags & O_NOFOLLOW ? 0 : LOOKUP_FOLLOW);
}

int may_open_dev(const struct path *path)
{
	return !(path->mnt->mnt_flags & MNT_NODEV) && !(path->mnt->mnt_sb->s_iflags & SB_I_NODEV);
}

static bool path_noexec(const struct path *path)
{
	return (path->mnt->mnt_flags & MNT_NOEXEC) || (path->mnt->mnt_sb->s_iflags & SB_I_NOEXEC);
}

static int may_open(const struct path *path, int acc_mode, int flags)
{
	struct inode *inode = path->dentry->d_inode;
	int error;

	switch (inode->i_mode & S_IFMT) {
	case S_IFLNK:
		return -ELOOP;
	case S_IFDIR:
		if (acc_mode & MAY_WRITE)
			return -EISDIR;
		if (acc_mode & MAY_EXEC)
			return -EACCES;
		break;
	case S_IFBLK:
	case S_IFCHR:
		if (!may_open_dev(path))
			return -EACCES;
		fallthrough;
	case S_IFIFO:
	case S_IFSOCK:
		if (acc_mode & MAY_EXEC)
			return -EACCES;
		break;
	case S_IFREG:
		if ((acc_mode & MAY_EXEC) && path_noexec(path))
			return -EACCES;
		break;
	}
	error = inode_permission(inode, MAY_OPEN | acc_mode);
	if (error)
		return error;
	if (IS_APPEND(inode) &&
	    (((flags & O_ACCMODE) != O_RDONLY && !(flags & O_APPEND)) || (flags & O_TRUNC)))
		return -EPERM;
	if ((flags & O_NOATIME) && !inode_owner_or_capable(inode))
		return -EPERM;
	return 0;
}

/* The last component of an open that may have to look it up or create it; the directory is locked. */
static struct dentry *lookup_open(struct nameidata *nd, struct file *file,
				  const struct open_how *how, int write_error)
{
	struct inode *dir = nd->inode;
	struct dentry *dentry = lookup_hash(&nd->last, nd->path.dentry, nd->flags);
	int error;

	if (IS_ERR(dentry) || dentry->d_inode || !(how->flags & O_CREAT))
		return dentry;
	error = write_error;
	if (!error)
		error = vfs_create(dir, dentry, how->mode & ~current_umask(), how->flags & O_EXCL);
	if (error) {
		dput(dentry);
		return ERR_PTR(error);
	}
	file->f_mode |= FMODE_CREATED;
	return dentry;
}

static const char *open_last(struct nameidata *nd, struct file *file, const struct open_how *how)
{
	struct dentry *dentry = NULL;
	int write_error = 0;

	if (nd->last_type != LAST_NORM) {
		if (nd->depth)
			put_link(nd);
		if (nd->last_type == LAST_DOTDOT)
			follow_dotdot(nd);
		return NULL;
	}
	if (nd->last.name[nd->last.len]) {
		if (how->flags & O_CREAT)
			return ERR_PTR(-EISDIR);
		nd->flags |= LOOKUP_FOLLOW | LOOKUP_DIRECTORY;
	}
	dentry = lookup_fast(nd);
	if (IS_ERR(dentry))
		return ERR_CAST(dentry);
	if (unlikely(!dentry || (!dentry->d_inode && (how->flags & O_CREAT)))) {
		if (nd->flags & LOOKUP_RCU)
			unlazy(nd);
		else
			dput(dentry);
		if (how->flags & O_CREAT)
			write_error = mnt_want_write(nd->path.mnt);
		inode_lock(nd->inode);
		dentry = lookup_open(nd, file, how, write_error);
		inode_unlock(nd->inode);
		if ((how->flags & O_CREAT) && !write_error)
			mnt_drop_write(nd->path.mnt);
		if (IS_ERR(dentry))
			return ERR_CAST(dentry);
	}
	if (nd->depth)
		put_link(nd);
	return step_into(nd, WALK_TRAILING, dentry);
}

/* The walk has come to its end: check and open. */
static int open_end(struct nameidata *nd, struct file *file, const struct open_how *how)
{
	bool created = file->f_mode & FMODE_CREATED;
	int flags = how->flags, acc_mode = how->acc_mode, error;
	bool truncate;

	if (nd->flags & LOOKUP_RCU)
		unlazy(nd);
	if (flags & O_CREAT) {
		if ((flags & O_EXCL) && !created)
			return -EEXIST;
		if (d_is_dir(nd->path.dentry))
			return -EISDIR;
	}
	if ((nd->flags & LOOKUP_DIRECTORY) && !d_can_lookup(nd->path.dentry))
		return -ENOTDIR;
	if (created)
		acc_mode = 0;
	truncate = (flags & O_TRUNC) && !created && d_is_reg(nd->path.dentry);
	if (truncate) {
		error = mnt_want_write(nd->path.mnt);
		if (error)
			return error;
	}
	error = may_open(&nd->path, acc_mode, flags);
	if (!error)
		error = vfs_open(&nd->path, file);
	if (!error && truncate) {
		error = get_write_access(nd->inode);
		if (!error) {
			error = do_truncate(file->f_path.dentry, 0,
					    ATTR_MTIME | ATTR_CTIME | ATTR_OPEN, file);
			put_write_access(nd->inode);
		}
	}
	if (truncate)
		mnt_drop_write(nd->path.mnt);
	return error;
}

/* O_TMPFILE: a file in the directory's file system that has no name. */
static int open_tmpfile(struct nameidata *nd, struct file *file, struct open_how *how)
{
	struct path path;
	struct inode *dir;
	struct dentry *dentry;
	int error = path_lookupat(nd, how->lookup | LOOKUP_DIRECTORY, &path);

	if (error)
		return error;
	dir = path.dentry->d_inode;
	error = mnt_want_write(path.mnt);
	if (error)
		goto put_path;
	error = inode_permission(dir, MAY_WRITE | MAY_EXEC);
	if (!error && !dir->i_op->tmpfile)
		error = -EOPNOTSUPP;
	if (error)
		goto drop_write;
	dentry = d_alloc(path.dentry, &slash_name);
	error = -ENOMEM;
	if (!dentry)
		goto drop_write;
	dput(path.dentry);
	path.dentry = dentry;
	error = dir->i_op->tmpfile(dir, dentry, how->mode & ~current_umask());
	if (!error) {
		file->f_mode |= FMODE_CREATED;
		error = vfs_open(&path, file);
	}
	if (!error && !(how->flags & O_EXCL))
		dentry->d_inode->i_state |= I_LINKABLE;
drop_write:
	mnt_drop_write(path.mnt);
put_path:
	path_put(&path);
	return error;
}

static int open_walk(struct nameidata *nd, struct file *file, struct open_how *how)
{
	const char *s;
	int error;

	if ((how->flags & O_TMPFILE) == O_TMPFILE)
		return open_tmpfile(nd, file, how);
	if (how->flags & O_PATH) {
		struct path path;

		error = path_lookupat(nd, how->lookup, &path);
		if (!error) {
			error = vfs_open(&path, file);
			path_put(&path);
		}
		return error;
	}
	s = path_init(nd, how->lookup);
	while (!(error = link_path_walk(s, nd)) && (s = open_last(nd, file, how)) != NULL)
		;
	if (!error)
		error = open_end(nd, file, how);
	terminate_walk(nd);
	return error;
}

static struct file *open_nameidata(struct nameidata *nd, int flags, umode_t mode)
{
	struct open_how how;
	struct file *file;
	int error;

	open_how_init(&how, flags, mode);
	file = alloc_empty_file(how.flags, current_cred());
	if (IS_ERR(file))
		return file;
	error = open_walk(nd, file, &how);
	if (!error)
		return file;
	fput(file);
	return ERR_PTR(error);
}

/* name stays the caller's. */
struct file *do_filp_open(int dfd, struct filename *name, int flags, umode_t mode)
{
	struct nameidata nd;
	struct file *file;

	set_nameidata(&nd, dfd, name);
	file = open_nameidata(&nd, flags, mode);
	restore_nameidata(&nd);
	return file;
}

struct file *file_open_root(struct dentry *dentry, struct vfsmount *mnt, const char *text,
			    int flags, umode_t mode)
{
	struct filename *name = getname_kernel(text);
	struct nameidata nd;
	struct file *file;

	if (IS_ERR(name))
		return ERR_CAST(name);
	set_nameidata(&nd, AT_FDCWD, name);
	nd.root.mnt = mnt;
	nd.root.dentry = dentry;
	file = open_nameidata(&nd, flags, mode);
	restore_nameidata(&nd);
	putname(name);
	return file;
}
EXPORT_SYMBOL(file_open_root);

struct file *filp_open(const char *text, int flags, umode_t mode)
{
	struct filename *name = getname_kernel(text);
	struct file *file;

	if (IS_ERR(name))
		return ERR_CAST(name);
	file = do_filp_open(AT_FDCWD, name, flags, mode);
	putname(name);
	return file;
}
EXPORT_SYMBOL(filp_open);
