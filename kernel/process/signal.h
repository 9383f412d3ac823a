/* Signals among the files of kernel/process; siglock held for all unless said. */
#ifndef PROCESS_SIGNAL_H
#define PROCESS_SIGNAL_H

#include <linux/sched/signal.h>

/* signal_queue.c */
void sigqueue_init(void);
/* Details for a signal to t, counted for its user; NULL: limit or memory. unlimited: the limit does not count. */
struct sigqueue *sigqueue_make(struct task_struct *t, bool unlimited);
int next_signal(const struct sigpending *pending, const sigset_t *mask);
int dequeue_synchronous(kernel_siginfo_t *info);

/* signal_send.c: queues and wakes; the caller has checked the right to send. 0 or -EAGAIN. */
int send_signal_locked(int sig, struct kernel_siginfo *info, struct task_struct *t,
		       enum pid_type type);
/* Does any thread have to look at its queues? Sets TIF_SIGPENDING of t if so. */
bool recalc_sigpending_tsk(struct task_struct *t);

/* signal_stop.c: what SIGCONT and stop signals do when they are sent. */
void signal_discard_stops(struct task_struct *p);
void signal_discard_continue(struct task_struct *p);

#endif
