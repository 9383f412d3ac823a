"""Building 32-bit programs: for the guest with the tree's C library, or bare."""
import os
import subprocess

from .verdict import Trouble

CC_32 = ["gcc", "-std=gnu11", "-m32", "-march=i686", "-Os", "-ffreestanding", "-fno-pic", "-fno-pie", "-fcf-protection=none", "-fno-stack-protector"]


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise Trouble("build-error", done.stdout + done.stderr)
    return done.stdout.strip()


def build_program(top, build, source, path):
    """A guest program from one C file; returns path."""
    run(CC_32 + ["-mno-sse", "-mno-mmx", "-nostdinc", "-isystem", run(["gcc", "-print-file-name=include"]),
                 "-I", os.path.join(top, "libc", "include"), "-I", os.path.join(top, "kernel", "include", "uapi"), "-c", source, "-o", path + ".o"])
    run(["ld", "-m", "elf_i386", "-static", "--no-warn-rwx-segments", "-Ttext-segment=0x08048000", "-o", path,
         os.path.join(build, "user", "libc", "crt0.asm.o"), path + ".o", os.path.join(build, "libc", "libc.a")])
    return path
