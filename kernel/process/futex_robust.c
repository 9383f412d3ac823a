/*
 * Robust futexes: a thread tells where the list of the locks it holds is; if it ends with some held, they are marked and one
 * waiter of each is woken. The list is the program's and may be anything: at most ROBUST_LIST_LIMIT steps are taken.
 * Source: set_robust_list(2).
 */
#include <linux/futex.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* The lock word belongs to the thread that ends? Mark it, wake a waiter. pending: it was just being taken or released. */
static int handle_death(u32 __user *uaddr, struct task_struct *tsk, bool pending)
{
	u32 value;

	if ((unsigned long)uaddr % sizeof(u32) || get_user(value, uaddr))
		return -1;
	if (pending && !value)
		return futex_wake_user(uaddr, 1) < 0 ? -1 : 0;
	if ((value & FUTEX_TID_MASK) != (u32)tsk->pid)
		return 0;
	if (put_user((value & FUTEX_WAITERS) | FUTEX_OWNER_DIED, uaddr))
		return -1;
	if (value & FUTEX_WAITERS)
		futex_wake_user(uaddr, 1);
	return 0;
}

/* Bit 0 of the pointers means a priority-inheriting lock; it is no part of the address. */
static int fetch(struct robust_list __user **entry, struct robust_list __user *const __user *from)
{
	unsigned long value;

	if (get_user(value, (const unsigned long __user *)from))
		return -EFAULT;
	*entry = (struct robust_list __user *)(value & ~1ul);
	return 0;
}

static u32 __user *word_of(struct robust_list __user *entry, long offset)
{
	return (u32 __user *)((unsigned long)entry + (unsigned long)offset);
}

void exit_robust_list(struct task_struct *tsk)
{
	struct robust_list_head __user *head = tsk->robust_list;
	struct robust_list __user *entry, *pending;
	unsigned int limit = ROBUST_LIST_LIMIT;
	long offset;

	if (fetch(&entry, &head->list.next) || get_user(offset, &head->futex_offset) ||
	    fetch(&pending, &head->list_op_pending))
		return;
	while (entry != &head->list && limit--) {
		struct robust_list __user *next;
		int err = fetch(&next, &entry->next);

		if (entry != pending && handle_death(word_of(entry, offset), tsk, false))
			return;
		if (err)
			return;
		entry = next;
		cond_resched();
	}
	if (pending)
		handle_death(word_of(pending, offset), tsk, true);
}

SYSCALL_DEFINE2(set_robust_list, struct robust_list_head __user *, head, size_t, length)
{
	if (length != sizeof(*head))
		return -EINVAL;
	current->robust_list = head;
	return 0;
}

SYSCALL_DEFINE3(get_robust_list, int, pid, struct robust_list_head __user *__user *, head,
		size_t __user *, length)
{
	struct task_struct *p;
	struct robust_list_head __user *list = NULL;
	int err = -ESRCH;

	rcu_read_lock();
	p = pid ? find_task_by_vpid(pid) : current;
	if (p) {
		list = p->robust_list;
		err = same_thread_group(p, current) || capable(CAP_SYS_PTRACE) ? 0 : -EPERM;
	}
	rcu_read_unlock();
	if (err)
		return err;
	if (put_user(sizeof(struct robust_list_head), length))
		return -EFAULT;
	return put_user(list, head);
}
