/*
 * prctl and personality: what a process may change about itself. Options that need what this kernel does not have give -EINVAL,
 * as Linux does for options that it was built without.
 */
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/personality.h>
#include <linux/prctl.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define DEFAULT_TIMER_SLACK_NS 50000

static long set_name(const char __user *name)
{
	char comm[TASK_COMM_LEN] = "";

	if (strncpy_from_user(comm, name, TASK_COMM_LEN - 1) < 0)
		return -EFAULT;
	set_task_comm(current, comm);
	return 0;
}

static long get_name(char __user *name)
{
	char comm[TASK_COMM_LEN] = "";

	get_task_comm(comm, current);
	return copy_to_user(name, comm, sizeof(comm)) ? -EFAULT : 0;
}

static long set_keep_caps(unsigned long on)
{
	struct cred *new;

	if (on > 1)
		return -EINVAL;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	new->securebits = on ? new->securebits | SECBIT_KEEP_CAPS
			     : new->securebits & ~SECBIT_KEEP_CAPS;
	return commit_creds(new);
}

static long drop_bounding(unsigned long cap)
{
	struct cred *new;

	if (!capable(CAP_SETPCAP))
		return -EPERM;
	if (!cap_valid((int)cap))
		return -EINVAL;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	cap_lower(new->cap_bset, cap);
	return commit_creds(new);
}

static long credentials_option(int option, unsigned long arg)
{
	switch (option) {
	case PR_GET_KEEPCAPS:
		return !!(current_cred()->securebits & SECBIT_KEEP_CAPS);
	case PR_SET_KEEPCAPS:
		return set_keep_caps(arg);
	case PR_GET_SECUREBITS:
		return current_cred()->securebits;
	case PR_CAPBSET_READ:
		return cap_valid((int)arg) ? cap_raised(current_cred()->cap_bset, arg) : -EINVAL;
	case PR_CAPBSET_DROP:
		return drop_bounding(arg);
	case PR_SET_NO_NEW_PRIVS:
		if (arg != 1)
			return -EINVAL;
		current->no_new_privs = true;
		return 0;
	case PR_GET_NO_NEW_PRIVS:
		return current->no_new_privs;
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE5(prctl, int, option, unsigned long, arg2, unsigned long, arg3, unsigned long, arg4,
		unsigned long, arg5)
{
	switch (option) {
	case PR_SET_PDEATHSIG:
		if (!valid_signal(arg2))
			return -EINVAL;
		current->pdeath_signal = (int)arg2;
		return 0;
	case PR_GET_PDEATHSIG:
		return put_user(current->pdeath_signal, (int __user *)arg2);
	case PR_GET_DUMPABLE:
		return 1;
	case PR_SET_DUMPABLE:
		return arg2 > 1 ? -EINVAL : 0;
	case PR_GET_TIMING:
		return 0;
	case PR_SET_TIMING:
		return arg2 ? -EINVAL : 0;
	case PR_SET_NAME:
		return set_name((const char __user *)arg2);
	case PR_GET_NAME:
		return get_name((char __user *)arg2);
	case PR_GET_SECCOMP:
		return 0;
	case PR_GET_TIMERSLACK:
		return (long)current->timer_slack_ns;
	case PR_SET_TIMERSLACK:
		current->timer_slack_ns = arg2 ?: DEFAULT_TIMER_SLACK_NS;
		return 0;
	case PR_SET_CHILD_SUBREAPER:
		current->signal->is_child_subreaper = !!arg2;
		return 0;
	case PR_GET_CHILD_SUBREAPER:
		return put_user(current->signal->is_child_subreaper, (int __user *)arg2);
	case PR_GET_TID_ADDRESS:
		return put_user(current->clear_child_tid, (int __user *__user *)arg2);
	default:
		return credentials_option(option, arg2);
	}
}

SYSCALL_DEFINE1(personality, unsigned int, persona)
{
	unsigned int old = current->personality;

	if (persona != 0xffffffff)
		current->personality = persona;
	return (long)old;
}
