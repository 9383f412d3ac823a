/* Switching softirqs off and on. */
#ifndef _LINUX_BOTTOM_HALF_H
#define _LINUX_BOTTOM_HALF_H

#include <linux/preempt.h>

/*
 * Forbids softirqs on this CPU until the matching enable, which runs those that became pending.
 * Nest. Any context but hard interrupts.
 */
void local_bh_disable(void);
void local_bh_enable(void);

#endif
