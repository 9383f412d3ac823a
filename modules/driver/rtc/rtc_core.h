/* Inside of rtc_core, shared by its files. */
#ifndef RTC_CORE_H
#define RTC_CORE_H

#include <linux/rtc.h>

extern const struct attribute_group *rtc_attribute_groups[];
extern const struct file_operations rtc_file_operations;

/* Calls into the chip driver, under ops_lock. 0, -ENODEV (it is gone), -EINVAL (it cannot), or its error. */
int rtc_read_time(struct rtc_device *rtc, struct rtc_time *tm);
int rtc_set_time(struct rtc_device *rtc, struct rtc_time *tm);
int rtc_read_alarm(struct rtc_device *rtc, struct rtc_wkalrm *alarm);
int rtc_set_alarm(struct rtc_device *rtc, struct rtc_wkalrm *alarm);
int rtc_alarm_irq_enable(struct rtc_device *rtc, unsigned int enabled);
int rtc_update_irq_enable(struct rtc_device *rtc, unsigned int enabled);
int rtc_periodic_irq_enable(struct rtc_device *rtc, unsigned int enabled);
int rtc_periodic_irq_rate(struct rtc_device *rtc, int hz);

void rtc_proc_add(struct rtc_device *rtc);
void rtc_proc_remove(struct rtc_device *rtc);

#endif
