"""The tree itself: layout, layers, headers, reading order, static checks."""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest

from conftest import BUILD, TOP

sys.path.insert(0, os.path.join(TOP, "tools", "build"))


def tracked(*patterns):
    out = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns], cwd=TOP,
                         capture_output=True, text=True, check=True).stdout.split()
    return [f for f in out if os.path.exists(os.path.join(TOP, f))]


def run(command, **options):
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, **options)


def test_format():
    files = tracked("*.c", "*.h")
    done = run(["clang-format", "--dry-run", "-Werror", *files])
    bad = sorted({line.split(":")[0] for line in done.stderr.splitlines() if "clang-format" in line})
    assert not bad, "clang-format -i " + " ".join(bad)


def test_layers_and_reading_order():
    done = run(["/usr/bin/python3", "tools/build/layers.py"])
    assert done.returncode == 0, done.stdout


def flags_of(kind):
    """The compiler flags a compile_commands.json entry of that kind has, without the file."""
    for entry in json.load(open(os.path.join(BUILD, "compile_commands.json"))):
        if re.match(kind, entry["file"]):
            words = entry["command"].split()
            return words[:words.index("-c")]
    raise AssertionError(f"no compile command for {kind}")


def alone(files, flags):
    bad = []
    for header in files:
        done = run([*flags, "-fsyntax-only", "-Wall", "-Werror", "-x", "c", "-include", header, "/dev/null"])
        if done.returncode:
            bad.append(f"{header}:\n{done.stderr[:600]}")
    assert not bad, "\n".join(bad)


def test_kernel_headers_alone():
    alone(tracked("kernel/include/linux/*.h", "kernel/include/asm/*.h", "kernel/include/rakit/*.h", "kernel/include/net/*.h",
                  "kernel/include/uapi/*.h"), flags_of("kernel/main.c"))


def test_private_headers_alone():
    alone([h for h in tracked("kernel/*.h") if not h.startswith("kernel/include/")], flags_of("kernel/main.c"))


def test_user_headers_alone():
    alone(tracked("kernel/include/uapi/*.h", "libc/include/*.h"), flags_of("libc/"))


def tidy_groups():
    """Files of compile_commands.json by the flags that matter to clang-tidy."""
    groups = {}
    for entry in json.load(open(os.path.join(BUILD, "compile_commands.json"))):
        words = shlex.split(entry["command"])
        flags = [w for w in words[1:words.index("-c")] if not w.startswith(("-W", "--target", "-mpreferred", "-fno-delete", "-DKBUILD_MODNAME"))]
        groups.setdefault(tuple(flags), set()).add(entry["file"])
    return groups


def test_clang_tidy():
    bad = set()
    for flags, files in tidy_groups().items():
        done = run(["clang-tidy", "--quiet", *sorted(files), "--", "--target=i686-linux-gnu", "-Wno-initializer-overrides", '-DKBUILD_MODNAME="module"', *flags])
        bad |= {line for line in done.stdout.splitlines() if ": warning:" in line or ": error:" in line}
    assert not bad, "\n".join(sorted(bad)[:60])


def test_cppcheck():
    folders = [f for f in ("kernel", "modules", "libc", "tools/guest", "tools/modpost") if os.path.isdir(os.path.join(TOP, f))]
    done = run(["cppcheck", "--quiet", "--enable=warning", "--inline-suppr", "--error-exitcode=1", "-j2",
                "--platform=unix32", "-D__KERNEL__", "-Ikernel/include", "-Ikernel/include/uapi", "-Ikernel", "-Ilibc/include",
                "--suppressions-list=tests/fixtures/cppcheck.txt", *folders])
    assert done.returncode == 0, done.stderr[-6000:]


def test_no_foreign_paths():
    """No path of the machine it was written on stands in the tree."""
    done = run(["git", "grep", "-lF", TOP + "/", "--", "."])
    assert not done.stdout, done.stdout


def test_help_lists_each_goal():
    done = run(["make", "help"])
    goals = set(re.findall(r"^  make ([a-z-]+)", done.stdout, re.M))
    assert {"run", "test", "iso", "debug", "bench-boot", "clean"} <= goals


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_no_output_outside_build():
    done = run(["git", "status", "--porcelain", "--ignored"])
    ignored = [line[3:] for line in done.stdout.splitlines() if line.startswith("!!")]
    stray = [p for p in ignored if not p.startswith(("build", "compile_commands.json", ".config")) and "__pycache__" not in p and ".pytest_cache" not in p]
    assert not stray, stray
