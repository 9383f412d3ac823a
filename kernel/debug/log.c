/*
 * The log: a ring of records.
 *
 * 1. Records lie one behind the other in log_ring, each a header and its text, and never wrap: one
 *    that does not fit before the end begins at 0 again. They are numbered from 0; log_index[seq %
 *    LOG_RECORDS_MAX] tells where record seq lies, so that any record is found at once. A new
 *    record drops the oldest ones that are in its way.
 * 2. All of it is protected by interrupts being off and log_held, which also notices that a fault
 *    inside this file has come back here: such a message goes straight to the consoles and is not
 *    stored.
 * 3. Text without a newline waits in `continued` until a newline, another message or the next tick
 *    ends it.
 * 4. Works from the first instruction: nothing here is initialised at run time or allocates.
 *    Readers are woken from the timer tick, since printk() may be called with any lock held.
 *    Formatting for readers (dmesg, /dev/kmsg) is here; writing to consoles is in console.c.
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/sched/clock.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "debug/log.h"

#define LOG_RING_SIZE (1 << 16) /* bytes */
#define LOG_RECORDS_MAX 2048
#define LOG_ALIGN 8

struct record_header {
	u64 time;
	u16 length; /* of the text */
	u16 size;   /* header and text, aligned */
	u16 caller; /* thread that said it, 0: an interrupt */
	u8 level;
	u8 facility;
};

static u8 log_ring[LOG_RING_SIZE] __aligned(LOG_ALIGN);
static u32 log_index[LOG_RECORDS_MAX]; /* offset of record seq, by seq % LOG_RECORDS_MAX */
static u64 log_first, log_next;	       /* sequence numbers: oldest kept, next to be written */
static u64 log_cleared;		       /* first record after SYSLOG_ACTION_CLEAR */
static u32 log_head;		       /* offset behind the newest record */
static bool log_held;		       /* somebody changes or reads the ring */
static bool log_news;		       /* readers are to be woken */

static struct {
	char text[LOG_TEXT_MAX];
	size_t length;
	u8 level;
	u16 caller;		  /* of its beginning */
	struct task_struct *task; /* who began the line */
} continued;

int console_printk[4] = { CONSOLE_LOGLEVEL_DEFAULT, LOGLEVEL_WARNING, CONSOLE_LOGLEVEL_MIN,
			  CONSOLE_LOGLEVEL_DEFAULT };
EXPORT_SYMBOL_GPL(console_printk);
DECLARE_WAIT_QUEUE_HEAD(log_queue);
EXPORT_SYMBOL_GPL(log_queue);

/*
 * Interrupts off and the ring ours; false: it is taken, by code that we interrupted with a fault or
 * an NMI.
 */
static bool log_enter(unsigned long *flags)
{
	local_irq_save(*flags);
	if (log_held) {
		local_irq_restore(*flags);
		return false;
	}
	log_held = true;
	return true;
}

static void log_leave(unsigned long flags)
{
	log_held = false;
	local_irq_restore(flags);
}

static struct record_header *record_at(u64 seq)
{
	return (struct record_header *)(log_ring + log_index[(u32)seq % LOG_RECORDS_MAX]);
}

/* Makes [log_head, log_head + size) free, going back to 0 where the end is too near. */
static void make_room(u32 size)
{
	bool wrap = log_head + size > LOG_RING_SIZE;
	u32 start = wrap ? 0 : log_head;

	while (log_first < log_next) {
		u32 oldest = log_index[(u32)log_first % LOG_RECORDS_MAX];
		bool in_gap = wrap &&
			      oldest >= log_head; /* between the old head and the ring's end */
		bool in_way = oldest >= start && oldest < start + size;

		if (!in_gap && !in_way && log_next - log_first < LOG_RECORDS_MAX)
			break;
		log_first++;
	}
	log_head = start;
}

void log_store(u8 facility, u8 level, u16 caller, const char *text, size_t length)
{
	u32 size = ALIGN(sizeof(struct record_header) + length, LOG_ALIGN);
	struct record_header *record;

	make_room(size);
	record = (struct record_header *)(log_ring + log_head);
	record->time = sched_clock();
	record->length = length;
	record->level = level;
	record->facility = facility;
	record->size = (u16)size;
	record->caller = caller;
	memcpy(record + 1, text, length);
	log_index[(u32)log_next % LOG_RECORDS_MAX] = log_head;
	log_head += size;
	log_next++;
	log_news = true;
}

static u16 log_caller(void)
{
	return in_interrupt() ? 0 : (u16)current->pid;
}

static void flush_continued_held(void)
{
	if (continued.length)
		log_store(0, continued.level, continued.caller, continued.text, continued.length);
	continued.length = 0;
}

void log_flush_continued(void)
{
	unsigned long flags;

	if (!log_enter(&flags))
		return;
	flush_continued_held();
	log_leave(flags);
}

/* Cuts the "\001N" prefix off: its level, or -1; *cont is set by KERN_CONT. */
static int parse_prefix(const char **text, bool *cont)
{
	int level = -1;

	while ((*text)[0] == KERN_SOH_ASCII && (*text)[1]) {
		if ((*text)[1] >= '0' && (*text)[1] <= '7')
			level = (*text)[1] - '0';
		else if ((*text)[1] == 'c')
			*cont = true;
		else
			break;
		*text += 2;
	}
	return level;
}

/* One formatted message into `continued` and from there, if it is complete, into the ring. */
static void add_message(int facility, int level, const char *text, size_t length, bool cont)
{
	bool complete = length && text[length - 1] == '\n';

	if (complete)
		length--;
	if (!cont || continued.task != current)
		flush_continued_held();
	if (!continued.length) {
		continued.level = level;
		continued.task = current;
		continued.caller = log_caller();
	}
	if (complete && !continued.length) {
		log_store(facility, level, log_caller(), text, length);
		return;
	}
	length = min(length, sizeof(continued.text) - continued.length);
	memcpy(continued.text + continued.length, text, length);
	continued.length += length;
	if (complete || continued.length == sizeof(continued.text))
		flush_continued_held();
}

int vprintk_emit(int facility, int level, const char *fmt, va_list args)
{
	static char emergency[256];
	static char buffer[LOG_TEXT_MAX];
	unsigned long flags;
	const char *text = buffer;
	bool cont = false;
	int prefix, length;

	if (!log_enter(&flags)) {
		length = vscnprintf(emergency, sizeof(emergency), fmt, args);
		text = emergency;
		parse_prefix(&text, &cont);
		console_write_all(text, length - (text - emergency));
		return length;
	}
	length = vscnprintf(buffer, sizeof(buffer), fmt, args);
	prefix = parse_prefix(&text, &cont);
	length -= text - buffer;
	if (level < 0)
		level = prefix < 0 ? default_message_loglevel : prefix;
	add_message(facility, level, text, length, cont);
	log_leave(flags);
	console_flush();
	return length;
}

int vprintk(const char *fmt, va_list args)
{
	return vprintk_emit(0, -1, fmt, args);
}
EXPORT_SYMBOL(vprintk);

int printk(const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vprintk(fmt, args);
	va_end(args);
	return length;
}
EXPORT_SYMBOL(printk);

void log_tick(void)
{
	if (continued.length && !log_held) {
		log_flush_continued();
		console_flush();
	}
	if (log_news) {
		log_news = false;
		if (waitqueue_active(&log_queue))
			wake_up_interruptible_all(&log_queue);
	}
}

bool log_read(u64 seq, struct log_record *record, char *text, size_t size)
{
	struct record_header *header;
	unsigned long flags;
	bool found;

	if (!log_enter(&flags))
		return false;
	seq = max(seq, log_first);
	found = seq < log_next;
	if (found) {
		size_t n;

		header = record_at(seq);
		record->seq = seq;
		record->time = header->time;
		record->level = header->level;
		record->facility = header->facility;
		record->caller = header->caller;
		record->continued = false;
		record->length = header->length;
		n = size ? min_t(size_t, header->length, size - 1) : 0;
		if (size) {
			memcpy(text, header + 1, n);
			text[n] = 0;
		}
	}
	log_leave(flags);
	return found;
}
EXPORT_SYMBOL_GPL(log_read);

static u64 read_counter(const u64 *counter)
{
	unsigned long flags;
	u64 value;

	local_irq_save(flags);
	value = *counter;
	local_irq_restore(flags);
	return value;
}

u64 log_first_seq(void)
{
	return read_counter(&log_first);
}
EXPORT_SYMBOL_GPL(log_first_seq);

u64 log_next_seq(void)
{
	return read_counter(&log_next);
}
EXPORT_SYMBOL_GPL(log_next_seq);

u64 log_clear_seq(void)
{
	return max(read_counter(&log_cleared), log_first_seq());
}

void log_clear(void)
{
	unsigned long flags;

	local_irq_save(flags);
	log_cleared = log_next;
	local_irq_restore(flags);
}

int log_wait(u64 seq)
{
	return wait_event_interruptible(log_queue, log_next_seq() > seq);
}
EXPORT_SYMBOL_GPL(log_wait);

size_t log_size(void)
{
	return LOG_RING_SIZE;
}

static size_t put_line_prefix(const struct log_record *record, char *buf, size_t size, bool prefix,
			      bool time)
{
	size_t n = 0;
	u32 nanoseconds;
	u64 seconds;

	if (prefix)
		n += scnprintf(buf, size, "<%u>", record->facility << 3 | record->level);
	if (time) {
		seconds = div_u64_rem(record->time, NSEC_PER_SEC, &nanoseconds);
		n += scnprintf(buf + n, size - n, "[%5lu.%06u] ", (unsigned long)seconds,
			       nanoseconds / 1000);
	}
	return n;
}

/* Each line of the text gets the prefixes. */
size_t log_format(const struct log_record *record, const char *text, char *buf, size_t size,
		  bool prefix, bool time)
{
	size_t n = 0;

	do {
		const char *end = strchrnul(text, '\n');

		n += put_line_prefix(record, buf + n, size - n, prefix, time);
		n += scnprintf(buf + n, size - n, "%.*s\n", (int)(end - text), text);
		text = *end ? end + 1 : end;
	} while (*text);
	return n;
}

size_t log_format_kmsg(const struct log_record *record, const char *text, char *buf, size_t size)
{
	size_t n = scnprintf(buf, size, "%u,%llu,%llu,%c;", record->facility << 3 | record->level,
			     record->seq, div_u64(record->time, NSEC_PER_USEC),
			     record->continued ? 'c' : '-');

	for (; *text && n + 6 < size; text++) {
		u8 c = *text;

		if (c < ' ' || c >= 127 || c == '\\')
			n += scnprintf(buf + n, size - n, "\\x%02x", c);
		else
			buf[n++] = c;
	}
	n += scnprintf(buf + n, size - n, "\n");
	return n;
}
EXPORT_SYMBOL_GPL(log_format_kmsg);

ssize_t log_write_user(const char *text, size_t length)
{
	int level = default_message_loglevel, facility = 1;
	unsigned long flags;
	const char *p = text;
	size_t left = length;

	if (length > 2 && p[0] == '<' && isdigit(p[1])) {
		char *end;
		unsigned long code = simple_strtoul(p + 1, &end, 10);

		if (*end == '>') {
			level = code & 7;
			if (code >> 3)
				facility = code >> 3;
			left -= end + 1 - p;
			p = end + 1;
		}
	}
	if (left && p[left - 1] == '\n')
		left--;
	if (!log_enter(&flags))
		return -EBUSY;
	log_store(facility, level, log_caller(), p, min_t(size_t, left, LOG_TEXT_MAX - 1));
	log_leave(flags);
	console_flush();
	return length;
}
EXPORT_SYMBOL_GPL(log_write_user);
