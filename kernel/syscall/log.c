/*
 * syslog(2): reading and controlling the kernel's log. Process context. Reading everything and the
 * sizes are free to all as long as dmesg_restrict is not set; the rest needs CAP_SYSLOG. Source:
 * syslog(2).
 */
#include <linux/capability.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/syslog.h>
#include <linux/uaccess.h>
#include <rakit/log.h>

#define LINE_MAX (LOG_TEXT_MAX * 2)

int dmesg_restrict;
static DEFINE_MUTEX(syslog_mutex); /* protects the two below */
static u64 syslog_next;		   /* next record for SYSLOG_ACTION_READ */
static size_t syslog_partial;	   /* bytes of it that have been read already */
static int saved_loglevel = -1;

struct buffers {
	char text[LOG_TEXT_MAX];
	char line[LINE_MAX];
};

/* The destructive read: sleeps for the first record, then gives what fits. */
static long read_next(char __user *buf, int len)
{
	struct buffers *b;
	struct log_record record;
	long copied = 0;
	int error = log_wait(READ_ONCE(syslog_next));

	if (error)
		return error;
	b = kmalloc(sizeof(*b), GFP_KERNEL);
	if (!b)
		return -ENOMEM;
	mutex_lock(&syslog_mutex);
	while (len > 0 && log_read(syslog_next, &record, b->text, sizeof(b->text))) {
		size_t n = log_format(&record, b->text, b->line, LINE_MAX, true, true);
		size_t skip = record.seq == syslog_next ? min(syslog_partial, n) : 0;
		size_t part = min_t(size_t, n - skip, len);

		if (copy_to_user(buf + copied, b->line + skip, part)) {
			copied = copied ? copied : -EFAULT;
			break;
		}
		copied += part;
		len -= part;
		syslog_partial = skip + part < n ? skip + part : 0;
		syslog_next = record.seq + !syslog_partial;
	}
	mutex_unlock(&syslog_mutex);
	kfree(b);
	return copied;
}

static size_t formatted_size(struct buffers *b, u64 *seq, bool *found)
{
	struct log_record record;

	*found = log_read(*seq, &record, b->text, sizeof(b->text));
	if (!*found)
		return 0;
	*seq = record.seq + 1;
	return log_format(&record, b->text, b->line, LINE_MAX, true, true);
}

/* The last len bytes since the last clearing, in whole records. */
static long read_all(char __user *buf, int len, bool clear)
{
	struct buffers *b = kmalloc(sizeof(*b), GFP_KERNEL);
	u64 first = log_clear_seq(), seq, end;
	size_t total = 0, n;
	long copied = 0;
	bool found;

	if (!b)
		return -ENOMEM;
	for (seq = first; n = formatted_size(b, &seq, &found), found;)
		total += n;
	end = seq;
	for (seq = first; total > len && seq < end; first = seq)
		total -= formatted_size(b, &seq, &found);
	for (seq = first; copied >= 0 && seq < end;) {
		n = formatted_size(b, &seq, &found);
		if (!found || copied + n > len)
			break;
		copied = copy_to_user(buf + copied, b->line, n) ? -EFAULT : copied + (long)n;
	}
	if (clear && copied >= 0)
		log_clear();
	kfree(b);
	return copied;
}

static long unread_size(void)
{
	struct buffers *b = kmalloc(sizeof(*b), GFP_KERNEL);
	u64 seq = syslog_next;
	size_t total = 0, n;
	bool found;

	if (!b)
		return -ENOMEM;
	while (n = formatted_size(b, &seq, &found), found)
		total += n;
	total -= min(total, syslog_partial);
	kfree(b);
	return total;
}

static long set_level(int level)
{
	if (level < 1 || level > 8)
		return -EINVAL;
	console_loglevel = max(level, minimum_console_loglevel);
	saved_loglevel = -1;
	return 0;
}

static int check_right(int type)
{
	if (!dmesg_restrict &&
	    (type == SYSLOG_ACTION_READ_ALL || type == SYSLOG_ACTION_SIZE_BUFFER))
		return 0;
	return capable(CAP_SYSLOG) || capable(CAP_SYS_ADMIN) ? 0 : -EPERM;
}

long do_syslog(int type, char __user *buf, int len)
{
	bool reads = type == SYSLOG_ACTION_READ || type == SYSLOG_ACTION_READ_ALL ||
		     type == SYSLOG_ACTION_READ_CLEAR;
	int error = check_right(type);

	if (error)
		return error;
	if (reads && (!buf || len < 0))
		return -EINVAL;
	if (reads && (!len || !access_ok(buf, len)))
		return len ? -EFAULT : 0;
	switch (type) {
	case SYSLOG_ACTION_CLOSE:
	case SYSLOG_ACTION_OPEN:
		return 0;
	case SYSLOG_ACTION_READ:
		return read_next(buf, len);
	case SYSLOG_ACTION_READ_ALL:
		return read_all(buf, len, false);
	case SYSLOG_ACTION_READ_CLEAR:
		return read_all(buf, len, true);
	case SYSLOG_ACTION_CLEAR:
		log_clear();
		return 0;
	case SYSLOG_ACTION_CONSOLE_OFF:
		if (saved_loglevel < 0)
			saved_loglevel = console_loglevel;
		console_loglevel = minimum_console_loglevel;
		return 0;
	case SYSLOG_ACTION_CONSOLE_ON:
		if (saved_loglevel >= 0)
			console_loglevel = saved_loglevel;
		saved_loglevel = -1;
		return 0;
	case SYSLOG_ACTION_CONSOLE_LEVEL:
		return set_level(len);
	case SYSLOG_ACTION_SIZE_UNREAD:
		return unread_size();
	case SYSLOG_ACTION_SIZE_BUFFER:
		return log_size();
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE3(syslog, int, type, char __user *, buf, int, len)
{
	return do_syslog(type, buf, len);
}
