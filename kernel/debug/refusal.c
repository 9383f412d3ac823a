/*
 * The reasons for refusals, for the process that was refused (rakit/refusal.h).
 *
 * Nothing is kept while a call runs: each record of the log knows which thread made it, and when a call is over its
 * lines are taken from the log. So the reasons of every layer come along without knowing of this file, and a call that
 * succeeds silently costs nothing but reading a counter.
 *
 * Lock: refusal_lock protects the machine's last refusal and all reference counts.
 */
#include <linux/capability.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <rakit/log.h>
#include <rakit/refusal.h>
#include <rakit/view.h>
#include "lib/errname.h"

struct refusal {
	unsigned int users; /* the thread, the machine, readers */
	size_t length;
	char text[]; /* NUL-ended lines */
};

static DEFINE_SPINLOCK(refusal_lock);
static struct refusal *last;		       /* of the machine */
static struct refusal silent = { .users = 1 }; /* of those whose last call had nothing to say */

static struct refusal *refusal_get(struct refusal *refusal)
{
	if (refusal) {
		spin_lock(&refusal_lock);
		refusal->users++;
		spin_unlock(&refusal_lock);
	}
	return refusal;
}

static void refusal_put(struct refusal *refusal)
{
	bool unused;

	if (!refusal)
		return;
	spin_lock(&refusal_lock);
	unused = !--refusal->users;
	spin_unlock(&refusal_lock);
	if (unused)
		kvfree(refusal);
}

static void set_own(struct task_struct *task, struct refusal *refusal)
{
	refusal_put(task->refusal);
	task->refusal = refusal;
}

void refusal_begin(struct refusal_mark *mark)
{
	mark->seq = log_next_seq();
	if (current->refusal != &silent)
		set_own(current, refusal_get(&silent));
}
EXPORT_SYMBOL_GPL(refusal_begin);

/* Appends this thread's warnings since seq; with text NULL only counts. Returns the bytes. */
static size_t collect(u64 seq, char *text, size_t size)
{
	struct log_record record;
	char line[LOG_TEXT_MAX + 1];
	size_t n = 0;

	for (; log_read(seq, &record, line, sizeof(line)); seq = record.seq + 1) {
		if (record.caller != (u16)current->pid || record.facility ||
		    record.level > LOGLEVEL_WARNING)
			continue;
		if (n + record.length + 1 > size)
			break;
		if (text) {
			memcpy(text + n, line, record.length);
			text[n + record.length] = '\n';
		}
		n += record.length + 1;
	}
	return n;
}

static size_t put_heading(char *text, size_t size, const char *call, const char *subject,
			  long result)
{
	size_t n = scnprintf(text, size, "%s%s%s: ", call, subject ? " " : "", subject ?: "");

	if (result < 0)
		n += scnprintf(text + n, size - n, "%s (%ld)", error_name((int)-result) ?: "error",
			       -result);
	else
		n += scnprintf(text + n, size - n, "done, with warnings");
	return n + scnprintf(text + n, size - n, ", pid %d (%s)\n", current->pid, current->comm);
}

static void keep(const struct refusal_mark *mark, const char *call, const char *subject,
		 long result)
{
	char heading[160];
	size_t first = put_heading(heading, sizeof(heading), call, subject, result);
	size_t size = collect(mark->seq, NULL, REFUSAL_SIZE);
	struct refusal *refusal, *old;

	if (!size && result >= 0)
		return;
	refusal = kvmalloc(sizeof(*refusal) + first + size + 1, GFP_KERNEL);
	if (!refusal)
		return;
	memcpy(refusal->text, heading, first);
	refusal->length = first + collect(mark->seq, refusal->text + first, size);
	refusal->text[refusal->length] = '\0';
	refusal->users = 1;
	set_own(current, refusal);
	if (result >= 0)
		return;
	refusal_get(refusal);
	spin_lock(&refusal_lock);
	old = last;
	last = refusal;
	spin_unlock(&refusal_lock);
	refusal_put(old);
}

long refusal_end(const struct refusal_mark *mark, const char *call, const char *subject,
		 long result)
{
	if (result < 0 || log_next_seq() != mark->seq)
		keep(mark, call, subject, result);
	return result;
}
EXPORT_SYMBOL_GPL(refusal_end);

void refusal_free(struct task_struct *task)
{
	set_own(task, NULL);
}

static int refusal_show(struct seq_file *seq, void *data)
{
	struct refusal *refusal = refusal_get(current->refusal);

	if (!refusal && capable(CAP_SYSLOG)) {
		spin_lock(&refusal_lock);
		refusal = last;
		if (refusal)
			refusal->users++;
		spin_unlock(&refusal_lock);
	}
	if (refusal)
		seq_write(seq, refusal->text, refusal->length);
	refusal_put(refusal);
	return 0;
}

static int __init refusal_view_init(void)
{
	return PTR_ERR_OR_ZERO(rakit_view_create("refusal", refusal_show, NULL));
}
fs_initcall(refusal_view_init);
