"""Refusals of calls other than loads reach the caller and the machine's list: mounts, unmounts, binding of drivers."""

PICKY = """
#include <linux/module.h>
#include <linux/platform_device.h>

static int fail = 1;
module_param(fail, int, 0644);

static int picky_probe(struct platform_device *pdev)
{
	if (fail)
		dev_err(&pdev->dev, "the wheel does not turn\\n");
	return fail ? -EIO : 0;
}
static struct platform_driver driver = { .probe = picky_probe, .driver = { .name = "picky" } };
static struct platform_driver other = { .probe = picky_probe, .driver = { .name = "choosy" } };
static struct platform_device *device;

static int __init picky_init(void)
{
	platform_driver_register(&driver);
	platform_driver_register(&other);
	device = platform_device_register_simple("picky", -1, NULL, 0);
	return PTR_ERR_OR_ZERO(device);
}
static void __exit picky_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&other);
	platform_driver_unregister(&driver);
}
module_init(picky_init);
module_exit(picky_exit);
MODULE_LICENSE("GPL");
"""

SCRIPT = """
rakit=/sys/kernel/rakit bus=/sys/bus/platform/drivers
mkdir -p /mnt; mount -t tmpsf none /mnt
mount -t tmpfs none /mnt; cd /mnt; umount /mnt; cd /
echo == mounts; cat $rakit/refusal
insmod /tmp/picky.ko
echo == probe; grep -A2 '^probe' $rakit/refusals
sh -c "echo pickey >$bus/picky/bind; true" 2>/dev/null; echo == unknown; cat $rakit/refusal
sh -c "echo picky >$bus/choosy/bind" 2>/dev/null; echo == mismatch; cat $rakit/refusal
sh -c "echo picky >$bus/picky/bind" 2>/dev/null; echo == failing; cat $rakit/refusal
echo 0 >/sys/module/picky/parameters/fail; echo picky >$bus/picky/bind
sh -c "echo picky >$bus/picky/bind" 2>/dev/null; echo == bound; cat $rakit/refusal
umount /mnt
echo == left; grep , $rakit/refusals | sed 's/, pid.*//'
"""


def test_refusals(guest, module_builder, tmp_path):
    script = tmp_path / "script"
    script.write_text(SCRIPT)
    out, _ = guest("sh /tmp/script 2>&1", put=[module_builder("picky", PICKY), str(script)])
    start, *parts = out.split("== ")
    said = {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in parts}
    assert "mount: /mnt: unknown filesystem type; is its module there? (modprobe)\n" in start
    assert "  mount: tmpsf: no such file system, and no module fs-tmpsf; nearest: tmpfs; cat /proc/filesystems\n" in start
    assert "  umount: /mnt: in use by working directory of pid " in start
    assert said["mounts"].startswith("umount /mnt: EBUSY (16), pid ")
    assert said["probe"].splitlines()[0].startswith("probe picky by picky: EIO (5), pid ")
    assert said["probe"].splitlines()[1:] == ["picky picky: the wheel does not turn", "device: picky: driver picky: probe failed with -5 (-EIO)"]
    assert said["unknown"].splitlines()[1] == "device: pickey: not on the bus platform; nearest: picky; ls /sys/bus/platform/devices"
    assert said["mismatch"].splitlines()[1] == "device: picky: not of a kind that choosy drives"
    assert said["failing"].splitlines()[0].startswith("bind picky: EIO (5), pid ") and "the wheel does not turn" in said["failing"]
    assert said["bound"].splitlines()[1] == "device: picky: bound to picky; echo picky >/sys/bus/platform/drivers/picky/unbind"
    # the unmount and the probe have worked meanwhile
    assert [line for line in said["left"].splitlines() if line.startswith(("umount", "probe"))] == []
