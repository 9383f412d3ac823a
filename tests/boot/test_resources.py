"""Arbitration seen from outside: resources come and go with their owner; refusals name the holder."""
import re

SB16 = "-audiodev none,id=a -device sb16,audiodev=a"


def test_sb16_resources_come_and_go(guest):
    for iso in (False, True):
        out, _ = guest("modprobe sb16 && cat /proc/ioports /proc/interrupts /proc/dma && echo ---- && rmmod sb16 && cat /proc/ioports /proc/interrupts /proc/dma",
                       qemu=SB16, iso=iso, timeout=90)
        with_driver, without = out.split("----")
        assert re.search(r"^\s*0220-022f : sb16", with_driver, re.M)
        assert re.search(r"^\s*5:\s+\d+\s+XT-PIC\s+.*sb16", with_driver, re.M)
        assert re.search(r"^ 1: sb16", with_driver, re.M)
        assert "sb16" not in without
        assert re.search(r"^ 4: cascade", without, re.M)


def test_listings_have_linux_forms(guest):
    out, _ = guest("cat /proc/ioports; echo ----; cat /proc/iomem; echo ----; cat /proc/interrupts; echo ----; cat /proc/dma")
    ports, memory, interrupts, dma = out.split("----\n")
    assert all(re.match(r"^(  )*[0-9a-f]{4}-[0-9a-f]{4} : \S", line) for line in ports.splitlines()), ports
    assert all(re.match(r"^(  )*[0-9a-f]{8}-[0-9a-f]{8} : \S", line) for line in memory.splitlines()), memory
    assert "System RAM" in memory and "Kernel code" in memory
    assert interrupts.splitlines()[0].split() == ["CPU0"]
    assert re.search(r"^\s*0:\s+\d+", interrupts, re.M)


CLAIM = """
#include <linux/module.h>
#include <linux/ioport.h>
#include <linux/interrupt.h>
#include <asm/dma.h>
static irqreturn_t handler(int irq, void *dev)
{
	return IRQ_NONE;
}
static int __init %(name)s_init(void)
{
	int err = -EBUSY;

	if (!request_region(0x9220, 16, "%(name)s"))
		return -EBUSY;
	err = request_irq(11, handler, 0, "%(name)s", NULL);
	if (err)
		goto undo_ports;
	err = request_dma(3, "%(name)s");
	if (err)
		goto undo_irq;
	return 0;
undo_irq:
	free_irq(11, NULL);
undo_ports:
	release_region(0x9220, 16);
	return err;
}
static void __exit %(name)s_exit(void)
{
	free_dma(3);
	free_irq(11, NULL);
	release_region(0x9220, 16);
}
module_init(%(name)s_init);
module_exit(%(name)s_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("claims a port range, an interrupt and a DMA channel");
"""


def test_second_claimant_is_refused_and_leaves_no_trace(guest, module_builder):
    first = module_builder("claim_a", CLAIM % {"name": "claim_a"})
    second = module_builder("claim_b", CLAIM % {"name": "claim_b"})
    out, result = guest("insmod /tmp/claim_a.ko && (cat /proc/ioports /proc/dma; sed 's/: *[0-9]* */: /' /proc/interrupts) > /tmp/before; "
                        "insmod /tmp/claim_b.ko; echo status $?; (cat /proc/ioports /proc/dma; sed 's/: *[0-9]* */: /' /proc/interrupts) > /tmp/after; "
                        "cmp /tmp/before /tmp/after && echo same; lsmod; dmesg | tail -5; "
                        "rmmod claim_a; insmod /tmp/claim_b.ko && echo now; grep claim /proc/ioports", put=[first, second])
    assert "status 1" in out and "busy" in out.lower()
    assert "same" in out or "differ" not in out
    assert re.search(r"0x?9220-0x?922f: held by claim_a", out)
    assert "now" in out and out.rstrip().endswith("claim_b")
