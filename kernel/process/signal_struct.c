/*
 * What the threads of a process share about signals: made at fork, counted, freed.
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time.h>
#include "process/process.h"
#include "process/signal.h"

#define INIT_NOFILE_CUR 1024
#define INIT_NOFILE_MAX 4096
#define INIT_MEMLOCK (64 * 1024)
#define INIT_MSGQUEUE 819200

static struct kmem_cache *sighand_cache, *signal_cache;

struct signal_struct init_signals = {
	.sigcnt = REFCOUNT_INIT(1),
	.live = ATOMIC_INIT(1),
	.nr_threads = 1,
	.thread_head = LIST_HEAD_INIT(init_signals.thread_head),
	.wait_chldexit = __WAIT_QUEUE_HEAD_INITIALIZER(init_signals.wait_chldexit),
	.shared_pending.list = LIST_HEAD_INIT(init_signals.shared_pending.list),
	.posix_timers = LIST_HEAD_INIT(init_signals.posix_timers),
	.pids = { [PIDTYPE_TGID] = &init_struct_pid,
		  [PIDTYPE_PGID] = &init_struct_pid,
		  [PIDTYPE_SID] = &init_struct_pid },
	.rlim = {
		[RLIMIT_CPU] = { RLIM_INFINITY, RLIM_INFINITY },
		[RLIMIT_FSIZE] = { RLIM_INFINITY, RLIM_INFINITY },
		[RLIMIT_DATA] = { RLIM_INFINITY, RLIM_INFINITY },
		[RLIMIT_STACK] = { _STK_LIM, RLIM_INFINITY },
		[RLIMIT_CORE] = { 0, RLIM_INFINITY },
		[RLIMIT_RSS] = { RLIM_INFINITY, RLIM_INFINITY },
		[RLIMIT_NOFILE] = { INIT_NOFILE_CUR, INIT_NOFILE_MAX },
		[RLIMIT_MEMLOCK] = { INIT_MEMLOCK, INIT_MEMLOCK },
		[RLIMIT_AS] = { RLIM_INFINITY, RLIM_INFINITY },
		[RLIMIT_LOCKS] = { RLIM_INFINITY, RLIM_INFINITY },
		[RLIMIT_MSGQUEUE] = { INIT_MSGQUEUE, INIT_MSGQUEUE },
		[RLIMIT_RTTIME] = { RLIM_INFINITY, RLIM_INFINITY },
	},
	.cred_guard_mutex = __MUTEX_INITIALIZER(init_signals.cred_guard_mutex),
};

struct sighand_struct init_sighand = {
	.count = REFCOUNT_INIT(1),
	.siglock = __SPIN_LOCK_UNLOCKED(init_sighand.siglock),
	.signalfd_wqh = __WAIT_QUEUE_HEAD_INITIALIZER(init_sighand.signalfd_wqh),
};

int copy_sighand(u64 clone_flags, struct task_struct *p)
{
	struct sighand_struct *sighand;

	if (clone_flags & CLONE_SIGHAND) {
		p->sighand = current->sighand;
		refcount_inc(&p->sighand->count);
		return 0;
	}
	sighand = kmem_cache_alloc(sighand_cache, GFP_KERNEL);
	if (!sighand)
		return -ENOMEM;
	refcount_set(&sighand->count, 1);
	spin_lock_init(&sighand->siglock);
	init_waitqueue_head(&sighand->signalfd_wqh);
	spin_lock_irq(&current->sighand->siglock);
	memcpy(sighand->action, current->sighand->action, sizeof(sighand->action));
	spin_unlock_irq(&current->sighand->siglock);
	p->sighand = sighand;
	return 0;
}

void __cleanup_sighand(struct sighand_struct *sighand)
{
	if (!refcount_dec_and_test(&sighand->count))
		return;
	wake_up_poll(&sighand->signalfd_wqh, 0);
	kmem_cache_free(sighand_cache, sighand);
}

/* For execve: a table of its own for the calling thread. */
int unshare_sighand(struct task_struct *me)
{
	struct sighand_struct *old = me->sighand, *new;

	if (refcount_read(&old->count) == 1)
		return 0;
	new = kmem_cache_alloc(sighand_cache, GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	refcount_set(&new->count, 1);
	spin_lock_init(&new->siglock);
	init_waitqueue_head(&new->signalfd_wqh);
	write_lock_irq(&tasklist_lock);
	spin_lock(&old->siglock);
	memcpy(new->action, old->action, sizeof(new->action));
	me->sighand = new;
	spin_unlock(&old->siglock);
	write_unlock_irq(&tasklist_lock);
	__cleanup_sighand(old);
	return 0;
}

int copy_signal(u64 clone_flags, struct task_struct *p)
{
	struct signal_struct *sig, *mine = current->signal;

	if (clone_flags & CLONE_THREAD) {
		p->signal = mine;
		refcount_inc(&mine->sigcnt);
		atomic_inc(&mine->live);
		return 0;
	}
	sig = kmem_cache_zalloc(signal_cache, GFP_KERNEL);
	if (!sig)
		return -ENOMEM;
	refcount_set(&sig->sigcnt, 1);
	atomic_set(&sig->live, 1);
	sig->nr_threads = 1;
	INIT_LIST_HEAD(&sig->thread_head);
	init_waitqueue_head(&sig->wait_chldexit);
	sig->curr_target = p;
	init_sigpending(&sig->shared_pending);
	INIT_LIST_HEAD(&sig->posix_timers);
	hrtimer_init(&sig->real_timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	sig->real_timer.function = it_real_fn;
	memcpy(sig->rlim, mine->rlim, sizeof(sig->rlim));
	sig->oom_score_adj = mine->oom_score_adj;
	sig->oom_score_adj_min = mine->oom_score_adj_min;
	mutex_init(&sig->cred_guard_mutex);
	p->signal = sig;
	return 0;
}

void put_signal_struct(struct signal_struct *sig)
{
	if (refcount_dec_and_test(&sig->sigcnt))
		kmem_cache_free(signal_cache, sig);
}

/* The boot thread's share; what other tasks copy theirs from. */
void __init signal_init(void)
{
	sigqueue_init();
	sighand_cache = kmem_cache_create("sighand", sizeof(struct sighand_struct), 0, SLAB_PANIC,
					  NULL);
	signal_cache = kmem_cache_create("signal", sizeof(struct signal_struct), 0, SLAB_PANIC,
					 NULL);
	init_task.signal = &init_signals;
	init_task.sighand = &init_sighand;
	init_task.thread_pid = &init_struct_pid;
	list_add(&init_task.thread_node, &init_signals.thread_head);
}
