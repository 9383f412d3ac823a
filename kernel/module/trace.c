/*
 * Trace events: a ring of the last TRACE_SIZE of them, in the files that Linux's tracing has, below
 * /sys/kernel/debug/tracing:
 *
 *	available_events               all: "module:module_load" …
 *	set_event                      those that are on; write names to turn on, "!name" to turn off, "module:*" for all
 *	events/enable, events/module/enable, events/module/EVENT/{enable,format,id}
 *	tracing_on                     0: nothing is recorded
 *	trace                          the ring as text, oldest first; opening it to truncate empties it
 *
 * The ring is allocated when the first event is turned on, and kept. Lock: trace_lock, irq-safe, innermost.
 */
#include "module/trace.h"
#include "module/module.h"
#include <linux/ctype.h>
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define TRACE_SIZE 512 /* events, a power of two */
#define ALL_EVENTS ((1u << TRACE_KINDS) - 1)
#define SYSTEM "module"

struct trace_event {
	u64 time;
	enum trace_kind kind;
	pid_t pid;
	unsigned long a, b;
	char comm[TASK_COMM_LEN];
	char name[MODULE_NAME_LEN];
};

static const struct {
	const char *name;
	const char *format; /* what the text says, for EVENT/format */
} kinds[TRACE_KINDS] = {
	[TRACE_LOAD] = { "module_load", "\"%s %s\", name, taints" },
	[TRACE_FREE] = { "module_free", "\"%s\", name" },
	[TRACE_GET] = { "module_get", "\"%s call_site=%ps refcnt=%i\", name, ip, refcnt" },
	[TRACE_PUT] = { "module_put", "\"%s call_site=%ps refcnt=%i\", name, ip, refcnt" },
	[TRACE_REQUEST] = { "module_request", "\"%s wait=%d call_site=%ps\", name, wait, ip" },
	[TRACE_INSERTION] = { "module_insertion", "\"%s ns=%lu result=%d\", name, ns, result" },
	[TRACE_LINKING] = { "module_linking", "\"%s ns=%lu result=%d\", name, ns, result" },
	[TRACE_ACTIVATION] = { "module_activation", "\"%s ns=%lu result=%d\", name, ns, result" },
};

u32 trace_events; /* what is recorded: chosen, while tracing is on */
static u32 chosen;
static bool tracing_on = true;
static DEFINE_SPINLOCK(trace_lock);
static struct trace_event *ring; /* NULL: nobody has ever asked */
static u32 recorded;		 /* events since the ring was emptied */

void trace_record(enum trace_kind kind, const char *name, unsigned long a, unsigned long b)
{
	struct trace_event *event;
	unsigned long flags;

	spin_lock_irqsave(&trace_lock, flags);
	event = &ring[recorded++ % TRACE_SIZE];
	event->time = ktime_get_ns();
	event->kind = kind;
	event->pid = current->pid;
	event->a = a;
	event->b = b;
	memcpy(event->comm, current->comm, sizeof(event->comm));
	strscpy(event->name, name, sizeof(event->name));
	spin_unlock_irqrestore(&trace_lock, flags);
}

/* Choosing. */

static int choose(u32 events, bool on)
{
	struct trace_event *fresh = NULL;

	if (on && !ring) {
		fresh = kvzalloc(TRACE_SIZE * sizeof(*ring), GFP_KERNEL);
		if (!fresh)
			return -ENOMEM;
	}
	spin_lock_irq(&trace_lock);
	if (!ring) {
		ring = fresh;
		fresh = NULL;
	}
	chosen = on ? chosen | events : chosen & ~events;
	trace_events = tracing_on ? chosen : 0;
	spin_unlock_irq(&trace_lock);
	kvfree(fresh);
	return 0;
}

/* The events of "module:module_load", "module_load", "module:*", "module:", "*:*"; 0: there are none. */
static u32 events_named(const char *name)
{
	if (!strcmp(name, "*:*"))
		return ALL_EVENTS;
	if (strstarts(name, SYSTEM ":"))
		name += strlen(SYSTEM ":");
	if (!*name || !strcmp(name, "*"))
		return ALL_EVENTS;
	for (unsigned int i = 0; i < TRACE_KINDS; i++)
		if (!strcmp(kinds[i].name, name))
			return 1u << i;
	return 0;
}

static int choose_named(char *word)
{
	bool on = *word != '!';
	u32 events = events_named(word + !on);

	return events ? choose(events, on) : -EINVAL;
}

static ssize_t set_event_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char text[256], *rest = text, *word;
	int error = 0;

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buf, count))
		return -EFAULT;
	text[count] = '\0';
	while (!error && (word = strsep(&rest, " \t\n")))
		if (*word)
			error = choose_named(word);
	return error ? error : (ssize_t)count;
}

static int set_event_show(struct seq_file *seq, void *v)
{
	for (unsigned int i = 0; i < TRACE_KINDS; i++)
		if (chosen & 1u << i)
			seq_printf(seq, SYSTEM ":%s\n", kinds[i].name);
	return 0;
}

static int set_event_open(struct inode *inode, struct file *file)
{
	if (file->f_flags & O_TRUNC)
		choose(ALL_EVENTS, false);
	return single_open(file, set_event_show, NULL);
}

static const struct file_operations set_event_fops = {
	.open = set_event_open,
	.read = seq_read,
	.write = set_event_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static int available_events_show(struct seq_file *seq, void *v)
{
	for (unsigned int i = 0; i < TRACE_KINDS; i++)
		seq_printf(seq, SYSTEM ":%s\n", kinds[i].name);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(available_events);

/* enable files: the events they stand for are the data. "X": some of them are on. */

static u32 events_of(const struct file *file)
{
	return (u32)(unsigned long)file->private_data;
}

static ssize_t enable_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	u32 events = events_of(file), on = chosen & events;
	char text[] = { !on ? '0' : on == events ? '1' : 'X', '\n' };

	return simple_read_from_buffer(buf, count, pos, text, sizeof(text));
}

static ssize_t enable_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	bool on;
	int error = kstrtobool_from_user(buf, count, &on);

	if (!error)
		error = choose(events_of(file), on);
	return error ? error : (ssize_t)count;
}

static const struct file_operations enable_fops = { .read = enable_read,
						    .write = enable_write,
						    .llseek = default_llseek };

static ssize_t tracing_on_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return simple_read_from_buffer(buf, count, pos, tracing_on ? "1\n" : "0\n", 2);
}

static ssize_t tracing_on_write(struct file *file, const char __user *buf, size_t count,
				loff_t *pos)
{
	bool on;
	int error = kstrtobool_from_user(buf, count, &on);

	if (error)
		return error;
	tracing_on = on;
	return choose(0, false) ?: (ssize_t)count;
}

static const struct file_operations tracing_on_fops = { .read = tracing_on_read,
							.write = tracing_on_write,
							.llseek = default_llseek };

/* The text. */

static void show_fields(struct seq_file *seq, const struct trace_event *event)
{
	char taints[40];

	switch (event->kind) {
	case TRACE_LOAD:
		module_flags_taint(event->a, taints);
		seq_printf(seq, " %s", taints);
		break;
	case TRACE_GET:
	case TRACE_PUT:
		seq_printf(seq, " call_site=%ps refcnt=%ld", (void *)event->a, (long)event->b);
		break;
	case TRACE_REQUEST:
		seq_printf(seq, " wait=%lu call_site=%ps", event->b, (void *)event->a);
		break;
	case TRACE_INSERTION:
	case TRACE_LINKING:
	case TRACE_ACTIVATION:
		seq_printf(seq, " ns=%lu result=%ld", event->a, (long)event->b);
		break;
	default:
		break;
	}
}

static void show_event(struct seq_file *seq, const struct trace_event *event)
{
	u32 rest;
	u64 seconds = div_u64_rem(event->time, NSEC_PER_SEC, &rest);

	seq_printf(seq, "%16s-%-5d [000] .... %5llu.%06u: %s: %s", event->comm, event->pid, seconds,
		   rest / 1000, kinds[event->kind].name, event->name);
	show_fields(seq, event);
	seq_putc(seq, '\n');
}

/* A copy of the number-th event; false: there is none (any more). */
static bool event_get(u32 number, struct trace_event *event)
{
	bool there;

	spin_lock_irq(&trace_lock);
	there = ring && number < recorded && recorded - number <= TRACE_SIZE;
	if (there)
		*event = ring[number % TRACE_SIZE];
	spin_unlock_irq(&trace_lock);
	return there;
}

static int trace_show(struct seq_file *seq, void *v)
{
	u32 end = READ_ONCE(recorded), first = end > TRACE_SIZE ? end - TRACE_SIZE : 0;
	struct trace_event event;

	seq_printf(seq,
		   "# tracer: nop\n#\n# entries-in-buffer/entries-written: %u/%u   #P:1\n#\n"
		   "#            TASK-PID   CPU#         TIMESTAMP  FUNCTION\n",
		   end - first, end);
	for (u32 i = first; i < end; i++)
		if (event_get(i, &event))
			show_event(seq, &event);
	return 0;
}

static int trace_open(struct inode *inode, struct file *file)
{
	if (file->f_flags & O_TRUNC) {
		spin_lock_irq(&trace_lock);
		recorded = 0;
		spin_unlock_irq(&trace_lock);
	}
	return single_open(file, trace_show, NULL);
}

/* What is written is not kept: `echo > trace` empties the ring when it opens the file. */
static ssize_t trace_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	return (ssize_t)count;
}

static const struct file_operations trace_fops = {
	.open = trace_open,
	.read = seq_read,
	.write = trace_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static int format_show(struct seq_file *seq, void *v)
{
	unsigned int kind = (unsigned int)(unsigned long)seq->private;

	seq_printf(seq, "name: %s\nID: %u\nprint fmt: %s\n", kinds[kind].name, kind + 1,
		   kinds[kind].format);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(format);

static int id_show(struct seq_file *seq, void *v)
{
	seq_printf(seq, "%lu\n", (unsigned long)seq->private + 1);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(id);

static void make_event(unsigned long kind, struct dentry *parent)
{
	struct dentry *dir = debugfs_create_dir(kinds[kind].name, parent);

	debugfs_create_file("enable", 0644, dir, (void *)(1ul << kind), &enable_fops);
	debugfs_create_file("format", 0444, dir, (void *)kind, &format_fops);
	debugfs_create_file("id", 0444, dir, (void *)kind, &id_fops);
}

static int __init trace_init(void)
{
	struct dentry *dir = debugfs_create_dir("tracing", NULL);
	struct dentry *events = debugfs_create_dir("events", dir);
	struct dentry *system = debugfs_create_dir(SYSTEM, events);

	debugfs_create_file("available_events", 0444, dir, NULL, &available_events_fops);
	debugfs_create_file("set_event", 0644, dir, NULL, &set_event_fops);
	debugfs_create_file("trace", 0644, dir, NULL, &trace_fops);
	debugfs_create_file("tracing_on", 0644, dir, NULL, &tracing_on_fops);
	debugfs_create_file("enable", 0644, events, (void *)(unsigned long)ALL_EVENTS,
			    &enable_fops);
	debugfs_create_file("enable", 0644, system, (void *)(unsigned long)ALL_EVENTS,
			    &enable_fops);
	for (unsigned long kind = 0; kind < TRACE_KINDS; kind++)
		make_event(kind, system);
	return 0;
}
fs_initcall(trace_init);
