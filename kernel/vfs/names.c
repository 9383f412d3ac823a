/*
 * Changing names: create, link, remove, rename. The vfs_ functions check and act on dentries whose directories the
 * caller has locked; the do_ functions are the system calls, from path to result.
 *
 * Two directories are locked in the order ancestor first, else by address, under the superblock's rename mutex.
 */
#include "vfs/vfs.h"

/* Checks. */

int may_create(struct inode *dir, struct dentry *child)
{
	if (child->d_inode)
		return -EEXIST;
	if (IS_DEADDIR(dir))
		return -ENOENT;
	return inode_permission(dir, MAY_WRITE | MAY_EXEC);
}

/* In a sticky directory only the owner of the file or of the directory removes names. */
static bool sticky_forbids(const struct inode *dir, const struct inode *inode)
{
	if (!(dir->i_mode & S_ISVTX))
		return false;
	return !uid_eq(inode->i_uid, current_fsuid()) && !uid_eq(dir->i_uid, current_fsuid()) &&
	       !capable(CAP_FOWNER);
}

int may_delete(struct inode *dir, struct dentry *victim, bool is_dir)
{
	struct inode *inode = victim->d_inode;
	int error;

	if (!inode)
		return -ENOENT;
	error = inode_permission(dir, MAY_WRITE | MAY_EXEC);
	if (error)
		return error;
	if (IS_APPEND(dir) || sticky_forbids(dir, inode) || IS_APPEND(inode) || IS_IMMUTABLE(inode))
		return -EPERM;
	if (is_dir && !d_is_dir(victim))
		return -ENOTDIR;
	if (!is_dir && d_is_dir(victim))
		return -EISDIR;
	if (IS_DEADDIR(dir))
		return -ENOENT;
	return is_dir && IS_ROOT(victim) ? -EBUSY : 0;
}

/* On dentries. */

int vfs_create(struct inode *dir, struct dentry *dentry, umode_t mode, bool excl)
{
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if (!dir->i_op->create)
		return -EACCES;
	return dir->i_op->create(dir, dentry, (mode & S_IALLUGO) | S_IFREG, excl);
}
EXPORT_SYMBOL(vfs_create);

int vfs_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if (!dir->i_op->mkdir)
		return -EPERM;
	return dir->i_op->mkdir(dir, dentry, mode & (S_IRWXUGO | S_ISVTX));
}
EXPORT_SYMBOL(vfs_mkdir);

int vfs_mknod(struct inode *dir, struct dentry *dentry, umode_t mode, dev_t dev)
{
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if ((S_ISCHR(mode) || S_ISBLK(mode)) && !capable(CAP_MKNOD))
		return -EPERM;
	if (!dir->i_op->mknod)
		return -EPERM;
	return dir->i_op->mknod(dir, dentry, mode, dev);
}
EXPORT_SYMBOL(vfs_mknod);

int vfs_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if (!dir->i_op->symlink)
		return -EPERM;
	return dir->i_op->symlink(dir, dentry, target);
}
EXPORT_SYMBOL(vfs_symlink);

int vfs_link(struct dentry *old, struct inode *dir, struct dentry *dentry, struct inode **delegated)
{
	struct inode *inode = old->d_inode;
	int error;

	if (!inode)
		return -ENOENT;
	error = may_create(dir, dentry);
	if (error)
		return error;
	if (dir->i_sb != inode->i_sb)
		return -EXDEV;
	if (IS_APPEND(inode) || IS_IMMUTABLE(inode) || !dir->i_op->link || S_ISDIR(inode->i_mode))
		return -EPERM;
	inode_lock(inode);
	if (!inode->i_nlink && !(inode->i_state & I_LINKABLE))
		error = -ENOENT;
	else
		error = dir->i_op->link(old, dir, dentry);
	if (!error)
		inode->i_state &= ~I_LINKABLE;
	inode_unlock(inode);
	return error;
}
EXPORT_SYMBOL(vfs_link);

int vfs_unlink(struct inode *dir, struct dentry *dentry, struct inode **delegated)
{
	struct inode *inode = dentry->d_inode;
	int error = may_delete(dir, dentry, false);

	if (error)
		return error;
	if (!dir->i_op->unlink)
		return -EPERM;
	ihold(inode);
	inode_lock(inode);
	error = d_mountpoint(dentry) ? -EBUSY : dir->i_op->unlink(dir, dentry);
	if (!error)
		dentry->d_flags |= DCACHE_CANT_MOUNT;
	inode_unlock(inode);
	if (!error)
		d_delete(dentry);
	iput(inode);
	return error;
}
EXPORT_SYMBOL(vfs_unlink);

int vfs_rmdir(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;
	int error = may_delete(dir, dentry, true);

	if (error)
		return error;
	if (!dir->i_op->rmdir)
		return -EPERM;
	dget(dentry);
	inode_lock(inode);
	error = d_mountpoint(dentry) ? -EBUSY : dir->i_op->rmdir(dir, dentry);
	if (!error) {
		inode->i_flags |= S_DEAD;
		dentry->d_flags |= DCACHE_CANT_MOUNT;
	}
	inode_unlock(inode);
	if (!error) {
		shrink_dcache_parent(dentry);
		dput(dentry);
		d_delete(dentry);
		return 0;
	}
	dput(dentry);
	return error;
}
EXPORT_SYMBOL(vfs_rmdir);

static int may_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
		      struct dentry *target, unsigned int flags)
{
	bool is_dir = d_is_dir(old);
	int error = may_delete(old_dir, old, is_dir);

	if (error)
		return error;
	if (!target->d_inode)
		error = may_create(new_dir, target);
	else if (flags & RENAME_EXCHANGE)
		error = may_delete(new_dir, target, d_is_dir(target));
	else
		error = may_delete(new_dir, target, is_dir);
	if (error)
		return error;
	if (!old_dir->i_op->rename)
		return -EPERM;
	/* A directory that moves gets another "..". */
	return is_dir && old_dir != new_dir ? inode_permission(old->d_inode, MAY_WRITE) : 0;
}

int vfs_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
	       struct dentry *target, struct inode **delegated, unsigned int flags)
{
	struct inode *victim = target->d_inode;
	bool is_dir = d_is_dir(old);
	int error;

	if (old->d_inode == victim)
		return 0;
	error = may_rename(old_dir, old, new_dir, target, flags);
	if (error)
		return error;
	dget(target);
	if (victim && !is_dir)
		inode_lock(victim);
	if (d_mountpoint(old) || d_mountpoint(target)) {
		error = -EBUSY;
	} else {
		if (victim && is_dir && !(flags & RENAME_EXCHANGE))
			shrink_dcache_parent(target);
		error = old_dir->i_op->rename(old_dir, old, new_dir, target, flags);
	}
	if (!error && victim && !(flags & RENAME_EXCHANGE)) {
		if (is_dir)
			victim->i_flags |= S_DEAD;
		target->d_flags |= DCACHE_CANT_MOUNT;
	}
	if (!error && !(old_dir->i_sb->s_type->fs_flags & FS_RENAME_DOES_D_MOVE)) {
		if (flags & RENAME_EXCHANGE)
			d_exchange(old, target);
		else
			d_move(old, target);
	}
	if (victim && !is_dir)
		inode_unlock(victim);
	dput(target);
	return error;
}
EXPORT_SYMBOL(vfs_rename);

struct dentry *lock_rename(struct dentry *a, struct dentry *b)
{
	struct dentry *p;

	if (a == b) {
		inode_lock(a->d_inode);
		return NULL;
	}
	mutex_lock(&a->d_sb->s_vfs_rename_mutex);
	p = d_ancestor(b, a);
	if (p) {
		inode_lock(b->d_inode);
		inode_lock(a->d_inode);
		return p;
	}
	p = d_ancestor(a, b);
	if (p || a->d_inode < b->d_inode) {
		inode_lock(a->d_inode);
		inode_lock(b->d_inode);
	} else {
		inode_lock(b->d_inode);
		inode_lock(a->d_inode);
	}
	return p;
}
EXPORT_SYMBOL(lock_rename);

void unlock_rename(struct dentry *a, struct dentry *b)
{
	inode_unlock(a->d_inode);
	if (a != b) {
		inode_unlock(b->d_inode);
		mutex_unlock(&a->d_sb->s_vfs_rename_mutex);
	}
}
EXPORT_SYMBOL(unlock_rename);

/* Preparing to create: the locked directory in *path, the negative dentry returned. Takes over name. */
struct dentry *filename_create(int dfd, struct filename *name, struct path *path,
			       unsigned int flags)
{
	struct dentry *dentry;
	struct qstr last;
	int type, error, write_error;

	error = filename_parent(dfd, name, flags & LOOKUP_REVAL, path, &last, &type);
	if (error) {
		putname(name);
		return ERR_PTR(error);
	}
	if (type != LAST_NORM) {
		error = -EEXIST;
		goto put_path;
	}
	write_error = mnt_want_write(path->mnt);
	inode_lock(path->dentry->d_inode);
	dentry = lookup_hash(&last, path->dentry, LOOKUP_CREATE | LOOKUP_EXCL);
	error = PTR_ERR_OR_ZERO(dentry);
	if (!error) {
		if (dentry->d_inode)
			error = -EEXIST;
		else if (last.name[last.len] && !(flags & LOOKUP_DIRECTORY))
			error = -ENOENT;
		else
			error = write_error;
		if (!error) {
			putname(name);
			return dentry;
		}
		dput(dentry);
	}
	inode_unlock(path->dentry->d_inode);
	if (!write_error)
		mnt_drop_write(path->mnt);
put_path:
	path_put(path);
	putname(name);
	return ERR_PTR(error);
}

struct dentry *kern_path_create(int dfd, const char *name, struct path *path, unsigned int flags)
{
	return filename_create(dfd, getname_kernel(name), path, flags);
}
EXPORT_SYMBOL(kern_path_create);

struct dentry *user_path_create(int dfd, const char __user *name, struct path *path,
				unsigned int flags)
{
	return filename_create(dfd, getname(name), path, flags);
}
EXPORT_SYMBOL(user_path_create);

void done_path_create(struct path *path, struct dentry *dentry)
{
	dput(dentry);
	inode_unlock(path->dentry->d_inode);
	mnt_drop_write(path->mnt);
	path_put(path);
}
EXPORT_SYMBOL(done_path_create);

/* An existing name in its locked directory. */
struct dentry *kern_path_locked(const char *text, struct path *path)
{
	struct filename *name = getname_kernel(text);
	struct dentry *dentry;
	struct qstr last;
	int type, error;

	error = filename_parent(AT_FDCWD, name, 0, path, &last, &type);
	if (error) {
		putname(name);
		return ERR_PTR(error);
	}
	if (type != LAST_NORM) {
		path_put(path);
		putname(name);
		return ERR_PTR(-EINVAL);
	}
	inode_lock(path->dentry->d_inode);
	dentry = lookup_hash(&last, path->dentry, 0);
	if (!IS_ERR(dentry) && !dentry->d_inode) {
		dput(dentry);
		dentry = ERR_PTR(-ENOENT);
	}
	if (IS_ERR(dentry)) {
		inode_unlock(path->dentry->d_inode);
		path_put(path);
	}
	putname(name);
	return dentry;
}

/* The system calls. */

int do_mkdirat(int dfd, struct filename *name, umode_t mode)
{
	struct path path;
	struct dentry *dentry = filename_create(dfd, name, &path, LOOKUP_DIRECTORY);
	int error;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	error = vfs_mkdir(path.dentry->d_inode, dentry, mode & ~current_umask());
	done_path_create(&path, dentry);
	return error;
}

int do_mknodat(int dfd, struct filename *name, umode_t mode, dev_t dev)
{
	struct dentry *dentry;
	struct path path;
	int error;

	switch (mode & S_IFMT) {
	case S_IFREG:
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
	case S_IFSOCK:
	case 0:
		break;
	default:
		putname(name);
		return S_ISDIR(mode) ? -EPERM : -EINVAL;
	}
	dentry = filename_create(dfd, name, &path, 0);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	mode &= ~current_umask();
	if (S_ISREG(mode) || !(mode & S_IFMT))
		error = vfs_create(path.dentry->d_inode, dentry, mode, true);
	else
		error = vfs_mknod(path.dentry->d_inode, dentry, mode,
				  S_ISCHR(mode) || S_ISBLK(mode) ? dev : 0);
	done_path_create(&path, dentry);
	return error;
}

int do_symlinkat(struct filename *target, int dfd, struct filename *name)
{
	struct dentry *dentry;
	struct path path;
	int error;

	if (IS_ERR(target)) {
		putname(name);
		return PTR_ERR(target);
	}
	dentry = filename_create(dfd, name, &path, 0);
	error = PTR_ERR_OR_ZERO(dentry);
	if (!error) {
		error = vfs_symlink(path.dentry->d_inode, dentry, target->name);
		done_path_create(&path, dentry);
	}
	putname(target);
	return error;
}

int do_linkat(int olddfd, struct filename *old, int newdfd, struct filename *name, int flags)
{
	struct path old_path, path;
	struct dentry *dentry;
	int error;

	error = filename_lookup(olddfd, old,
				flags & AT_SYMLINK_FOLLOW ? LOOKUP_FOLLOW | LOOKUP_EMPTY
							  : LOOKUP_EMPTY,
				&old_path, NULL);
	if (error) {
		putname(name);
		return error;
	}
	dentry = filename_create(newdfd, name, &path, 0);
	error = PTR_ERR_OR_ZERO(dentry);
	if (!error) {
		error = old_path.mnt == path.mnt
				? vfs_link(old_path.dentry, path.dentry->d_inode, dentry, NULL)
				: -EXDEV;
		done_path_create(&path, dentry);
	}
	path_put(&old_path);
	return error;
}

/* Removes a name: rmdir for directories, unlink for others. */
static int remove_name(int dfd, struct filename *name, bool is_dir)
{
	struct dentry *dentry;
	struct inode *inode = NULL;
	struct path path;
	struct qstr last;
	int type, error;

	error = filename_parent(dfd, name, 0, &path, &last, &type);
	if (error)
		goto put_name;
	if (type != LAST_NORM) {
		error = !is_dir		      ? -EISDIR
			: type == LAST_DOTDOT ? -ENOTEMPTY
			: type == LAST_DOT    ? -EINVAL
					      : -EBUSY;
		goto put_path;
	}
	error = mnt_want_write(path.mnt);
	if (error)
		goto put_path;
	inode_lock(path.dentry->d_inode);
	dentry = lookup_hash(&last, path.dentry, 0);
	error = PTR_ERR_OR_ZERO(dentry);
	if (!error) {
		if (!dentry->d_inode) {
			error = -ENOENT;
		} else if (is_dir) {
			error = vfs_rmdir(path.dentry->d_inode, dentry);
		} else if (last.name[last.len]) {
			error = d_is_dir(dentry) ? -EISDIR : -ENOTDIR;
		} else {
			inode = dentry->d_inode;
			ihold(inode);
			error = vfs_unlink(path.dentry->d_inode, dentry, NULL);
		}
		dput(dentry);
	}
	inode_unlock(path.dentry->d_inode);
	iput(inode); /* what is freed is freed without the directory's lock */
	mnt_drop_write(path.mnt);
put_path:
	path_put(&path);
put_name:
	putname(name);
	return error;
}

int do_unlinkat(int dfd, struct filename *name)
{
	return remove_name(dfd, name, false);
}

int do_rmdir(int dfd, struct filename *name)
{
	return remove_name(dfd, name, true);
}

/* Both names in their locked directories: what the names themselves forbid, then vfs_rename. */
static int rename_locked(struct path *from, struct qstr *from_last, struct path *to,
			 struct qstr *to_last, struct dentry *trap, unsigned int flags)
{
	struct dentry *old, *target;
	int error;

	old = lookup_hash(from_last, from->dentry, 0);
	if (IS_ERR(old))
		return PTR_ERR(old);
	error = -ENOENT;
	if (!old->d_inode)
		goto put_old;
	target = lookup_hash(to_last, to->dentry, LOOKUP_RENAME_TARGET);
	error = PTR_ERR_OR_ZERO(target);
	if (error)
		goto put_old;
	error = -EEXIST;
	if ((flags & RENAME_NOREPLACE) && target->d_inode)
		goto put_target;
	error = -ENOENT;
	if ((flags & RENAME_EXCHANGE) && !target->d_inode)
		goto put_target;
	error = -ENOTDIR;
	if (!d_is_dir(old) && (from_last->name[from_last->len] ||
			       (!(flags & RENAME_EXCHANGE) && to_last->name[to_last->len])))
		goto put_target;
	error = -EINVAL;
	if (old == trap)
		goto put_target;
	error = flags & RENAME_EXCHANGE ? -EINVAL : -ENOTEMPTY;
	if (target == trap)
		goto put_target;
	error = vfs_rename(from->dentry->d_inode, old, to->dentry->d_inode, target, NULL, flags);
put_target:
	dput(target);
put_old:
	dput(old);
	return error;
}

int do_renameat2(int olddfd, struct filename *old, int newdfd, struct filename *name,
		 unsigned int flags)
{
	struct path from, to;
	struct qstr from_last, to_last;
	int from_type, to_type, error;

	error = -EINVAL;
	if ((flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE)) ||
	    (flags & (RENAME_NOREPLACE | RENAME_EXCHANGE)) == (RENAME_NOREPLACE | RENAME_EXCHANGE))
		goto put_names;
	error = filename_parent(olddfd, old, 0, &from, &from_last, &from_type);
	if (error)
		goto put_names;
	error = filename_parent(newdfd, name, 0, &to, &to_last, &to_type);
	if (error)
		goto put_from;
	error = -EXDEV;
	if (from.mnt != to.mnt)
		goto put_to;
	error = flags & RENAME_NOREPLACE && to_type != LAST_NORM ? -EEXIST : -EBUSY;
	if (from_type != LAST_NORM || to_type != LAST_NORM)
		goto put_to;
	error = mnt_want_write(from.mnt);
	if (!error) {
		struct dentry *trap = lock_rename(to.dentry, from.dentry);

		error = rename_locked(&from, &from_last, &to, &to_last, trap, flags);
		unlock_rename(to.dentry, from.dentry);
		mnt_drop_write(from.mnt);
	}
put_to:
	path_put(&to);
put_from:
	path_put(&from);
put_names:
	putname(old);
	putname(name);
	return error;
}

/* Symbolic links as data. */

const char *vfs_get_link(struct dentry *dentry, struct delayed_call *done)
{
	struct inode *inode = d_inode(dentry);

	if (!d_is_symlink(dentry) || !inode->i_op->get_link)
		return ERR_PTR(-EINVAL);
	return inode->i_op->get_link(dentry, inode, done);
}
EXPORT_SYMBOL(vfs_get_link);

int vfs_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	struct inode *inode = d_inode(dentry);
	struct delayed_call done = {};
	const char *text;
	int len;

	if (inode->i_op->readlink)
		return inode->i_op->readlink(dentry, buffer, buflen);
	text = vfs_get_link(dentry, &done);
	if (IS_ERR(text))
		return PTR_ERR(text);
	len = min_t(int, strlen(text), buflen);
	if (copy_to_user(buffer, text, len))
		len = -EFAULT;
	do_delayed_call(&done);
	return len;
}
EXPORT_SYMBOL(vfs_readlink);
