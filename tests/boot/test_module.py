"""Modules in the guest: load, parameters, dependencies, refusals, unload, views."""
import gzip
import struct

import pytest


def lines(text):
    return [line for line in text.splitlines() if line]


def test_load_and_unload(guest):
    out, _ = guest("modprobe hello whom=student && grep '^hello ' /proc/modules && rmmod hello && ! grep '^hello ' /proc/modules "
                   "&& dmesg | grep -e 'hello, student' -e 'goodbye, student'")
    assert "hello, student" in out and "goodbye, student" in out
    name, size, references, users, state, address = lines(out)[0].split()[:6]
    assert (name, references, users, state) == ("hello", "0", "-", "Live")
    assert int(size) % 4096 == 0 and int(address, 16) >= 0xF0800000


def test_parameters(guest):
    out, _ = guest("modprobe hello count=3 marks=70,85 loud && cd /sys/module/hello/parameters && cat count marks loud whom && "
                   "echo 5 > count && cat count && ! (echo 11 > count) 2>/dev/null && cat count && ls -l")
    assert lines(out)[:6] == ["3", "70,85", "Y", "world", "5", "5"]


@pytest.mark.parametrize("options, reason", [
    ("count=11", "parameter count: '11' is invalid"),
    ("count=x", "parameter count: 'x' is invalid"),
    ("marks=1,2,3,4,5,6,7,8,9", "takes at most 8 values"),
    ("whom", "parameter whom"),
])
def test_bad_parameters(guest, options, reason):
    out, _ = guest(f"! modprobe hello {options} && ! grep '^hello ' /proc/modules && ! test -e /sys/module/hello && dmesg | tail -5")
    assert reason in out


def test_dependency(guest):
    out, _ = guest("modprobe importer && lsmod && ! rmmod exporter && ls /sys/module/exporter/holders && rmmod importer && rmmod exporter "
                   "&& dmesg | tail -8")
    assert any(line.split()[0] == "exporter" and line.split()[-1] == "importer" for line in lines(out) if line.split())
    assert "in use by: importer" in out


def test_missing_symbol(guest):
    out, _ = guest("! insmod /lib/modules/$(uname -r)/kernel/sample/importer/importer.ko && dmesg | tail -4")
    assert "module: importer: needs sample_counter_add (importer_init, .init.text+0x" in out


def test_twice(guest):
    out, _ = guest("insmod /lib/modules/$(uname -r)/kernel/sample/hello/hello.ko && "
                   "! insmod /lib/modules/$(uname -r)/kernel/sample/hello/hello.ko && lsmod | grep -c '^hello '")
    assert lines(out)[-1] == "1"


def test_busy_device(guest):
    out, _ = guest("modprobe chardev && echo text > /dev/sample_chardev && cat /dev/sample_chardev && "
                   "exec 3</dev/sample_chardev && ! rmmod chardev; exec 3<&-; rmmod chardev && ! test -e /dev/sample_chardev && dmesg | tail -5")
    assert lines(out)[0] == "text"
    assert "not unloaded: in use by:" in out


def test_sys_module(guest):
    out, _ = guest("modprobe hello && cd /sys/module/hello && cat initstate refcnt version taint coresize initsize && ls && ls -a sections && "
                   "cat sections/.text && ls -a notes")
    words = out.split()
    assert words[:3] == ["live", "0", "1.0"]
    for name in ("coresize", "holders", "initstate", "notes", "parameters", "refcnt", "sections", ".text", ".note.gnu.build-id"):
        assert name in words


def test_kallsyms(guest):
    out, _ = guest("modprobe exporter && grep -e 'sample_counter_add' -e ' printk$' /proc/kallsyms")
    kernel = [line for line in lines(out) if line.endswith(" printk")]
    module = [line for line in lines(out) if line.endswith("[exporter]")]
    assert int(kernel[0].split()[0], 16) >= 0xC0100000
    assert int(module[0].split()[0], 16) >= 0xF0800000


FAILING = """
#include <linux/module.h>
#include <linux/slab.h>
static void *kept;
static int __init failing_init(void) { kept = kmalloc(100, GFP_KERNEL); return -EIO; }
module_init(failing_init);
static void __exit failing_exit(void) { }
module_exit(failing_exit);
MODULE_LICENSE("GPL");
"""


def test_failed_init(guest, module_builder):
    ko = module_builder("failing", FAILING)
    out, _ = guest("! insmod /tmp/failing.ko && ! grep failing /proc/modules && ! test -e /sys/module/failing && dmesg | tail -6", put=[ko])
    assert "module: failing: refused: init returned -5 (-EIO)" in out


def damage(path, target, change):
    with open(path, "rb") as f:
        data = bytearray(f.read())
    change(data)
    with open(target, "wb") as f:
        f.write(data)
    return str(target)


def test_damaged(guest, build, tmp_path):
    source = f"{build}/root/lib/modules/5.10.0-rakit/kernel/sample/hello/hello.ko"
    sections = struct.unpack_from("<I", open(source, "rb").read(), 32)[0]

    def machine(data):
        data[18] = 62

    def executable(data):
        data[16] = 2

    def truncated(data):
        del data[len(data) // 2:]

    def flags(data):
        struct.pack_into("<I", data, sections + 40 + 8, 7)

    puts = [damage(source, tmp_path / f"{change.__name__}.ko", change) for change in (machine, executable, truncated, flags)]
    out, _ = guest("for m in machine executable truncated flags; do insmod /tmp/$m.ko && exit 9; done; grep hello /proc/modules; dmesg | tail -8",
                   put=puts)
    for reason in ("another machine", "not a relocatable file", "truncated", "writable and executable"):
        assert reason in out


def test_cycles(guest):
    """Nothing is left behind after many cycles."""
    out, _ = guest("modprobe importer; modprobe -r importer; cat /proc/modules; "
                   "a=$(grep -c . /proc/kallsyms); i=0; while [ $i -lt 100 ]; do modprobe importer && modprobe -r importer || exit 1; i=$((i+1)); done; "
                   "b=$(grep -c . /proc/kallsyms); echo $a $b", timeout=120)
    a, b = lines(out)[-1].split()
    assert a == b


def test_blacklist(guest):
    out, _ = guest("! insmod /lib/modules/$(uname -r)/kernel/sample/hello/hello.ko && dmesg | tail -2", append="module_blacklist=x,hello")
    assert "module_blacklist" in out


def test_kernel_command_line(guest):
    out, _ = guest("modprobe hello && cat /sys/module/hello/parameters/whom", append="hello.whom=cmdline")
    assert lines(out)[0] == "cmdline"


def test_gzip(guest, build, tmp_path):
    with open(f"{build}/root/lib/modules/5.10.0-rakit/kernel/sample/hello/hello.ko", "rb") as f:
        packed = bytearray(gzip.compress(f.read()))
    (tmp_path / "good.ko.gz").write_bytes(packed)
    packed[len(packed) // 2] ^= 0x55
    (tmp_path / "bad.ko.gz").write_bytes(packed)
    out, _ = guest("insmod /tmp/good.ko.gz && rmmod hello && ! insmod /tmp/bad.ko.gz && dmesg | tail -1",
                   put=[str(tmp_path / "good.ko.gz"), str(tmp_path / "bad.ko.gz")])
    assert "refused: gzip:" in out
