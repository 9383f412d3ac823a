/*
 * Kernel threads.
 *
 * 1. All are made by one thread, kthreadd, so that they inherit nothing of whoever asks: requests
 *    wait in a list, the asker sleeps until his thread exists. The new thread sleeps until it is
 *    woken for the first time.
 * 2. struct kthread belongs to the task and lives as long as it. `exited` is completed once, by
 *    kthread_exited(), whichever way the thread ends; kthread_stop() waits for it holding a
 *    reference to the task.
 * 3. A thread whose function lies in a module is in the module's ledger (LEDGER_THREAD) until it
 *    ends; the entry holds a reference. When the ledger takes it back, the thread is stopped. Who
 *    finds the entry gone leaves the reference to the other side.
 */
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <rakit/ledger.h>
#include <rakit/memory.h>
#include "sched/sched.h"

enum { KTHREAD_SHOULD_STOP, KTHREAD_SHOULD_PARK, KTHREAD_ENDED };

struct kthread {
	unsigned long flags; /* bits KTHREAD_* */
	int (*function)(void *data);
	void *data;
	int result;		  /* what kthread_stop() returns */
	struct completion exited; /* the function is left for ever */
	struct completion parked;
};

struct request {
	struct list_head entry;
	int (*function)(void *data);
	void *data;
	struct kthread *kthread;
	struct task_struct *task; /* the result, or ERR_PTR */
	struct completion done;
};

static DEFINE_SPINLOCK(request_lock); /* protects requests */
static LIST_HEAD(requests);
struct task_struct *kthreadd_task;

static struct kthread *kthread_of(struct task_struct *k)
{
	return k->kthread;
}

/* Once per thread, however it ends: nobody waits for it in vain. */
void kthread_exited(struct task_struct *k, long code)
{
	struct kthread *kthread = kthread_of(k);
	unsigned long flags;
	bool held;

	if (!kthread || test_and_set_bit(KTHREAD_ENDED, &kthread->flags))
		return;
	local_irq_save(flags);
	held = ledger_holder(LEDGER_THREAD, k) != NULL;
	if (held)
		ledger_remove(LEDGER_THREAD, k);
	local_irq_restore(flags);
	kthread->result = code;
	complete_all(&kthread->exited);
	complete_all(&kthread->parked);
	if (held)
		put_task_struct(k);
}

void free_kthread_struct(struct task_struct *k)
{
	kfree(k->kthread);
	k->kthread = NULL;
}

void __noreturn kthread_exit(long result)
{
	kthread_exited(current, result);
	do_exit(0);
}
EXPORT_SYMBOL(kthread_exit);

void __noreturn kthread_complete_and_exit(struct completion *comp, long code)
{
	kthread_exited(current, code);
	if (comp)
		complete(comp);
	do_exit(code);
}
EXPORT_SYMBOL(kthread_complete_and_exit);

void __noreturn complete_and_exit(struct completion *comp, long code)
{
	kthread_complete_and_exit(comp, code);
}
EXPORT_SYMBOL(complete_and_exit);

/* What each thread begins with. */
static int kthread_main(void *arg)
{
	struct request *request = arg;
	struct kthread *kthread = request->kthread;
	int result = -EINTR;

	current->kthread = kthread;
	request->task = current;
	set_current_state(TASK_UNINTERRUPTIBLE);
	complete(&request->done);
	schedule();
	if (!test_bit(KTHREAD_SHOULD_STOP, &kthread->flags)) {
		kthread_parkme();
		result = kthread->function(kthread->data);
	}
	kthread_exit(result);
}

static void serve(struct request *request)
{
	pid_t pid = kernel_thread(kthread_main, request, CLONE_FS | CLONE_FILES | SIGCHLD);

	if (pid < 0) {
		request->task = ERR_PTR(pid);
		complete(&request->done);
	}
}

int kthreadd(void *unused)
{
	kthreadd_task = current;
	set_task_comm(current, "kthreadd");
	ignore_signals(current);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (list_empty(&requests))
			schedule();
		__set_current_state(TASK_RUNNING);
		spin_lock(&request_lock);
		while (!list_empty(&requests)) {
			struct request *request = list_first_entry(&requests, struct request,
								   entry);

			list_del_init(&request->entry);
			spin_unlock(&request_lock);
			serve(request);
			spin_lock(&request_lock);
		}
		spin_unlock(&request_lock);
	}
	return 0;
}

static struct kthread *kthread_alloc(int (*function)(void *), void *data)
{
	struct kthread *kthread = kzalloc(sizeof(*kthread), GFP_KERNEL);

	if (!kthread)
		return NULL;
	kthread->function = function;
	kthread->data = data;
	init_completion(&kthread->exited);
	init_completion(&kthread->parked);
	return kthread;
}

static int note_owner(struct task_struct *task, int (*function)(void *), unsigned long site)
{
	struct module *owner = ledger_owner_of((unsigned long)function);
	int error;

	if (!owner)
		return 0;
	get_task_struct(task);
	error = ledger_add(owner, LEDGER_THREAD, task, task->pid, 0, task->comm, site);
	if (error)
		put_task_struct(task);
	return error;
}

static struct task_struct *create(int (*function)(void *), void *data, const char *name,
				  unsigned long site)
{
	struct request request = { .function = function, .data = data };
	int error;

	request.kthread = kthread_alloc(function, data);
	if (!request.kthread)
		return ERR_PTR(-ENOMEM);
	init_completion(&request.done);
	spin_lock(&request_lock);
	list_add_tail(&request.entry, &requests);
	spin_unlock(&request_lock);
	wake_up_process(kthreadd_task);
	wait_for_completion(&request.done);
	if (IS_ERR(request.task)) {
		kfree(request.kthread);
		return request.task;
	}
	set_task_comm(request.task, name);
	error = note_owner(request.task, function, site);
	if (error) {
		kthread_stop(request.task);
		return ERR_PTR(error);
	}
	return request.task;
}

struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
					   const char *namefmt, ...)
{
	char name[TASK_COMM_LEN];
	va_list args;

	va_start(args, namefmt);
	vsnprintf(name, sizeof(name), namefmt, args);
	va_end(args);
	return create(threadfn, data, name, _RET_IP_);
}
EXPORT_SYMBOL(kthread_create_on_node);

struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data, unsigned int cpu,
					  const char *namefmt)
{
	char name[TASK_COMM_LEN];

	snprintf(name, sizeof(name), "%s/%u", namefmt, cpu);
	return create(threadfn, data, name, _RET_IP_);
}
EXPORT_SYMBOL(kthread_create_on_cpu);

void kthread_bind(struct task_struct *k, unsigned int cpu)
{
}
EXPORT_SYMBOL(kthread_bind);

int kthread_stop(struct task_struct *k)
{
	struct kthread *kthread;
	int result;

	might_sleep();
	get_task_struct(k);
	kthread = kthread_of(k);
	if (WARN_ON(!kthread)) {
		put_task_struct(k);
		return -EINVAL;
	}
	set_bit(KTHREAD_SHOULD_STOP, &kthread->flags);
	kthread_unpark(k);
	wake_up_process(k);
	wait_for_completion(&kthread->exited);
	result = kthread->result;
	put_task_struct(k);
	return result;
}
EXPORT_SYMBOL(kthread_stop);

bool kthread_should_stop(void)
{
	struct kthread *kthread = kthread_of(current);

	return kthread && test_bit(KTHREAD_SHOULD_STOP, &kthread->flags);
}
EXPORT_SYMBOL(kthread_should_stop);

bool __kthread_should_park(struct task_struct *k)
{
	return kthread_of(k) && test_bit(KTHREAD_SHOULD_PARK, &kthread_of(k)->flags);
}
EXPORT_SYMBOL(__kthread_should_park);

bool kthread_should_park(void)
{
	return __kthread_should_park(current);
}
EXPORT_SYMBOL(kthread_should_park);

bool kthread_freezable_should_stop(bool *was_frozen)
{
	if (was_frozen)
		*was_frozen = false;
	return kthread_should_stop();
}
EXPORT_SYMBOL(kthread_freezable_should_stop);

void *kthread_data(struct task_struct *k)
{
	return kthread_of(k)->data;
}
EXPORT_SYMBOL(kthread_data);

void *kthread_func(struct task_struct *k)
{
	return kthread_of(k) ? kthread_of(k)->function : NULL;
}
EXPORT_SYMBOL(kthread_func);

void kthread_parkme(void)
{
	struct kthread *kthread = kthread_of(current);

	for (;;) {
		set_current_state(TASK_PARKED);
		if (!test_bit(KTHREAD_SHOULD_PARK, &kthread->flags))
			break;
		complete(&kthread->parked);
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}
EXPORT_SYMBOL(kthread_parkme);

int kthread_park(struct task_struct *k)
{
	struct kthread *kthread = kthread_of(k);

	if (test_bit(KTHREAD_ENDED, &kthread->flags))
		return -ENOSYS;
	if (test_and_set_bit(KTHREAD_SHOULD_PARK, &kthread->flags))
		return -EBUSY;
	if (k == current)
		return 0;
	wake_up_process(k);
	wait_for_completion(&kthread->parked);
	return 0;
}
EXPORT_SYMBOL(kthread_park);

void kthread_unpark(struct task_struct *k)
{
	struct kthread *kthread = kthread_of(k);

	if (!test_and_clear_bit(KTHREAD_SHOULD_PARK, &kthread->flags))
		return;
	if (!test_bit(KTHREAD_ENDED, &kthread->flags))
		reinit_completion(&kthread->parked);
	wake_up_state(k, TASK_PARKED);
}
EXPORT_SYMBOL(kthread_unpark);

static void change_mm(struct mm_struct *mm, struct mm_struct *active)
{
	struct mm_struct *old = current->active_mm;

	local_irq_disable();
	current->mm = mm;
	current->active_mm = active;
	switch_mm(old, active);
	local_irq_enable();
}

void kthread_use_mm(struct mm_struct *mm)
{
	struct mm_struct *old = current->active_mm;

	mmgrab(mm);
	change_mm(mm, mm);
	if (old)
		mmdrop(old);
}
EXPORT_SYMBOL_GPL(kthread_use_mm);

/* The page tables stay in use lazily, as those of any kernel thread's predecessor. */
void kthread_unuse_mm(struct mm_struct *mm)
{
	local_irq_disable();
	current->mm = NULL;
	local_irq_enable();
}
EXPORT_SYMBOL_GPL(kthread_unuse_mm);

static void thread_release(const struct ledger_entry *entry)
{
	struct task_struct *task = (struct task_struct *)entry->object;

	kthread_stop(task);
	put_task_struct(task);
}

static void thread_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	snprintf(buf, size, "pid %d (%s)", (int)entry->key, entry->name);
}

static const struct ledger_kind_ops thread_ledger = { "threads", thread_release, thread_describe };

/*
 * The first thing the first thread does with sleeping allowed: make the maker of threads, then
 * those of this folder.
 */
static int __init kthread_init(void)
{
	system_state = SYSTEM_SCHEDULING;
	ledger_kind_register(LEDGER_THREAD, &thread_ledger);
	if (!kthreadd_task && kernel_thread(kthreadd, NULL, CLONE_FS | CLONE_FILES | SIGCHLD) < 0)
		panic("kthread: cannot start kthreadd");
	while (!kthreadd_task)
		yield();
	softirq_start();
	workqueue_start();
	return 0;
}
pure_initcall(kthread_init);
