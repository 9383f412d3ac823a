/*
 * High-resolution timers: a function called in hard-interrupt context at a time in nanoseconds. The
 * 8254 is programmed for the earliest one, so the precision is some microseconds. Arming and
 * removing: any context.
 */
#ifndef _LINUX_HRTIMER_H
#define _LINUX_HRTIMER_H

#include <linux/rbtree.h>
#include <linux/ktime.h>

enum hrtimer_mode {
	HRTIMER_MODE_ABS = 0,
	HRTIMER_MODE_REL = 1,
	HRTIMER_MODE_PINNED = 2,
	HRTIMER_MODE_SOFT = 4, /* as the others here: the function runs in the interrupt */
	HRTIMER_MODE_HARD = 8,
	HRTIMER_MODE_ABS_PINNED = 2,
	HRTIMER_MODE_REL_PINNED = 3,
	HRTIMER_MODE_ABS_SOFT = 4,
	HRTIMER_MODE_REL_SOFT = 5,
	HRTIMER_MODE_ABS_HARD = 8,
	HRTIMER_MODE_REL_HARD = 9,
};

enum hrtimer_restart {
	HRTIMER_NORESTART, /* done */
	HRTIMER_RESTART	   /* arm again for the (forwarded) expiry */
};

struct hrtimer {
	struct rb_node node; /* by expiry; empty: not armed */
	ktime_t expires;     /* on its clock */
	ktime_t mono;	     /* the same on the monotonic clock; key of the tree */
	enum hrtimer_restart (*function)(struct hrtimer *timer);
	clockid_t clock;
	bool running; /* function is being called */
	bool owned;   /* in a module's ledger */
	bool rel;     /* relative to the moment of arming */
};

/*
 * Prepares a timer on clock CLOCK_MONOTONIC, CLOCK_REALTIME or CLOCK_BOOTTIME. Then set ->function.
 */
void hrtimer_init(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode);
#define hrtimer_init_on_stack(timer, clock, mode) hrtimer_init(timer, clock, mode)
#define destroy_hrtimer_on_stack(timer) ((void)(timer))
/*
 * Arms it for tim (absolute or from now, by mode); an armed one is moved. range_ns: how late it may
 * fire.
 */
void hrtimer_start(struct hrtimer *timer, ktime_t tim, const enum hrtimer_mode mode);
void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 range_ns,
			    const enum hrtimer_mode mode);
/* Arms it for the expiry it has. */
void hrtimer_restart(struct hrtimer *timer);
void hrtimer_start_expires(struct hrtimer *timer, enum hrtimer_mode mode);
/*
 * Disarms: 1 if it was armed, 0 if not; try: -1 if its function runs right now. cancel waits for
 * that (threads).
 */
int hrtimer_cancel(struct hrtimer *timer);
int hrtimer_try_to_cancel(struct hrtimer *timer);
/* Moves the expiry on by whole intervals until it is after now: how many. */
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval);
u64 hrtimer_forward_now(struct hrtimer *timer, ktime_t interval);
/* Time until it fires; may be negative. */
ktime_t hrtimer_get_remaining(const struct hrtimer *timer);
bool hrtimer_active(const struct hrtimer *timer);
static inline bool hrtimer_is_queued(struct hrtimer *timer)
{
	return !RB_EMPTY_NODE(&timer->node);
}
static inline int hrtimer_callback_running(struct hrtimer *timer)
{
	return timer->running;
}
static inline void hrtimer_set_expires(struct hrtimer *timer, ktime_t time)
{
	timer->expires = time;
}
static inline ktime_t hrtimer_get_expires(const struct hrtimer *timer)
{
	return timer->expires;
}
#define hrtimer_get_expires_ns(timer) ktime_to_ns((timer)->expires)
#define hrtimer_add_expires_ns(timer, ns) ((timer)->expires += (ns))
/* Now, on the timer's clock. */
ktime_t hrtimer_cb_get_time(const struct hrtimer *timer);

/*
 * Sleep (state set by the caller) until woken or until *expires on CLOCK_MONOTONIC (NULL: no
 * limit): 0 if the time has come, -EINTR if woken before. delta: slack in ns.
 */
int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode);
int schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode);
int schedule_hrtimeout_range_clock(ktime_t *expires, u64 delta, const enum hrtimer_mode mode,
				   clockid_t clock_id);
/*
 * nanosleep(2) in the kernel: 0, or -ERESTART_RESTARTBLOCK after filling current's restart block.
 */
long hrtimer_nanosleep(ktime_t rqtp, const enum hrtimer_mode mode, const clockid_t clockid);

#endif
