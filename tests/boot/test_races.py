"""Loads, unloads, opens and lookups at the same time: each race is forced by gates at which the code waits."""
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
MODULES = ("gate", "slow", "slow_user", "looker")


def test_races(guest, build, tmp_path):
    folder = tmp_path / "races"
    shutil.copytree(os.path.join(TOP, "tests", "fixtures", "races"), folder)
    done = subprocess.run(["make", "-C", TOP, f"M={folder}", f"O={build}", "modules"], capture_output=True, text=True, timeout=120,
                          env={name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")})
    assert done.returncode == 0 and "warning" not in done.stderr, done.stdout + done.stderr
    out, _ = guest("dmesg -n 1; sh /tmp/races.sh /tmp", put=[os.path.join(HERE, "races.sh")] + [str(folder / f"{m}.ko") for m in MODULES],
                   timeout=120)
    assert out.count("ok - ") == 13 and "not ok" not in out, out
