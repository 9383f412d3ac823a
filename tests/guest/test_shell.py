"""The guest's shell and small programs, run on this machine: built for it with ASan and UBSan, and the i386 programs themselves.

A case is a script in sh/ or programs/ with what it prints and its exit status in NAME.expected beside it. All programs that
a case calls are ours. Where dash, bash and the GNU programs agree with each other, so do the expected files.
To write one anew: RAKIT_EXPECT=write. Interactive use is tried on a pseudo-terminal.
"""
import os
import platform
import pty
import re
import select
import signal
import subprocess
import time

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(os.environ.get("RAKIT_BUILD", os.path.join(TOP, "build")))
CASES = sorted(f"{folder}/{name[:-3]}" for folder in ("sh", "programs")
               for name in os.listdir(os.path.join(HERE, folder)) if name.endswith(".sh"))


@pytest.fixture(scope="session", params=["host", "i386"])
def programs(request):
    """The folder with the programs of one build."""
    if request.param == "i386":
        path = os.path.join(BUILD, "root", "bin")
        if platform.machine() not in ("x86_64", "i686") or not os.path.exists(os.path.join(path, "sh")):
            pytest.skip("the i386 programs are not built or do not run here")
        try:
            subprocess.run([os.path.join(path, "true")], check=True)
        except OSError as error:
            pytest.skip(f"i386 programs do not run here: {error}")
        return path
    done = subprocess.run(["make", "-s", "-j2", "-f", "tests/guest/host.mk", f"O={BUILD}"], cwd=TOP, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    return os.path.join(BUILD, "guest-host", "bin")


def environment(programs):
    return {"PATH": programs, "HOME": "/root", "LC_ALL": "C", "TZ": "UTC0", "ASAN_OPTIONS": "detect_leaks=0"}


@pytest.mark.parametrize("case", CASES)
def test_case(case, programs, tmp_path):
    script = os.path.join(HERE, case + ".sh")
    with open(tmp_path / ".output", "wb") as output, open(tmp_path / ".errors", "wb") as errors:
        process = subprocess.Popen([os.path.join(programs, "sh"), script], cwd=tmp_path, env=environment(programs), stdout=output,
                                   stderr=errors, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            status = process.wait(180)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            status = "timeout"
    text = open(tmp_path / ".output", "rb").read() + f"status {status}\n".encode()
    problems = open(tmp_path / ".errors", "rb").read()
    assert b"AddressSanitizer" not in problems and b"runtime error" not in problems, problems.decode(errors="replace")[-4000:]
    expected = os.path.join(HERE, case + ".expected")
    if os.environ.get("RAKIT_EXPECT") == "write":
        open(expected, "wb").write(text)
    wanted = open(expected, "rb").read()
    for number, (have, want) in enumerate(zip(text.split(b"\n"), wanted.split(b"\n")), 1):
        assert have == want, f"{case}.expected:{number}\n{problems.decode(errors='replace')[-1000:]}"
    assert text == wanted


class Terminal:
    """A shell on a pseudo-terminal."""

    def __init__(self, programs, folder):
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.chdir(folder)
            os.execve(os.path.join(programs, "sh"), ["sh"], dict(environment(programs), PS1="PROMPT ", PS2="MORE ", HOME=str(folder)))
        self.seen = ""

    def expect(self, text, seconds=20):
        """Wait until `text` (a regular expression) comes, and forget everything up to it."""
        end = time.monotonic() + seconds
        while not (match := re.search(text, self.seen)):
            left = end - time.monotonic()
            assert left > 0, f"{text!r} did not come; the terminal shows {self.seen[-2000:]!r}"
            if select.select([self.fd], [], [], left)[0]:
                try:
                    self.seen += os.read(self.fd, 4096).decode(errors="replace")
                except OSError:
                    self.seen += "<end>"
        self.seen = self.seen[match.end():]
        return match

    def type(self, text):
        os.write(self.fd, text.encode())

    def run(self, line, answer):
        """Type a line at the prompt, see the answer, and wait for the next prompt: only there does the editor have the terminal."""
        self.type(line + "\r")
        match = self.expect(answer)
        self.expect("PROMPT ")
        return match

    def busy(self, seconds=20):
        """Wait until a job has the terminal."""
        end = time.monotonic() + seconds
        while os.tcgetpgrp(self.fd) in (0, self.pid):
            assert time.monotonic() < end, "the job never got the terminal"
            time.sleep(0.01)

    def close(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.fd)


@pytest.fixture
def terminal(programs, tmp_path):
    shell = Terminal(programs, tmp_path)
    shell.expect("PROMPT ")
    yield shell
    shell.close()


def test_editing(terminal):
    terminal.run("cho hallo\x01e\x05\x1b[D\x1b[D\x1b[D\x1b[D\x1b[3~e", "\r\nhello\r\n")
    terminal.run("echo one two three\x17\x17\x19x", "\r\none two x\r\n")
    terminal.run("echo abc\x15echo kept\x0b", "\r\nkept\r\n")
    terminal.run("echo xab\x02\x14\x1b[F!", "\r\nxba!\r\n")
    terminal.run("echo a/b c\x1bb\x1bbX", "\r\na/Xb c\r\n")


def test_history(terminal):
    terminal.run("echo first", "\r\nfirst\r\n")
    terminal.run("echo second", "\r\nsecond\r\n")
    terminal.run("\x1b[A\x1b[A", "\r\nfirst\r\n")
    terminal.run("\x12sec", "\r\nsecond\r\n")
    terminal.run("unfinished\x1b[A\x1b[B\x15echo typed", "\r\ntyped\r\n")
    terminal.run("history", "1  echo first\r\n +2  echo second")


def test_completion(terminal, tmp_path):
    (tmp_path / "some folder").mkdir()
    (tmp_path / "some folder" / "file.txt").write_text("inside\n")
    (tmp_path / "alpha-one").write_text("")
    (tmp_path / "alpha-two").write_text("")
    terminal.run("cat som\tfil\t", "\r\ninside\r\n")
    terminal.type("ls al\t\t")
    terminal.expect("alpha-one +alpha-two")
    terminal.run("o\t", "\r\nalpha-one\r\n")
    terminal.run("unali\t -a; echo $PW\t", re.escape(str(tmp_path)))
    terminal.run("hist\t>/dev/null; basen\t/x/y", "\r\ny\r\n")


def test_continuation(terminal):
    terminal.type("for i in 1 2\r")
    terminal.expect("MORE ")
    terminal.run("do echo n$i; done", "\r\nn1\r\nn2\r\n")
    terminal.type("echo 'a\r")
    terminal.expect("MORE ")
    terminal.type("\x03")
    terminal.expect("PROMPT ")
    terminal.run("echo $?", "\r\n130\r\n")
    terminal.run("echo )", "syntax error: .* unexpected")
    terminal.run("echo next", "\r\nnext\r\n")


def test_interrupt(terminal):
    terminal.type("sleep 60; echo not reached\r")
    terminal.busy()
    terminal.type("\x03")
    terminal.expect("PROMPT ")
    terminal.run("echo $?", "\r\n130\r\n")
    terminal.type("echo on; while true; do true; done\r")
    terminal.expect("\r\non\r\n")
    terminal.type("\x03")
    terminal.expect("PROMPT ")
    terminal.run("echo still here", "\r\nstill here\r\n")


def test_jobs(terminal):
    terminal.type("sleep 60\r")
    terminal.busy()
    terminal.type("\x1a")
    terminal.expect(r"\[1\] \+ Stopped +sleep 60")
    terminal.expect("PROMPT ")
    terminal.run("jobs", r"\[1\] \+ Stopped")
    terminal.run("bg", r"\[1\] sleep 60")
    terminal.run("jobs", r"\[1\] \+ Running")
    terminal.type("fg\r")
    terminal.expect("sleep 60\r\n")
    terminal.busy()
    terminal.type("\x03")
    terminal.expect("PROMPT ")
    terminal.run("sleep 0.2 & echo started", r"\[1\] \d+\r\nstarted")
    terminal.run("wait", r"\[1\] .*Done")
    terminal.run("sleep 60 | cat & kill %1; wait; echo $?", r"\r\n\d+\r\n")


def test_end_of_input(terminal):
    terminal.run("set -o ignoreeof", "")
    terminal.type("\x04")
    terminal.expect('Use "exit"')
    terminal.expect("PROMPT ")
    terminal.run("set +o ignoreeof", "")
    terminal.type("\x04")
    terminal.expect("<end>")
