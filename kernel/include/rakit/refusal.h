/*
 * Why the last call of a process was refused.
 *
 * Whatever refuses something logs the reason: one line per fact, warning or worse, with cause, holder and remedy. A call
 * that wants its callers to learn it (loading, unloading, mounting, binding a driver …) stands between refusal_begin()
 * and refusal_end(): the lines that this thread has logged meanwhile, by whatever part of the kernel, are kept with the
 * process and can be read from /sys/kernel/rakit/refusal:
 *
 *	load importer: ENOENT (2), pid 40 (insmod)
 *	module: importer: needs sample_counter_add (importer_init+0x12, …): exported by exporter.ko, not loaded; modprobe exporter
 *	module: importer: refused: 1 symbol is missing
 *
 * The first line tells call, subject, error and process. A process reads the refusal of its own last such call, and
 * nothing where that succeeded without a warning; one that has made none reads the last refusal of the machine (with
 * CAP_SYSLOG). /sys/kernel/rakit/refusals holds those of the whole machine, newest first, for each call and subject the
 * last one, until the same succeeds.
 */
#ifndef _RAKIT_REFUSAL_H
#define _RAKIT_REFUSAL_H

#include <linux/types.h>

struct refusal;
struct task_struct;

/* What refusal_begin() fills; on the caller's stack. */
struct refusal_mark {
	u64 seq; /* the first record that may be ours */
};

/* Forgets what the last call left. Process context. */
void refusal_begin(struct refusal_mark *mark);
/*
 * Keeps what this thread has logged since `mark`, if there is anything or if result is -errno.
 *   call     "load", "unload", "mount", "umount", "bind"
 *   subject  what it was about, "hello"; NULL: nothing to say
 *   result   of the call; returned unchanged
 * Lines beyond REFUSAL_SIZE bytes, and those the log has dropped already, are left out. Process context, may sleep.
 */
long refusal_end(const struct refusal_mark *mark, const char *call, const char *subject,
		 long result);
/* The same for a step of a call: what is said about it is kept for the machine, not for the process. */
void refusal_mark(struct refusal_mark *mark);
long refusal_note(const struct refusal_mark *mark, const char *call, const char *subject,
		  long result);
/* Gives back what a thread that ends has kept. Process context. */
void refusal_free(struct task_struct *task);

#define REFUSAL_SIZE 16384

#endif
