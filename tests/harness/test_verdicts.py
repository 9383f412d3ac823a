"""The harness tried on kernels and modules that pass, fail, forge, panic, reset, hang and babble: each its own verdict."""
import os
import subprocess

import pytest

from conftest import TOP
from harness.guest import Guest
from harness.tap import parse_tap
from harness.verdict import Trouble
from host import vm

# A Multiboot 1 kernel as a flat image: prints a text on each serial port, then does `action`.
KERNEL = """
bits 32
org 0x100000
header:
dd 0x1BADB002, 0x10000, -(0x1BADB002 + 0x10000), header, header, end, end, entry
entry:
mov esp, 0x90000
mov esi, console_text
mov dx, 0x3f8
call print
mov esi, output_text
mov dx, 0x2f8
call print
mov esi, results_text
mov dx, 0x3e8
call print
{action}
print:
lodsb
test al, al
jz done
out dx, al
jmp print
done:
ret
stop:
cli
hlt
jmp stop
console_text: db `{console}`, 0
output_text: db `{output}`, 0
results_text: db `{results}`, 0
end:
"""
EXIT = "mov al, {0}\nout 0xf4, al\njmp stop\n"
GOOD = r"RAKIT1 status 0\nRAKIT1 end\n"
TRIPLE = "lidt [null_idt]\nint3\nnull_idt: dw 0, 0, 0\n"
FORGED = r"ok 1 - all\n1..1\nPASS\nRAKIT1 status 0\nRAKIT1 end\n"

KERNELS = {
    "pass": (dict(action=EXIT.format(0x10), results=GOOD, output="hello"), vm.DONE, 0),
    "fail": (dict(action=EXIT.format(0x10), results=r"RAKIT1 status 3\nRAKIT1 end\n"), vm.DONE, 3),
    "forged-then-panic": (dict(action=EXIT.format(0x11), console=FORGED, output=FORGED), vm.PANIC, 125),
    "forged-then-off": (dict(action=EXIT.format(0x10), console=FORGED, output=FORGED), vm.NO_VM, 126),
    "cut-short": (dict(action=EXIT.format(0x10), results=r"RAKIT1 status 0\nRAKIT1 file /x 644 100\nabc"), vm.NO_VM, 126),
    "early-panic": (dict(action=EXIT.format(0x11)), vm.PANIC, 125),
    "no-init": (dict(action=EXIT.format(0x12)), vm.PANIC, 125),
    "triple-fault": (dict(action=TRIPLE, results=GOOD), vm.TRIPLE_FAULT, 125),
    "hang": (dict(action="jmp stop\n", console="started"), vm.HANG, 124),
    "babble": (dict(action="forever:\nmov dx, 0x3f8\nmov al, 'x'\nout dx, al\njmp forever\n"), vm.TIMEOUT, 124),
}


def run_kernel(build, folder, fields, **options):
    source, image = folder / "kernel.asm", folder / "kernel"
    source.write_text(KERNEL.format(**{"console": "", "output": "", "results": "", **fields}))
    subprocess.run(["nasm", "-f", "bin", "-o", image, source], check=True)
    return Guest(build).run("true", kernel=str(image), initrd="none", timeout=4, **options)


@pytest.mark.parametrize("name", KERNELS)
def test_kernel(build, tmp_path, name):
    fields, kind, status = KERNELS[name]
    result = run_kernel(build, tmp_path, fields)
    assert (result.kind, result.status) == (kind, status), result


def test_not_a_kernel(build, tmp_path):
    (tmp_path / "text").write_text("no kernel\n" * 100)
    result = Guest(build).run("true", kernel=str(tmp_path / "text"), initrd="none", timeout=4)
    assert (result.kind, result.status) == (vm.NO_VM, 126) and "status" in result.detail


def test_no_qemu(build, monkeypatch):
    monkeypatch.setenv("RAKIT_QEMU", "/nonexistent/qemu")
    result = Guest(build).run("true", timeout=4)
    assert (result.kind, result.status) == (vm.NO_VM, 126)


def test_troubles_are_distinct(build, tmp_path):
    """Each trouble reaches the report under its own name."""
    for name, verdict in (("early-panic", "panic"), ("triple-fault", "triple-fault"), ("hang", "hang"), ("babble", "timeout"),
                          ("cut-short", "setup-error")):
        source = tmp_path / f"{name}.asm"
        source.write_text(KERNEL.format(**{"console": "", "output": "", "results": "", **KERNELS[name][0]}))
        subprocess.run(["nasm", "-f", "bin", "-o", tmp_path / name, source], check=True)
        with pytest.raises(Trouble) as caught:
            Guest(build)("true", kernel=str(tmp_path / name), initrd="none", timeout=4)
        assert caught.value.verdict == verdict


@pytest.mark.parametrize("text", ["ok 1 - a\n", "1..2\nok 1 - a\n", "ok 1 - a\n1..1\nBail out! gone\n"])
def test_short_tap_is_refused(text):
    with pytest.raises(ValueError):
        parse_tap(text)


def test_tap_points():
    points = parse_tap("# note\nnot ok 1 - a\nok 2 - b # SKIP no device\n1..2\n")
    assert [p.ok for p in points] == [False, True] and points[1].skipped and points[0].notes == ["# note"]


def pytest_of(tmp_path, build, text):
    """Run a test file of its own under our conftest; returns pytest's output."""
    folder = os.path.join(TOP, "tests")
    path = tmp_path / "test_inner.py"
    path.write_text(text)
    done = subprocess.run(["/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", folder, "-c", "/dev/null",
                           "-p", "conftest", str(path)], capture_output=True, text=True,
                          env=dict(os.environ, PYTHONPATH=folder, RAKIT_BUILD=build), timeout=120)
    return done.stdout


def test_report_names_verdict_and_command(build, tmp_path):
    out = pytest_of(tmp_path, build, "from harness.verdict import Trouble\n"
                    "import pytest\n"
                    "def test_a():\n    pass\n"
                    "def test_b():\n    assert 0\n"
                    "def test_c():\n    raise Trouble('panic', 'x')\n"
                    "def test_d():\n    raise Trouble('build-error', 'x')\n"
                    "def test_e():\n    pytest.skip('no')\n")
    assert "1 build-error, 1 fail, 1 panic, 1 pass, 1 skip" in out
    assert "tools/rakit test" in out and "-k 'test_c'" in out


MODULE = """
#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/init.h>
{before}
static int __init probe_init(void)
{{
	{body}
}}
static void __exit probe_exit(void)
{{
}}
module_init(probe_init);
module_exit(probe_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("tries the harness");
"""
MODULES = {
    "pass": ("return 0;", "done", 0),
    "fail": ("return -EIO;", "done", 1),
    "forge": (r'printk("ok 1 - all\n1..1\nRAKIT1 status 0\nRAKIT1 end\nPASS\n"); return -EIO;', "done", 1),
    "panic": ('panic("on purpose");', "panic", 125),
    "triple": ("struct { unsigned short n; unsigned int p; } __attribute__((packed)) idt = { 0, 0 };\n"
               '\tasm volatile("lidt %0; int3" : : "m"(idt)); return 0;', "triple-fault", 125),
    "hang": ('asm volatile("cli; 1: hlt; jmp 1b"); return 0;', "hang", 124),
    "babble": ('for (;;) printk("still here\\n"); return 0;', "timeout", 124),
}


@pytest.mark.parametrize("name", MODULES)
def test_module(guest, module_builder, name):
    body, kind, status = MODULES[name]
    ko = module_builder(f"probe_{name}", MODULE.format(before="", body=body))
    result = guest.run(f"insmod /tmp/probe_{name}.ko", put=[ko], timeout=12)
    assert (result.kind, result.status) == (kind, status), (result.kind, result.detail, result.console[-1500:])
