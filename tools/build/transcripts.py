#!/usr/bin/python3
"""Keep the transcripts in documentation true: run their commands in a fresh VM and write down what they say.

usage: transcripts.py [--check] BUILD PAGE...

A transcript is a fenced block marked `console`; its lines that begin with "$ " are commands, the rest is their output. The
commands of a page run one after the other in one VM with a Sound Blaster and a formatted floppy disk. --check compares and exits 1
when a page is out of date, leaving out what differs from run to run: addresses, offsets, times, sizes, process numbers.
"""
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tools"))
from host import vm  # noqa: E402

BLOCK = re.compile(r"^```console\n(.*?)^```\n", re.M | re.S)
MARK = "@@ output of "
# What differs from run to run, with the compiler or with the version.
VARIABLE = re.compile(r"0x[0-9a-f]+|\b[0-9a-f]{40}\b|\b[0-9a-f]{8}\b|\b\d+(\.\d+)*\b|(?<=vermagic).*|(?<= ago at ).*|(?<=compilation: )[^;]*")


def commands_of(page):
    return [[line[2:] for line in block.splitlines() if line.startswith("$ ")] for block in BLOCK.findall(page)]


def run(build, commands):
    """What each command says, in order."""
    with tempfile.TemporaryDirectory(prefix="rakit-") as folder:
        script, disk = os.path.join(folder, "script"), os.path.join(folder, "floppy.img")
        with open(disk, "wb") as f:
            f.truncate(1440 * 1024)
        subprocess.run(["mkfs.vfat", disk], check=True, capture_output=True)
        with open(script, "w") as f:
            f.write("exec 2>&1\ncd /root\n" + "".join(f"echo '{MARK}{i}'\n{command}\n" for i, command in enumerate(commands)))
        machine = vm.Machine(build=build, timeout=120.0, qemu_args=["-audiodev", "none,id=a", "-device", "sb16,audiodev=a",
                                                                    "-drive", f"if=floppy,format=raw,file={disk}"])
        result = vm.run(machine, "sh /tmp/script", [(script, "/tmp/script")])
    text = result.output.decode("utf-8", "replace").replace("\r\n", "\n")
    parts = re.split(rf"^{MARK}\d+\n", text, flags=re.M)[1:]
    if len(parts) != len(commands):
        raise RuntimeError(f"the VM ended early ({result.kind}): {text[-2000:]}")
    return parts


def renewed(build, page):
    outputs = iter(run(build, [command for block in commands_of(page) for command in block]))

    def block(match):
        text = "".join(f"$ {command}\n{next(outputs)}" for command in commands_of(match.group(0))[0])
        return f"```console\n{text}```\n"
    return BLOCK.sub(block, page)


def masked(page):
    return re.sub(" +", " ", VARIABLE.sub("#", page))


def main():
    check = "--check" in sys.argv
    build, *pages = [word for word in sys.argv[1:] if word != "--check"]
    outdated = 0
    for path in pages:
        with open(path) as f:
            page = f.read()
        new = renewed(build, page)
        if check and masked(new) != masked(page):
            print(f"{path}: out of date; tools/build/transcripts.py {build} {path}")
            outdated = 1
        elif not check:
            with open(path, "w") as f:
                f.write(new)
    sys.exit(outdated)


if __name__ == "__main__":
    main()
