/*
 * SIGIO: files that want a signal when something happens. A driver keeps a list per device or pipe (fasync_helper) and
 * tells all on it (kill_fasync). fasync_lock protects the links, so that an interrupt handler may walk a list.
 */
#include "vfs/vfs.h"
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#define FASYNC_MAGIC 0x4601

static DEFINE_SPINLOCK(fasync_lock);

static int fasync_remove(struct file *file, struct fasync_struct **list)
{
	struct fasync_struct *fa, **at;
	unsigned long flags;

	spin_lock_irqsave(&fasync_lock, flags);
	for (at = list; (fa = *at) != NULL; at = &fa->fa_next) {
		if (fa->fa_file == file) {
			*at = fa->fa_next;
			break;
		}
	}
	spin_unlock_irqrestore(&fasync_lock, flags);
	if (!fa)
		return 0;
	spin_lock(&file->f_lock);
	file->f_flags &= ~FASYNC;
	spin_unlock(&file->f_lock);
	kfree(fa);
	return 1;
}

static int fasync_add(int fd, struct file *file, struct fasync_struct **list)
{
	struct fasync_struct *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL), *fa;
	unsigned long flags;

	if (!fresh)
		return -ENOMEM;
	fresh->magic = FASYNC_MAGIC;
	fresh->fa_file = file;
	fresh->fa_fd = fd;
	spin_lock_irqsave(&fasync_lock, flags);
	for (fa = *list; fa && fa->fa_file != file; fa = fa->fa_next)
		;
	if (fa) {
		fa->fa_fd = fd;
	} else {
		fresh->fa_next = *list;
		*list = fresh;
	}
	spin_unlock_irqrestore(&fasync_lock, flags);
	if (fa) {
		kfree(fresh);
		return 0;
	}
	spin_lock(&file->f_lock);
	file->f_flags |= FASYNC;
	spin_unlock(&file->f_lock);
	return 1;
}

/* Positive when the list changed, 0 when not, -ENOMEM. */
int fasync_helper(int fd, struct file *file, int on, struct fasync_struct **list)
{
	return on ? fasync_add(fd, file, list) : fasync_remove(file, list);
}
EXPORT_SYMBOL(fasync_helper);

void kill_fasync(struct fasync_struct **list, int sig, int band)
{
	struct fasync_struct *fa;
	unsigned long flags;

	if (!*list)
		return;
	spin_lock_irqsave(&fasync_lock, flags);
	for (fa = *list; fa; fa = fa->fa_next) {
		struct fown_struct *own = &fa->fa_file->f_owner;

		if (own->pid && !(sig == SIGURG && own->signum == 0))
			kill_pid(own->pid, own->signum ? own->signum : sig, 1);
	}
	spin_unlock_irqrestore(&fasync_lock, flags);
}
EXPORT_SYMBOL(kill_fasync);

/* arg: a pid, or minus a process group. */
void f_setown(struct file *file, unsigned long arg, int force)
{
	int who = arg;
	enum pid_type type = who < 0 ? PIDTYPE_PGID : PIDTYPE_TGID;
	struct pid *pid, *old;

	if (who == INT_MIN)
		return;
	pid = who ? find_get_pid(who < 0 ? -who : who) : NULL;
	write_lock_irq(&file->f_owner.lock);
	old = file->f_owner.pid;
	file->f_owner.pid = pid;
	file->f_owner.pid_type = type;
	file->f_owner.uid = current_uid();
	file->f_owner.euid = current_euid();
	write_unlock_irq(&file->f_owner.lock);
	put_pid(old);
}
EXPORT_SYMBOL(f_setown);

pid_t f_getown(struct file *file)
{
	pid_t pid;

	read_lock(&file->f_owner.lock);
	pid = pid_vnr(file->f_owner.pid);
	if (file->f_owner.pid_type == PIDTYPE_PGID)
		pid = -pid;
	read_unlock(&file->f_owner.lock);
	return pid;
}
