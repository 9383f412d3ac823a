"""Who holds a module: each kind of holder is named by a refused rmmod, with a remedy and the place where the reference was taken."""
import os
import re

FORMAT = """
#include <linux/binfmts.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>

static int load(struct linux_binprm *bprm)
{
	return -ENOEXEC;
}
static struct linux_binfmt format = { .module = THIS_MODULE, .load_binary = load };

/* Whoever writes is a program of this format from now on. */
static ssize_t format_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	set_binfmt(&format);
	return count;
}
static const struct proc_ops ops = { .proc_write = format_write };

static int __init format_init(void)
{
	register_binfmt(&format);
	return proc_create("set_format", 0200, NULL, &ops) ? 0 : -ENOMEM;
}
static void __exit format_exit(void)
{
	remove_proc_entry("set_format", NULL);
	unregister_binfmt(&format);
}
module_init(format_init);
module_exit(format_exit);
MODULE_LICENSE("GPL");
"""

PINNED = """
#include <linux/module.h>
static int __init pinned_init(void)
{
	return try_module_get(THIS_MODULE) ? 0 : -EBUSY;
}
static void __exit pinned_exit(void)
{
}
module_init(pinned_init);
module_exit(pinned_exit);
MODULE_LICENSE("GPL");
"""

SCRIPT = """
modprobe importer
echo == module; rmmod exporter
echo == kernel; /tmp/hold unload exporter
modprobe chardev; exec 3</dev/sample_chardev
echo == file; rmmod chardev; exec 3<&-; rmmod chardev
modprobe vfat; modprobe floppy; mkdir -p /mnt; mount -t vfat /dev/fd0 /mnt
echo == mount; rmmod vfat
echo == disk; rmmod floppy; umount /mnt; rmmod vfat
exec 4</dev/fd0
echo == disk file; rmmod floppy; exec 4<&-; rmmod floppy
/tmp/hold /tmp/socket & while ! test -S /tmp/socket; do sleep 0.05; done
echo == socket; rmmod unix; kill $!; wait; rmmod unix
insmod /tmp/format.ko
echo == program; sh -c 'echo 1 >/proc/set_format; rmmod format; (rmmod format; true); true'; rmmod format
insmod /tmp/pinned.ko
echo == code; rmmod pinned
echo == view; cat /sys/kernel/rakit/holders
rmmod -f pinned; modprobe -r importer
echo == end; cat /sys/kernel/rakit/holders; cat /proc/modules
"""


def sections(text):
    parts = re.split(r"^== (.*)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def test_holders(guest, module_builder, program_builder, tmp_path):
    image, script = tmp_path / "floppy.img", tmp_path / "script"
    image.write_bytes(bytes(1440 * 1024))
    os.system(f"mkfs.vfat {image} >/dev/null")
    script.write_text(SCRIPT)
    puts = [module_builder("format", FORMAT), module_builder("pinned", PINNED), str(script),
            program_builder("tests/fixtures/programs/hold.c")]
    out, _ = guest("sh /tmp/script 2>&1", put=puts, qemu=f"-drive if=floppy,format=raw,file={image}", timeout=90)
    said = sections(out)
    at = r" \d+\.\d s ago at "

    def check(section, *patterns):
        for pattern in patterns:
            assert re.search(pattern, said[section]), (pattern, said[section])

    check("module", "rmmod: ERROR: Module exporter is in use by: importer\n",
          r"  held by module importer; rmmod importer; taken by pid \d+ \(modprobe\)" + at + r"depend_add\+")
    check("kernel", r"^result -1\nunload exporter: EAGAIN \(11\), pid (\d+) \(hold\)\n"
          r"module: exporter: not unloaded: in use by: importer\n"
          r"module: exporter: held by module importer; rmmod importer; taken by pid \d+ \(modprobe\)" + at + r"depend_add\+")
    check("file", r"rmmod: ERROR: Module chardev is in use\n", r"held by fd 3 of pid (\d+) \(sh\) on /dev/sample_chardev; kill \1; taken by pid \1 \(sh\)" + at + r"chrdev_open\+")
    check("mount", r"held by mount /mnt \(vfat\); umount /mnt; taken by pid \d+ \(mount\)" + at + r"registry_hold\+.* < sget\+")
    check("disk", r"held by mount /mnt \(vfat\); umount /mnt; taken by pid \d+ \(mount\)" + at + r"disk_\w+\+.* < bdev_open\+")
    check("disk file", r"held by fd 4 of pid (\d+) \(sh\) on /dev/fd0; kill \1; taken by pid \1 \(sh\)" + at)
    check("socket", r"held by fd \d of pid (\d+) \(hold\) on socket:\[\d+\]; kill \1; taken by pid \1 \(hold\)" + at + r".* < __sock_create\+")
    assert "a reference" not in said["socket"]  # both references of a socket are accounted for
    check("program", r"held by program of pid (\d+) \(sh\); kill \1; taken by pid \1 \(sh\)" + at + r"set_binfmt\+")
    # a forked child is a program of the same format: one line more
    assert said["program"].count("held by program") == 3, said["program"]
    check("code", r"held by a reference taken by pid \d+ \(insmod\)" + at + r"pinned_init\+0x\w+/0x\w+ \[pinned\] < load_init\+")
    check("view", r"(?m)^exporter: module importer; rmmod importer; taken by", r"(?m)^pinned: a reference taken by")
    assert said["end"] == ""
