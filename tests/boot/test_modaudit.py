"""modaudit: nothing is found in a clean machine with every module loaded; hiding and each kind of hook is."""
import os

import pytest

from conftest import TOP


@pytest.fixture(scope="module")
def rogue(module_builder):
    with open(os.path.join(TOP, "tests", "fixtures", "modaudit", "rogue.c")) as f:
        return module_builder("rogue", f.read())


def test_clean(guest):
    out, _ = guest("for m in $(grep -v '^kernel/test/' /lib/modules/$(uname -r)/modules.order | sed 's|.*/||; s|\\.ko.*||'); do "
                   "modprobe $m 2>/dev/null; done; lsmod | wc -l; modaudit && echo clean; modprobe -r hello; modaudit -q && echo clean")
    lines = out.split("\n")
    modules = int(lines[0]) - 1
    assert modules >= 5 and lines[1].startswith(f"{modules} modules with ") and lines[1].endswith(": 0 findings") and lines[2:4] == ["clean", "clean"]


@pytest.mark.parametrize("how, finding", [
    ("hide", "pages of module rogue, which hides: it is not listed"),
    ("call", "system call 39 leads to 0x"),
    ("swap", "system call 39 leads to sys_rmdir, at the start to sys_mkdir"),
    ("gate", "interrupt gate 0x04 leads to 0x"),
    ("fs", "filesystem roguefs: mount leads to 0x"),
])
def test_found(guest, rogue, how, finding):
    """On demand with exit status 1, and by the periodic look, in the log."""
    out, _ = guest(f"t=0x$(grep ' sys_call_table$' /proc/kallsyms | cut -d' ' -f1); modaudit -q && echo before; insmod /tmp/rogue.ko how={how} target=$t; "
                   f"modaudit; echo status $?; cat /proc/sys/kernel/modaudit_period; modaudit -p 1; sleep 1.5; dmesg | grep modaudit:", put=[rogue])
    assert out.startswith("before\n") and "\nstatus 1\n60\n" in out
    assert sum(finding in line for line in out.splitlines()) >= 2 and f"modaudit: " in out
