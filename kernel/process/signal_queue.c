/*
 * Queues of pending signals.
 *
 * A set says which signals wait; for each queued occurrence there may be a struct sigqueue with its details. Signals below
 * SIGRTMIN wait at most once; real-time ones as often as they are sent, up to the user's RLIMIT_SIGPENDING. When there is no
 * memory for details an ordinary signal is delivered without. All under sighand->siglock.
 */
#include <linux/cred.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include "process/process.h"
#include "process/signal.h"

static struct kmem_cache *sigqueue_cache;

void __init sigqueue_init(void)
{
	sigqueue_cache = kmem_cache_create("sigqueue", sizeof(struct sigqueue), 0, SLAB_PANIC,
					   NULL);
}

struct sigqueue *sigqueue_make(struct task_struct *t, bool unlimited)
{
	struct user_struct *user = __task_cred(t)->user;
	struct sigqueue *q = NULL;

	if (unlimited ||
	    (unsigned long)atomic_read(&user->sigpending) < task_rlimit(t, RLIMIT_SIGPENDING))
		q = kmem_cache_alloc(sigqueue_cache, GFP_ATOMIC);
	if (!q)
		return NULL;
	atomic_inc(&user->sigpending);
	INIT_LIST_HEAD(&q->list);
	q->flags = 0;
	q->user = get_uid(user);
	return q;
}

static void sigqueue_drop(struct sigqueue *q)
{
	if (q->flags & SIGQUEUE_PREALLOC)
		return;
	atomic_dec(&q->user->sigpending);
	free_uid(q->user);
	kmem_cache_free(sigqueue_cache, q);
}

struct sigqueue *sigqueue_alloc(void)
{
	struct sigqueue *q;

	spin_lock_irq(&current->sighand->siglock);
	q = sigqueue_make(current, false);
	spin_unlock_irq(&current->sighand->siglock);
	if (q)
		q->flags |= SIGQUEUE_PREALLOC;
	return q;
}

void sigqueue_free(struct sigqueue *q)
{
	struct sighand_struct *sighand = current->sighand;
	unsigned long flags;

	spin_lock_irqsave(&sighand->siglock, flags);
	q->flags &= ~SIGQUEUE_PREALLOC;
	if (list_empty(&q->list))
		sigqueue_drop(q);
	spin_unlock_irqrestore(&sighand->siglock, flags);
}

void flush_sigqueue(struct sigpending *queue)
{
	struct sigqueue *q, *next;

	sigemptyset(&queue->signal);
	list_for_each_entry_safe(q, next, &queue->list, list) {
		list_del_init(&q->list);
		sigqueue_drop(q);
	}
}

/* Removes all signals of a set from a queue. */
void flush_sigqueue_mask(const sigset_t *mask, struct sigpending *pending)
{
	struct sigqueue *q, *next;
	sigset_t both;

	sigandsets(&both, mask, &pending->signal);
	if (sigisemptyset(&both))
		return;
	sigandnsets(&pending->signal, &pending->signal, mask);
	list_for_each_entry_safe(q, next, &pending->list, list) {
		if (!sigismember(mask, q->info.si_signo))
			continue;
		list_del_init(&q->list);
		sigqueue_drop(q);
	}
}

/* Signals that interval timers have sent mean nothing to a new program. */
void flush_itimer_signals(void)
{
	sigset_t timers;

	siginitset(&timers, sigmask(SIGALRM) | sigmask(SIGVTALRM) | sigmask(SIGPROF));
	spin_lock_irq(&current->sighand->siglock);
	flush_sigqueue_mask(&timers, &current->pending);
	flush_sigqueue_mask(&timers, &current->signal->shared_pending);
	spin_unlock_irq(&current->sighand->siglock);
}

int next_signal(const struct sigpending *pending, const sigset_t *mask)
{
	unsigned long ready = pending->signal.sig[0] & ~mask->sig[0];

	if (ready) {
		if (ready & SYNCHRONOUS_MASK)
			ready &= SYNCHRONOUS_MASK;
		return (int)__ffs(ready) + 1;
	}
	ready = pending->signal.sig[1] & ~mask->sig[1];
	return ready ? (int)__ffs(ready) + 1 + _NSIG_BPW : 0;
}

/* Takes one occurrence of sig out; details are made up if there are none. rearm: its timer wants to know. */
static void collect(int sig, struct sigpending *pending, kernel_siginfo_t *info, bool *rearm)
{
	struct sigqueue *q, *first = NULL;
	bool more = false;

	list_for_each_entry(q, &pending->list, list) {
		if (q->info.si_signo != sig)
			continue;
		if (first) {
			more = true;
			break;
		}
		first = q;
	}
	if (!more)
		sigdelset(&pending->signal, sig);
	if (!first) {
		clear_siginfo(info);
		info->si_signo = sig;
		info->si_code = SI_USER;
		return;
	}
	list_del_init(&first->list);
	*info = first->info;
	*rearm = (first->flags & SIGQUEUE_PREALLOC) && info->si_code == SI_TIMER &&
		 info->si_sys_private;
	sigqueue_drop(first);
}

static int take_from(struct sigpending *pending, sigset_t *mask, kernel_siginfo_t *info,
		     bool *rearm)
{
	int sig = next_signal(pending, mask);

	if (sig)
		collect(sig, pending, info, rearm);
	return sig;
}

/* ITIMER_REAL counts on from the moment its signal is taken: a slow reader is not flooded. */
static void itimer_continue(struct signal_struct *signal)
{
	if (hrtimer_is_queued(&signal->real_timer) || !signal->it_real_incr)
		return;
	hrtimer_forward_now(&signal->real_timer, signal->it_real_incr);
	hrtimer_restart(&signal->real_timer);
}

int dequeue_signal(struct task_struct *task, sigset_t *mask, kernel_siginfo_t *info)
{
	bool rearm = false;
	int sig = take_from(&task->pending, mask, info, &rearm);

	if (!sig) {
		sig = take_from(&task->signal->shared_pending, mask, info, &rearm);
		if (unlikely(sig == SIGALRM))
			itimer_continue(task->signal);
	}
	recalc_sigpending();
	if (!sig)
		return 0;
	if (unlikely(sig_kernel_stop(sig)))
		current->jobctl |= JOBCTL_STOP_DEQUEUED;
	if (rearm) {
		spin_unlock(&task->sighand->siglock);
		posixtimer_rearm(info);
		spin_lock(&task->sighand->siglock);
	}
	return sig;
}

/* The oldest signal that the thread's own fault has caused, before all others; 0: none. */
int dequeue_synchronous(kernel_siginfo_t *info)
{
	struct sigpending *pending = &current->pending;
	unsigned long ready = pending->signal.sig[0] & ~current->blocked.sig[0] & SYNCHRONOUS_MASK;
	struct sigqueue *q;
	bool rearm;

	if (likely(!ready))
		return 0;
	list_for_each_entry(q, &pending->list, list) {
		int sig = q->info.si_signo;

		if (q->info.si_code > SI_USER && siginmask(sig, ready)) {
			collect(sig, pending, info, &rearm);
			recalc_sigpending();
			return sig;
		}
	}
	return 0;
}
