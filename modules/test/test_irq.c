/*
 * Interrupt lines. Real interrupts come from the clock chip's periodic interrupt (line 8), when nobody else has it, and
 * from QEMU's pc-testdev, whose port 0x2000 + line drives that line (skipped where it is not there).
 */
#include <asm/io.h>
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/jiffies.h>
#include <linux/string.h>
#include <rakit/expect.h>

#define FREE_IRQ 11
#define CLOCK_IRQ 8
#define CLOCK_PORT 0x70
#define DRIVEN_IRQ 10
#define DRIVER_PORT (0x2000 + DRIVEN_IRQ)
#define STORM 100000u /* interrupts after which a line that nobody serves is switched off */

static irqreturn_t none(int irq, void *dev)
{
	return IRQ_NONE;
}

static void exclusive_line(struct test *test)
{
	char name[16];

	REQUIRE(test, request_irq(FREE_IRQ, none, 0, "test", NULL) == 0);
	EXPECT_EQ(test, request_irq(FREE_IRQ, none, 0, "second", test), -EBUSY);
	EXPECT_EQ(test, request_irq(FREE_IRQ, none, IRQF_SHARED, "second", test), -EBUSY);
	EXPECT(test, irq_holder(FREE_IRQ, name, sizeof(name)));
	EXPECT_STREQ(test, name, "test");
	EXPECT(test, !strcmp(free_irq(FREE_IRQ, NULL), "test"));
	EXPECT(test, !irq_holder(FREE_IRQ, name, sizeof(name)));
}

static void shared_line(struct test *test)
{
	int a, b;

	EXPECT_EQ(test, request_irq(FREE_IRQ, none, IRQF_SHARED, "test", NULL), -EINVAL);
	EXPECT_EQ(test, request_irq(FREE_IRQ, none, IRQF_SHARED, "a", &a), 0);
	EXPECT_EQ(test, request_irq(FREE_IRQ, none, IRQF_SHARED, "b", &b), 0);
	EXPECT_EQ(test, request_irq(FREE_IRQ, none, 0, "c", NULL), -EBUSY);
	EXPECT(test, free_irq(FREE_IRQ, &a));
	EXPECT(test, !free_irq(FREE_IRQ, &a));
	EXPECT(test, free_irq(FREE_IRQ, &b));
}

static void bad_requests(struct test *test)
{
	EXPECT_EQ(test, request_irq(16, none, 0, "test", NULL), -EINVAL);
	EXPECT_EQ(test, request_irq(FREE_IRQ, NULL, 0, "test", NULL), -EINVAL);
	EXPECT_EQ(test, request_threaded_irq(FREE_IRQ, NULL, none, 0, "test", NULL), -EINVAL);
	EXPECT_EQ(test, request_irq(2, none, IRQF_SHARED, "test", test), -EBUSY);
	EXPECT(test, !free_irq(0, NULL));
}

struct clock {
	unsigned int hard, threaded;
	struct completion many;
};

/* Reading register C (its index is selected already) lets the next interrupt come. */
static irqreturn_t clock_hard(int irq, void *dev)
{
	struct clock *clock = dev;

	inb(CLOCK_PORT + 1);
	if (++clock->hard == 20)
		complete(&clock->many);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t clock_thread(int irq, void *dev)
{
	struct clock *clock = dev;

	clock->threaded++;
	return IRQ_HANDLED;
}

static void clock_set(u8 reg, u8 value)
{
	outb(reg, CLOCK_PORT);
	outb(value, CLOCK_PORT + 1);
}

static void clock_run(struct test *test, struct clock *clock)
{
	unsigned int count = kstat_irqs(CLOCK_IRQ), seen;

	clock_set(0x0a, 0x26); /* 1024 Hz */
	clock_set(0x0b, 0x42); /* periodic interrupt, 24 hours */
	outb(0x0c, CLOCK_PORT);
	inb(CLOCK_PORT + 1);
	EXPECT(test, wait_for_completion_timeout(&clock->many, 2 * HZ));
	disable_irq(CLOCK_IRQ);
	seen = clock->hard;
	EXPECT(test, irq_is_disabled(CLOCK_IRQ));
	schedule_timeout_uninterruptible(HZ / 10);
	EXPECT_EQ(test, clock->hard, seen);
	clock_set(0x0b, 0x02);
	outb(0x0c, CLOCK_PORT);
	inb(CLOCK_PORT + 1);
	enable_irq(CLOCK_IRQ);
	synchronize_irq(CLOCK_IRQ);
	EXPECT_GE(test, clock->threaded, 1u);
	EXPECT_GE(test, kstat_irqs(CLOCK_IRQ) - count, 20u);
}

static void interrupts_and_threads(struct test *test)
{
	struct clock clock = { 0 };

	init_completion(&clock.many);
	if (!request_region(CLOCK_PORT, 2, "test")) {
		test_skip(test, "the clock's ports are held");
		return;
	}
	if (!request_threaded_irq(CLOCK_IRQ, clock_hard, clock_thread, 0, "test", &clock)) {
		clock_run(test, &clock);
		EXPECT(test, free_irq(CLOCK_IRQ, &clock));
	} else {
		test_skip(test, "the clock's line is held");
	}
	release_region(CLOCK_PORT, 2);
}

/* The device's request goes away when it is served, as on a level-triggered line. */
static irqreturn_t served(int irq, void *dev)
{
	outb(0, DRIVER_PORT);
	++*(unsigned int *)dev;
	return IRQ_HANDLED;
}

/* Nobody serves the line: it is switched off, and the machine goes on; the next one to ask for it gets it. */
static void storm_driven(struct test *test)
{
	unsigned int before = kstat_irqs(DRIVEN_IRQ), count = 0, i;
	int a, b;

	REQUIRE(test, request_irq(DRIVEN_IRQ, none, IRQF_SHARED, "idle a", &a) == 0);
	EXPECT_EQ(test, request_irq(DRIVEN_IRQ, none, IRQF_SHARED, "idle b", &b), 0);
	outb(1, DRIVER_PORT);
	for (i = 0; i < STORM && kstat_irqs(DRIVEN_IRQ) - before < STORM; i++)
		outb(1, DRIVER_PORT);
	EXPECT_EQ(test, kstat_irqs(DRIVEN_IRQ) - before, STORM);
	outb(0, DRIVER_PORT);
	free_irq(DRIVEN_IRQ, &a);
	free_irq(DRIVEN_IRQ, &b);
	REQUIRE(test, request_irq(DRIVEN_IRQ, served, 0, "busy", &count) == 0);
	for (i = 0; i < 100; i++)
		outb(1, DRIVER_PORT);
	EXPECT_EQ(test, count, 100u);
	free_irq(DRIVEN_IRQ, &count);
}

static void storm(struct test *test)
{
	unsigned int count = 0;

	if (!request_region(DRIVER_PORT, 1, "test")) {
		test_skip(test, "port held");
		return;
	}
	REQUIRE(test, request_irq(DRIVEN_IRQ, served, 0, "test", &count) == 0);
	outb(1, DRIVER_PORT);
	free_irq(DRIVEN_IRQ, &count);
	if (count)
		storm_driven(test);
	else
		test_skip(test, "no device drives the line");
	release_region(DRIVER_PORT, 1);
}

static const struct test_case cases[] = {
	TEST_CASE(exclusive_line),	   TEST_CASE(shared_line), TEST_CASE(bad_requests),
	TEST_CASE(interrupts_and_threads), TEST_CASE(storm),	   {},
};
TEST_SUITE(test_irq, cases);

MODULE_DESCRIPTION("Tests of interrupt lines");
MODULE_LICENSE("Dual MIT/GPL");
