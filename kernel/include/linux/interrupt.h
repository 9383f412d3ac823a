/*
 * Interrupt lines. A line is held by one handler, or by several that all agree to share it (IRQF_SHARED and a
 * dev_id of their own each). Tasklets and softirqs are in <linux/softirq.h>. As Linux 5.10's <linux/interrupt.h>.
 */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/types.h>
#include <linux/irqreturn.h>
#include <linux/irqflags.h>
#include <linux/softirq.h>

struct device;
struct module;
struct task_struct;

#define IRQF_TRIGGER_NONE 0x00000000
#define IRQF_TRIGGER_RISING 0x00000001
#define IRQF_TRIGGER_FALLING 0x00000002
#define IRQF_TRIGGER_HIGH 0x00000004
#define IRQF_TRIGGER_LOW 0x00000008
#define IRQF_TRIGGER_MASK 0x0000000f
#define IRQF_SHARED 0x00000080	     /* the line may be shared with others that say so too */
#define IRQF_PROBE_SHARED 0x00000100 /* a refusal is expected: do not log it */
#define IRQF_TIMER 0x00000200
#define IRQF_PERCPU 0x00000400
#define IRQF_NOBALANCING 0x00000800
#define IRQF_IRQPOLL 0x00001000
#define IRQF_ONESHOT 0x00002000 /* keep the line masked until the thread has run */
#define IRQF_NO_SUSPEND 0x00004000
#define IRQF_NO_THREAD 0x00010000
#define IRQF_NO_AUTOEN 0x00080000

#define IRQ_NOTCONNECTED (1U << 31)

/* Hard interrupt handler: irq context, interrupts off, may not sleep. dev_id as given to request_irq(). */
typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

struct irqaction {
	irq_handler_t handler;	    /* called in irq context; NULL: wakes the thread */
	void *dev_id;		    /* identity of the handler on a shared line */
	struct irqaction *next;	    /* next handler of the line */
	irq_handler_t thread_fn;    /* called in the handler's thread, may sleep; NULL: no thread */
	struct task_struct *thread; /* runs thread_fn */
	unsigned int irq;	    /* the line */
	unsigned long flags;	    /* IRQF_* */
	unsigned long thread_flags; /* private: work pending for the thread */
	const char *name;	    /* as /proc/interrupts shows it */
	struct module *owner;	    /* module that requested it, NULL for the kernel */
	u64 since;		    /* when: nanoseconds since boot */
};

/*
 * request_threaded_irq - take an interrupt line
 * @irq: 0..15
 * @handler: irq context; may be NULL if thread_fn is given
 * @thread_fn: process context, in a thread of its own, after handler returned IRQ_WAKE_THREAD; may be NULL
 * @flags: IRQF_*; @name: the driver's, must stay valid while the line is held
 * @dev: handed to the handlers; identity for free_irq(), must not be NULL with IRQF_SHARED
 * Returns 0; -EINVAL (no such line, no handler, shared without dev); -EBUSY (held by one who does not share; the
 * log names the holder); -ENOMEM. The line is unmasked when its first handler is there.
 * Context: process, may sleep. The handler may be called before this returns.
 */
int __must_check request_threaded_irq(unsigned int irq, irq_handler_t handler,
				      irq_handler_t thread_fn, unsigned long flags,
				      const char *name, void *dev);
/* The same without a thread. A real function, so that the caller is known. */
int __must_check request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			     const char *name, void *dev);
int __must_check request_any_context_irq(unsigned int irq, irq_handler_t handler,
					 unsigned long flags, const char *name, void *dev);

/*
 * free_irq - give a line back; on return the handler does not run and will not be called again
 * Returns the name given at request time, or NULL (reported) if (irq, dev) is not held. Process, may sleep.
 */
const void *free_irq(unsigned int irq, void *dev);

int __must_check devm_request_threaded_irq(struct device *dev, unsigned int irq,
					   irq_handler_t handler, irq_handler_t thread_fn,
					   unsigned long flags, const char *name, void *dev_id);
int __must_check devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
				  unsigned long flags, const char *name, void *dev_id);
void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id);

/* Masking a line, counted. disable_irq() waits until running handlers are done (process context, not from the
 * handler itself); disable_irq_nosync() does not (any context). */
void disable_irq(unsigned int irq);
void disable_irq_nosync(unsigned int irq);
bool disable_hardirq(unsigned int irq);
void enable_irq(unsigned int irq);
bool irq_is_disabled(unsigned int irq);

/* Waits until no handler (and no handler's thread) of the line runs. Process context. */
void synchronize_irq(unsigned int irq);
bool synchronize_hardirq(unsigned int irq);

/* Wakes the thread of a handler, as IRQ_WAKE_THREAD does. Any context. */
void irq_wake_thread(unsigned int irq, void *dev_id);

/*
 * Finding out which line a device uses: probe_irq_on() listens on all lines that nobody holds; make the device
 * interrupt; probe_irq_off(mask) gives the line that fired, 0 if none, negative if several. Process context, one
 * probe at a time (the second waits).
 */
unsigned long probe_irq_on(void);
int probe_irq_off(unsigned long mask);
unsigned int probe_irq_mask(unsigned long mask);

/* What a driver that was refused can learn: name of the first holder, false if the line is free. */
bool irq_holder(unsigned int irq, char *name, size_t size);

/* Is there an interrupt pending at the controller for this line? Any context. */
bool irq_line_pending(unsigned int irq);

#endif
