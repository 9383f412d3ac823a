/*
 * The memory devices of major 1: null (3), zero (5), full (7), random (8), urandom (9), kmsg (11). One cdev range serves
 * them all; opening goes on with the operations of the minor.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/major.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/random.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <linux/wait.h>
#include <rakit/log.h>

/* null and zero: writing goes nowhere. */

static ssize_t null_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	return 0;
}

static ssize_t null_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	size_t count = iov_iter_count(from);

	iov_iter_advance(from, count);
	return count;
}

static loff_t null_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos = 0;
}

static ssize_t zero_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	size_t done = 0;

	while (iov_iter_count(to)) {
		size_t want = min_t(size_t, iov_iter_count(to), PAGE_SIZE),
		       n = iov_iter_zero(want, to);

		done += n;
		if (n < want)
			return done ? (ssize_t)done : -EFAULT;
		if (signal_pending(current))
			break;
		cond_resched();
	}
	return done;
}

/* Private: anonymous memory, which is zero anyway. Shared: likewise, but kept together by mm. */
static int zero_mmap(struct file *file, struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_SHARED ? shmem_zero_setup(vma) : 0;
}

static ssize_t full_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	return -ENOSPC;
}

static const struct file_operations null_fops = {
	.owner = THIS_MODULE,
	.read_iter = null_read_iter,
	.write_iter = null_write_iter,
	.llseek = null_llseek,
};

static const struct file_operations zero_fops = {
	.owner = THIS_MODULE,
	.read_iter = zero_read_iter,
	.write_iter = null_write_iter,
	.llseek = null_llseek,
	.mmap = zero_mmap,
};

static const struct file_operations full_fops = {
	.owner = THIS_MODULE,
	.read_iter = zero_read_iter,
	.write_iter = full_write_iter,
	.llseek = null_llseek,
};

/* random and urandom: the same generator; writing mixes in. */

static ssize_t random_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	u8 bytes[256];
	size_t done = 0;

	while (iov_iter_count(to)) {
		size_t want = min_t(size_t, iov_iter_count(to), sizeof(bytes)), n;

		get_random_bytes(bytes, want);
		n = copy_to_iter(bytes, want, to);
		done += n;
		if (n < want) {
			if (!done)
				return -EFAULT;
			break;
		}
		if (signal_pending(current))
			break;
		cond_resched();
	}
	memzero_explicit(bytes, sizeof(bytes));
	return done;
}

static ssize_t random_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	u8 bytes[64];
	size_t done = 0;

	while (iov_iter_count(from)) {
		size_t n = copy_from_iter(bytes, sizeof(bytes), from);

		if (!n)
			return done ? (ssize_t)done : -EFAULT;
		add_device_randomness(bytes, n);
		done += n;
	}
	return done;
}

static long random_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case RNDGETENTCNT:
		return put_user(256, (int __user *)arg);
	case RNDADDTOENTCNT:
	case RNDCLEARPOOL:
	case RNDZAPENTCNT:
		return capable(CAP_SYS_ADMIN) ? 0 : -EPERM;
	default:
		return -EINVAL;
	}
}

static const struct file_operations random_fops = {
	.owner = THIS_MODULE,
	.read_iter = random_read_iter,
	.write_iter = random_write_iter,
	.unlocked_ioctl = random_ioctl,
	.llseek = noop_llseek,
};

/* kmsg: one record per read and per write. */

#define KMSG_LINE 1024

struct kmsg_reader {
	u64 seq;	    /* next record */
	struct mutex mutex; /* seq and the buffers */
	char text[KMSG_LINE];
	char line[2 * KMSG_LINE];
};

static int kmsg_open(struct inode *inode, struct file *file)
{
	struct kmsg_reader *reader;

	if ((file->f_flags & O_ACCMODE) == O_WRONLY)
		return 0;
	reader = kzalloc(sizeof(*reader), GFP_KERNEL);
	if (!reader)
		return -ENOMEM;
	mutex_init(&reader->mutex);
	reader->seq = log_first_seq();
	file->private_data = reader;
	return 0;
}

static int kmsg_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static ssize_t kmsg_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct kmsg_reader *reader = file->private_data;
	struct log_record record;
	ssize_t result;
	size_t len;

	if (!reader)
		return -EBADF;
	result = mutex_lock_interruptible(&reader->mutex);
	if (result)
		return result;
	result = -EAGAIN;
	if (log_next_seq() <= reader->seq && (file->f_flags & O_NONBLOCK))
		goto unlock;
	result = log_wait(reader->seq);
	if (result)
		goto unlock;
	if (reader->seq < log_first_seq()) { /* overwritten meanwhile */
		reader->seq = log_first_seq();
		result = -EPIPE;
		goto unlock;
	}
	result = -EAGAIN;
	if (!log_read(reader->seq, &record, reader->text, sizeof(reader->text)))
		goto unlock;
	len = log_format_kmsg(&record, reader->text, reader->line, sizeof(reader->line));
	reader->seq = record.seq + 1;
	result = len;
	if (len > count)
		result = -EINVAL;
	else if (copy_to_user(buf, reader->line, len))
		result = -EFAULT;
unlock:
	mutex_unlock(&reader->mutex);
	return result;
}

static ssize_t kmsg_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char *text;
	ssize_t result;

	if (count > KMSG_LINE - 1)
		return -EINVAL;
	text = memdup_user_nul(buf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	result = log_write_user(text, count);
	kfree(text);
	return result < 0 ? result : (ssize_t)count;
}

static loff_t kmsg_llseek(struct file *file, loff_t offset, int whence)
{
	struct kmsg_reader *reader = file->private_data;

	if (!reader)
		return -EBADF;
	if (offset)
		return -ESPIPE;
	mutex_lock(&reader->mutex);
	reader->seq = whence == SEEK_END ? log_next_seq() : log_first_seq();
	mutex_unlock(&reader->mutex);
	return 0;
}

static __poll_t kmsg_poll(struct file *file, poll_table *wait)
{
	struct kmsg_reader *reader = file->private_data;

	if (!reader)
		return EPOLLERR | EPOLLNVAL;
	poll_wait(file, &log_queue, wait);
	return log_next_seq() > reader->seq ? EPOLLIN | EPOLLRDNORM : 0;
}

static const struct file_operations kmsg_fops = {
	.owner = THIS_MODULE,
	.open = kmsg_open,
	.release = kmsg_release,
	.read = kmsg_read,
	.write = kmsg_write,
	.llseek = kmsg_llseek,
	.poll = kmsg_poll,
};

static const struct memory_device {
	const char *name;
	umode_t mode;
	const struct file_operations *fops;
} devices[] = {
	[3] = { "null", 0666, &null_fops },	 [5] = { "zero", 0666, &zero_fops },
	[7] = { "full", 0666, &full_fops },	 [8] = { "random", 0666, &random_fops },
	[9] = { "urandom", 0666, &random_fops }, [11] = { "kmsg", 0644, &kmsg_fops },
};

static int mem_open(struct inode *inode, struct file *file)
{
	unsigned int minor = iminor(inode);
	const struct file_operations *fops;

	if (minor >= ARRAY_SIZE(devices) || !devices[minor].fops)
		return -ENXIO;
	fops = fops_get(devices[minor].fops);
	if (!fops)
		return -ENXIO;
	replace_fops(file, fops);
	return fops->open ? fops->open(inode, file) : 0;
}

static const struct file_operations mem_fops = {
	.owner = THIS_MODULE,
	.open = mem_open,
	.llseek = noop_llseek,
};

static char *mem_devnode(struct device *dev, umode_t *mode)
{
	if (mode)
		*mode = devices[MINOR(dev->devt)].mode;
	return NULL;
}

static struct class *mem_class;

static void destroy_nodes(void)
{
	unsigned int minor;

	for (minor = 0; minor < ARRAY_SIZE(devices); minor++)
		if (devices[minor].name)
			device_destroy(mem_class, MKDEV(MEM_MAJOR, minor));
}

static int __init mem_init(void)
{
	unsigned int minor;
	int error;

	error = register_chrdev(MEM_MAJOR, "mem", &mem_fops);
	if (error)
		return error;
	mem_class = class_create(THIS_MODULE, "mem");
	if (IS_ERR(mem_class)) {
		error = PTR_ERR(mem_class);
		goto unregister;
	}
	mem_class->devnode = mem_devnode;
	for (minor = 0; minor < ARRAY_SIZE(devices); minor++) {
		struct device *dev;

		if (!devices[minor].name)
			continue;
		dev = device_create(mem_class, NULL, MKDEV(MEM_MAJOR, minor), NULL, "%s",
				    devices[minor].name);
		if (IS_ERR(dev)) {
			error = PTR_ERR(dev);
			goto destroy;
		}
	}
	return 0;
destroy:
	destroy_nodes();
	class_destroy(mem_class);
unregister:
	unregister_chrdev(MEM_MAJOR, "mem");
	return error;
}

static void __exit mem_exit(void)
{
	destroy_nodes();
	class_destroy(mem_class);
	unregister_chrdev(MEM_MAJOR, "mem");
}

fs_initcall(mem_init);
module_exit(mem_exit);
MODULE_ALIAS("char-major-1-*");
MODULE_DESCRIPTION("null, zero, full, random, urandom, kmsg");
MODULE_LICENSE("GPL");
