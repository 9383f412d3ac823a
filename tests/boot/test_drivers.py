"""One real driver of each kind against QEMU's devices, the host's images and recordings as the truth."""
import math
import os
import re
import struct
import subprocess
import wave

import pytest

from conftest import TOP

FIXTURES = os.path.join(TOP, "tests", "fixtures")
SB16 = "-device sb16,audiodev=a -audiodev wav,id=a,path={}"


def tone(count, rate=8000, hertz=440):
    return bytes(128 + int(100 * math.sin(2 * math.pi * hertz * n / rate)) for n in range(count))


def test_sb16_plays_exactly_the_samples(guest, tmp_path):
    """`cat tone.raw > /dev/dsp`: the WAV that QEMU records holds these samples in order."""
    samples = tone(8000)
    raw, recorded = tmp_path / "tone.raw", tmp_path / "out.wav"
    raw.write_bytes(samples)
    guest("modprobe sb16 && cat /tmp/tone.raw > /dev/dsp && rmmod sb16", put=[str(raw)],
          qemu=SB16.format(recorded) + ",out.frequency=8000,out.channels=2,out.format=u8,out.fixed-settings=on", timeout=90)
    with wave.open(str(recorded)) as f:
        data = f.readframes(f.getnframes())
        width = f.getsampwidth()
    assert width in (1, 2)
    heard = data if width == 1 else bytes(((v >> 8) + 128) & 0xff for v in struct.unpack(f"<{len(data) // 2}h", data))
    heard = heard[0::2]  # QEMU adds the two channels up when it records one
    assert samples in heard, (len(heard), len(samples))


AFMT_S16_LE = 16


def test_sb16_plays_16_bit_stereo(guest, tmp_path, program_builder):
    """Another rate, format and number of channels by the OSS calls; the second DMA channel."""
    samples = b"".join(struct.pack("<hh", (n * 37) % 30000 - 15000, (n * 91) % 20000 - 10000) for n in range(60000))
    raw, recorded = tmp_path / "tone.raw", tmp_path / "out.wav"
    raw.write_bytes(samples)
    out, _ = guest(f"modprobe sb16 && /tmp/dsp 22050 {AFMT_S16_LE} 2 < /tmp/tone.raw && rmmod sb16",
                   put=[str(raw), program_builder(os.path.join(FIXTURES, "programs", "dsp.c"))],
                   qemu=SB16.format(recorded) + ",out.frequency=22050,out.channels=2,out.format=s16,out.fixed-settings=on", timeout=90)
    assert out.splitlines() == ["rate 22050", "format 16", "channels 2", "space adds up", "after sync 0"]
    with wave.open(str(recorded)) as f:
        assert samples in f.readframes(f.getnframes())


def floppy_image(path, size=1474560, fill=None):
    data = bytearray(size)
    if fill:
        for sector in range(size // 512):
            data[sector * 512:sector * 512 + 512] = fill(sector)
    path.write_bytes(data)
    return path


def floppy_args(path):
    return f"-drive if=floppy,format=raw,file={path}"


def test_floppy_reads_what_the_host_has(guest, tmp_path):
    image = floppy_image(tmp_path / "fd", fill=lambda s: struct.pack("<I", s * 2654435761 % 2**32) * 128)
    out, result = guest("modprobe floppy && md5sum /dev/fd0 && dd if=/dev/fd0 of=/tmp/part bs=512 skip=1234 count=3 2>/dev/null",
                        get=["/tmp/part"], qemu=floppy_args(image), timeout=120)
    whole = subprocess.run(["md5sum", str(image)], capture_output=True, text=True, check=True).stdout.split()[0]
    assert out.split()[0] == whole
    assert result.files["/tmp/part"][1] == image.read_bytes()[1234 * 512:1237 * 512]


def test_floppy_writes_reach_the_host(guest, tmp_path):
    image = floppy_image(tmp_path / "fd")
    guest("modprobe floppy && dd if=/tmp/block of=/dev/fd0 bs=512 seek=700 2>/dev/null && sync && rmmod floppy && cat /proc/ioports > /dev/null",
          put=[(str(_block(tmp_path)), "/tmp/block")], qemu=floppy_args(image), timeout=120)
    data = image.read_bytes()
    assert data[700 * 512:700 * 512 + 5000] == _block(tmp_path).read_bytes()
    assert not any(data[:700 * 512]) and not any(data[700 * 512 + 5120:])


def _block(folder):
    path = folder / "block"
    path.write_bytes(bytes((n * 7 + n // 256) % 256 for n in range(5000)))
    return path


def test_vfat_floppy_both_ways(guest, tmp_path):
    """mkfs.vfat and mcopy make it, the guest reads and writes it, mtools and fsck.vfat check what is there."""
    image = tmp_path / "fd"
    image.write_bytes(bytes(1474560))
    subprocess.run(["/sbin/mkfs.vfat", "-n", "RAKIT", str(image)], check=True, capture_output=True)
    long_file = tmp_path / "A file with a long name.txt"
    long_file.write_bytes(os.urandom(70000))
    subprocess.run(["mcopy", "-i", str(image), str(long_file), "::"], check=True)
    subprocess.run(["mmd", "-i", str(image), "::folder"], check=True)
    out, result = guest("modprobe floppy && mount -t vfat /dev/fd0 /mnt && ls /mnt && cp '/mnt/A file with a long name.txt' /tmp/copy && "
                        "mkdir /mnt/new && cp /tmp/copy '/mnt/new/Copy of it.dat' && echo short > /mnt/folder/S.TXT && "
                        "mv /mnt/folder/S.TXT /mnt/folder/renamed-file.txt && df /mnt && rmmod vfat; echo busy $?; umount /mnt && rmmod vfat",
                        get=["/tmp/copy"], qemu=floppy_args(image), timeout=180)
    assert "A file with a long name.txt" in out and "busy 1" in out
    assert result.files["/tmp/copy"][1] == long_file.read_bytes()
    back = subprocess.run(["mtype", "-i", str(image), "::new/Copy of it.dat"], check=True, capture_output=True).stdout
    assert back == long_file.read_bytes()
    assert subprocess.run(["mtype", "-i", str(image), "::folder/renamed-file.txt"], check=True, capture_output=True).stdout == b"short\n"
    check = subprocess.run(["/sbin/fsck.vfat", "-n", str(image)], capture_output=True, text=True)
    assert check.returncode == 0, check.stdout


def test_rtc(guest):
    out, _ = guest("modprobe rtc_cmos && cat /proc/driver/rtc && cat /sys/class/rtc/rtc0/date && ls -l /dev/rtc0 && grep rtc /proc/ioports /proc/interrupts && rmmod rtc_cmos && ls /dev",
                   qemu="-rtc base=2031-02-03T04:05:06")
    assert "rtc_date\t: 2031-02-03" in out and "\n2031-02-03\n" in out
    assert re.search(r"0070-0071 : rtc", out) and re.search(r"\s8:.*rtc", out)
    assert "rtc0" not in out.rsplit("rtc", 1)[-1].split("\n", 1)[-1]


def test_rtc_interrupts_and_setting(guest, program_builder):
    """Leap day reached by update interrupts, bad dates and rates refused, periodic interrupts counted."""
    out, _ = guest("modprobe rtc_cmos && /tmp/rtc", put=[program_builder(os.path.join(FIXTURES, "programs", "rtc.c"))])
    assert out.splitlines() == ["2028-02-29 00:00", "31 February refused", "100 Hz refused", "32 at 64 Hz in time"]


def test_drivers_without_their_device(guest):
    """No sound card: the driver refuses, says why, and leaves nothing."""
    out, _ = guest("cat /proc/ioports > /tmp/a; modprobe sb16; echo status $?; cat /proc/ioports > /tmp/b; cmp /tmp/a /tmp/b && echo clean; lsmod; dmesg | grep sb16")
    assert "status 1" in out and "clean" in out and "sb16:" in out
    assert not re.search(r"^sb16\s", out, re.M)


@pytest.mark.parametrize("script", ["echo from script $0 $1", "exit 4"])
def test_script_format_loads_on_demand(guest, tmp_path, script):
    path = tmp_path / "script"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    out, _ = guest("lsmod | grep -c binfmt_script; /tmp/script one; echo $?; lsmod | grep -c binfmt_script", put=[str(path)])
    assert "from script /tmp/script one\n0" in out or "\n4\n" in out
