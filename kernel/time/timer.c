/*
 * Timers: kernel/lib/wheel.c run by jiffies. The wheel is changed with interrupts off. The timer
 * interrupt raises the softirq, which takes tick after tick out of the wheel up to now and calls
 * the functions, interrupts on. On one CPU a thread never runs while a timer's function does, so
 * removing a timer needs no waiting. A timer whose function lies in a module is in its ledger while
 * it is armed.
 */
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/timer.h>
#include <rakit/ledger.h>
#include "lib/wheel.h"
#include "time/time.h"

static_assert(offsetof(struct timer_list, entry.next) == offsetof(struct wheel_node, next));
static_assert(offsetof(struct timer_list, entry.pprev) == offsetof(struct wheel_node, pprev));
static_assert(offsetof(struct timer_list, expires) == offsetof(struct wheel_node, expires));

static struct wheel wheel = { .now = INITIAL_JIFFIES };
static unsigned int armed; /* timers in the wheel */

static struct wheel_node *node_of(struct timer_list *timer)
{
	return (struct wheel_node *)timer;
}

static void note_armed(struct timer_list *timer, unsigned long site)
{
	struct module *owner = ledger_owner_of((unsigned long)timer->function);

	if (likely(!owner))
		return;
	if (!ledger_add(owner, LEDGER_TIMER, timer, (unsigned long)timer->function, 0, NULL, site))
		timer->flags |= TIMER_OWNED;
}

static void arm(struct timer_list *timer, unsigned long expires, unsigned long site)
{
	timer->expires = expires;
	note_armed(timer, site);
	if (!armed++)
		wheel.now = jiffies + 1;
	wheel_add(&wheel, node_of(timer));
}

static void disarm(struct timer_list *timer)
{
	wheel_remove(node_of(timer));
	armed--;
	if (unlikely(timer->flags & TIMER_OWNED)) {
		timer->flags &= ~TIMER_OWNED;
		ledger_remove(LEDGER_TIMER, timer);
	}
}

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *), unsigned int flags)
{
	INIT_HLIST_NODE(&timer->entry);
	timer->expires = 0;
	timer->function = func;
	timer->flags = flags;
}
EXPORT_SYMBOL(init_timer_key);

static int modify(struct timer_list *timer, unsigned long expires, bool only_pending,
		  bool only_earlier, unsigned long site)
{
	unsigned long flags;
	int pending;

	local_irq_save(flags);
	pending = timer_pending(timer);
	if (pending && (timer->expires == expires ||
			(only_earlier && time_before_eq(timer->expires, expires))))
		goto done;
	if (!pending && only_pending)
		goto done;
	if (pending)
		disarm(timer);
	arm(timer, expires, site);
done:
	local_irq_restore(flags);
	return pending;
}

int mod_timer(struct timer_list *timer, unsigned long expires)
{
	return modify(timer, expires, false, false, _RET_IP_);
}
EXPORT_SYMBOL(mod_timer);

int mod_timer_pending(struct timer_list *timer, unsigned long expires)
{
	return modify(timer, expires, true, false, _RET_IP_);
}
EXPORT_SYMBOL(mod_timer_pending);

int timer_reduce(struct timer_list *timer, unsigned long expires)
{
	return modify(timer, expires, false, true, _RET_IP_);
}
EXPORT_SYMBOL(timer_reduce);

void add_timer(struct timer_list *timer)
{
	if (WARN(timer_pending(timer), "timer: %ps: added while armed\n", timer->function))
		return;
	modify(timer, timer->expires, false, false, _RET_IP_);
}
EXPORT_SYMBOL(add_timer);

void add_timer_on(struct timer_list *timer, int cpu)
{
	add_timer(timer);
}
EXPORT_SYMBOL(add_timer_on);

int del_timer(struct timer_list *timer)
{
	unsigned long flags;
	int pending;

	local_irq_save(flags);
	pending = timer_pending(timer);
	if (pending)
		disarm(timer);
	local_irq_restore(flags);
	return pending;
}
EXPORT_SYMBOL(del_timer);

int del_timer_sync(struct timer_list *timer)
{
	return del_timer(timer);
}
EXPORT_SYMBOL(del_timer_sync);

int try_to_del_timer_sync(struct timer_list *timer)
{
	return del_timer(timer);
}
EXPORT_SYMBOL(try_to_del_timer_sync);

static void call(struct timer_list *timer)
{
	void (*function)(struct timer_list *) = timer->function;
	int before = preempt_count();

	disarm(timer);
	local_irq_enable();
	function(timer);
	local_irq_disable();
	if (unlikely(preempt_count() != before)) {
		printk(KERN_ERR "timer: %ps: left with preempt_count %08x, entered with %08x\n",
		       function, preempt_count(), before);
		current->preempt_count = before;
	}
}

static void timer_softirq(struct softirq_action *action)
{
	struct wheel_node *due;

	local_irq_disable();
	while (armed && time_after_eq(jiffies, (unsigned long)wheel.now)) {
		wheel_tick(&wheel, &due);
		while (due)
			call((struct timer_list *)due);
	}
	local_irq_enable();
}

void timer_tick(void)
{
	if (armed)
		raise_softirq_irqoff(TIMER_SOFTIRQ);
}

/* Rounds to a full second, up to a quarter second down. */
static unsigned long round_to_second(unsigned long j, bool up)
{
	unsigned long rest = j % HZ;
	unsigned long rounded = rest < HZ / 4 && !up ? j - rest : j - rest + HZ;

	return time_is_after_jiffies(rounded) ? rounded : j;
}

unsigned long round_jiffies(unsigned long j)
{
	return round_to_second(j, false);
}
EXPORT_SYMBOL_GPL(round_jiffies);

unsigned long round_jiffies_relative(unsigned long j)
{
	unsigned long now = jiffies;

	return round_to_second(j + now, false) - now;
}
EXPORT_SYMBOL_GPL(round_jiffies_relative);

unsigned long round_jiffies_up(unsigned long j)
{
	return round_to_second(j, true);
}
EXPORT_SYMBOL_GPL(round_jiffies_up);

/* size 1 in the ledger marks a high-resolution timer. */
static void timer_release(const struct ledger_entry *entry)
{
	if (entry->size)
		hrtimer_cancel((struct hrtimer *)entry->object);
	else
		del_timer_sync((struct timer_list *)entry->object);
}

static void timer_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	snprintf(buf, size, "%ps%s", (void *)(unsigned long)entry->key,
		 entry->size ? " (hrtimer)" : "");
}

static const struct ledger_kind_ops timer_ledger = { "timers", timer_release, timer_describe };

void timer_init(void)
{
	open_softirq(TIMER_SOFTIRQ, timer_softirq);
	ledger_kind_register(LEDGER_TIMER, &timer_ledger);
}
