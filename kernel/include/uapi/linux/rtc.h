/* Real-time clock devices, /dev/rtcN: rtc(4). */
#ifndef _UAPI_LINUX_RTC_H
#define _UAPI_LINUX_RTC_H

#include <linux/ioctl.h>

/* As struct tm: year since 1900, month 0..11; wday, yday and isdst are not used by the kernel. */
struct rtc_time {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;
	int tm_mon;
	int tm_year;
	int tm_wday;
	int tm_yday;
	int tm_isdst;
};

struct rtc_wkalrm {
	unsigned char enabled; /* 0: off, 1: on */
	unsigned char pending; /* 0: not pending, 1: pending */
	struct rtc_time time;  /* when it goes off */
};

#define RTC_AIE_ON _IO('p', 0x01)  /* alarm interrupt on */
#define RTC_AIE_OFF _IO('p', 0x02) /* and off */
#define RTC_UIE_ON _IO('p', 0x03)  /* update interrupt, once a second */
#define RTC_UIE_OFF _IO('p', 0x04)
#define RTC_PIE_ON _IO('p', 0x05) /* periodic interrupt */
#define RTC_PIE_OFF _IO('p', 0x06)
#define RTC_WIE_ON _IO('p', 0x0f)
#define RTC_WIE_OFF _IO('p', 0x10)
#define RTC_ALM_SET _IOW('p', 0x07, struct rtc_time) /* alarm within the next 24 hours */
#define RTC_ALM_READ _IOR('p', 0x08, struct rtc_time)
#define RTC_RD_TIME _IOR('p', 0x09, struct rtc_time)
#define RTC_SET_TIME _IOW('p', 0x0a, struct rtc_time)
#define RTC_IRQP_READ _IOR('p', 0x0b, unsigned long) /* periodic rate in Hz */
#define RTC_IRQP_SET _IOW('p', 0x0c, unsigned long)
#define RTC_EPOCH_READ _IOR('p', 0x0d, unsigned long)
#define RTC_EPOCH_SET _IOW('p', 0x0e, unsigned long)
#define RTC_WKALM_SET _IOW('p', 0x0f, struct rtc_wkalrm)
#define RTC_WKALM_RD _IOR('p', 0x10, struct rtc_wkalrm)

/* What read() gives in the low byte; the interrupts since the last read are above it. */
#define RTC_IRQF 0x80 /* any of the below */
#define RTC_PF 0x40   /* periodic */
#define RTC_AF 0x20   /* alarm */
#define RTC_UF 0x10   /* update */

#define RTC_MAX_FREQ 8192

#endif
