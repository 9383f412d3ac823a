/* Signal sets, queues and actions as task_struct holds them; functions are in linux/signal.h, linux/sched/signal.h. */
#ifndef _LINUX_SIGNAL_TYPES_H
#define _LINUX_SIGNAL_TYPES_H

#include <linux/list.h>
#include <uapi/linux/signal.h>

struct user_struct;

typedef struct kernel_siginfo {
	int si_signo;
	int si_errno;
	int si_code;
	union __sifields _sifields;
} kernel_siginfo_t;

/* One queued signal. */
struct sigqueue {
	struct list_head list;
	int flags; /* SIGQUEUE_PREALLOC: belongs to a timer */
	kernel_siginfo_t info;
	struct user_struct *user; /* whose count it is in */
};
#define SIGQUEUE_PREALLOC 1

struct sigpending {
	struct list_head list; /* queued siginfos */
	sigset_t signal;       /* which signals wait */
};

struct sigaction {
	__sighandler_t sa_handler;
	unsigned long sa_flags;
	__sigrestore_t sa_restorer;
	sigset_t sa_mask;
};

struct k_sigaction {
	struct sigaction sa;
};

struct ksignal {
	struct k_sigaction ka;
	kernel_siginfo_t info;
	int sig;
};

struct old_sigaction {
	__sighandler_t sa_handler;
	old_sigset_t sa_mask;
	unsigned long sa_flags;
	__sigrestore_t sa_restorer;
};

#define SA_IMMUTABLE 0x00800000u

#endif
