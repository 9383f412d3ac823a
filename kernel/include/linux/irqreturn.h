/* What an interrupt handler returns. */
#ifndef _LINUX_IRQRETURN_H
#define _LINUX_IRQRETURN_H

enum irqreturn {
	IRQ_NONE = 0,	     /* my device did not interrupt */
	IRQ_HANDLED = 1,     /* it did, and is served */
	IRQ_WAKE_THREAD = 2, /* it did; run the handler's thread */
};
typedef enum irqreturn irqreturn_t;
#define IRQ_RETVAL(x) ((x) ? IRQ_HANDLED : IRQ_NONE)

#endif
