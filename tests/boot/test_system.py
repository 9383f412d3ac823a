"""The system programs: module tools with a configuration, mount and umount, init."""
import re


def test_depmod_in_the_guest_writes_what_the_build_wrote(guest):
    out, _ = guest("cd /lib/modules/$(uname -r) && mkdir /tmp/old && cp modules.* /tmp/old && depmod && "
                   "for f in modules.*; do cmp $f /tmp/old/$f || exit 1; done; ls | wc -l")
    assert int(out) > 10


def test_modprobe_follows_the_configuration(guest):
    out, _ = guest("cd /etc/modprobe.d; echo 'options hello count=2' > a.conf; echo 'alias greeter-* hello' >> a.conf; "
                   "modprobe greeter-7 && cat /sys/module/hello/parameters/count && modprobe -r greeter-7 && "
                   "echo 'blacklist hello' > b.conf; modprobe greeter-7; lsmod | grep -c hello; modprobe hello; lsmod | grep -c hello; rmmod hello; "
                   "echo 'install hello /bin/false' > c.conf; modprobe hello; echo status $?; lsmod | grep -c hello; "
                   "modprobe -n -v exporter; modprobe -D importer")
    lines = out.splitlines()
    assert lines[:3] == ["2", "0", "1"], out
    assert "modprobe: ERROR: Error running install command '/bin/false' for module hello: retcode 1" in lines
    assert "modprobe: ERROR: could not insert 'hello': Invalid argument" in lines
    assert "status 1" in lines
    assert [line.rsplit("/", 1)[-1].strip() for line in lines[-3:]] == ["exporter.ko", "exporter.ko", "importer.ko"]


def test_refusals_show_what_the_kernel_said(guest):
    out, _ = guest("insmod /etc/passwd; echo $?; insmod /lib/modules/$(uname -r)/kernel/sample/importer/importer.ko; echo $?; "
                   "modprobe importer && rmmod exporter; echo $?; rmmod nothing; echo $?")
    assert "insmod: ERROR: could not insert module /etc/passwd: Invalid module format\n  module:" in out
    assert "Unknown symbol in module\n  module: importer:" in out
    assert "rmmod: ERROR: Module exporter is in use by: importer\n  held by module importer; rmmod importer; taken by pid " in out
    assert out.endswith("rmmod: ERROR: Module nothing is not currently loaded\n1\n")


def test_umount_names_who_keeps_it_busy(guest):
    out, _ = guest("mount -t tmpfs none /mnt && echo x > /mnt/f && sleep 20 < /mnt/f & sleep 0.2; umount /mnt; echo status $?; kill %1; "
                   "wait; umount /mnt; echo status $?; umount /mnt; mount | grep -c mnt; true")
    assert "umount: /mnt: target is busy.\n  umount: /mnt: in use by fd 0 of pid" in out and "(sleep)\nstatus 32" in out
    assert "status 0\numount: /mnt: not mounted.\n0\n" in out


def test_mount_options(guest):
    out, _ = guest("echo 'none /mnt tmpfs ro,nosuid 0 0' > /etc/fstab; mount -a && grep ' /mnt ' /proc/mounts; echo x > /mnt/f; "
                   "mount -o remount,rw /mnt && echo x > /mnt/f && cat /mnt/f; umount -a -t tmpfs; mount none /nowhere -t tmpfs; echo $?; "
                   "mount -t nosuchfs none /mnt; echo $?")
    assert "/mnt tmpfs ro," in out and "nosuid" in out and "\nx\n" in out
    assert "mount: /nowhere: mount point does not exist\n32\n" in out
    assert "mount: /mnt: unknown filesystem type" in out


def test_log_and_settings(guest):
    out, _ = guest("dmesg -n 3 && dmesg -l err | wc -l; sysctl -a > /dev/null; lsres > /dev/null; echo done")
    assert out.endswith("done\n")


def test_kernel_numbers(guest):
    """/proc/sys/kernel: names that uname shows, limits with bounds, identifiers."""
    out, _ = guest("cd /proc/sys/kernel; cat ostype osrelease; echo fred > hostname; uname -n; echo 5 > pid_max; echo $?; "
                   "cmp random/boot_id random/boot_id && cat random/boot_id; cmp random/uuid random/uuid > /dev/null || echo differ")
    lines = out.splitlines()
    assert lines[:3] == ["Linux", "5.10.0-rakit", "fred"] and "1" in lines[3:5] and lines[-1] == "differ", out
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", lines[-2]), out
