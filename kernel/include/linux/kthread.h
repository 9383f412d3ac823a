/*
 * Kernel threads. A thread made by a module is in its ledger until it has ended.
 * Context of all of these: threads, may sleep, unless stated.
 */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/sched.h>
#include <linux/err.h>

/*
 * Makes a thread that will run threadfn(data); it sleeps until wake_up_process(). namefmt is a
 * printf format for its name. Returns the task or ERR_PTR(-ENOMEM, -EINTR). threadfn returns when
 * kthread_should_stop(), and its value is what kthread_stop() returns.
 */
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
					   const char *namefmt, ...) __printf(4, 5);
#define kthread_create(threadfn, data, namefmt, ...) \
	kthread_create_on_node(threadfn, data, -1, namefmt, ##__VA_ARGS__)
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data, unsigned int cpu,
					  const char *namefmt);
/* The same and starts it. */
#define kthread_run(threadfn, data, namefmt, ...)                                                 \
	({                                                                                        \
		struct task_struct *__k = kthread_create(threadfn, data, namefmt, ##__VA_ARGS__); \
		if (!IS_ERR(__k))                                                                 \
			wake_up_process(__k);                                                     \
		__k;                                                                              \
	})
/* There is one CPU: without effect. */
void kthread_bind(struct task_struct *k, unsigned int cpu);
/*
 * Makes kthread_should_stop() true in k, wakes it, waits until it has ended: the thread function's
 * value, or -EINTR if it was never started. k must not end on its own before.
 */
int kthread_stop(struct task_struct *k);
/* In the thread: must it end / must it park. Any context. */
bool kthread_should_stop(void);
bool kthread_should_park(void);
bool __kthread_should_park(struct task_struct *k);
bool kthread_freezable_should_stop(bool *was_frozen);
/* The data pointer given at creation. */
void *kthread_data(struct task_struct *k);
/* The thread function, NULL if k was not made here. */
void *kthread_func(struct task_struct *k);
/*
 * Asks k to park and waits until it sleeps in kthread_parkme(): 0, -ENOSYS if it has ended, -EBUSY
 * if it is to park already.
 */
int kthread_park(struct task_struct *k);
void kthread_unpark(struct task_struct *k);
void kthread_parkme(void);
/*
 * Ends the calling thread with a value / after completing comp (for a module's own thread: the
 * completion is the last thing done, in kernel code).
 */
void __noreturn kthread_exit(long result);
void __noreturn kthread_complete_and_exit(struct completion *comp, long code);
void __noreturn complete_and_exit(struct completion *comp, long code);
/* Use the memory of a process from a kernel thread, for a while. */
void kthread_use_mm(struct mm_struct *mm);
void kthread_unuse_mm(struct mm_struct *mm);
/* The thread that makes the others; started once by the boot. */
int kthreadd(void *unused);
extern struct task_struct *kthreadd_task;
/*
 * Makes a thread in the calling task's image, running fn(arg); core only, see
 * kernel/process/fork.c. flags: CLONE_*. Returns its pid or -errno.
 */
pid_t kernel_thread(int (*fn)(void *), void *arg, unsigned long flags);

/* For the end of a task: tells whoever waits in kthread_stop() (again is without effect). */
void kthread_exited(struct task_struct *k, long code);
/* Frees what task_struct.kthread points to; called by the end of a task. */
void free_kthread_struct(struct task_struct *k);

#endif
