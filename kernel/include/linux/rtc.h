/*
 * Real-time clocks: the class that gives a clock chip its /dev/rtcN, /sys/class/rtc and /proc/driver/rtc.
 * As Linux 5.10's <linux/rtc.h>.
 */
#ifndef _LINUX_RTC_H
#define _LINUX_RTC_H

#include <linux/types.h>
#include <linux/time64.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/wait.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/spinlock.h>
#include <uapi/linux/rtc.h>

struct seq_file;

/* Calendar date (UTC) and seconds since 1970. Any context. rtc_time64_to_tm: t >= 0. */
void rtc_time64_to_tm(time64_t t, struct rtc_time *tm);
time64_t rtc_tm_to_time64(struct rtc_time *tm);
/* 0, or -EINVAL if a field is out of its range (month lengths and leap years included). */
int rtc_valid_tm(struct rtc_time *tm);
int rtc_month_days(unsigned int month, unsigned int year);
int rtc_year_days(unsigned int day, unsigned int month, unsigned int year);

/* What a chip's driver does. Called under ops_lock, process context, may sleep. 0 or -errno. */
struct rtc_class_ops {
	int (*ioctl)(struct device *dev, unsigned int cmd,
		     unsigned long arg); /* -ENOIOCTLCMD: not mine */
	int (*read_time)(struct device *dev, struct rtc_time *tm);
	int (*set_time)(struct device *dev, struct rtc_time *tm);
	int (*read_alarm)(struct device *dev, struct rtc_wkalrm *alarm);
	int (*set_alarm)(struct device *dev, struct rtc_wkalrm *alarm);
	int (*proc)(struct device *dev, struct seq_file *seq);
	int (*alarm_irq_enable)(struct device *dev, unsigned int enabled);
	/* Rakit's own: interrupts of the chip itself instead of emulation by timers. NULL: it has none. */
	int (*update_irq_enable)(struct device *dev, unsigned int enabled); /* once a second */
	int (*periodic_irq_enable)(struct device *dev, unsigned int enabled);
	int (*periodic_irq_rate)(struct device *dev,
				 int hz); /* -EINVAL: the chip has no such rate */
};

struct rtc_device {
	struct device dev;		 /* the class device rtcN */
	struct module *owner;		 /* chip driver */
	int id;				 /* N */
	const struct rtc_class_ops *ops; /* chip driver's; NULL once unregistered */
	struct mutex ops_lock;		 /* serialises calls of ops */
	struct cdev char_dev;		 /* /dev/rtcN */
	unsigned long flags;		 /* opened; private */
	unsigned long irq_data; /* count << 8 | RTC_UF etc. since the last read; under irq_lock */
	spinlock_t irq_lock;	/* protects irq_data; taken in irq context */
	wait_queue_head_t irq_queue; /* readers */
	int irq_freq;		     /* periodic rate in Hz */
	int max_user_freq;	     /* highest rate without CAP_SYS_RESOURCE */
	int uie_unsupported;	     /* 1: no update interrupt */
	time64_t range_min;	     /* earliest and latest time the chip can keep */
	time64_t range_max;
	bool registered; /* private */
};
#define to_rtc_device(d) container_of(d, struct rtc_device, dev)

struct rtc_device *devm_rtc_allocate_device(struct device *dev);
int __rtc_register_device(struct module *owner, struct rtc_device *rtc);
#define rtc_register_device(rtc) __rtc_register_device(THIS_MODULE, rtc)
struct rtc_device *devm_rtc_device_register(struct device *dev, const char *name,
					    const struct rtc_class_ops *ops, struct module *owner);

/* The chip interrupted: events is RTC_IRQF and RTC_UF, RTC_PF, RTC_AF or'ed. Any context. */
void rtc_update_irq(struct rtc_device *rtc, unsigned long num, unsigned long events);

#endif
