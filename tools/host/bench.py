"""`rakit bench-boot`: guest instructions and seconds from power-on to the prompt, beside an empty Multiboot kernel."""
import os
import re
import select
import statistics
import subprocess
import tempfile
import time

from . import vm

PROMPT = re.compile(rb"# $")

# An empty Multiboot 1 kernel: prints '#', then a blank, on COM1 and halts. Assembled by nasm as a flat image.
EMPTY = """
bits 32
org 0x100000
header:
dd 0x1BADB002, 0x10000, -(0x1BADB002 + 0x10000), header, header, end, end, entry
entry:
mov dx, 0x3f8
mov al, '#'
out dx, al
mov al, ' '
out dx, al
halt:
hlt
jmp halt
end:
"""


def _until_prompt(args):
    """Start QEMU, wait for the prompt on standard output; returns (seconds, what QEMU said on stderr)."""
    start = time.monotonic()
    process = subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    seen = b""
    try:
        while not PROMPT.search(seen):
            ready, _, _ = select.select([process.stdout], [], [], 60)
            block = os.read(process.stdout.fileno(), 4096) if ready else b""
            if not block:
                raise RuntimeError("no prompt: " + seen[-400:].decode("utf-8", "replace"))
            seen += block
        seconds = time.monotonic() - start
    finally:
        process.terminate()
        errors = process.communicate()[1]
    return seconds, errors.decode("utf-8", "replace")


def measure(machine, runs):
    """Medians over `runs` runs: (instructions, seconds)."""
    with tempfile.TemporaryDirectory(prefix="rakit-") as folder:
        args = vm.common_args(machine) + ["-display", "none", "-monitor", "none", "-serial", "stdio"]
        args += vm.boot_args(machine, folder, ("console=ttyS0 quiet " + machine.append).strip(), b"")
        seconds = statistics.median(_until_prompt(args)[0] for _ in range(runs))
        plugin = os.path.join(machine.build, "host", "insncount.so")
        said = _until_prompt(args + ["-plugin", plugin])[1]
    return int(re.search(r"insncount: (\d+)", said).group(1)), seconds


def measure_empty(machine, runs):
    with tempfile.TemporaryDirectory(prefix="rakit-") as folder:
        source, image = os.path.join(folder, "empty.asm"), os.path.join(folder, "empty")
        with open(source, "w") as f:
            f.write(EMPTY)
        subprocess.run(["nasm", "-f", "bin", "-o", image, source], check=True)
        empty = vm.Machine(build=machine.build, memory=machine.memory, kernel=image, initrd="none")
        return measure(empty, runs)


def bench_boot(machine, runs=5):
    """Print both rows; returns 0."""
    kernel_kib = os.path.getsize(os.path.join(machine.build, "rakit")) / 1024
    initrd_kib = os.path.getsize(os.path.join(machine.build, "initrd.cpio")) / 1024
    empty_count, empty_seconds = measure_empty(machine, runs)
    count, seconds = measure(machine, runs)
    print(f"image: kernel {kernel_kib:.0f} KiB, initrd {initrd_kib:.0f} KiB")
    print(f"empty Multiboot kernel: {empty_count / 1e6:.2f} million guest instructions, {empty_seconds:.3f} s (median of {runs})")
    print(f"Rakit to the prompt:    {count / 1e6:.2f} million guest instructions, {seconds:.3f} s (median of {runs})")
    return 0
