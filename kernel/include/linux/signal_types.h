/* Signal sets and queues as task_struct holds them; functions are in linux/signal.h and linux/sched/signal.h. */
#ifndef _LINUX_SIGNAL_TYPES_H
#define _LINUX_SIGNAL_TYPES_H

#include <linux/list.h>
#include <uapi/linux/signal.h>

struct sigpending {
	struct list_head list; /* queued siginfos */
	sigset_t signal;       /* which signals wait */
};

#endif
