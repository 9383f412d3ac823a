/*
 * The clock: from cycles of the time-stamp counter to nanoseconds.
 *
 * 1. Monotonic time = base_ns + ((cycles - base_cycles) * mult >> 24). Each timer interrupt moves
 *    the base up to now, so the difference stays small and the product in 64 bits. Readers retry if
 *    the base moved under them (a sequence counter), so they may be in any context; nothing is
 *    locked.
 * 2. mult is measured at boot against counter 2 of the 8254 during 1 ms. The tick measures again
 *    over longer times and refines it (tick.c); the base is moved first, so time neither jumps nor
 *    runs backwards.
 * 3. Real time is monotonic time plus real_offset, which is read from the CMOS clock at boot and
 *    changed by setting the clock. Source: Intel SDM vol. 3, 17.17 (time-stamp counter); Motorola
 *    MC146818A data sheet for the CMOS clock.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched/clock.h>
#include <linux/seqlock.h>
#include <linux/string.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <asm/io.h>
#include <asm/msr.h>
#include <rakit/arch.h>
#include "time/time.h"

#define MULT_SHIFT 24
#define CALIBRATION_TICKS (I8254_HZ / 1000) /* 1 ms */

#define CMOS_INDEX 0x70
#define CMOS_DATA 0x71
#define CMOS_STATUS_A 0x0a
#define CMOS_STATUS_B 0x0b
#define CMOS_UPDATING 0x80 /* in status A */
#define CMOS_BINARY 0x04   /* in status B */
#define CMOS_24_HOURS 0x02
#define CMOS_PM 0x80 /* in the hours */

static struct {
	seqcount_t seq;
	u64 cycles;	 /* counter at the base */
	s64 ns;		 /* monotonic time at the base */
	u32 mult;	 /* 0: not calibrated yet */
	u32 ns_fraction; /* below one nanosecond, in units of 2^-MULT_SHIFT */
} base;
static s64 real_offset; /* changed with the sequence counter odd */
/* The base as real time: what files are stamped with. Kept up to date so that reading divides nothing. */
static struct timespec64 coarse_real;

unsigned int tsc_khz;
EXPORT_SYMBOL(tsc_khz);

/*
 * cycles * mult + fraction, as ns and rest; cycles may be large after a long time with interrupts
 * off.
 */
static s64 scale(u64 cycles, u32 mult, u32 *fraction)
{
	u64 ns = 0, product;

	if (unlikely(cycles >> 32)) {
		ns = (cycles >> 32) * ((u64)mult << (32 - MULT_SHIFT));
		cycles = (u32)cycles;
	}
	product = cycles * mult + *fraction;
	*fraction = product & ((1U << MULT_SHIFT) - 1);
	return ns + (product >> MULT_SHIFT);
}

s64 ktime_get(void)
{
	unsigned int seq;
	u32 fraction;
	s64 now;

	do {
		seq = base.seq.sequence;
		barrier();
		fraction = base.ns_fraction;
		now = base.ns + scale(rdtsc() - base.cycles, base.mult, &fraction);
		barrier();
	} while (unlikely(base.seq.sequence != seq));
	return now;
}
EXPORT_SYMBOL_GPL(ktime_get);

unsigned long long sched_clock(void)
{
	return base.mult ? ktime_get() : 0;
}
EXPORT_SYMBOL_GPL(sched_clock);

static void advance_coarse(s64 delta)
{
	coarse_real.tv_nsec += delta % NSEC_PER_SEC;
	coarse_real.tv_sec += delta / NSEC_PER_SEC;
	if (coarse_real.tv_nsec >= NSEC_PER_SEC) {
		coarse_real.tv_nsec -= NSEC_PER_SEC;
		coarse_real.tv_sec++;
	}
}

s64 clock_advance(void)
{
	unsigned long flags;
	s64 delta;
	u64 now;

	local_irq_save(flags);
	now = rdtsc();
	raw_write_seqcount_begin(&base.seq);
	delta = scale(now - base.cycles, base.mult, &base.ns_fraction);
	base.ns += delta;
	base.cycles = now;
	advance_coarse(delta);
	raw_write_seqcount_end(&base.seq);
	local_irq_restore(flags);
	return base.ns;
}

static void set_mult(u64 cycles, u64 nanoseconds)
{
	base.mult = div64_u64(nanoseconds << MULT_SHIFT, cycles);
	tsc_khz = div64_u64(cycles * 1000000, nanoseconds);
}

void clock_refine(u64 cycles, u64 nanoseconds)
{
	clock_advance();
	set_mult(cycles, nanoseconds);
}

static u8 cmos_read(u8 reg)
{
	outb(reg, CMOS_INDEX);
	return inb(CMOS_DATA);
}

static unsigned int from_bcd(unsigned int value, bool binary)
{
	return binary ? value : (value >> 4) * 10 + (value & 15);
}

/*
 * Seconds since 1970 by the CMOS clock, 0 if it makes no sense. Registers: second 0, minute 2, hour
 * 4, day 7, month 8, year 9.
 */
static time64_t cmos_time(void)
{
	static const u8 registers[6] = { 0, 2, 4, 7, 8, 9 };
	u8 values[6], again[6];
	unsigned int year, hour;
	bool binary, pm;

	for (int attempt = 0; attempt < 1000; attempt++) {
		if (cmos_read(CMOS_STATUS_A) & CMOS_UPDATING)
			continue;
		for (int i = 0; i < 6; i++)
			values[i] = cmos_read(registers[i]);
		for (int i = 0; i < 6; i++)
			again[i] = cmos_read(registers[i]);
		if (!memcmp(values, again, sizeof(values)))
			break;
	}
	binary = cmos_read(CMOS_STATUS_B) & CMOS_BINARY;
	pm = !(cmos_read(CMOS_STATUS_B) & CMOS_24_HOURS) && (values[2] & CMOS_PM);
	hour = from_bcd(values[2] & ~CMOS_PM, binary);
	if (!(cmos_read(CMOS_STATUS_B) & CMOS_24_HOURS))
		hour = hour % 12 + (pm ? 12 : 0);
	year = from_bcd(values[5], binary);
	year += year < 70 ? 2000 : 1900;
	return mktime64(year, from_bcd(values[4], binary), from_bcd(values[3], binary), hour,
			from_bcd(values[1], binary), from_bcd(values[0], binary));
}

void clock_calibrate(void)
{
	u64 cycles = i8254_measure_tsc(CALIBRATION_TICKS);

	set_mult(max(cycles, 1000ULL), div_u64((u64)CALIBRATION_TICKS * NSEC_PER_SEC, I8254_HZ));
	base.cycles = rdtsc();
	real_offset = cmos_time() * NSEC_PER_SEC;
	coarse_real = ns_to_timespec64(real_offset);
}

s64 clock_real_offset(void)
{
	unsigned int seq;
	s64 offset;

	do {
		seq = base.seq.sequence;
		barrier();
		offset = real_offset;
		barrier();
	} while (base.seq.sequence != seq);
	return offset;
}

s64 ktime_get_real(void)
{
	return ktime_get() + clock_real_offset();
}
EXPORT_SYMBOL_GPL(ktime_get_real);

s64 ktime_get_coarse(void)
{
	unsigned int seq;
	s64 ns;

	do {
		seq = base.seq.sequence;
		barrier();
		ns = base.ns;
		barrier();
	} while (base.seq.sequence != seq);
	return ns;
}
EXPORT_SYMBOL_GPL(ktime_get_coarse);

s64 ktime_get_coarse_real(void)
{
	return ktime_get_coarse() + clock_real_offset();
}
EXPORT_SYMBOL_GPL(ktime_get_coarse_real);

void ktime_get_ts64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get());
}
EXPORT_SYMBOL_GPL(ktime_get_ts64);

void ktime_get_real_ts64(struct timespec64 *tv)
{
	*tv = ns_to_timespec64(ktime_get_real());
}
EXPORT_SYMBOL(ktime_get_real_ts64);

void ktime_get_coarse_ts64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get_coarse());
}
EXPORT_SYMBOL(ktime_get_coarse_ts64);

void ktime_get_coarse_real_ts64(struct timespec64 *ts)
{
	unsigned int seq;

	do {
		seq = base.seq.sequence;
		barrier();
		*ts = coarse_real;
		barrier();
	} while (unlikely(base.seq.sequence != seq));
}
EXPORT_SYMBOL(ktime_get_coarse_real_ts64);

void ktime_get_boot_start(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(clock_real_offset());
}
EXPORT_SYMBOL_GPL(ktime_get_boot_start);

time64_t ktime_get_seconds(void)
{
	return div_u64(ktime_get_coarse(), NSEC_PER_SEC);
}
EXPORT_SYMBOL_GPL(ktime_get_seconds);

time64_t ktime_get_boottime_seconds(void)
{
	return ktime_get_seconds();
}
EXPORT_SYMBOL_GPL(ktime_get_boottime_seconds);

time64_t ktime_get_real_seconds(void)
{
	struct timespec64 ts;

	ktime_get_coarse_real_ts64(&ts);
	return ts.tv_sec;
}
EXPORT_SYMBOL_GPL(ktime_get_real_seconds);

int do_settimeofday64(const struct timespec64 *ts)
{
	u32 fraction = base.ns_fraction;
	unsigned long flags;
	s64 now;

	if (!timespec64_valid_strict(ts))
		return -EINVAL;
	local_irq_save(flags);
	raw_write_seqcount_begin(&base.seq);
	barrier();
	now = base.ns + scale(rdtsc() - base.cycles, base.mult, &fraction);
	real_offset = timespec64_to_ns(ts) - now;
	set_normalized_timespec64(&coarse_real, ts->tv_sec, ts->tv_nsec - (now - base.ns));
	raw_write_seqcount_end(&base.seq);
	local_irq_restore(flags);
	hrtimer_clock_was_set();
	return 0;
}
EXPORT_SYMBOL(do_settimeofday64);
