/*
 * The tick: the timer interrupt HZ times a second, and sooner when a high-resolution timer wants
 * it.
 *
 * 1. Normally counter 0 of the 8254 interrupts periodically. If a high-resolution timer is due
 *    before the next tick, the counter is programmed for one interrupt at that time; from there on
 *    each interrupt programs the next one, until the time of a tick comes with nothing else before
 *    the following one: then it is periodic again.
 * 2. jiffies follows the clock, not the number of interrupts: lost ticks are made up for, early
 *    ones do not count.
 * 3. The first seconds also measure the time-stamp counter's frequency more exactly: interrupts are
 *    counted over 1 s of periodic ticks, and the result is taken if it is near the first one
 *    (farther off, ticks were lost, and it is measured again).
 */
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <asm/msr.h>
#include <asm/ptrace.h>
#include <rakit/arch.h>
#include "debug/log.h"
#include "time/time.h"

#define EARLY_NS (TICK_NSEC / 4) /* an interrupt that much before its tick counts as it */
#define LATE_NS 100000		 /* a tick that much late is no time to begin periodic ones */
#define ONESHOT_MAX_NS 50000000
#define ONESHOT_MIN_TICKS 4
#define REFINE_TICKS HZ
#define REFINE_ATTEMPTS 8

volatile unsigned long jiffies = INITIAL_JIFFIES;
EXPORT_SYMBOL(jiffies);
static unsigned long jiffies_high;
unsigned long loops_per_jiffy = 1000000;
EXPORT_SYMBOL(loops_per_jiffy);

static s64 next_tick; /* monotonic time of the tick to come */
static bool periodic;
static s64 programmed; /* time of the interrupt to come while not periodic */

u64 get_jiffies_64(void)
{
	unsigned long flags;
	u64 value;

	local_irq_save(flags);
	value = (u64)jiffies_high << 32 | jiffies;
	local_irq_restore(flags);
	return value;
}
EXPORT_SYMBOL(get_jiffies_64);

static struct {
	unsigned int ticks; /* since start */
	unsigned int attempts;
	u64 start; /* cycles */
} refine;

static void refine_step(void)
{
	u64 cycles, nanoseconds, expected;
	u32 divisor = (I8254_HZ + HZ / 2) / HZ;

	if (refine.attempts >= REFINE_ATTEMPTS)
		return;
	if (!periodic || !refine.ticks++) {
		refine.ticks = periodic;
		refine.start = rdtsc();
		return;
	}
	if (refine.ticks <= REFINE_TICKS)
		return;
	cycles = rdtsc() - refine.start;
	nanoseconds = div_u64((u64)REFINE_TICKS * divisor * NSEC_PER_SEC, I8254_HZ);
	expected = div_u64(nanoseconds * tsc_khz, 1000000);
	refine.ticks = 0;
	refine.attempts++;
	if (cycles > expected - div_u64(expected, 128) &&
	    cycles < expected + div_u64(expected, 128)) {
		clock_refine(cycles, nanoseconds);
		refine.attempts = REFINE_ATTEMPTS;
	}
}

static void go_oneshot(s64 when, s64 now)
{
	s64 distance = clamp(when - now, (s64)0, (s64)ONESHOT_MAX_NS);
	u32 ticks = div_u64((u64)distance * I8254_HZ, NSEC_PER_SEC) + 1;

	periodic = false;
	programmed = when;
	i8254_start_oneshot(max_t(u32, ticks, ONESHOT_MIN_TICKS));
}

void tick_program(s64 when)
{
	if (!next_tick || when >= (periodic ? next_tick : programmed))
		return;
	go_oneshot(when, ktime_get());
}

static void plan_next(s64 now, unsigned int ticks)
{
	s64 next = min(hrtimer_next(), next_tick);

	if (periodic) {
		if (next < next_tick)
			go_oneshot(next, now);
		return;
	}
	if (ticks && next == next_tick && now - (next_tick - TICK_NSEC) < LATE_NS) {
		periodic = true;
		i8254_start_periodic(HZ);
		return;
	}
	go_oneshot(next, now);
}

static unsigned int count_ticks(s64 now)
{
	unsigned int ticks = 0;

	now += periodic ? EARLY_NS : 0;
	if (now - next_tick > (s64)NSEC_PER_SEC) {
		ticks = div_u64(now - next_tick, TICK_NSEC);
		next_tick += (s64)ticks * TICK_NSEC;
	}
	for (; now >= next_tick; next_tick += TICK_NSEC)
		ticks++;
	return ticks;
}

static void do_ticks(unsigned int ticks, bool user)
{
	unsigned long before = jiffies;

	jiffies = before + ticks;
	if (jiffies < before)
		jiffies_high++;
	account_tick(user, ticks);
	itimer_tick();
	scheduler_tick();
	load_tick();
	log_tick();
	timer_tick();
}

static irqreturn_t timer_interrupt(int irq, void *dev_id)
{
	struct pt_regs *regs = get_irq_regs();
	s64 now = clock_advance();
	unsigned int ticks = count_ticks(now);

	refine_step();
	if (ticks)
		do_ticks(ticks, regs && user_mode(regs));
	if (rcu_waiting && preempt_count() == HARDIRQ_OFFSET)
		rcu_note_quiescent();
	hrtimer_run(now);
	plan_next(now, ticks);
	return IRQ_HANDLED;
}

void time_init(void)
{
	clock_calibrate();
	loops_per_jiffy = tsc_khz * (1000 / HZ);
	timer_init();
	next_tick = ktime_get() + TICK_NSEC;
	periodic = true;
	i8254_start_periodic(HZ);
	if (request_irq(0, timer_interrupt, IRQF_TIMER, "timer", NULL))
		panic("time: line 0 is taken");
	printk(KERN_INFO "time: tsc: %u.%03u MHz\n", tsc_khz / 1000, tsc_khz % 1000);
}
