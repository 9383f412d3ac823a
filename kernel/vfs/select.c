/*
 * Waiting for many files: select, poll and their relatives.
 *
 * Each ->poll is called once with a table that queues the caller on every wait queue it is shown; if nothing is ready the
 * caller sleeps, and the files are asked again, without queueing, after each wake-up. A wake-up that comes between asking
 * and sleeping sets `triggered`, so it is not lost. Queue entries are in pages that are freed when the call ends.
 */
#include "vfs/vfs.h"
#include <linux/hrtimer.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/thread_info.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/mm.h>

#define INLINE_ENTRIES 8

struct poll_entry {
	struct file *file;
	wait_queue_entry_t wait;
	wait_queue_head_t *queue;
};

struct poll_page {
	struct poll_page *next;
	unsigned int used;
	struct poll_entry entries[];
};
#define PAGE_ENTRIES ((PAGE_SIZE - sizeof(struct poll_page)) / sizeof(struct poll_entry))

struct poll_waiter {
	poll_table table;
	struct task_struct *task;
	bool triggered;
	int error;
	unsigned int inline_used;
	struct poll_page *pages;
	struct poll_entry inline_entries[INLINE_ENTRIES];
};

static int poll_wake(wait_queue_entry_t *wait, unsigned int mode, int sync, void *key)
{
	struct poll_waiter *waiter = wait->private;

	waiter->triggered = true;
	return wake_up_process(waiter->task);
}

static struct poll_entry *entry_alloc(struct poll_waiter *waiter)
{
	struct poll_page *page = waiter->pages;

	if (waiter->inline_used < INLINE_ENTRIES)
		return &waiter->inline_entries[waiter->inline_used++];
	if (!page || page->used == PAGE_ENTRIES) {
		page = (struct poll_page *)__get_free_page(GFP_KERNEL);
		if (!page) {
			waiter->error = -ENOMEM;
			return NULL;
		}
		page->used = 0;
		page->next = waiter->pages;
		waiter->pages = page;
	}
	return &page->entries[page->used++];
}

static void poll_queue(struct file *file, wait_queue_head_t *queue, poll_table *table)
{
	struct poll_waiter *waiter = container_of(table, struct poll_waiter, table);
	struct poll_entry *entry = entry_alloc(waiter);

	if (!entry)
		return;
	entry->file = get_file(file);
	entry->queue = queue;
	init_waitqueue_func_entry(&entry->wait, poll_wake);
	entry->wait.private = waiter;
	add_wait_queue(queue, &entry->wait);
}

static void waiter_init(struct poll_waiter *waiter)
{
	init_poll_funcptr(&waiter->table, poll_queue);
	waiter->task = current;
	waiter->triggered = false;
	waiter->error = 0;
	waiter->inline_used = 0;
	waiter->pages = NULL;
}

static void entry_free(struct poll_entry *entry)
{
	remove_wait_queue(entry->queue, &entry->wait);
	fput(entry->file);
}

static void waiter_end(struct poll_waiter *waiter)
{
	unsigned int i;

	for (i = 0; i < waiter->inline_used; i++)
		entry_free(&waiter->inline_entries[i]);
	while (waiter->pages) {
		struct poll_page *page = waiter->pages;

		for (i = 0; i < page->used; i++)
			entry_free(&page->entries[i]);
		waiter->pages = page->next;
		free_page((unsigned long)page);
	}
}

__poll_t vfs_poll(struct file *file, struct poll_table_struct *table)
{
	return file->f_op->poll ? file->f_op->poll(file, table) : DEFAULT_POLLMASK;
}
EXPORT_SYMBOL(vfs_poll);

/* Sleeps until woken or the deadline (ktime; KTIME_MAX: for ever). False: the time is over. */
static bool waiter_sleep(struct poll_waiter *waiter, ktime_t deadline)
{
	bool time_left = true;

	set_current_state(TASK_INTERRUPTIBLE);
	if (!waiter->triggered)
		time_left = schedule_hrtimeout_range(deadline == KTIME_MAX ? NULL : &deadline, 0,
						     HRTIMER_MODE_ABS) != 0;
	__set_current_state(TASK_RUNNING);
	waiter->triggered = false;
	return time_left;
}

/* Time left until the deadline, for those calls that report it. */
static struct timespec64 time_left(ktime_t deadline)
{
	s64 left = ktime_to_ns(deadline) - (s64)ktime_get_ns();

	return ns_to_timespec64(left > 0 ? left : 0);
}

static ktime_t deadline_in(const struct timespec64 *timeout)
{
	s64 now = ktime_get_ns();

	if (!timeout || timeout->tv_sec > 1000000000)
		return KTIME_MAX;
	return ns_to_ktime(now + timespec64_to_ns(timeout));
}

/* poll. */

static __poll_t poll_one(struct pollfd *p, poll_table *table)
{
	__poll_t mask = EPOLLNVAL, wanted;
	struct fd f;

	p->revents = 0;
	if (p->fd < 0)
		return 0;
	f = fdget(p->fd);
	if (f.file) {
		wanted = (u16)p->events | EPOLLERR | EPOLLHUP;
		table->_key = wanted;
		mask = vfs_poll(f.file, table) & wanted;
		fdput(f);
	}
	p->revents = mask;
	return mask;
}

static int poll_all(struct pollfd *fds, unsigned int n, ktime_t deadline, bool no_wait)
{
	struct poll_waiter waiter;
	unsigned int i;
	int count = 0;

	waiter_init(&waiter);
	if (no_wait)
		waiter.table._qproc = NULL;
	for (;;) {
		for (i = 0; i < n; i++) {
			if (poll_one(&fds[i], &waiter.table)) {
				count++;
				waiter.table._qproc = NULL;
			}
		}
		waiter.table._qproc = NULL;
		if (!count)
			count = waiter.error;
		if (!count && signal_pending(current))
			count = -EINTR;
		if (count || no_wait)
			break;
		no_wait = !waiter_sleep(&waiter,
					deadline); /* one last look when the time is over */
	}
	waiter_end(&waiter);
	return count;
}

static int do_poll(struct pollfd __user *ufds, unsigned int n, ktime_t deadline, bool no_wait)
{
	struct pollfd fast[16], *fds = fast;
	unsigned int i;
	int result;

	if (n > rlimit(RLIMIT_NOFILE))
		return -EINVAL;
	if (n > ARRAY_SIZE(fast)) {
		fds = kvmalloc_array(n, sizeof(*fds), GFP_KERNEL);
		if (!fds)
			return -ENOMEM;
	}
	result = -EFAULT;
	if (copy_from_user(fds, ufds, n * sizeof(*fds)))
		goto out;
	result = poll_all(fds, n, deadline, no_wait);
	for (i = 0; i < n && result != -ENOMEM; i++)
		if (put_user(fds[i].revents, &ufds[i].revents))
			result = -EFAULT;
out:
	if (fds != fast)
		kvfree(fds);
	return result;
}

static long poll_restart(struct restart_block *block)
{
	ktime_t deadline = block->poll.has_timeout ? ns_to_ktime(block->poll.expires) : KTIME_MAX;
	int result = do_poll(block->poll.ufds, block->poll.nfds, deadline, false);

	return result == -EINTR ? -ERESTART_RESTARTBLOCK : result;
}

SYSCALL_DEFINE3(poll, struct pollfd __user *, ufds, unsigned int, nfds, int, timeout)
{
	struct restart_block *block = &current->restart_block;
	ktime_t deadline = KTIME_MAX;
	int result;

	if (timeout >= 0)
		deadline = ns_to_ktime(ktime_get_ns() + (u64)timeout * NSEC_PER_MSEC);
	result = do_poll(ufds, nfds, deadline, timeout == 0);
	if (result != -EINTR)
		return result;
	block->fn = poll_restart;
	block->poll.ufds = ufds;
	block->poll.nfds = nfds;
	block->poll.has_timeout = timeout >= 0;
	block->poll.expires = ktime_to_ns(deadline);
	return -ERESTART_RESTARTBLOCK;
}

/* After a call with a signal mask of its own: a signal's handler runs with the old mask restored behind it. */
static void mask_done(int result)
{
	restore_saved_sigmask_unless(result == -EINTR);
}

static bool is_zero(const struct timespec64 *t)
{
	return t && !t->tv_sec && !t->tv_nsec;
}

static long do_ppoll(struct pollfd __user *ufds, unsigned int nfds,
		     const struct timespec64 *timeout, const sigset_t __user *mask, size_t masksize)
{
	int error = set_user_sigmask(mask, masksize), result;

	if (error)
		return error;
	if (timeout && !timespec64_valid(timeout))
		return -EINVAL;
	result = do_poll(ufds, nfds, deadline_in(timeout), is_zero(timeout));
	mask_done(result);
	return result == -EINTR ? -ERESTARTNOHAND : result;
}

SYSCALL_DEFINE5(ppoll, struct pollfd __user *, ufds, unsigned int, nfds,
		struct __kernel_timespec __user *, utime, const sigset_t __user *, mask, size_t,
		masksize)
{
	struct timespec64 timeout, left;
	ktime_t deadline;
	long result;

	if (!utime)
		return do_ppoll(ufds, nfds, NULL, mask, masksize);
	if (get_timespec64(&timeout, utime))
		return -EFAULT;
	deadline = deadline_in(&timeout);
	result = do_ppoll(ufds, nfds, &timeout, mask, masksize);
	left = time_left(deadline);
	put_timespec64(&left, utime);
	return result;
}

SYSCALL_DEFINE5(ppoll_time32, struct pollfd __user *, ufds, unsigned int, nfds, void __user *,
		utime, const sigset_t __user *, mask, size_t, masksize)
{
	struct timespec64 timeout, left;
	ktime_t deadline;
	long result;

	if (!utime)
		return do_ppoll(ufds, nfds, NULL, mask, masksize);
	if (get_old_timespec32(&timeout, utime))
		return -EFAULT;
	deadline = deadline_in(&timeout);
	result = do_ppoll(ufds, nfds, &timeout, mask, masksize);
	left = time_left(deadline);
	put_old_timespec32(&left, utime);
	return result;
}

/* select: three sets of bits in, the same three out. */

#define SELECT_IN (EPOLLRDNORM | EPOLLRDBAND | EPOLLIN | EPOLLHUP | EPOLLERR)
#define SELECT_OUT (EPOLLWRBAND | EPOLLWRNORM | EPOLLOUT | EPOLLERR)
#define SELECT_EX EPOLLPRI

struct select_sets {
	unsigned long *in, *out, *ex;		  /* asked for */
	unsigned long *res_in, *res_out, *res_ex; /* answers */
};

static int select_one(unsigned int fd, const struct select_sets *s, poll_table *table, int *count)
{
	bool in = test_bit(fd, s->in), out = test_bit(fd, s->out), ex = test_bit(fd, s->ex);
	__poll_t mask;
	struct fd f;

	if (!in && !out && !ex)
		return 0;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	table->_key = EPOLLERR | EPOLLHUP | (in ? SELECT_IN : 0) | (out ? SELECT_OUT : 0) |
		      (ex ? SELECT_EX : 0);
	mask = vfs_poll(f.file, table);
	fdput(f);
	if (in && (mask & SELECT_IN)) {
		__set_bit(fd, s->res_in);
		++*count;
	}
	if (out && (mask & SELECT_OUT)) {
		__set_bit(fd, s->res_out);
		++*count;
	}
	if (ex && (mask & SELECT_EX)) {
		__set_bit(fd, s->res_ex);
		++*count;
	}
	if (*count)
		table->_qproc = NULL;
	return 0;
}

static int select_all(unsigned int n, const struct select_sets *s, ktime_t deadline, bool no_wait)
{
	struct poll_waiter waiter;
	int count = 0, error = 0;
	unsigned int fd;

	waiter_init(&waiter);
	if (no_wait)
		waiter.table._qproc = NULL;
	for (;;) {
		for (fd = 0; fd < n && !error; fd++)
			error = select_one(fd, s, &waiter.table, &count);
		waiter.table._qproc = NULL;
		if (error)
			count = error;
		if (!count)
			count = waiter.error;
		if (!count && signal_pending(current))
			count = -EINTR;
		if (count || no_wait)
			break;
		no_wait = !waiter_sleep(&waiter, deadline);
	}
	waiter_end(&waiter);
	return count;
}

static int core_select(int n, unsigned long __user *in, unsigned long __user *out,
		       unsigned long __user *ex, const struct timespec64 *timeout)
{
	unsigned long fast[6 * 8], *bits = fast;
	unsigned int longs, bytes, max_fds;
	struct select_sets s;
	int result;

	if (n < 0)
		return -EINVAL;
	max_fds = current->files->fdt->max_fds;
	if ((unsigned int)n > max_fds)
		n = max_fds;
	longs = DIV_ROUND_UP(n, BITS_PER_LONG);
	bytes = longs * sizeof(long);
	if (longs > 8) {
		bits = kvmalloc_array(6, bytes, GFP_KERNEL);
		if (!bits)
			return -ENOMEM;
	}
	s = (struct select_sets){ bits,
				  bits + longs,
				  bits + 2 * longs,
				  bits + 3 * longs,
				  bits + 4 * longs,
				  bits + 5 * longs };
	memset(bits, 0, 6 * bytes);
	result = -EFAULT;
	if ((in && copy_from_user(s.in, in, bytes)) || (out && copy_from_user(s.out, out, bytes)) ||
	    (ex && copy_from_user(s.ex, ex, bytes)))
		goto out;
	result = select_all(n, &s, deadline_in(timeout), is_zero(timeout));
	if (result < 0)
		goto out;
	if ((in && copy_to_user(in, s.res_in, bytes)) ||
	    (out && copy_to_user(out, s.res_out, bytes)) ||
	    (ex && copy_to_user(ex, s.res_ex, bytes)))
		result = -EFAULT;
out:
	if (bits != fast)
		kvfree(bits);
	return result;
}

static long do_select(int n, unsigned long __user *in, unsigned long __user *out,
		      unsigned long __user *ex, struct __kernel_old_timeval __user *utime)
{
	struct __kernel_old_timeval tv;
	struct timespec64 timeout, left;
	ktime_t deadline;
	long result;

	if (!utime) {
		result = core_select(n, in, out, ex, NULL);
		return result == -EINTR ? -ERESTARTNOHAND : result;
	}
	if (copy_from_user(&tv, utime, sizeof(tv)))
		return -EFAULT;
	if (tv.tv_sec < 0 || tv.tv_usec < 0)
		return -EINVAL;
	timeout.tv_sec = tv.tv_sec + tv.tv_usec / USEC_PER_SEC;
	timeout.tv_nsec = tv.tv_usec % USEC_PER_SEC * NSEC_PER_USEC;
	deadline = deadline_in(&timeout);
	result = core_select(n, in, out, ex, &timeout);
	left = time_left(deadline);
	tv.tv_sec = left.tv_sec;
	tv.tv_usec = left.tv_nsec / NSEC_PER_USEC;
	if (copy_to_user(utime, &tv, sizeof(tv)) && result >= 0)
		return result;
	return result == -EINTR ? -ERESTARTNOHAND : result;
}

SYSCALL_DEFINE5(select, int, n, unsigned long __user *, in, unsigned long __user *, out,
		unsigned long __user *, ex, struct __kernel_old_timeval __user *, utime)
{
	return do_select(n, in, out, ex, utime);
}

/* The first select took its arguments in memory. */
SYSCALL_DEFINE1(old_select, const void __user *, args)
{
	struct {
		int n;
		unsigned long __user *in, *out, *ex;
		struct __kernel_old_timeval __user *utime;
	} a;

	if (copy_from_user(&a, args, sizeof(a)))
		return -EFAULT;
	return do_select(a.n, a.in, a.out, a.ex, a.utime);
}

/* The sixth argument: pointer to { mask, size }. */
struct sigset_argpack {
	const sigset_t __user *mask;
	size_t size;
};

static long do_pselect(int n, unsigned long __user *in, unsigned long __user *out,
		       unsigned long __user *ex, const struct timespec64 *timeout,
		       const struct sigset_argpack __user *usig)
{
	struct sigset_argpack sig = {};
	int error, result;

	if (usig && copy_from_user(&sig, usig, sizeof(sig)))
		return -EFAULT;
	if (timeout && !timespec64_valid(timeout))
		return -EINVAL;
	error = set_user_sigmask(sig.mask, sig.size);
	if (error)
		return error;
	result = core_select(n, in, out, ex, timeout);
	mask_done(result);
	return result == -EINTR ? -ERESTARTNOHAND : result;
}

SYSCALL_DEFINE6(pselect6, int, n, unsigned long __user *, in, unsigned long __user *, out,
		unsigned long __user *, ex, struct __kernel_timespec __user *, utime,
		const struct sigset_argpack __user *, sig)
{
	struct timespec64 timeout, left;
	ktime_t deadline;
	long result;

	if (!utime)
		return do_pselect(n, in, out, ex, NULL, sig);
	if (get_timespec64(&timeout, utime))
		return -EFAULT;
	deadline = deadline_in(&timeout);
	result = do_pselect(n, in, out, ex, &timeout, sig);
	left = time_left(deadline);
	put_timespec64(&left, utime);
	return result;
}

SYSCALL_DEFINE6(pselect6_time32, int, n, unsigned long __user *, in, unsigned long __user *, out,
		unsigned long __user *, ex, void __user *, utime,
		const struct sigset_argpack __user *, sig)
{
	struct timespec64 timeout, left;
	ktime_t deadline;
	long result;

	if (!utime)
		return do_pselect(n, in, out, ex, NULL, sig);
	if (get_old_timespec32(&timeout, utime))
		return -EFAULT;
	deadline = deadline_in(&timeout);
	result = do_pselect(n, in, out, ex, &timeout, sig);
	left = time_left(deadline);
	put_old_timespec32(&left, utime);
	return result;
}
