/* State of a rate limit: at most burst events per interval. */
#ifndef _LINUX_RATELIMIT_TYPES_H
#define _LINUX_RATELIMIT_TYPES_H

#include <linux/spinlock_types.h>

#define DEFAULT_RATELIMIT_INTERVAL (5 * CONFIG_HZ)
#define DEFAULT_RATELIMIT_BURST 10
#define RATELIMIT_MSG_ON_RELEASE 1

struct ratelimit_state {
	raw_spinlock_t lock;
	int interval; /* jiffies */
	int burst;
	int printed;	     /* in this interval */
	int missed;	     /* held back in this interval */
	unsigned long begin; /* jiffies at its start, 0: none yet */
	unsigned long flags;
};

#define RATELIMIT_STATE_INIT(name, interval_init, burst_init)  \
	{                                                      \
		.interval = interval_init, .burst = burst_init \
	}
#define DEFINE_RATELIMIT_STATE(name, interval_init, burst_init) \
	struct ratelimit_state name = RATELIMIT_STATE_INIT(name, interval_init, burst_init)

/*
 * True: go on; false: too many. Says how many were held back when a new interval begins. Any
 * context.
 */
int ___ratelimit(struct ratelimit_state *rs, const char *func);
#define __ratelimit(state) ___ratelimit(state, __func__)

#endif
