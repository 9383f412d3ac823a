/*
 * File locks: flock(2) on whole files, owned by the open file; POSIX record locks on byte ranges, owned by the process (or,
 * F_OFD_*, by the open file).
 *
 * 1. The locks held on an inode are in its context (i_flctx), made with the first lock: two lists, POSIX ones sorted by
 *    owner and then by start. Ranges are (first, last) inclusive.
 * 2. Whoever cannot have a lock sleeps on the inode's wait queue and tries again when any lock on it is given up. Before
 *    sleeping for a POSIX lock the chain "owner waits for owner" is followed: a circle gives -EDEADLK.
 * 3. flc_lock of all contexts is one mutex (locks are rare); it is not held while sleeping.
 * Mandatory locks and leases are not done.
 */
#include "vfs/vfs.h"
#include <linux/pid.h>
#include <linux/proc_fs.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>

struct file_lock_context {
	struct list_head posix;
	struct list_head flock;
	wait_queue_head_t wait;
	struct inode *inode;
	struct list_head all; /* of all contexts with locks, for /proc/locks */
};

/* A process that sleeps for a POSIX lock. */
struct lock_waiter {
	struct list_head list;
	fl_owner_t waits;
	fl_owner_t for_owner;
};

static DEFINE_MUTEX(locks_mutex);
static LIST_HEAD(waiters);
static LIST_HEAD(contexts);

static struct file_lock_context *context_get(struct inode *inode)
{
	struct file_lock_context *ctx = inode->i_flctx;

	if (ctx)
		return ctx;
	ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx)
		return NULL;
	INIT_LIST_HEAD(&ctx->posix);
	INIT_LIST_HEAD(&ctx->flock);
	INIT_LIST_HEAD(&ctx->all);
	init_waitqueue_head(&ctx->wait);
	ctx->inode = inode;
	mutex_lock(&locks_mutex);
	if (inode->i_flctx) {
		kfree(ctx);
		ctx = inode->i_flctx;
	} else {
		inode->i_flctx = ctx;
	}
	mutex_unlock(&locks_mutex);
	return ctx;
}

static void context_listed(struct file_lock_context *ctx)
{
	bool any = !list_empty(&ctx->posix) || !list_empty(&ctx->flock);

	if (any && list_empty(&ctx->all))
		list_add_tail(&ctx->all, &contexts);
	else if (!any)
		list_del_init(&ctx->all);
}

static struct file_lock *lock_copy(const struct file_lock *fl)
{
	struct file_lock *copy = kmemdup(fl, sizeof(*fl), GFP_KERNEL);

	if (copy)
		INIT_LIST_HEAD(&copy->fl_list);
	return copy;
}

static bool overlaps(const struct file_lock *a, const struct file_lock *b)
{
	return a->fl_end >= b->fl_start && b->fl_end >= a->fl_start;
}

static bool excludes(const struct file_lock *a, const struct file_lock *b)
{
	return a->fl_type == F_WRLCK || b->fl_type == F_WRLCK;
}

/* POSIX. locks_mutex is held in all. */

static struct file_lock *posix_conflict(struct file_lock_context *ctx, const struct file_lock *fl)
{
	struct file_lock *held;

	list_for_each_entry(held, &ctx->posix, fl_list)
		if (held->fl_owner != fl->fl_owner && overlaps(held, fl) && excludes(held, fl))
			return held;
	return NULL;
}

static bool would_deadlock(fl_owner_t me, fl_owner_t blocker)
{
	struct lock_waiter *w;
	int steps = 0;

again:
	list_for_each_entry(w, &waiters, list) {
		if (w->waits != blocker)
			continue;
		if (w->for_owner == me)
			return true;
		blocker = w->for_owner;
		if (++steps > 64)
			return false;
		goto again;
	}
	return false;
}

static void posix_insert(struct file_lock_context *ctx, struct file_lock *fl)
{
	struct file_lock *at;

	list_for_each_entry(at, &ctx->posix, fl_list)
		if (at->fl_owner == fl->fl_owner && at->fl_start > fl->fl_start)
			break;
	list_add_tail(&fl->fl_list, &at->fl_list);
}

/*
 * Gives fl's range to its owner with its type (F_UNLCK: to nobody): what the owner held there is cut or goes, neighbours of
 * the same type are joined. spare: two structs, since one lock may become three; what is not used is left in them.
 */
static void posix_replace(struct file_lock_context *ctx, struct file_lock *fl,
			  struct file_lock *spare[2])
{
	struct file_lock *held, *next, *new = NULL;
	loff_t first = fl->fl_start, last = fl->fl_end;

	list_for_each_entry_safe(held, next, &ctx->posix, fl_list) {
		bool same = held->fl_type == fl->fl_type;
		loff_t low = first && same ? first - 1 : first;
		loff_t high = last < OFFSET_MAX && same ? last + 1 : last;

		if (held->fl_owner != fl->fl_owner || held->fl_end < low || held->fl_start > high)
			continue;
		if (same) { /* joined with the new one */
			first = min(first, held->fl_start);
			last = max(last, held->fl_end);
		} else if (held->fl_start < fl->fl_start &&
			   held->fl_end > fl->fl_end) { /* cut in two */
			struct file_lock *tail = spare[1];

			spare[1] = NULL;
			*tail = *held;
			tail->fl_start = fl->fl_end + 1;
			held->fl_end = fl->fl_start - 1;
			list_add(&tail->fl_list, &held->fl_list);
			continue;
		} else if (held->fl_start < fl->fl_start) {
			held->fl_end = fl->fl_start - 1;
			continue;
		} else if (held->fl_end > fl->fl_end) {
			held->fl_start = fl->fl_end + 1;
			continue;
		}
		list_del(&held->fl_list);
		kfree(held);
	}
	if (fl->fl_type != F_UNLCK) {
		new = spare[0];
		spare[0] = NULL;
		*new = *fl;
		new->fl_start = first;
		new->fl_end = last;
		posix_insert(ctx, new);
	}
	context_listed(ctx);
	wake_up_all(&ctx->wait);
}

/* One try. conflict: whom to wait for (-EAGAIN). */
static int posix_try(struct inode *inode, struct file_lock *fl, struct file_lock *conflict)
{
	struct file_lock_context *ctx = context_get(inode);
	struct file_lock *spare[2], *held = NULL;
	int error = 0;

	if (!ctx)
		return -ENOMEM;
	spare[0] = lock_copy(fl);
	spare[1] = lock_copy(fl);
	if (!spare[0] || !spare[1]) {
		kfree(spare[0]);
		kfree(spare[1]);
		return -ENOLCK;
	}
	mutex_lock(&locks_mutex);
	if (fl->fl_type != F_UNLCK)
		held = posix_conflict(ctx, fl);
	if (held) {
		error = -EAGAIN;
		if (conflict)
			*conflict = *held;
	} else {
		posix_replace(ctx, fl, spare);
	}
	mutex_unlock(&locks_mutex);
	kfree(spare[0]);
	kfree(spare[1]);
	return error;
}

int posix_lock_file(struct file *file, struct file_lock *fl, struct file_lock *conflict)
{
	return posix_try(file_inode(file), fl, conflict);
}
EXPORT_SYMBOL(posix_lock_file);

void posix_test_lock(struct file *file, struct file_lock *fl)
{
	struct file_lock_context *ctx = file_inode(file)->i_flctx;
	struct file_lock *held = NULL;

	mutex_lock(&locks_mutex);
	if (ctx)
		held = posix_conflict(ctx, fl);
	if (held) {
		fl->fl_type = held->fl_type;
		fl->fl_start = held->fl_start;
		fl->fl_end = held->fl_end;
		fl->fl_pid = held->fl_flags & FL_OFDLCK ? (unsigned int)-1 : held->fl_pid;
	} else {
		fl->fl_type = F_UNLCK;
	}
	mutex_unlock(&locks_mutex);
}
EXPORT_SYMBOL(posix_test_lock);

static bool posix_is_free(struct file_lock_context *ctx, const struct file_lock *fl)
{
	bool free;

	mutex_lock(&locks_mutex);
	free = !posix_conflict(ctx, fl);
	mutex_unlock(&locks_mutex);
	return free;
}

static int posix_wait(struct inode *inode, struct file_lock *fl)
{
	struct lock_waiter waiter = { .waits = fl->fl_owner };
	struct file_lock conflict;
	int error;

	while ((error = posix_try(inode, fl, &conflict)) == -EAGAIN) {
		waiter.for_owner = conflict.fl_owner;
		mutex_lock(&locks_mutex);
		if (!(fl->fl_flags & FL_OFDLCK) && would_deadlock(fl->fl_owner, conflict.fl_owner))
			error = -EDEADLK;
		else
			list_add(&waiter.list, &waiters);
		mutex_unlock(&locks_mutex);
		if (error == -EDEADLK)
			break;
		error = wait_event_interruptible(inode->i_flctx->wait,
						 posix_is_free(inode->i_flctx, fl));
		mutex_lock(&locks_mutex);
		list_del(&waiter.list);
		mutex_unlock(&locks_mutex);
		if (error)
			break;
	}
	return error;
}

/* flock. */

static struct file_lock *flock_conflict(struct file_lock_context *ctx, const struct file_lock *fl)
{
	struct file_lock *held;

	list_for_each_entry(held, &ctx->flock, fl_list)
		if (held->fl_owner != fl->fl_owner && excludes(held, fl))
			return held;
	return NULL;
}

static void flock_remove(struct file_lock_context *ctx, fl_owner_t owner)
{
	struct file_lock *held, *next;

	list_for_each_entry_safe(held, next, &ctx->flock, fl_list) {
		if (held->fl_owner == owner) {
			list_del(&held->fl_list);
			kfree(held);
			wake_up_all(&ctx->wait);
		}
	}
	context_listed(ctx);
}

static int flock_try(struct inode *inode, struct file_lock *fl)
{
	struct file_lock_context *ctx = context_get(inode);
	struct file_lock *new = lock_copy(fl);
	int error = 0;

	if (!ctx || !new) {
		kfree(new);
		return -ENOMEM;
	}
	mutex_lock(&locks_mutex);
	if (fl->fl_type != F_UNLCK && flock_conflict(ctx, fl)) {
		error = -EAGAIN;
	} else {
		flock_remove(ctx, fl->fl_owner);
		if (fl->fl_type != F_UNLCK) {
			list_add_tail(&new->fl_list, &ctx->flock);
			new = NULL;
		}
		context_listed(ctx);
	}
	mutex_unlock(&locks_mutex);
	kfree(new);
	return error;
}

static bool flock_is_free(struct file_lock_context *ctx, const struct file_lock *fl)
{
	bool free;

	mutex_lock(&locks_mutex);
	free = !flock_conflict(ctx, fl);
	mutex_unlock(&locks_mutex);
	return free;
}

static int flock_wait(struct inode *inode, struct file_lock *fl)
{
	int error;

	while ((error = flock_try(inode, fl)) == -EAGAIN) {
		error = wait_event_interruptible(inode->i_flctx->wait,
						 flock_is_free(inode->i_flctx, fl));
		if (error)
			break;
	}
	return error;
}

int locks_lock_inode_wait(struct inode *inode, struct file_lock *fl)
{
	if (fl->fl_flags & FL_FLOCK)
		return fl->fl_flags & FL_SLEEP ? flock_wait(inode, fl) : flock_try(inode, fl);
	return fl->fl_flags & FL_SLEEP ? posix_wait(inode, fl) : posix_try(inode, fl, NULL);
}
EXPORT_SYMBOL(locks_lock_inode_wait);

int locks_lock_file_wait(struct file *file, struct file_lock *fl)
{
	return locks_lock_inode_wait(file_inode(file), fl);
}
EXPORT_SYMBOL(locks_lock_file_wait);

int do_flock(struct file *file, unsigned int cmd)
{
	struct file_lock fl = {
		.fl_flags = FL_FLOCK, .fl_owner = file, .fl_file = file, .fl_end = OFFSET_MAX
	};

	if (cmd & LOCK_MAND)
		return -EOPNOTSUPP;
	switch (cmd & ~LOCK_NB) {
	case LOCK_SH:
		fl.fl_type = F_RDLCK;
		break;
	case LOCK_EX:
		fl.fl_type = F_WRLCK;
		break;
	case LOCK_UN:
		fl.fl_type = F_UNLCK;
		break;
	default:
		return -EINVAL;
	}
	if (fl.fl_type != F_UNLCK && !(file->f_mode & (FMODE_READ | FMODE_WRITE)))
		return -EBADF;
	fl.fl_pid = current->tgid;
	if (!(cmd & LOCK_NB))
		fl.fl_flags |= FL_SLEEP;
	if (file->f_op->flock)
		return file->f_op->flock(file, fl.fl_flags & FL_SLEEP ? F_SETLKW : F_SETLK, &fl);
	return locks_lock_file_wait(file, &fl);
}

/* fcntl. */

static int range_from_user(struct file *file, struct file_lock *fl, const struct flock64 *l)
{
	loff_t start;

	switch (l->l_whence) {
	case SEEK_SET:
		start = 0;
		break;
	case SEEK_CUR:
		start = file->f_pos;
		break;
	case SEEK_END:
		start = i_size_read(file_inode(file));
		break;
	default:
		return -EINVAL;
	}
	if (l->l_start > OFFSET_MAX - start)
		return -EOVERFLOW;
	start += l->l_start;
	if (start < 0)
		return -EINVAL;
	if (l->l_len > 0) {
		if (l->l_len - 1 > OFFSET_MAX - start)
			return -EOVERFLOW;
		fl->fl_end = start + l->l_len - 1;
	} else if (l->l_len < 0) {
		if (start + l->l_len < 0)
			return -EINVAL;
		fl->fl_end = start - 1;
		start += l->l_len;
	} else {
		fl->fl_end = OFFSET_MAX;
	}
	fl->fl_start = start;
	if (l->l_type != F_RDLCK && l->l_type != F_WRLCK && l->l_type != F_UNLCK)
		return -EINVAL;
	fl->fl_type = l->l_type;
	return 0;
}

static void lock_to_user(struct flock64 *l, const struct file_lock *fl)
{
	l->l_type = fl->fl_type;
	if (fl->fl_type == F_UNLCK)
		return;
	l->l_whence = SEEK_SET;
	l->l_start = fl->fl_start;
	l->l_len = fl->fl_end == OFFSET_MAX ? 0 : fl->fl_end - fl->fl_start + 1;
	l->l_pid = fl->fl_pid;
}

/* cmd in its 64-bit or OFD form; l in and, for GETLK, out. */
static int do_lock(struct file *file, unsigned int cmd, struct flock64 *l)
{
	bool ofd = cmd == F_OFD_GETLK || cmd == F_OFD_SETLK || cmd == F_OFD_SETLKW;
	struct file_lock fl = {
		.fl_flags = FL_POSIX | (ofd ? FL_OFDLCK : 0),
		.fl_owner = ofd ? (fl_owner_t)file : (fl_owner_t)current->files,
		.fl_file = file,
		.fl_pid = current->tgid,
	};
	int error = range_from_user(file, &fl, l);

	if (error)
		return error;
	if (ofd && l->l_pid)
		return -EINVAL;
	if (cmd == F_GETLK64 || cmd == F_OFD_GETLK) {
		if (fl.fl_type == F_UNLCK)
			return -EINVAL;
		if (file->f_op->lock)
			error = file->f_op->lock(file, F_GETLK, &fl);
		else
			posix_test_lock(file, &fl);
		lock_to_user(l, &fl);
		return error;
	}
	if ((fl.fl_type == F_RDLCK && !(file->f_mode & FMODE_READ)) ||
	    (fl.fl_type == F_WRLCK && !(file->f_mode & FMODE_WRITE)))
		return -EBADF;
	if (cmd == F_SETLKW64 || cmd == F_OFD_SETLKW)
		fl.fl_flags |= FL_SLEEP;
	if (file->f_op->lock)
		return file->f_op->lock(file, fl.fl_flags & FL_SLEEP ? F_SETLKW : F_SETLK, &fl);
	return locks_lock_file_wait(file, &fl);
}

int fcntl_lock64(unsigned int fd, struct file *file, unsigned int cmd, struct flock64 __user *user)
{
	struct flock64 l;
	int error;

	if (copy_from_user(&l, user, sizeof(l)))
		return -EFAULT;
	error = do_lock(file, cmd, &l);
	if (!error && (cmd == F_GETLK64 || cmd == F_OFD_GETLK) && copy_to_user(user, &l, sizeof(l)))
		error = -EFAULT;
	return error;
}

int fcntl_lock(unsigned int fd, struct file *file, unsigned int cmd, struct flock __user *user)
{
	struct flock64 l;
	struct flock s;
	int error;

	if (copy_from_user(&s, user, sizeof(s)))
		return -EFAULT;
	l = (struct flock64){
		.l_type = s.l_type, .l_whence = s.l_whence, .l_start = s.l_start, .l_len = s.l_len
	};
	error = do_lock(file, cmd - F_GETLK + F_GETLK64, &l);
	if (error || cmd != F_GETLK)
		return error;
	if (l.l_type != F_UNLCK && (l.l_start > LONG_MAX || l.l_len > LONG_MAX))
		return -EOVERFLOW;
	s = (struct flock){ .l_type = l.l_type,
			    .l_whence = l.l_whence,
			    .l_start = l.l_start,
			    .l_len = l.l_len,
			    .l_pid = l.l_pid };
	return copy_to_user(user, &s, sizeof(s)) ? -EFAULT : 0;
}

/* The end. */

/* Any close() of a file by a process gives up all its POSIX locks on it. */
void locks_remove_posix(struct file *file, fl_owner_t owner)
{
	struct file_lock fl = { .fl_flags = FL_POSIX | FL_CLOSE,
				.fl_type = F_UNLCK,
				.fl_owner = owner,
				.fl_file = file,
				.fl_end = OFFSET_MAX };
	struct file_lock_context *ctx = file_inode(file)->i_flctx;

	if (ctx && !list_empty(&ctx->posix))
		posix_try(file_inode(file), &fl, NULL);
}

/* The last close of an open file gives up what the file itself owns. */
void locks_remove_file(struct file *file)
{
	struct file_lock_context *ctx = file_inode(file)->i_flctx;

	if (!ctx)
		return;
	locks_remove_posix(file, file);
	mutex_lock(&locks_mutex);
	flock_remove(ctx, file);
	mutex_unlock(&locks_mutex);
}

static void lock_show(struct seq_file *m, const struct file_lock *fl, const struct inode *inode,
		      int number)
{
	seq_printf(m, "%d: %s  ADVISORY  %s %d %02x:%02x:%lu ", number,
		   fl->fl_flags & FL_FLOCK    ? "FLOCK"
		   : fl->fl_flags & FL_OFDLCK ? "OFDLCK"
					      : "POSIX",
		   fl->fl_type == F_WRLCK ? "WRITE" : "READ",
		   fl->fl_flags & FL_OFDLCK ? -1 : (int)fl->fl_pid, MAJOR(inode->i_sb->s_dev),
		   MINOR(inode->i_sb->s_dev), inode->i_ino);
	seq_printf(m, "%lld ", fl->fl_start);
	if (fl->fl_end == OFFSET_MAX)
		seq_puts(m, "EOF\n");
	else
		seq_printf(m, "%lld\n", fl->fl_end);
}

static int locks_show(struct seq_file *m, void *v)
{
	struct file_lock_context *ctx;
	struct file_lock *fl;
	int number = 0;

	mutex_lock(&locks_mutex);
	list_for_each_entry(ctx, &contexts, all) {
		list_for_each_entry(fl, &ctx->posix, fl_list)
			lock_show(m, fl, ctx->inode, ++number);
		list_for_each_entry(fl, &ctx->flock, fl_list)
			lock_show(m, fl, ctx->inode, ++number);
	}
	mutex_unlock(&locks_mutex);
	return 0;
}

void locks_init(void)
{
	proc_create_single("locks", 0, NULL, locks_show);
}
