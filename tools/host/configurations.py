"""Builds of the tree in its other configurations, each in a folder of its own, made from what the main build has in common with it."""
import os
import re
import shutil
import subprocess

from . import bench, vm

NAMES = ("defconfig", "tinyconfig", "allbuiltin", "allmodules")
# What does not depend on which modules there are; tinyconfig's kernel differs (no heap and lock checks).
SHARED = ("boot", "kernel", "include", "user", "libc", "guest", "guest-host", "host", "certs", ".symtypes", ".flags")
FOR_TINY = tuple(name for name in SHARED if name not in ("boot", "kernel", "include"))


def _copy(source, target):
    """Keeps time stamps, so that make finds nothing to do."""
    if os.path.isdir(source):
        shutil.copytree(source, target, symlinks=True)
    elif os.path.exists(source):
        shutil.copy2(source, target)


def build(top, main, name):
    """Builds configuration `name` from scratch into main/config/NAME and returns that folder; main is an up-to-date build."""
    folder = os.path.join(main, "config", name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for part in FOR_TINY if name == "tinyconfig" else SHARED:
        _copy(os.path.join(main, part), os.path.join(folder, part))
    config = f"KCONFIG_CONFIG={folder}/.config"
    for goal in (name, "everything"):
        done = subprocess.run(["make", "-C", top, "-j2", f"O={folder}", config, goal], capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return folder


def facts(main, folder):
    """Sizes in KiB, modules, memory in use at the prompt, and guest instructions to it."""
    os.makedirs(os.path.join(folder, "host"), exist_ok=True)
    plugin = os.path.join(folder, "host", "insncount.so")
    if not os.path.exists(plugin):
        shutil.copy2(os.path.join(main, "host", "insncount.so"), plugin)
    machine = vm.Machine(build=folder)
    instructions, _ = bench.measure(machine, 1)
    result = vm.run(machine, "cat /proc/meminfo")
    memory = {key: int(value) for key, value in re.findall(r"(\w+): +(\d+) kB", result.output.decode())}
    built_in = {"y": 0, "m": 0}
    with open(os.path.join(folder, "include", "generated", "auto.conf")) as f:
        for line in f:
            value = line.strip().rpartition("=")[2]
            built_in[value] = built_in.get(value, 0) + 1
    return {"kernel": os.path.getsize(os.path.join(folder, "rakit")) // 1024,
            "initrd": os.path.getsize(os.path.join(folder, "initrd.cpio")) // 1024,
            "modules": built_in["m"], "used": memory["MemTotal"] - memory["MemFree"], "instructions": instructions}
