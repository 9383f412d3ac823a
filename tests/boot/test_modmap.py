"""modmap: places, exports with their users, and the graph."""
import re
import shutil
import subprocess


def test_map_and_graph(guest, tmp_path):
    out, _ = guest("modprobe importer; modprobe vfat; modmap exporter importer; echo ==; modmap --graph; echo ==; modmap nosuch 2>&1; echo $?; "
                   "modmap | grep -c '^[a-z]'; cat /sys/module/exporter/sections/.text; "
                   "grep ' sample_counter_add ' /sys/kernel/rakit/exports")
    plain, graph, rest = out.split("==\n")
    exporter, importer = plain.split("\nimporter: ")
    assert re.match(r"exporter: \d+ bytes, used by importer\n  sections:\n", exporter)
    places = [int(place, 16) for place in re.findall(r"^    (0x\w{8})  [._]", exporter, re.M)]
    assert places == sorted(places) and len(places) > 5
    assert re.search(r"0x\w{8}  \.init\.text  \(gone after init\)", exporter)
    text, export = rest.splitlines()[-2:]
    assert f"    {text}  .text\n" in exporter
    assert re.search(rf"  exports:\n    0x{export.split()[0]}  sample_counter_add \(GPL\)  used by importer\n", exporter)
    assert "  uses:\n    sample_counter_add of exporter\n    1 symbol of the kernel\n" in importer
    assert '\t"importer" -> "exporter" [label="sample_counter_add"];\n' in graph
    assert re.search(r'"vfat" -> "kernel" \[label="\d+ symbols", style=dashed\];', graph)
    assert rest.startswith("modmap: ERROR: nosuch: not loaded; modwhy nosuch\n1\n3\n")
    if shutil.which("dot"):
        (tmp_path / "graph").write_text(graph)
        svg = subprocess.run(["dot", "-Tsvg", str(tmp_path / "graph")], capture_output=True, text=True, check=True, timeout=60).stdout
        assert svg.count('class="node"') == 4 and svg.count('class="edge"') == 4
