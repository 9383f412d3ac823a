/*
 * The class of real-time clocks: numbers, devices, and the way into the chip drivers.
 *
 * Every call into a chip driver goes through one of the functions here, which hold ops_lock and see that the driver is
 * still there: when it is unregistered, ops becomes NULL under that lock, and open files give -ENODEV from then on.
 *
 * Interrupts: the chip driver reports them with rtc_update_irq() in irq context; they are counted in irq_data under
 * irq_lock and wake readers.
 */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "rtc_core.h"

#define RTC_DEVICES 16

static struct class *rtc_class;
static dev_t rtc_devt;
static DEFINE_IDA(rtc_ida);

/* Takes ops_lock if the chip driver is there and offers what member names. */
static int rtc_enter(struct rtc_device *rtc)
{
	int err = mutex_lock_interruptible(&rtc->ops_lock);

	if (err)
		return err;
	if (rtc->ops)
		return 0;
	mutex_unlock(&rtc->ops_lock);
	return -ENODEV;
}

#define RTC_CALL(rtc, member, args...)                                                             \
	({                                                                                         \
		int __err = rtc_enter(rtc);                                                        \
		if (!__err) {                                                                      \
			__err = (rtc)->ops->member ? (rtc)->ops->member((rtc)->dev.parent, ##args) \
						   : -EINVAL;                                      \
			mutex_unlock(&(rtc)->ops_lock);                                            \
		}                                                                                  \
		__err;                                                                             \
	})

int rtc_read_time(struct rtc_device *rtc, struct rtc_time *tm)
{
	int err = RTC_CALL(rtc, read_time, tm);

	return err ? err : rtc_valid_tm(tm);
}

int rtc_set_time(struct rtc_device *rtc, struct rtc_time *tm)
{
	time64_t t;

	if (rtc_valid_tm(tm))
		return -EINVAL;
	t = rtc_tm_to_time64(tm);
	if (rtc->range_min != rtc->range_max && (t < rtc->range_min || t > rtc->range_max))
		return -ERANGE;
	return RTC_CALL(rtc, set_time, tm);
}

int rtc_read_alarm(struct rtc_device *rtc, struct rtc_wkalrm *alarm)
{
	return RTC_CALL(rtc, read_alarm, alarm);
}

int rtc_set_alarm(struct rtc_device *rtc, struct rtc_wkalrm *alarm)
{
	return rtc_valid_tm(&alarm->time) ? -EINVAL : RTC_CALL(rtc, set_alarm, alarm);
}

int rtc_alarm_irq_enable(struct rtc_device *rtc, unsigned int enabled)
{
	return RTC_CALL(rtc, alarm_irq_enable, enabled);
}

int rtc_update_irq_enable(struct rtc_device *rtc, unsigned int enabled)
{
	return RTC_CALL(rtc, update_irq_enable, enabled);
}

int rtc_periodic_irq_enable(struct rtc_device *rtc, unsigned int enabled)
{
	return RTC_CALL(rtc, periodic_irq_enable, enabled);
}

int rtc_periodic_irq_rate(struct rtc_device *rtc, int hz)
{
	int err = RTC_CALL(rtc, periodic_irq_rate, hz);

	if (!err)
		rtc->irq_freq = hz;
	return err;
}

void rtc_update_irq(struct rtc_device *rtc, unsigned long num, unsigned long events)
{
	unsigned long flags;

	spin_lock_irqsave(&rtc->irq_lock, flags);
	rtc->irq_data = (rtc->irq_data + (num << 8)) | events;
	spin_unlock_irqrestore(&rtc->irq_lock, flags);
	wake_up_interruptible(&rtc->irq_queue);
}
EXPORT_SYMBOL(rtc_update_irq);

static void rtc_device_release(struct device *dev)
{
	struct rtc_device *rtc = to_rtc_device(dev);

	ida_simple_remove(&rtc_ida, rtc->id);
	kfree(rtc);
}

static void rtc_put(void *data)
{
	struct rtc_device *rtc = data;

	put_device(&rtc->dev);
}

struct rtc_device *devm_rtc_allocate_device(struct device *dev)
{
	struct rtc_device *rtc;
	int id = ida_simple_get(&rtc_ida, 0, RTC_DEVICES, GFP_KERNEL), err;

	if (id < 0)
		return ERR_PTR(id);
	rtc = kzalloc(sizeof(*rtc), GFP_KERNEL);
	if (!rtc) {
		ida_simple_remove(&rtc_ida, id);
		return ERR_PTR(-ENOMEM);
	}
	rtc->id = id;
	rtc->irq_freq = 1;
	rtc->max_user_freq = 64;
	mutex_init(&rtc->ops_lock);
	spin_lock_init(&rtc->irq_lock);
	init_waitqueue_head(&rtc->irq_queue);
	device_initialize(&rtc->dev);
	rtc->dev.class = rtc_class;
	rtc->dev.parent = dev;
	rtc->dev.groups = rtc_attribute_groups;
	rtc->dev.release = rtc_device_release;
	rtc->dev.devt = MKDEV(MAJOR(rtc_devt), id);
	dev_set_name(&rtc->dev, "rtc%d", id);
	err = devm_add_action_or_reset(dev, rtc_put, rtc);
	return err ? ERR_PTR(err) : rtc;
}
EXPORT_SYMBOL(devm_rtc_allocate_device);

static void rtc_unregister(void *data)
{
	struct rtc_device *rtc = data;

	rtc_proc_remove(rtc);
	cdev_device_del(&rtc->char_dev, &rtc->dev);
	mutex_lock(&rtc->ops_lock);
	rtc->ops = NULL;
	mutex_unlock(&rtc->ops_lock);
	wake_up_interruptible_all(&rtc->irq_queue);
}

int __rtc_register_device(struct module *owner, struct rtc_device *rtc)
{
	int err;

	if (!rtc->ops || !rtc->ops->read_time)
		return -EINVAL;
	rtc->owner = owner;
	cdev_init(&rtc->char_dev, &rtc_file_operations);
	rtc->char_dev.owner = owner;
	err = cdev_device_add(&rtc->char_dev, &rtc->dev);
	if (err)
		return err;
	rtc->registered = true;
	rtc_proc_add(rtc);
	pr_info("rtc: %s: registered as rtc%d\n", dev_name(rtc->dev.parent), rtc->id);
	return devm_add_action_or_reset(rtc->dev.parent, rtc_unregister, rtc);
}
EXPORT_SYMBOL(__rtc_register_device);

struct rtc_device *devm_rtc_device_register(struct device *dev, const char *name,
					    const struct rtc_class_ops *ops, struct module *owner)
{
	struct rtc_device *rtc = devm_rtc_allocate_device(dev);
	int err;

	if (IS_ERR(rtc))
		return rtc;
	rtc->ops = ops;
	err = __rtc_register_device(owner, rtc);
	return err ? ERR_PTR(err) : rtc;
}
EXPORT_SYMBOL(devm_rtc_device_register);

static int __init rtc_core_init(void)
{
	int err;

	rtc_class = class_create(THIS_MODULE, "rtc");
	if (IS_ERR(rtc_class))
		return PTR_ERR(rtc_class);
	err = alloc_chrdev_region(&rtc_devt, 0, RTC_DEVICES, "rtc");
	if (err)
		class_destroy(rtc_class);
	return err;
}

static void __exit rtc_core_exit(void)
{
	unregister_chrdev_region(rtc_devt, RTC_DEVICES);
	class_destroy(rtc_class);
	ida_destroy(&rtc_ida);
}

subsys_initcall(rtc_core_init);
module_exit(rtc_core_exit);

MODULE_DESCRIPTION("Real-time clock class");
MODULE_LICENSE("Dual MIT/GPL");
