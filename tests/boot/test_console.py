"""The console as a newcomer meets it: banner, prompt, editing, history, completion, job control, power-off."""
import time

import pytest

from harness.terminal import PROMPT, Terminal
from host import vm


@pytest.fixture(scope="module")
def terminal(build):
    with Terminal(build) as t:
        t.banner = t.expect(PROMPT, timeout=40)
        yield t


def test_banner_names_things_to_try(terminal):
    assert "Rakit" in terminal.banner and "modprobe" in terminal.banner


def test_help_lists_commands(terminal):
    out = terminal.command("help")
    for name in ("insmod", "rmmod", "lsmod", "modinfo", "modprobe", "depmod", "dmesg", "ls", "cd", "ps", "mount"):
        assert name in out


def test_pipes_and_redirection(terminal):
    out = terminal.command("echo one two | tr a-z A-Z | cat > /tmp/x; cat < /tmp/x; echo $(wc -w < /tmp/x)")
    assert "ONE TWO" in out and "\n2\n" in out


def test_line_editing(terminal):
    assert "\nabc\n" in terminal.command("echo axc\x1b[D\x7fb")          # left, erase, insert
    assert "\nstart end\n" in terminal.command("end\x01echo start \x05")  # home, end
    terminal.command("echo remember-me")
    assert "\nremember-me\n" in terminal.command("\x1b[A")               # history
    assert "\n5.10.0-rakit\n" in terminal.command("unam\t -r")           # completion


def test_interrupt_and_job_control(terminal):
    terminal.type("sleep 100\n")
    terminal.expect("sleep 100\n")
    time.sleep(1.5)     # until it runs in the foreground
    terminal.type("\x03")
    terminal.expect(PROMPT)
    terminal.type("sleep 50\n")
    terminal.expect("sleep 50\n")
    time.sleep(1.5)
    terminal.type("\x1a")
    terminal.expect("[Ss]topped")
    terminal.expect(PROMPT)
    assert "sleep 50" in terminal.command("jobs")
    terminal.command("kill %1")


def test_exit_gives_a_new_shell(terminal):
    terminal.type("exit\n")
    terminal.expect(PROMPT)
    assert "alive" in terminal.command("echo alive")


def test_poweroff(build):
    with Terminal(build) as t:
        t.expect(PROMPT, timeout=40)
        t.type("poweroff\n")
        assert t.wait(20) in (0, vm.EXIT_POWEROFF)
