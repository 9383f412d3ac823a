"""Modules in the guest: load, parameters, dependencies, refusals, unload, views."""
import gzip
import struct

import pytest

from harness.verdict import Trouble


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
    ("count=11", "parameter count: '11' is invalid (-EINVAL); how often, 1 to 10"),
    ("count=x", "parameter count: 'x' is invalid (-EINVAL); how often, 1 to 10"),
    ("marks=1,2,3,4,5,6,7,8,9", "takes at most 8 values"),
    ("marks=1,x", "it takes up to 8 values, each a number from -2147483648 to 2147483647: up to eight marks, separated by commas"),
    ("whom", "parameter whom has no value; it takes a text of up to 1024 characters: who is greeted"),
    ("loud=perhaps", "parameter loud: 'perhaps' is invalid (-EINVAL); it takes y or n: greet with an exclamation mark"),
])
def test_bad_parameters(guest, options, reason):
    out, _ = guest(f"modprobe hello {options} 2>&1 && exit 9; ! grep '^hello ' /proc/modules && ! test -e /sys/module/hello && dmesg | tail -5")
    assert out.count(reason) == 2  # in the command's output and in the log


def test_unknown_parameter(guest):
    """Is no error, as on Linux, but not hidden."""
    out, _ = guest("modprobe hello cuont=3 2>&1; modprobe exporter x=1 2>&1; grep -c -e ^hello -e ^exporter /proc/modules")
    assert lines(out) == ["  module: hello: unknown parameter 'cuont' ignored; nearest: count",
                          "  module: exporter: unknown parameter 'x' ignored; it takes none", "2"]


def test_dependency(guest):
    out, _ = guest("modprobe importer && lsmod && ! rmmod exporter && ls /sys/module/exporter/holders && rmmod importer && rmmod exporter "
                   "&& dmesg | tail -8")
    assert any(line.split()[0] == "exporter" and line.split()[-1] == "importer" for line in lines(out) if line.split())
    assert "in use by: importer" in out


LACKING = """
#include <linux/module.h>
int kmaloc(int);
int sample_counter_add(int);
int hello_init(int);
void kallsyms_get(void);
int sample_namespaced(void);
%s
static int __init lacking_init(void) { return kmaloc(1) + sample_counter_add(2) + hello_init(3) + sample_namespaced(); }
int (*table[])(int) = { kmaloc, hello_init, sample_counter_add };
static void __exit lacking_exit(void) { kallsyms_get(); }
module_init(lacking_init);
module_exit(lacking_exit);
MODULE_LICENSE("%s");
"""

NAMESPACED = """
#include <linux/module.h>
int sample_namespaced(void) { return 0; }
EXPORT_SYMBOL_NS(sample_namespaced, SAMPLE);
int sample_gpl(void) { return 0; }
EXPORT_SYMBOL_GPL(sample_gpl);
MODULE_LICENSE("GPL");
"""


CLOSED = """
#include <linux/module.h>
int sample_gpl(void);
int (*gpl)(void) = sample_gpl;
MODULE_LICENSE("Proprietary");
"""


def test_missing_symbols(guest, module_builder):
    """All at once: who demands what, where, why it is not to be had, and what to do; for the command, the log and the file."""
    many = "\n".join(f"extern int missing_number_{i}; int *use_{i} = &missing_number_{i};" for i in range(60))
    puts = [module_builder("lacking", LACKING % ("", "GPL")), module_builder("namespaced", NAMESPACED),
            module_builder("closed", CLOSED),
            module_builder("many", f'#include <linux/module.h>\n{many}\nMODULE_LICENSE("GPL");\n')]
    out, _ = guest("insmod /tmp/namespaced.ko; modprobe hello; insmod /tmp/lacking.ko 2>&1; cat /sys/kernel/rakit/refusal; dmesg | grep 'lacking:' | sed 's/.*] //'; "
                   "insmod /tmp/closed.ko 2>&1 | grep gpl; insmod /tmp/many.ko 2>&1; grep -c -e lacking -e closed -e many /proc/modules; true", put=puts)
    said = lines(out)
    for line in ("needs kmaloc (lacking_init+0x", "): exported by nobody; nearest: kmalloc (kernel), ",
                 "needs sample_counter_add (lacking_init+0x", "): exported by exporter.ko, not loaded; modprobe exporter",
                 "a symbol of hello that is not exported; EXPORT_SYMBOL(hello_init) where it is defined",
                 "needs kallsyms_get (lacking_exit+0x", "a symbol of kernel that is not exported; EXPORT_SYMBOL(kallsyms_get) where it is defined",
                 "exported by namespaced in namespace SAMPLE, which it does not import; MODULE_IMPORT_NS(SAMPLE)", "refused: 5 symbols are missing"):
        assert out.count(f"{line}") == 3, line
    assert "load lacking: ENOENT (2), pid " in out
    assert 'needs sample_gpl (gpl+0x0, .data+0x' in out and 'exported by namespaced for GPL-compatible modules only; its MODULE_LICENSE is "Proprietary"' in out
    assert out.count("needs missing_number_") == 32 and out.count("missing_number_") == 60 and "refused: 60 symbols are missing" in out
    assert said[-1] == "0"


def test_twice(guest):
    out, _ = guest("insmod /lib/modules/$(uname -r)/kernel/sample/hello/hello.ko && "
                   "! insmod /lib/modules/$(uname -r)/kernel/sample/hello/hello.ko && lsmod | grep -c '^hello '")
    assert lines(out)[-1] == "1"


def test_busy_device(guest):
    out, _ = guest("modprobe chardev && echo text > /dev/sample_chardev && cat /dev/sample_chardev && "
                   "exec 3</dev/sample_chardev && ! rmmod chardev; exec 3<&-; rmmod chardev && ! test -e /dev/sample_chardev && dmesg | tail -5")
    assert lines(out)[0] == "text"
    assert "rmmod: ERROR: Module chardev is in use\n  held by fd 3 of pid " in out


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


PIC = """
#include <linux/module.h>
#include <linux/jiffies.h>
int pic_shared = 40;
EXPORT_SYMBOL(pic_shared);
static int own = 2;
int pic_add(int n) { return pic_shared + n; }
EXPORT_SYMBOL(pic_add);
static int (*const table[])(int) = { pic_add };
static int __init pic_init(void)
{
	printk("pic: %d %d\\n", table[own & 0](own), time_after_eq(jiffies, INITIAL_JIFFIES) && init_task.pid == 0);
	return 0;
}
module_init(pic_init);
static void __exit pic_exit(void) { printk("pic: gone %d\\n", pic_add(3)); }
module_exit(pic_exit);
MODULE_LICENSE("GPL");
"""


@pytest.mark.parametrize("flags", ["-fPIC", "-fpic -fno-plt", "-fpie"])
def test_position_independent(guest, module_builder, flags):
    """Code that was compiled for a shared object gets its global offset table from the loader."""
    ko = module_builder("pic", PIC, f"obj-m := pic.o\nccflags-y := {flags} -fvisibility=default\n")
    out, _ = guest("insmod /tmp/pic.ko && rmmod pic && dmesg | grep 'pic: '", put=[ko])
    assert "pic: 42 1" in out and "pic: gone 43" in out


EXPORTER = """
#include <linux/module.h>
int sample_twice(void) { return 1; }
EXPORT_SYMBOL(sample_twice);
MODULE_LICENSE("GPL");
"""


def test_duplicate_export(guest, module_builder):
    kos = [module_builder(name, EXPORTER) for name in ("first_owner", "second_owner")]
    out, _ = guest("insmod /tmp/first_owner.ko && ! insmod /tmp/second_owner.ko && ! grep second_owner /proc/modules && rmmod first_owner && "
                   "insmod /tmp/second_owner.ko", put=kos)
    assert "module: second_owner: refused: exports sample_twice, which first_owner exports already" in out


DIVIDE = """
#include <linux/module.h>
static u64 a = 0x123456789abcdef0ull, b = 0x1000000001ull;
static s64 c = -1000000000007ll, d = 3000000000ll;
static int __init divide_init(void)
{
	printk("divide: %llu %llu %lld %lld\\n", a / b, a % b, c / d, c % d);
	return 0;
}
module_init(divide_init);
MODULE_LICENSE("GPL");
"""


def test_64_bit_division(guest, module_builder):
    """What the compiler calls for it is there."""
    out, _ = guest("insmod /tmp/divide.ko && dmesg | grep 'divide: [0-9]'", put=[module_builder("divide", DIVIDE)])
    a, b, c, d = 0x123456789ABCDEF0, 0x1000000001, 1000000000007, 3000000000
    assert f"divide: {a // b} {a % b} -{c // d} -{c % d}" in out


@pytest.mark.parametrize("source, flags, reason", [
    ("__thread int n; int *f(void) { return &n; }", "", "remove __thread"),
    ('asm(".text; .code16; jmp elsewhere; .code32");', "", "compile with -m32"),
    ('asm(".data; .byte elsewhere; .text");', "", "8- or 16-bit reference"),
    ("int tentative;", "-fcommon", "compile with -fno-common"),
])
def test_refused_code(module_builder, source, flags, reason):
    """The build finds what the loader would refuse, and names the remedy."""
    text = '#include <linux/module.h>\nMODULE_LICENSE("GPL");\n' + source + "\n"
    with pytest.raises(Trouble) as trouble:
        module_builder("odd", text, f"obj-m := odd.o\nccflags-y := {flags}\n")
    assert reason in str(trouble.value) and "section" in str(trouble.value)


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
    source = f"{build}/modules/sample/hello/hello.ko"  # not signed: the signature would be what is wrong
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
    """Packed modules load; damage inside or outside is found: by gzip's own sum, or by the checksum."""
    with open(f"{build}/modules/sample/hello/hello.ko", "rb") as f:
        module = bytearray(f.read())
    packed = bytearray(gzip.compress(module))
    (tmp_path / "good.ko.gz").write_bytes(packed)
    packed[len(packed) // 2] ^= 0x55
    (tmp_path / "bad.ko.gz").write_bytes(packed)
    module[200] ^= 1
    (tmp_path / "inside.ko.gz").write_bytes(gzip.compress(module))
    out, _ = guest("insmod /tmp/good.ko.gz && rmmod hello && ! insmod /tmp/bad.ko.gz && ! insmod /tmp/inside.ko.gz && dmesg | tail -4",
                   put=[str(tmp_path / f"{name}.ko.gz") for name in ("good", "bad", "inside")])
    assert "refused: gzip:" in out and "refused: checksum is not that of the file" in out


KEYS = """
#include <linux/jump_label.h>
#include <linux/module.h>
#include <linux/tty.h>
#include <linux/uuid.h>

static DEFINE_STATIC_KEY_FALSE(rare);
static DEFINE_STATIC_KEY_TRUE(usual);

static int __init keys_init(void)
{
	struct tty_struct *tty = get_current_tty();
	uuid_t id, again, random;
	guid_t guid;

	if (static_branch_unlikely(&rare) || !static_branch_likely(&usual))
		return -EINVAL;
	static_branch_enable(&rare);
	static_branch_disable(&usual);
	pr_info("keys: now %d %d\\n", static_branch_unlikely(&rare), static_branch_likely(&usual));
	if (uuid_parse("00112233-4455-6677-8899-aabbccddeeff", &id) || guid_parse("00112233-4455-6677-8899-aabbccddeeff", &guid))
		return -EINVAL;
	uuid_copy(&again, &id);
	uuid_gen(&random);
	pr_info("keys: uuid %pUb guid %*ph same %d valid %d version %x\\n", &id, 16, guid.b, uuid_equal(&id, &again),
		uuid_is_valid("00112233-4455-6677-8899-aabbccddeefg"), random.b[6] >> 4);
	pr_info("keys: terminal %s\\n", tty ? tty->name : "none");
	if (tty)
		tty_kref_put(tty);
	return 0;
}

static void __exit keys_exit(void)
{
}

module_init(keys_init);
module_exit(keys_exit);
MODULE_LICENSE("GPL");
"""


def test_static_keys_identifiers_terminal(guest, module_builder):
    out, _ = guest("insmod /tmp/keys.ko && rmmod keys && dmesg", put=[module_builder("keys", KEYS)])
    assert "keys: now 1 0" in out and "keys: terminal none" in out
    assert ("keys: uuid 00112233-4455-6677-8899-aabbccddeeff guid 33 22 11 00 55 44 77 66 88 99 aa bb cc dd ee ff same 1 valid 0 version 4") in out
