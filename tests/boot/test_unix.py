"""AF_UNIX sockets: a program that passes on Linux, and the module's life."""
import os

from conftest import TESTS
from harness.tap import parse_tap

FIXTURES = os.path.join(TESTS, "fixtures")


def test_unix_sockets(guest, program_builder):
    """Names, connections, datagrams, packets, descriptors, credentials, poll: over 200 points in one program."""
    program = program_builder(os.path.join(FIXTURES, "programs", "unix.c"))
    out, _ = guest("/tmp/unix", put=[program], status=None)
    bad = [p for p in parse_tap(out) if not p.ok]
    assert "1.." in out and not bad, "\n".join(str(p) for p in bad)


def test_unix_module_goes_clean(guest, program_builder):
    """Loaded by the first socket(2), busy while one is open, gone without trace after the program."""
    program = program_builder(os.path.join(FIXTURES, "programs", "unix.c"))
    out, _ = guest("lsmod; /tmp/unix >/dev/null; grep -c unix /proc/modules; cat /proc/net/unix | wc -l; "
                   "cat /sys/kernel/rakit/ledger/unix; rmmod unix && echo gone; dmesg | tail -3", put=[program], status=None)
    assert "gone" in out and "taken back" not in out
