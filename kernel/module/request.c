/*
 * Asking user space for a module.
 *
 * 1. A wish is an alias. It is looked at first: only characters that aliases have, and only what the policy lets this
 *    process trigger. It reaches user space as one argument of modprobe; no shell is involved.
 * 2. Wishes in flight are in a list. One for an alias that is in it already waits for that and shares its result.
 * 3. The daemon at /dev/kmod gets it (request_daemon.c). If there is none, or it does not read within
 *    request_patience seconds, or it goes away, the kernel runs modprobe (request_helper.c).
 * 4. After request_timeout seconds the wish fails with -ETIMEDOUT, whatever user space does. At most request_limit are in
 *    flight; who finds no place within MAX_WAIT gets -ETIME.
 * 5. No loops: a process that works on a request, or a child of it, may ask for other modules, but what it waits for must
 *    not wait, over any number of requests, for itself: -ELOOP. The links are request->waits_for.
 *
 * All who wait are alike: they sleep on request->done and can be killed. A request lives as long as it is in the list,
 * is waited for, is watched, or has a helper.
 */
#include "module/request.h"
#include "module/module.h"
#include "module/trace.h"
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kmod.h>
#include <linux/ktime.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#define MAX_WAIT (5 * HZ)

DEFINE_MUTEX(request_lock);
LIST_HEAD(requests_in_flight);
int request_timeout = 30;
int request_patience = 2;
int request_limit = 50;

static unsigned int in_flight;
static DECLARE_WAIT_QUEUE_HEAD(place_wait);

static void request_unlock_put(struct request *request)
{
	request_put(request);
	mutex_unlock(&request_lock);
}

void request_finish(struct request *request, int result)
{
	mutex_lock(&request_lock);
	if (request->finished) {
		mutex_unlock(&request_lock);
		return;
	}
	request->finished = true;
	request->result = result;
	list_del_init(&request->list);
	list_del_init(&request->queue);
	in_flight--;
	request_log(request);
	if (cancel_delayed_work(&request->watch))
		request_put(request);
	complete_all(&request->done);
	request_unlock_put(request);
	wake_up(&place_wait);
}

static void kill_handler(pid_t pid)
{
	struct pid *found;

	rcu_read_lock();
	found = pid ? find_vpid(pid) : NULL;
	if (found)
		kill_pid(found, SIGKILL, 1);
	rcu_read_unlock();
}

/* The time is over: the waiters go on, and who works on it is stopped. */
static void request_expire(struct request *request)
{
	pr_warn("request: %s: failed: no answer within %d s\n", request->alias, request_timeout);
	mutex_lock(&request_lock);
	if (request->to_daemon)
		daemon_cancel(request);
	else
		kill_handler(request->handler);
	mutex_unlock(&request_lock);
	request_finish(request, -ETIMEDOUT);
}

static void request_watch(struct work_struct *work)
{
	struct request *request = container_of(to_delayed_work(work), struct request, watch);
	bool missed = false, over = time_after_eq(jiffies, request->deadline);

	mutex_lock(&request_lock);
	if (!request->finished && !over) {
		missed = daemon_missed(request);
		request_get(request);
		schedule_delayed_work(&request->watch, request->deadline - jiffies);
	}
	mutex_unlock(&request_lock);
	if (over)
		request_expire(request);
	else if (missed)
		helper_start(request);
	mutex_lock(&request_lock);
	request_unlock_put(request);
}

/* Takes a place; waits for one. Under request_lock, which is given up meanwhile. */
static int take_place(const char *alias)
{
	long left = MAX_WAIT;

	if (in_flight >= (unsigned int)request_limit)
		pr_warn_ratelimited("request: %s: %u requests in flight, waiting\n", alias,
				    in_flight);
	while (in_flight >= (unsigned int)request_limit) {
		mutex_unlock(&request_lock);
		left = wait_event_killable_timeout(
			place_wait, READ_ONCE(in_flight) < (unsigned int)request_limit, left);
		mutex_lock(&request_lock);
		if (left > 0)
			continue;
		pr_warn_ratelimited("request: %s: refused: no place within %d s\n", alias,
				    MAX_WAIT / HZ);
		return left ? (int)left : -ETIME;
	}
	in_flight++;
	return 0;
}

static struct request *request_make(const char *alias, const struct requester *from)
{
	static unsigned int ids;
	struct request *request = kzalloc(sizeof(*request) + strlen(alias) + 1, GFP_KERNEL);

	if (!request)
		return NULL;
	strcpy(request->alias, alias);
	request->from = *from;
	request->id = ++ids;
	request->users = 3; /* the list's, the watch's, the caller's */
	request->begun = ktime_get_ns();
	request->deadline = jiffies + (unsigned long)request_timeout * HZ;
	init_completion(&request->done);
	INIT_LIST_HEAD(&request->queue);
	INIT_DELAYED_WORK(&request->watch, request_watch);
	list_add(&request->list, &requests_in_flight);
	return request;
}

/* Whether waiting for `target` would be waiting for `cause`, which the caller works on. */
static bool is_loop(const struct request *cause, const struct request *target)
{
	for (; target; target = target->waits_for)
		if (target == cause)
			return true;
	return false;
}

/* On its way to user space. Under request_lock, which is given up meanwhile. */
static void request_send(struct request *request)
{
	bool taken = daemon_takes(request);
	int first_look = taken ? min(request_patience, request_timeout) : request_timeout;

	schedule_delayed_work(&request->watch, (unsigned long)first_look * HZ);
	if (taken)
		return;
	mutex_unlock(&request_lock);
	helper_start(request);
	mutex_lock(&request_lock);
}

/* One in flight that the caller may wait for, with a reference; NULL: there is none. Under request_lock. */
static struct request *request_join(const char *alias)
{
	struct request *request = request_by_alias(alias), *cause = request_handled_here();

	if (!request)
		return NULL;
	if (cause && is_loop(cause, request)) {
		pr_warn("request: %s: refused: asked for by what handles %s\n", alias,
			cause == request ? "it" : "what it waits for");
		return ERR_PTR(-ELOOP);
	}
	request_get(request);
	return request;
}

/* A new one, not sent yet, unless somebody else has made one while this process waited for a place. Under request_lock. */
static struct request *request_begin(const char *alias, const struct requester *from, bool *new)
{
	int error = take_place(alias);
	struct request *request;

	if (error)
		return ERR_PTR(error);
	request = request_join(alias);
	*new = !request;
	if (!request)
		request = request_make(alias, from);
	if (!*new || !request)
		in_flight--;
	return request ?: ERR_PTR(-ENOMEM);
}

/* Sleeps until it is finished. Under request_lock, which is given up meanwhile. */
static int request_wait(struct request *request)
{
	int error;

	mutex_unlock(&request_lock);
	error = wait_for_completion_killable(&request->done);
	mutex_lock(&request_lock);
	return error ?: request->result;
}

/* Sends it if it is new, and waits for it; before, what the caller works on is linked to it: its handler may ask at once. */
static int request_complete(struct request *request, bool new, bool wait)
{
	struct request *cause = wait ? request_handled_here() : NULL;
	int result = 0;

	if (cause) {
		request_get(cause);
		cause->waits_for = request;
	}
	if (new)
		request_send(request);
	if (wait)
		result = request_wait(request);
	if (cause) {
		cause->waits_for = NULL;
		request_put(cause);
	}
	return result;
}

static int request_handle(const char *alias, const struct requester *from, bool wait)
{
	struct request *request;
	bool new = false;
	int result;

	mutex_lock(&request_lock);
	request = request_join(alias) ?: request_begin(alias, from, &new);
	if (IS_ERR(request)) {
		mutex_unlock(&request_lock);
		return (int)PTR_ERR(request);
	}
	result = request_complete(request, new, wait);
	request_unlock_put(request);
	return result;
}

static int request_check(const char *alias, struct requester *from)
{
	if (strlen(alias) > ALIAS_MAX) {
		pr_warn_ratelimited("request: refused: a name of over %d characters\n", ALIAS_MAX);
		return -ENAMETOOLONG;
	}
	if (!alias_valid(alias)) {
		pr_warn_ratelimited("request: refused: a name that no alias has\n");
		return -EINVAL;
	}
	requester_is_current(from);
	return request_allowed(alias, from) ? 0 : -EPERM;
}

int __request_module(bool wait, const char *fmt, ...)
{
	struct requester from;
	va_list args;
	char *alias;
	int result;

	if (system_state < SYSTEM_RUNNING)
		return -ENOENT;
	va_start(args, fmt);
	alias = kvasprintf(GFP_KERNEL, fmt, args);
	va_end(args);
	if (!alias)
		return -ENOMEM;
	trace_module(TRACE_REQUEST, alias, _RET_IP_, wait);
	result = request_check(alias, &from) ?: request_handle(alias, &from, wait);
	kfree(alias);
	return result;
}
EXPORT_SYMBOL(__request_module);
