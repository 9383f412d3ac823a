"""Memory: as programs see it, at its end, and as the least talkative boot loader tells it."""
import os
import shutil

import pytest

from conftest import BUILD, TOP
from harness.programs import CC_32, run
from harness.tap import parse_tap
from host import vm

FIXTURES = os.path.join(TOP, "tests", "fixtures")


def test_memory_calls(guest, program_builder):
    """mmap and its kin, copy on write, growing stacks, FPU registers: 54 points in one program."""
    out, _ = guest("/tmp/memory", put=[program_builder(os.path.join(FIXTURES, "programs", "memory.c"))], status=None)
    points = parse_tap(out)
    bad = [p for p in points if not p.ok]
    assert points and not bad, "\n".join(str(p) for p in bad)


def test_exhaustion_kills_the_largest(guest, tmp_path):
    """A program that takes all memory is killed by name; the shell and the system go on."""
    out, result = guest("x=aaaaaaaaaaaaaaaa; (while :; do x=$x$x; done); echo status $?; echo alive", memory=16, timeout=90)
    assert "alive" in out and "status 0" not in out


def test_loader_that_tells_little(guest, tmp_path):
    """One module without a string and a memory map, nothing else: the system reaches init."""
    if not shutil.which("gcc"):
        pytest.skip("no gcc")
    loader = str(tmp_path / "loader.elf")
    folder = os.path.join(FIXTURES, "loader")
    run(CC_32 + ["-nostdlib", "-static", "-Wl,--build-id=none,--no-warn-rwx-segments,-T," + os.path.join(folder, "loader.ld"),
                 os.path.join(folder, "loader.c"), "-o", loader])
    files = f"{BUILD}/rakit,{BUILD}/initrd.cpio"
    result = guest.run(None, kernel=loader, initrd="none", qemu=f"-initrd {files}", timeout=20)
    assert result.kind in (vm.HANG, vm.TIMEOUT), result.detail
    assert b"Rakit:" in result.console
