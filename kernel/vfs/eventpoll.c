/*
 * epoll: a set of files that is watched for as long as the set lives.
 *
 * 1. Each (file, descriptor) that is added is an item, in a hash table of its set and on the list of its file. Adding calls
 *    ->poll once, with a table that queues the item on the file's wait queues for good.
 * 2. A wake-up puts the item on the set's ready list and wakes those who wait for the set. epoll_wait() takes items off the
 *    list, asks ->poll again, reports what is true, and (level-triggered) puts the item back.
 * 3. Locks: set->mutex for items and waiting; set->lock (interrupts off) for the ready list. epoll_mutex for the link
 *    between files and items, so that a file and a set can go at the same time. A set may not watch a set that, in up to
 *    NEST_MAX steps, watches it.
 */
#include "vfs/vfs.h"
#include <linux/anon_inodes.h>
#include <linux/eventpoll.h>
#include <linux/hash.h>
#include <linux/hrtimer.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/time.h>

#define TABLE_BITS 5
#define NEST_MAX 4
#define PRIVATE_BITS (EPOLLWAKEUP | EPOLLONESHOT | EPOLLET | EPOLLEXCLUSIVE)
#define EVENTS_MAX (INT_MAX / (int)sizeof(struct epoll_event))

struct epoll_set {
	struct mutex mutex;
	spinlock_t lock;
	struct list_head ready;
	wait_queue_head_t wait;	     /* in epoll_wait() */
	wait_queue_head_t poll_wait; /* polling the set itself */
	struct hlist_head table[1 << TABLE_BITS];
	struct file *file;
};

struct epoll_queue {
	struct epoll_queue *next;
	struct epoll_item *item;
	wait_queue_entry_t wait;
	wait_queue_head_t *head;
};

struct epoll_item {
	struct hlist_node table_link;
	struct list_head ready_link;
	struct list_head file_link; /* in file->f_ep_links */
	struct epoll_set *set;
	struct file *file;
	int fd;
	struct epoll_event event;
	struct epoll_queue *queues;
	int error; /* of queueing */
};

struct item_table {
	poll_table table;
	struct epoll_item *item;
};

static DEFINE_MUTEX(epoll_mutex);
static const struct file_operations epoll_fops;

static struct hlist_head *bucket(struct epoll_set *set, const struct file *file, int fd)
{
	return &set->table[hash_32((u32)(unsigned long)file ^ fd, TABLE_BITS)];
}

static struct epoll_item *find_item(struct epoll_set *set, const struct file *file, int fd)
{
	struct epoll_item *item;

	hlist_for_each_entry(item, bucket(set, file, fd), table_link)
		if (item->file == file && item->fd == fd)
			return item;
	return NULL;
}

/* The item may be ready. Any context. */
static void make_ready(struct epoll_item *item)
{
	struct epoll_set *set = item->set;
	unsigned long flags;

	spin_lock_irqsave(&set->lock, flags);
	if (list_empty(&item->ready_link))
		list_add_tail(&item->ready_link, &set->ready);
	spin_unlock_irqrestore(&set->lock, flags);
	wake_up(&set->wait);
	wake_up_poll(&set->poll_wait, EPOLLIN);
}

static int item_wake(wait_queue_entry_t *wait, unsigned int mode, int sync, void *key)
{
	struct epoll_item *item = container_of(wait, struct epoll_queue, wait)->item;
	__poll_t events = key_to_poll(key);

	if ((item->event.events & ~PRIVATE_BITS) && (!events || (events & item->event.events)))
		make_ready(item);
	return 1;
}

static void item_queue(struct file *file, wait_queue_head_t *head, poll_table *table)
{
	struct epoll_item *item = container_of(table, struct item_table, table)->item;
	struct epoll_queue *q = kmalloc(sizeof(*q), GFP_KERNEL);

	if (!q) {
		item->error = -ENOMEM;
		return;
	}
	q->item = item;
	q->head = head;
	init_waitqueue_func_entry(&q->wait, item_wake);
	q->next = item->queues;
	item->queues = q;
	add_wait_queue(head, &q->wait);
}

static __poll_t item_poll(struct epoll_item *item, poll_table *table)
{
	table->_key = item->event.events;
	return vfs_poll(item->file, table) & item->event.events;
}

/* Takes an item out; set->mutex is held. */
static void item_remove(struct epoll_item *item)
{
	struct epoll_set *set = item->set;

	while (item->queues) {
		struct epoll_queue *q = item->queues;

		item->queues = q->next;
		remove_wait_queue(q->head, &q->wait);
		kfree(q);
	}
	mutex_lock(&epoll_mutex);
	list_del_init(&item->file_link);
	mutex_unlock(&epoll_mutex);
	spin_lock_irq(&set->lock);
	list_del_init(&item->ready_link);
	spin_unlock_irq(&set->lock);
	hlist_del(&item->table_link);
	kfree(item);
}

static int item_add(struct epoll_set *set, const struct epoll_event *event, struct file *file,
		    int fd)
{
	struct epoll_item *item = kzalloc(sizeof(*item), GFP_KERNEL);
	struct item_table t = { .item = item };
	__poll_t events;
	int error;

	if (!item)
		return -ENOMEM;
	item->set = set;
	item->file = file;
	item->fd = fd;
	item->event = *event;
	INIT_LIST_HEAD(&item->ready_link);
	hlist_add_head(&item->table_link, bucket(set, file, fd));
	mutex_lock(&epoll_mutex);
	list_add(&item->file_link, &file->f_ep_links);
	mutex_unlock(&epoll_mutex);
	init_poll_funcptr(&t.table, item_queue);
	events = item_poll(item, &t.table);
	error = item->error;
	if (error)
		item_remove(item);
	else if (events)
		make_ready(item);
	return error;
}

static void item_change(struct epoll_item *item, const struct epoll_event *event)
{
	poll_table table = {};

	item->event = *event;
	if (item_poll(item, &table))
		make_ready(item);
}

/* Is target reachable from file by sets that watch sets? */
static bool reaches(struct file *file, const struct epoll_set *target, int depth)
{
	struct epoll_set *set;
	struct epoll_item *item;
	unsigned int i;

	if (file->f_op != &epoll_fops)
		return false;
	set = file->private_data;
	if (set == target || depth > NEST_MAX)
		return true;
	for (i = 0; i < 1 << TABLE_BITS; i++)
		hlist_for_each_entry(item, &set->table[i], table_link)
			if (reaches(item->file, target, depth + 1))
				return true;
	return false;
}

/* The last reference on a watched file is gone. */
void eventpoll_release(struct file *file)
{
	for (;;) {
		struct epoll_item *item = NULL;
		struct epoll_set *set;

		mutex_lock(&epoll_mutex);
		if (!list_empty(&file->f_ep_links)) {
			item = list_first_entry(&file->f_ep_links, struct epoll_item, file_link);
			set = item->set;
			get_file(set->file);
		}
		mutex_unlock(&epoll_mutex);
		if (!item)
			return;
		mutex_lock(&set->mutex);
		mutex_lock(&epoll_mutex);
		if (list_empty(&file->f_ep_links) ||
		    list_first_entry(&file->f_ep_links, struct epoll_item, file_link) != item)
			item = NULL;
		mutex_unlock(&epoll_mutex);
		if (item)
			item_remove(item);
		mutex_unlock(&set->mutex);
		fput(set->file);
	}
}

/* Sets as files. */

static int epoll_release(struct inode *inode, struct file *file)
{
	struct epoll_set *set = file->private_data;
	struct epoll_item *item;
	struct hlist_node *next;
	unsigned int i;

	mutex_lock(&set->mutex);
	for (i = 0; i < 1 << TABLE_BITS; i++)
		hlist_for_each_entry_safe(item, next, &set->table[i], table_link)
			item_remove(item);
	mutex_unlock(&set->mutex);
	kfree(set);
	return 0;
}

/* Takes the items that were made ready off the list and looks which really are. */
static int collect(struct epoll_set *set, struct epoll_event __user *user, int max)
{
	struct epoll_item *item, *next;
	LIST_HEAD(taken);
	int count = 0;

	mutex_lock(&set->mutex);
	spin_lock_irq(&set->lock);
	list_splice_init(&set->ready, &taken);
	spin_unlock_irq(&set->lock);
	list_for_each_entry_safe(item, next, &taken, ready_link) {
		struct epoll_event event = { .data = item->event.data };
		poll_table table = {};

		if (count >= max)
			break;
		spin_lock_irq(&set->lock);
		list_del_init(&item->ready_link);
		spin_unlock_irq(&set->lock);
		event.events = item_poll(item, &table);
		if (!event.events)
			continue;
		if (user && copy_to_user(&user[count], &event, sizeof(event))) {
			make_ready(item);
			count = count ? count : -EFAULT;
			break;
		}
		count++;
		if (!user || !(item->event.events & (EPOLLONESHOT | EPOLLET))) {
			spin_lock_irq(&set->lock);
			if (list_empty(&item->ready_link))
				list_add_tail(&item->ready_link, &set->ready);
			spin_unlock_irq(&set->lock);
		} else if (item->event.events & EPOLLONESHOT) {
			item->event.events &= PRIVATE_BITS;
		}
	}
	spin_lock_irq(&set->lock);
	list_splice(&taken, &set->ready);
	spin_unlock_irq(&set->lock);
	mutex_unlock(&set->mutex);
	return count;
}

static __poll_t epoll_poll(struct file *file, poll_table *table)
{
	struct epoll_set *set = file->private_data;

	poll_wait(file, &set->poll_wait, table);
	return collect(set, NULL, 1) > 0 ? EPOLLIN | EPOLLRDNORM : 0;
}

static const struct file_operations epoll_fops = {
	.release = epoll_release,
	.poll = epoll_poll,
	.llseek = noop_llseek,
};

static int do_epoll_create(int flags)
{
	struct epoll_set *set;
	struct file *file;
	unsigned int i;
	int fd;

	if (flags & ~EPOLL_CLOEXEC)
		return -EINVAL;
	set = kzalloc(sizeof(*set), GFP_KERNEL);
	if (!set)
		return -ENOMEM;
	mutex_init(&set->mutex);
	spin_lock_init(&set->lock);
	INIT_LIST_HEAD(&set->ready);
	init_waitqueue_head(&set->wait);
	init_waitqueue_head(&set->poll_wait);
	for (i = 0; i < 1 << TABLE_BITS; i++)
		INIT_HLIST_HEAD(&set->table[i]);
	fd = get_unused_fd_flags(O_RDWR | (flags & O_CLOEXEC));
	if (fd < 0) {
		kfree(set);
		return fd;
	}
	file = anon_inode_getfile("[eventpoll]", &epoll_fops, set, O_RDWR);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		kfree(set);
		return PTR_ERR(file);
	}
	set->file = file;
	fd_install(fd, file);
	return fd;
}

SYSCALL_DEFINE1(epoll_create1, int, flags)
{
	return do_epoll_create(flags);
}

SYSCALL_DEFINE1(epoll_create, int, size)
{
	return size <= 0 ? -EINVAL : do_epoll_create(0);
}

static int control(struct epoll_set *set, int op, struct file *target, int fd,
		   struct epoll_event *event)
{
	struct epoll_item *item;
	int error = 0;

	if (op != EPOLL_CTL_DEL)
		event->events |= EPOLLERR | EPOLLHUP;
	mutex_lock(&set->mutex);
	item = find_item(set, target, fd);
	switch (op) {
	case EPOLL_CTL_ADD:
		error = item ? -EEXIST : item_add(set, event, target, fd);
		break;
	case EPOLL_CTL_DEL:
		if (item)
			item_remove(item);
		else
			error = -ENOENT;
		break;
	case EPOLL_CTL_MOD:
		if (item)
			item_change(item, event);
		else
			error = -ENOENT;
		break;
	default:
		error = -EINVAL;
	}
	mutex_unlock(&set->mutex);
	return error;
}

SYSCALL_DEFINE4(epoll_ctl, int, epfd, int, op, int, fd, struct epoll_event __user *, user)
{
	struct epoll_event event = {};
	struct fd f, target;
	int error;

	if (op != EPOLL_CTL_DEL && copy_from_user(&event, user, sizeof(event)))
		return -EFAULT;
	f = fdget(epfd);
	if (!f.file)
		return -EBADF;
	error = -EBADF;
	target = fdget(fd);
	if (!target.file)
		goto put_set;
	error = -EPERM;
	if (!file_can_poll(target.file))
		goto put_target;
	error = -EINVAL;
	if (f.file == target.file || f.file->f_op != &epoll_fops)
		goto put_target;
	error = -ELOOP;
	if (op == EPOLL_CTL_ADD && reaches(target.file, f.file->private_data, 0))
		goto put_target;
	error = control(f.file->private_data, op, target.file, fd, &event);
put_target:
	fdput(target);
put_set:
	fdput(f);
	return error;
}

static bool any_ready(struct epoll_set *set)
{
	return !list_empty_careful(&set->ready);
}

/* deadline: ktime, KTIME_MAX for ever, 0 do not wait. */
static int wait_for_events(struct epoll_set *set, struct epoll_event __user *user, int max,
			   ktime_t deadline)
{
	int count = collect(set, user, max);

	while (!count && deadline) {
		DEFINE_WAIT(wait);
		bool time_left = true;

		prepare_to_wait_exclusive(&set->wait, &wait, TASK_INTERRUPTIBLE);
		if (!any_ready(set) && !signal_pending(current))
			time_left = schedule_hrtimeout_range(deadline == KTIME_MAX ? NULL
										   : &deadline,
							     0, HRTIMER_MODE_ABS) != 0;
		finish_wait(&set->wait, &wait);
		count = collect(set, user, max);
		if (!count && signal_pending(current))
			return -EINTR;
		if (!time_left)
			break;
	}
	return count;
}

static int do_epoll_wait(int epfd, struct epoll_event __user *user, int max, int timeout)
{
	ktime_t deadline = timeout < 0 ? KTIME_MAX
			   : timeout   ? ns_to_ktime(ktime_get_ns() + (u64)timeout * NSEC_PER_MSEC)
				       : 0;
	struct fd f;
	int result = -EINVAL;

	if (max <= 0 || max > EVENTS_MAX)
		return -EINVAL;
	f = fdget(epfd);
	if (!f.file)
		return -EBADF;
	if (f.file->f_op == &epoll_fops)
		result = wait_for_events(f.file->private_data, user, max, deadline);
	fdput(f);
	return result;
}

SYSCALL_DEFINE4(epoll_wait, int, epfd, struct epoll_event __user *, user, int, max, int, timeout)
{
	return do_epoll_wait(epfd, user, max, timeout);
}

SYSCALL_DEFINE6(epoll_pwait, int, epfd, struct epoll_event __user *, user, int, max, int, timeout,
		const sigset_t __user *, mask, size_t, masksize)
{
	int error = set_user_sigmask(mask, masksize);

	if (error)
		return error;
	error = do_epoll_wait(epfd, user, max, timeout);
	restore_saved_sigmask_unless(error == -EINTR);
	return error;
}
