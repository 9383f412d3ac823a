/* Ports, memory ranges, DMA channels: reserving, refusing, checking. */
#include <asm/dma.h>
#include <asm/io.h>
#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/string.h>
#include <rakit/expect.h>
#include <rakit/ledger.h>

#define PORT 0x3a0
#define PIC 0x20

static void region_is_exclusive(struct test *test)
{
	struct resource *res = request_region(PORT, 8, "test");

	REQUIRE(test, res);
	EXPECT_EQ(test, res->start, PORT);
	EXPECT_EQ(test, res->end, PORT + 7);
	EXPECT(test, !request_region(PORT, 8, "second"));
	EXPECT(test, !request_region(PORT + 7, 1, "second"));
	EXPECT(test, !request_region(PORT - 8, 9, "second"));
	EXPECT(test, !request_region(PORT - 1, 10, "second"));
	release_region(PORT, 8);
	EXPECT(test, request_region(PORT + 7, 1, "test"));
	release_region(PORT + 7, 1);
}

static void region_bounds(struct test *test)
{
	EXPECT(test, !request_region(PORT, 0, "test"));
	EXPECT(test, !request_region(0xffff, 2, "test"));
	EXPECT(test, !request_region(0xfffffff0, 0x20, "test"));
	EXPECT(test, request_region(0xffff, 1, "test"));
	release_region(0xffff, 1);
}

static void holder_is_told(struct test *test)
{
	struct resource_holder holder;

	REQUIRE(test, request_region(PORT, 8, "test"));
	EXPECT(test, resource_conflict(&ioport_resource, PORT - 4, 8, &holder));
	EXPECT_EQ(test, holder.start, PORT);
	EXPECT_STREQ(test, holder.name, "test");
	EXPECT_STREQ(test, holder.module, "test_resource");
	release_region(PORT, 8);
	EXPECT(test, !resource_conflict(&ioport_resource, PORT - 4, 8, &holder));
	EXPECT(test, resource_conflict(&ioport_resource, PIC, 1, &holder));
	EXPECT_STREQ(test, holder.module, "");
}

static void board_is_reserved(struct test *test)
{
	EXPECT(test, !request_region(PIC, 2, "test"));
	EXPECT(test, !request_region(0x40, 4, "test"));
	EXPECT(test, !request_mem_region(0x100000, 4096, "test"));
	EXPECT(test, !request_mem_region(0xa0000, 4096, "test"));
}

static void wrong_release_is_refused(struct test *test)
{
	struct resource_holder holder;

	REQUIRE(test, request_region(PORT, 8, "test"));
	release_region(PORT, 4);
	release_region(PORT + 8, 8);
	release_region(PIC, 2);
	EXPECT(test, resource_conflict(&ioport_resource, PORT, 8, &holder));
	EXPECT(test, resource_conflict(&ioport_resource, PIC, 1, &holder));
	release_region(PORT, 8);
}

static void region_is_in_ledger(struct test *test)
{
	unsigned int before = ledger_count(THIS_MODULE);
	struct resource *res = request_region(PORT, 8, "test");

	EXPECT_EQ(test, ledger_count(THIS_MODULE), before + 1);
	EXPECT(test, ledger_holder(LEDGER_PORTS, res) == THIS_MODULE);
	release_region(PORT, 8);
	EXPECT_EQ(test, ledger_count(THIS_MODULE), before);
}

static void unreserved_port_is_not_touched(struct test *test)
{
	EXPECT_EQ(test, inb(PORT), 0xff);
	EXPECT_EQ(test, inb(0x21), 0xff);
	outb(0xff, 0x21); /* would mask all interrupts */
	REQUIRE(test, request_region(0x3f6, 1, "test"));
	EXPECT_NE(test, inw(0x3f6), 0); /* the second port is not ours */
	release_region(0x3f6, 1);
}

static void tree_of_our_own(struct test *test)
{
	struct resource window = {
		.name = "window", .start = 0x9000, .end = 0x9fff, .flags = IORESOURCE_IO
	};
	struct resource part = { .name = "part", .flags = IORESOURCE_IO };

	EXPECT_EQ(test, insert_resource(&ioport_resource, &window), 0);
	EXPECT_EQ(test, allocate_resource(&window, &part, 0x10, 0x9004, 0x9fff, 0x10, NULL, NULL),
		  0);
	EXPECT_EQ(test, part.start, 0x9010);
	EXPECT(test, part.parent == &window);
	EXPECT(test, request_region(0x9100, 0x10, "test"));
	EXPECT_EQ(test, adjust_resource(&part, 0x90f8, 0x10), -EBUSY);
	EXPECT_EQ(test, adjust_resource(&part, 0x90f0, 0x10), 0);
	release_region(0x9100, 0x10);
	EXPECT_EQ(test, release_resource(&part), 0);
	EXPECT_EQ(test, release_resource(&part), -EINVAL);
	EXPECT_EQ(test, release_resource(&window), 0);
}

static void dma_channels(struct test *test)
{
	char name[16];

	EXPECT_EQ(test, request_dma(4, "test"), -EBUSY);
	EXPECT_EQ(test, request_dma(8, "test"), -EINVAL);
	EXPECT_EQ(test, request_dma(3, "test"), 0);
	EXPECT_EQ(test, request_dma(3, "second"), -EBUSY);
	EXPECT(test, dma_holder(3, name, sizeof(name)));
	EXPECT_STREQ(test, name, "test");
	free_dma(4);
	free_dma(3);
	EXPECT(test, !dma_holder(3, name, sizeof(name)));
	EXPECT(test, dma_holder(4, name, sizeof(name)));
}

static const struct test_case cases[] = {
	TEST_CASE(region_is_exclusive),
	TEST_CASE(region_bounds),
	TEST_CASE(holder_is_told),
	TEST_CASE(board_is_reserved),
	TEST_CASE(wrong_release_is_refused),
	TEST_CASE(region_is_in_ledger),
	TEST_CASE(unreserved_port_is_not_touched),
	TEST_CASE(tree_of_our_own),
	TEST_CASE(dma_channels),
	{},
};
TEST_SUITE(test_resource, cases);

MODULE_DESCRIPTION("Tests of ports, memory ranges and DMA channels");
MODULE_LICENSE("Dual MIT/GPL");
