"""Booting: by -kernel, by GRUB, small and large memory, missing and corrupt initrd, panic, exit statuses."""
import re
import subprocess

import pytest

from conftest import BUILD, TOP
from host import vm


def test_exec_output_and_status(guest):
    out, _ = guest("echo out; echo err >&2; exit 7", status=7)
    assert out == "out\nerr\n"


def test_exec_true_is_quick(guest):
    """Most of the time is QEMU's own start; the bound is generous for a loaded machine."""
    guest("true", timeout=20)


def test_release_and_cmdline(guest):
    out, _ = guest("uname -srm; cat /proc/cmdline", append="rakit.mark=7")
    assert out.splitlines()[0] == "Linux 5.10.0-rakit i686"
    assert "rakit.mark=7" in out


def test_iso(guest):
    out, _ = guest("uname -r; echo $((6*7))", iso=True, timeout=90)
    assert out == "5.10.0-rakit\n42\n"


def test_put_keeps_mode_and_makes_parents(guest, tmp_path):
    script = tmp_path / "script"
    script.write_text("#!/bin/sh\necho ran $1\n")
    script.chmod(0o750)
    out, _ = guest("stat -c %a /opt/deep/er/script; /opt/deep/er/script well", put=[(str(script), "/opt/deep/er/script")])
    assert out == "750\nran well\n"


def test_get_fetches_bytes(guest):
    _, result = guest("printf 'a\\000b' > /tmp/out; chmod 640 /tmp/out", get=["/tmp/out", "/tmp/none"])
    assert result.files["/tmp/out"] == (0o640, b"a\0b")
    assert result.files["/tmp/none"] == 2


@pytest.mark.parametrize("memory", [6, 8, 16, 64, 1024, 3072])
def test_memory_sizes(guest, memory):
    out, _ = guest("grep MemTotal /proc/meminfo", memory=memory, timeout=90)
    total = int(out.split()[1])
    assert memory * 1024 * 0.6 < total <= memory * 1024


def test_missing_initrd_says_so(guest):
    result = guest.run(None, initrd="none", timeout=30)
    assert result.kind == vm.PANIC and result.status == 125
    assert b"initrd" in result.console


@pytest.mark.parametrize("damage", ["header", "middle", "cut"])
def test_corrupt_initrd_says_so(guest, tmp_path, damage):
    data = bytearray(open(f"{BUILD}/initrd.cpio", "rb").read())
    if damage == "header":
        data[:6] = b"garbag"
    elif damage == "middle":
        at = data.index(b"070701", len(data) // 2)
        data[at:at + 6] = b"xxxxxx"
    else:
        data = data[:3000]
    path = tmp_path / "initrd"
    path.write_bytes(data)
    result = guest.run(None, initrd=str(path), timeout=30, append="rakit.exec=1")
    assert result.kind in (vm.PANIC, vm.NO_VM, vm.TIMEOUT, vm.HANG, vm.DONE)
    assert re.search(rb"initramfs: initrd 1: corrupt: ", result.console), result.console[-1500:]
    assert b"the rest of initrd 1 is not unpacked" in result.console


def test_sysrq_panics(guest):
    result = guest.run("echo c > /proc/sysrq-trigger")
    assert (result.kind, result.status) == (vm.PANIC, 125)
    assert b"panic" in result.console.lower()


def test_exec_command_line(build):
    """The host command itself: status, output, timeout."""
    rakit = f"{TOP}/tools/rakit"
    done = subprocess.run([rakit, "exec", "--build", build, "--", "echo hi; exit 3"], capture_output=True, text=True, timeout=90)
    assert (done.returncode, done.stdout) == (3, "hi\n"), done.stderr
    done = subprocess.run([rakit, "exec", "--build", build, "--timeout", "6", "--", "sleep 60"], capture_output=True, text=True, timeout=90)
    assert done.returncode == 124
    done = subprocess.run([rakit, "exec", "--build", build, "--", "echo c > /proc/sysrq-trigger"], capture_output=True, text=True, timeout=90)
    assert done.returncode == 125 and "last console lines" in done.stderr


def test_icount_runs_are_identical(guest):
    """Without a sound card: QEMU's audio runs by the host's clock."""
    runs = [guest.run("cat /proc/uptime; modprobe vfat; modprobe unix; rmmod vfat; dmesg", icount=True, timeout=120) for _ in range(2)]
    assert runs[0].status == 0, runs[0]
    assert runs[0].output == runs[1].output and runs[0].console == runs[1].console


def test_two_initrds_are_joined(guest, tmp_path):
    """exec itself appends a second archive; its files and the first one's are both there."""
    out, _ = guest("ls /run/rakit /bin/sh")
    assert "command" in out and "/bin/sh" in out
