/*
 * /dev/kmod: requests answered by a daemon.
 *
 * One process has it open at a time, a privileged one. Each read gives one line, and sleeps until there is one:
 *
 *	request ID pid PID uid UID alias ALIAS    a process waits for this; blanks are in no alias
 *	cancel ID                                 nobody waits for this any more
 *	idle NAME                                 answer to look: this module may be removed
 *	pressure                                  memory runs short; once a second at most
 *
 * Each write is one line:
 *
 *	run ID PID       this process works on the request: what it loads is loaded for it
 *	done ID STATUS   over; 0, or the exit status of what worked on it
 *	look             asks for modules that nobody has used since the last look
 *	look now         asks for those that are in no use now
 *
 * A daemon that has not read a request in time gets no further ones until it reads again: the helper works in its place. When
 * it closes the device the helper takes over what it has not finished.
 */
#include "module/request.h"
#include "module/module.h"
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kmod.h>
#include <linux/miscdevice.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define LINE_MAX (ALIAS_MAX + 128)
#define EVENTS_MAX 512 /* a daemon that does not read cannot fill memory */

struct event {
	struct list_head list;
	char text[];
};

/* All under request_lock. */
static bool attached, behind, pressure;
static unsigned int event_count;
static LIST_HEAD(queue);  /* struct request by queue */
static LIST_HEAD(events); /* struct event */
static DECLARE_WAIT_QUEUE_HEAD(daemon_wait);

bool daemon_takes(struct request *request)
{
	if (!attached || behind)
		return false;
	request->to_daemon = true;
	list_add_tail(&request->queue, &queue);
	wake_up_interruptible(&daemon_wait);
	return true;
}

bool daemon_missed(struct request *request)
{
	if (!request->to_daemon || list_empty(&request->queue))
		return false;
	if (!behind)
		pr_warn("request: the daemon does not read; %s does its work until it does\n",
			modprobe_path);
	behind = true;
	list_del_init(&request->queue);
	request->to_daemon = false;
	return true;
}

static void event_add(const char *word, const char *text)
{
	size_t size = strlen(word) + strlen(text) + 3;
	struct event *event;

	if (!attached || event_count >= EVENTS_MAX)
		return;
	event = kmalloc(sizeof(*event) + size, GFP_KERNEL);
	if (!event)
		return;
	scnprintf(event->text, size, "%s %s\n", word, text);
	list_add_tail(&event->list, &events);
	event_count++;
	wake_up_interruptible(&daemon_wait);
}

void daemon_cancel(struct request *request)
{
	char id[12];

	if (!list_empty(&request->queue))
		return;
	scnprintf(id, sizeof(id), "%u", request->id);
	event_add("cancel", id);
}

void daemon_idle(const char *name)
{
	event_add("idle", name);
}

/* From the page allocator: takes no lock and no memory. */
void daemon_pressure(void)
{
	if (READ_ONCE(attached) && !xchg(&pressure, true))
		wake_up_interruptible(&daemon_wait);
}

static bool has_line(void)
{
	return READ_ONCE(pressure) || !list_empty(&queue) || !list_empty(&events);
}

static int next_line(char *line)
{
	struct request *request = list_first_entry_or_null(&queue, struct request, queue);
	struct event *event = list_first_entry_or_null(&events, struct event, list);
	int length;

	behind = false;
	if (request) {
		list_del_init(&request->queue);
		return scnprintf(line, LINE_MAX, "request %u pid %d uid %u alias %s\n", request->id,
				 request->from.pid, request->from.uid, request->alias);
	}
	if (event) {
		length = scnprintf(line, LINE_MAX, "%s", event->text);
		list_del(&event->list);
		event_count--;
		kfree(event);
		return length;
	}
	return xchg(&pressure, false) ? scnprintf(line, LINE_MAX, "pressure\n") : 0;
}

static ssize_t daemon_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	char *line;
	int length = 0, error;

	if (count < LINE_MAX)
		return -EINVAL;
	line = kmalloc(LINE_MAX, GFP_KERNEL);
	if (!line)
		return -ENOMEM;
	while (!length) {
		mutex_lock(&request_lock);
		length = next_line(line);
		mutex_unlock(&request_lock);
		error = 0;
		if (!length)
			error = file->f_flags & O_NONBLOCK
					? -EAGAIN
					: wait_event_interruptible(daemon_wait, has_line());
		if (error) {
			kfree(line);
			return error;
		}
	}
	error = copy_to_user(buf, line, (size_t)length) ? -EFAULT : 0;
	kfree(line);
	return error ?: length;
}

static __poll_t daemon_poll(struct file *file, poll_table *wait)
{
	poll_wait(file, &daemon_wait, wait);
	return EPOLLOUT | EPOLLWRNORM | (has_line() ? EPOLLIN | EPOLLRDNORM : 0);
}

static ssize_t daemon_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char line[64];
	int error;

	if (!count || count >= sizeof(line))
		return -EINVAL;
	if (copy_from_user(line, buf, count))
		return -EFAULT;
	line[count - (line[count - 1] == '\n')] = '\0';
	line[count] = '\0';
	error = daemon_command(line);
	return error ?: (ssize_t)count;
}

static int daemon_open(struct inode *inode, struct file *file)
{
	int error = 0;

	if (!capable(CAP_SYS_MODULE))
		return -EPERM;
	mutex_lock(&request_lock);
	if (attached)
		error = -EBUSY;
	else
		attached = true;
	behind = false;
	mutex_unlock(&request_lock);
	return error ?: stream_open(inode, file);
}

static struct request *next_unfinished(void)
{
	struct request *request;

	list_for_each_entry(request, &requests_in_flight, list)
		if (request->to_daemon)
			return request;
	return NULL;
}

/* Under request_lock, which is given up meanwhile. */
static void hand_over(void)
{
	struct request *request;

	while ((request = next_unfinished())) {
		list_del_init(&request->queue);
		request->to_daemon = false;
		request->handler = 0;
		request_get(request);
		mutex_unlock(&request_lock);
		pr_info("request: %s: the daemon is gone; %s takes over\n", request->alias,
			modprobe_path);
		helper_start(request);
		mutex_lock(&request_lock);
		request_put(request);
	}
}

static int daemon_release(struct inode *inode, struct file *file)
{
	struct event *event, *next;

	mutex_lock(&request_lock);
	attached = false;
	pressure = false;
	list_for_each_entry_safe(event, next, &events, list) {
		list_del(&event->list);
		kfree(event);
	}
	event_count = 0;
	hand_over();
	mutex_unlock(&request_lock);
	return 0;
}

static const struct file_operations daemon_fops = {
	.open = daemon_open,
	.read = daemon_read,
	.write = daemon_write,
	.poll = daemon_poll,
	.release = daemon_release,
	.llseek = no_llseek,
};

static struct miscdevice daemon_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "kmod",
	.fops = &daemon_fops,
	.mode = 0600,
};

static int __init daemon_init(void)
{
	return misc_register(&daemon_device);
}
device_initcall(daemon_init);
