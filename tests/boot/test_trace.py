"""Trace events of modules, in the files and with the names of Linux, and the phases of a load."""
import re

SCRIPT = """
mount -t debugfs none /sys/kernel/debug; cd /sys/kernel/debug/tracing
modprobe hello; rmmod hello
echo == off; grep -vc '^#' trace
echo 'module:*' >set_event
modprobe importer; modprobe -r importer; insmod /etc/passwd 2>/dev/null; mount -t nosuch none /mnt 2>/dev/null
echo == trace; grep -v '^#' trace
echo 0 >tracing_on; modprobe hello; rmmod hello
echo == stopped; grep -c hello trace
echo >trace; echo 1 >tracing_on; echo '!module:module_linking' >>set_event
echo == enabled; cat events/enable events/module/enable events/module/module_linking/enable events/module/module_get/enable
modprobe hello; i=0; while [ $i -lt 150 ]; do modprobe exporter; rmmod exporter; i=$((i+1)); done
echo == many; head -3 trace | tail -1; grep -c linking trace
echo module:module_put >set_event; echo == one; cat set_event; echo nosuch >>set_event; echo $?
echo 0 >events/enable; cat set_event events/module/module_load/format events/module/module_load/id
echo == phases; cat /sys/kernel/rakit/phases
"""


def test_events(guest, tmp_path):
    script = tmp_path / "script"
    script.write_text(SCRIPT)
    out, _ = guest("sh /tmp/script 2>&1; true", put=[str(script)], timeout=90)
    said = {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in out.split("== ")[1:]}
    assert said["off"] == "0\n"
    lines = said["trace"].splitlines()
    for line in lines:
        assert re.fullmatch(r" *[\w-]+-\d+ +\[000\] \.\.\.\. +\d+\.\d{6}: module_\w+: .*", line), line
    times = [float(re.search(r" (\d+\.\d{6}): ", line)[1]) for line in lines]
    assert times == sorted(times)
    events = [re.search(r": module_(.*)", line)[1] for line in lines]
    expected = [r"insertion: exporter ns=\d+ result=0", r"load: exporter ", r"linking: exporter ns=\d+ result=0",
                r"activation: exporter ns=\d+ result=0", r"insertion: importer ns=\d+ result=0", r"get: exporter call_site=depend_add refcnt=1",
                r"load: importer ", r"linking: importer ns=\d+ result=0", r"activation: importer ns=\d+ result=0",
                r"put: exporter call_site=depend_drop refcnt=0", r"free: importer", r"free: exporter", r"insertion: passwd ns=\d+ result=-8"]
    for pattern, event in zip(expected, events):
        assert re.fullmatch(pattern, event), (pattern, event)
    assert any(re.fullmatch(r"request: fs-nosuch wait=1 call_site=get_fs_type", event) for event in events)
    assert said["stopped"] == "0\n"
    assert said["enabled"].split() == ["X", "X", "0", "1"]
    assert re.search(r"entries-in-buffer/entries-written: 512/\d{3,}", said["many"]) and said["many"].splitlines()[1] == "0"
    assert said["one"].splitlines()[0] == "module:module_put" and "\n1\n" in said["one"] and 'print fmt: "%s %s", name, taints\n1\n' in said["one"]
    name, start, *phases = said["phases"].split()
    assert name == "hello" and float(start) > 0 and len(phases) == 3 and all(0 < int(phase) < 10**9 for phase in phases)
