/*
 * Terminals: what the file operations do.
 *
 * A read waits on read_wait until the line discipline has a line (canonical mode) or VMIN bytes; a write passes output
 * processing in pieces and waits on write_wait while the line is stopped or the driver has no room. file->private_data is the
 * tty_struct, counted in tty->count.
 */
#include <linux/console.h>
#include <linux/kernel.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include "tty_private.h"

static struct tty_struct *file_tty(struct file *file)
{
	return file->private_data;
}

/* The line that an open of `number` means. tty_mutex held. */
static struct tty_struct *open_number(dev_t number)
{
	struct tty_driver *driver;
	struct tty_struct *tty;
	int index;

	if (number == MKDEV(TTYAUX_MAJOR, 0)) {
		tty = tty_of_current();
		return tty ? tty_line_get(tty->driver, tty->index) : ERR_PTR(-ENXIO);
	}
	if (number == MKDEV(TTYAUX_MAJOR, 1))
		driver = console_device(&index);
	else
		driver = tty_driver_find(number, &index);
	return driver ? tty_line_get(driver, index) : ERR_PTR(-ENODEV);
}

static int tty_open(struct inode *inode, struct file *file)
{
	dev_t number = inode->i_rdev;
	struct tty_struct *tty;
	int err;

	mutex_lock(&tty_mutex);
	tty = open_number(number);
	if (IS_ERR(tty)) {
		mutex_unlock(&tty_mutex);
		return (int)PTR_ERR(tty);
	}
	err = tty->port ? tty_port_alloc_buffer(tty->port) : 0;
	if (!err)
		err = tty->ops->open ? tty->ops->open(tty, file) : -ENODEV;
	if (err)
		tty_line_put(tty);
	mutex_unlock(&tty_mutex);
	if (err)
		return err;
	file->private_data = tty;
	nonseekable_open(inode, file);
	if (!(file->f_flags & O_NOCTTY) && number != MKDEV(TTYAUX_MAJOR, 0) &&
	    number != MKDEV(TTYAUX_MAJOR, 1))
		tty_open_session(tty, file);
	return 0;
}

static int tty_release(struct inode *inode, struct file *file)
{
	struct tty_struct *tty = file_tty(file);

	mutex_lock(&tty_mutex);
	if (tty->ops->close)
		tty->ops->close(tty, file);
	tty_line_put(tty);
	mutex_unlock(&tty_mutex);
	return 0;
}

static bool hung_up(struct tty_struct *tty)
{
	return test_bit(TTY_HUPPED, &tty->flags);
}

/* One piece from the line discipline to the reader. *end: the read is complete. */
static ssize_t read_piece(struct tty_struct *tty, char __user *buf, size_t count, bool *end)
{
	struct tty_disc *disc = tty_disc(tty);
	unsigned char bytes[256];
	unsigned long flags;
	size_t got;

	spin_lock_irqsave(&disc->lock, flags);
	got = ntty_read(&disc->state, &tty->termios, bytes, min(count, sizeof(bytes)), end);
	spin_unlock_irqrestore(&disc->lock, flags);
	return copy_to_user(buf, bytes, got) ? -EFAULT : (ssize_t)got;
}

static bool readable(struct tty_struct *tty)
{
	return hung_up(tty) || ntty_readable(&tty_disc(tty)->state, &tty->termios);
}

/* Jiffies to wait for the next byte after `done` of them, by VMIN and VTIME; 0: do not wait. */
static long wait_time(struct tty_struct *tty, size_t done, size_t count)
{
	const struct ktermios *t = &tty->termios;
	size_t least = min_t(size_t, t->c_cc[VMIN], count);
	long tenths = (long)t->c_cc[VTIME] * HZ / 10;

	if (t->c_lflag & ICANON)
		return done ? 0 : MAX_SCHEDULE_TIMEOUT;
	if (!t->c_cc[VMIN])
		return done ? 0 : tenths;
	if (done >= least)
		return 0;
	return done && tenths ? tenths : MAX_SCHEDULE_TIMEOUT;
}

static ssize_t tty_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct tty_struct *tty = file_tty(file);
	size_t done = 0;
	bool end = false;
	int err = tty_check_read(tty);

	if (err)
		return err;
	while (done < count && !end) {
		ssize_t got = read_piece(tty, buf + done, count - done, &end);
		long wait;

		if (got < 0)
			return done ? (ssize_t)done : got;
		done += got;
		if (got || end)
			continue;
		wait = wait_time(tty, done, count);
		if (!wait || hung_up(tty))
			break;
		if (file->f_flags & O_NONBLOCK)
			return done ? (ssize_t)done : -EAGAIN;
		wait = wait_event_interruptible_timeout(tty->read_wait, readable(tty), wait);
		if (wait < 0)
			return done ? (ssize_t)done : wait;
		if (!wait)
			break;
		err = tty_check_read(tty);
		if (err)
			return done ? (ssize_t)done : err;
	}
	return (ssize_t)done;
}

static bool writable(struct tty_struct *tty)
{
	return hung_up(tty) || (!tty->stopped && tty_write_room(tty) > 0);
}

ssize_t tty_send(struct tty_struct *tty, const unsigned char *bytes, size_t count, bool nonblock)
{
	size_t done = 0;
	int err;

	while (done < count) {
		if (hung_up(tty))
			return -EIO;
		if (!tty->stopped) {
			int took = tty->ops->write(tty, bytes + done, (int)(count - done));

			if (took < 0)
				return took;
			done += took;
			if (took)
				continue;
		}
		if (nonblock)
			return done ? (ssize_t)done : -EAGAIN;
		err = wait_event_interruptible(tty->write_wait, writable(tty));
		if (err)
			return done ? (ssize_t)done : err;
	}
	return (ssize_t)done;
}

/* A piece of what was written, through output processing to the driver; bytes used of it, or -errno. */
static ssize_t write_piece(struct tty_struct *tty, const unsigned char *bytes, size_t count,
			   bool nonblock)
{
	struct tty_disc *disc = tty_disc(tty);
	unsigned char out[512];
	unsigned long flags;
	size_t used, made;
	ssize_t sent;

	if (nonblock && !writable(tty))
		return -EAGAIN;
	spin_lock_irqsave(&disc->lock, flags);
	made = ntty_output(&disc->state, &tty->termios, bytes, count, &used, out, sizeof(out));
	spin_unlock_irqrestore(&disc->lock, flags);
	sent = tty_send(tty, out, made, false);
	return sent < 0 ? sent : (ssize_t)used;
}

static ssize_t tty_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct tty_struct *tty = file_tty(file);
	bool nonblock = file->f_flags & O_NONBLOCK;
	unsigned char bytes[256];
	size_t done = 0;
	ssize_t used = 0;

	if (tty->termios.c_lflag & TOSTOP) {
		int err = tty_check_change(tty);

		if (err)
			return err;
	}
	if (mutex_lock_interruptible(&tty->atomic_write_lock))
		return -ERESTARTSYS;
	while (done < count && used >= 0) {
		size_t piece = min(count - done, sizeof(bytes));

		if (copy_from_user(bytes, buf + done, piece))
			used = -EFAULT;
		else
			used = write_piece(tty, bytes, piece, nonblock);
		if (used > 0)
			done += used;
	}
	mutex_unlock(&tty->atomic_write_lock);
	return done ? (ssize_t)done : used;
}

static __poll_t tty_poll(struct file *file, poll_table *wait)
{
	struct tty_struct *tty = file_tty(file);
	__poll_t mask = 0;

	poll_wait(file, &tty->read_wait, wait);
	poll_wait(file, &tty->write_wait, wait);
	if (hung_up(tty))
		return EPOLLIN | EPOLLRDNORM | EPOLLHUP | EPOLLERR;
	if (readable(tty))
		mask |= EPOLLIN | EPOLLRDNORM;
	if (writable(tty))
		mask |= EPOLLOUT | EPOLLWRNORM;
	return mask;
}

const struct file_operations tty_fops = {
	.owner = THIS_MODULE,
	.llseek = no_llseek,
	.open = tty_open,
	.release = tty_release,
	.read = tty_read,
	.write = tty_write,
	.poll = tty_poll,
	.unlocked_ioctl = tty_ioctl,
};

void tty_wakeup(struct tty_struct *tty)
{
	wake_up_interruptible_poll(&tty->write_wait, EPOLLOUT | EPOLLWRNORM);
}
EXPORT_SYMBOL(tty_wakeup);

void stop_tty(struct tty_struct *tty)
{
	tty->stopped = true;
	if (tty->ops->stop)
		tty->ops->stop(tty);
}
EXPORT_SYMBOL(stop_tty);

void start_tty(struct tty_struct *tty)
{
	tty->stopped = false;
	if (tty->ops->start)
		tty->ops->start(tty);
	tty_wakeup(tty);
}
EXPORT_SYMBOL(start_tty);

int tty_write_room(struct tty_struct *tty)
{
	return tty->ops->write_room ? tty->ops->write_room(tty) : 2048;
}
EXPORT_SYMBOL(tty_write_room);

int tty_chars_in_buffer(struct tty_struct *tty)
{
	return tty->ops->chars_in_buffer ? tty->ops->chars_in_buffer(tty) : 0;
}
EXPORT_SYMBOL(tty_chars_in_buffer);

void tty_wait_until_sent(struct tty_struct *tty, long timeout)
{
	wait_event_interruptible_timeout(tty->write_wait, !tty_chars_in_buffer(tty),
					 timeout ? timeout : MAX_SCHEDULE_TIMEOUT);
	if (tty->ops->wait_until_sent)
		tty->ops->wait_until_sent(tty, (int)timeout);
}
EXPORT_SYMBOL(tty_wait_until_sent);

void tty_hangup(struct tty_struct *tty)
{
	set_bit(TTY_HUPPED, &tty->flags);
	tty_signal_group(tty, SIGHUP);
	tty_signal_group(tty, SIGCONT);
	if (tty->ops->hangup)
		tty->ops->hangup(tty);
	wake_up_interruptible_all(&tty->read_wait);
	wake_up_interruptible_all(&tty->write_wait);
}
EXPORT_SYMBOL(tty_hangup);
