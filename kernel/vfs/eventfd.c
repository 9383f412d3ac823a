/*
 * eventfd: a 64-bit counter as a file. Writing adds; reading takes all (or 1, EFD_SEMAPHORE) and waits while it is 0.
 * The wait queue's lock protects the counter.
 */
#include "vfs/vfs.h"
#include <linux/anon_inodes.h>
#include <linux/eventfd.h>
#include <linux/poll.h>
#include <linux/seq_file.h>
#include <linux/syscalls.h>

struct eventfd_ctx {
	struct kref kref;
	wait_queue_head_t wait;
	u64 count;
	unsigned int flags;
};

static void ctx_free(struct kref *kref)
{
	kfree(container_of(kref, struct eventfd_ctx, kref));
}

void eventfd_ctx_put(struct eventfd_ctx *ctx)
{
	kref_put(&ctx->kref, ctx_free);
}
EXPORT_SYMBOL_GPL(eventfd_ctx_put);

u64 eventfd_signal(struct eventfd_ctx *ctx, u64 n)
{
	unsigned long flags;

	spin_lock_irqsave(&ctx->wait.lock, flags);
	if (ULLONG_MAX - ctx->count < n)
		n = ULLONG_MAX - ctx->count;
	ctx->count += n;
	if (waitqueue_active(&ctx->wait))
		wake_up_locked_poll(&ctx->wait, EPOLLIN);
	spin_unlock_irqrestore(&ctx->wait.lock, flags);
	return n;
}
EXPORT_SYMBOL_GPL(eventfd_signal);

static int eventfd_release(struct inode *inode, struct file *file)
{
	struct eventfd_ctx *ctx = file->private_data;

	wake_up_poll(&ctx->wait, EPOLLHUP);
	eventfd_ctx_put(ctx);
	return 0;
}

static __poll_t eventfd_poll(struct file *file, poll_table *table)
{
	struct eventfd_ctx *ctx = file->private_data;
	__poll_t events = 0;
	u64 count;

	poll_wait(file, &ctx->wait, table);
	spin_lock_irq(&ctx->wait.lock);
	count = ctx->count;
	spin_unlock_irq(&ctx->wait.lock);
	if (count > 0)
		events |= EPOLLIN;
	if (count == ULLONG_MAX)
		events |= EPOLLERR;
	if (ULLONG_MAX - 1 > count)
		events |= EPOLLOUT;
	return events;
}

/* Takes what a read gives; false: the counter is 0. */
static bool take(struct eventfd_ctx *ctx, u64 *value)
{
	bool any;

	spin_lock_irq(&ctx->wait.lock);
	any = ctx->count > 0;
	if (any) {
		*value = ctx->flags & EFD_SEMAPHORE ? 1 : ctx->count;
		ctx->count -= *value;
		wake_up_locked_poll(&ctx->wait, EPOLLOUT);
	}
	spin_unlock_irq(&ctx->wait.lock);
	return any;
}

static ssize_t eventfd_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct eventfd_ctx *ctx = file->private_data;
	u64 value;

	if (count < sizeof(value))
		return -EINVAL;
	if (!take(ctx, &value)) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(ctx->wait, take(ctx, &value)))
			return -ERESTARTSYS;
	}
	return put_user(value, (u64 __user *)buf) ? -EFAULT : (ssize_t)sizeof(value);
}

static bool add(struct eventfd_ctx *ctx, u64 value)
{
	bool room;

	spin_lock_irq(&ctx->wait.lock);
	room = ULLONG_MAX - ctx->count > value;
	if (room) {
		ctx->count += value;
		wake_up_locked_poll(&ctx->wait, EPOLLIN);
	}
	spin_unlock_irq(&ctx->wait.lock);
	return room;
}

static ssize_t eventfd_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct eventfd_ctx *ctx = file->private_data;
	u64 value;

	if (count < sizeof(value))
		return -EINVAL;
	if (copy_from_user(&value, buf, sizeof(value)))
		return -EFAULT;
	if (value == ULLONG_MAX)
		return -EINVAL;
	if (!add(ctx, value)) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(ctx->wait, add(ctx, value)))
			return -ERESTARTSYS;
	}
	return sizeof(value);
}

static const struct file_operations eventfd_fops = {
	.release = eventfd_release,
	.poll = eventfd_poll,
	.read = eventfd_read,
	.write = eventfd_write,
	.llseek = noop_llseek,
};

struct eventfd_ctx *eventfd_ctx_fileget(struct file *file)
{
	struct eventfd_ctx *ctx = file->private_data;

	if (file->f_op != &eventfd_fops)
		return ERR_PTR(-EINVAL);
	kref_get(&ctx->kref);
	return ctx;
}
EXPORT_SYMBOL_GPL(eventfd_ctx_fileget);

struct eventfd_ctx *eventfd_ctx_fdget(int fd)
{
	struct fd f = fdget(fd);
	struct eventfd_ctx *ctx;

	if (!f.file)
		return ERR_PTR(-EBADF);
	ctx = eventfd_ctx_fileget(f.file);
	fdput(f);
	return ctx;
}
EXPORT_SYMBOL_GPL(eventfd_ctx_fdget);

static int do_eventfd(unsigned int count, int flags)
{
	struct eventfd_ctx *ctx;
	int fd;

	if (flags & ~(EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE))
		return -EINVAL;
	ctx = kmalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx)
		return -ENOMEM;
	kref_init(&ctx->kref);
	init_waitqueue_head(&ctx->wait);
	ctx->count = count;
	ctx->flags = flags;
	fd = anon_inode_getfd("[eventfd]", &eventfd_fops, ctx,
			      O_RDWR | (flags & (EFD_CLOEXEC | EFD_NONBLOCK)));
	if (fd < 0)
		kfree(ctx);
	return fd;
}

SYSCALL_DEFINE2(eventfd2, unsigned int, count, int, flags)
{
	return do_eventfd(count, flags);
}

SYSCALL_DEFINE1(eventfd, unsigned int, count)
{
	return do_eventfd(count, 0);
}
