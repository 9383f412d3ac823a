/*
 * Reading the log: what /dev/kmsg, /proc/kmsg and syslog(2) are made of. Threads; none sleeps but
 * log_wait(). Sequence numbers count records from 0 since boot and never repeat.
 */
#ifndef _RAKIT_LOG_H
#define _RAKIT_LOG_H

#include <linux/types.h>

struct wait_queue_head;

struct log_record {
	u64 seq;
	u64 time;	/* nanoseconds since boot */
	u8 level;	/* 0 … 7 */
	u8 facility;	/* 0 kernel, 1 user (written to /dev/kmsg) */
	u16 caller;	/* number of the thread that said it; 0: an interrupt or the idle task */
	bool continued; /* a fragment that goes on with the line before */
	u32 length;	/* of the text, without newline and NUL */
};

/* The longest text a record holds. */
#define LOG_TEXT_MAX 992

/*
 * Copies the record seq, or the first later one still there, with its text (size bytes, cut and
 * NUL-ended). False: there is none yet.
 */
bool log_read(u64 seq, struct log_record *record, char *text, size_t size);
/*
 * The first record still there / the one after the newest / the one after the last
 * SYSLOG_ACTION_CLEAR.
 */
u64 log_first_seq(void);
u64 log_next_seq(void);
u64 log_clear_seq(void);
void log_clear(void);
/*
 * Sleeps until there is a record seq: 0 or -ERESTARTSYS. log_queue: woken with each record, for
 * poll.
 */
int log_wait(u64 seq);
extern struct wait_queue_head log_queue;
/*
 * Formats a record as dmesg and the console show it, "<6>[    1.234567] text\n"; time and level
 * prefix on request.
 */
size_t log_format(const struct log_record *record, const char *text, char *buf, size_t size,
		  bool prefix, bool time);
/* Formats a record as /dev/kmsg does: "6,12,1234567,-;text\n" with escapes. */
size_t log_format_kmsg(const struct log_record *record, const char *text, char *buf, size_t size);
/*
 * Adds a record for user space, text as written to /dev/kmsg (optional "<N>" prefix): length or
 * -EINVAL.
 */
ssize_t log_write_user(const char *text, size_t length);
/* Size of the ring in bytes. */
size_t log_size(void);
/* syslog(2) and everything that acts like it: len bytes at buf (user memory). */
long do_syslog(int type, char __user *buf, int len);

#endif
