"""Ledger, registry and arbiter: suites in the kernel, leaks taken back, fights refused."""
import re

import pytest

MODULES = "/lib/modules/5.10.0-rakit/kernel/test"


@pytest.mark.parametrize("suite", ["test_resource", "test_irq", "test_registry", "test_ledger"])
def test_suite(guest, suite):
    guest.tap(f"modprobe {suite} && cp /sys/kernel/rakit/test/{suite} /tmp/report && rmmod {suite}", "/tmp/report")


def test_interrupt_storm(guest):
    """A line that nobody serves is switched off, with its handlers named."""
    out, _ = guest("modprobe test_irq; cat /sys/kernel/rakit/test/test_irq; dmesg; grep '^ *10:' /proc/interrupts", qemu="-device pc-testdev", status=None)
    assert re.search(r"^ok \d+ - storm$", out, re.M), out
    assert "irq: 10: 100000 of the last 100000 not handled by anyone; switched off" in out
    assert len(re.findall(r"irq: 10: handler none \[test_irq\] of idle [ab]", out)) == 2


def test_what_a_module_holds_is_shown(guest):
    out, _ = guest("modprobe rtc_cmos && cat /sys/kernel/rakit/ledger/rtc_cmos")
    assert re.search(r"init\s+ports 0x70-0x71\s+2\s+cmos_\w+\+0x[0-9a-f]+", out)
    assert re.search(r"init\s+irq 8 rtc0", out)


LEFT = [r"ports 0x3a8-0x3af", r"iomem 0xfee10000-0xfee10fff", r"irq 10 leak", r"dma channel 3 leak", r"memory 100 bytes at [0-9a-f]+"]


@pytest.mark.parametrize("how", [f"insmod {MODULES}/leak.ko && rmmod leak", f"insmod {MODULES}/leak.ko fail=1"])
def test_leak_is_reported_and_taken_back(guest, how):
    out, _ = guest(f"cat /proc/ioports /proc/iomem /proc/dma > /tmp/a; {how}; cat /proc/ioports /proc/iomem /proc/dma > /tmp/b; "
                   "cmp /tmp/a /tmp/b && echo same; dmesg; lsmod | grep leak", status=1)
    assert "\nsame\n" in "\n" + out
    for what in LEFT:
        assert re.search(r"module: leak: left behind: " + what + r", acquired at leak_init\+0x[0-9a-f]+/0x[0-9a-f]+ \[leak\]; taken back", out), what
    order = [out.index(re.sub(r"\\|\[.*", "", what)) for what in LEFT[:4]]
    assert order == sorted(order, reverse=True), "newest first"


@pytest.mark.parametrize("what, refusal", [("ports", r"ioports: 0x3a0-0x3a7: held by fight_a \(since \d+\.\d s\); rmmod fight_a"),
                                           ("irq", r"irq: 11: held by fight_a \(since \d+\.\d s\); rmmod fight_a"),
                                           ("dma", r"dma: channel 3: held by fight_a \(since \d+\.\d s\); rmmod fight_a")])
def test_second_one_is_refused(guest, what, refusal):
    out, _ = guest(f"modprobe fight_a only={what}; modprobe fight_b; echo status $?; grep fight /proc/ioports /proc/interrupts /proc/dma; "
                   "rmmod fight_a && modprobe fight_b && echo taken")
    assert "status 1" in out and re.search(refusal, out) and out.rstrip().endswith("taken")
    assert "fight_b" not in out.split("status 1")[1].split("taken")[0]


def test_registry_lists_all_kinds(guest):
    out, _ = guest("modprobe rtc_cmos; modprobe vfat; modprobe unix 2>/dev/null; cat /sys/kernel/rakit/registry")
    assert re.search(r"^driver\s+platform/rtc_cmos\s+rtc_cmos\s+\d", out, re.M)
    assert re.search(r"^filesystem\s+vfat\s+vfat\s+0", out, re.M)
    assert re.search(r"^binfmt\s+elf", out, re.M)
