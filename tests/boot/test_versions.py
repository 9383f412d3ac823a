"""Symbol versions: a module built with other types is refused, the symbol named, the change told; force; vermagic."""
import gzip
import os
import struct
import subprocess

import pytest

from conftest import TOP

PROVIDER = """
#include <linux/module.h>
struct shape {{ int kind; {member} width; struct shape *next; }};
int shape_area(const struct shape *shape);
int shape_area(const struct shape *shape) {{ return shape->width; }}
EXPORT_SYMBOL(shape_area);
int shape_count(void);
int shape_count(void) {{ return 1; }}
EXPORT_SYMBOL_NS(shape_count, SHAPES);
MODULE_LICENSE("GPL");
"""
USER = """
#include <linux/module.h>
struct shape;
int shape_area(const struct shape *shape);
int shape_count(void);
static int __init user_init(void) {{ printk(KERN_INFO "user %p %p\\n", shape_area, {use}); return 0; }}
static void __exit user_exit(void) {{ }}
module_init(user_init);
module_exit(user_exit);
MODULE_LICENSE("GPL");
{extra}
"""


def symvers(ko):
    return os.path.join(os.path.dirname(ko), "Module.symvers")


def crc_of(path, name):
    return [line.split("\t")[0] for line in open(path) if line.split("\t")[1] == name][0]


@pytest.fixture(scope="module")
def shapes(module_builder):
    """A provider, the same with another member type, and a user built against the first."""
    old = module_builder("shapes", PROVIDER.format(member="int"))
    new = module_builder("shapes", PROVIDER.format(member="long long"))
    user = module_builder("user", USER.format(use="0", extra=""), symvers=[symvers(old)])
    return old, new, user


def change_versions(source, target, folder, vermagic=None, crc=None, types=None, drop=()):
    """A copy of a module with another vermagic, another CRC of printk, other stored types, or without sections."""
    subprocess.run(["strip", "--strip-debug", "-o", target, source], check=True)
    command = ["objcopy"]
    for section in drop:
        command += ["--remove-section", section]
    for section, change in ((".modinfo", vermagic), ("__versions", crc), (".symtypes", types)):
        if change:
            part = folder / "part"
            subprocess.run(["objcopy", "-O", "binary", "--only-section", section, "--set-section-flags", f"{section}=alloc", source, str(part)],
                           check=True)
            part.write_bytes(change(part.read_bytes()))
            command += ["--update-section", f"{section}={part}"]
            subprocess.run(command + [target], check=True)
            command = ["objcopy"]
    subprocess.run(command + [target], check=True)
    return str(target)


def other_printk(data):
    entries = [data[i:i + 64] for i in range(0, len(data), 64)]
    return b"".join(struct.pack("<I", 0x12345678) + e[4:] if e[4:].startswith(b"printk\0") else e for e in entries)


def test_crcs_follow_the_types(build, shapes):
    """A changed member changes the CRC of what reaches it, and of nothing else."""
    old, new, _ = shapes
    assert crc_of(symvers(old), "shape_area") != crc_of(symvers(new), "shape_area")
    assert crc_of(symvers(old), "shape_count") == crc_of(symvers(new), "shape_count")
    assert all(int(line.split("\t")[0], 16) for line in open(f"{build}/Module.symvers"))


def test_same_crcs_from_both_compilers(build, tmp_path):
    """gcc and clang describe the same types."""
    source = tmp_path / "x.c"
    source.write_text(open(f"{TOP}/modules/sample/exporter/exporter.c").read() + """
struct inner { unsigned long long big; unsigned int flag : 3; unsigned int rest : 29; char text[8]; };
typedef struct { long value; } counter_t;
enum color { RED, GREEN = 5 };
struct outer { struct inner in[2]; const char *name; counter_t *count; union { short s; unsigned char c; }; enum color color;
               int (*call)(struct outer *, unsigned long, ...); struct list_head list; bool on; u8 *bytes; void (*const ops[3])(void); };
struct outer *outer_get(const struct outer *from, size_t size, counter_t count);
struct outer *outer_get(const struct outer *from, size_t size, counter_t count) { return NULL; }
EXPORT_SYMBOL(outer_get);
""")
    includes = ["-I", "kernel/include", "-I", "kernel/include/uapi", "-include", f"{build}/include/generated/autoconf.h"]
    flags = ["-std=gnu11", "-O2", "-g", "-ffreestanding", "-nostdinc", "-mregparm=3", "-fno-pic", "-D__KERNEL__", "-DMODULE", '-DKBUILD_MODNAME="x"']
    tables = []
    for compiler in (["gcc", "-m32"], ["clang", "--target=i686-linux-gnu"]):
        header = subprocess.run([compiler[0], "-print-file-name=include"], capture_output=True, text=True).stdout.strip()
        subprocess.run([*compiler, *flags, *includes, "-isystem", header, "-c", str(source), "-o", str(tmp_path / "x.o")], cwd=TOP, check=True)
        subprocess.run(["tools/build/symtypes.py", str(tmp_path / "types"), str(tmp_path / "x.o")], cwd=TOP, check=True)
        tables.append((tmp_path / "types").read_text())
        (tmp_path / "types").unlink()
    assert "outer_get" in tables[0] and tables[0] == tables[1]


def test_mismatch(guest, shapes, tmp_path):
    old, new, user = shapes
    def other_types(packed):
        return gzip.compress(gzip.decompress(packed).replace(b"int (const char *, ...)", b"long (const char *)"), mtime=0)
    def other_magic(data):
        return data.replace(b"preempt", b"PREEMPT")
    puts = [(old, "/tmp/old.ko"), (new, "/tmp/new.ko"), (user, "/tmp/user.ko")]
    puts += [(change_versions(user, str(tmp_path / f"{name}.ko"), tmp_path, **change), f"/tmp/{name}.ko") for name, change in {
        "printk": dict(crc=other_printk, types=other_types), "magic": dict(vermagic=other_magic),
        "none": dict(drop=["__versions"])}.items()]
    out, _ = guest("""cd /tmp
        insmod old.ko && insmod user.ko && echo fits && rmmod user && rmmod shapes && insmod new.ko
        insmod user.ko 2>&1; echo MODVERSIONS; modversions user.ko new.ko; echo status $?; modversions user.ko old.ko; echo status $?
        insmod printk.ko 2>&1; modversions printk.ko; insmod magic.ko 2>&1; insmod none.ko 2>&1; cat /proc/sys/kernel/tainted
        echo FORCE; insmod -f user.ko; cat /sys/module/user/taint; grep '^user' /proc/modules; rmmod user
        insmod -f magic.ko && rmmod user; insmod -f none.ko && rmmod user; cat /proc/sys/kernel/tainted; modversions /lib/modules/*/kernel/sample/hello/hello.ko; echo status $?
        """, put=puts)
    before, after = out.split("FORCE\n")
    assert before.startswith("fits\n")
    assert f"user: disagrees about version of symbol shape_area: {crc_of(symvers(old), 'shape_area')} in the file, {crc_of(symvers(new), 'shape_area')} in shapes" in before
    assert "refused: 1 of its symbols have other types here" in before
    told = before.split("MODVERSIONS\n")[1]
    assert "struct shape: 12 bytes in the file, 16 here" in told and "- 4 int width\n" in told and "+ 4 long long width\n" in told and "status 1\nstatus 0\n" in told
    assert "disagrees about version of symbol printk: 0x12345678 in the file" in told and "- long (const char *)\n  + int (const char *, ...)" in told
    assert "version magic '5.10.0-rakit PREEMPT" in told and "says of no symbol which version" in told
    assert after.startswith("FOE\nuser ") and "status 0" in after
    assert int(after.split("\n")[2]) & 2


def test_modpost_refuses(build, shapes, tmp_path):
    """What is exported by nobody, or in a namespace that is not imported, is an error; KBUILD_MODPOST_WARN=1 makes it a warning."""
    def make(source, *arguments):
        (tmp_path / "user.c").write_text(source)
        (tmp_path / "Makefile").write_text("obj-m := user.o\n")
        done = subprocess.run(["make", "-C", TOP, f"M={tmp_path}", f"O={build}", f"KBUILD_EXTRA_SYMBOLS={symvers(shapes[0])}", *arguments, "modules"],
                              capture_output=True, text=True)
        return done.returncode, done.stderr
    status, said = make(USER.format(use="nobody_has_this()", extra="int nobody_has_this(void);").replace("static int __init", "int nobody_has_this(void);\nstatic int __init"))
    assert status and "error: user.ko: nobody_has_this is exported by nobody" in said
    status, said = make(USER.format(use="shape_count", extra=""))
    assert status and "uses shape_count of namespace SHAPES; add MODULE_IMPORT_NS(SHAPES)" in said
    status, said = make(USER.format(use="shape_count", extra="/* again */"), "KBUILD_MODPOST_WARN=1")
    assert not status and "warning: user.ko: uses shape_count" in said
    status, said = make(USER.format(use="shape_count", extra="MODULE_IMPORT_NS(SHAPES);"))
    assert not status and "SHAPES" not in said


def test_namespace(guest, module_builder, build, shapes):
    folder = os.path.dirname(module_builder("plain", "#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\n"))
    with open(f"{folder}/plain.c", "w") as f:
        f.write(USER.format(use="shape_count", extra=""))
    subprocess.run(["make", "-C", TOP, f"M={folder}", f"O={build}", f"KBUILD_EXTRA_SYMBOLS={symvers(shapes[0])}", "KBUILD_MODPOST_WARN=1", "modules"],
                   check=True, capture_output=True)
    importing = module_builder("importing", USER.format(use="shape_count", extra="MODULE_IMPORT_NS(SHAPES);"), symvers=[symvers(shapes[0])])
    out, _ = guest("insmod /tmp/shapes.ko; insmod /tmp/plain.ko 2>&1; insmod /tmp/importing.ko && echo imported", put=[shapes[0], f"{folder}/plain.ko", importing])
    assert "namespace SHAPES, which it does not import" in out and out.rstrip().endswith("imported")


def test_vermagic_covers_the_configuration(tmp_path):
    """Another value of any option is another kernel to modules; the same configuration is the same."""
    hashes = []
    for number, config in enumerate(("", "", "CONFIG_HZ=250\n", "# CONFIG_DEBUG_SLAB is not set\n")):
        (tmp_path / "config").write_text(config)
        subprocess.run(["tools/build/genconfig.py", str(tmp_path / "config"), str(tmp_path / str(number))], cwd=TOP, check=True, capture_output=True)
        header = (tmp_path / str(number) / "autoconf.h").read_text()
        hashes.append([line for line in header.splitlines() if "CONFIG_HASH" in line][0])
    assert hashes[0] == hashes[1] and len(set(hashes)) == 3


def test_srcversion(module_builder):
    """Of the sources: the same for the same text, another for another."""
    def version(ko):
        return subprocess.run(["/sbin/modinfo", "-F", "srcversion", ko], capture_output=True, text=True).stdout.strip()
    one, same, other = (version(module_builder("src", USER.format(use="0", extra=extra).replace("shape_area,", "0,"))) for extra in ("", "", "/* x */"))
    assert len(one) == 24 and one == same != other
