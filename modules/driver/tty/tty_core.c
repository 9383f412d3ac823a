/*
 * Terminals: drivers, lines and ports.
 *
 * A driver is a range of device numbers; a line is one of them. The tty_struct of a line exists while it is open; its
 * settings are kept in the driver between opens. What a driver receives goes into the port's ring in any context, and from
 * there by a work item to the line discipline. tty_mutex protects the list of drivers, their ttys[] and the counts of
 * opens; a port's buffer is under buf.lock, the port's tty pointer under port->lock.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include "tty_private.h"

DEFINE_MUTEX(tty_mutex);
static LIST_HEAD(drivers);
struct class *tty_class;

struct ktermios tty_std_termios = {
	.c_iflag = ICRNL | IXON,
	.c_oflag = OPOST | ONLCR,
	.c_cflag = B38400 | CS8 | CREAD | HUPCL,
	.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
	.c_cc = { [VINTR] = 'C' - 64,
		  [VQUIT] = '\\' - 64,
		  [VERASE] = 127,
		  [VKILL] = 'U' - 64,
		  [VEOF] = 'D' - 64,
		  [VMIN] = 1,
		  [VSTART] = 'Q' - 64,
		  [VSTOP] = 'S' - 64,
		  [VSUSP] = 'Z' - 64,
		  [VREPRINT] = 'R' - 64,
		  [VDISCARD] = 'O' - 64,
		  [VWERASE] = 'W' - 64,
		  [VLNEXT] = 'V' - 64 },
	.c_ispeed = 38400,
	.c_ospeed = 38400,
};
EXPORT_SYMBOL(tty_std_termios);

struct tty_driver *__tty_alloc_driver(unsigned int lines, struct module *owner, unsigned long flags)
{
	struct tty_driver *driver;

	if (!lines)
		return ERR_PTR(-EINVAL);
	driver = kzalloc(sizeof(*driver), GFP_KERNEL);
	if (!driver)
		return ERR_PTR(-ENOMEM);
	driver->magic = TTY_DRIVER_MAGIC;
	kref_init(&driver->kref);
	driver->num = lines;
	driver->owner = owner;
	driver->flags = flags;
	driver->ttys = kcalloc(lines, sizeof(*driver->ttys), GFP_KERNEL);
	driver->ports = kcalloc(lines, sizeof(*driver->ports), GFP_KERNEL);
	driver->termios = kcalloc(lines, sizeof(*driver->termios), GFP_KERNEL);
	if (driver->ttys && driver->ports && driver->termios)
		return driver;
	put_tty_driver(driver);
	return ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(__tty_alloc_driver);

static void driver_free(struct kref *kref)
{
	struct tty_driver *driver = container_of(kref, struct tty_driver, kref);
	unsigned int i;

	for (i = 0; driver->termios && i < driver->num; i++)
		kfree(driver->termios[i]);
	kfree(driver->termios);
	kfree(driver->ports);
	kfree(driver->ttys);
	kfree(driver);
}

void tty_driver_kref_put(struct tty_driver *driver)
{
	kref_put(&driver->kref, driver_free);
}
EXPORT_SYMBOL(tty_driver_kref_put);

void put_tty_driver(struct tty_driver *driver)
{
	tty_driver_kref_put(driver);
}
EXPORT_SYMBOL(put_tty_driver);

void tty_set_operations(struct tty_driver *driver, const struct tty_operations *ops)
{
	driver->ops = ops;
}
EXPORT_SYMBOL(tty_set_operations);

static dev_t line_number(struct tty_driver *driver, unsigned int index)
{
	return MKDEV(driver->major, driver->minor_start + index);
}

struct device *tty_register_device(struct tty_driver *driver, unsigned int index,
				   struct device *parent)
{
	struct device *device;

	if (index >= driver->num)
		return ERR_PTR(-EINVAL);
	if (driver->flags & TTY_DRIVER_UNNUMBERED_NODE)
		device = device_create(tty_class, parent, line_number(driver, index), NULL, "%s",
				       driver->name);
	else
		device = device_create(tty_class, parent, line_number(driver, index), NULL, "%s%d",
				       driver->name, driver->name_base + (int)index);
	return device;
}
EXPORT_SYMBOL(tty_register_device);

void tty_unregister_device(struct tty_driver *driver, unsigned int index)
{
	device_destroy(tty_class, line_number(driver, index));
}
EXPORT_SYMBOL(tty_unregister_device);

static void unregister_devices(struct tty_driver *driver, unsigned int count)
{
	while (count)
		tty_unregister_device(driver, --count);
}

static int register_devices(struct tty_driver *driver)
{
	unsigned int i;

	for (i = 0; i < driver->num; i++) {
		struct device *device = tty_register_device(driver, i, NULL);

		if (IS_ERR(device)) {
			unregister_devices(driver, i);
			return (int)PTR_ERR(device);
		}
	}
	return 0;
}

static int take_numbers(struct tty_driver *driver, dev_t *first)
{
	int err;

	if (driver->major) {
		*first = line_number(driver, 0);
		return register_chrdev_region(*first, driver->num, driver->name);
	}
	err = alloc_chrdev_region(first, driver->minor_start, driver->num, driver->name);
	if (!err) {
		driver->major = (int)MAJOR(*first);
		driver->minor_start = (int)MINOR(*first);
	}
	return err;
}

int tty_register_driver(struct tty_driver *driver)
{
	struct cdev *cdev;
	dev_t first;
	int err = take_numbers(driver, &first);

	if (err)
		return err;
	cdev = cdev_alloc();
	err = -ENOMEM;
	if (!cdev)
		goto undo_numbers;
	cdev->ops = &tty_fops;
	cdev->owner = driver->owner;
	driver->cdevs = kmalloc(sizeof(*driver->cdevs), GFP_KERNEL);
	if (!driver->cdevs)
		goto undo_cdev;
	driver->cdevs[0] = cdev;
	mutex_lock(&tty_mutex);
	list_add_tail(&driver->tty_drivers, &drivers);
	mutex_unlock(&tty_mutex);
	err = cdev_add(cdev, first, driver->num);
	if (err)
		goto undo_list;
	if (!(driver->flags & TTY_DRIVER_DYNAMIC_DEV))
		err = register_devices(driver);
	if (err)
		goto undo_list;
	driver->flags |= TTY_DRIVER_INSTALLED;
	return 0;
undo_list:
	mutex_lock(&tty_mutex);
	list_del(&driver->tty_drivers);
	mutex_unlock(&tty_mutex);
	kfree(driver->cdevs);
undo_cdev:
	cdev_del(cdev);
undo_numbers:
	unregister_chrdev_region(first, driver->num);
	return err;
}
EXPORT_SYMBOL(tty_register_driver);

int tty_unregister_driver(struct tty_driver *driver)
{
	if (!(driver->flags & TTY_DRIVER_DYNAMIC_DEV))
		unregister_devices(driver, driver->num);
	cdev_del(driver->cdevs[0]);
	mutex_lock(&tty_mutex);
	list_del(&driver->tty_drivers);
	mutex_unlock(&tty_mutex);
	unregister_chrdev_region(line_number(driver, 0), driver->num);
	kfree(driver->cdevs);
	driver->flags &= ~(unsigned long)TTY_DRIVER_INSTALLED;
	return 0;
}
EXPORT_SYMBOL(tty_unregister_driver);

struct tty_driver *tty_driver_find(dev_t number, int *index)
{
	struct tty_driver *driver;

	list_for_each_entry(driver, &drivers, tty_drivers) {
		if (MAJOR(number) != (unsigned int)driver->major ||
		    MINOR(number) < (unsigned int)driver->minor_start ||
		    MINOR(number) - driver->minor_start >= driver->num)
			continue;
		*index = (int)MINOR(number) - driver->minor_start;
		return driver;
	}
	return NULL;
}

/* Lines. */

static void load_termios(struct tty_struct *tty)
{
	struct tty_driver *driver = tty->driver;
	struct ktermios *kept = driver->termios[tty->index];

	tty->termios = kept && !(driver->flags & TTY_DRIVER_RESET_TERMIOS) ? *kept
									   : driver->init_termios;
}

static struct tty_struct *line_alloc(struct tty_driver *driver, int index)
{
	struct tty_struct *tty = kzalloc(sizeof(*tty), GFP_KERNEL);
	struct tty_disc *disc = kzalloc(sizeof(*disc), GFP_KERNEL);

	if (!tty || !disc) {
		kfree(tty);
		kfree(disc);
		return NULL;
	}
	tty->magic = TTY_MAGIC;
	kref_init(&tty->kref);
	tty->driver = driver;
	kref_get(&driver->kref);
	tty->ops = driver->ops;
	tty->index = index;
	mutex_init(&tty->atomic_write_lock);
	init_rwsem(&tty->termios_rwsem);
	spin_lock_init(&tty->ctrl_lock);
	spin_lock_init(&disc->lock);
	init_waitqueue_head(&tty->read_wait);
	init_waitqueue_head(&tty->write_wait);
	snprintf(tty->name, sizeof(tty->name), "%s%d", driver->name, driver->name_base + index);
	ntty_reset(&disc->state);
	tty->disc_data = disc;
	load_termios(tty);
	return tty;
}

static void line_free(struct kref *kref)
{
	struct tty_struct *tty = container_of(kref, struct tty_struct, kref);

	put_pid(tty->pgrp);
	put_pid(tty->session);
	tty_driver_kref_put(tty->driver);
	kfree(tty->disc_data);
	kfree(tty);
}

struct tty_struct *tty_kref_get(struct tty_struct *tty)
{
	if (tty)
		kref_get(&tty->kref);
	return tty;
}
EXPORT_SYMBOL(tty_kref_get);

void tty_kref_put(struct tty_struct *tty)
{
	if (tty)
		kref_put(&tty->kref, line_free);
}
EXPORT_SYMBOL(tty_kref_put);

static void port_attach(struct tty_port *port, struct tty_struct *tty)
{
	unsigned long flags;

	if (!port)
		return;
	spin_lock_irqsave(&port->lock, flags);
	port->tty = tty;
	spin_unlock_irqrestore(&port->lock, flags);
	if (!tty)
		cancel_work_sync(&port->buf.work);
}

struct tty_struct *tty_line_get(struct tty_driver *driver, int index)
{
	struct tty_struct *tty = driver->ttys[index];
	int err;

	if (tty) {
		if (test_bit(TTY_HUPPED, &tty->flags))
			return ERR_PTR(-EIO);
		if (test_bit(TTY_EXCLUSIVE, &tty->flags) && !capable(CAP_SYS_ADMIN))
			return ERR_PTR(-EBUSY);
		tty->count++;
		return tty;
	}
	tty = line_alloc(driver, index);
	if (!tty)
		return ERR_PTR(-ENOMEM);
	tty->port = driver->ports[index];
	err = driver->ops->install ? driver->ops->install(driver, tty) : 0;
	if (err) {
		tty_kref_put(tty);
		return ERR_PTR(err);
	}
	tty->count = 1;
	driver->ttys[index] = tty;
	port_attach(tty->port, tty);
	return tty;
}

void tty_line_put(struct tty_struct *tty)
{
	struct tty_driver *driver = tty->driver;

	if (--tty->count)
		return;
	tty_session_clear(tty);
	port_attach(tty->port, NULL);
	if (!driver->termios[tty->index])
		driver->termios[tty->index] = kmalloc(sizeof(struct ktermios), GFP_KERNEL);
	if (driver->termios[tty->index])
		*driver->termios[tty->index] = tty->termios;
	driver->ttys[tty->index] = NULL;
	if (driver->ops->remove)
		driver->ops->remove(driver, tty);
	tty_kref_put(tty);
}

const char *tty_name(const struct tty_struct *tty)
{
	return tty ? tty->name : "NULL tty";
}
EXPORT_SYMBOL(tty_name);

dev_t tty_devnum(struct tty_struct *tty)
{
	return line_number(tty->driver, (unsigned int)tty->index);
}
EXPORT_SYMBOL(tty_devnum);

/* Ports. */

static void echo_out(void *context, const uint8_t *bytes, size_t count)
{
	struct tty_struct *tty = context;

	tty->ops->write(tty, bytes, (int)count);
}

static void signal_out(void *context, enum ntty_signal which)
{
	static const int numbers[] = {
		[NTTY_INTR] = SIGINT, [NTTY_QUIT] = SIGQUIT, [NTTY_SUSP] = SIGTSTP
	};

	tty_signal_group(context, numbers[which]);
}

static void flow_out(void *context, bool stop)
{
	if (stop)
		stop_tty(context);
	else
		start_tty(context);
}

static void deliver(struct tty_struct *tty, const unsigned char *bytes, size_t count)
{
	const struct ntty_sink sink = { tty, echo_out, signal_out, flow_out };
	struct tty_disc *disc = tty_disc(tty);
	unsigned long flags;

	spin_lock_irqsave(&disc->lock, flags);
	ntty_receive(&disc->state, &tty->termios, bytes, count, &sink);
	spin_unlock_irqrestore(&disc->lock, flags);
	wake_up_interruptible_poll(&tty->read_wait, EPOLLIN | EPOLLRDNORM);
}

/* Take received bytes out of the ring: normal ones as they are, a break or error as the settings say. */
static size_t take(struct tty_port *port, const struct ktermios *t, unsigned char *out, size_t size)
{
	struct tty_bufhead *buf = &port->buf;
	unsigned long flags;
	size_t got = 0;

	spin_lock_irqsave(&buf->lock, flags);
	for (; buf->tail != buf->head && got < size; buf->tail++) {
		unsigned char c = buf->chars[buf->tail % TTY_FLIP_SIZE];
		char flag = buf->flags[buf->tail % TTY_FLIP_SIZE];

		if (flag == TTY_BREAK) {
			if (t->c_iflag & IGNBRK)
				continue;
			c = t->c_iflag & BRKINT ? t->c_cc[VINTR] : 0;
		} else if (flag == TTY_PARITY || flag == TTY_FRAME) {
			if (t->c_iflag & IGNPAR)
				continue;
			c = 0;
		}
		out[got++] = c;
	}
	spin_unlock_irqrestore(&buf->lock, flags);
	return got;
}

static void port_work(struct work_struct *work)
{
	struct tty_port *port = container_of(work, struct tty_port, buf.work);
	struct tty_struct *tty = tty_port_tty_get(port);
	unsigned char bytes[128];
	size_t count;

	if (!tty)
		return;
	while ((count = take(port, &tty->termios, bytes, sizeof(bytes))))
		deliver(tty, bytes, count);
	tty_kref_put(tty);
}

void tty_port_init(struct tty_port *port)
{
	memset(port, 0, sizeof(*port));
	INIT_WORK(&port->buf.work, port_work);
	spin_lock_init(&port->buf.lock);
	spin_lock_init(&port->lock);
	mutex_init(&port->mutex);
	kref_init(&port->kref);
}
EXPORT_SYMBOL(tty_port_init);

void tty_port_destroy(struct tty_port *port)
{
	cancel_work_sync(&port->buf.work);
	kfree(port->buf.chars);
	kfree(port->buf.flags);
	port->buf.chars = NULL;
	port->buf.flags = NULL;
}
EXPORT_SYMBOL(tty_port_destroy);

int tty_port_alloc_buffer(struct tty_port *port)
{
	unsigned char *chars;
	char *flags;

	if (port->buf.chars)
		return 0;
	chars = kmalloc(TTY_FLIP_SIZE, GFP_KERNEL);
	flags = kmalloc(TTY_FLIP_SIZE, GFP_KERNEL);
	if (!chars || !flags) {
		kfree(chars);
		kfree(flags);
		return -ENOMEM;
	}
	port->buf.flags = flags;
	port->buf.chars = chars;
	return 0;
}
EXPORT_SYMBOL(tty_port_alloc_buffer);

void tty_port_link_device(struct tty_port *port, struct tty_driver *driver, unsigned int index)
{
	driver->ports[index] = port;
}
EXPORT_SYMBOL(tty_port_link_device);

struct tty_struct *tty_port_tty_get(struct tty_port *port)
{
	struct tty_struct *tty;
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	tty = tty_kref_get(port->tty);
	spin_unlock_irqrestore(&port->lock, flags);
	return tty;
}
EXPORT_SYMBOL(tty_port_tty_get);

void tty_port_tty_wakeup(struct tty_port *port)
{
	struct tty_struct *tty = tty_port_tty_get(port);

	if (tty)
		tty_wakeup(tty);
	tty_kref_put(tty);
}
EXPORT_SYMBOL(tty_port_tty_wakeup);

int tty_insert_flip_string_fixed_flag(struct tty_port *port, const unsigned char *chars, char flag,
				      size_t size)
{
	struct tty_bufhead *buf = &port->buf;
	unsigned long flags;
	size_t i;

	spin_lock_irqsave(&buf->lock, flags);
	for (i = 0; i < size && buf->chars && buf->head - buf->tail < TTY_FLIP_SIZE;
	     i++, buf->head++) {
		buf->chars[buf->head % TTY_FLIP_SIZE] = chars[i];
		buf->flags[buf->head % TTY_FLIP_SIZE] = flag;
	}
	buf->dropped += size - i;
	spin_unlock_irqrestore(&buf->lock, flags);
	return (int)i;
}
EXPORT_SYMBOL(tty_insert_flip_string_fixed_flag);

int tty_insert_flip_char(struct tty_port *port, unsigned char ch, char flag)
{
	return tty_insert_flip_string_fixed_flag(port, &ch, flag, 1);
}
EXPORT_SYMBOL(tty_insert_flip_char);

void tty_flip_buffer_push(struct tty_port *port)
{
	schedule_work(&port->buf.work);
}
EXPORT_SYMBOL(tty_flip_buffer_push);

static int __init tty_init(void)
{
	static struct cdev tty_cdev, console_cdev;
	int err;

	tty_class = class_create(THIS_MODULE, "tty");
	if (IS_ERR(tty_class))
		return (int)PTR_ERR(tty_class);
	err = tty_job_init();
	if (err)
		goto undo_class;
	err = register_chrdev_region(MKDEV(TTYAUX_MAJOR, 0), 2, "tty");
	if (err)
		goto undo_job;
	cdev_init(&tty_cdev, &tty_fops);
	cdev_init(&console_cdev, &tty_fops);
	err = cdev_add(&tty_cdev, MKDEV(TTYAUX_MAJOR, 0), 1);
	if (!err)
		err = cdev_add(&console_cdev, MKDEV(TTYAUX_MAJOR, 1), 1);
	if (err)
		goto undo_job;
	device_create(tty_class, NULL, MKDEV(TTYAUX_MAJOR, 0), NULL, "tty");
	device_create(tty_class, NULL, MKDEV(TTYAUX_MAJOR, 1), NULL, "console");
	return 0;
undo_job:
	tty_job_exit();
undo_class:
	class_destroy(tty_class);
	return err;
}

/* The console is never taken away: the terminal core has no exit and cannot be unloaded. */
subsys_initcall(tty_init);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_AUTHOR("The Rakit authors");
MODULE_DESCRIPTION("terminals: drivers, line discipline, job control");
