"""Loading in two stages: memory is reserved, a program links, the kernel checks and installs."""
import os
import subprocess

EVERY_MODULE = """
cd /lib/modules/$(uname -r)
n=0
while read path; do
	name=$(basename $path .ko | tr - _)
	modprobe -D $name >/tmp/chain 2>/dev/null || continue
	while read insmod file options; do
		[ "$insmod" = insmod ] || continue
		grep -q "^$(basename $file .ko | tr - _) " /proc/modules && continue
		insmod --two-stage $file $options 2>/tmp/err && n=$((n + 1)) && continue
		grep -q "init returned" /tmp/err || { echo "two-stage: $file:"; cat /tmp/err; exit 1; }
		n=$((n + 1)) # the image was right: its init has run
	done </tmp/chain
	modprobe -r $name 2>/dev/null
done <modules.order
echo "$n images were right, of $(wc -l <modules.order) modules"
"""


def unsigned(build, name, folder):
    path = str(folder / f"{name}.ko")
    subprocess.run(["strip", "--strip-debug", "-o", path, f"{build}/modules/sample/{name}/{name}.ko"], check=True)
    subprocess.run([f"{build}/host/modpost", "-c", path], check=True)
    return path


def test_every_module(guest):
    """The kernel compares each byte: what it accepts is what it would have made itself."""
    out, _ = guest(EVERY_MODULE, timeout=240)
    right, modules = [int(w) for w in out.splitlines()[-1].split() if w.isdigit()]
    assert right >= modules > 10, out


def test_calls(guest, build, program_builder, tmp_path):
    program = program_builder(os.path.join(os.path.dirname(__file__), "programs", "two_stage.c"))
    out, _ = guest("dmesg -n 1; /tmp/two_stage /tmp/exporter.ko exporter; echo status $?; dmesg | tail -400 | grep -m 3 'linked image is wrong'",
                   put=[program, unsigned(build, "exporter", tmp_path)], timeout=120)
    assert "status 0" in out and "not ok" not in out, out
    assert "linked image is wrong: section" in out and ", offset 0x" in out


def test_insmod(guest):
    out, _ = guest("cd /lib/modules/*/kernel/sample; ! insmod --two-stage importer/importer.ko; insmod --two-stage -v exporter/exporter.ko && "
                   "insmod --two-stage importer/importer.ko && lsmod && rmmod importer exporter && "
                   "insmod --two-stage hello/hello.ko whom=stages && cat /sys/module/hello/parameters/whom")
    assert "needs sample_counter_add, which nobody loaded exports" in out
    assert "stage 1: " in out and "bytes reserved at 0xf0" in out
    assert "exporter" in out and out.splitlines()[-1] == "stages"
