"""The documentation's transcripts are what the commands say now."""
import os
import subprocess

import pytest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


@pytest.mark.skipif("clang" in os.environ.get("CC", ""), reason="made with gcc")
def test_transcripts(build):
    done = subprocess.run([f"{TOP}/tools/build/transcripts.py", "--check", build, f"{TOP}/docs/troubleshooting.md"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
