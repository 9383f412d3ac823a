"""Damaged module files: every structured corruption of a module is refused by the running kernel, and leaves nothing."""
import os
import re
import subprocess


def installed(build, name, folder):
    """The file as it is installed, but for the signature, which would be all that is found wrong."""
    path = str(folder / f"{name}.ko")
    subprocess.run(["strip", "--strip-debug", "-o", path, f"{build}/modules/sample/{name}/{name}.ko"], check=True)
    subprocess.run([f"{build}/host/modpost", "-c", path], check=True)
    return path


def test_every_damage_is_refused(guest, build, program_builder, tmp_path):
    """Fields, bytes and lengths of two modules: one with parameters, one that exports."""
    corrupt = program_builder(os.path.join(os.path.dirname(__file__), "programs", "corrupt.c"))
    out, _ = guest("dmesg -n 1; /tmp/corrupt /tmp/hello.ko hello && /tmp/corrupt /tmp/exporter.ko exporter",
                   put=[corrupt] + [installed(build, name, tmp_path) for name in ("hello", "exporter")], timeout=300)
    tried = [int(n) for n in re.findall(r"^\w+: (\d+) damaged files, 0 loaded", out, re.M)]
    assert len(tried) == 2 and min(tried) > 10000, out
