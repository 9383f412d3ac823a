"""The module tools against Debian's kmod 30 on random module trees: the same files, texts and exit codes.

Deliberately different, and left out of the comparison: the configuration shows soft dependencies with the blank between
"pre:" and "post:" lists that kmod forgets.
"""
import os
import random
import re
import shutil
import subprocess
from glob import glob

import pytest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("RAKIT_BUILD", os.path.join(TOP, "build"))
RELEASE = "5.10.0-test"
PATH = "/usr/sbin:/sbin:/usr/bin:/bin"
TOOLS = ("modprobe", "modinfo", "depmod")


def kmod_version():
    program = shutil.which("kmod", path=PATH)
    if not program:
        return None
    found = re.search(r"version (\d+)", subprocess.run([program, "--version"], capture_output=True, text=True).stdout)
    return found and int(found[1])


pytestmark = pytest.mark.skipif(kmod_version() != 30, reason="set-up: Debian's kmod 30 is not installed")


def build_tools(folder, names, flags):
    """Our tools, built for this machine: what they share once, then each."""
    compiler = ["gcc", "-std=gnu11", "-g", "-w", f"-I{TOP}/kernel", f"-I{TOP}/tools", "-D_GNU_SOURCE", *flags]
    if os.path.isdir(folder):
        return folder
    for part, patterns in enumerate((["tools/guest/lib/refusal.c", "tools/guest/lib/kmod_*.c"], ["kernel/link/*.c"], ["kernel/sign/*.c"], ["kernel/lib/*.c"])):
        os.makedirs(f"{folder}/{part}")
        subprocess.run([*compiler, "-c", *[f for p in patterns for f in glob(f"{TOP}/{p}")]], cwd=f"{folder}/{part}", check=True, timeout=300)
    subprocess.run(["ar", "rcs", "libkmod.a", *glob(f"{folder}/*/*.o")], cwd=folder, check=True)
    for name in names:
        sources = glob(f"{TOP}/tools/guest/sbin/{name}.c") + glob(f"{TOP}/tools/guest/sbin/{name}/*.c")
        subprocess.run([*compiler, "-o", name, *sources, "libkmod.a"], cwd=folder, check=True, timeout=300)
    return folder


@pytest.fixture(scope="session")
def tools(tmp_path_factory):
    return build_tools(str(tmp_path_factory.getbasetemp() / "kmod-tools"), TOOLS, ["-O1", "-fsanitize=address,undefined"])


def module_source(index, name, own, used, info):
    lines = [f'static const char info_{k}[] __attribute__((section(".modinfo"), used, aligned(1))) = "{t}";' for k, t in enumerate(info)]
    for symbol in own:
        lines.append(f"int {symbol}(void) {{ return 0; }}")
        lines.append(f'static const char name_{symbol}[] __attribute__((section("__ksymtab_strings"), used, aligned(1))) = "{symbol}";')
        lines.append(f'const void *__ksymtab_{symbol} __attribute__((section("__ksymtab"), used)) = {symbol};')
    lines += [f"int {symbol}(void);" for symbol in used]
    lines.append("int init_module(void) { return 0" + "".join(f" + {s}()" for s in used) + "; }")
    lines.append('char this_module[384] __attribute__((section(".gnu.linkonce.this_module"), used, aligned(64)));')
    return "\n".join(lines) + "\n"


def make_tree(root, seed, count):
    """A tree of modules that use each other, with aliases, soft dependencies, parameters and a modprobe.d; names to try."""
    pick = random.Random(seed)
    lib = f"{root}/lib/modules/{RELEASE}"
    os.makedirs(f"{root}/modprobe.d")
    names = [pick.choice(["snd", "fs", "net", "x"]) + pick.choice("-_") + f"m{i}" for i in range(count)]
    symbols = [[f"sym_{i}_{k}" for k in range(pick.randint(0, 3))] for i in range(count)]
    order = []
    for i, name in enumerate(names):
        folder = pick.choice(["kernel/drivers", "kernel/fs/x", "kernel/net"])
        os.makedirs(f"{lib}/{folder}", exist_ok=True)
        known = [s for group in symbols[:i] for s in group]
        used = pick.sample(known, min(len(known), pick.randint(0, 4)))
        info = ["license=GPL", f"name={name.replace('-', '_')}", f"description=module {i}", f"vermagic={RELEASE} mod_unload 686 ", "depends="]
        info += pick.sample([f"alias=pci:v0000{pick.randint(1000, 9999)}d*sv*sd*bc*sc*i*", f"alias=char-major-{pick.randint(1, 90)}-*",
                             f"alias=fs-kind-{i}", f"alias=net-pf-{pick.randint(1, 40)}-proto-1", f"alias=x-[a-z]*-{i}"], pick.randint(0, 3))
        if pick.random() < 0.2:
            info.append(f"softdep=pre: {pick.choice(names)}" + (f" post: {pick.choice(names)}" if pick.random() < 0.5 else ""))
        if pick.random() < 0.3:
            info += ["parmtype=irq:int", "parm=irq:IRQ line", "parm=lonely:no type", "parmtype=typed:charp"]
        if pick.random() < 0.1:
            info += [f"alias=devname:dev{i}", f"alias=char-major-10-{100 + i}"]
        source = f"{root}/module.c"
        with open(source, "w") as f:
            f.write(module_source(i, name, symbols[i], used, info))
        subprocess.run(["gcc", "-m32", "-O1", "-fno-pic", "-fno-stack-protector", "-fcf-protection=none", "-ffreestanding",
                        "-fno-asynchronous-unwind-tables", "-c", source, "-o", f"{lib}/{folder}/{name}.ko"], check=True)
        order.append(f"{folder}/{name}.ko\n")
    pick.shuffle(order)
    with open(f"{lib}/modules.order", "w") as f:
        f.writelines(order)
    with open(f"{lib}/modules.builtin", "w") as f:
        f.write("kernel/drivers/bi-one.ko\nkernel/drivers/bi_two.ko\n")
    with open(f"{lib}/modules.builtin.modinfo", "wb") as f:
        f.write(b"bi_one.license=GPL\0bi_one.alias=builtin-alias-*\0bi_two.license=GPL\0bi_two.parm=x:text\0bi_two.parmtype=x:int\0")
    with open(f"{root}/modprobe.d/test.conf", "w") as f:
        for k in range(8):
            name = pick.choice(names)
            f.write(pick.choice([f"options {name} irq={k} dma={k}\n", f"blacklist {name}\n", f"install {name} /bin/true $CMDLINE_OPTS\n",
                                 f"alias my-{k}-* {name}\n", f"remove {name} /bin/true\n", "# comment\n", f"options {name} \\\n   a=b\n",
                                 f"softdep {name} pre: {pick.choice(names)}\n"]))
    return names + ["bi-one", "bi_two", "builtin-alias-7", "fs-kind-1", "nosuch", "my-0-x", "my-3-x", "symbol:sym_1_0", "char-major-10-105"]


def run(program, arguments, root):
    done = subprocess.run([program] + arguments, capture_output=True, text=True, cwd="/", env={"PATH": PATH, "ASAN_OPTIONS": "detect_leaks=0"})
    errors = [line for line in done.stderr.splitlines() if not line.startswith("libkmod:")]
    return (done.stdout + "\n".join(errors)).replace(root, "ROOT"), done.returncode


@pytest.fixture(scope="session", params=range(3))
def trees(request, tools, tmp_path_factory):
    """The same tree twice: indexed by kmod's depmod, and by ours."""
    theirs = str(tmp_path_factory.mktemp("kmod") / "theirs")
    ours = theirs[:-len("theirs")] + "ours"
    names = make_tree(theirs, request.param, 12)
    shutil.copytree(theirs, ours)
    assert run("depmod", ["-b", theirs, RELEASE], theirs) == run(f"{tools}/depmod", ["-b", ours, RELEASE], ours) == ("", 0)
    return theirs, ours, names


def test_depmod_writes_the_same_files(trees):
    theirs, ours, _ = (f"{t}/lib/modules/{RELEASE}" if isinstance(t, str) else t for t in trees)
    assert sorted(os.listdir(theirs)) == sorted(os.listdir(ours))
    for name in sorted(os.listdir(theirs)):
        if not name.startswith("modules."):
            continue
        a, b = (open(f"{t}/{name}", "rb").read() for t in (theirs, ours))
        assert a == b, name


OPTIONS = [["-D"], ["-n", "-v"], ["-R"], ["-b", "-D"], ["-i", "-n", "-v"], ["-q", "-n"], ["-r", "-n", "-v"]]


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_modprobe_says_the_same(trees, tools, options):
    theirs, ours, names = trees
    for name in names:
        extra = ["a=b", "c=d e"] if "-v" in options and "-r" not in options else []
        a = run("modprobe", ["-d", theirs, "-S", RELEASE, "-C", f"{theirs}/modprobe.d"] + options + [name] + extra, theirs)
        b = run(f"{tools}/modprobe", ["-d", ours, "-S", RELEASE, "-C", f"{ours}/modprobe.d"] + options + [name] + extra, ours)
        c = run("modprobe", ["-d", ours, "-S", RELEASE, "-C", f"{ours}/modprobe.d"] + options + [name] + extra, ours)
        assert a == b, name
        assert a == c, f"{name}: kmod's modprobe on our indexes"


@pytest.mark.parametrize("options", [[], ["-p"], ["-n"], ["-F", "alias"], ["-0"], ["-m"]], ids=lambda o: " ".join(o) or "all")
def test_modinfo_says_the_same(trees, tools, options):
    theirs, ours, names = trees
    files = [os.path.join(folder, f) for folder, _, found in os.walk(theirs) for f in found if f.endswith(".ko")]
    for name in names + (files if options != ["-m"] else []):
        a = run("modinfo", ["-b", theirs, "-k", RELEASE] + options + [name], theirs)
        b = run(f"{tools}/modinfo", ["-b", ours, "-k", RELEASE] + options + [name.replace(theirs, ours)], ours)
        assert a == b, name


def test_our_modules(tools):
    """Module files of our own build: signature, versions of symbols, parameters."""
    files = sorted(glob(f"{BUILD}/root/lib/modules/*/kernel/**/*.ko", recursive=True))
    assert files
    for file in files[:12] + [f for f in files if "sample" in f]:
        for command in (["modinfo"], ["modinfo", "-F", "signer"], ["modinfo", "-F", "signature"], ["modinfo", "-0"], ["modprobe", "--dump-modversions"], ["modprobe", "--show-exports"]):
            a, b = (run(tool, command[1:] + [file], "/nowhere") for tool in (command[0], f"{tools}/{command[0]}"))
            assert a == b, f"{command} {file}"
