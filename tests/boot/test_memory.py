"""Memory: as programs see it, at its end, and as the least talkative boot loader tells it."""
import os
import shutil
import subprocess

import pytest

from conftest import BUILD, TOP
from harness.tap import parse_tap
from harness.verdict import Trouble
from host import vm

FIXTURES = os.path.join(TOP, "tests", "fixtures")
CC_32 = ["gcc", "-std=gnu11", "-m32", "-march=i686", "-Os", "-ffreestanding", "-fno-pic", "-fno-pie", "-fcf-protection=none", "-fno-stack-protector"]


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise Trouble("build-error", done.stdout + done.stderr)
    return done.stdout.strip()


@pytest.fixture(scope="session")
def program_builder(build, tmp_path_factory):
    """Builds a guest program with the tree's C library: program_builder(source) -> path."""
    def make(source):
        folder = tmp_path_factory.mktemp("program")
        name = os.path.splitext(os.path.basename(source))[0]
        path = str(folder / name)
        run(CC_32 + ["-mno-sse", "-mno-mmx", "-nostdinc", "-isystem", run(["gcc", "-print-file-name=include"]),
                     "-I", os.path.join(TOP, "libc", "include"), "-I", os.path.join(TOP, "kernel", "include", "uapi"), "-c", source, "-o", path + ".o"])
        run(["ld", "-m", "elf_i386", "-static", "--no-warn-rwx-segments", "-Ttext-segment=0x08048000", "-o", path,
             os.path.join(BUILD, "user", "libc", "crt0.asm.o"), path + ".o", os.path.join(BUILD, "libc", "libc.a")])
        return path
    return make


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
