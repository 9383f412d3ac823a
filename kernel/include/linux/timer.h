/*
 * Timers: a function called once, in softirq context, when jiffies reaches a value. Arming and
 * removing: any context (del_timer_sync: threads). A timer armed is in the ledger of the module
 * that owns its function until it fires or is removed. Arming takes constant time.
 */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/list.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>

struct timer_list {
	struct hlist_node entry; /* in its wheel slot; pprev NULL: not armed */
	unsigned long expires;	 /* jiffies at which to fire */
	void (*function)(struct timer_list *timer);
	u32 flags;
};

#define TIMER_DEFERRABLE 0x00080000
#define TIMER_PINNED 0x00100000
#define TIMER_IRQSAFE 0x00200000
/* set while in the ledger */
#define TIMER_OWNED 0x80000000

#define __TIMER_INITIALIZER(_function, _flags)             \
	{                                                  \
		.function = (_function), .flags = (_flags) \
	}
#define DEFINE_TIMER(_name, _function) struct timer_list _name = __TIMER_INITIALIZER(_function, 0)
#define from_timer(var, callback_timer, timer_fieldname) \
	container_of(callback_timer, typeof(*var), timer_fieldname)

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *),
		    unsigned int flags);
/* Prepares a timer; never on an armed one. flags: TIMER_* or 0. */
#define timer_setup(timer, callback, flags) init_timer_key(timer, callback, flags)
#define timer_setup_on_stack(timer, callback, flags) timer_setup(timer, callback, flags)
#define destroy_timer_on_stack(timer) ((void)(timer))
static inline int timer_pending(const struct timer_list *timer)
{
	return !hlist_unhashed(&timer->entry);
}
/* Arms a timer that is not armed, for timer->expires. */
void add_timer(struct timer_list *timer);
void add_timer_on(struct timer_list *timer, int cpu);
/*
 * Sets expires and arms, whether armed or not: 1 if it was. pending: only if it was. reduce: only
 * to an earlier time.
 */
int mod_timer(struct timer_list *timer, unsigned long expires);
int mod_timer_pending(struct timer_list *timer, unsigned long expires);
int timer_reduce(struct timer_list *timer, unsigned long expires);
/*
 * Disarms: 1 if it was armed. sync: also waits until the function does not run; the caller holds no
 * lock it takes.
 */
int del_timer(struct timer_list *timer);
int del_timer_sync(struct timer_list *timer);
int try_to_del_timer_sync(struct timer_list *timer);
#define timer_delete(t) del_timer(t)
#define timer_delete_sync(t) del_timer_sync(t)
#define timer_shutdown_sync(t) del_timer_sync(t)
/* Rounds up to a full second, so that unimportant timers fire together. */
unsigned long round_jiffies(unsigned long j);
unsigned long round_jiffies_relative(unsigned long j);
unsigned long round_jiffies_up(unsigned long j);

#endif
