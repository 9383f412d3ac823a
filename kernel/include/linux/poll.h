/*
 * Waiting for many files: what a ->poll method does. It calls poll_wait() on each wait queue that is woken when the
 * answer may change, then returns EPOLL* bits of what is ready now. Source: Linux 5.10 poll.h.
 */
#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

#include <linux/compiler.h>
#include <linux/wait.h>
#include <linux/string.h>
#include <linux/fs.h>
#include <uapi/linux/poll.h>
#include <uapi/linux/eventpoll.h>

struct poll_table_struct;
typedef void (*poll_queue_proc)(struct file *file, wait_queue_head_t *head,
				struct poll_table_struct *table);

typedef struct poll_table_struct {
	poll_queue_proc _qproc; /* NULL: nobody waits */
	__poll_t _key;		/* events asked for */
} poll_table;

#define DEFAULT_POLLMASK (EPOLLIN | EPOLLOUT | EPOLLRDNORM | EPOLLWRNORM)

/* Process context; does not sleep. table may be NULL. */
static inline void poll_wait(struct file *file, wait_queue_head_t *head, poll_table *table)
{
	if (table && table->_qproc && head)
		table->_qproc(file, head, table);
}

static inline bool poll_does_not_wait(const poll_table *table)
{
	return table == NULL || table->_qproc == NULL;
}

static inline __poll_t poll_requested_events(const poll_table *table)
{
	return table ? table->_key : ~(__poll_t)0;
}

static inline void init_poll_funcptr(poll_table *table, poll_queue_proc qproc)
{
	table->_qproc = qproc;
	table->_key = ~(__poll_t)0;
}

static inline bool file_can_poll(struct file *file)
{
	return file->f_op->poll != NULL;
}

/* What is ready; a file without ->poll always is. */
__poll_t vfs_poll(struct file *file, struct poll_table_struct *table);

#endif
