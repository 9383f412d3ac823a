/*
 * System calls about signals, in their old and their real-time forms. The work is in kernel/process/signal_*.c.
 * Source: sigaction(2), sigprocmask(2), kill(2), sigtimedwait(2) and their C library/kernel differences.
 */
#include <linux/cred.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include "process/process.h"

SYSCALL_DEFINE4(rt_sigaction, int, sig, const struct sigaction __user *, act,
		struct sigaction __user *, oact, size_t, size)
{
	struct k_sigaction new, old;
	int err;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (act && copy_from_user(&new.sa, act, sizeof(new.sa)))
		return -EFAULT;
	err = do_sigaction(sig, act ? &new : NULL, oact ? &old : NULL);
	if (!err && oact && copy_to_user(oact, &old.sa, sizeof(old.sa)))
		err = -EFAULT;
	return err;
}

SYSCALL_DEFINE3(sigaction, int, sig, const struct old_sigaction __user *, act,
		struct old_sigaction __user *, oact)
{
	struct old_sigaction user;
	struct k_sigaction new, old;
	int err;

	if (act) {
		if (copy_from_user(&user, act, sizeof(user)))
			return -EFAULT;
		new.sa.sa_handler = user.sa_handler;
		new.sa.sa_flags = user.sa_flags;
		new.sa.sa_restorer = user.sa_restorer;
		siginitset(&new.sa.sa_mask, user.sa_mask);
	}
	err = do_sigaction(sig, act ? &new : NULL, oact ? &old : NULL);
	if (err || !oact)
		return err;
	user = (struct old_sigaction){ old.sa.sa_handler, old.sa.sa_mask.sig[0], old.sa.sa_flags,
				       old.sa.sa_restorer };
	return copy_to_user(oact, &user, sizeof(user)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(signal, int, sig, __sighandler_t, handler)
{
	struct k_sigaction new = { .sa = { .sa_handler = handler,
					   .sa_flags = SA_ONESHOT | SA_NOMASK } },
			   old;
	int err = do_sigaction(sig, &new, &old);

	return err ?: (long)old.sa.sa_handler;
}

SYSCALL_DEFINE4(rt_sigprocmask, int, how, sigset_t __user *, nset, sigset_t __user *, oset, size_t,
		size)
{
	sigset_t old = current->blocked, new;
	int err;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (nset) {
		if (copy_from_user(&new, nset, sizeof(new)))
			return -EFAULT;
		sigdelsetmask(&new, sigmask(SIGKILL) | sigmask(SIGSTOP));
		err = sigprocmask(how, &new, NULL);
		if (err)
			return err;
	}
	return oset && copy_to_user(oset, &old, sizeof(old)) ? -EFAULT : 0;
}

SYSCALL_DEFINE3(sigprocmask, int, how, old_sigset_t __user *, nset, old_sigset_t __user *, oset)
{
	old_sigset_t old = current->blocked.sig[0], word;
	sigset_t new;
	int err;

	if (nset) {
		if (get_user(word, nset))
			return -EFAULT;
		siginitset(&new, word & ~(sigmask(SIGKILL) | sigmask(SIGSTOP)));
		if (how == SIG_SETMASK)
			new.sig[1] = current->blocked.sig[1];
		err = sigprocmask(how, &new, NULL);
		if (err)
			return err;
	}
	return oset && put_user(old, oset) ? -EFAULT : 0;
}

SYSCALL_DEFINE0(sgetmask)
{
	return (long)current->blocked.sig[0];
}

SYSCALL_DEFINE1(ssetmask, unsigned long, mask)
{
	unsigned long old = current->blocked.sig[0];
	sigset_t new;

	siginitset(&new, mask);
	set_current_blocked(&new);
	return (long)old;
}

static void pending_set(sigset_t *set)
{
	spin_lock_irq(&current->sighand->siglock);
	sigorsets(set, &current->pending.signal, &current->signal->shared_pending.signal);
	spin_unlock_irq(&current->sighand->siglock);
	sigandsets(set, set, &current->blocked);
}

SYSCALL_DEFINE2(rt_sigpending, sigset_t __user *, uset, size_t, size)
{
	sigset_t set;

	if (size > sizeof(sigset_t))
		return -EINVAL;
	pending_set(&set);
	return copy_to_user(uset, &set, size) ? -EFAULT : 0;
}

SYSCALL_DEFINE1(sigpending, old_sigset_t __user *, uset)
{
	sigset_t set;

	pending_set(&set);
	return put_user(set.sig[0], uset);
}

/* Waits for a signal with another mask, which is put back after the handler. */
static long suspend(sigset_t *set)
{
	current->saved_sigmask = current->blocked;
	set_current_blocked(set);
	while (!signal_pending(current)) {
		__set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	set_restore_sigmask();
	return -ERESTARTNOHAND;
}

SYSCALL_DEFINE2(rt_sigsuspend, sigset_t __user *, uset, size_t, size)
{
	sigset_t set;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&set, uset, sizeof(set)))
		return -EFAULT;
	return suspend(&set);
}

SYSCALL_DEFINE3(sigsuspend, int, unused1, int, unused2, old_sigset_t, mask)
{
	sigset_t set;

	siginitset(&set, mask);
	return suspend(&set);
}

SYSCALL_DEFINE0(pause)
{
	while (!signal_pending(current)) {
		__set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	return -ERESTARTNOHAND;
}

static void info_from_user(struct kernel_siginfo *info, int sig, int code)
{
	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = code;
	info->si_pid = current->tgid;
	info->si_uid = current_uid().val;
}

/* To every process but init and oneself. */
static int kill_everybody(int sig, struct kernel_siginfo *info)
{
	struct task_struct *p;
	int result = 0, count = 0;

	for_each_process(p) {
		int err;

		if (p->pid <= 1 || (p->flags & PF_KTHREAD) || same_thread_group(p, current))
			continue;
		err = group_send_sig_info(sig, info, p, PIDTYPE_MAX);
		count++;
		if (err != -EPERM)
			result = err;
	}
	return count ? result : -ESRCH;
}

SYSCALL_DEFINE2(kill, pid_t, pid, int, sig)
{
	struct kernel_siginfo info;
	int err;

	info_from_user(&info, sig, SI_USER);
	if (pid > 0) {
		struct pid *target = find_get_pid(pid);

		err = kill_pid_info(sig, &info, target);
		put_pid(target);
		return err;
	}
	if (pid == INT_MIN)
		return -ESRCH;
	read_lock(&tasklist_lock);
	if (pid == -1)
		err = kill_everybody(sig, &info);
	else
		err = __kill_pgrp_info(sig, &info, pid ? find_vpid(-pid) : task_pgrp(current));
	read_unlock(&tasklist_lock);
	return err;
}

/* tgid <= 0: any process. */
static int send_to_thread(pid_t tgid, pid_t pid, int sig, struct kernel_siginfo *info)
{
	struct task_struct *p;
	int err = -ESRCH;

	rcu_read_lock();
	p = find_task_by_vpid(pid);
	if (p && (tgid <= 0 || p->tgid == tgid)) {
		err = group_send_sig_info(sig, info, p, PIDTYPE_PID);
		if (err == -ESRCH)
			err = 0; /* it is ending */
	}
	rcu_read_unlock();
	return err;
}

SYSCALL_DEFINE3(tgkill, pid_t, tgid, pid_t, pid, int, sig)
{
	struct kernel_siginfo info;

	if (pid <= 0 || tgid <= 0)
		return -EINVAL;
	info_from_user(&info, sig, SI_TKILL);
	return send_to_thread(tgid, pid, sig, &info);
}

SYSCALL_DEFINE2(tkill, pid_t, pid, int, sig)
{
	struct kernel_siginfo info;

	if (pid <= 0)
		return -EINVAL;
	info_from_user(&info, sig, SI_TKILL);
	return send_to_thread(0, pid, sig, &info);
}

/* Others must not be told that the kernel or kill() sent it. */
static int queue_info(struct kernel_siginfo *info, const siginfo_t __user *uinfo, pid_t target,
		      int sig)
{
	int err = copy_siginfo_from_user(info, uinfo);

	if (err)
		return err;
	info->si_signo = sig;
	return (info->si_code >= 0 || info->si_code == SI_TKILL) && current->tgid != target ? -EPERM
											    : 0;
}

SYSCALL_DEFINE3(rt_sigqueueinfo, pid_t, pid, int, sig, siginfo_t __user *, uinfo)
{
	struct kernel_siginfo info;
	int err = queue_info(&info, uinfo, pid, sig);

	if (!err) {
		struct pid *target = find_get_pid(pid);

		err = kill_pid_info(sig, &info, target);
		put_pid(target);
	}
	return err;
}

SYSCALL_DEFINE4(rt_tgsigqueueinfo, pid_t, tgid, pid_t, pid, int, sig, siginfo_t __user *, uinfo)
{
	struct kernel_siginfo info;
	int err;

	if (pid <= 0 || tgid <= 0)
		return -EINVAL;
	err = queue_info(&info, uinfo, tgid, sig);
	return err ?: send_to_thread(tgid, pid, sig, &info);
}

/* Takes a signal of the set, waiting at most until end (NULL: no limit): its number, -EAGAIN, -EINTR. */
static int wait_for_signal(const sigset_t *which, kernel_siginfo_t *info, ktime_t *timeout)
{
	sigset_t mask = *which;
	int sig;

	sigdelsetmask(&mask, sigmask(SIGKILL) | sigmask(SIGSTOP));
	mask.sig[0] = ~mask.sig[0]; /* the complement: what is not waited for */
	mask.sig[1] = ~mask.sig[1];
	spin_lock_irq(&current->sighand->siglock);
	sig = dequeue_signal(current, &mask, info);
	if (!sig && (!timeout || *timeout)) {
		current->real_blocked = current->blocked;
		sigandsets(&current->blocked, &current->blocked, &mask);
		recalc_sigpending();
		spin_unlock_irq(&current->sighand->siglock);
		__set_current_state(TASK_INTERRUPTIBLE);
		timeout ? (void)schedule_hrtimeout(timeout, HRTIMER_MODE_REL) : schedule();
		__set_current_state(TASK_RUNNING);
		spin_lock_irq(&current->sighand->siglock);
		current->blocked = current->real_blocked;
		sigemptyset(&current->real_blocked);
		recalc_sigpending();
		sig = dequeue_signal(current, &mask, info);
		if (!sig && signal_pending(current))
			sig = -EINTR;
	}
	spin_unlock_irq(&current->sighand->siglock);
	return sig ?: -EAGAIN;
}

static long timed_wait(const sigset_t __user *uthese, siginfo_t __user *uinfo,
		       const struct timespec64 *ts, size_t size)
{
	kernel_siginfo_t info;
	sigset_t these;
	ktime_t timeout = 0;
	int sig;

	if (size != sizeof(sigset_t) || (ts && !timespec64_valid(ts)))
		return -EINVAL;
	if (copy_from_user(&these, uthese, sizeof(these)))
		return -EFAULT;
	if (ts)
		timeout = timespec64_to_ktime(*ts);
	sig = wait_for_signal(&these, &info, ts ? &timeout : NULL);
	if (sig > 0 && uinfo && copy_siginfo_to_user(uinfo, &info))
		return -EFAULT;
	return sig;
}

SYSCALL_DEFINE4(rt_sigtimedwait, const sigset_t __user *, these, siginfo_t __user *, info,
		const struct __kernel_timespec __user *, timeout, size_t, size)
{
	struct timespec64 ts;

	if (timeout && get_timespec64(&ts, timeout))
		return -EFAULT;
	return timed_wait(these, info, timeout ? &ts : NULL, size);
}

SYSCALL_DEFINE4(rt_sigtimedwait_time32, const sigset_t __user *, these, siginfo_t __user *, info,
		const void __user *, timeout, size_t, size)
{
	struct timespec64 ts;

	if (timeout && get_old_timespec32(&ts, timeout))
		return -EFAULT;
	return timed_wait(these, info, timeout ? &ts : NULL, size);
}
