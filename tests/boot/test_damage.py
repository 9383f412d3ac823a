"""Damaged module files: every structured corruption of a module is refused by the running kernel, and leaves nothing."""
import os
import re

MODULES = "root/lib/modules/5.10.0-rakit/kernel"


def test_every_damage_is_refused(guest, build, program_builder):
    """Fields, bytes and lengths of two modules: one with parameters, one that exports."""
    corrupt = program_builder(os.path.join(os.path.dirname(__file__), "programs", "corrupt.c"))
    out, _ = guest("dmesg -n 1; /tmp/corrupt /tmp/hello.ko hello && /tmp/corrupt /tmp/exporter.ko exporter",
                   put=[corrupt] + [f"{build}/{MODULES}/sample/{name}/{name}.ko" for name in ("hello", "exporter")], timeout=300)
    tried = [int(n) for n in re.findall(r"^\w+: (\d+) damaged files, 0 loaded", out, re.M)]
    assert len(tried) == 2 and min(tried) > 10000, out
