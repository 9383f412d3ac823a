"""make modcheck: the tree's modules are clean; each kind of bad module gives its finding, one line each, and status 1."""
import os
import re
import subprocess

import pytest

from conftest import BUILD, TOP

SOURCE = """
#include <linux/module.h>
{code}
static int __init bad_init(void) {{ {use} return 0; }}
static void __exit bad_exit(void) {{ }}
module_init(bad_init);
module_exit(bad_exit);
{info}
"""
GOOD = 'MODULE_LICENSE("GPL"); MODULE_DESCRIPTION("for modcheck");'


def modcheck(*files):
    """(exit status, findings) of the program on these files, the tree's modules as providers."""
    providers = [os.path.join(folder, f) for folder, _, names in os.walk(f"{BUILD}/install/modules") for f in names if f.endswith(".ko")]
    command = [f"{BUILD}/host/modcheck", "-k", f"{BUILD}/rakit.elf"]
    for provider in providers:
        command += ["-p", provider]
    done = subprocess.run(command + [str(f) for f in files], capture_output=True, text=True)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()


def make(*arguments):
    """make modcheck with the compiler and flags of the build, so that nothing is built again."""
    flags = open(f"{BUILD}/.flags").read().split()
    return subprocess.run(["make", "-s", f"O={BUILD}", f"CC={flags[0]}", f"WERROR={int('-Werror' in flags)}", "modcheck", *arguments],
                          cwd=TOP, capture_output=True, text=True)


def bare(source, target, *changes):
    """A copy without debug data, checksum and signature, with bytes changed."""
    subprocess.run(["strip", "--strip-debug", "-o", target, source], check=True)
    data = bytearray(open(target, "rb").read())
    for change in changes:
        change(data)
    open(target, "wb").write(data)
    return target


def replace(old, new):
    def change(data):
        assert data.count(old) and len(old) == len(new)
        data[:] = data.replace(old, new)
    return change


def test_the_tree_is_clean():
    done = make()
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


@pytest.fixture(scope="module")
def modules(module_builder):
    def build(name, code="", use="", info=GOOD, symvers=()):
        return module_builder(name, SOURCE.format(code=code, use=use, info=info), symvers=symvers)
    return build


def test_files_from_the_command_line(modules):
    good = modules("good", use='printk(KERN_INFO "x\\n");')
    done = make(f"MODCHECK_FILES={good}")
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    done = subprocess.run([f"{BUILD}/host/modcheck"], capture_output=True, text=True)
    assert done.returncode == 2 and "usage" in done.stderr


def test_findings(modules, tmp_path):
    good = modules("good", code="int sample_counter_add(int);", use='printk(KERN_INFO "x %d\\n", sample_counter_add(1));')
    flags = bytes([6, 0, 0, 0])  # alloc, exec: with write it is both

    def writable_code(data):
        sections, = __import__("struct").unpack_from("<I", data, 32)
        at = next(sections + 40 * i + 8 for i in range(1, 30) if data[sections + 40 * i + 8:sections + 40 * i + 12] == flags)
        data[at] = 7

    cases = {
        "undefined": (modules("undefined", code="void nowhere_at_all(void);", use="nowhere_at_all();"),
                      r"undefined: nowhere_at_all, used by \w+ \(\.init\.text\+0x\w+\), is exported by nobody"),
        "namespace": (modules("namespace", code="int sample_namespaced(void); int sample_namespaced(void) { return 0; }\n"
                              "EXPORT_SYMBOL_NS(sample_namespaced, SAMPLE);"), None),
        "duplicate": (modules("duplicate", code="int sample_counter_add(int); int sample_counter_add(int n) { return n; }\n"
                              "EXPORT_SYMBOL(sample_counter_add);"), r"duplicate: exports sample_counter_add, which exporter exports already"),
        "nothing": (modules("nothing", info=""), r"metadata: no MODULE_LICENSE\(\)\n.*metadata: no MODULE_DESCRIPTION\(\)"),
        "wx": (bare(good, f"{tmp_path}/wx.ko", writable_code), r"malformed: .*writable and executable"),
        "vermagic": (bare(good, f"{tmp_path}/vermagic.ko", replace(b"preempt mod", b"PREEMPT mod")), r"metadata: version magic '.*PREEMPT"),
        "licence": (bare(modules("licence", code="#include <linux/kallsyms.h>", use='printk(KERN_INFO "%p\\n", __module_address(1));'),
                         f"{tmp_path}/licence.ko", replace(b"license=GPL\0", b"license=XXX\0")),
                    r"licence: uses __module_address, which is for GPL-compatible modules only; its licence is XXX"),
        "cut": (bare(good, f"{tmp_path}/cut.ko", lambda data: data.__delitem__(slice(len(data) // 2, None))), r"malformed: "),
    }

    def other_crc(data):
        at = data.index(b"printk\0") - 4
        data[at:at + 4] = b"\x78\x56\x34\x12"
    cases["crc"] = (bare(good, f"{tmp_path}/crc.ko", other_crc), r"crc: printk: 0x12345678 in the file, 0x\w{8} in the kernel")
    for name, (path, pattern) in cases.items():
        status, lines = modcheck(path)
        assert (status == 1) == (pattern is not None), (name, lines)
        assert all(line.startswith(f"{path}: ") for line in lines)
        assert pattern is None or re.search(pattern, "\n".join(lines)), (name, lines)
    status, lines = modcheck(good)
    assert (status, lines) == (0, [])


def test_cycle_and_namespace(modules):
    a = modules("cycle_a", code="int b_value(void); int a_value(void); int a_value(void) { return b_value(); }\nEXPORT_SYMBOL(a_value);")
    b = modules("cycle_b", code="int a_value(void); int b_value(void); int b_value(void) { return a_value(); }\nEXPORT_SYMBOL_NS(b_value, LOOP);")
    status, lines = modcheck(a, b)
    assert status == 1
    assert any(re.search(r": cycle: cycle_(a -> cycle_b -> cycle_a|b -> cycle_a -> cycle_b)$", line) for line in lines), lines
    assert any(line.endswith("cycle_a.ko: namespace: uses b_value of namespace LOOP without MODULE_IMPORT_NS(LOOP)") for line in lines), lines
