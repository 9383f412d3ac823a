/* Counters as files. Source: Linux 5.10 eventfd.h. */
#ifndef _LINUX_EVENTFD_H
#define _LINUX_EVENTFD_H

#include <linux/types.h>
#include <linux/file.h>
#include <linux/err.h>
#include <uapi/linux/eventfd.h>

struct eventfd_ctx;
/* Process context; ERR_PTR(-EBADF, -EINVAL). put gives back the reference. */
struct eventfd_ctx *eventfd_ctx_fdget(int fd);
struct eventfd_ctx *eventfd_ctx_fileget(struct file *file);
void eventfd_ctx_put(struct eventfd_ctx *ctx);
/* Adds n to the counter and wakes readers; returns what could be added. Any context. */
u64 eventfd_signal(struct eventfd_ctx *ctx, u64 n);

#endif
