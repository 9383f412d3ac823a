/*
 * The real-time clock of the PC: Motorola MC146818A (or compatible), ports 0x70 (index) and 0x71 (data), interrupt 8.
 *
 * Registers 0..9 hold the time, in BCD or binary as register B says; A holds the rate of the periodic interrupt, B the
 * enables, C (cleared by reading) what interrupted. While the chip updates the time (register A, bit UIP) its registers
 * are not to be read; so the time is read until two readings agree with no update in between. The century is in
 * register 0x32, where PC firmware keeps it.
 *
 * Bit 7 of the index port gates the NMI; it is written as 0, NMI enabled.
 *
 * Lock: cmos_lock (irq-safe) around each index-and-data pair and each read-change-write of register B.
 * Sources: Motorola MC146818A data sheet ("Address map", "Register A..D"); IBM PC/AT Technical Reference, "CMOS RAM".
 */
#include <asm/io.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/rtc.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#define CMOS_FIRST 0x70
#define CMOS_PORTS 2
#define CMOS_INDEX 0x70
#define CMOS_DATA 0x71
#define CMOS_IRQ 8

enum {
	REG_SECONDS = 0x00,
	REG_SECONDS_ALARM = 0x01,
	REG_MINUTES = 0x02,
	REG_MINUTES_ALARM = 0x03,
	REG_HOURS = 0x04,
	REG_HOURS_ALARM = 0x05,
	REG_WEEKDAY = 0x06,
	REG_DAY = 0x07,
	REG_MONTH = 0x08,
	REG_YEAR = 0x09,
	REG_A = 0x0a,
	REG_B = 0x0b,
	REG_C = 0x0c,
	REG_D = 0x0d,
	REG_CENTURY = 0x32,
};

#define A_UPDATING 0x80
#define A_DIVIDER 0x70
#define A_DIVIDER_32KHZ 0x20
#define A_RATE 0x0f
#define B_SET 0x80 /* no updates: the time is being set */
#define B_PERIODIC 0x40
#define B_ALARM 0x20
#define B_UPDATE 0x10
#define B_BINARY 0x04
#define B_24_HOURS 0x02
#define B_INTERRUPTS (B_PERIODIC | B_ALARM | B_UPDATE)
#define C_IRQ 0x80
#define D_VALID 0x80
#define HOURS_PM 0x80
#define ALARM_ANY 0xc0 /* an alarm register with both bits set matches every value */

#define RATE_MIN_HZ 2
#define RATE_MAX_HZ 8192
#define READ_TRIES 100

struct cmos {
	struct rtc_device *rtc;
	bool alarm_pending; /* the alarm has gone off since it was set */
};

static struct cmos cmos;
static DEFINE_SPINLOCK(cmos_lock);
static struct platform_device *cmos_device;
static int cmos_probe_error;

/* Under cmos_lock. */
static u8 cmos_get(u8 reg)
{
	outb(reg, CMOS_INDEX);
	return inb(CMOS_DATA);
}

static void cmos_put(u8 reg, u8 value)
{
	outb(reg, CMOS_INDEX);
	outb(value, CMOS_DATA);
}

static u8 cmos_read(u8 reg)
{
	unsigned long flags;
	u8 value;

	spin_lock_irqsave(&cmos_lock, flags);
	value = cmos_get(reg);
	spin_unlock_irqrestore(&cmos_lock, flags);
	return value;
}

/* The chip's number for a value and back, by its mode. */
static unsigned int cmos_decode(u8 value, u8 mode)
{
	return mode & B_BINARY ? value : (value >> 4) * 10 + (value & 0x0f);
}

static u8 cmos_encode(unsigned int value, u8 mode)
{
	return mode & B_BINARY ? value : value / 10 << 4 | value % 10;
}

static unsigned int cmos_decode_hours(u8 value, u8 mode)
{
	unsigned int hours = cmos_decode(value & ~HOURS_PM, mode);

	if (mode & B_24_HOURS)
		return cmos_decode(value, mode);
	return hours % 12 + (value & HOURS_PM ? 12 : 0);
}

static u8 cmos_encode_hours(unsigned int hours, u8 mode)
{
	if (mode & B_24_HOURS)
		return cmos_encode(hours, mode);
	return cmos_encode(hours % 12 ? hours % 12 : 12, mode) | (hours >= 12 ? HOURS_PM : 0);
}

/* The time registers as they are. */
struct cmos_raw {
	u8 seconds, minutes, hours, weekday, day, month, year, century, mode;
};

/* Reads all time registers; false if an update was under way before or began meanwhile. */
static bool cmos_read_raw(struct cmos_raw *raw)
{
	unsigned long flags;
	bool ok;

	spin_lock_irqsave(&cmos_lock, flags);
	ok = !(cmos_get(REG_A) & A_UPDATING);
	*raw = (struct cmos_raw){
		.seconds = cmos_get(REG_SECONDS),
		.minutes = cmos_get(REG_MINUTES),
		.hours = cmos_get(REG_HOURS),
		.weekday = cmos_get(REG_WEEKDAY),
		.day = cmos_get(REG_DAY),
		.month = cmos_get(REG_MONTH),
		.year = cmos_get(REG_YEAR),
		.century = cmos_get(REG_CENTURY),
		.mode = cmos_get(REG_B),
	};
	ok = ok && !(cmos_get(REG_A) & A_UPDATING) && cmos_get(REG_SECONDS) == raw->seconds;
	spin_unlock_irqrestore(&cmos_lock, flags);
	return ok;
}

static int cmos_read_time(struct device *dev, struct rtc_time *tm)
{
	unsigned int tries = 0, year, century;
	struct cmos_raw raw;

	while (!cmos_read_raw(&raw)) {
		if (++tries == READ_TRIES)
			return -EIO;
		usleep_range(100, 300);
	}
	memset(tm, 0, sizeof(*tm));
	tm->tm_sec = cmos_decode(raw.seconds, raw.mode);
	tm->tm_min = cmos_decode(raw.minutes, raw.mode);
	tm->tm_hour = cmos_decode_hours(raw.hours, raw.mode);
	tm->tm_wday = cmos_decode(raw.weekday, raw.mode) - 1;
	tm->tm_mday = cmos_decode(raw.day, raw.mode);
	tm->tm_mon = cmos_decode(raw.month, raw.mode) - 1;
	year = cmos_decode(raw.year, raw.mode);
	century = cmos_decode(raw.century, raw.mode);
	if (century < 19 || century > 99)
		century = year < 70 ? 20 : 19;
	tm->tm_year = century * 100 + year - 1900;
	return 0;
}

static int cmos_set_time(struct device *dev, struct rtc_time *tm)
{
	unsigned int year = tm->tm_year + 1900;
	unsigned long flags;
	u8 mode;

	spin_lock_irqsave(&cmos_lock, flags);
	mode = cmos_get(REG_B);
	cmos_put(REG_B, mode | B_SET);
	cmos_put(REG_SECONDS, cmos_encode(tm->tm_sec, mode));
	cmos_put(REG_MINUTES, cmos_encode(tm->tm_min, mode));
	cmos_put(REG_HOURS, cmos_encode_hours(tm->tm_hour, mode));
	cmos_put(REG_DAY, cmos_encode(tm->tm_mday, mode));
	cmos_put(REG_MONTH, cmos_encode(tm->tm_mon + 1, mode));
	cmos_put(REG_YEAR, cmos_encode(year % 100, mode));
	cmos_put(REG_CENTURY, cmos_encode(year / 100, mode));
	cmos_put(REG_B, mode & ~B_SET);
	spin_unlock_irqrestore(&cmos_lock, flags);
	return 0;
}

/* Switches interrupts on or off and forgets what is pending of them. */
static void cmos_enable(u8 bits, bool enabled)
{
	unsigned long flags;
	u8 mode;

	spin_lock_irqsave(&cmos_lock, flags);
	mode = cmos_get(REG_B);
	cmos_put(REG_B, enabled ? mode | bits : mode & ~bits);
	cmos_get(REG_C);
	spin_unlock_irqrestore(&cmos_lock, flags);
}

static int cmos_read_alarm(struct device *dev, struct rtc_wkalrm *alarm)
{
	u8 mode = cmos_read(REG_B), seconds = cmos_read(REG_SECONDS_ALARM),
	   minutes = cmos_read(REG_MINUTES_ALARM), hours = cmos_read(REG_HOURS_ALARM);
	struct rtc_time now;
	int err = cmos_read_time(dev, &now);

	if (err)
		return err;
	alarm->time = now;
	if (seconds < ALARM_ANY)
		alarm->time.tm_sec = cmos_decode(seconds, mode);
	if (minutes < ALARM_ANY)
		alarm->time.tm_min = cmos_decode(minutes, mode);
	if (hours < ALARM_ANY)
		alarm->time.tm_hour = cmos_decode_hours(hours, mode);
	if (!rtc_valid_tm(&alarm->time) && rtc_tm_to_time64(&alarm->time) < rtc_tm_to_time64(&now))
		rtc_time64_to_tm(rtc_tm_to_time64(&alarm->time) + 86400, &alarm->time);
	alarm->enabled = !!(mode & B_ALARM);
	alarm->pending = cmos.alarm_pending;
	return 0;
}

/* The chip compares the time of day only: an alarm is at most a day away. */
static int cmos_set_alarm(struct device *dev, struct rtc_wkalrm *alarm)
{
	struct rtc_time now;
	unsigned long flags;
	time64_t ahead;
	u8 mode;
	int err = cmos_read_time(dev, &now);

	if (err)
		return err;
	ahead = rtc_tm_to_time64(&alarm->time) - rtc_tm_to_time64(&now);
	if (ahead < 0 || ahead > 86400)
		return -EINVAL;
	cmos_enable(B_ALARM, false);
	spin_lock_irqsave(&cmos_lock, flags);
	mode = cmos_get(REG_B);
	cmos_put(REG_SECONDS_ALARM, cmos_encode(alarm->time.tm_sec, mode));
	cmos_put(REG_MINUTES_ALARM, cmos_encode(alarm->time.tm_min, mode));
	cmos_put(REG_HOURS_ALARM, cmos_encode_hours(alarm->time.tm_hour, mode));
	cmos.alarm_pending = false;
	spin_unlock_irqrestore(&cmos_lock, flags);
	if (alarm->enabled)
		cmos_enable(B_ALARM, true);
	return 0;
}

static int cmos_alarm_irq_enable(struct device *dev, unsigned int enabled)
{
	cmos_enable(B_ALARM, enabled);
	return 0;
}

static int cmos_update_irq_enable(struct device *dev, unsigned int enabled)
{
	cmos_enable(B_UPDATE, enabled);
	return 0;
}

static int cmos_periodic_irq_enable(struct device *dev, unsigned int enabled)
{
	cmos_enable(B_PERIODIC, enabled);
	return 0;
}

/* Rate select n gives 65536 >> n Hz for n = 3..15. */
static int cmos_periodic_irq_rate(struct device *dev, int hz)
{
	unsigned long flags;

	if (hz < RATE_MIN_HZ || hz > RATE_MAX_HZ || !is_power_of_2(hz))
		return -EINVAL;
	spin_lock_irqsave(&cmos_lock, flags);
	cmos_put(REG_A, A_DIVIDER_32KHZ | (16 - ilog2((unsigned int)hz)));
	spin_unlock_irqrestore(&cmos_lock, flags);
	return 0;
}

static int cmos_proc(struct device *dev, struct seq_file *seq)
{
	u8 mode = cmos_read(REG_B), rate = cmos_read(REG_A) & A_RATE;

	seq_printf(seq, "periodic_IRQ\t: %s\n", mode & B_PERIODIC ? "yes" : "no");
	seq_printf(seq, "update_IRQ\t: %s\n", mode & B_UPDATE ? "yes" : "no");
	seq_printf(seq, "BCD\t\t: %s\n", mode & B_BINARY ? "no" : "yes");
	seq_printf(seq, "periodic_freq\t: %d\n", rate >= 3 ? 65536 >> rate : 0);
	seq_printf(seq, "batt_status\t: %s\n", cmos_read(REG_D) & D_VALID ? "okay" : "dead");
	return 0;
}

static const struct rtc_class_ops cmos_ops = {
	.read_time = cmos_read_time,
	.set_time = cmos_set_time,
	.read_alarm = cmos_read_alarm,
	.set_alarm = cmos_set_alarm,
	.proc = cmos_proc,
	.alarm_irq_enable = cmos_alarm_irq_enable,
	.update_irq_enable = cmos_update_irq_enable,
	.periodic_irq_enable = cmos_periodic_irq_enable,
	.periodic_irq_rate = cmos_periodic_irq_rate,
};

/* RTC_PF, RTC_AF, RTC_UF and RTC_IRQF have the values of register C's bits. */
static irqreturn_t cmos_interrupt(int irq, void *dev)
{
	u8 cause, enabled;

	spin_lock(&cmos_lock);
	cause = cmos_get(REG_C);
	enabled = cmos_get(REG_B) & B_INTERRUPTS;
	if (cause & enabled & B_ALARM)
		cmos.alarm_pending = true;
	spin_unlock(&cmos_lock);
	if (!(cause & C_IRQ))
		return IRQ_NONE;
	rtc_update_irq(cmos.rtc, 1, (cause & enabled) | RTC_IRQF);
	return IRQ_HANDLED;
}

/* The clock runs: divider at 32 kHz, updates on, no interrupts, 1024 Hz as periodic rate. */
static void cmos_start(void)
{
	unsigned long flags;

	spin_lock_irqsave(&cmos_lock, flags);
	cmos_put(REG_B, cmos_get(REG_B) & ~(B_SET | B_INTERRUPTS));
	cmos_put(REG_A, A_DIVIDER_32KHZ | 6);
	cmos_get(REG_C);
	spin_unlock_irqrestore(&cmos_lock, flags);
}

static int cmos_setup(struct device *dev)
{
	int err;

	if (!devm_request_region(dev, CMOS_FIRST, CMOS_PORTS, "rtc0"))
		return -EBUSY;
	cmos.rtc = devm_rtc_allocate_device(dev);
	if (IS_ERR(cmos.rtc))
		return PTR_ERR(cmos.rtc);
	cmos.rtc->ops = &cmos_ops;
	cmos.rtc->irq_freq = 1024;
	cmos.rtc->range_max = 253402300799ll; /* 9999-12-31 23:59:59 */
	cmos_start();
	err = devm_request_irq(dev, CMOS_IRQ, cmos_interrupt, 0, "rtc0", &cmos);
	return err ? err : rtc_register_device(cmos.rtc);
}

static int cmos_probe(struct platform_device *pdev)
{
	cmos_probe_error = cmos_setup(&pdev->dev);
	return cmos_probe_error;
}

static int cmos_remove(struct platform_device *pdev)
{
	cmos_enable(B_INTERRUPTS, false);
	return 0;
}

static struct platform_driver cmos_driver = {
	.remove = cmos_remove,
	.driver = { .name = "rtc_cmos" },
};

static int __init cmos_init(void)
{
	static const struct resource resources[] = {
		DEFINE_RES_IO_NAMED(CMOS_FIRST, CMOS_PORTS, "rtc_cmos"),
		DEFINE_RES_IRQ(CMOS_IRQ),
	};
	int err;

	cmos_device = platform_device_register_simple("rtc_cmos", PLATFORM_DEVID_NONE, resources,
						      ARRAY_SIZE(resources));
	if (IS_ERR(cmos_device))
		return PTR_ERR(cmos_device);
	err = platform_driver_probe(&cmos_driver, cmos_probe);
	if (!err)
		return 0;
	platform_device_unregister(cmos_device);
	return cmos_probe_error ? cmos_probe_error : err;
}

static void __exit cmos_exit(void)
{
	platform_driver_unregister(&cmos_driver);
	platform_device_unregister(cmos_device);
}

module_init(cmos_init);
module_exit(cmos_exit);

MODULE_DESCRIPTION("PC CMOS real-time clock");
MODULE_LICENSE("Dual MIT/GPL");
MODULE_ALIAS("platform:rtc_cmos");
