"""modwhy: why a module is loaded or not, why a device is bound or not, and who holds a resource."""
import re

SCRIPT = """
why() { echo "== $*"; modwhy "$@" 2>&1; echo "status $?"; }
why importer
insmod /lib/modules/*/kernel/sample/importer/importer.ko 2>/dev/null; modwhy importer | grep -A3 'last refusal'
modprobe importer; why exporter
why fs-vfat
why helo
why binfmt_elf
echo 'blacklist chardev' >/etc/modprobe.d/x.conf; echo 'install procfs /bin/false' >>/etc/modprobe.d/x.conf; why chardev procfs
why /tmp/old.ko
modprobe sb16; modprobe rtc_cmos
why rtc_cmos
why rtc0
why /dev/dsp
why /dev/ttyS0
why 0x220
why 0x3f8-0x3ff
why 'irq 5'
why 'dma 3'
modprobe -r importer; modprobe importer; rmmod importer; why importer
"""


def test_modwhy(guest, build, tmp_path):
    script, old = tmp_path / "script", tmp_path / "old.ko"
    script.write_text(SCRIPT)
    with open(f"{build}/modules/sample/hello/hello.ko", "rb") as f:
        old.write_bytes(f.read().replace(b"vermagic=5.10.0-rakit ", b"vermagic=5.9.99-rakit "))
    out, _ = guest("sh /tmp/script 2>&1", put=[str(script), str(old)], qemu="-audiodev none,id=a -device sb16,audiodev=a", timeout=90)
    said = {}
    for part in out.split("== ")[1:]:
        name, text = part.split("\n", 1)
        said.setdefault(name, []).append(text)

    def check(name, *patterns, status=0, which=0):
        text = said[name][which]
        assert f"status {status}\n" in text, text
        for pattern in patterns:
            assert re.search(pattern, text), (name, pattern, text)

    check("importer", r"^importer: not loaded\n", r"  file: /lib/modules/\S+/importer.ko, \d+ bytes, signed\n", r'  vermagic: ".*", as the kernel\'s\n',
          r"  lacks sample_counter_add: exported by exporter.ko, not loaded; modprobe exporter\n", r"  needs: exporter \(not loaded\)\n",
          r"  to load it: modprobe importer\n", r"last refusal: load importer: ENOENT \(2\), pid \d+ \(insmod\)\n    module: importer: needs sample_counter_add \(")
    check("exporter", r"^exporter: loaded \(Live\), \d+ bytes, 1 reference\n", r"  loaded-by: pid \d+ uid 0 modprobe\n",
          r"  held by module importer; rmmod importer; taken by pid", r"  not removable while it is held\n")
    check("fs-vfat", r"^fs-vfat: an alias of vfat\nvfat: not loaded\n", r"  symbols: all \d+ that it uses are there\n")
    check("helo", r"helo: no module, alias, device or resource of this name\n  nearest: hello\n", status=1)
    check("binfmt_elf", r"^binfmt_elf: built into the kernel; never to be removed\n")
    check("chardev procfs", r"  blacklist: yes, by modprobe.d", r"  install command: /bin/false\n")
    check("/tmp/old.ko", r'  vermagic: "5.9.99-rakit .*", the kernel\'s is "5.10.0-rakit .*"; rebuild it for this kernel\n|checksum')
    check("rtc_cmos", r"  removable: rmmod rtc_cmos\n", r"rtc_cmos: a device of the bus platform\n  bound to driver rtc_cmos of rtc_cmos; echo",
          r"  served by: rtc_cmos \(loaded\)", r"  holds ioports: 0070-0071 : rtc_cmos\n")
    check("rtc0", r"rtc0: a device of the class rtc\n", r"is of module rtc_core; modwhy rtc_core\n", r"  part of the device rtc_cmos; modwhy rtc_cmos\n")
    check("/dev/dsp", r"  number: c 14:3\n  chrdev 14:3 is of module sb16; modwhy sb16\n")
    check("/dev/ttyS0", r"  registered by the kernel as ttyS\n")
    check("0x220", r"  ports 0x220-0x22f: held by module sb16 since \d+\.\d+ s, taken at sb_init\+0x\w+/0x\w+ \[sb16\]; rmmod sb16\n")
    check("0x3f8-0x3ff", r"  ports 0x3f8-0x3ff: serial\n")
    check("irq 5", r"  irq 5: held by module sb16 since", r"  /proc/interrupts: \d+ +XT-PIC +sb16\n")
    check("dma 3", r"^dma 3:\n  free\n")
    assert "last refusal" not in said["importer"][1]  # it has been loaded since
