/*
 * The 8254 interval timer: counter 0 makes the tick on line 0, counter 2 the speaker's tone and short measurements.
 *
 * Callers serialise (kernel/time owns counter 0). Source: Intel 8254 data sheet (order 231164), control word format;
 * IBM PC/AT Technical Reference for port 0x61.
 */
#include <linux/kernel.h>
#include <asm/io.h>
#include <asm/msr.h>
#include <rakit/arch.h>

#define COUNTER0 0x40
#define COUNTER2 0x42
#define CONTROL 0x43
#define COUNTER0_RATE 0x34    /* counter 0, both bytes, mode 2 */
#define COUNTER0_ONESHOT 0x30 /* counter 0, both bytes, mode 0 */
#define COUNTER0_LATCH 0x00
#define COUNTER2_ONESHOT 0xb0 /* counter 2, both bytes, mode 0 */
#define COUNTER2_SQUARE 0xb6  /* counter 2, both bytes, mode 3 */
#define SYSTEM_CONTROL 0x61   /* bit 0: gate of counter 2, 1: speaker, 5: its output */
#define GATE2 0x01
#define SPEAKER 0x02
#define OUT2 0x20
#define MEASURE_TRIES 5
#define DOUBT_PART 64 /* good enough: wrong by at most so much of it */

void i8254_start_periodic(unsigned int hz)
{
	u32 divisor = (I8254_HZ + hz / 2) / hz;

	outb(COUNTER0_RATE, CONTROL);
	outb((u8)divisor, COUNTER0); /* 65536 is written as 0 */
	outb((u8)(divisor >> 8), COUNTER0);
}

void i8254_start_oneshot(u16 ticks)
{
	outb(COUNTER0_ONESHOT, CONTROL);
	outb((u8)ticks, COUNTER0);
	outb((u8)(ticks >> 8), COUNTER0);
}

u16 i8254_read_counter0(void)
{
	u8 low;

	outb(COUNTER0_LATCH, CONTROL);
	low = inb(COUNTER0);
	return (u16)(low | inb(COUNTER0) << 8);
}

/* One measurement: cycles from the counter's start to its end, and by how much that may be wrong. */
static u64 measure(u16 ticks, u64 *doubt)
{
	u64 before_start, after_start, before, after, last;

	outb(COUNTER2_ONESHOT, CONTROL);
	outb((u8)ticks, COUNTER2);
	before_start = rdtsc();
	outb((u8)(ticks >> 8), COUNTER2);
	after_start = last = rdtsc();
	for (;;) {
		before = rdtsc();
		if (inb(SYSTEM_CONTROL) & OUT2)
			break;
		last = before;
	}
	after = rdtsc();
	*doubt = (after_start - before_start) + (after - last);
	return last + (after - last) / 2 - (before_start + (after_start - before_start) / 2);
}

/* A virtual machine may lose the processor at any point: the best of a few measurements counts. */
u64 i8254_measure_tsc(u16 ticks)
{
	u64 cycles, doubt, best = 0, best_doubt = ~0ULL;
	u8 control = inb(SYSTEM_CONTROL);
	unsigned int tries;

	outb((control & ~SPEAKER) | GATE2, SYSTEM_CONTROL);
	for (tries = 0; tries < MEASURE_TRIES; tries++) {
		cycles = measure(ticks, &doubt);
		if (doubt < best_doubt) {
			best = cycles;
			best_doubt = doubt;
		}
		if (best_doubt < best / DOUBT_PART)
			break;
	}
	outb(control, SYSTEM_CONTROL);
	return best;
}

void i8254_speaker(unsigned int hz)
{
	u32 divisor;

	if (hz < 19 || hz > I8254_HZ) {
		outb(inb(SYSTEM_CONTROL) & ~(SPEAKER | GATE2), SYSTEM_CONTROL);
		return;
	}
	divisor = I8254_HZ / hz;
	outb(COUNTER2_SQUARE, CONTROL);
	outb((u8)divisor, COUNTER2);
	outb((u8)(divisor >> 8), COUNTER2);
	outb(inb(SYSTEM_CONTROL) | SPEAKER | GATE2, SYSTEM_CONTROL);
}
