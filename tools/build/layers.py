#!/usr/bin/python3
"""Check the layer rule, header visibility, the reading order and the folder READMEs.

A folder under kernel/ may include private headers ("folder/x.h") only of itself and of folders of its own or a lower layer;
a module only <linux/ asm/ rakit/ uapi/ generated/> and its own files; pure folders nothing but each other and three standard
headers. usage: layers.py [TOP]; prints each violation and exits 1 when there is any.
"""
import os
import re
import sys

# Bottom up. What stands on one line may include each other.
LAYERS = [
    {"lib", "link", "sign"},
    {"arch", "mm"},
    {"sched", "time", "debug"},
    {"ledger", "resource", "registry"},
    {"module"},
    {"device", "vfs", "block", "net"},
    {"process"},
    {"syscall"},
]
LEVEL = {folder: level for level, folders in enumerate(LAYERS) for folder in folders}
PURE = {"lib", "link", "sign"}
# kernel/lib/linux is the module API's face of the pure code and no pure code itself.
FACE = "kernel/lib/linux/"
# The one header of the module API whose struct pure code shares; it compiles on the host.
PURE_SHARED = {"include/linux/rbtree.h"}
PURE_STANDARD = {"stdint.h", "stddef.h", "stdbool.h", "stdarg.h"}
MODULE_PATHS = ("linux/", "asm/", "rakit/", "uapi/", "net/", "crypto/", "generated/", "asm-generic/")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)
README_LINES = 25


def files(top, folder, suffixes):
    for base, _, names in os.walk(os.path.join(top, folder)):
        for name in sorted(names):
            if name.endswith(suffixes):
                yield os.path.relpath(os.path.join(base, name), top)


def includes(top, path):
    with open(os.path.join(top, path), errors="replace") as f:
        return INCLUDE.findall(f.read())


def check_kernel(top):
    for path in files(top, "kernel", (".c", ".h", ".S")):
        parts = path.split("/")
        if parts[1] == "include" or len(parts) < 3:
            continue
        here = parts[1]
        if here not in LEVEL:
            yield f"{path}: folder kernel/{here} stands in no layer"
            continue
        for bracket, target in includes(top, path):
            folder = target.split("/")[0]
            if here in PURE and not path.startswith(FACE):
                if bracket == "<" and target not in PURE_STANDARD:
                    yield f"{path}: pure code includes <{target}>"
                if bracket == '"' and "/" in target and folder not in PURE and target not in PURE_SHARED:
                    yield f"{path}: pure code includes \"{target}\""
            elif bracket == '"' and folder in LEVEL and LEVEL[folder] > LEVEL[here]:
                yield f"{path}: {here} includes \"{target}\" of the higher layer {folder}"


def check_modules(top):
    for path in files(top, "modules", (".c", ".h")):
        for bracket, target in includes(top, path):
            if bracket == "<" and not target.startswith(MODULE_PATHS) and target not in PURE_STANDARD:
                yield f"{path}: a module includes <{target}>"
            if bracket == '"' and not os.path.exists(os.path.join(top, os.path.dirname(path), target)):
                yield f"{path}: a module includes \"{target}\", not a file beside it"


def check_reading(top):
    with open(os.path.join(top, "kernel", "READING")) as f:
        listed = [line.split()[0] for line in f if line.strip() and not line.startswith("#")]
    for name in sorted({n for n in listed if listed.count(n) > 1}):
        yield f"kernel/READING: {name}: listed twice"
    there = {p for folder in ("boot", "kernel") for p in files(top, folder, (".c", ".S", ".asm"))}
    for name in sorted(there - set(listed)):
        yield f"kernel/READING: {name}: not listed"
    for name in sorted(set(listed) - there):
        yield f"kernel/READING: {name}: no such file"


def check_readmes(top):
    folders = [os.path.join("kernel", f) for f in sorted(os.listdir(os.path.join(top, "kernel"))) if f in LEVEL]
    for folder in folders:
        path = os.path.join(folder, "README.md")
        if not os.path.exists(os.path.join(top, path)):
            yield f"{path}: missing"
        elif sum(1 for _ in open(os.path.join(top, path))) > README_LINES:
            yield f"{path}: more than {README_LINES} lines"


def main():
    top = sys.argv[1] if len(sys.argv) > 1 else "."
    found = [v for check in (check_kernel, check_modules, check_reading, check_readmes) for v in check(top)]
    print("\n".join(found) if found else "layers: ok")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
