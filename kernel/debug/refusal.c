/*
 * The reasons for refusals, for the process that was refused (rakit/refusal.h).
 *
 * Nothing is kept while a call runs: each record of the log knows which thread made it, and when a call is over its
 * lines are taken from the log. So the reasons of every layer come along without knowing of this file, and a call that
 * succeeds silently costs nothing but reading a counter.
 *
 * Lock: refusal_lock protects the machine's refusals and all reference counts.
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

#define HISTORY 16

struct refusal {
	unsigned int users; /* the thread, the history, readers */
	size_t subject;	    /* length of "load hello", with which the text begins */
	size_t length;
	char text[]; /* lines, NUL-ended */
};

static DEFINE_SPINLOCK(refusal_lock);
static struct refusal
	*history[HISTORY]; /* of the machine, newest first; one per call and subject */
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

static size_t put_subject(char *text, size_t size, const char *call, const char *subject)
{
	return scnprintf(text, size, "%s%s%s", call, subject ? " " : "", subject ?: "");
}

static size_t put_result(char *text, size_t size, long result)
{
	size_t n;

	if (result < 0)
		n = scnprintf(text, size, ": %s (%ld)", error_name((int)-result) ?: "error",
			      -result);
	else
		n = scnprintf(text, size, ": done, with warnings");
	return n + scnprintf(text + n, size - n, ", pid %d (%s)\n", current->pid, current->comm);
}

/* Under the lock: takes the entry of the same call and subject out; the oldest if there is none and `full`. */
static struct refusal *history_take(const char *text, size_t length, bool full)
{
	struct refusal *taken;
	unsigned int i = 0;

	while (i < HISTORY && history[i] &&
	       (history[i]->subject != length || memcmp(history[i]->text, text, length)))
		i++;
	if (i == HISTORY && full)
		i--;
	if (i == HISTORY || !history[i])
		return NULL;
	taken = history[i];
	memmove(&history[i], &history[i + 1], (HISTORY - 1 - i) * sizeof(history[0]));
	history[HISTORY - 1] = NULL;
	return taken;
}

static void history_add(struct refusal *refusal)
{
	struct refusal *old;

	refusal_get(refusal);
	spin_lock(&refusal_lock);
	old = history_take(refusal->text, refusal->subject, true);
	memmove(&history[1], &history[0], (HISTORY - 1) * sizeof(history[0]));
	history[0] = refusal;
	spin_unlock(&refusal_lock);
	refusal_put(old);
}

/* What was refused works now. */
static void history_remove(const char *call, const char *subject)
{
	struct refusal *old;
	char text[128];
	size_t length;

	if (!READ_ONCE(history[0]))
		return;
	length = put_subject(text, sizeof(text), call, subject);
	spin_lock(&refusal_lock);
	old = history_take(text, length, false);
	spin_unlock(&refusal_lock);
	refusal_put(old);
}

/* The refusal with one reference, or NULL: nothing to say, or no memory. */
static struct refusal *refusal_make(const struct refusal_mark *mark, const char *call,
				    const char *subject, long result)
{
	char heading[192];
	size_t what = put_subject(heading, sizeof(heading) - 64, call, subject);
	size_t first = what + put_result(heading + what, sizeof(heading) - what, result);
	size_t size = collect(mark->seq, NULL, REFUSAL_SIZE);
	struct refusal *refusal;

	if (!size && result >= 0)
		return NULL;
	refusal = kvmalloc(sizeof(*refusal) + first + size + 1, GFP_KERNEL);
	if (!refusal)
		return NULL;
	memcpy(refusal->text, heading, first);
	refusal->subject = what;
	refusal->length = first + collect(mark->seq, refusal->text + first, size);
	refusal->text[refusal->length] = '\0';
	refusal->users = 1;
	return refusal;
}

/* The thread's own from now on (own), and of the machine. */
static void keep(const struct refusal_mark *mark, const char *call, const char *subject,
		 long result, bool own)
{
	struct refusal *refusal = NULL;

	if (result < 0 || log_next_seq() != mark->seq)
		refusal = refusal_make(mark, call, subject, result);
	if (result >= 0)
		history_remove(call, subject);
	else if (refusal)
		history_add(refusal);
	if (refusal && own)
		set_own(current, refusal);
	else
		refusal_put(refusal);
}

long refusal_end(const struct refusal_mark *mark, const char *call, const char *subject,
		 long result)
{
	keep(mark, call, subject, result, true);
	return result;
}
EXPORT_SYMBOL_GPL(refusal_end);

void refusal_mark(struct refusal_mark *mark)
{
	mark->seq = log_next_seq();
}

long refusal_note(const struct refusal_mark *mark, const char *call, const char *subject,
		  long result)
{
	keep(mark, call, subject, result, false);
	return result;
}

void refusal_free(struct task_struct *task)
{
	set_own(task, NULL);
}

static struct refusal *history_get(unsigned int i)
{
	struct refusal *refusal;

	spin_lock(&refusal_lock);
	refusal = history[i];
	if (refusal)
		refusal->users++;
	spin_unlock(&refusal_lock);
	return refusal;
}

static int own_show(struct seq_file *seq, void *data)
{
	struct refusal *refusal = refusal_get(current->refusal);

	if (!refusal && capable(CAP_SYSLOG))
		refusal = history_get(0);
	if (refusal)
		seq_write(seq, refusal->text, refusal->length);
	refusal_put(refusal);
	return 0;
}

static int history_show(struct seq_file *seq, void *data)
{
	for (unsigned int i = 0; i < HISTORY && capable(CAP_SYSLOG); i++) {
		struct refusal *refusal = history_get(i);

		if (!refusal)
			break;
		seq_printf(seq, "%s%s", i ? "\n" : "", refusal->text);
		refusal_put(refusal);
	}
	return 0;
}

static int __init refusal_view_init(void)
{
	int error = PTR_ERR_OR_ZERO(rakit_view_create("refusal", own_show, NULL));

	return error ?: PTR_ERR_OR_ZERO(rakit_view_create("refusals", history_show, NULL));
}
fs_initcall(refusal_view_init);
