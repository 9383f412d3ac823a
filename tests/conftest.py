"""The harness: verdicts, the guest fixture, and collectors for C unit tests, fuzzers and in-guest TAP.

Each test ends with one verdict: pass, fail, skip, panic, triple-fault, hang, timeout, build-error, setup-error. A failed test
names the one command that repeats it. Verdicts go to JUnit as a property and to a count at the end.
"""
import collections
import os
import subprocess
import sys

import pytest

TESTS = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(TESTS)
sys.path[:0] = [os.path.join(TOP, "tools"), TESTS]
sys.dont_write_bytecode = True

from harness import native  # noqa: E402
from harness.guest import Guest  # noqa: E402
from harness.programs import build_program  # noqa: E402
from harness.verdict import Trouble  # noqa: E402

BUILD = os.environ.get("RAKIT_BUILD", os.path.join(TOP, "build"))


@pytest.fixture(scope="session")
def build():
    """The build folder; `make` has filled it."""
    if not os.path.exists(os.path.join(BUILD, "rakit")):
        raise Trouble("setup-error", f"{BUILD}/rakit is not built; make")
    return BUILD


@pytest.fixture
def guest(build):
    """Boots VMs: guest('command') returns a Result and fails the test on any other verdict than `done`."""
    return Guest(build)


@pytest.fixture(scope="session")
def module_builder(build, tmp_path_factory):
    """Builds out-of-tree modules: module_builder(name, source) -> path of the .ko. What is unresolved is left to the loader."""
    def make(name, source, makefile=None, symvers=()):
        folder = tmp_path_factory.mktemp(name)
        (folder / f"{name}.c").write_text(source)
        (folder / "Makefile").write_text(makefile or f"obj-m := {name}.o\n")
        command = ["make", "-C", TOP, f"M={folder}", f"O={BUILD}", "KBUILD_MODPOST_WARN=1", "modules"]
        if symvers:
            command.append("KBUILD_EXTRA_SYMBOLS=" + " ".join(map(str, symvers)))
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise Trouble("build-error", f"{name}: {done.stdout}{done.stderr}")
        return str(folder / f"{name}.ko")
    return make


@pytest.fixture(scope="session")
def program_builder(build, tmp_path_factory):
    """Builds a guest program with the tree's C library: program_builder(source) -> path."""
    def make(source):
        name = os.path.splitext(os.path.basename(source))[0]
        return build_program(TOP, BUILD, source, str(tmp_path_factory.mktemp("program") / name))
    return make


def pytest_collect_file(parent, file_path):
    folder = file_path.parent.name
    if file_path.suffix == ".c" and folder == "unit" and file_path.name.startswith("test_"):
        return native.UnitFile.from_parent(parent, path=file_path)
    if file_path.suffix == ".c" and folder == "fuzz" and file_path.name.startswith("fuzz_"):
        return native.FuzzFile.from_parent(parent, path=file_path)
    return None


def repeat_command(item):
    return f"tools/rakit test {os.path.relpath(str(item.path), TOP)} -k '{item.name}'"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    error = call.excinfo.value if call.excinfo else None
    if report.skipped:
        verdict = "skip"
    elif report.passed:
        verdict = "pass"
    elif isinstance(error, Trouble):
        verdict = error.verdict
    else:
        verdict = "fail" if report.when == "call" else "setup-error"
    if report.when == "call" or verdict not in ("pass",):
        report.user_properties.append(("verdict", verdict))
    if report.failed:
        report.sections.append(("repeat with", repeat_command(item)))


def pytest_terminal_summary(terminalreporter):
    counts = collections.Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for key, value in getattr(report, "user_properties", ()):
                if key == "verdict":
                    counts[value] += 1
    if counts:
        terminalreporter.write_line("verdicts: " + ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
