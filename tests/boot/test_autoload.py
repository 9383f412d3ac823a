"""Modules that are loaded because something needs them: the requester, its daemon, its helper, its rules, and the sweep."""
import os

import pytest

HERE = os.path.dirname(__file__)
MODULES = "/lib/modules/5.10.0-rakit/kernel"

# A character device 240 with every kind of alias.
LATE = """
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/uaccess.h>
static ssize_t late_read(struct file *f, char __user *buf, size_t n, loff_t *pos)
{
	return simple_read_from_buffer(buf, n, pos, "late\\n", 5);
}
static const struct file_operations ops = { .owner = THIS_MODULE, .read = late_read };
static int __init late_init(void) { return register_chrdev(240, "late", &ops); }
static void __exit late_exit(void) { unregister_chrdev(240, "late"); }
module_init(late_init);
module_exit(late_exit);
MODULE_LICENSE("GPL");
MODULE_ALIAS("char-major-240-*");
MODULE_ALIAS("block-major-240");
MODULE_ALIAS("fs-latefs");
MODULE_ALIAS("net-pf-9");
MODULE_ALIAS("net-pf-9-proto-5");
MODULE_ALIAS("net-pf-1-proto-77-type-1");
MODULE_ALIAS("binfmt-5a59");
MODULE_ALIAS("crypto-late");
MODULE_ALIAS("netdev-late0");
MODULE_ALIAS("pci:v00001234d*sv*sd*bc*sc*i*");
MODULE_ALIAS("acpi*:TST0001:*");
MODULE_ALIAS("pnp:dTST0002*");
MODULE_ALIAS("cpu:type:x86,ven*fam*mod*:feature:*00FF*");
MODULE_ALIAS("platform:late");
"""

# /sys/module/asker/parameters/ask: writing a name asks for it, and "device NAME" makes a platform device.
ASKER = """
#include <linux/kmod.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>
static struct platform_device *made;
static int ask_set(const char *text, const struct kernel_param *kp)
{
	char *name = strim(kstrdup(text, GFP_KERNEL));
	if (!strncmp(name, "device ", 7)) {
		made = platform_device_register_simple(name + 7, -1, NULL, 0);
		pr_info("asker: device\\n");
	} else {
		pr_info("asker: %d\\n", request_module("%s", name));
	}
	kfree(name);
	return 0;
}
static const struct kernel_param_ops ops = { .set = ask_set };
module_param_cb(ask, &ops, NULL, 0200);
static int __init asker_init(void) { return 0; }
static void __exit asker_exit(void) { if (made) platform_device_unregister(made); }
module_init(asker_init);
module_exit(asker_exit);
MODULE_LICENSE("GPL");
"""

# Modules whose init asks for what it itself is, and for each other.
LOOP = """
#include <linux/kmod.h>
#include <linux/module.h>
static int __init loop_init(void) { pr_info(KBUILD_MODNAME ": asked: %d\\n", request_module("WANTED")); return 0; }
static void __exit loop_exit(void) { }
module_init(loop_init);
module_exit(loop_exit);
MODULE_LICENSE("GPL");
MODULE_ALIAS("OWN");
"""

PRELUDE = f"""
exec 2>&1
mkdir -p /mnt {MODULES}/test
cp /tmp/*.ko {MODULES}/test; depmod
ask() {{ echo "$1" > /sys/module/asker/parameters/ask; dmesg | grep "asker: " | tail -n 1; }}
loaded() {{ grep -c "^$1 " /proc/modules; }}
settings() {{ echo "$1" > /etc/kmodd.conf; kill -HUP $(pidof kmodd); }}
until_gone() {{ i=0; while grep -q "^$1 " /proc/modules && [ $i -lt 300 ]; do sleep 0.1; i=$((i+1)); done; loaded $1; }}
mknod /dev/late c 240 0; chmod 666 /dev/late
"""


@pytest.fixture(scope="module")
def files(module_builder, program_builder):
    loops = [module_builder(name, LOOP.replace("OWN", own).replace("WANTED", wanted))
             for name, own, wanted in (("selfish", "loop-self", "loop-self"), ("ping", "loop-ping", "loop-pong"), ("pong", "loop-pong", "loop-ping"))]
    return [module_builder("late", LATE), module_builder("asker", ASKER), *loops, program_builder(f"{HERE}/programs/trigger.c")]


FAMILIES = ["char-major-240-0", "block-major-240", "fs-latefs", "net-pf-9", "net-pf-9-proto-5", "binfmt-5a59", "crypto-late", "netdev-late0",
            "pci:v00001234d00005678sv00000000sd00000000bc02sc00i00", "acpi:TST0001:", "acpi:PNP0100:TST0001:", "pnp:dTST0002",
            "cpu:type:x86,ven0000fam0006mod000F:feature:,0000,0001,00FF,0100"]
HOSTILE = ["../late", "late/../x", "a b", "late;reboot", "late\\nx", "$(reboot)", "`reboot`", "late|x", "late\tx", "-C/tmp/x", "%s%n", "late&", "'late'",
           "late\x01", "", "lat*", "[a-z]*", ".", "..", "~root", "ünïcode"]


@pytest.mark.parametrize("daemon", ["kmodd=1", "kmodd=0"])
def test_requests(guest, files, daemon):
    script = PRELUDE + "modprobe asker\n"
    for alias in FAMILIES:
        script += f"ask '{alias}'; echo $(loaded late) $(grep ^alias: /sys/module/late/receipt); rmmod late\n"
    script += "echo HOSTILE\n"
    for name in HOSTILE:
        script += f"printf '%b' \"{name.replace('$', chr(92) + '$').replace('`', chr(92) + '`')}\" > /tmp/name; cat /tmp/name > /sys/module/asker/parameters/ask; dmesg | grep asker: | tail -n 1\n"
    script += """x=a; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do x=$x$x; done; ask "${x%aaaaaaaa}"; loaded late
echo PLACES
cat /dev/late; loaded late; cat /sys/module/late/receipt | grep -v ^time; sha256sum /tmp/late.ko; rmmod late
/tmp/trigger 0 socket 9 1 0; loaded late; rmmod late
/tmp/trigger 0 socket 1 1 0; /tmp/trigger 0 socket 1 1 77; loaded late; rmmod late
/tmp/trigger 0 mount latefs; loaded late; rmmod late
printf '\\1\\2YZ\\0\\0\\0' > /tmp/z; chmod +x /tmp/z; /tmp/z; loaded late; rmmod late
ask 'device late'; i=0; while [ $(loaded late) = 0 ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done; loaded late; rmmod late
echo LOOPS
ask loop-self; dmesg | grep 'selfish: asked'; ask loop-ping; dmesg | grep 'p[io]ng: asked' | sort -k 3 | cut -d']' -f2
tail -n 1 /sys/kernel/rakit/requests | cut -d' ' -f2,5-
"""
    out, _ = guest(script, put=files, append=daemon, status=None)
    lines = out.splitlines()
    for i, alias in enumerate(FAMILIES):
        assert "asker: 0" in lines[2 * i] and lines[2 * i + 1] == f"1 alias: {alias}", (alias, lines[2 * i:2 * i + 2])
    lines = lines[lines.index("HOSTILE") + 1:]
    for name, line in zip(HOSTILE, lines):
        assert "asker: -22" in line, (name, line)
    assert "asker: -36" in lines[len(HOSTILE)] and lines[len(HOSTILE) + 1] == "0"
    lines = lines[lines.index("PLACES") + 1:]
    assert lines[0:2] == ["late", "1"]
    assert lines[2] == "alias: char-major-240-0" and lines[3].startswith("asked-by: pid ") and lines[3].endswith("uid 0 cat")
    assert lines[4].endswith("uid 0 modprobe") and lines[5] == f"file: {MODULES}/test/late.ko"
    assert lines[6] == "sha256: " + lines[8].split()[0] and lines[7].startswith("signer: ")
    assert lines[9:11] == ["Address family not supported by protocol", "1"]
    assert lines[11:14] == ["0", "Protocol not supported", "1"]
    assert lines[14:16] == ["No such device", "1"]
    loops = lines[lines.index("LOOPS") + 1:]
    assert "1" in lines[16:21] and "1" in lines[lines.index("LOOPS") - 1]
    assert "asker: 0" in loops[0] and "selfish: asked: -40" in loops[1], loops
    assert "asker: 0" in loops[2] and [x.strip() for x in loops[3:5]] == ["ping: asked: 0", "pong: asked: -40"]
    assert loops[5] == "0 0 loop-ping sh", loops


def test_policy(guest, files):
    """Who may trigger what; and a daemon that finds devices without driver at its start."""
    script = PRELUDE + """
modprobe asker; P=$(cat /proc/sys/kernel/modprobe); echo > /proc/sys/kernel/modprobe; kill $(pidof kmodd); while pidof kmodd > /dev/null; do sleep 0.1; done
ask 'device late' > /dev/null; sleep 0.3; loaded late; echo $P > /proc/sys/kernel/modprobe; echo 'coldplug yes' > /etc/kmodd.conf; kmodd
i=0; while [ $(loaded late) = 0 ] && [ $i -lt 300 ]; do sleep 0.1; i=$((i+1)); done; loaded late; rmmod asker late
/tmp/trigger 1000 open /dev/late; loaded late; grep asked-by /sys/module/late/receipt; rmmod late
/tmp/trigger 1000 socket 9 1 0; loaded late; dmesg | grep 'net-pf-9: refused' | sed 's/pid [0-9]*/pid N/; s/.*] request/request/'
settings 'allow 1000 net-pf-[89]'; while ! grep -q 1000 /sys/kernel/rakit/request_policy; do sleep 0.1; done
/tmp/trigger 1001 socket 9 1 0; loaded late; /tmp/trigger 1000 socket 9 1 0; loaded late; rmmod late
/tmp/trigger 1000 open /dev/late; loaded late
cd /sys/kernel/rakit
printf 'allow * x\\ndeny 7\\n' > request_policy; printf 'permit * x\\n' > request_policy; cat request_policy
printf '# nobody, not even root\\ndeny * net-pf-*\\nallow * *\\n' > request_policy; cat request_policy
/tmp/trigger 0 socket 9 1 0; loaded late; /tmp/trigger 7 open /dev/late; loaded late
"""
    out, _ = guest(script, put=files, status=None)
    no_family = "Address family not supported by protocol"
    lines = out.splitlines()
    assert lines[:2] == ["0", "1"], out  # a device that was there before the daemon
    lines = lines[2:]
    assert lines[:2] == ["0", "1"] and lines[2].endswith("uid 1000 trigger")
    assert lines[3:6] == [no_family, "0", "request: net-pf-9: refused: uid 1000 (trigger, pid N) may not trigger it; rules are in "
                          "/sys/kernel/rakit/request_policy"]
    assert lines[6:10] == [no_family, "0", no_family, "1"]
    assert lines[10:12] == ["No such device or address", "0"]
    assert [x for x in lines[12:14] if "Invalid argument" in x] == lines[12:14] and lines[14] == "allow 1000 net-pf-[89]"
    assert lines[15:] == ["deny * net-pf-*", "allow * *", no_family, "0", "0", "1"]


def test_daemon_killed_hung_slow(guest, files, tmp_path):
    """Whatever becomes of the daemon and of what it starts, a request ends within its time."""
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\necho $3 >> /tmp/runs\nsleep 3600\n")
    slow.chmod(0o755)
    script = PRELUDE + """
modprobe asker; modprobe binfmt_script; sysctl kernel.modprobe
echo 1 > /proc/sys/kernel/kmod/patience
kill -STOP $(pidof kmodd); cat /dev/late; rmmod late; dmesg | grep 'does not read' | sed 's/.*] request/request/'
kill -CONT $(pidof kmodd); i=0; while [ $i -lt 50 ]; do ask again-$i > /dev/null; i=$((i+1)); done; cat /dev/late; loaded late; rmmod late
kill -KILL $(pidof kmodd); cat /dev/late; loaded late; rmmod late
echo SLOW; echo 3 > /proc/sys/kernel/kmod/timeout; echo /tmp/slow > /proc/sys/kernel/modprobe
for i in 1 2 3 4; do cat /dev/late & done; wait; wc -l < /tmp/runs; pidof slow
echo 1 > /proc/sys/kernel/kmod/limit; echo 9 > /proc/sys/kernel/kmod/timeout; mknod /dev/three c 241 0
(ask slow-two; echo two) & while ! grep -q slow-two /sys/kernel/rakit/requests; do sleep 0.1; done; cat /dev/three; wait; grep -c 241 /sys/kernel/rakit/requests; echo 50 > /proc/sys/kernel/kmod/limit
echo DAEMON; cp /sbin/modprobe /tmp/modprobe; cp /tmp/slow /sbin/modprobe; echo 2 > /proc/sys/kernel/kmod/timeout; echo /tmp/modprobe > /proc/sys/kernel/modprobe
echo 'workers 2' > /etc/kmodd.conf
kmodd; kmodd; ask slow-four; sleep 0.3; pidof slow
echo 20 > /proc/sys/kernel/kmod/timeout; (cat /dev/late; echo opened) & while ! grep -q char-major-240-0 /tmp/runs; do sleep 0.1; done
kill -KILL $(pidof kmodd); wait; loaded late; rmmod late
echo NEITHER; echo > /proc/sys/kernel/modprobe; ask none; cat /dev/late
echo /sbin/none > /proc/sys/kernel/modprobe; ask none
"""
    out, _ = guest(script, put=files + [str(slow)], status=None, timeout=120)
    lines = [line.split("] ")[-1] for line in out.splitlines()]
    assert lines[:3] == ["kernel.modprobe = /sbin/modprobe", "late",
                         "request: the daemon does not read; /sbin/modprobe does its work until it does"]
    assert lines[3:7] == ["late", "1", "late", "1"]
    assert lines[7:13] == ["SLOW"] + ["cat: /dev/late: No such device or address"] * 4 + ["1"]
    assert lines[13:17] == ["cat: /dev/three: No such device or address", "asker: -110", "two", "0"]
    assert lines[17:20] == ["DAEMON", "kmodd: /dev/kmod: another daemon has it open", "asker: -110"]
    assert lines[20:23] == ["late", "opened", "1"]
    assert lines[23:] == ["NEITHER", "asker: -2", "cat: /dev/late: No such device or address", "asker: -2"]


def test_sweep(guest, files):
    """Idle modules go at the second look; used, kept and explicitly loaded ones stay; under pressure they go at once."""
    script = PRELUDE + """
modprobe asker; modprobe hello; cat /sys/module/hello/keep
ask unix > /dev/null; echo 1 > /sys/module/unix/keep; ask fs-vfat > /dev/null; ask binfmt-script > /dev/null; exec 5< /dev/late
lsmod | cut -d' ' -f1 | sort; settings 'sweep 1
keep binfmt_script'; until_gone vfat; sleep 2.5
dmesg | grep -c 'kmodd: vfat: idle, removed'; lsmod | cut -d' ' -f1 | sort; read x <&5; echo $x; exec 5<&-; until_gone late
echo EXPLICIT; settings 'sweep 0'; cat /dev/late; modprobe late; cat /sys/module/late/keep; rmmod late
cat /dev/late; sleep 1.5; loaded late; /tmp/trigger 0 hog 100; until_gone late
"""
    out, _ = guest(script, put=files, status=None, memory=32, timeout=120)
    lines = out.splitlines()
    kept = ["Module", "asker", "binfmt_script", "hello", "late", "unix"]
    assert lines[:8] == ["1", *kept, "vfat"]
    assert lines[8:18] == ["0", "1", *kept, "late", "0"]
    assert lines[18:21] == ["EXPLICIT", "late", "1"]
    assert lines[21:23] == ["late", "1"] and lines[-1] == "0"


def test_modules_load(guest, files):
    """init loads what modules-load.d and the command line name, before the boot script."""
    out, _ = guest("lsmod | sed 1d | cut -d' ' -f1 | sort; cat /sys/module/hello/keep", append="modules_load=exporter,nosuch", status=0,
                   put=[(os.path.join(HERE, "modules-load.conf"), "/etc/modules-load.d/a.conf")])
    assert out.split() == ["exporter", "hello", "procfs", "1"]


def test_configured_commands(guest, files):
    """Commands of plain words run without a shell, others not for a request; blacklist and install /bin/false; a chain that fails goes whole."""
    script = PRELUDE + """
modprobe asker
cat > /etc/modprobe.d/x.conf <<END
install late /sbin/modprobe --ignore-install late
END
cat /dev/late; loaded late; cat /sys/module/late/keep; rmmod late
cp /tmp/late.ko /tmp/elsewhere.ko; mv $(modinfo -n late) /tmp/away; depmod; insmod /tmp/elsewhere.ko; modinfo late | head -n 1; modinfo -F receipt late | grep file; rmmod late; mv /tmp/away /lib/modules/$(uname -r)/kernel/test/late.ko; depmod
echo 'install late echo hi > /tmp/hi; /sbin/modprobe -i late' > /etc/modprobe.d/x.conf
cat /dev/late; loaded late; ls /tmp/hi; modprobe late; loaded late; cat /tmp/hi; rmmod late
echo 'blacklist late' > /etc/modprobe.d/x.conf
cat /dev/late; modprobe -b late; loaded late; modprobe late; loaded late; rmmod late
echo 'install late /bin/false' > /etc/modprobe.d/x.conf
cat /dev/late; modprobe late; loaded late
echo CHAIN; echo 'options importer nothere=1
install importer /bin/false' > /etc/modprobe.d/x.conf
modprobe importer; lsmod | sed 1d | cut -d' ' -f1; modprobe --keep-loaded importer; loaded exporter
echo PARAMETERS; rm /etc/modprobe.d/x.conf; modprobe hello; cat /sys/module/hello/parameters/count; rmmod hello; modprobe hello count=3; cat /sys/module/hello/parameters/count
rmmod exporter; gzip $(modinfo -n exporter); depmod; modinfo -F license -- exporter; modprobe importer; loaded exporter; modinfo -F receipt exporter | grep -c /sample/exporter/exporter.ko.gz
modinfo -F license tmpfs; modinfo -n tmpfs; modprobe -r tmpfs; rmmod tmpfs; rmmod -w hello; loaded hello; rmmod -s hello; dmesg | tail -n 1 | cut -d']' -f2
"""
    out, _ = guest(script, put=files, append="hello.count=2", status=None)
    lines = out.splitlines()
    refused = "cat: /dev/late: No such device or address"
    assert lines[:3] == ["late", "1", "0"], out
    assert lines[3:5] == ["filename:       /tmp/elsewhere.ko", "file: /tmp/elsewhere.ko"], out
    lines = lines[:3] + lines[5:]
    assert lines[3:5] == [refused, "0"] and "/tmp/hi" in lines[5] and lines[6:8] == ["1", "hi"], out
    assert lines[8:11] == [refused, "0", "1"], out
    assert lines[11:15] == [refused, "modprobe: ERROR: Error running install command '/bin/false' for module late: retcode 1",
                            "modprobe: ERROR: could not insert 'late': Invalid argument", "0"], out
    rest = lines[lines.index("CHAIN") + 1:]
    assert "could not insert 'importer'" in rest[1] and rest[2] == "asker" and rest[rest.index("PARAMETERS") - 1] == "1", out
    rest = lines[lines.index("PARAMETERS") + 1:]
    assert rest[:7] == ["2", "3", "GPL", "1", "1", "GPL", "(builtin)"], out
    assert rest[7:10] == ["modprobe: FATAL: Module tmpfs is builtin.", "rmmod: ERROR: Module tmpfs is builtin.", "0"], out
    assert rest[10] == " rmmod: Module hello is not currently loaded", out
