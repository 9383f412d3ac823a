"""Scheduling, locks, timers and work queues: the suite in the kernel, as it comes and under counted instructions."""
import pytest


@pytest.mark.parametrize("icount", [False, True])
def test_suite(guest, icount):
    guest.tap("modprobe test_sched && cp /sys/kernel/rakit/test/test_sched /tmp/report && rmmod test_sched", "/tmp/report",
              **({"icount": True} if icount else {}))


def test_suite_leaves_nothing(guest):
    """No thread, timer, work item or notifier of the module is left, and nothing had to be taken back."""
    out, _ = guest("modprobe test_sched && rmmod test_sched && sleep 1 && ps; dmesg")
    assert "taken back" not in out and "spin" not in out.split("test: test_sched")[0].split("COMMAND")[1]
