/*
 * /sys/kernel/rakit/requests: the requests in flight and the last LOG_SIZE that are over, oldest first, one per line:
 *
 *	ID RESULT MS PID UID ALIAS COMMAND
 *
 * RESULT: 0, the exit status of what worked on it, -errno, or "waits". Under request_lock.
 */
#include "module/request.h"
#include "module/module.h"
#include <linux/init.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <rakit/view.h>

#define LOG_SIZE 64

struct log_entry {
	unsigned int id;
	int result;
	unsigned int ms;
	struct requester from;
	char alias[80]; /* cut */
};

static struct log_entry entries[LOG_SIZE];
static unsigned int logged;

static unsigned int age(const struct request *request)
{
	return (unsigned int)div_u64(ktime_get_ns() - request->begun, NSEC_PER_MSEC);
}

void request_log(const struct request *request)
{
	struct log_entry *entry = &entries[logged++ % LOG_SIZE];

	entry->id = request->id;
	entry->result = request->result;
	entry->ms = age(request);
	entry->from = request->from;
	strscpy(entry->alias, request->alias, sizeof(entry->alias));
}

static int requests_show(struct seq_file *m, void *data)
{
	struct request *request;

	seq_puts(m, "ID RESULT MS PID UID ALIAS COMMAND\n");
	mutex_lock(&request_lock);
	for (unsigned int i = logged > LOG_SIZE ? logged - LOG_SIZE : 0; i < logged; i++) {
		const struct log_entry *entry = &entries[i % LOG_SIZE];

		seq_printf(m, "%u %d %u %d %u %s %s\n", entry->id, entry->result, entry->ms,
			   entry->from.pid, entry->from.uid, entry->alias, entry->from.comm);
	}
	list_for_each_entry_reverse(request, &requests_in_flight, list)
		seq_printf(m, "%u waits %u %d %u %s %s\n", request->id, age(request),
			   request->from.pid, request->from.uid, request->alias,
			   request->from.comm);
	mutex_unlock(&request_lock);
	return 0;
}

void __init request_log_init(void)
{
	if (IS_ERR(rakit_view_create("requests", requests_show, NULL)))
		pr_warn("request: no /sys/kernel/rakit/requests\n");
}
