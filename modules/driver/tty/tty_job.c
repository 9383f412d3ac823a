/*
 * Terminals: sessions and job control (POSIX.1-2017 chapter 11.1, credentials(7)).
 *
 * A session has at most one controlling terminal, a terminal at most one session. tty->session and tty->pgrp are under
 * ctrl_lock; a process's signal->tty is under its siglock. The terminal of a session whose leader ends is free again and
 * its foreground group gets SIGHUP and SIGCONT.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/uaccess.h>
#include <uapi/asm/ioctls.h>
#include "tty_private.h"

static struct pid *group_get(struct tty_struct *tty)
{
	struct pid *pgrp;
	unsigned long flags;

	spin_lock_irqsave(&tty->ctrl_lock, flags);
	pgrp = get_pid(tty->pgrp);
	spin_unlock_irqrestore(&tty->ctrl_lock, flags);
	return pgrp;
}

void tty_signal_group(struct tty_struct *tty, int sig)
{
	struct pid *pgrp = group_get(tty);

	if (pgrp)
		kill_pgrp(pgrp, sig, 1);
	put_pid(pgrp);
}

struct tty_struct *tty_of_current(void)
{
	return current->signal->tty;
}

struct tty_struct *get_current_tty(void)
{
	struct tty_struct *tty;
	unsigned long flags;

	spin_lock_irqsave(&current->sighand->siglock, flags);
	tty = current->signal->tty;
	if (tty)
		tty_kref_get(tty);
	spin_unlock_irqrestore(&current->sighand->siglock, flags);
	return tty;
}
EXPORT_SYMBOL_GPL(get_current_tty);

static void set_group(struct tty_struct *tty, struct pid *session, struct pid *pgrp)
{
	struct pid *old_session, *old_pgrp;
	unsigned long flags;

	spin_lock_irqsave(&tty->ctrl_lock, flags);
	old_session = tty->session;
	old_pgrp = tty->pgrp;
	tty->session = get_pid(session);
	tty->pgrp = get_pid(pgrp);
	spin_unlock_irqrestore(&tty->ctrl_lock, flags);
	put_pid(old_session);
	put_pid(old_pgrp);
}

void session_forget_tty(struct tty_struct *tty)
{
	struct task_struct *p;

	if (!tty->session)
		return;
	read_lock(&tasklist_lock);
	for_each_process(p) {
		if (p->signal && p->signal->tty == tty)
			p->signal->tty = NULL;
	}
	read_unlock(&tasklist_lock);
}
EXPORT_SYMBOL(session_forget_tty);

void tty_session_clear(struct tty_struct *tty)
{
	session_forget_tty(tty);
	set_group(tty, NULL, NULL);
}

static void take_terminal(struct tty_struct *tty)
{
	set_group(tty, task_session(current), task_pgrp(current));
	spin_lock_irq(&current->sighand->siglock);
	current->signal->tty = tty;
	put_pid(current->signal->tty_old_pgrp);
	current->signal->tty_old_pgrp = NULL;
	spin_unlock_irq(&current->sighand->siglock);
}

void tty_open_session(struct tty_struct *tty, struct file *file)
{
	mutex_lock(&tty_mutex);
	if (current->signal->leader && !current->signal->tty && !tty->session)
		take_terminal(tty);
	mutex_unlock(&tty_mutex);
}

static int set_controlling(struct tty_struct *tty, unsigned long steal)
{
	int err = 0;

	mutex_lock(&tty_mutex);
	if (current->signal->leader && task_session(current) == tty->session)
		goto out;
	err = -EPERM;
	if (!current->signal->leader || current->signal->tty)
		goto out;
	if (tty->session) {
		if (steal != 1 || !capable(CAP_SYS_ADMIN))
			goto out;
		session_forget_tty(tty);
	}
	take_terminal(tty);
	err = 0;
out:
	mutex_unlock(&tty_mutex);
	return err;
}

/* Is sig ignored or blocked by the current task? */
static bool is_ignored(int sig)
{
	return sigismember(&current->blocked, sig) ||
	       current->sighand->action[sig - 1].sa.sa_handler == SIG_IGN;
}

/* 0 for a task in the foreground or whose terminal this is not; else sends sig to its group. */
static int check_foreground(struct tty_struct *tty, int sig, int if_ignored)
{
	struct pid *group = task_pgrp(current), *foreground;
	int err = 0;

	if (current->signal->tty != tty)
		return 0;
	foreground = group_get(tty);
	if (foreground && foreground != group) {
		if (is_ignored(sig)) {
			err = if_ignored;
		} else if (is_current_pgrp_orphaned()) {
			err = -EIO;
		} else {
			kill_pgrp(group, sig, 1);
			set_thread_flag(TIF_SIGPENDING);
			err = -ERESTARTSYS;
		}
	}
	put_pid(foreground);
	return err;
}

int tty_check_change(struct tty_struct *tty)
{
	return check_foreground(tty, SIGTTOU, 0);
}
EXPORT_SYMBOL(tty_check_change);

int tty_check_read(struct tty_struct *tty)
{
	return check_foreground(tty, SIGTTIN, -EIO);
}

static int get_foreground(struct tty_struct *tty, pid_t __user *to)
{
	struct pid *pgrp;
	int err;

	if (current->signal->tty != tty)
		return -ENOTTY;
	pgrp = group_get(tty);
	err = put_user(pid_vnr(pgrp), to);
	put_pid(pgrp);
	return err;
}

/* The session of a process group's members, not referenced; tasklist_lock or rcu held. */
static struct pid *session_of_group(struct pid *pgrp)
{
	struct task_struct *p = pid_task(pgrp, PIDTYPE_PGID);

	return p ? task_session(p) : NULL;
}

static int set_foreground(struct tty_struct *tty, const pid_t __user *from)
{
	int err = tty_check_change(tty);
	struct pid *pgrp;
	pid_t number;

	if (err)
		return err == -EIO ? -ENOTTY : err;
	if (current->signal->tty != tty || tty->session != task_session(current))
		return -ENOTTY;
	if (get_user(number, from))
		return -EFAULT;
	if (number < 0)
		return -EINVAL;
	rcu_read_lock();
	pgrp = get_pid(find_vpid(number));
	if (!pgrp)
		err = -ESRCH;
	else if (session_of_group(pgrp) != task_session(current))
		err = -EPERM;
	rcu_read_unlock();
	if (!err)
		set_group(tty, tty->session, pgrp);
	put_pid(pgrp);
	return err;
}

/* The current task, a session leader, lets go of its terminal. */
static void disassociate(bool on_exit)
{
	struct tty_struct *tty;

	mutex_lock(&tty_mutex);
	tty = tty_kref_get(current->signal->tty);
	if (tty) {
		tty_signal_group(tty, SIGHUP);
		tty_signal_group(tty, SIGCONT);
		tty_session_clear(tty);
	}
	mutex_unlock(&tty_mutex);
	tty_kref_put(tty);
}

static int give_up(struct tty_struct *tty)
{
	if (current->signal->tty != tty)
		return -ENOTTY;
	if (current->signal->leader)
		disassociate(false);
	else
		current->signal->tty = NULL;
	return 0;
}

int tty_job_ioctl(struct tty_struct *tty, struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case TIOCGPGRP:
		return get_foreground(tty, (pid_t __user *)arg);
	case TIOCSPGRP:
		return set_foreground(tty, (const pid_t __user *)arg);
	case TIOCGSID:
		if (current->signal->tty != tty || !tty->session)
			return -ENOTTY;
		return put_user(pid_vnr(tty->session), (pid_t __user *)arg);
	case TIOCSCTTY:
		return set_controlling(tty, arg);
	case TIOCNOTTY:
		return give_up(tty);
	}
	return -ENOIOCTLCMD;
}

static const struct tty_session_ops session_ops = {
	.owner = THIS_MODULE,
	.disassociate = disassociate,
};

int tty_job_init(void)
{
	return tty_session_register(&session_ops);
}

void tty_job_exit(void)
{
	tty_session_unregister(&session_ops);
}
