"""Floppies that are not as they should be: missing, protected, damaged."""
import random
import subprocess

import pytest


def formatted(path):
    path.write_bytes(bytes(1474560))
    subprocess.run(["/sbin/mkfs.vfat", "-n", "RAKIT", str(path)], check=True, capture_output=True)
    content = path.parent / "content"
    content.write_bytes(bytes(n % 251 for n in range(9000)))
    for folder in ("::a", "::a/b", "::a long folder name"):
        subprocess.run(["mmd", "-i", str(path), folder], check=True)
    for name in ("::top.dat", "::a/x", "::a/b/a long file name.txt", "::a long folder name/z"):
        subprocess.run(["mcopy", "-i", str(path), str(content), name], check=True)
    return path


def test_no_medium(guest):
    out, _ = guest("modprobe floppy; dd if=/dev/fd0 of=/tmp/x bs=512 count=1; echo status $?; rmmod floppy && echo gone")
    assert "status 1" in out and out.rstrip().endswith("gone")


def test_write_protected(guest, tmp_path):
    image = formatted(tmp_path / "fd")
    before = image.read_bytes()
    out, _ = guest("modprobe floppy; dd if=/dev/zero of=/dev/fd0 bs=512 count=1 2>&1; echo status $?; mount -t vfat -o ro /dev/fd0 /mnt && ls /mnt",
                   qemu=f"-drive if=floppy,format=raw,readonly=on,file={image}")
    assert "status 1" in out and "Read-only" in out and "top.dat" in out
    assert image.read_bytes() == before


def test_beyond_the_end(guest, tmp_path):
    image = formatted(tmp_path / "fd")
    out, _ = guest("modprobe floppy; dd if=/dev/fd0 of=/tmp/x bs=512 skip=2879 count=5; stat -c %s /tmp/x; dd if=/tmp/x of=/dev/fd0 bs=512 seek=2880 2>&1; echo status $?",
                   qemu=f"-drive if=floppy,format=raw,file={image}")
    assert "\n512\n" in "\n" + out and "No space left" in out and "status 1" in out


WALK = ("modprobe floppy; modprobe vfat; if mount -t vfat /dev/fd0 /mnt; then ls -lR /mnt | head -200 >/dev/null; "
        "find /mnt -type f | head -50 | while read f; do cat \"$f\" > /dev/null; done; cp /bin/true /mnt/a/new; mkdir /mnt/n; mv /mnt/a /mnt/n/a2; "
        "rm -r /mnt/n '/mnt/a long folder name'; rm /mnt/top.dat; echo hi > /mnt/last; umount /mnt || echo STUCK; fi; rmmod vfat && rmmod floppy && echo gone; "
        "dmesg | grep -iE 'BUG|oops|WARN|left behind|still in use'; true")


@pytest.mark.parametrize("seed", range(8))
def test_damaged_fat_never_harms(guest, tmp_path, seed):
    """Bytes of boot sector, table and directories changed at random: errors, read-only, but the machine goes on."""
    chosen = random.Random(seed)
    image = formatted(tmp_path / "fd")
    data = bytearray(image.read_bytes())
    for _ in range(chosen.choice((1, 3, 10, 40))):
        area = chosen.choice(((11, 80), (512, 120), (512, 9 * 512), (19 * 512, 600), (33 * 512, 20 * 512)))
        data[area[0] + chosen.randrange(area[1])] = chosen.choice((0, 255, 1, 2, 0xe5, 0x0f, 0x10, chosen.randrange(256)))
    image.write_bytes(data)
    out, _ = guest(WALK, qemu=f"-drive if=floppy,format=raw,file={image}")
    lines = out.splitlines()
    assert lines[-1] == "gone" and "STUCK" not in out, out
