/*
 * Delays. *delay: busy waiting, any context, for short times (over 2 ms use sleep). *sleep:
 * threads, may sleep; at least the time given.
 */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

#include <linux/types.h>
#include <linux/kernel.h>

void ndelay(unsigned long nsecs);
void udelay(unsigned long usecs);
void mdelay(unsigned long msecs);
void msleep(unsigned int msecs);
/* Milliseconds left if a signal ended the sleep, else 0. */
unsigned long msleep_interruptible(unsigned int msecs);
/* Between min and max microseconds. */
void usleep_range(unsigned long min, unsigned long max);
static inline void ssleep(unsigned int seconds)
{
	msleep(seconds * 1000);
}
/* The right one of the above for a number of microseconds; threads. */
static inline void fsleep(unsigned long usecs)
{
	if (usecs <= 10)
		udelay(usecs);
	else if (usecs <= 20000)
		usleep_range(usecs, 2 * usecs);
	else
		msleep(DIV_ROUND_UP(usecs, 1000));
}
extern unsigned long loops_per_jiffy;

#endif
