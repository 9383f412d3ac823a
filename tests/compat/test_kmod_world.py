"""What kmod's own tests cover, as cases of ours: the same commands in the same small world for Debian's kmod 30 and for our tools.

A world (tests/fixtures/kmod/world.c) is a root folder with a kernel played by a preloaded library. Texts, exit statuses, the calls
that the kernel gets in their order, and what is loaded afterwards are to be the same.
"""
import os
import re
import shutil
import subprocess

import pytest
from test_kmod import PATH, RELEASE, TOP, build_tools, kmod_version, module_source

pytestmark = pytest.mark.skipif(kmod_version() != 30, reason="set-up: Debian's kmod 30 is not installed")
LIB = f"lib/modules/{RELEASE}"

# name of the file: exported symbols, used symbols, .modinfo
TREE = {
    "kernel/a/base.ko": (["base_one", "base_two"], [], ["parm=x:number", "parmtype=x:int", "description=The base", "author=A", "author=B",
                                                        "license=GPL", "alias=base-alias", "version=1.0"]),
    "kernel/a/middle.ko": (["middle_one"], ["base_one"], ["alias=char-major-240-*", "depends=base"]),
    "kernel/b/top.ko": ([], ["middle_one", "base_two"], ["alias=pci:v00001111d*sv*sd*bc*sc*i*", "depends=middle,base"]),
    "kernel/b/other-top.ko": ([], ["middle_one"], ["alias=fs-other", "depends=middle"]),
    "kernel/c/soft.ko": ([], [], ["softdep=pre: before1 nosuch post: after1", "alias=soft-alias"]),
    "kernel/c/before1.ko": ([], ["base_one"], ["depends=base"]),
    "kernel/c/after1.ko": ([], [], []),
    "kernel/c/round1.ko": ([], [], ["softdep=pre: round2"]),
    "kernel/c/round2.ko": ([], [], ["softdep=pre: round1"]),
    "kernel/d/twin1.ko": ([], [], ["alias=twin-*"]),
    "kernel/d/twin2.ko": ([], [], ["alias=twin-*"]),
    "kernel/d/dash-in_name.ko": ([], [], ["alias=dash-alias-[0-9a-f]*", "alias=x*-[!b]*"]),
    "kernel/d/lone.ko": ([], [], ["parm=a:without type", "parmtype=b:bool", "parmtype=c:charp", "parm=c:both"]),
}
BUILTIN = "kernel/e/inside-one.ko\nkernel/e/inside_two.ko\n"
BUILTIN_INFO = (b"inside_one.license=GPL\0inside_one.alias=inside-alias-*\0inside_one.description=Built in\0inside_one.parm=y:text\0"
                b"inside_one.parmtype=y:int\0inside_two.license=GPL\0inside_two.file=drivers/x\0")
USES = {"middle": ["base"], "top": ["middle", "base"], "other_top": ["middle"], "before1": ["base"]}


@pytest.fixture(scope="session")
def world_tools(tmp_path_factory):
    """Our tools without sanitizers (they do not go with preloading), and the library."""
    folder = build_tools(str(tmp_path_factory.getbasetemp() / "world-tools"), ("modprobe", "modinfo", "depmod", "lsmod", "rmmod"), ["-O0"])
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-w", "-o", f"{folder}/world.so", f"{TOP}/tests/fixtures/kmod/world.c", "-ldl"], check=True)
    return folder


def compile_module(path, spec, folder):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    source = f"{folder}/module.c"
    name = re.sub("-", "_", os.path.basename(path)[:-3])
    with open(source, "w") as f:
        f.write(module_source(0, name, spec[0], spec[1], spec[2] + [f"name={name}", f"vermagic={RELEASE} mod_unload 686 "]))
    subprocess.run(["gcc", "-m32", "-O1", "-fno-pic", "-fno-stack-protector", "-fcf-protection=none", "-ffreestanding",
                    "-fno-asynchronous-unwind-tables", "-c", source, "-o", path], check=True)


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    """The world that all cases begin with: a tree of modules, nothing loaded."""
    root = str(tmp_path_factory.getbasetemp() / "world-root")
    if os.path.isdir(root):
        return root
    for path, spec in TREE.items():
        compile_module(f"{root}/{LIB}/{path}", spec, root if os.path.isdir(root) else os.makedirs(root) or root)
    write(root, {f"{LIB}/modules.order": "".join(f"{p}\n" for p in TREE), f"{LIB}/modules.builtin": BUILTIN, "proc/modules": "", "proc/cmdline": "quiet\n",
                 "sys/module/.keep": "", "log": "", "uses": "".join(f"{u} {p}\n" for u, ps in USES.items() for p in ps)})
    with open(f"{root}/{LIB}/modules.builtin.modinfo", "wb") as f:
        f.write(BUILTIN_INFO)
    subprocess.run(["depmod", "-b", root, RELEASE], check=True, env={"PATH": PATH})
    return root


def write(root, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(f"{root}/{path}"), exist_ok=True)
        with open(f"{root}/{path}", "w") as f:
            f.write(text)


def normal(command, text):
    """What differs on purpose or by chance: the order in which holders are found, and when kmod's own output comes among that of commands."""
    lines = text.splitlines()
    if command.startswith("lsmod"):
        lines = [re.sub(r"(\S+,\S+)$", lambda m: ",".join(sorted(m[1].split(","))), line) for line in lines]
    if "-c" in command.split():
        lines = [re.sub(r"(?<=[^ ])post:", " post:", line) for line in lines]  # kmod forgets the blank
    if command.endswith("-V"):
        lines = ["kmod version 30" if re.search("kmod version 30", line) else "" for line in lines[:1]]
    return [line for line in (sorted(lines) if "ghost" in command or "lone" in command else lines) if "--keep-loaded" not in line and "-w, --wait  " not in line]


def run_in(root, folder, tools, commands, environment):
    """Runs each command line in the world; everything that can be seen of it."""
    seen = []
    for command in commands:
        words = command.split("\t") if "\t" in command else command.split()
        words = [w.replace("ROOT", root) for w in words]
        program = f"{tools}/{words[0]}" if tools else shutil.which(words[0], path=PATH)
        done = subprocess.run([program] + words[1:], capture_output=True, cwd=root, timeout=20,
                              env={"PATH": PATH, "WORLD": root, "LD_PRELOAD": f"{folder}/world.so", **environment})
        errors = [re.sub(r"^libkmod: (\w+) \S+ \w+: ", rf"{words[0]}: \1: ", line) for line in done.stderr.decode().splitlines()]
        errors = [re.sub(r"^(\w+): (ERROR|WARNING): \.\./lib\w+/[^ ]+:\d+ \w+\(\) ", r"\1: \2: ", line) for line in errors]
        seen.append([command, done.returncode, normal(command, done.stdout.decode("latin1")), [line.replace(program, words[0]) for line in errors]])
    for name in ("log", "proc/modules"):
        with open(f"{root}/{name}") as f:
            lines = f.read().replace(root, "ROOT").splitlines()
        seen.append([name, lines if name == "log" else sorted(lines)])
    return [[str(x).replace(root, "ROOT") for x in entry] for entry in seen]


def both(root, tools, tmp_path, commands, files=None, ours=None):
    """The same for kmod and for us, in two copies of the world. ours: MODPROBE_OPTIONS for us only."""
    result = []
    for who in ("kmod", "ours"):
        copy = str(tmp_path / who / "w")
        shutil.copytree(root, copy, symlinks=True)
        write(copy, files or {})
        result.append(run_in(copy, tools, tools if who == "ours" else None, commands, {"MODPROBE_OPTIONS": ours} if ours and who == "ours" else {}))
    return result


CONF = "etc/modprobe.d"
MODINFO = ("", "-a", "-d", "-l", "-p", "-n", "-0", "-F version", "-F alias", "-F nothere", "-m", "-F parm -0", "-n -0", "--field name")
CASES = {
    "insert with dependencies": (["modprobe -v top", "modprobe -v top", "modprobe -v other-top x=1 y=2", "lsmod"], {}),
    "first time": (["modprobe --first-time top", "modprobe --first-time top", "modprobe -r --first-time lone", "modprobe -r lone", "modprobe --first-time inside_one"], {}),
    "remove what needed something": (["modprobe middle", "modprobe -r -v middle", "modprobe top", "modprobe other_top", "modprobe -r -v top", "modprobe -r middle", "lsmod"], {}),
        "remove by force": (["modprobe top", "modprobe -r -f -v base"], {}),
    "remove in use": (["modprobe lone", "modprobe -r lone", "rmmod lone", "rmmod -f -v lone"], {"uses": "- lone\n"}),
    "remove several": (["modprobe -a lone twin1 after1", "modprobe -r -a lone nosuch after1", "modprobe -r twin1 after1"], {}),
    "remove unknown and built in": (["modprobe -r nosuch", "modprobe -r inside_one", "modprobe -r inside-alias-1", "rmmod inside_one", "rmmod nosuch"], {}),
    "remove by alias": (["modprobe char-major-240-0", "modprobe -r -v char-major-240-0", "modprobe -r twin-x"], {}),
    "all": (["modprobe -a -v lone nosuch twin1", "modprobe -a -v -q nosuch after1", "modprobe -a"], {}),
    "aliases": (["modprobe -v char-major-240-7", "modprobe -R pci:v00001111d00002222sv00000000sd00000000bc00sc00i00", "modprobe -R dash-alias-f0",
                 "modprobe -R dash_alias_f0", "modprobe -R dash-alias-g", "modprobe -R xx-a", "modprobe -R xx-b", "modprobe -R twin-1", "modprobe -v twin-1",
                 "modprobe -R symbol:middle_one", "modprobe -v symbol:base_two", "modprobe -R inside-alias-9", "modprobe -v inside-alias-9", "modprobe -R lone",
                 "modprobe -R nosuch", "modprobe -q nosuch", "modprobe -R dash_in-name", "modprobe -R a[b"], {}),
    "alias lines": (["modprobe -v mine", "modprobe -R mine", "modprobe -R glob-x-y", "modprobe -R chain", "modprobe -v gone", "modprobe -R two", "modprobe -v lone"],
                    {f"{CONF}/x.conf": "alias mine lone\nalias glob-?-* twin1\nalias chain mine\nalias gone nosuch\nalias two twin1\nalias two twin2\nalias lone after1\n"}),
    "dependencies shown": (["modprobe -D top", "modprobe --show-depends soft", "modprobe top", "modprobe -D top", "modprobe -D inside_one", "modprobe -D nosuch",
                            "modprobe -D round1", "modprobe -D -a lone top"], {}),
    "dry run": (["modprobe -n top", "modprobe -n -v top p=1", "modprobe --show -v lone a=b", "modprobe -n -v -r top", "modprobe lone", "modprobe -n -v -r lone"], {}),
    "options": (["modprobe -v base z=3", "modprobe -v top", "modprobe -v opt-alias"],
                {f"{CONF}/x.conf": "options base x=1 y=2\noptions base   x=4\noptions top name=\"a b\"  c\noptions opt-alias viaalias=1\noptions lone a=1\nalias opt-alias lone\n"}),
    "options with blanks": (["modprobe\t-v\tlone\ta=b c\td", "modprobe\t-v\ttwin1\ta=\"x y\"\tb=", "modprobe\t-D\tafter1\tz=1 2"], {}),
    "options of the command line": (["modprobe -v base", "modprobe -v dash-in_name", "modprobe -v lone"],
                                    {"proc/cmdline": "root=/dev/x base.x=7 dash-in_name.q=\"a b\" quiet base.y lone.= .z=1 dash_in_name.r=2 x.y.z=1\n"}),
    "blacklist on the command line": (["modprobe -v fs-other", "modprobe -v other-top", "modprobe -b -v lone"], {"proc/cmdline": "modprobe.blacklist=other_top,lone x=y\n"}),
    "blacklist": (["modprobe -v twin-1", "modprobe -v lone", "modprobe -b -v after1", "modprobe -b -v twin-2", "modprobe -v top", "modprobe -R twin-1", "modprobe -b -D twin-1"],
                  {f"{CONF}/x.conf": "blacklist twin1\nblacklist lone\nblacklist after1\nblacklist middle\n"}),
    "blacklisted dependency": (["modprobe -v -b top", "modprobe -v -b other_top"], {f"{CONF}/x.conf": "blacklist base\n"}),
    "install and remove": (["modprobe -v lone q=1", "modprobe lone", "modprobe -i -v lone", "modprobe -v -r lone", "modprobe --ignore-remove -v -r lone", "modprobe after1",
                            "modprobe -v viaalias", "modprobe -n -v top", "modprobe -v top", "modprobe -v ghost", "modprobe -R ghost", "modprobe -n -v ghost o=1"],
                           {f"{CONF}/x.conf": "install lone echo installing $MODPROBE_MODULE $CMDLINE_OPTS; exit 0\nremove lone echo removing $MODPROBE_MODULE\ninstall after1 /bin/false\n"
                            "install middle /bin/false\nalias viaalias twin1\ninstall viaalias /bin/true\ninstall ghost /bin/echo a ghost $CMDLINE_OPTS\n"}),
    "install of what has soft dependencies": (["modprobe -v soft", "modprobe -v soft-alias"], {f"{CONF}/x.conf": "install soft /bin/false\n"}),
    "soft dependencies": (["modprobe -v soft", "modprobe -r -v soft", "lsmod"], {}),
    "soft dependencies in a circle": (["modprobe -v round1", "modprobe -v -D round2", "modprobe -v lone"],
                                      {f"{CONF}/x.conf": "softdep lone pre: twin1 post: lone\nsoftdep twin1 pre: lone\n"}),
    "soft dependencies configured": (["modprobe -v lone", "modprobe -v top", "modprobe -r -v lone"],
                                     {f"{CONF}/x.conf": "softdep lone pre: after1 twin-x post: dash-in_name\nsoftdep middle pre: after1\nsoftdep soft post: twin1\nsoftdep lone pre: twin2\n"}),
    "a soft dependency that fails": (["modprobe -v soft", "modprobe -v lone"], {"fail": "before1 22\nafter1 5\n", f"{CONF}/x.conf": "softdep lone pre: after1\n"}),
    "the kernel refuses": (["modprobe lone", "modprobe top", "modprobe after1", "modprobe twin1", "modprobe twin-1", "modprobe -q lone"],
                           {"fail": "lone 8\nmiddle 2\nafter1 22\ntwin1 1\ntwin2 3\n"}),
    "force": (["modprobe -f lone", "modprobe --force-vermagic twin1", "modprobe --force-modversion twin2"], {}),
    "paths": (["modprobe -v LIB/kernel/d/lone.ko", "modprobe -v lone.ko", "modprobe -v /nosuch.ko", "modprobe -r ./nosuch.ko", "modprobe LIB/kernel/d/twin1"], {}),
    "order of configuration": (["modprobe -c", "modprobe -v lone"],
                               {"etc/modprobe.d/b.conf": "options lone etc_b\n", "run/modprobe.d/a.conf": "options lone run_a\n", "lib/modprobe.d/b.conf": "options lone lib_b\n",
                                "lib/modprobe.d/c.conf": "options lone lib_c\n", "usr/local/lib/modprobe.d/c.conf": "options lone local_c\n", "usr/lib/modprobe.d/z.conf": "options lone usr_z\n",
                                "run/modprobe.d/c.conf": "options lone run_c\n", "etc/modprobe.d/ignored": "options lone no\n", "etc/modprobe.d/.hidden.conf": "options lone no\n",
                                "etc/modprobe.d/x.conf~": "options lone no\n"}),
    "configuration given": (["modprobe -C ROOT/some.conf -v lone", "modprobe -C ROOT/some.d -v twin1", "modprobe -C ROOT/nosuch -v after1", "modprobe --config=ROOT/some.conf -c"],
                            {f"{CONF}/x.conf": "options lone bad\n", "some.conf": "options lone good\n", "some.d/1.conf": "options twin1 one\n", "some.d/2": "options twin1 no\n"}),
    "bad configuration": (["modprobe -v lone", "modprobe -c"],
                          {f"{CONF}/x.conf": "bogus line\nalias\nalias onlyone\noptions lone\ninstall lone\nblacklist\nsoftdep lone\n  options  lone   a=1   b=2  \n#comment\n"
                           "options lone \\\n  c=3 \\\n d=4\ninclude /x\nconfig y\nalias a[b lone\noptions lone e=\\\n5\nblacklist -x-\n\tremove lone  cmd with  blanks\nalias x y z\nsoftdep lone pre: a post: b c\n"
                           "options lone last"}),
    "versions of symbols": (["modprobe --dump-modversions ROOT/LIB/kernel/a/base.ko", "modprobe --show-modversions /nosuch", "modprobe --show-exports ROOT/LIB/kernel/a/base.ko"], {}),
    "no tree": (["modprobe -S 1.2.3 lone", "modprobe -d /nosuch lone", "modprobe -S 1.2.3 -D inside_one", "modinfo -k 1.2.3 lone", "depmod 1.2.3", "depmod bogus", "depmod -b /nosuch"], {}),
    "modinfo": ([f"modinfo {o} {m}".replace("  ", " ") for m in ("base", "inside-alias-3", "LIB/kernel/d/dash-in_name.ko") for o in MODINFO]
                + [f"modinfo {m}" for m in ("lone", "inside_two", "inside_one", "dash-alias-1", "twin-1", "nosuch", "./LIB/kernel/a/base.ko", "base.ko", "char-major-240-1",
                                            "symbol:base_one", "-p lone", "-p inside_one", "-m base.ko", "-m inside-one")], {}),
    "modinfo of several": (["modinfo base nosuch lone", "modinfo -n base lone inside_one", "modinfo", "modinfo -F"], {}),
    "lsmod rmmod": (["lsmod", "modprobe base x=1 y=2", "modprobe top", "lsmod", "lsmod x", "rmmod -v top", "rmmod base", "rmmod -v middle", "rmmod top",
                            "rmmod", "rmmod -f -v base", "rmmod -x", "rmmod a[b"], {}),
    "log": (["modprobe -s nosuch", "rmmod -s nosuch", "rmmod --syslog nosuch"], {}),
    "environment": (["modprobe --bogus", "modprobe -Z", "modprobe", "modprobe -w x -r lone", "modprobe -h", "modprobe -V", "depmod --bogus", "modinfo -V", "modinfo -h", "rmmod -h", "lsmod -h"], {}),
}
@pytest.mark.parametrize("case", CASES)
def test_case(case, root, world_tools, tmp_path):
    commands, files = CASES[case]
    theirs, ours = both(root, world_tools, tmp_path, [c.replace("LIB", LIB) for c in commands], files,
                        "--keep-loaded" if "refuses" in case or "fails" in case or "install" in case else None)
    different = [f"{a[0]}\n  kmod {a[1:]}\n  ours {b[1:]}" for a, b in zip(theirs, ours) if a != b]
    assert not different, "\n" + "\n".join(different)


def test_ours(root, world_tools, tmp_path):
    """Where we do more than kmod 30: all of a chain goes; holders of holders go; --wait that fails says so; a call that fails takes out what it loaded; paths."""
    commands = ["modprobe top", "modprobe -r -v top", "modprobe -a top other_top", "modprobe -r --remove-holders -v base", "modprobe lone", "modprobe -r -w 30 lone",
                "modprobe -v fs-other", "modprobe -v --keep-loaded fs-other", "modprobe -r middle", f"modprobe -v ./{LIB}/kernel/d/twin1.ko x=1"]
    _, ours = both(root, world_tools, tmp_path, commands, {"uses": open(f"{root}/uses").read() + "- lone\n", "fail": "other_top 8\n"})
    seen = {a[0]: a[1:] for a in ours}
    path = f"/{LIB}/kernel/a/"
    assert seen["modprobe -r -v top"] == ["0", "['rmmod top', 'rmmod middle', 'rmmod base']", "[]"]
    assert seen["modprobe -r --remove-holders -v base"][:2] == ["0", "['rmmod top', 'rmmod middle', 'rmmod base']"]
    assert seen["modprobe -r -w 30 lone"] == ["1", "[]", "['modprobe: FATAL: Module lone is in use.']"]
    failed = '["modprobe: ERROR: could not insert \'other_top\': Exec format error"]'
    inserted = f"['insmod {path}base.ko ', 'insmod {path}middle.ko ', 'insmod /{LIB}/kernel/b/other-top.ko '"
    assert seen["modprobe -v fs-other"] == ["1", inserted + ", 'rmmod middle', 'rmmod base']", failed]
    assert seen["modprobe -v --keep-loaded fs-other"] == ["1", inserted + "]", failed]
    assert seen[commands[-1]][0] == "0" and "twin1" in str(seen["proc/modules"]) and "middle" not in str(seen["proc/modules"])
