/*
 * Rate limits: at most burst events in each interval. A limit that is held by code we interrupted
 * says no, so it works in any context.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ratelimit.h>
#include <linux/spinlock.h>

void ratelimit_state_init(struct ratelimit_state *rs, int interval, int burst)
{
	*rs = (struct ratelimit_state){ .interval = interval, .burst = burst };
}
EXPORT_SYMBOL(ratelimit_state_init);

void ratelimit_default_init(struct ratelimit_state *rs)
{
	ratelimit_state_init(rs, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);
}
EXPORT_SYMBOL(ratelimit_default_init);

int ___ratelimit(struct ratelimit_state *rs, const char *func)
{
	unsigned long flags;
	int missed = 0;
	bool admit;

	if (!rs->interval)
		return 1;
	if (!raw_spin_trylock_irqsave(&rs->lock, flags))
		return 0;
	if (!rs->begin)
		rs->begin = jiffies;
	if (time_is_before_jiffies(rs->begin + rs->interval)) {
		missed = rs->missed;
		rs->begin = jiffies;
		rs->printed = rs->missed = 0;
	}
	admit = rs->burst > rs->printed;
	if (admit)
		rs->printed++;
	else
		rs->missed++;
	raw_spin_unlock_irqrestore(&rs->lock, flags);
	if (missed && !(rs->flags & RATELIMIT_MSG_ON_RELEASE))
		printk(KERN_WARNING "%s: %d callbacks suppressed\n", func, missed);
	return admit;
}
EXPORT_SYMBOL(___ratelimit);

int printk_ratelimit(void)
{
	static DEFINE_RATELIMIT_STATE(state, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);

	return __ratelimit(&state);
}
EXPORT_SYMBOL(printk_ratelimit);
