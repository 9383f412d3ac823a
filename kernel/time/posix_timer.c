/*
 * POSIX timers: high-resolution timers of a process that send a signal.
 *
 * 1. A timer is in the list of its process (signal_struct.posix_timers) from creation to deletion,
 *    exec or the end of the process; sighand->siglock protects the list. Its own fields are
 *    protected by timer_lock, which the expiry function takes in hard interrupt context; it is
 *    never held while a signal is sent, since that takes siglock.
 * 2. Each timer has one signal queue entry. A periodic timer is not armed again when it fires, but
 *    when its signal is taken (posixtimer_rearm): the periods that have passed meanwhile are the
 *    overrun. So a short period cannot flood a process. An ignored signal is never taken; such a
 *    timer goes on by itself.
 * 3. requeue counts the settings; a signal that was queued before the last one does not arm the
 *    timer.
 */
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/time.h>
#include "time/posix_timer.h"
#include "time/time.h"

struct posix_timer {
	struct list_head entry; /* in signal_struct.posix_timers */
	int id;
	struct hrtimer timer;
	ktime_t interval; /* 0: once */
	int notify;	  /* SIGEV_* */
	struct pid *pid;  /* the process, or the thread for SIGEV_THREAD_ID */
	enum pid_type pid_type;
	struct sigqueue *queue; /* NULL for SIGEV_NONE */
	int requeue;		/* number of the setting in force, never 0 */
	u64 overrun;		/* since the last signal was taken */
	int overrun_last;	/* what that one told */
};

static DEFINE_SPINLOCK(timer_lock);

static struct posix_timer *find_timer(int id)
{
	struct posix_timer *t, *found = NULL;

	spin_lock_irq(&current->sighand->siglock);
	list_for_each_entry(t, &current->signal->posix_timers, entry)
		if (t->id == id)
			found = t;
	spin_unlock_irq(&current->sighand->siglock);
	return found;
}

static enum hrtimer_restart timer_fires(struct hrtimer *hrtimer)
{
	struct posix_timer *t = container_of(hrtimer, struct posix_timer, timer);
	unsigned long flags;
	int ignored;

	spin_lock_irqsave(&timer_lock, flags);
	if (t->queue)
		t->queue->info.si_sys_private = t->interval ? t->requeue : 0;
	spin_unlock_irqrestore(&timer_lock, flags);
	if (!t->queue)
		return HRTIMER_NORESTART;
	ignored = send_sigqueue(t->queue, t->pid, t->pid_type);
	if (ignored <= 0 || !t->interval)
		return HRTIMER_NORESTART;
	hrtimer_forward_now(hrtimer, max(t->interval, (ktime_t)TICK_NSEC));
	return HRTIMER_RESTART;
}

void posixtimer_rearm(struct kernel_siginfo *info)
{
	struct posix_timer *t;
	unsigned long flags;

	list_for_each_entry(t, &current->signal->posix_timers, entry) {
		if (t->id != info->si_tid)
			continue;
		spin_lock_irqsave(&timer_lock, flags);
		if (t->interval && t->requeue == info->si_sys_private) {
			t->overrun += hrtimer_forward_now(&t->timer, t->interval) - 1;
			t->overrun_last = min_t(u64, t->overrun, INT_MAX);
			t->overrun = 0;
			info->si_overrun = t->overrun_last;
			hrtimer_restart(&t->timer);
		}
		spin_unlock_irqrestore(&timer_lock, flags);
		break;
	}
	info->si_sys_private = 0;
}

static bool clock_valid(clockid_t clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME ||
	       clock == CLOCK_TAI;
}

/* Whom to tell: fills pid (with a reference). */
static int choose_target(struct posix_timer *t, const struct sigevent *event)
{
	struct task_struct *thread;

	t->notify = event->sigev_notify;
	t->pid_type = t->notify == SIGEV_THREAD_ID ? PIDTYPE_PID : PIDTYPE_TGID;
	if (t->notify != SIGEV_NONE && (event->sigev_signo <= 0 || event->sigev_signo > _NSIG))
		return -EINVAL;
	switch (t->notify) {
	case SIGEV_SIGNAL:
	case SIGEV_THREAD:
	case SIGEV_NONE:
		t->pid = get_pid(current->signal->pids[PIDTYPE_TGID]);
		return 0;
	case SIGEV_THREAD_ID:
		rcu_read_lock();
		thread = find_task_by_vpid(event->sigev_notify_thread_id);
		t->pid = thread && same_thread_group(thread, current) ? get_pid(task_pid(thread))
								      : NULL;
		rcu_read_unlock();
		return t->pid ? 0 : -EINVAL;
	default:
		return -EINVAL;
	}
}

static int make_queue(struct posix_timer *t, const struct sigevent *event)
{
	if (t->notify == SIGEV_NONE)
		return 0;
	t->queue = sigqueue_alloc();
	if (!t->queue)
		return -EAGAIN;
	clear_siginfo(&t->queue->info);
	t->queue->info.si_signo = event->sigev_signo;
	t->queue->info.si_code = SI_TIMER;
	t->queue->info.si_tid = t->id;
	t->queue->info.si_value = event->sigev_value;
	return 0;
}

static void timer_free(struct posix_timer *t)
{
	hrtimer_cancel(&t->timer);
	if (t->queue)
		sigqueue_free(t->queue);
	put_pid(t->pid);
	kfree(t);
}

int posix_timer_create(clockid_t clock, const struct sigevent *event)
{
	struct sigevent alarm = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM };
	struct posix_timer *t;
	int error;

	if (!clock_valid(clock))
		return clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID
			       ? -EOPNOTSUPP
			       : -EINVAL;
	t = kzalloc(sizeof(*t), GFP_KERNEL);
	if (!t)
		return -EAGAIN;
	hrtimer_init(&t->timer, clock, HRTIMER_MODE_ABS);
	t->timer.function = timer_fires;
	t->requeue = 1;
	spin_lock_irq(&current->sighand->siglock);
	t->id = current->signal->posix_timer_id++ & INT_MAX;
	spin_unlock_irq(&current->sighand->siglock);
	alarm.sigev_value.sival_int = t->id;
	error = choose_target(t, event ? event : &alarm);
	if (!error)
		error = make_queue(t, event ? event : &alarm);
	if (error) {
		timer_free(t);
		return error;
	}
	spin_lock_irq(&current->sighand->siglock);
	list_add(&t->entry, &current->signal->posix_timers);
	spin_unlock_irq(&current->sighand->siglock);
	return t->id;
}

static void unlist(struct posix_timer *t)
{
	spin_lock_irq(&current->sighand->siglock);
	list_del(&t->entry);
	spin_unlock_irq(&current->sighand->siglock);
}

int posix_timer_delete(int id)
{
	struct posix_timer *t = find_timer(id);

	if (!t)
		return -EINVAL;
	unlist(t);
	timer_free(t);
	return 0;
}

/* At exec and at the end of the process. */
void exit_itimers(struct signal_struct *sig)
{
	while (!list_empty(&sig->posix_timers)) {
		struct posix_timer *t = list_first_entry(&sig->posix_timers, struct posix_timer,
							 entry);

		unlist(t);
		timer_free(t);
	}
}

static void read_setting(struct posix_timer *t, struct itimerspec64 *now)
{
	ktime_t left = 0;

	now->it_interval = ktime_to_timespec64(t->interval);
	if (hrtimer_active(&t->timer)) {
		left = max(hrtimer_get_remaining(&t->timer), (ktime_t)1);
	} else if (t->interval && t->timer.expires) {
		/* Fired, and its signal has not been taken: when it would fire next. */
		s64 late = hrtimer_cb_get_time(&t->timer) - t->timer.expires;

		left = late < 0 ? -late
				: t->interval -
					  (s64)(late - t->interval * div64_s64(late, t->interval));
	}
	now->it_value = ktime_to_timespec64(left);
}

int posix_timer_gettime(int id, struct itimerspec64 *now)
{
	struct posix_timer *t = find_timer(id);

	if (!t)
		return -EINVAL;
	spin_lock_irq(&timer_lock);
	read_setting(t, now);
	spin_unlock_irq(&timer_lock);
	return 0;
}

int posix_timer_settime(int id, int flags, const struct itimerspec64 *new, struct itimerspec64 *old)
{
	struct posix_timer *t = find_timer(id);
	ktime_t value;

	if (!t || !timespec64_valid(&new->it_value) || !timespec64_valid(&new->it_interval))
		return -EINVAL;
	value = timespec64_to_ktime(new->it_value);
	spin_lock_irq(&timer_lock);
	if (old)
		read_setting(t, old);
	hrtimer_cancel(&t->timer);
	t->requeue = (t->requeue + 1) & INT_MAX ?: 1;
	t->overrun = 0;
	t->overrun_last = 0;
	t->interval = value ? timespec64_to_ktime(new->it_interval) : 0;
	t->timer.expires = 0;
	if (value)
		hrtimer_start(&t->timer, value,
			      flags & TIMER_ABSTIME ? HRTIMER_MODE_ABS : HRTIMER_MODE_REL);
	spin_unlock_irq(&timer_lock);
	return 0;
}

int posix_timer_getoverrun(int id)
{
	struct posix_timer *t = find_timer(id);

	return t ? t->overrun_last : -EINVAL;
}
