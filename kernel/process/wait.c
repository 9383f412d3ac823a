/*
 * wait4, waitid, waitpid.
 *
 * wait_children() looks at each child that the caller's options select and takes the first event found: end, stop, or going
 * on. If there is none it sleeps on signal->wait_chldexit, which every event of a child wakes, and looks again. A zombie that
 * is taken is first marked EXIT_DEAD under tasklist_lock, so that exactly one waiter gets it.
 */
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/wait.h>
#include "process/process.h"

/* What is waited for, and what was found. */
struct wait_request {
	enum pid_type type; /* PIDTYPE_MAX: any child */
	struct pid *pid;
	int options; /* W*, __W* */
	/* found */
	pid_t child;
	uid_t uid;
	int code;	      /* CLD_* */
	int status;	      /* as siginfo: exit status or signal */
	int wstatus;	      /* as wait4() */
	struct rusage *usage; /* NULL: not wanted */
};

/* Outcome of looking at one child. */
enum { NOT_YET = 0, TAKEN = 1, NOT_MINE = 2 };

static bool is_selected(const struct wait_request *wait, struct task_struct *p)
{
	if (wait->type == PIDTYPE_PID
		    ? task_pid(p) != wait->pid
		    : wait->type != PIDTYPE_MAX && p->signal->pids[wait->type] != wait->pid)
		return false;
	if (wait->options & __WALL)
		return true;
	return (p->exit_signal != SIGCHLD) == !!(wait->options & __WCLONE);
}

static void found(struct wait_request *wait, struct task_struct *p, int code, int status)
{
	wait->child = p->pid;
	wait->uid = task_uid(p).val;
	wait->code = code;
	wait->status = status;
}

/* The child's and its children's consumption becomes the waiter's. */
static void account_child(struct task_struct *p)
{
	struct signal_struct *mine = current->signal, *sig = p->signal;

	mine->cutime += p->utime + sig->utime + sig->cutime;
	mine->cstime += p->stime + sig->stime + sig->cstime;
	mine->cmin_flt += p->min_flt + sig->min_flt + sig->cmin_flt;
	mine->cmaj_flt += p->maj_flt + sig->maj_flt + sig->cmaj_flt;
	mine->cnvcsw += p->nvcsw + sig->nvcsw + sig->cnvcsw;
	mine->cnivcsw += p->nivcsw + sig->nivcsw + sig->cnivcsw;
	mine->cmaxrss = max(mine->cmaxrss, sig->maxrss);
	mine->cmaxrss = max(mine->cmaxrss, sig->cmaxrss);
}

/* p is a zombie; tasklist_lock held for reading, dropped when it is taken. */
static int take_zombie(struct wait_request *wait, struct task_struct *p)
{
	bool keep = wait->options & WNOWAIT;
	int status;

	if (!(wait->options & WEXITED))
		return NOT_YET;
	if (!keep)
		p->exit_state = EXIT_DEAD;
	get_task_struct(p);
	read_unlock(&tasklist_lock);
	status = p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code : p->exit_code;
	wait->wstatus = status;
	if (status & 0x7f)
		found(wait, p, status & 0x80 ? CLD_DUMPED : CLD_KILLED, status & 0x7f);
	else
		found(wait, p, CLD_EXITED, status >> 8);
	if (wait->usage)
		getrusage(p, RUSAGE_BOTH, wait->usage);
	if (!keep) {
		spin_lock_irq(&current->sighand->siglock);
		account_child(p);
		spin_unlock_irq(&current->sighand->siglock);
		release_task(p);
	}
	put_task_struct(p);
	return TAKEN;
}

static int take_event(struct wait_request *wait, struct task_struct *p, int code, int signal,
		      int wstatus)
{
	get_task_struct(p);
	read_unlock(&tasklist_lock);
	found(wait, p, code, signal);
	wait->wstatus = wstatus;
	if (wait->usage)
		getrusage(p, RUSAGE_BOTH, wait->usage);
	put_task_struct(p);
	return TAKEN;
}

static int take_stopped(struct wait_request *wait, struct task_struct *p)
{
	int signal = 0;

	if (!(wait->options & WUNTRACED))
		return NOT_YET;
	spin_lock_irq(&p->sighand->siglock);
	if (p->signal->flags & SIGNAL_STOP_STOPPED) {
		signal = p->signal->group_exit_code;
		if (!(wait->options & WNOWAIT))
			p->signal->group_exit_code = 0;
	}
	spin_unlock_irq(&p->sighand->siglock);
	return signal ? take_event(wait, p, CLD_STOPPED, signal, (signal << 8) | 0x7f) : NOT_YET;
}

static int take_continued(struct wait_request *wait, struct task_struct *p)
{
	bool continued;

	if (!(wait->options & WCONTINUED) || !(p->signal->flags & SIGNAL_STOP_CONTINUED))
		return NOT_YET;
	spin_lock_irq(&p->sighand->siglock);
	continued = p->signal->flags & SIGNAL_STOP_CONTINUED;
	if (continued && !(wait->options & WNOWAIT))
		p->signal->flags &= ~SIGNAL_STOP_CONTINUED;
	spin_unlock_irq(&p->sighand->siglock);
	return continued ? take_event(wait, p, CLD_CONTINUED, SIGCONT, 0xffff) : NOT_YET;
}

/* One child; tasklist_lock is held, and was dropped if the answer is TAKEN. */
static int consider(struct wait_request *wait, struct task_struct *p)
{
	int result;

	if (p->exit_state == EXIT_DEAD || !is_selected(wait, p))
		return NOT_MINE;
	if (p->exit_state == EXIT_ZOMBIE)
		return delay_group_leader(p) ? NOT_YET : take_zombie(wait, p);
	result = take_stopped(wait, p);
	return result == NOT_YET ? take_continued(wait, p) : result;
}

/* All children of the calling process: TAKEN (lock dropped), NOT_YET, or NOT_MINE if there is none to wait for. */
static int look_at_children(struct wait_request *wait)
{
	int result = NOT_MINE;
	struct task_struct *thread, *p;

	for_each_thread(current, thread)
	{
		list_for_each_entry(p, &thread->children, sibling) {
			int one = consider(wait, p);

			if (one == TAKEN)
				return TAKEN;
			if (one == NOT_YET)
				result = NOT_YET;
		}
		if (wait->options & __WNOTHREAD)
			break;
	}
	return result;
}

/* 0 or 1: found (wait->child) or not with WNOHANG; -ECHILD, -ERESTARTSYS. */
static int wait_children(struct wait_request *wait)
{
	DEFINE_WAIT(entry);
	int result;

	for (;;) {
		prepare_to_wait(&current->signal->wait_chldexit, &entry, TASK_INTERRUPTIBLE);
		read_lock(&tasklist_lock);
		result = look_at_children(wait);
		if (result == TAKEN)
			break;
		read_unlock(&tasklist_lock);
		if (result == NOT_MINE) {
			result = -ECHILD;
			break;
		}
		result = 0;
		if (wait->options & WNOHANG)
			break;
		if (signal_pending(current)) {
			result = -ERESTARTSYS;
			break;
		}
		schedule();
	}
	finish_wait(&current->signal->wait_chldexit, &entry);
	return result;
}

/* What wait4()'s pid means; the caller puts wait->pid. */
static void select_by_pid(struct wait_request *wait, pid_t pid)
{
	wait->pid = NULL;
	wait->type = PIDTYPE_PID;
	if (pid == -1)
		wait->type = PIDTYPE_MAX;
	else if (pid < 0)
		wait->type = PIDTYPE_PGID, wait->pid = find_get_pid(-pid);
	else if (!pid)
		wait->type = PIDTYPE_PGID, wait->pid = get_task_pid(current, PIDTYPE_PGID);
	else
		wait->pid = find_get_pid(pid);
}

static long wait_by_pid(pid_t pid, int options, struct wait_request *wait)
{
	int result;

	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | (int)__WCLONE | __WALL))
		return -EINVAL;
	if (pid == INT_MIN)
		return -ESRCH;
	wait->options = options | WEXITED;
	select_by_pid(wait, pid);
	result = wait_children(wait);
	put_pid(wait->pid);
	return result > 0 ? wait->child : result;
}

long kernel_wait4(pid_t pid, int __user *status, int options, struct rusage *ru)
{
	struct wait_request wait = { .usage = ru };
	long result = wait_by_pid(pid, options, &wait);

	if (result > 0 && status && put_user(wait.wstatus, status))
		return -EFAULT;
	return result;
}

int kernel_wait(pid_t pid, int *status)
{
	struct wait_request wait = { 0 };
	long result = wait_by_pid(pid, __WALL, &wait);

	if (result > 0 && status)
		*status = wait.wstatus;
	return (int)result;
}

SYSCALL_DEFINE4(wait4, pid_t, pid, int __user *, status, int, options, struct rusage __user *,
		usage)
{
	struct rusage ru;
	long result = kernel_wait4(pid, status, options, usage ? &ru : NULL);

	if (result > 0 && usage && copy_to_user(usage, &ru, sizeof(ru)))
		return -EFAULT;
	return result;
}

SYSCALL_DEFINE3(waitpid, pid_t, pid, int __user *, status, int, options)
{
	return kernel_wait4(pid, status, options, NULL);
}

static int select_by_id(struct wait_request *wait, int which, pid_t id)
{
	wait->pid = NULL;
	switch (which) {
	case P_ALL:
		wait->type = PIDTYPE_MAX;
		return 0;
	case P_PID:
		wait->type = PIDTYPE_PID;
		break;
	case P_PGID:
		wait->type = PIDTYPE_PGID;
		if (!id) {
			wait->pid = get_task_pid(current, PIDTYPE_PGID);
			return 0;
		}
		break;
	default:
		return -EINVAL;
	}
	if (id <= 0)
		return -EINVAL;
	wait->pid = find_get_pid(id);
	return 0;
}

static int put_waitid_info(const struct wait_request *wait, siginfo_t __user *to)
{
	kernel_siginfo_t info;

	clear_siginfo(&info);
	if (wait->child) {
		info.si_signo = SIGCHLD;
		info.si_code = wait->code;
		info.si_pid = wait->child;
		info.si_uid = wait->uid;
		info.si_status = wait->status;
	}
	return copy_siginfo_to_user(to, &info);
}

SYSCALL_DEFINE5(waitid, int, which, pid_t, id, siginfo_t __user *, info, int, options,
		struct rusage __user *, usage)
{
	struct rusage ru;
	struct wait_request wait = { .options = options, .usage = usage ? &ru : NULL };
	int err;

	if (options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | __WNOTHREAD |
			(int)__WCLONE | __WALL) ||
	    !(options & (WEXITED | WSTOPPED | WCONTINUED)))
		return -EINVAL;
	err = select_by_id(&wait, which, id);
	if (err)
		return err;
	err = wait_children(&wait);
	put_pid(wait.pid);
	if (err > 0 && usage && copy_to_user(usage, &ru, sizeof(ru)))
		return -EFAULT;
	if (err >= 0 && info && put_waitid_info(&wait, info))
		return -EFAULT;
	return err > 0 ? 0 : err;
}
