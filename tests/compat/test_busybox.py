"""A real static i386 busybox on our kernel, our module files and our indexes; and our modprobe on busybox's."""
import pytest
from conftest import BUILD
from harness.debian import i386_file

SCRIPT = """
exec 2>&1; B=/tmp/busybox; K=/lib/modules/$(uname -r)/kernel
say() { lsmod | sed 1d | cut -d' ' -f1 | tr '\\n' ' '; echo "= $1"; }
$B insmod $K/sample/hello/hello.ko count=2; say $?; $B lsmod | sed 1d; $B rmmod hello; say $?
$B modprobe rtc_cmos; say $?; $B modprobe -r rtc_cmos; say $?
$B modprobe fs-vfat; say $?; $B modprobe -r vfat; say $?
$B modprobe -D importer
$B modinfo importer | grep -E '^(filename|depends|license)'
cp $K/../modules.dep /tmp/ours; $B depmod; sort /tmp/ours > /tmp/a; sort $K/../modules.dep > /tmp/b; cmp /tmp/a /tmp/b; echo "depmod $?"
modprobe importer; say $?; $B rmmod importer exporter; say $?
$B modprobe nosuch; echo $?; $B rmmod nosuch; echo $?
"""


def test_module_applets(guest):
    busybox = i386_file(BUILD, "busybox-static", "bin/busybox")
    if not busybox:
        pytest.skip("set-up: the Debian package busybox-static:i386 cannot be downloaded")
    out, _ = guest(SCRIPT, put=[busybox])
    kernel = "/lib/modules/5.10.0-rakit/kernel"
    lines = [line.rstrip() for line in out.splitlines()]
    assert lines[0] == "hello = 0" and lines[1].split()[0] == "hello" and lines[2] == "= 0", out
    assert lines[3:7] == ["rtc_cmos rtc_core = 0", "= 0", "vfat = 0", "= 0"], out
    assert lines[7:9] == [f"insmod {kernel}/sample/exporter/exporter.ko", f"insmod {kernel}/sample/importer/importer.ko"], out
    assert lines[9].startswith("filename:") and {line.split(":")[0] for line in lines[9:12]} == {"filename", "license", "depends"}, out
    assert lines[12:15] == ["depmod 0", "importer exporter = 0", "= 0"], out
    assert lines[15:] == ["modprobe: module nosuch not found in modules.dep", "1", "rmmod: can't unload module 'nosuch': No such file or directory", "1"], out
