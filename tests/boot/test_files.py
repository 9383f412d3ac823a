"""Files, names, mounts, device nodes, /proc and /sys, seen from programs."""
import os
import re
import subprocess

import pytest

from conftest import BUILD, TOP

HERE = os.path.dirname(os.path.abspath(__file__))
FLAGS = ("-std=gnu11 -m32 -march=i686 -mpreferred-stack-boundary=2 -Os -ffreestanding -nostdinc -mno-sse -mno-mmx -fno-strict-aliasing "
         "-fno-common -fno-pic -fno-pie -fcf-protection=none -fno-stack-protector -w").split()


def build_program(name, folder):
    """A program of programs/, built with the guest's library."""
    headers = subprocess.run(["gcc", "-print-file-name=include"], capture_output=True, text=True, check=True).stdout.strip()
    obj, out = f"{folder}/{name}.o", f"{folder}/{name}"
    subprocess.run(["gcc", *FLAGS, "-isystem", headers, "-I", f"{TOP}/libc/include", "-I", f"{TOP}/kernel/include/uapi", "-c",
                    f"{HERE}/programs/{name}.c", "-o", obj], check=True)
    subprocess.run(["ld", "-m", "elf_i386", "-z", "noexecstack", "--no-warn-rwx-segments", "-static", "-Ttext-segment=0x08048000", "-o",
                    out, f"{BUILD}/user/libc/crt0.asm.o", obj, f"{BUILD}/libc/libc.a"], check=True)
    return out


@pytest.mark.parametrize("place", ["/tmp", "/mnt"])
def test_files(guest, tmp_path, place):
    """On the root file system and on a tmpfs of its own."""
    program = build_program("files", tmp_path)
    out, _ = guest(f"mount -t tmpfs none /mnt; mkdir {place}/w; /opt/files {place}/w; ls -A {place}/w", status=0, put=[(program, "/opt/files")])
    assert "not ok" not in out and "1..19" in out, out


def test_mount_and_umount(guest):
    out, _ = guest("""
        mount -t tmpfs -o size=64k,mode=700 small /mnt && grep ' /mnt ' /proc/mounts
        dd if=/dev/zero of=/mnt/f bs=4096 count=100 2>/dev/null; stat -c %s /mnt/f; rm /mnt/f
        sleep 30 < /mnt & sleep 0.2
        umount /mnt; echo status $?
        kill $!; wait
        mount -o remount,ro /mnt; echo x > /mnt/x; echo status $?
        umount /mnt; echo status $?
        mount -t nofs none /mnt; echo status $?
        mkdir /a /a/sub; mount --bind /a /mnt; ls /mnt; umount /mnt; ls /mnt
        """)
    lines = out.splitlines()
    assert re.match(r"small /mnt tmpfs rw,.*size=64k.*mode=700", lines[0])
    assert lines[1] == "65536"
    assert "sub" in lines
    assert re.findall(r"status (\d+)", out)[0] != "0"
    assert re.findall(r"status (\d+)", out)[2] == "0"


def test_busy_umount_names_the_holder(guest):
    out, _ = guest("""
        mount -t tmpfs none /mnt; touch /mnt/f
        sleep 30 < /mnt/f & sleep 0.2
        umount /mnt; dmesg | tail -1
        umount -l /mnt; echo $?; grep -c ' /mnt ' /proc/mounts
        """, status=None)
    assert re.search(r"umount: /mnt: in use by fd 0 of pid \d+ \(sleep\)", out), out


def test_proc_files(guest):
    out, _ = guest("""
        cat /proc/filesystems /proc/devices /proc/misc /proc/version /proc/uptime /proc/loadavg /proc/stat
        cat /proc/self/stat /proc/self/status /proc/self/maps; tr '\\0' ' ' < /proc/self/cmdline; readlink /proc/self/exe
        """)
    for text in ("nodev\ttmpfs", "Character devices:\n  1 mem", " 10 misc", "Linux version 5.10.0-rakit", "cpu0 ", "btime ", "Name:\ttr",
                 "[stack]", "/bin/readlink"):
        assert text in out or text.replace("Name:\ttr", "Name:\tcat") in out, (text, out)


def test_memory_devices(guest):
    out, _ = guest("""
        echo gone > /dev/null; dd if=/dev/zero bs=16 count=1 2>/dev/null | hexdump -C | head -1
        echo x > /dev/full; echo $?
        dd if=/dev/urandom bs=1000 count=10 2>/dev/null | wc -c
        echo '<3>test: from user space' > /dev/kmsg; dmesg | tail -1
        """)
    assert "00 00 00 00" in out and "\n10000\n" in out and "test: from user space" in out


def test_walks_are_the_same_with_links_and_mounts(guest):
    out, _ = guest("""
        mkdir -p /w/a/b /w/m; mount -t tmpfs none /w/m; mkdir /w/m/in; ln -s /w/m/in /w/a/b/link
        echo text > /w/a/b/link/file; cat /w/m/in/file; cd /w/a/b/link; pwd -P; cat ../in/../in/file
        cat /w/m/../m/in/../../a/b/link/file; umount /w/m; echo $?; cd /; umount /w/m; ls /w/m
        """, status=None)
    assert out.count("text") == 3 and "/w/m/in" in out
