/*
 * Private to kernel/module: one wish for a module, and what the parts of the requester offer each other.
 *
 * request_lock protects the list of requests, their fields, the daemon's queues and the policy. It is a leaf: nothing that
 * sleeps for user space is called under it.
 */
#ifndef MODULE_REQUEST_H
#define MODULE_REQUEST_H

#include <linux/completion.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#define ALIAS_MAX 1023 /* characters; the longest in use are those of CPUs' features */

/* Who asked. */
struct requester {
	pid_t pid;
	unsigned int uid;
	char comm[TASK_COMM_LEN]; /* printable */
};

struct request {
	struct list_head list;	   /* in flight */
	struct list_head queue;	   /* for the daemon to read; empty: read, or not for it */
	unsigned int users;	   /* references */
	unsigned int id;	   /* what the daemon calls it */
	bool to_daemon;		   /* else the helper's */
	bool finished;		   /* result is valid, `done` is complete */
	pid_t handler;		   /* the process that works on it; 0: not known yet */
	struct request *waits_for; /* what its handler itself waits for */
	struct completion done;
	struct delayed_work watch; /* looks when patience or time is over */
	unsigned long deadline;	   /* jiffies */
	u64 begun;		   /* ktime_get_ns() */
	int result;
	struct requester from;
	char alias[];
};

extern struct mutex request_lock;
extern struct list_head requests_in_flight;
extern int request_timeout;  /* seconds until a request fails */
extern int request_patience; /* seconds until the daemon must have read one */
extern int request_limit;    /* in flight at once */

/* request_find.c */
bool alias_valid(const char *alias); /* only characters that aliases have */
struct request *request_by_alias(const char *alias);
struct request *request_by_id(unsigned int id);
struct request *request_handled_here(
	void); /* the one whose handler the caller is, or descends from */
void request_get(struct request *request);
void request_put(struct request *request);
void requester_is_current(struct requester *from);

/* request.c: ends it; the first to call decides the result (0, exit status > 0, -errno). Not under request_lock. */
void request_finish(struct request *request, int result);

/* request_helper.c: starts modprobe, which ends in request_finish(). Not under request_lock. */
extern char modprobe_path[];
void helper_start(struct request *request);

/* request_daemon.c. Under request_lock. */
bool daemon_takes(struct request *request); /* queued for a daemon that reads */
/* It has not read it in time: true if it was still in the queue, from which it is gone now. */
bool daemon_missed(struct request *request);
void daemon_cancel(struct request *request); /* the daemon may give up on it */
void daemon_idle(const char *name);	     /* tells the daemon a module that may go */
void daemon_pressure(void);		     /* memory runs short; from the page allocator */

/* request_command.c: does what the line says; it is changed. 0, -EINVAL, -ESRCH. Not under request_lock. */
int daemon_command(char *line);

/* request_policy.c */
bool request_allowed(const char *alias, const struct requester *from);
void request_policy_init(void);

/* request_log.c: the last requests, for /sys/kernel/rakit/requests. */
void request_log(const struct request *request);
void request_log_init(void);

/* sweep.c: tells daemon_idle() each module that nobody has used since the last look; now: or at all. */
void sweep_look(bool now);
void sweep_init(void);

#endif
