/*
 * Asking user space for a module: `/sbin/modprobe -q -- ALIAS`, as a process of its own.
 *
 * Requests in flight are in a list. A second request for the same alias waits for the first and shares its result; a
 * request made by the very modprobe that handles this alias, or by a child of it, would wait for itself and is refused.
 * At most MAX_RUNNING processes run at once; who waits longer than MAX_WAIT for a free one gets -ETIME. The alias
 * reaches modprobe as one argument, no shell is involved, and only characters that aliases have are let through.
 * Lock: request_lock protects the list and the counts.
 */
#include "module/module.h"
#include <linux/completion.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kmod.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/umh.h>

#define MAX_RUNNING 50
#define MAX_WAIT (5 * HZ)

struct request {
	struct list_head list;
	struct completion done;
	unsigned int users; /* who waits, the maker included */
	pid_t pid;	    /* of the helper, 0: not yet running */
	int result;
	char alias[MODULE_NAME_LEN * 2];
};

static DEFINE_MUTEX(request_lock);
static LIST_HEAD(requests);
static DECLARE_WAIT_QUEUE_HEAD(request_wait);
static atomic_t free_slots = ATOMIC_INIT(MAX_RUNNING);

char modprobe_path[KMOD_PATH_LEN] = "/sbin/modprobe";

static bool alias_valid(const char *alias)
{
	if (!isalnum((unsigned char)alias[0]))
		return false;
	while (isalnum((unsigned char)*alias) || (*alias && strchr("-_:.,()+*=@<>[]?", *alias)))
		alias++;
	return !*alias;
}

static struct request *request_find(const char *alias)
{
	struct request *request;

	list_for_each_entry(request, &requests, list)
		if (!strcmp(request->alias, alias))
			return request;
	return NULL;
}

/* Whether the calling process is pid or descends from it. */
static bool descends_from(pid_t pid)
{
	struct task_struct *task = current;
	bool found = false;

	rcu_read_lock();
	while (pid && !found && task && task->pid > 1) {
		found = task->tgid == pid;
		task = task->real_parent;
	}
	rcu_read_unlock();
	return found;
}

static int helper_started(struct subprocess_info *info, struct cred *new)
{
	((struct request *)info->data)->pid = current->tgid;
	return 0;
}

static void request_put(struct request *request)
{
	mutex_lock(&request_lock);
	if (!--request->users)
		kfree(request);
	mutex_unlock(&request_lock);
}

/* Runs modprobe to its end. */
static int run_helper(struct request *request)
{
	static char *envp[] = { "HOME=/", "TERM=linux", "PATH=/sbin:/usr/sbin:/bin:/usr/bin",
				NULL };
	char *argv[] = { modprobe_path, "-q", "--", request->alias, NULL };
	struct subprocess_info *info;

	info = call_usermodehelper_setup(modprobe_path, argv, envp, GFP_KERNEL, helper_started,
					 NULL, request);
	if (!info)
		return -ENOMEM;
	return call_usermodehelper_exec(info, UMH_WAIT_PROC | UMH_KILLABLE);
}

static int take_slot(const char *alias)
{
	if (atomic_dec_if_positive(&free_slots) >= 0)
		return 0;
	pr_warn_ratelimited("request: %s: %d requests in flight, waiting\n", alias, MAX_RUNNING);
	if (wait_event_killable_timeout(request_wait, atomic_dec_if_positive(&free_slots) >= 0,
					MAX_WAIT) > 0)
		return 0;
	pr_warn_ratelimited("request: %s: refused: no slot within %d s\n", alias, MAX_WAIT / HZ);
	return -ETIME;
}

static int request_run(struct request *request)
{
	int result = take_slot(request->alias);

	if (!result) {
		result = run_helper(request);
		atomic_inc(&free_slots);
		wake_up(&request_wait);
	}
	mutex_lock(&request_lock);
	list_del(&request->list);
	mutex_unlock(&request_lock);
	request->result = result > 0 ? result >> 8 ?: result : result;
	complete_all(&request->done);
	return request->result;
}

/* Waits for a request of the same alias that another process has made. */
static int request_join(struct request *request)
{
	int error = wait_for_completion_killable(&request->done);

	return error ?: request->result;
}

static struct request *request_make(const char *alias, bool *joined)
{
	struct request *request;

	mutex_lock(&request_lock);
	request = request_find(alias);
	*joined = request != NULL;
	if (request && descends_from(request->pid)) {
		request = ERR_PTR(-ELOOP);
	} else if (request) {
		request->users++;
	} else {
		request = kzalloc(sizeof(*request), GFP_KERNEL);
		if (request) {
			strcpy(request->alias, alias);
			init_completion(&request->done);
			request->users = 1;
			list_add(&request->list, &requests);
		}
	}
	mutex_unlock(&request_lock);
	return request ?: ERR_PTR(-ENOMEM);
}

static int request_and_wait(const char *alias)
{
	bool joined;
	struct request *request = request_make(alias, &joined);
	int result;

	if (IS_ERR(request)) {
		pr_warn("request: %s: refused: asked for by what handles it\n", alias);
		return (int)PTR_ERR(request);
	}
	result = joined ? request_join(request) : request_run(request);
	request_put(request);
	return result;
}

/* Nobody waits: the helper is on its own and its end goes unnoticed. */
static int request_only(char *alias)
{
	static char *envp[] = { "HOME=/", "TERM=linux", "PATH=/sbin:/usr/sbin:/bin:/usr/bin",
				NULL };
	char *argv[] = { modprobe_path, "-q", "--", alias, NULL };

	return call_usermodehelper(modprobe_path, argv, envp, UMH_WAIT_EXEC);
}

int __request_module(bool wait, const char *fmt, ...)
{
	char alias[sizeof(((struct request *)0)->alias)];
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsnprintf(alias, sizeof(alias), fmt, args);
	va_end(args);
	if (length >= (int)sizeof(alias))
		return -ENAMETOOLONG;
	if (!alias_valid(alias)) {
		pr_warn_ratelimited("request: refused: a name that no alias has\n");
		return -EINVAL;
	}
	if (!modprobe_path[0])
		return -ENOENT;
	return wait ? request_and_wait(alias) : request_only(alias);
}
EXPORT_SYMBOL(__request_module);
