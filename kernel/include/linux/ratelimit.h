/* Rate limits for messages. */
#ifndef _LINUX_RATELIMIT_H
#define _LINUX_RATELIMIT_H

#include <linux/ratelimit_types.h>

void ratelimit_state_init(struct ratelimit_state *rs, int interval, int burst);
void ratelimit_default_init(struct ratelimit_state *rs);
static inline void ratelimit_set_flags(struct ratelimit_state *rs, unsigned long flags)
{
	rs->flags = flags;
}

#endif
