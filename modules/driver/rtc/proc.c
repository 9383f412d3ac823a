/*
 * /proc/driver/rtc: the first clock, in Linux's format.
 */
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "rtc_core.h"

static struct proc_dir_entry *rtc_proc_entry;

static void rtc_proc_alarm(struct seq_file *seq, struct rtc_device *rtc)
{
	struct rtc_wkalrm alarm = { 0 };

	if (rtc_read_alarm(rtc, &alarm))
		return;
	seq_printf(seq, "alrm_time\t: %02d:%02d:%02d\n", alarm.time.tm_hour, alarm.time.tm_min,
		   alarm.time.tm_sec);
	seq_printf(seq, "alrm_date\t: %04d-%02d-%02d\n", alarm.time.tm_year + 1900,
		   alarm.time.tm_mon + 1, alarm.time.tm_mday);
	seq_printf(seq, "alarm_IRQ\t: %s\n", alarm.enabled ? "yes" : "no");
	seq_printf(seq, "alrm_pending\t: %s\n", alarm.pending ? "yes" : "no");
}

static int rtc_proc_show(struct seq_file *seq, void *unused)
{
	struct rtc_device *rtc = seq->private;
	struct rtc_time tm;

	if (!rtc_read_time(rtc, &tm)) {
		seq_printf(seq, "rtc_time\t: %02d:%02d:%02d\n", tm.tm_hour, tm.tm_min, tm.tm_sec);
		seq_printf(seq, "rtc_date\t: %04d-%02d-%02d\n", tm.tm_year + 1900, tm.tm_mon + 1,
			   tm.tm_mday);
	}
	rtc_proc_alarm(seq, rtc);
	seq_printf(seq, "24hr\t\t: yes\n");
	mutex_lock(&rtc->ops_lock);
	if (rtc->ops && rtc->ops->proc)
		rtc->ops->proc(rtc->dev.parent, seq);
	mutex_unlock(&rtc->ops_lock);
	return 0;
}

void rtc_proc_add(struct rtc_device *rtc)
{
	if (!rtc->id)
		rtc_proc_entry = proc_create_single_data("driver/rtc", 0444, NULL, rtc_proc_show,
							 rtc);
}

void rtc_proc_remove(struct rtc_device *rtc)
{
	if (!rtc->id)
		proc_remove(rtc_proc_entry);
}
