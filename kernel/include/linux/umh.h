/* Running a program of user space from the kernel. Process context, may sleep. Source: Linux 5.10 umh.h. */
#ifndef _LINUX_UMH_H
#define _LINUX_UMH_H

#include <linux/gfp.h>
#include <linux/errno.h>
#include <linux/workqueue.h>

struct completion;
struct cred;

#define UMH_NO_WAIT 0	/* return at once */
#define UMH_WAIT_EXEC 1 /* when execve has succeeded or failed */
#define UMH_WAIT_PROC 2 /* when the program has ended */
#define UMH_KILLABLE 4	/* or a fatal signal comes: -EINTR */
#define UMH_NOTIFY \
	8 /* with UMH_WAIT_PROC: return at once; cleanup finds retval when the program has ended */

struct subprocess_info {
	struct work_struct work;
	struct completion *complete;
	const char *path;
	char **argv;
	char **envp;
	int wait;
	int retval; /* -errno of the start, or the status as wait4() gives it */
	/* runs in the new process before execve; nonzero: do not run it */
	int (*init)(struct subprocess_info *info, struct cred *new);
	void (*cleanup)(struct subprocess_info *info);
	void *data;
};

/*
 * call_usermodehelper - run path as root with argv and envp (kernel strings, NULL-ended, kept until it has started)
 * @wait: UMH_*
 * Returns 0 or -errno of the start (-ENOENT: no such program; -EBUSY: user space is not there yet); with UMH_WAIT_PROC
 * the wait status (exit status << 8).
 */
int call_usermodehelper(const char *path, char **argv, char **envp, int wait);
/* The same in two steps: prepare (NULL without memory), run (frees info). cleanup may be NULL. */
struct subprocess_info *call_usermodehelper_setup(
	const char *path, char **argv, char **envp, gfp_t gfp_mask,
	int (*init)(struct subprocess_info *info, struct cred *new),
	void (*cleanup)(struct subprocess_info *info), void *data);
int call_usermodehelper_exec(struct subprocess_info *info, int wait);
/* No helper starts between these two; disable waits for running ones: 0 or -EAGAIN. */
int usermodehelper_disable(void);
void usermodehelper_enable(void);

#endif
