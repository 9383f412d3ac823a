/*
 * What of the log, the consoles and the softirqs is shown and set in /proc: kmsg (as syslog(2)
 * reads), consoles, softirqs, and /proc/sys/kernel/{printk,panic,…}.
 */
#include <linux/capability.h>
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/sysctl.h>
#include <linux/syslog.h>
#include <rakit/log.h>

static int kmsg_open(struct inode *inode, struct file *file)
{
	return do_syslog(SYSLOG_ACTION_OPEN, NULL, 0);
}

static ssize_t kmsg_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	int len = min_t(size_t, count, INT_MAX);

	if (file->f_flags & O_NONBLOCK && !do_syslog(SYSLOG_ACTION_SIZE_UNREAD, NULL, 0))
		return -EAGAIN;
	return do_syslog(SYSLOG_ACTION_READ, buf, len);
}

static __poll_t kmsg_poll(struct file *file, poll_table *wait)
{
	poll_wait(file, &log_queue, wait);
	return do_syslog(SYSLOG_ACTION_SIZE_UNREAD, NULL, 0) > 0 ? EPOLLIN | EPOLLRDNORM : 0;
}

static const struct proc_ops kmsg_ops = {
	.proc_open = kmsg_open,
	.proc_read = kmsg_read,
	.proc_poll = kmsg_poll,
	.proc_lseek = no_llseek,
};

/* "ttyS0                -W- (EC p a)    4:64": the device number is known once a tty has it. */
static int show_consoles(struct seq_file *m, void *unused)
{
	struct console *con;
	char name[24];

	console_lock();
	for_each_console(con)
	{
		snprintf(name, sizeof(name), "%s%d", con->name, con->index);
		seq_printf(m, "%-21s%c%c%c (%c%c%c%c)\n", name, con->read ? 'R' : '-',
			   con->write ? 'W' : '-', con->unblank ? 'U' : '-',
			   con->flags & CON_ENABLED ? 'E' : ' ',
			   con->flags & CON_CONSDEV ? 'C' : ' ', con->flags & CON_BOOT ? 'B' : ' ',
			   con->flags & CON_PRINTBUFFER ? 'p' : ' ');
	}
	console_unlock();
	return 0;
}

static int show_softirqs(struct seq_file *m, void *unused)
{
	seq_puts(m, "                    CPU0       \n");
	for (unsigned int nr = 0; nr < NR_SOFTIRQS; nr++)
		seq_printf(m, "%12s: %10lu\n", softirq_name(nr), softirq_count_of(nr));
	return 0;
}

extern int dmesg_restrict;

/* Reading the taints; a write adds some. */
static int taint_handler(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	unsigned long taint = write ? 0 : get_taint();
	struct ctl_table copy = *ctl;
	int error;

	if (write && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	copy.data = &taint;
	error = proc_doulongvec_minmax(&copy, write, buffer, lenp, ppos);
	for (unsigned int bit = 0; write && !error && bit < 18; bit++)
		if (taint >> bit & 1)
			add_taint(bit, LOCKDEP_STILL_OK);
	return error;
}

static struct ctl_table kernel_table[] = { { .procname = "printk",
					     .data = console_printk,
					     .maxlen = 4 * sizeof(int),
					     .mode = 0644,
					     .proc_handler = proc_dointvec },
					   { .procname = "panic",
					     .data = &panic_timeout,
					     .maxlen = sizeof(int),
					     .mode = 0644,
					     .proc_handler = proc_dointvec },
					   { .procname = "panic_on_oops",
					     .data = &panic_on_oops,
					     .maxlen = sizeof(int),
					     .mode = 0644,
					     .proc_handler = proc_dointvec },
					   { .procname = "panic_on_warn",
					     .data = &panic_on_warn,
					     .maxlen = sizeof(int),
					     .mode = 0644,
					     .proc_handler = proc_dointvec_minmax,
					     .extra1 = SYSCTL_ZERO,
					     .extra2 = SYSCTL_ONE },
					   { .procname = "dmesg_restrict",
					     .data = &dmesg_restrict,
					     .maxlen = sizeof(int),
					     .mode = 0644,
					     .proc_handler = proc_dointvec_minmax,
					     .extra1 = SYSCTL_ZERO,
					     .extra2 = SYSCTL_ONE },
					   { .procname = "tainted",
					     .maxlen = sizeof(long),
					     .mode = 0644,
					     .proc_handler = taint_handler },
					   {} };

static int __init debug_view_init(void)
{
	proc_create("kmsg", 0400, NULL, &kmsg_ops);
	proc_create_single("consoles", 0444, NULL, show_consoles);
	proc_create_single("softirqs", 0444, NULL, show_softirqs);
	register_sysctl("kernel", kernel_table);
	return 0;
}
device_initcall(debug_view_init);
