/*
 * Softirqs and tasklets: work that an interrupt handler puts off to the moment its interrupt ends.
 *
 * A softirq handler runs with interrupts on, after the hard interrupt or in ksoftirqd under load;
 * it must not sleep. A tasklet is a softirq job that drivers create: never runs in parallel with
 * itself, runs once however often it was scheduled before. Interrupt-line functions (request_irq …)
 * are in linux/interrupt.h, which includes this file.
 */
#ifndef _LINUX_SOFTIRQ_H
#define _LINUX_SOFTIRQ_H

#include <linux/types.h>
#include <linux/container_of.h>
#include <linux/bottom_half.h>

enum {
	HI_SOFTIRQ = 0,
	TIMER_SOFTIRQ,
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ,
	BLOCK_SOFTIRQ,
	IRQ_POLL_SOFTIRQ,
	TASKLET_SOFTIRQ,
	SCHED_SOFTIRQ,
	HRTIMER_SOFTIRQ,
	RCU_SOFTIRQ,
	NR_SOFTIRQS
};

struct softirq_action {
	void (*action)(struct softirq_action *action);
};

/* Names the handler of softirq nr; core only, once, at boot. */
void open_softirq(int nr, void (*action)(struct softirq_action *action));
/*
 * Marks nr pending: it runs at the end of the current interrupt, or soon in ksoftirqd. Any context.
 */
void raise_softirq(unsigned int nr);
/* The same with interrupts already off. */
void raise_softirq_irqoff(unsigned int nr);
/* Bit mask of pending softirqs. */
u32 local_softirq_pending(void);
/* Runs pending softirqs now (interrupts off, not nested). Called by irq_exit(). */
void do_softirq(void);
/* Name of softirq nr as /proc/softirqs prints it, and how often it has run. */
const char *softirq_name(unsigned int nr);
unsigned long softirq_count_of(unsigned int nr);

/* state bits of a tasklet */
enum { TASKLET_STATE_SCHED, TASKLET_STATE_RUN };

struct tasklet_struct {
	struct tasklet_struct *next; /* in the queue of its softirq */
	unsigned long state;	     /* bits TASKLET_STATE_* */
	atomic_t count;		     /* 0 = enabled, else nesting of tasklet_disable() */
	bool use_callback;	     /* callback is valid, else func */
	union {
		void (*func)(unsigned long data);
		void (*callback)(struct tasklet_struct *t);
	};
	unsigned long data; /* argument of func */
};

#define DECLARE_TASKLET(name, _callback) \
	struct tasklet_struct name = { .use_callback = true, .callback = (_callback) }
#define DECLARE_TASKLET_DISABLED(name, _callback)            \
	struct tasklet_struct name = { .count = { 1 },       \
				       .use_callback = true, \
				       .callback = (_callback) }
#define DECLARE_TASKLET_OLD(name, _func) struct tasklet_struct name = { .func = (_func) }
#define from_tasklet(var, t, field) container_of(t, typeof(*(var)), field)

/*
 * Prepares a tasklet; any context. The first form passes data to func, the second the tasklet
 * itself.
 */
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data);
void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *));
/*
 * Makes it run once soon; no effect while already scheduled. Any context. The tasklet is in the
 * ledger of the module that owns its function until it has run. hi: before all other softirqs.
 */
void tasklet_schedule(struct tasklet_struct *t);
void tasklet_hi_schedule(struct tasklet_struct *t);
/*
 * Waits until it neither runs nor is scheduled. Thread context, may sleep. The caller sees to it
 * that nobody schedules it again.
 */
void tasklet_kill(struct tasklet_struct *t);
/*
 * A disabled tasklet stays queued but does not run. Nest. Any context (disable waits for a running
 * one, which on one CPU has always finished).
 */
void tasklet_disable(struct tasklet_struct *t);
void tasklet_disable_nosync(struct tasklet_struct *t);
void tasklet_enable(struct tasklet_struct *t);

#endif
