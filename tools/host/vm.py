"""One headless QEMU run of Rakit and its verdict.

The guest has three serial ports: ttyS0 is the console (log), ttyS1 the command's output, ttyS2 the results channel. The
verdict comes from QEMU's exit status (isa-debug-exit) and the results channel, never from console text.
"""
import fcntl
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

from . import cpio

# isa-debug-exit: QEMU exits with value * 2 + 1; values as in kernel/include/rakit/exit_codes.h.
EXIT_POWEROFF = 0x10 * 2 + 1
EXIT_PANIC = 0x11 * 2 + 1
EXIT_NO_INIT = 0x12 * 2 + 1

TIMEOUT_STATUS, PANIC_STATUS, VM_STATUS = 124, 125, 126

# Verdict kinds.
DONE, PANIC, TRIPLE_FAULT, HANG, TIMEOUT, NO_VM = "done", "panic", "triple-fault", "hang", "timeout", "no-vm"


@dataclass
class Result:
    kind: str                       # one of the verdict kinds
    status: int                     # what `tools/rakit exec` exits with
    output: bytes = b""             # what the command wrote
    console: bytes = b""            # the console log
    detail: str = ""                # one line for people
    files: dict = field(default_factory=dict)   # guest path -> (mode, bytes) or errno number


@dataclass
class Machine:
    """What to boot and how. Paths are the host's."""
    build: str
    iso: bool = False
    memory: int = 128
    append: str = ""
    qemu_args: list = field(default_factory=list)
    icount: bool = False
    timeout: float = 60.0
    kernel: str = ""                # another image than build/rakit
    initrd: str = ""                # another initrd than build/initrd.cpio; "none" for no initrd
    kvm: bool = False


def qemu_program():
    return os.environ.get("RAKIT_QEMU") or shutil.which("qemu-system-i386")


def common_args(machine):
    args = [qemu_program() or "qemu-system-i386", "-m", str(machine.memory), "-no-reboot", "-nodefaults",
            "-vga", "std", "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04",
            "-accel", "kvm" if machine.kvm else "tcg"]
    if machine.icount:
        # The clock chip too counts the guest's time: by the host's it would differ from run to run.
        args += ["-icount", "shift=3,sleep=off", "-rtc", "base=2026-01-01T00:00:00,clock=vm"]
    return args + list(machine.qemu_args)


def boot_args(machine, folder, append, overlay):
    """QEMU arguments that boot the image with `append` and the cpio bytes `overlay` behind the initrd."""
    if machine.iso:
        return ["-boot", "d", "-cdrom", _iso_with(machine, folder, append, overlay)]
    args = ["-kernel", machine.kernel or os.path.join(machine.build, "rakit"), "-append", append]
    if machine.initrd != "none":
        initrd = os.path.join(folder, "initrd")
        with open(initrd, "wb") as out:
            with open(machine.initrd or os.path.join(machine.build, "initrd.cpio"), "rb") as f:
                shutil.copyfileobj(f, out)
            out.write(b"\0" * (-out.tell() % 4) + overlay)
        args += ["-initrd", initrd]
    return args


def _iso_with(machine, folder, append, overlay):
    """A copy of the ISO that also holds the overlay and the command line (iso/grub.cfg reads both)."""
    quoted = append.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    built = os.path.join(machine.build, "rakit.iso")
    if not os.path.exists(built):  # xorriso would make an empty one
        raise FileNotFoundError(f"{built}: not built; make iso")
    config, extra, image = (os.path.join(folder, n) for n in ("extra.cfg", "extra.cpio", "rakit.iso"))
    with open(config, "w") as f:
        f.write('set append="%s"\n' % quoted)
    with open(extra, "wb") as f:
        f.write(overlay)
    subprocess.run(["xorriso", "-indev", built, "-outdev", image,
                    "-boot_image", "any", "replay", "-map", config, "/boot/extra.cfg", "-map", extra, "/boot/extra.cpio"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return image


class _Channel:
    """A FIFO that QEMU writes a serial port to; collects bytes and may pass them on at once.

    A socket would take the guest's single bytes only as fast as we read: each counts as a packet of some hundred bytes, and the
    guest's port would be ready when we are. The FIFO holds a megabyte, so that counted runs do not depend on us.
    """
    F_SETPIPE_SZ = 1031  # fcntl(2) of Linux

    def __init__(self, folder, name, sink=None):
        self.path = os.path.join(folder, name)
        self.data = bytearray()
        self._sink = sink
        os.mkfifo(self.path + ".in")
        os.mkfifo(self.path + ".out")
        self._fd = os.open(self.path + ".out", os.O_RDWR | os.O_NONBLOCK)
        try:
            fcntl.fcntl(self._fd, self.F_SETPIPE_SZ, 1 << 20)
        except OSError:
            pass  # the system's own size does, more slowly

    def args(self, name):
        return ["-chardev", f"pipe,id={name},path={self.path}", "-serial", f"chardev:{name}"]

    def register(self, selector):
        selector.register(self._fd, selectors.EVENT_READ, self)

    def ready(self):
        block = os.read(self._fd, 1 << 16)
        self.data += block
        if self._sink:
            self._sink(block)

    def close(self):
        os.close(self._fd)


def _parse_results(data):
    """The results channel: lines `RAKIT1 status N`, `RAKIT1 file PATH MODE SIZE` + bytes, `RAKIT1 nofile PATH ERRNO`,
    `RAKIT1 end`. Returns (status or None, files, complete)."""
    status, files, at = None, {}, 0
    while True:
        end = data.find(b"\n", at)
        if end < 0:
            return status, files, False
        words = data[at:end].decode("utf-8", "replace").rstrip("\r").split(" ")
        at = end + 1
        if words[0] != "RAKIT1":
            continue
        if words[1] == "status":
            status = int(words[2])
        elif words[1] == "file":
            size = int(words[-1])
            if len(data) - at < size:
                return status, files, False
            files[" ".join(words[2:-2])] = (int(words[-2], 8), bytes(data[at:at + size]))
            at += size
        elif words[1] == "nofile":
            files[" ".join(words[2:-1])] = int(words[-1])
        elif words[1] == "end":
            return status, files, True


def overlay_for(command, puts=(), gets=()):
    """The cpio bytes that carry a command, files to put [(host, guest)] and guest paths to get."""
    archive = cpio.Archive()
    archive.file("run/rakit/command", command.encode())
    archive.file("run/rakit/get", "".join(g + "\n" for g in gets).encode())
    for host, guest in puts:
        archive.host_tree(host, guest)
    return archive.data()


def run(machine, command=None, puts=(), gets=(), stdout=None, console=None):
    """Boot a fresh VM, run `command` if given, and return a Result.

    stdout, console: callables that get the bytes of the command's output and of the console as they come.
    """
    folder = tempfile.mkdtemp(prefix="rakit-")
    selector = selectors.DefaultSelector()
    channels = []
    process = None
    try:
        channels = [_Channel(folder, "console", console), _Channel(folder, "output", stdout), _Channel(folder, "results")]
        append = "console=ttyS0 panic=-1 " + ("rakit.exec=1 " if command is not None else "") + machine.append
        overlay = overlay_for(command, puts, gets) if command is not None else b""
        args = common_args(machine) + ["-display", "none", "-monitor", "none"]
        for channel, name in zip(channels, ("console", "output", "results")):
            channel.register(selector)
            args += channel.args(name)
        try:
            args += boot_args(machine, folder, append.strip(), overlay)
        except (OSError, subprocess.CalledProcessError) as error:
            return Result(NO_VM, VM_STATUS, detail=f"cannot make the boot image: {error}")
        with open(os.path.join(folder, "qemu.err"), "wb") as errors:
            try:
                process = subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
            except OSError as error:
                return Result(NO_VM, VM_STATUS, detail=f"cannot start QEMU: {error}")
        idle = _pump(process, selector, machine.timeout)
        timed_out = process.poll() is None
        if timed_out:
            process.send_signal(signal.SIGKILL)
        process.wait()
        with open(os.path.join(folder, "qemu.err"), errors="replace") as f:
            complaint = f.read().strip()
        return _verdict(process.returncode, timed_out, idle, command, channels, complaint, machine.timeout)
    finally:
        if process and process.poll() is None:
            process.kill()
            process.wait()
        for channel in channels:
            channel.close()
        selector.close()
        shutil.rmtree(folder, ignore_errors=True)


def _pump(process, selector, timeout):
    """Move bytes until QEMU ends or the time is up; returns the seconds since the last byte."""
    ended = os.pidfd_open(process.pid) if hasattr(os, "pidfd_open") else None  # wakes us at once
    if ended is not None:
        selector.register(ended, selectors.EVENT_READ)
    try:
        return _pump_until_end(process, selector, timeout)
    finally:
        if ended is not None:
            selector.unregister(ended)
            os.close(ended)


def _pump_until_end(process, selector, timeout):
    end = last = time.monotonic()
    end += timeout
    while True:
        running = process.poll() is None
        events = selector.select(0.05 if running else 0)
        for key, _ in events:
            if key.data:
                key.data.ready()
                last = time.monotonic()
        if not running and not any(key.data for key, _ in events):
            return 0
        if running and time.monotonic() >= end:
            return time.monotonic() - last


def _verdict(code, timed_out, idle, command, channels, complaint, timeout):
    console, output, results = (bytes(c.data) for c in channels)
    status, files, complete = _parse_results(results)

    def result(kind, exit_status, detail=""):
        return Result(kind, exit_status, output, console, detail, files)

    if timed_out:
        # A guest that still says something is slow or endless; a silent one hangs. Both exit with 124.
        kind = HANG if idle > min(5.0, timeout / 2) else TIMEOUT
        return result(kind, TIMEOUT_STATUS, f"no end after {timeout:g} s (silent for {idle:.1f} s)")
    if code == EXIT_PANIC:
        return result(PANIC, PANIC_STATUS, "kernel panic")
    if code == EXIT_NO_INIT:
        return result(PANIC, PANIC_STATUS, "no usable init or initrd")
    if code == EXIT_POWEROFF:
        if command is None:
            return result(DONE, 0)
        if status is not None and complete:
            return result(DONE, status)
        return result(NO_VM, VM_STATUS, "the guest powered off before the command was done")
    if code == 0:
        return result(TRIPLE_FAULT, PANIC_STATUS, "triple fault or reset")
    return result(NO_VM, VM_STATUS, f"QEMU ended with status {code}: {complaint or 'no message'}")
