/*
 * /dev/rtcN: rtc(4). One open at a time. read() waits for an interrupt and gives one unsigned long: the number of
 * interrupts since the last read in the upper bits, RTC_PF, RTC_AF, RTC_UF in the low byte.
 */
#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include "rtc_core.h"

#define RTC_OPENED 0 /* bit of rtc->flags */

static int rtc_open(struct inode *inode, struct file *file)
{
	struct rtc_device *rtc = container_of(inode->i_cdev, struct rtc_device, char_dev);

	if (test_and_set_bit(RTC_OPENED, &rtc->flags))
		return -EBUSY;
	get_device(&rtc->dev);
	file->private_data = rtc;
	spin_lock_irq(&rtc->irq_lock);
	rtc->irq_data = 0;
	spin_unlock_irq(&rtc->irq_lock);
	return stream_open(inode, file);
}

static int rtc_release(struct inode *inode, struct file *file)
{
	struct rtc_device *rtc = file->private_data;

	rtc_update_irq_enable(rtc, 0);
	rtc_periodic_irq_enable(rtc, 0);
	clear_bit(RTC_OPENED, &rtc->flags);
	put_device(&rtc->dev);
	return 0;
}

static unsigned long rtc_take_irq_data(struct rtc_device *rtc)
{
	unsigned long data, flags;

	spin_lock_irqsave(&rtc->irq_lock, flags);
	data = rtc->irq_data;
	rtc->irq_data = 0;
	spin_unlock_irqrestore(&rtc->irq_lock, flags);
	return data;
}

static ssize_t rtc_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct rtc_device *rtc = file->private_data;
	unsigned long data;
	int err;

	if (count < sizeof(data))
		return -EINVAL;
	while (!(data = rtc_take_irq_data(rtc))) {
		if (!READ_ONCE(rtc->ops))
			return -ENODEV;
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		err = wait_event_interruptible(rtc->irq_queue,
					       READ_ONCE(rtc->irq_data) || !READ_ONCE(rtc->ops));
		if (err)
			return err;
	}
	return put_user(data, (unsigned long __user *)buf) ? -EFAULT : (ssize_t)sizeof(data);
}

static __poll_t rtc_poll(struct file *file, struct poll_table_struct *wait)
{
	struct rtc_device *rtc = file->private_data;

	poll_wait(file, &rtc->irq_queue, wait);
	return READ_ONCE(rtc->irq_data) ? EPOLLIN | EPOLLRDNORM : 0;
}

static long rtc_get_time_ioctl(struct rtc_device *rtc, void __user *arg)
{
	struct rtc_time tm;
	int err = rtc_read_time(rtc, &tm);

	if (err)
		return err;
	return copy_to_user(arg, &tm, sizeof(tm)) ? -EFAULT : 0;
}

static long rtc_set_time_ioctl(struct rtc_device *rtc, const void __user *arg)
{
	struct rtc_time tm;

	if (!capable(CAP_SYS_TIME))
		return -EACCES;
	if (copy_from_user(&tm, arg, sizeof(tm)))
		return -EFAULT;
	return rtc_set_time(rtc, &tm);
}

/* RTC_ALM_READ gives the time only, RTC_WKALM_RD all. */
static long rtc_get_alarm_ioctl(struct rtc_device *rtc, void __user *arg, bool whole)
{
	struct rtc_wkalrm alarm = { 0 };
	int err = rtc_read_alarm(rtc, &alarm);

	if (err)
		return err;
	if (whole)
		return copy_to_user(arg, &alarm, sizeof(alarm)) ? -EFAULT : 0;
	return copy_to_user(arg, &alarm.time, sizeof(alarm.time)) ? -EFAULT : 0;
}

/* RTC_ALM_SET: the time of day within the next 24 hours; enabled by RTC_AIE_ON. */
static long rtc_set_alarm_ioctl(struct rtc_device *rtc, const void __user *arg)
{
	struct rtc_wkalrm alarm = { 0 };
	struct rtc_time wanted, now;
	time64_t then;
	int err;

	if (copy_from_user(&wanted, arg, sizeof(wanted)))
		return -EFAULT;
	err = rtc_read_time(rtc, &now);
	if (err)
		return err;
	alarm.time = now;
	alarm.time.tm_hour = wanted.tm_hour;
	alarm.time.tm_min = wanted.tm_min;
	alarm.time.tm_sec = wanted.tm_sec;
	err = rtc_valid_tm(&alarm.time);
	if (err)
		return err;
	then = rtc_tm_to_time64(&alarm.time);
	if (then < rtc_tm_to_time64(&now))
		rtc_time64_to_tm(then + 86400, &alarm.time);
	return rtc_set_alarm(rtc, &alarm);
}

static long rtc_set_wakeup_ioctl(struct rtc_device *rtc, const void __user *arg)
{
	struct rtc_wkalrm alarm;

	if (copy_from_user(&alarm, arg, sizeof(alarm)))
		return -EFAULT;
	return rtc_set_alarm(rtc, &alarm);
}

static long rtc_set_rate_ioctl(struct rtc_device *rtc, unsigned long hz)
{
	if (!hz || hz > RTC_MAX_FREQ)
		return -EINVAL;
	if (hz > rtc->max_user_freq && !capable(CAP_SYS_RESOURCE))
		return -EACCES;
	return rtc_periodic_irq_rate(rtc, (int)hz);
}

static long rtc_other_ioctl(struct rtc_device *rtc, unsigned int cmd, unsigned long arg)
{
	long err = -ENODEV;

	mutex_lock(&rtc->ops_lock);
	if (rtc->ops)
		err = rtc->ops->ioctl ? rtc->ops->ioctl(rtc->dev.parent, cmd, arg) : -ENOTTY;
	mutex_unlock(&rtc->ops_lock);
	return err == -ENOIOCTLCMD ? -ENOTTY : err;
}

static long rtc_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct rtc_device *rtc = file->private_data;
	void __user *argp = (void __user *)arg;

	switch (cmd) {
	case RTC_RD_TIME:
		return rtc_get_time_ioctl(rtc, argp);
	case RTC_SET_TIME:
		return rtc_set_time_ioctl(rtc, argp);
	case RTC_ALM_READ:
	case RTC_WKALM_RD:
		return rtc_get_alarm_ioctl(rtc, argp, cmd == RTC_WKALM_RD);
	case RTC_ALM_SET:
		return rtc_set_alarm_ioctl(rtc, argp);
	case RTC_WKALM_SET:
		return rtc_set_wakeup_ioctl(rtc, argp);
	case RTC_AIE_ON:
	case RTC_AIE_OFF:
		return rtc_alarm_irq_enable(rtc, cmd == RTC_AIE_ON);
	case RTC_UIE_ON:
	case RTC_UIE_OFF:
		return rtc_update_irq_enable(rtc, cmd == RTC_UIE_ON);
	case RTC_PIE_ON:
	case RTC_PIE_OFF:
		return rtc_periodic_irq_enable(rtc, cmd == RTC_PIE_ON);
	case RTC_IRQP_READ:
		return put_user((unsigned long)rtc->irq_freq, (unsigned long __user *)argp);
	case RTC_IRQP_SET:
		return rtc_set_rate_ioctl(rtc, arg);
	case RTC_EPOCH_READ:
		return put_user(1900ul, (unsigned long __user *)argp);
	default:
		return rtc_other_ioctl(rtc, cmd, arg);
	}
}

const struct file_operations rtc_file_operations = {
	.owner = THIS_MODULE,
	.open = rtc_open,
	.release = rtc_release,
	.read = rtc_read,
	.poll = rtc_poll,
	.unlocked_ioctl = rtc_ioctl,
	.llseek = no_llseek,
};
