/*
 * /sys/class/rtc/rtcN: name, date, time, since_epoch, max_user_freq.
 */
#include <linux/capability.h>
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/sysfs.h>
#include "rtc_core.h"

static ssize_t name_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%s\n", dev_name(dev->parent));
}
static DEVICE_ATTR_RO(name);

static ssize_t date_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct rtc_time tm;
	int err = rtc_read_time(to_rtc_device(dev), &tm);

	return err ? err
		   : sprintf(buf, "%04d-%02d-%02d\n", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}
static DEVICE_ATTR_RO(date);

static ssize_t time_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct rtc_time tm;
	int err = rtc_read_time(to_rtc_device(dev), &tm);

	return err ? err : sprintf(buf, "%02d:%02d:%02d\n", tm.tm_hour, tm.tm_min, tm.tm_sec);
}
static DEVICE_ATTR_RO(time);

static ssize_t since_epoch_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct rtc_time tm;
	int err = rtc_read_time(to_rtc_device(dev), &tm);

	return err ? err : sprintf(buf, "%lld\n", (long long)rtc_tm_to_time64(&tm));
}
static DEVICE_ATTR_RO(since_epoch);

static ssize_t max_user_freq_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%d\n", to_rtc_device(dev)->max_user_freq);
}

static ssize_t max_user_freq_store(struct device *dev, struct device_attribute *attr,
				   const char *buf, size_t count)
{
	unsigned int hz;
	int err = kstrtouint(buf, 0, &hz);

	if (err)
		return err;
	if (!hz || hz > RTC_MAX_FREQ)
		return -EINVAL;
	to_rtc_device(dev)->max_user_freq = hz;
	return count;
}
static DEVICE_ATTR_RW(max_user_freq);

static struct attribute *rtc_attributes[] = {
	&dev_attr_name.attr,	    &dev_attr_date.attr,	  &dev_attr_time.attr,
	&dev_attr_since_epoch.attr, &dev_attr_max_user_freq.attr, NULL,
};
static const struct attribute_group rtc_attribute_group = { .attrs = rtc_attributes };
const struct attribute_group *rtc_attribute_groups[] = { &rtc_attribute_group, NULL };
