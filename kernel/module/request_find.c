/*
 * Requests in flight: who asks, by what name, which of them a process works on, and how long one lives. Under
 * request_lock, save for the names.
 */
#include "module/request.h"
#include "module/module.h"
#include <linux/cred.h>
#include <linux/ctype.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

bool alias_valid(const char *alias)
{
	if (!isalnum((unsigned char)alias[0]) || strstr(alias, ".."))
		return false;
	while (isalnum((unsigned char)*alias) || (*alias && strchr("-_:.,()+=@", *alias)))
		alias++;
	return !*alias;
}

void requester_is_current(struct requester *from)
{
	from->pid = current->tgid;
	from->uid = from_kuid(&init_user_ns, current_uid());
	for (unsigned int i = 0; i < sizeof(from->comm); i++) {
		char c = current->comm[i];

		from->comm[i] = c && !isprint((unsigned char)c) ? '?' : c;
	}
	from->comm[sizeof(from->comm) - 1] = '\0';
}

struct request *request_by_alias(const char *alias)
{
	struct request *request;

	list_for_each_entry(request, &requests_in_flight, list)
		if (!strcmp(request->alias, alias))
			return request;
	return NULL;
}

struct request *request_by_id(unsigned int id)
{
	struct request *request;

	list_for_each_entry(request, &requests_in_flight, list)
		if (request->id == id)
			return request;
	return NULL;
}

static struct request *request_by_handler(pid_t pid)
{
	struct request *request;

	list_for_each_entry(request, &requests_in_flight, list)
		if (request->handler == pid)
			return request;
	return NULL;
}

struct request *request_handled_here(void)
{
	struct task_struct *task = current;
	struct request *found = NULL;

	if (list_empty(&requests_in_flight))
		return NULL;
	rcu_read_lock();
	for (; !found && task && task->tgid > 1; task = task->real_parent)
		found = request_by_handler(task->tgid);
	rcu_read_unlock();
	return found;
}

void request_get(struct request *request)
{
	request->users++;
}

void request_put(struct request *request)
{
	if (!--request->users)
		kfree(request);
}
