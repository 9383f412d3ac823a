"""Processes, signals and threads as programs see them; binary formats as modules."""
import pytest

from boot.test_files import build_program


@pytest.mark.parametrize("name,points", [("processes", 32), ("signals", 24), ("threads", 6)])
def test_program(guest, tmp_path, name, points):
    out, _ = guest(f"/opt/{name}", status=0, put=[(build_program(name, tmp_path), f"/opt/{name}")], timeout=120)
    assert "not ok" not in out and f"1..{points}" in out, out


def test_script_format_is_loaded_when_wanted(guest, tmp_path):
    script = tmp_path / "s"
    script.write_text("#!/bin/sh\necho ran\n")
    script.chmod(0o755)
    out, _ = guest("lsmod | grep -c binfmt_script; /tmp/s; lsmod | grep -c binfmt_script; rmmod binfmt_script; echo $?; "
                   "grep -c 'binfmt.*script' /sys/kernel/rakit/registry; /tmp/s", status=None, put=[str(script)])
    assert out.split() == ["0", "ran", "1", "0", "0", "ran"]


def test_killing_init_is_impossible(guest):
    out, _ = guest("kill -9 1; kill -STOP 1; kill -SEGV 1; sleep 0.1; echo alive")
    assert "alive" in out
