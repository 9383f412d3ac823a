"""depmod against Debian's: the same files to the byte, the same texts, for search order, override, external folders, symbols and cycles."""
import difflib
import os
import re
import shutil
import subprocess

import pytest
from test_kmod import PATH, RELEASE, kmod_version
from test_kmod_world import LIB, compile_module, root, run_in, world_tools, write  # noqa: F401

pytestmark = pytest.mark.skipif(kmod_version() != 30, reason="set-up: Debian's kmod 30 is not installed")

# Modules beside those of the small world.
EXTRA = {
    "updates/base.ko": (["base_one", "base_two"], [], ["alias=updated"]),
    "extra/base.ko": (["base_one", "base_two"], [], ["alias=extra"]),
    "kernel/z/needy.ko": ([], ["printk_like", "kmalloc_like", "middle_one"], ["alias=needs-kernel", "softdep=pre: lone", "softdep=post: base"]),
    "kernel/z/node.ko": ([], [], ["alias=devname:box/node", "alias=char-major-10-200"]),
    "kernel/z/disk.ko": ([], [], ["alias=block-major-7-0", "alias=devname:disk"]),
    "kernel/z/half.ko": ([], [], ["alias=devname:half"]),
    "kernel/z/many.ko": ([f"sym_{c}{i}" for c in "abcxyz" for i in range(12)], [], [f"alias=many-{i}" for i in range(9)] + ["alias=many-1", "alias=many", "alias=a[bc-]d"]),
    "kernel/z/again.ko": (["sym_a1", "sym_b2"], [], ["alias=many-1", "alias=bad[alias"]),
}
OUTSIDE = {"base.ko": (["base_one", "base_two"], [], ["alias=outside"]), "own.ko": (["own_one"], ["middle_one"], ["alias=own"])}
CYCLE = {"kernel/cycle_a.ko": (["ca"], ["cb"], []), "kernel/cycle_b.ko": (["cb"], ["cc"], []), "kernel/cycle_c.ko": (["cc"], ["ca"], []),
         "kernel/uses_cycle.ko": ([], ["ca"], [])}

MAP = "c0000000 T _text\nc0000010 r __ksymtab_printk_like\nc0000020 T kmalloc_like\nc0000030 R __ksymtab_gpl_thing\n"
SYMVERS = "0x12345678\tprintk_like\tvmlinux\tEXPORT_SYMBOL\n0x0\tkmalloc_like\tvmlinux\tEXPORT_SYMBOL_GPL\n"
CASES = {
    "plain": (["depmod -a"], {}),
    "to the output": (["depmod -n"], {}),
    "verbose": (["depmod -v"], {}),
    "warn": (["depmod -w", "depmod -n -w"], {}),
    "symbols of the kernel": (["depmod -e -F ROOT/map", "depmod -e -E ROOT/symvers", "depmod -e", "depmod -F ROOT/nosuch", "depmod -E ROOT/nosuch", "depmod -F ROOT/map -E ROOT/symvers",
                               "depmod -e -F ROOT/map2 -P _"],
                              {"map": MAP, "symvers": SYMVERS, "map2": MAP.replace("ymtab_", "ymtab__")}),
    "prefix": (["depmod -P ab", "depmod -P _ -n"], {}),
    "search": (["depmod"], {"etc/depmod.d/a.conf": "search extra updates built-in\n"}),
    "search built-in first": (["depmod"], {"etc/depmod.d/a.conf": "# comment\nsearch built-in extra updates\n"}),
    "search in several files": (["depmod"], {"etc/depmod.d/b.conf": "search extra updates\n", "lib/depmod.d/a.conf": "search built-in\n", "run/depmod.d/b.conf": "search updates\n"}),
    "search twice": (["depmod"], {"etc/depmod.d/b.conf": "search updates extra built-in\nsearch built-in\n"}),
    "override": (["depmod"], {"etc/depmod.d/a.conf": "override base * extra\n"}),
    "override of a release": (["depmod"], {"etc/depmod.d/a.conf": f"override base 4.* extra\noverride base {RELEASE} kernel/a\n"}),
    "external": (["depmod"], {"etc/depmod.d/a.conf": "external * ROOT/outside\nsearch external updates built-in\n"}),
    "external last": (["depmod"], {"etc/depmod.d/a.conf": "external 5.* ROOT/outside\nexternal 6.* ROOT/nosuch\nsearch built-in external\n"}),
    "exclude": (["depmod"], {"etc/depmod.d/a.conf": "exclude updates\n"}),
    "bad configuration": (["depmod"], {"etc/depmod.d/a.conf": "bogus\nsearch\noverride base\nexternal x\ninclude /x\nmake_map_files yes\nexclude\nsearch extra built-in \\\n updates\n"}),
    "configuration given": (["depmod -C ROOT/one.conf", "depmod -C ROOT/one.d -n", "depmod -C ROOT/nosuch"], {"one.conf": "search extra built-in\n", "one.d/x.conf": "search built-in\n"}),
    "modules named": ([f"depmod {RELEASE} ROOT/{LIB}/kernel/z/many.ko ROOT/{LIB}/kernel/z/again.ko", f"depmod -n {RELEASE} kernel/z/many.ko", "depmod ROOT/nosuch.ko"], {}),
    "other root": ([f"depmod -b ROOT {RELEASE}", f"depmod -a -b ROOT/{LIB}", "depmod -b ROOT 1.2.3", "depmod -b ROOT x1"], {}),
    "quick": (["depmod -A", "depmod -A", "depmod -A -n"], {}),
    "no order": (["depmod"], {f"{LIB}/modules.order": None}),
    "odd order": (["depmod"], {f"{LIB}/modules.order": "kernel/z/many.ko\nkernel/nosuch.ko\nkernel/z/again.ko\nkernel/b/top.ko\n\nextra/base.ko\n"}),
    "no built-ins": (["depmod"], {f"{LIB}/modules.builtin": None, f"{LIB}/modules.builtin.modinfo": None}),
    "built-ins": (["depmod"], {f"{LIB}/modules.builtin.modinfo": "one.alias=a-*\0one.alias=b\0two.alias=b\0two.alias=a-*\0two.license=x\0three.alias=c[\0",
                               f"{LIB}/modules.builtin": "kernel/one.ko\nkernel/t-wo.ko\nkernel/two.ko\n"}),
    "broken file": (["depmod"], {f"{LIB}/kernel/z/broken.ko": "no ELF", f"{LIB}/kernel/z/x.ko.xyz": "x"}),
    "empty file": (["depmod"], {f"{LIB}/kernel/z/empty.ko": ""}),
}


def indexed(copy):
    lib = f"{copy}/{LIB}"
    return {name: open(f"{lib}/{name}", "rb").read().replace(copy.encode(), b"ROOT") for name in sorted(os.listdir(lib)) if name.startswith("modules.")}


@pytest.fixture(scope="session")
def tree(root, tmp_path_factory):  # noqa: F811
    """The small world with more modules."""
    copy = str(tmp_path_factory.mktemp("depmod") / "root")
    shutil.copytree(root, copy)
    for path, spec in EXTRA.items():
        compile_module(f"{copy}/{LIB}/{path}", spec, copy)
    with open(f"{copy}/{LIB}/modules.order", "a") as f:
        f.writelines(f"{path}\n" for path in EXTRA)
    for path, spec in OUTSIDE.items():
        compile_module(f"{copy}/outside/{path}", spec, copy)
    for name in os.listdir(f"{copy}/{LIB}"):
        if name.startswith("modules.") and name not in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
            os.remove(f"{copy}/{LIB}/{name}")
    return copy


def compare(tree, tools, tmp_path, commands, files, case=""):
    seen = []
    for who in ("kmod", "ours"):
        copy = str(tmp_path / who / "w")
        shutil.copytree(tree, copy, symlinks=True)
        write(copy, {p: t.replace("ROOT", copy) for p, t in files.items() if t is not None})
        for path in [p for p, t in files.items() if t is None]:
            os.remove(f"{copy}/{path}")
        seen.append((run_in(copy, tools, tools if who == "ours" else None, commands, {}), indexed(copy)))
    (theirs, their_files), (ours, our_files) = seen
    for entry in ours:  # kmod's reason, then that of our parser
        entry[-1] = re.sub(r"(format error|Invalid argument) \([^)]*\)", r"\1", entry[-1])
    different = [f"{a[0]}\n  kmod {a[1:]}\n  ours {b[1:]}" for a, b in zip(theirs, ours) if a != b]
    for name in sorted({*their_files, *our_files}):
        a, b = their_files.get(name), our_files.get(name)
        if "order" in case:  # what modules.order does not name comes as kmod finds it in folders
            a, b = (sorted(x.splitlines()) if x is not None and not name.endswith(".bin") else x is None for x in (a, b))
        if a != b:
            lines = list(difflib.unified_diff(*[(x or b"").decode("latin1").splitlines() if isinstance(x, bytes) else [str(x)] for x in (a, b)], lineterm="", n=0))
            different.append(f"{name}: " + ("\n    ".join(lines[:12]) if not name.endswith(".bin") else "not the same"))
    assert not different, "\n" + "\n".join(different)


@pytest.mark.parametrize("case", CASES)
def test_case(case, tree, world_tools, tmp_path):  # noqa: F811
    compare(tree, world_tools, tmp_path, *CASES[case], case)


def test_cycle(tree, world_tools, tmp_path):  # noqa: F811
    copy = str(tmp_path / "cycle")
    shutil.copytree(tree, copy)
    for path, spec in CYCLE.items():
        compile_module(f"{copy}/{LIB}/{path}", spec, copy)
    compare(copy, world_tools, tmp_path, ["depmod", "depmod -n"], {})
