"""What loading and unloading cost, in guest instructions: a fifth of Linux 6.1's and less (see tools/host/bench_load.py)."""
import os

from host import bench_load

# Linux 6.1.176 in the same machine: empty 240,000 and 67,000, 65,536 relocations 2.74 million, 1 MiB of text 2.6 million, 2,048
# undefined symbols 55.9 million.
LIMITS = {"empty": 48_000, "relocs_65536": 1_370_000, "calls_65536": 1_370_000, "text_1m": 1_300_000, "undefined_2048": 2_790_000}
UNLOAD_LIMIT = 13_400


def test_cost(build):
    counts = bench_load.measure(build)
    with open(os.path.join(build, "rakit.elf"), "rb") as f:
        room = 1.1 if b"clang version" in f.read() else 1  # the limits are for gcc's code, the default
    over = {name: counts[name][0] for name, limit in LIMITS.items() if counts[name][0] > limit * room}
    assert not over, counts
    assert counts["empty"][1] <= UNLOAD_LIMIT, counts
    few, more, most = counts["lookups"]
    assert max(more, most) < few * 1.05, counts["lookups"]
