"""Loading, unloading and asking about modules, with modules that are not in the tree."""
import os
import re
import shutil
import subprocess

import pytest

from conftest import BUILD

RELEASE = "5.10.0-rakit"
MODULES = f"{BUILD}/root/lib/modules/{RELEASE}"

HELLO = """
#include <linux/init.h>
#include <linux/module.h>
#include <linux/kernel.h>
static int times = 1;
static char *whom = "world";
static int list[4];
static int count;
module_param(times, int, 0644);
MODULE_PARM_DESC(times, "how often");
module_param(whom, charp, 0444);
module_param_array(list, int, &count, 0444);
static int __init any_init(void)
{
	int i;

	if (times < 0)
		return -ERANGE;
	for (i = 0; i < times; i++)
		pr_info("any: hello %s %d\\n", whom, count);
	return 0;
}
static void __exit any_exit(void)
{
	pr_info("any: bye\\n");
}
module_init(any_init);
module_exit(any_exit);
MODULE_LICENSE("GPL");
MODULE_AUTHOR("A Student");
MODULE_DESCRIPTION("says hello");
MODULE_VERSION("1.2");
"""


def test_out_of_tree_module(guest, module_builder):
    ko = module_builder("any", HELLO)
    out, _ = guest("insmod /tmp/any.ko times=2 whom=you list=1,2,3 && lsmod && dmesg | grep any: && cat /sys/module/any/parameters/list && "
                   "echo 5 > /sys/module/any/parameters/times && cat /sys/module/any/parameters/times && rmmod any && dmesg | tail -1; lsmod | grep any", status=1, put=[ko])
    assert out.count("any: hello you 3") == 2
    assert re.search(r"^any\s+\d+\s+0", out, re.M)
    assert "\n1,2,3\n5\n" in out and "any: bye" in out


@pytest.mark.parametrize("arguments, text", [("times=x", "Invalid"), ("times=-1", "range"), ("nothere=1", "")])
def test_refused_load_leaves_nothing(guest, module_builder, arguments, text):
    ko = module_builder("any", HELLO)
    out, _ = guest(f"insmod /tmp/any.ko {arguments}; echo status $?; lsmod; ls /sys/module; dmesg | tail -3", put=[ko])
    if arguments.startswith("nothere"):
        assert "nothere" in out     # Linux loads and warns
        return
    assert "status 1" in out and text in out
    assert not re.search(r"^any\s", out, re.M)


def test_all_unresolved_symbols_are_listed(guest, module_builder):
    ko = module_builder("wants", HELLO.replace("static int __init any_init(void)\n{", "int not_there(void);\nint nor_this(void);\nstatic int __init any_init(void)\n{\n\tnot_there();\n\tnor_this();"))
    out, _ = guest("insmod /tmp/wants.ko; echo status $?; dmesg | tail -4", put=[ko])
    assert "status 1" in out and "not_there" in out and "nor_this" in out


USER = """
#include <linux/module.h>
int any_value(void);
static int __init user_init(void)
{
	return any_value() == 42 ? 0 : -EIO;
}
static void __exit user_exit(void)
{
}
module_init(user_init);
module_exit(user_exit);
MODULE_LICENSE("GPL");
"""
PROVIDER = """
#include <linux/module.h>
int any_value(void)
{
	return 42;
}
EXPORT_SYMBOL(any_value);
MODULE_LICENSE("GPL");
"""


def test_dependencies(guest, module_builder):
    provider = module_builder("provider", PROVIDER)
    symvers = os.path.join(os.path.dirname(provider), "Module.symvers")
    user = module_builder("user", USER, symvers=[symvers])
    out, _ = guest("insmod /tmp/user.ko; echo status $?; insmod /tmp/provider.ko && insmod /tmp/user.ko && lsmod; rmmod provider; echo status $?; "
                   "rmmod user && rmmod provider && lsmod", put=[provider, user])
    assert re.search(r"^provider\s+\d+\s+1 user", out, re.M)
    assert out.count("status 1") == 2 and "in use by" in out


def test_cycles_leave_nothing(guest):
    """Every loadable module, loaded and unloaded over and over: the machine is exactly what it was."""
    cycles = int(os.environ.get("RAKIT_CYCLES", "100"))
    out, _ = guest(f"cat /usr/share/rakit/cycles.sh > /dev/null 2>&1; sh /tmp/cycles.sh {cycles}", put=[f"{os.path.dirname(__file__)}/cycles.sh"],
                   qemu="-audiodev none,id=a -device sb16,audiodev=a", timeout=900)
    assert "cycles: same state" in out, out


# Foreign tools as oracles.

def kos():
    return sorted(os.path.join(base, name) for base, _, names in os.walk(MODULES) for name in names if name.endswith(".ko"))


@pytest.mark.skipif(not shutil.which("modinfo", path="/sbin:/usr/sbin:/usr/bin:/bin"), reason="kmod is not installed")
def test_kmod_reads_our_modules():
    assert kos()
    for ko in kos():
        done = subprocess.run(["/sbin/modinfo", ko], capture_output=True, text=True)
        assert done.returncode == 0 and not done.stderr, done.stderr
        fields = dict(line.split(":", 1) for line in done.stdout.splitlines() if ":" in line)
        assert fields["vermagic"].strip().startswith(RELEASE) and fields["license"].strip(), ko


@pytest.mark.skipif(not shutil.which("depmod", path="/sbin:/usr/sbin:/usr/bin:/bin"), reason="kmod is not installed")
def test_kmod_depmod_agrees(tmp_path):
    """Debian's depmod on our tree gives the text files that our depmod gave."""
    root = tmp_path / "root"
    shutil.copytree(f"{BUILD}/root/lib/modules", root / "lib" / "modules")
    ours = root / "lib" / "modules" / RELEASE
    kept = {n: (ours / n).read_text() for n in ("modules.dep", "modules.alias", "modules.symbols", "modules.softdep", "modules.devname")}
    done = subprocess.run(["/sbin/depmod", "-b", str(root), RELEASE], capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr
    for name, text in kept.items():
        lines = [sorted(line for line in t.splitlines() if not line.startswith("#")) for t in (text, (ours / name).read_text())]
        assert lines[0] == lines[1], name


def test_readelf_finds_nothing_odd():
    for ko in kos():
        done = subprocess.run(["readelf", "-aW", ko], capture_output=True, text=True)
        assert done.returncode == 0 and not done.stderr and "Warning" not in done.stdout, (ko, done.stderr)
