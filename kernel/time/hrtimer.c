/*
 * High-resolution timers: a red-black tree by monotonic expiry, changed with interrupts off. The
 * timer interrupt calls the functions of what is due, interrupts off; tick.c sees to it that an
 * interrupt comes in time for the first of the tree. Timers on the real-time clock keep their
 * expiry on that clock and are queued anew when it is set. A timer whose function lies in a module
 * is in its ledger while it is armed.
 */
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/time.h>
#include <linux/wait.h>
#include <rakit/ledger.h>
#include "time/time.h"

static struct rb_root_cached tree = RB_ROOT_CACHED;

static bool is_real(const struct hrtimer *timer)
{
	return timer->clock == CLOCK_REALTIME || timer->clock == CLOCK_TAI ||
	       timer->clock == CLOCK_REALTIME_ALARM;
}

ktime_t hrtimer_cb_get_time(const struct hrtimer *timer)
{
	return is_real(timer) ? ktime_get_real() : ktime_get();
}
EXPORT_SYMBOL_GPL(hrtimer_cb_get_time);

void hrtimer_init(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode)
{
	*timer = (struct hrtimer){ .clock = clock };
	RB_CLEAR_NODE(&timer->node);
}
EXPORT_SYMBOL_GPL(hrtimer_init);

static void insert(struct hrtimer *timer)
{
	struct rb_node **link = &tree.rb_root.rb_node, *parent = NULL;
	bool leftmost = true;

	timer->mono = timer->expires;
	if (is_real(timer) && timer->expires != KTIME_MAX)
		timer->mono -= clock_real_offset();
	while (*link) {
		parent = *link;
		if (timer->mono < rb_entry(parent, struct hrtimer, node)->mono) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			leftmost = false;
		}
	}
	rb_link_node(&timer->node, parent, link);
	rb_insert_color_cached(&timer->node, &tree, leftmost);
}

static void remove(struct hrtimer *timer)
{
	rb_erase_cached(&timer->node, &tree);
	RB_CLEAR_NODE(&timer->node);
	if (unlikely(timer->owned)) {
		timer->owned = false;
		ledger_remove(LEDGER_TIMER, timer);
	}
}

static void note_armed(struct hrtimer *timer, unsigned long site)
{
	struct module *owner = ledger_owner_of((unsigned long)timer->function);

	if (unlikely(owner))
		timer->owned = !ledger_add(owner, LEDGER_TIMER, timer,
					   (unsigned long)timer->function, 1, NULL, site);
}

static void start(struct hrtimer *timer, ktime_t tim, enum hrtimer_mode mode, unsigned long site)
{
	unsigned long flags;

	local_irq_save(flags);
	if (hrtimer_is_queued(timer))
		remove(timer);
	timer->expires = mode & HRTIMER_MODE_REL ? ktime_add_safe(hrtimer_cb_get_time(timer), tim)
						 : tim;
	insert(timer);
	note_armed(timer, site);
	if (rb_first_cached(&tree) == &timer->node)
		tick_program(timer->mono);
	local_irq_restore(flags);
}

void hrtimer_start(struct hrtimer *timer, ktime_t tim, const enum hrtimer_mode mode)
{
	start(timer, tim, mode, _RET_IP_);
}
EXPORT_SYMBOL_GPL(hrtimer_start);

void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 range_ns,
			    const enum hrtimer_mode mode)
{
	start(timer, tim, mode, _RET_IP_);
}
EXPORT_SYMBOL_GPL(hrtimer_start_range_ns);

void hrtimer_restart(struct hrtimer *timer)
{
	start(timer, timer->expires, HRTIMER_MODE_ABS, _RET_IP_);
}
EXPORT_SYMBOL_GPL(hrtimer_restart);

void hrtimer_start_expires(struct hrtimer *timer, enum hrtimer_mode mode)
{
	start(timer, timer->expires, HRTIMER_MODE_ABS, _RET_IP_);
}
EXPORT_SYMBOL_GPL(hrtimer_start_expires);

int hrtimer_try_to_cancel(struct hrtimer *timer)
{
	unsigned long flags;
	int result = 0;

	local_irq_save(flags);
	if (timer->running) {
		result = -1;
	} else if (hrtimer_is_queued(timer)) {
		remove(timer);
		result = 1;
	}
	local_irq_restore(flags);
	return result;
}
EXPORT_SYMBOL_GPL(hrtimer_try_to_cancel);

/* On one CPU no thread runs while a function does. */
int hrtimer_cancel(struct hrtimer *timer)
{
	return max(hrtimer_try_to_cancel(timer), 0);
}
EXPORT_SYMBOL_GPL(hrtimer_cancel);

bool hrtimer_active(const struct hrtimer *timer)
{
	return !RB_EMPTY_NODE(&timer->node) || timer->running;
}
EXPORT_SYMBOL_GPL(hrtimer_active);

ktime_t hrtimer_get_remaining(const struct hrtimer *timer)
{
	return timer->expires - hrtimer_cb_get_time(timer);
}
EXPORT_SYMBOL_GPL(hrtimer_get_remaining);

u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval)
{
	s64 late = now - timer->expires;
	u64 overruns = 1;

	if (late < 0 || hrtimer_is_queued(timer) || interval <= 0)
		return 0;
	if (late >= interval) {
		overruns = div64_u64(late, interval);
		timer->expires += overruns * interval;
		if (timer->expires > now)
			return overruns;
		overruns++;
	}
	timer->expires = ktime_add_safe(timer->expires, interval);
	return overruns;
}
EXPORT_SYMBOL_GPL(hrtimer_forward);

u64 hrtimer_forward_now(struct hrtimer *timer, ktime_t interval)
{
	return hrtimer_forward(timer, hrtimer_cb_get_time(timer), interval);
}
EXPORT_SYMBOL_GPL(hrtimer_forward_now);

static struct hrtimer *first(void)
{
	return rb_entry_safe(rb_first_cached(&tree), struct hrtimer, node);
}

s64 hrtimer_next(void)
{
	struct hrtimer *timer = first();

	return timer ? timer->mono : KTIME_MAX;
}

void hrtimer_run(s64 now)
{
	struct hrtimer *timer;

	while ((timer = first()) && timer->mono <= now) {
		enum hrtimer_restart again;

		remove(timer);
		timer->running = true;
		again = timer->function(timer);
		timer->running = false;
		if (again == HRTIMER_RESTART && !hrtimer_is_queued(timer)) {
			insert(timer);
			note_armed(timer, (unsigned long)timer->function);
		}
	}
}

/* Timers on the real-time clock change their places. */
void hrtimer_clock_was_set(void)
{
	struct rb_node *node, *next;
	unsigned long flags;
	struct rb_root_cached moved = RB_ROOT_CACHED;

	local_irq_save(flags);
	for (node = rb_first_cached(&tree); node; node = next) {
		struct hrtimer *timer = rb_entry(node, struct hrtimer, node);

		next = rb_next(node);
		if (!is_real(timer))
			continue;
		rb_erase_cached(node, &tree);
		rb_link_node(node, NULL, &node->rb_right);
		node->rb_right = moved.rb_root.rb_node;
		moved.rb_root.rb_node = node;
	}
	for (node = moved.rb_root.rb_node; node; node = next) {
		next = node->rb_right;
		insert(rb_entry(node, struct hrtimer, node));
	}
	if (first())
		tick_program(first()->mono);
	local_irq_restore(flags);
}

/* Sleeping until a time */

struct sleeper {
	struct hrtimer timer;
	struct task_struct *task; /* NULL: the time has come */
};

static enum hrtimer_restart wake_sleeper(struct hrtimer *timer)
{
	struct sleeper *sleeper = container_of(timer, struct sleeper, timer);
	struct task_struct *task = sleeper->task;

	sleeper->task = NULL;
	if (task)
		wake_up_state(task, TASK_NORMAL | TASK_WAKEKILL);
	return HRTIMER_NORESTART;
}

int schedule_hrtimeout_range_clock(ktime_t *expires, u64 delta, const enum hrtimer_mode mode,
				   clockid_t clock_id)
{
	struct sleeper sleeper = { .task = current };

	if (!expires) {
		schedule();
		return -EINTR;
	}
	if (!*expires && mode & HRTIMER_MODE_REL) {
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	hrtimer_init_on_stack(&sleeper.timer, clock_id, mode);
	sleeper.timer.function = wake_sleeper;
	hrtimer_start(&sleeper.timer, *expires, mode);
	if (sleeper.task)
		schedule();
	hrtimer_cancel(&sleeper.timer);
	__set_current_state(TASK_RUNNING);
	return sleeper.task ? -EINTR : 0;
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout_range_clock);

int schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode)
{
	return schedule_hrtimeout_range_clock(expires, delta, mode, CLOCK_MONOTONIC);
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout_range);

int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode)
{
	return schedule_hrtimeout_range(expires, 0, mode);
}
EXPORT_SYMBOL_GPL(schedule_hrtimeout);

int schedule_until(ktime_t end)
{
	return schedule_hrtimeout(&end, HRTIMER_MODE_ABS) ? 1 : 0;
}
EXPORT_SYMBOL_GPL(schedule_until);
