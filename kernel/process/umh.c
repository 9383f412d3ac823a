/*
 * Programs of user space run by the kernel.
 *
 * A request is a work item on a queue of its own, so that the program descends from a kernel thread and inherits nothing from
 * whoever asked. The work makes a process whose first function does execve. For UMH_WAIT_PROC a thread in between waits for its
 * end, since the worker must not sleep that long: other requests may be what the program itself needs.
 * Who frees info: the asker while it waits; if it goes away early (a fatal signal) or does not wait, the other side. The
 * exchange of info->complete with NULL decides.
 */
#include <linux/binfmts.h>
#include <linux/completion.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/umh.h>
#include <linux/wait.h>
#include "process/process.h"

#define DISABLE_TIMEOUT (5 * HZ)

static struct workqueue_struct *queue;
static DEFINE_SPINLOCK(state_lock); /* enabled, running */
static bool enabled = true;
static unsigned int running;		   /* requests not finished */
static DECLARE_WAIT_QUEUE_HEAD(idle_wait); /* running has become 0 */

void __init umh_init(void)
{
	queue = alloc_workqueue("umh", WQ_UNBOUND, 0);
}

static void info_free(struct subprocess_info *info)
{
	if (info->cleanup)
		info->cleanup(info);
	kfree(info);
}

static void request_finished(struct subprocess_info *info)
{
	struct completion *waiter = xchg(&info->complete, NULL);

	if (waiter)
		complete(waiter);
	else
		info_free(info);
}

static int child_creds(struct subprocess_info *info)
{
	struct cred *new = prepare_kernel_cred(current);
	int err = 0;

	if (!new)
		return -ENOMEM;
	if (info->init)
		err = info->init(info, new);
	if (err)
		abort_creds(new);
	else
		commit_creds(new);
	return err;
}

/* In the new process: becomes the program, or reports why not and ends. */
static int child_main(void *data)
{
	struct subprocess_info *info = data;
	int wait = info->wait, err;

	spin_lock_irq(&current->sighand->siglock);
	flush_signal_handlers(current, 1);
	spin_unlock_irq(&current->sighand->siglock);
	set_user_nice(current, 0);
	err = child_creds(info);
	if (!err)
		err = kernel_execve(info->path, (const char *const *)info->argv,
				    (const char *const *)info->envp);
	info->retval = err;
	if (!(wait & UMH_WAIT_PROC))
		request_finished(info);
	if (!err)
		return 0;
	do_exit(0);
}

/* Waits for the program's end in place of the asker. */
static int waiter_main(void *data)
{
	struct subprocess_info *info = data;
	pid_t pid;

	spin_lock_irq(&current->sighand->siglock);
	current->sighand->action[SIGCHLD - 1].sa.sa_handler = SIG_DFL;
	spin_unlock_irq(&current->sighand->siglock);
	pid = kernel_thread(child_main, info, SIGCHLD);
	if (pid < 0) {
		info->retval = pid;
	} else {
		int status = 0;

		kernel_wait(pid, &status);
		if (!info->retval)
			info->retval = status;
	}
	request_finished(info);
	do_exit(0);
}

static void request_work(struct work_struct *work)
{
	struct subprocess_info *info = container_of(work, struct subprocess_info, work);
	bool wait = info->wait & UMH_WAIT_PROC;
	pid_t pid = kernel_thread(wait ? waiter_main : child_main, info, CLONE_PARENT | SIGCHLD);

	if (pid < 0) {
		info->retval = pid;
		request_finished(info);
	}
}

struct subprocess_info *call_usermodehelper_setup(
	const char *path, char **argv, char **envp, gfp_t gfp_mask,
	int (*init)(struct subprocess_info *info, struct cred *new),
	void (*cleanup)(struct subprocess_info *info), void *data)
{
	struct subprocess_info *info = kzalloc(sizeof(*info), gfp_mask);

	if (!info)
		return NULL;
	INIT_WORK(&info->work, request_work);
	info->path = path;
	info->argv = argv;
	info->envp = envp;
	info->init = init;
	info->cleanup = cleanup;
	info->data = data;
	return info;
}
EXPORT_SYMBOL(call_usermodehelper_setup);

static bool request_begin(void)
{
	bool allowed;

	spin_lock(&state_lock);
	allowed = enabled && queue;
	if (allowed)
		running++;
	spin_unlock(&state_lock);
	return allowed;
}

static void request_end(void)
{
	spin_lock(&state_lock);
	running--;
	spin_unlock(&state_lock);
	wake_up(&idle_wait);
}

/* Sleeps until the request is done: true if it is this side that frees info. */
static bool request_wait(struct subprocess_info *info, struct completion *done, int wait)
{
	if (wait & UMH_KILLABLE) {
		if (!wait_for_completion_killable(done))
			return true;
		if (xchg(&info->complete, NULL))
			return false;
	}
	wait_for_completion(done);
	return true;
}

int call_usermodehelper_exec(struct subprocess_info *info, int wait)
{
	DECLARE_COMPLETION_ONSTACK(done);
	bool sleeps = wait != UMH_NO_WAIT && !(wait & UMH_NOTIFY);
	int result = -EBUSY;

	if (!info->path || !info->path[0] || !request_begin()) {
		if (info->path && !info->path[0])
			result = 0;
		info->retval = result;
		info_free(info);
		return result;
	}
	info->wait = wait & ~(UMH_KILLABLE | UMH_NOTIFY);
	info->complete = sleeps ? &done : NULL;
	queue_work(queue, &info->work);
	result = 0;
	if (sleeps) {
		result = -EINTR;
		if (request_wait(info, &done, wait)) {
			result = info->retval;
			info_free(info);
		}
	}
	request_end();
	return result;
}
EXPORT_SYMBOL(call_usermodehelper_exec);

int call_usermodehelper(const char *path, char **argv, char **envp, int wait)
{
	gfp_t gfp = wait == UMH_NO_WAIT ? GFP_ATOMIC : GFP_KERNEL;
	struct subprocess_info *info = call_usermodehelper_setup(path, argv, envp, gfp, NULL, NULL,
								 NULL);

	return info ? call_usermodehelper_exec(info, wait) : -ENOMEM;
}
EXPORT_SYMBOL(call_usermodehelper);

int usermodehelper_disable(void)
{
	spin_lock(&state_lock);
	enabled = false;
	spin_unlock(&state_lock);
	if (wait_event_timeout(idle_wait, !READ_ONCE(running), DISABLE_TIMEOUT))
		return 0;
	usermodehelper_enable();
	return -EAGAIN;
}

void usermodehelper_enable(void)
{
	spin_lock(&state_lock);
	enabled = true;
	spin_unlock(&state_lock);
}
