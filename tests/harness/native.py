"""Pytest items for tests in C that run on the host: unit tests (ASan, UBSan) and fuzzers (libFuzzer)."""
import glob
import os
import re
import subprocess

import pytest

from .tap import parse_tap
from .verdict import Trouble

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("RAKIT_BUILD", os.path.join(TOP, "build"))
INCLUDES = ["-Ikernel", "-Itests/unit", "-Itools"]
FUZZ_RUNS = int(os.environ.get("RAKIT_FUZZ_RUNS", "20000"))


def _first_lines(path):
    with open(path) as f:
        return f.read(4000)


def _directive(path, name):
    """The words behind `// NAME:` lines of a test file; those with a * stand for the files of the tree."""
    words = [w for line in re.findall(rf"^// {name}: (.*)$", _first_lines(path), re.M) for w in line.split()]
    return [f for w in words for f in (sorted(glob.glob(w, root_dir=TOP)) if "*" in w else [w])]


def _compile(path, output, compiler, flags):
    os.makedirs(os.path.dirname(output), exist_ok=True)
    sources = [str(path)] + _directive(path, "SOURCES")
    command = compiler + flags + INCLUDES + _directive(path, "CFLAGS") + ["-o", output] + sources + _directive(path, "LIBS")
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise Trouble("build-error", f"{' '.join(command)}\n{done.stderr[-4000:]}")


class NativeItem(pytest.Item):
    def repr_failure(self, excinfo):
        if isinstance(excinfo.value, (Trouble, AssertionError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self):
        return self.path, 0, self.name


class UnitItem(NativeItem):
    def runtest(self):
        binary = os.path.join(BUILD, "unit", self.path.stem)
        _compile(self.path, binary, ["gcc"], ["-std=gnu11", "-g", "-O1", "-D_GNU_SOURCE", "-fsanitize=address,undefined",
                                              "-fno-sanitize-recover=undefined", "-Wall", "-Wextra", "-Wno-unused-parameter",
                                              "-Wno-sign-compare", "-Wno-missing-field-initializers"])
        try:
            done = subprocess.run([binary], cwd=TOP, capture_output=True, text=True, timeout=300, errors="replace")
        except subprocess.TimeoutExpired as error:
            raise Trouble("timeout", f"{binary}: no end after {error.timeout:g} s")
        output = done.stdout[-6000:] + done.stderr[-6000:]
        assert done.returncode == 0, output
        points = parse_tap(done.stdout)
        assert points and all(p.ok for p in points), output


def fuzz_command(path, options):
    """Builds a fuzzer; the command that runs it on its corpus and on what earlier runs have found."""
    binary = os.path.join(BUILD, "fuzz", path.stem)
    _compile(path, binary, ["clang"], ["-std=gnu11", "-g", "-O1", "-D_GNU_SOURCE", "-fsanitize=fuzzer,address,undefined",
                                       "-fno-sanitize-recover=undefined"])
    corpus = os.path.join(TOP, "tests", "fuzz", "corpus", path.stem.removeprefix("fuzz_"))
    found = os.path.join(BUILD, "fuzz", path.stem + ".found")
    os.makedirs(found, exist_ok=True)
    return ([binary, "-max_len=16384", "-timeout=20", "-rss_limit_mb=2048", f"-artifact_prefix={found}/", *options, found] +
            ([corpus] if os.path.isdir(corpus) else []))


class FuzzItem(NativeItem):
    def runtest(self):
        command = fuzz_command(self.path, [f"-runs={FUZZ_RUNS}", "-seed=1"])
        done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, timeout=600, errors="replace")
        assert done.returncode == 0, done.stderr[-6000:]


class UnitFile(pytest.File):
    def collect(self):
        yield UnitItem.from_parent(self, name=self.path.stem)


class FuzzFile(pytest.File):
    def collect(self):
        yield FuzzItem.from_parent(self, name=self.path.stem)
