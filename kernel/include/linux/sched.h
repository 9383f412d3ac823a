/*
 * Tasks and the scheduler.
 *
 * A task is one thread of execution: a kernel thread or a thread of a process. `current` is the
 * running one. A task sleeps by setting its state and calling schedule(); use the wait_event*()
 * family (linux/wait.h) rather than doing it by hand. Priorities 0-99 are real-time (SCHED_FIFO,
 * SCHED_RR), 100-139 ordinary (nice -20 … 19); lower runs first.
 */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/preempt.h>
#include <linux/spinlock_types.h>
#include <linux/thread_info.h>
#include <linux/jiffies.h>
#include <linux/sched/prio.h>
#include <uapi/linux/sched.h>
#include <asm/current.h>
#include <asm/processor.h>

struct address_space;
struct cred;
struct files_struct;
struct fs_struct;
struct io_context;
struct kthread;
struct linux_binprm;
struct mm_struct;
struct module;
struct mutex;
struct nameidata;
struct nsproxy;
struct pid;
struct pt_regs;
struct rseq;
struct rusage;
struct sched_param;
struct seq_file;
struct sighand_struct;
struct signal_struct;
struct sigqueue;
struct task_struct;
struct user_struct;

/* ->state: what may wake a sleeping task */
#define TASK_RUNNING 0x0000
#define TASK_INTERRUPTIBLE 0x0001   /* a wake-up or any signal */
#define TASK_UNINTERRUPTIBLE 0x0002 /* a wake-up only */
#define __TASK_STOPPED 0x0004
#define __TASK_TRACED 0x0008
/* ->exit_state */
#define EXIT_DEAD 0x0010
#define EXIT_ZOMBIE 0x0020
#define EXIT_TRACE (EXIT_ZOMBIE | EXIT_DEAD)
#define TASK_PARKED 0x0040
#define TASK_DEAD 0x0080
#define TASK_WAKEKILL 0x0100 /* fatal signals wake it */
#define TASK_WAKING 0x0200
#define TASK_NOLOAD 0x0400
#define TASK_NEW 0x0800
#define TASK_KILLABLE (TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_STOPPED (TASK_WAKEKILL | __TASK_STOPPED)
#define TASK_TRACED (TASK_WAKEKILL | __TASK_TRACED)
#define TASK_IDLE (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)
#define TASK_NORMAL (TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)

#define task_is_running(task) (READ_ONCE((task)->state) == TASK_RUNNING)
#define task_is_traced(task) (((task)->state & __TASK_TRACED) != 0)
#define task_is_stopped(task) (((task)->state & __TASK_STOPPED) != 0)
#define task_is_stopped_or_traced(task) (((task)->state & (__TASK_STOPPED | __TASK_TRACED)) != 0)

/* ->flags */
#define PF_IDLE 0x00000002	 /* the idle task */
#define PF_EXITING 0x00000004	 /* in do_exit() */
#define PF_WQ_WORKER 0x00000020	 /* runs work items */
#define PF_FORKNOEXEC 0x00000040 /* forked, has not called execve yet */
#define PF_SUPERPRIV 0x00000100	 /* used super-user rights */
#define PF_DUMPCORE 0x00000200
#define PF_SIGNALED 0x00000400	/* killed by a signal */
#define PF_MEMALLOC 0x00000800	/* frees memory: may use the reserves */
#define PF_USED_MATH 0x00002000 /* has FPU state */
#define PF_NOFREEZE 0x00008000
#define PF_KTHREAD 0x00200000 /* kernel thread: no user memory of its own */
#define PF_RANDOMIZE 0x00400000

#define TASK_COMM_LEN 16
#define MAX_HELD_RWLOCKS 8

/* One rwlock that a task holds (CONFIG_DEBUG_SPINLOCK). */
struct held_lock {
	const void *lock;
	unsigned long site; /* address of the call that took it */
};

/* Where a runnable task stands with the scheduler; private to kernel/sched. */
struct sched_entity {
	struct list_head run_list; /* in the queue of its priority */
	unsigned int time_slice;   /* ticks left */
	unsigned int sleep_avg;	   /* ticks of recent sleep credited, 0 … MAX_SLEEP_AVG */
	unsigned long sleep_start; /* jiffies when it went to sleep */
	void *array;		   /* priority array it is queued in, NULL: not queued */
};

/*
 * Fields up to `thread` have fixed offsets that assembly knows (static_assert below). "own" marks
 * what only the task itself writes; other fields name their lock.
 */
struct task_struct {
	unsigned long thread_flags;  /* TIF_* bits, atomically */
	int preempt_count;	     /* see linux/preempt.h; own */
	void *stack;		     /* lowest address of the kernel stack */
	struct thread_struct thread; /* saved CPU state (arch) */

	volatile long state; /* TASK_*; scheduler */
	int exit_state;	     /* EXIT_*; tasklist_lock */
	int exit_code;
	int exit_signal; /* sent to the parent at the end */
	int pdeath_signal;
	unsigned int flags; /* PF_*; own */
	refcount_t usage;   /* references to this structure */
	unsigned int ptrace;

	/* scheduler; run-queue lock */
	int prio;	 /* effective: normal_prio, bonus and lent priority applied */
	int static_prio; /* from nice: 100 … 139 */
	int normal_prio; /* without lent priority */
	int boost_prio;	 /* priority lent by waiters for mutexes it holds; MAX_PRIO: none */
	unsigned int rt_priority; /* 1 … 99 for SCHED_FIFO and SCHED_RR */
	unsigned int policy;	  /* SCHED_* */
	bool on_rq;		  /* runnable: queued or running */
	bool sched_reset_on_fork;
	struct sched_entity se;
	unsigned int nr_cpus_allowed;
	unsigned long nvcsw, nivcsw; /* voluntary and forced switches */
	u64 utime, stime;	     /* CPU time in nanoseconds, user and system mode */
	u64 gtime;
	u64 start_time;	    /* nanoseconds since boot, monotonic */
	u64 start_boottime; /* the same with time asleep */

	/* mutexes */
	struct mutex *blocked_on;  /* waits for this one */
	struct list_head boosting; /* held mutexes whose waiters lend priority */

	/* CONFIG_DEBUG_SPINLOCK; own */
	struct spinlock *held_spinlock; /* the last one taken; the others by its next */
	struct held_lock held_rwlocks[MAX_HELD_RWLOCKS]; /* oldest first */
	unsigned int held_rwlock_count;

	struct list_head tasks; /* all processes; tasklist_lock */

	/* memory; see linux/mm_types.h */
	struct mm_struct *mm;	     /* NULL for kernel threads */
	struct mm_struct *active_mm; /* whose page tables are in use */
	unsigned long min_flt, maj_flt;
	bool in_execve, in_iowait;
	bool no_new_privs; /* execve gives no new rights; never cleared */

	/* identity; tasklist_lock */
	pid_t pid;
	pid_t tgid;
	struct pid *thread_pid;
	struct hlist_node pid_links[4]; /* in the lists of struct pid, by pid_type */
	struct task_struct *real_parent;
	struct task_struct *parent;
	struct list_head children;
	struct list_head sibling;
	struct task_struct *group_leader;
	struct list_head thread_group;
	struct list_head thread_node;
	struct list_head ptraced;
	struct list_head ptrace_entry;
	struct completion *vfork_done; /* for vfork() */
	int __user *set_child_tid;     /* CLONE_CHILD_SETTID */
	int __user *clear_child_tid;   /* CLONE_CHILD_CLEARTID */

	/* credentials; linux/cred.h */
	const struct cred *real_cred;
	const struct cred *cred;
	char comm[TASK_COMM_LEN]; /* program name; task_lock() */

	struct fs_struct *fs;	    /* root, working directory, umask */
	struct files_struct *files; /* open files */
	struct nsproxy *nsproxy;
	unsigned int link_count, total_link_count; /* symbolic links followed; own */
	struct nameidata *nameidata;		   /* path walk in progress; own */
	void *journal_info;
	struct bio_list *bio_list;
	void *plug;

	/* signals; sighand->siglock */
	struct signal_struct *signal;
	struct sighand_struct *sighand;
	sigset_t blocked, real_blocked;
	sigset_t saved_sigmask; /* restored at the return to user mode if TIF_RESTORE_SIGMASK */
	struct sigpending pending;
	unsigned long sas_ss_sp;
	size_t sas_ss_size;
	unsigned int sas_ss_flags;
	bool restore_sigmask;
	unsigned int jobctl; /* JOBCTL_* of linux/sched/signal.h */

	unsigned int personality;
	struct restart_block restart_block;
	spinlock_t alloc_lock; /* task_lock(): protects mm, files, fs, comm */
	struct callback_head *task_works;

	struct kthread *kthread;  /* set for threads of kthread_create(); linux/kthread.h */
	void *worker;		  /* work-queue worker of a PF_WQ_WORKER task */
	struct module *in_module; /* module whose entry point the task is in, for containment */
	void *robust_list;	  /* futexes */
	struct rseq __user *rseq; /* registered by rseq(2), NULL: not; own */
	u32 rseq_signature;
	unsigned long timer_slack_ns;
	struct list_head *scm_work_list;
	struct refusal *refusal; /* why its last call was refused (rakit/refusal.h); own */
	struct rcu_head rcu;
};

static_assert(offsetof(struct task_struct, thread_flags) == 0);
static_assert(offsetof(struct task_struct, preempt_count) == 4);
static_assert(1 << TIF_NEED_RESCHED == 8, "PREEMPT_RESCHED_FLAG of linux/preempt.h");
static_assert(offsetof(struct task_struct, stack) == 8);
static_assert(offsetof(struct task_struct, thread) == 12);

/* The first task: runs the boot, then idles. */
extern struct task_struct init_task;

/* Set the state before testing the condition one sleeps for; then schedule(). */
#define __set_current_state(state_value)        \
	do {                                    \
		current->state = (state_value); \
	} while (0)
#define set_current_state(state_value)          \
	do {                                    \
		current->state = (state_value); \
		barrier();                      \
	} while (0)

#define MAX_SCHEDULE_TIMEOUT LONG_MAX

/* Lets another task run; sleeps if ->state is not TASK_RUNNING. Threads only, no spinlock held. */
void schedule(void);
/*
 * Sleep (state set before by the caller, or by the name) for at most timeout jiffies: the jiffies
 * left, 0 if it ran out. MAX_SCHEDULE_TIMEOUT sleeps without limit.
 */
signed long schedule_timeout(signed long timeout);
signed long schedule_timeout_interruptible(signed long timeout);
signed long schedule_timeout_killable(signed long timeout);
signed long schedule_timeout_uninterruptible(signed long timeout);
signed long schedule_timeout_idle(signed long timeout);
/* The same, counted as waiting for I/O. */
void io_schedule(void);
long io_schedule_timeout(long timeout);
/* Gives up the CPU, staying runnable. */
void yield(void);
/*
 * Gives up the CPU if somebody more important waits. Returns 1 if it did. Where it is called
 * sleeping must be allowed.
 */
int _cond_resched(void);
#define cond_resched()                             \
	({                                         \
		__might_sleep(__FILE__, __LINE__); \
		_cond_resched();                   \
	})
/*
 * From the interrupt return path: preempt_count is 0, TIF_NEED_RESCHED set, interrupts off (and
 * again on return).
 */
void preempt_schedule_irq(void);

/*
 * Wakes p if it sleeps (any normal state / one of the states in the mask). 1 if it was asleep. Any
 * context.
 */
int wake_up_process(struct task_struct *p);
int wake_up_state(struct task_struct *p, unsigned int state);
/*
 * Wakes or kicks p so that it looks at its signals; resume: also TASK_WAKEKILL states. Caller holds
 * siglock.
 */
void signal_wake_up_state(struct task_struct *p, unsigned int state);
void kick_process(struct task_struct *p);

/*
 * fork: gives p its scheduling state (parent's time slice is shared) / makes it runnable for the
 * first time.
 */
int sched_fork(unsigned long clone_flags, struct task_struct *p);
void wake_up_new_task(struct task_struct *p);
/*
 * First C function a new task runs, before its own: finishes the switch from prev. Interrupts off
 * on entry.
 */
void schedule_tail(struct task_struct *prev);
/* The end of a task: never returns; its last reference is dropped by whoever runs next. */
void __noreturn do_task_dead(void);

/* Priorities. Return 0, -EINVAL, -EPERM. nice: -20 (most) … 19. */
void set_user_nice(struct task_struct *p, long nice);
int task_nice(const struct task_struct *p);
int task_prio(const struct task_struct *p);
int can_nice(const struct task_struct *p, const int nice);
int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param);
int sched_setscheduler_nocheck(struct task_struct *p, int policy, const struct sched_param *param);
/*
 * SCHED_FIFO at medium / lowest real-time priority, or an ordinary one: what drivers' threads
 * should use.
 */
void sched_set_fifo(struct task_struct *p);
void sched_set_fifo_low(struct task_struct *p);
void sched_set_normal(struct task_struct *p, int nice);
/* Ticks p may run before it is the turn of others of its priority. */
unsigned int task_time_slice(const struct task_struct *p);
int idle_cpu(int cpu);
struct task_struct *idle_task(int cpu);
int task_curr(const struct task_struct *p);
#define is_idle_task(p) (!!((p)->flags & PF_IDLE))
#define task_cpu(p) ((void)(p), 0)

/* Sets the name of a task (at most 15 characters), copies it out. Any context. */
void set_task_comm(struct task_struct *tsk, const char *from);
char *get_task_comm(char *buf, struct task_struct *tsk);

/*
 * From the tick: counts the running task's slice; accounts ticks of CPU time; load averages.
 * Interrupts off; core only.
 */
void scheduler_tick(void);
void account_tick(bool user, unsigned int ticks);
void load_tick(void);
/* The idle loop: where the boot thread ends. */
void __noreturn cpu_idle_loop(void);

/* The letter and word that ps and /proc/PID/status show for a task's state. */
const char *task_state_name(const struct task_struct *p);
char task_state_to_char(const struct task_struct *p);
/* Prints the state and call path of p / of all tasks to the log. */
void sched_show_task(struct task_struct *p);
void show_state_filter(unsigned long state_filter);

/* Load averages over 1, 5, 15 minutes in units of 1/2048 (FSHIFT 11), as /proc/loadavg. */
#define FSHIFT 11
#define FIXED_1 (1 << FSHIFT)
#define LOAD_INT(x) ((x) >> FSHIFT)
#define LOAD_FRAC(x) LOAD_INT(((x) & (FIXED_1 - 1)) * 100)
extern unsigned long avenrun[3];
unsigned int nr_running(void);
unsigned int nr_iowait(void);
u64 nr_context_switches(void);
/* CPU time of p in nanoseconds so far. */
u64 task_sched_runtime(struct task_struct *p);
unsigned long long sched_clock(void);

static inline void set_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	set_bit(flag, &tsk->thread_flags);
}
static inline void clear_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	clear_bit(flag, &tsk->thread_flags);
}
static inline int test_tsk_thread_flag(const struct task_struct *tsk, int flag)
{
	return test_bit(flag, &tsk->thread_flags);
}
static inline int test_and_clear_tsk_thread_flag(struct task_struct *tsk, int flag)
{
	return test_and_clear_bit(flag, &tsk->thread_flags);
}
#define set_thread_flag(flag) set_tsk_thread_flag(current, flag)
#define clear_thread_flag(flag) clear_tsk_thread_flag(current, flag)
#define test_thread_flag(flag) test_tsk_thread_flag(current, flag)
#define set_tsk_need_resched(tsk) set_tsk_thread_flag(tsk, TIF_NEED_RESCHED)
#define clear_tsk_need_resched(tsk) clear_tsk_thread_flag(tsk, TIF_NEED_RESCHED)
#define test_tsk_need_resched(tsk) test_tsk_thread_flag(tsk, TIF_NEED_RESCHED)
static inline int need_resched(void)
{
	return unlikely(test_thread_flag(TIF_NEED_RESCHED));
}
/* A signal waits for p (a fatal one / one that ends a sleep in this state). */
static inline int signal_pending(struct task_struct *p)
{
	return unlikely(test_tsk_thread_flag(p, TIF_SIGPENDING));
}
int __fatal_signal_pending(struct task_struct *p);
static inline int fatal_signal_pending(struct task_struct *p)
{
	return signal_pending(p) && __fatal_signal_pending(p);
}
static inline int signal_pending_state(long state, struct task_struct *p)
{
	if (!(state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)) || !signal_pending(p))
		return 0;
	return (state & TASK_INTERRUPTIBLE) || __fatal_signal_pending(p);
}

static inline pid_t task_pid_nr(struct task_struct *tsk)
{
	return tsk->pid;
}
static inline pid_t task_tgid_nr(struct task_struct *tsk)
{
	return tsk->tgid;
}
#define task_pid_vnr(tsk) task_pid_nr(tsk)
#define task_tgid_vnr(tsk) task_tgid_nr(tsk)
static inline int is_global_init(struct task_struct *tsk)
{
	return tsk->tgid == 1;
}
static inline struct pid *task_pid(struct task_struct *task)
{
	return task->thread_pid;
}
static inline bool thread_group_leader(const struct task_struct *p)
{
	return p->exit_signal >= 0;
}
#define task_stack_page(task) ((task)->stack)

#endif
