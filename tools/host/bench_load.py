"""`rakit bench-load`: guest instructions of loading and unloading modules, and of one symbol lookup among few and many exports."""
import os
import subprocess
import tempfile

from . import vm

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))

HEAD = '#include <linux/module.h>\nMODULE_LICENSE("GPL");\n'
ENDS = "static int __init start(void) { return 0; }\nmodule_init(start);\nstatic void __exit end(void) { }\nmodule_exit(end);\n"

# Exports without C: names in one section, entries in another. gas counts.
EXPORTS = r"""
asm(".altmacro\n"
    ".macro EXPORT_ONE n\n"
    ".section __ksymtab_strings,\"a\"\n"
    "1: .asciz \"%(prefix)s_\\n\"\n"
    ".section ___ksymtab+%(prefix)s,\"a\"\n"
    ".balign 4\n"
    "%(label)s.long %(prefix)s_anything, 1b, 0\n"
    ".endm\n"
    ".data\n"
    "%(prefix)s_anything: .long 0\n"
    ".set i, 0\n"
    ".rept %(count)d\n"
    "EXPORT_ONE %%i\n"
    ".set i, i + 1\n"
    ".endr\n"
    ".text\n");
"""


def _exports(prefix, count, label=False):
    return EXPORTS % {"prefix": prefix, "count": count, "label": f"__ksymtab_{prefix}_\\\\n: " if label else ""}


def _undefined(prefix, count):
    return "".join(f"extern int {prefix}_{i};\nint *p{i} = &{prefix}_{i};\n" for i in range(count))


def _repeat(count, what, section):
    return f'void *volatile keep = printk;\nasm("{section}\\n.rept {count}\\n{what}\\n.endr\\n.text\\n");\n'


# name: source between head and ends
MODULES = {
    "empty": "",
    "relocs_1000": _repeat(1000, ".long printk", ".data"),
    "relocs_10000": _repeat(10000, ".long printk", ".data"),
    "relocs_65536": _repeat(65536, ".long printk", ".data"),
    "calls_65536": _repeat(65536, "call printk", ".text"),
    "mixed_10000": _repeat(2500, ".long printk, kfree, keep, memcpy", ".data") + "#include <linux/slab.h>\n"
                   "void *volatile more[] = { kfree, memcpy };\n",
    "text_1m": _repeat(1048576, "nop", ".text"),
    "exports_2048": _exports("exported", 2048, True),
    "undefined_2048": _undefined("exported", 2048),
    "few": _exports("few", 100, True),
    "lookups": _undefined("few", 100),
    "many_10k": _exports("many_10k", 9900),
    **{f"many_{i}": _exports(f"many_{i}", 9000) for i in range(6)},
    "many_rest": _exports("many_rest", 1000),
}

# (what is printed, module, modules loaded before)
LOADS = [
    ("empty module", "empty"), ("1,000 relocations", "relocs_1000"), ("10,000 relocations", "relocs_10000"),
    ("65,536 relocations", "relocs_65536"), ("65,536 calls", "calls_65536"), ("10,000 relocations, each to another symbol", "mixed_10000"),
    ("1 MiB of text", "text_1m"), ("2,048 undefined symbols", "undefined_2048"),
]

SCRIPT = """
cd /tmp
for m in empty relocs_1000 relocs_10000 relocs_65536 calls_65536 mixed_10000 text_1m; do ./loadbench $m.ko $m 6 || exit 1; done
insmod exports_2048.ko && ./loadbench undefined_2048.ko undefined_2048 6 && rmmod exports_2048 || exit 1
insmod few.ko && ./loadbench lookups.ko lookups 6 && insmod many_10k.ko && ./loadbench lookups.ko lookups 6 || exit 1
for m in many_0 many_1 many_2 many_3 many_4 many_5 many_rest; do insmod $m.ko || exit 1; done
./loadbench lookups.ko lookups 6
"""


def _build_modules(build, folder):
    for name, body in MODULES.items():
        with open(os.path.join(folder, f"{name}.c"), "w") as f:
            f.write(HEAD + body + ENDS)
    with open(os.path.join(folder, "Makefile"), "w") as f:
        f.write("obj-m := " + " ".join(f"{name}.o" for name in MODULES) + "\n")
    subprocess.run(["make", "-j2", "-C", TOP, f"M={folder}", f"O={build}", "modules"], check=True, capture_output=True, timeout=300)
    for name in MODULES:
        path = os.path.join(folder, f"{name}.ko")
        subprocess.run(["strip", "--strip-debug", path], check=True)
        subprocess.run([os.path.join(build, "host", "modpost"), "-c", path], check=True)


def _build_program(build, folder):
    """The guest program, with the tree's C library."""
    flags = ["-std=gnu11", "-m32", "-march=i686", "-Os", "-ffreestanding", "-fno-pic", "-fno-pie", "-fcf-protection=none",
             "-fno-stack-protector", "-mno-sse", "-mno-mmx", "-nostdinc"]
    include = subprocess.run(["gcc", "-print-file-name=include"], check=True, capture_output=True, text=True).stdout.strip()
    program = os.path.join(folder, "loadbench")
    subprocess.run(["gcc", *flags, "-isystem", include, "-I", os.path.join(TOP, "libc", "include"), "-I",
                    os.path.join(TOP, "kernel", "include", "uapi"), "-c", os.path.join(HERE, "loadbench.c"), "-o", program + ".o"], check=True)
    subprocess.run(["ld", "-m", "elf_i386", "-static", "--no-warn-rwx-segments", "-Ttext-segment=0x08048000", "-o", program,
                    os.path.join(build, "user", "libc", "crt0.asm.o"), program + ".o", os.path.join(build, "libc", "libc.a")], check=True)
    return program


def measure(build):
    """{module: (load, unload)} in guest instructions; lookups: a list of load counts among 100, 10,000 and 65,000 exports."""
    with tempfile.TemporaryDirectory(prefix="rakit-") as folder:
        _build_modules(build, folder)
        puts = [(_build_program(build, folder), "/tmp/loadbench")]
        puts += [(os.path.join(folder, f"{name}.ko"), f"/tmp/{name}.ko") for name in MODULES]
        result = vm.run(vm.Machine(build=build, icount=True, memory=256, timeout=240, append="loglevel=1"), SCRIPT, puts, [])
    output = result.output.decode("utf-8", "replace")
    if result.kind != vm.DONE or result.status:
        raise RuntimeError(f"{result.kind} {result.status} {result.detail}: {output[-2000:]}")
    counts = {"lookups": []}
    for line in output.splitlines():
        name, load, unload = line.split()
        if name == "lookups":
            counts[name].append(int(load))
        else:
            counts[name] = (int(load), int(unload))
    return counts


def bench_load(build):
    """Print a row per module; returns 0."""
    counts = measure(build)
    print(f"{'guest instructions':<45}{'load':>12}{'unload':>10}")
    for text, name in LOADS:
        load, unload = counts[name]
        print(f"{text:<45}{load:>12,}{unload:>10,}")
    for exports, load in zip(("100", "10,000", "65,000"), counts["lookups"]):
        print(f"{'100 symbols looked up among ' + exports + ' exports':<45}{load:>12,}")
    return 0
