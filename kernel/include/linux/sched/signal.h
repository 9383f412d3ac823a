/*
 * Signals of processes, and what the threads of one process share. sighand->siglock protects the actions, all pending
 * sets and what signal_struct says about stopping and ending. Source: Linux 5.10 sched/signal.h, signal(7).
 */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

#include <linux/cred.h>
#include <linux/hrtimer.h>
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/rculist.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <uapi/linux/resource.h>

struct tty_struct;

/* Actions; shared by tasks made with CLONE_SIGHAND. */
struct sighand_struct {
	spinlock_t siglock;
	refcount_t count;
	wait_queue_head_t signalfd_wqh;
	struct k_sigaction action[_NSIG];
};

/* A virtual or profiling interval timer, in nanoseconds of CPU time. */
struct cpu_itimer {
	u64 expires; /* 0: not armed */
	u64 incr;    /* interval; 0: once */
};

/* One per process (thread group). */
struct signal_struct {
	refcount_t sigcnt;		  /* references to this */
	atomic_t live;			  /* threads not yet in do_exit() */
	int nr_threads;			  /* threads not yet released */
	struct list_head thread_head;	  /* their thread_node */
	wait_queue_head_t wait_chldexit;  /* for wait4() */
	struct task_struct *curr_target;  /* thread that got the last signal for the process */
	struct sigpending shared_pending; /* signals for the process */

	/* ending: group_exit_code counts if SIGNAL_GROUP_EXIT is set, or an execve (group_exit_task) waits for
	 * notify_count threads to go */
	int group_exit_code;
	int notify_count;
	struct task_struct *group_exit_task;
	/* stopping: threads that still have to stop */
	int group_stop_count;
	unsigned int flags; /* SIGNAL_* */

	bool is_child_subreaper;  /* orphans below become its children */
	bool has_child_subreaper; /* an ancestor is one */

	/* interval timers (kernel/time) */
	struct hrtimer real_timer; /* ITIMER_REAL */
	ktime_t it_real_incr;
	struct cpu_itimer it[2]; /* ITIMER_VIRTUAL, ITIMER_PROF */
	struct list_head posix_timers;
	int posix_timer_id;

	struct pid *pids[PIDTYPE_MAX]; /* thread group, process group, session; tasklist_lock */
	struct pid *tty_old_pgrp;      /* of a session whose terminal went away */
	int leader;		       /* of its session */
	struct tty_struct *tty;	       /* controlling terminal, NULL: none */

	/* times and counts of threads that have ended, and of children that were waited for (c…) */
	u64 utime, stime, cutime, cstime; /* nanoseconds */
	unsigned long nvcsw, nivcsw, cnvcsw, cnivcsw;
	unsigned long min_flt, maj_flt, cmin_flt, cmaj_flt;
	unsigned long inblock, oublock, cinblock, coublock;
	unsigned long maxrss, cmaxrss;	  /* pages */
	struct rlimit rlim[RLIM_NLIMITS]; /* task_lock(group_leader) */
	short oom_score_adj;		  /* -1000 never … 1000 first, when memory runs out */
	short oom_score_adj_min;
	bool oom_flag_origin;
	struct mutex cred_guard_mutex; /* held by execve while credentials change */
};

/* signal_struct.flags */
#define SIGNAL_STOP_STOPPED 0x00000001	 /* all threads have stopped */
#define SIGNAL_STOP_CONTINUED 0x00000002 /* continued since, not yet reported to wait4() */
#define SIGNAL_GROUP_EXIT 0x00000004	 /* the process ends */
#define SIGNAL_GROUP_COREDUMP 0x00000008
#define SIGNAL_CLD_STOPPED 0x00000010 /* the parent has to be told */
#define SIGNAL_CLD_CONTINUED 0x00000020
#define SIGNAL_CLD_MASK (SIGNAL_CLD_STOPPED | SIGNAL_CLD_CONTINUED)
#define SIGNAL_UNKILLABLE 0x00000040 /* init: only signals it has handlers for */
#define SIGNAL_STOP_MASK (SIGNAL_CLD_MASK | SIGNAL_STOP_STOPPED | SIGNAL_STOP_CONTINUED)

/* task_struct.jobctl; siglock */
#define JOBCTL_STOP_PENDING 0x1	 /* has to stop, counted in group_stop_count */
#define JOBCTL_STOP_DEQUEUED 0x2 /* has taken a stop signal and not yet acted on it */

extern struct signal_struct init_signals;
extern struct sighand_struct init_sighand;

static inline int signal_group_exit(const struct signal_struct *sig)
{
	return (sig->flags & SIGNAL_GROUP_EXIT) || sig->group_exit_task != NULL;
}

/* The current value of a limit of the process (RLIMIT_*). Any context. */
unsigned long rlimit(unsigned int limit);
unsigned long rlimit_max(unsigned int limit);
unsigned long task_rlimit(const struct task_struct *task, unsigned int limit);
unsigned long task_rlimit_max(const struct task_struct *task, unsigned int limit);

/*
 * Sending. All: any context, 0 or -EINVAL (sig), -ESRCH (nobody), -EPERM, -EAGAIN (queue full, real-time signals only).
 * priv 1: from the kernel (SI_KERNEL). info: also SEND_SIG_NOINFO (as kill() by current), SEND_SIG_PRIV (from the kernel).
 */
#define SEND_SIG_NOINFO ((struct kernel_siginfo *)0)
#define SEND_SIG_PRIV ((struct kernel_siginfo *)1)
int send_sig(int sig, struct task_struct *p, int priv); /* to that thread */
int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p);
int do_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p,
		     enum pid_type type);
/* Checks the current task's right to send it to the process of p, then does. */
int group_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p,
			enum pid_type type);
int kill_pid(struct pid *pid, int sig, int priv);
int kill_pid_info(int sig, struct kernel_siginfo *info, struct pid *pid);
int kill_pgrp(struct pid *pid, int sig, int priv);
/* tasklist_lock held. */
int __kill_pgrp_info(int sig, struct kernel_siginfo *info, struct pid *pgrp);
int __group_send_sig_info(int sig, struct kernel_siginfo *info,
			  struct task_struct *p); /* siglock held */
/* A signal that the current task has caused itself: cannot be blocked or ignored (then it ends). */
void force_sig(int sig);
void force_sig_info(struct kernel_siginfo *info);
int force_sig_fault(int sig, int code, void __user *addr);
int send_sig_fault(int sig, int code, void __user *addr, struct task_struct *t);
void force_sigsegv(int sig);
/* Ends all other threads of p's process; siglock held. Returns how many. */
int zap_other_threads(struct task_struct *p);

/* Receiving. Queues of p are emptied / its actions set back to default (force_default: also ignored ones). */
void flush_signals(struct task_struct *p);
void ignore_signals(struct task_struct *p);
void flush_signal_handlers(struct task_struct *p, int force_default);
void flush_sigqueue(struct sigpending *queue);
void flush_itimer_signals(void);
/* Takes the next signal of current not in mask: its number, 0 if none. siglock held. */
int dequeue_signal(struct task_struct *task, sigset_t *mask, kernel_siginfo_t *info);
/* The same for kernel threads, with everything taken care of. */
int kernel_dequeue_signal(void);
/* Next signal with a handler for the current task; default actions (also ending the process) are done inside. */
bool get_signal(struct ksignal *ksig);
/* The frame of ksig is on the user's stack: block what is to be blocked. failed: it could not be written. */
void signal_setup_done(int failed, struct ksignal *ksig, int stepping);
/* Sets or clears TIF_SIGPENDING of current as its queues say; siglock held. */
void recalc_sigpending(void);
void recalc_sigpending_and_wake(struct task_struct *t);
void calculate_sigpending(void);

static inline void signal_wake_up(struct task_struct *t, bool resume)
{
	signal_wake_up_state(t, resume ? TASK_WAKEKILL : 0);
}

static inline int restart_syscall(void)
{
	set_tsk_thread_flag(current, TIF_SIGPENDING);
	return -ERESTARTNOINTR;
}

/* Temporary masks. set_restore_sigmask: current->saved_sigmask comes back at the return to user mode. */
static inline void set_restore_sigmask(void)
{
	set_thread_flag(TIF_RESTORE_SIGMASK);
}

static inline bool test_restore_sigmask(void)
{
	return test_thread_flag(TIF_RESTORE_SIGMASK);
}

static inline bool test_and_clear_restore_sigmask(void)
{
	return test_and_clear_tsk_thread_flag(current, TIF_RESTORE_SIGMASK);
}

static inline void restore_saved_sigmask(void)
{
	if (test_and_clear_restore_sigmask())
		__set_current_blocked(&current->saved_sigmask);
}

static inline void restore_saved_sigmask_unless(bool interrupted)
{
	if (!interrupted)
		restore_saved_sigmask();
}

static inline sigset_t *sigmask_to_save(void)
{
	return unlikely(test_restore_sigmask()) ? &current->saved_sigmask : &current->blocked;
}

/* Alternate stack: is sp on it; its state in SS_* terms for sp; where a frame goes. */
int on_sig_stack(unsigned long sp);
int sas_ss_flags(unsigned long sp);
void sas_ss_reset(struct task_struct *p);
unsigned long sigsp(unsigned long sp, struct ksignal *ksig);

/* The lock of a task's actions, NULL if it is gone. */
struct sighand_struct *lock_task_sighand(struct task_struct *task, unsigned long *flags);
#define unlock_task_sighand(task, flags) spin_unlock_irqrestore(&(task)->sighand->siglock, *(flags))

/* The end of children and their stopping, as the parent is told. tasklist_lock held. */
bool do_notify_parent(struct task_struct *task, int sig);
void do_notify_parent_cldstop(struct task_struct *task, bool for_ptracer, int why);
void __wake_up_parent(struct task_struct *p, struct task_struct *parent);
void exit_signals(struct task_struct *task);
void __cleanup_sighand(struct sighand_struct *sighand);
struct sigqueue *sigqueue_alloc(void);
void sigqueue_free(struct sigqueue *q);
int send_sigqueue(struct sigqueue *q, struct pid *pid, enum pid_type type);

/* All processes / threads; tasklist_lock or rcu_read_lock() held. */
#define next_task(p) list_entry_rcu((p)->tasks.next, struct task_struct, tasks)
#define for_each_process(p) for (p = &init_task; (p = next_task(p)) != &init_task;)
#define __for_each_thread(signal, t) list_for_each_entry_rcu(t, &(signal)->thread_head, thread_node)
#define for_each_thread(p, t) __for_each_thread((p)->signal, t)
#define for_each_process_thread(p, t) \
	for_each_process(p)           \
	for_each_thread(p, t)
struct task_struct *next_thread(const struct task_struct *p);
#define while_each_thread(g, t) while ((t = next_thread(t)) != g)

/* Has no member of the current task's process group a parent in another group of the session? */
bool is_current_pgrp_orphaned(void);

static inline bool same_thread_group(struct task_struct *p1, struct task_struct *p2)
{
	return p1->signal == p2->signal;
}

static inline bool has_group_leader_pid(struct task_struct *p)
{
	return p->pid == p->tgid;
}

static inline int thread_group_empty(struct task_struct *p)
{
	return list_empty(&p->thread_group);
}

static inline int get_nr_threads(struct task_struct *task)
{
	return task->signal->nr_threads;
}

#define delay_group_leader(p) (thread_group_leader(p) && !thread_group_empty(p))

/* ITIMER_REAL has run out (kernel/time): sends SIGALRM. The timer is started again when the signal is taken. */
enum hrtimer_restart it_real_fn(struct hrtimer *timer);
/* The signal of a POSIX timer has been taken: the timer may go on (kernel/time). */
void posixtimer_rearm(struct kernel_siginfo *info);

/* CPU time of a process so far, ended threads included; nanoseconds. */
void thread_group_cputime(struct task_struct *task, u64 *utime, u64 *stime);

#endif
