#!/usr/bin/python3
"""Run the fuzzers for as long as wanted. usage: run.py [SECONDS [TARGET...]]; 0 seconds: until interrupted.

Inputs that reach new code are kept in build/fuzz/fuzz_TARGET.found and used by the next run. An input that makes a target
fail is kept there too, under the name that is printed; `build/fuzz/fuzz_TARGET FILE` repeats it."""
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent / "tools")]
sys.dont_write_bytecode = True

from harness import native  # noqa: E402


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    wanted = sys.argv[2:]
    targets = [p for p in sorted(HERE.glob("fuzz_*.c")) if not wanted or p.stem.removeprefix("fuzz_") in wanted]
    if not targets:
        sys.exit(f"run.py: no such target; there are {' '.join(p.stem.removeprefix('fuzz_') for p in sorted(HERE.glob('fuzz_*.c')))}")
    failed = []
    for path in targets:
        print(f"== {path.stem}", flush=True)
        command = native.fuzz_command(path, [f"-max_total_time={seconds}", "-print_final_stats=1", "-verbosity=1"])
        if subprocess.run(command, cwd=native.TOP, check=False).returncode:
            failed.append(path.stem)
    if failed:
        sys.exit(f"failed: {' '.join(failed)}; see {os.path.join(native.BUILD, 'fuzz')}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
