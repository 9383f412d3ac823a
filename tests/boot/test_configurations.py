"""The tree in its other configurations: each builds from the same sources, boots, and does what applies to it; the menu saves."""
import os
import pty
import re
import select
import subprocess
import time

import pytest

from harness.guest import Guest
from host import configurations

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SOUND = "-audiodev none,id=a -device sb16,audiodev=a"

ALL_BUILTIN = """
lsmod | wc -l
cat /sys/module/hello/parameters/whom /sys/module/hello/parameters/count
modprobe vfat && modprobe hello && echo there; rmmod hello
grep -c sb16 /proc/ioports /proc/dma; mount -t vfat /dev/fd0 /mnt && echo text >/mnt/file && cat /mnt/file; umount /mnt
echo text >/dev/sample_chardev && cat /dev/sample_chardev; cat /proc/sample | wc -l; ls /dev/rtc0 /dev/dsp
printf '#!/bin/sh\\necho script\\n' >/tmp/s; chmod +x /tmp/s; /tmp/s
/tmp/hold /tmp/socket & while ! test -S /tmp/socket; do sleep 0.05; done; kill $!
dmesg | grep -e 'hello, student' -e 'the counter is at'
"""

ALL_MODULES = """
lsmod | grep -c -e '^mem ' -e '^vgaconsole '; ls /dev/null /dev/tty1
grep -c -w -e tmpfs -e vfat -e debugfs /proc/filesystems; modprobe floppy
mount -t tmpfs none /mnt && mount -t debugfs none /sys/kernel/debug && echo mounted; umount /mnt
mount -t vfat /dev/fd0 /mnt && echo text >/mnt/file && cat /mnt/file; umount /mnt
printf '#!/bin/sh\\necho script\\n' >/tmp/s; chmod +x /tmp/s; /tmp/s
modprobe importer && modprobe sb16 && grep -c sb16 /proc/ioports; modprobe -r importer sb16
umount /sys/kernel/debug; rmmod debugfs && rmmod tmpfs && rmmod vfat && rmmod floppy && echo unloaded
"""

TINY = """
lsmod 2>/dev/null | wc -l; ls /lib/modules/*/kernel 2>/dev/null | wc -l; modprobe hello; echo $?
echo one two | tr ' ' '\\n' | sort -r >/tmp/x; cat /tmp/x; ps | grep -c init; cat /proc/filesystems | wc -l
i=0; while [ $i -lt 50 ]; do /bin/true </dev/null || echo failed; i=$((i+1)); done; echo done
"""


@pytest.fixture
def variant(build):
    """variant(name) -> a guest of that configuration, built from scratch."""
    return lambda name: Guest(configurations.build(TOP, build, name))


def floppy(tmp_path):
    image = tmp_path / "floppy.img"
    image.write_bytes(bytes(1440 * 1024))
    subprocess.run(["mkfs.vfat", str(image)], check=True, capture_output=True)
    return f"-drive if=floppy,format=raw,file={image}"


def test_all_builtin(variant, program_builder, tmp_path):
    guest = variant("allbuiltin")
    out, _ = guest(ALL_BUILTIN, put=[program_builder("tests/fixtures/programs/hold.c")], append="hello.whom=student hello.count=2",
                   qemu=f"{SOUND} {floppy(tmp_path)}", timeout=90)
    assert out.splitlines()[:4] == ["1", "student", "2", "there"]
    assert "rmmod: ERROR: Module hello is builtin.\n" in out
    assert "/proc/ioports:1\n/proc/dma:2\ntext\ntext\n1\n/dev/dsp   /dev/rtc0\nscript\n" in out
    assert out.count("hello, student") == 2 and "the counter is at" in out
    out, _ = guest("dmesg | grep -i -e 'refused' -e 'initcall' -e warning; true")
    assert "warning" not in out.lower() and "refused" not in out


def test_all_modules(variant, tmp_path):
    out, _ = variant("allmodules")(ALL_MODULES, qemu=f"{SOUND} {floppy(tmp_path)}", timeout=90)
    assert out.splitlines() == ["2", "/dev/null  /dev/tty1", "0", "mounted", "text", "script", "1", "unloaded"]


def test_tiny(variant, build):
    guest = variant("tinyconfig")
    out, _ = guest(TINY, timeout=90)
    assert "modprobe: FATAL: Module hello not found in directory /lib/modules/" in out
    lines = [line for line in out.splitlines() if "modprobe:" not in line]
    assert lines[0] == "1" and lines[2:5] == ["1", "two", "one"] and lines[-1] == "done" and "failed" not in out
    assert os.path.getsize(f"{guest.build}/rakit") < os.path.getsize(f"{build}/rakit")


def test_default_is_default(build, tmp_path):
    """`make defconfig` writes what is built without a configuration, and savedefconfig then has nothing to say."""
    make = ["make", "-s", "-C", TOP, f"KCONFIG_CONFIG={tmp_path}/config"]
    subprocess.run([*make, "defconfig"], check=True, capture_output=True)
    config = (tmp_path / "config").read_text()
    wanted = [line for line in open(f"{build}/include/generated/auto.conf").read().splitlines() if line.endswith(("=y", "=m"))]
    if not os.path.exists(f"{TOP}/.config"):
        assert [line for line in wanted if line not in config.splitlines()] == []
    subprocess.run([*make, "tinyconfig"], check=True, capture_output=True)
    subprocess.run([*make, "olddefconfig"], check=True, capture_output=True)
    assert "# CONFIG_VFAT is not set" in (tmp_path / "config").read_text()


def test_menu_starts_and_saves(tmp_path):
    config = tmp_path / "config"
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm", RAKIT_SETUP="skip")
        os.execvp("make", ["make", "-s", "-C", TOP, f"KCONFIG_CONFIG={config}", "menuconfig"])
    text = b""

    def until(pattern):
        nonlocal text
        end = time.monotonic() + 60
        while not re.search(pattern, text):
            assert time.monotonic() < end, text[-2000:]
            if select.select([fd], [], [], 1)[0]:
                text += os.read(fd, 65536)
        text = b""

    try:
        until(rb"Rakit configuration")
        os.write(fd, b"s")
        until(rb"Filename|save")
        os.write(fd, b"\r")
        until(rb"saved")
        os.write(fd, b"\r")
        os.write(fd, b"q")
    finally:
        time.sleep(0.2)
        os.close(fd)
        os.waitpid(pid, 0)
    assert "CONFIG_BINFMT_ELF=y" in config.read_text()


def test_no_module_asks_how_it_is_built():
    """One source for both: no #ifdef MODULE, nor one of a module's own configuration."""
    found = subprocess.run(["grep", "-rnE", r"^ *# *(if|ifdef|ifndef|elif).*\b(MODULE|CONFIG_\w+_MODULE)\b", "modules"], cwd=TOP, capture_output=True, text=True)
    assert found.stdout == ""
