#!/usr/bin/python3
"""Build and boot every configuration and write what each costs into docs/configurations.md, between its two marks.

usage: config_table.py BUILD (an up-to-date build)
"""
import os
import re
import sys

sys.dont_write_bytecode = True
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tools"))
from host import configurations  # noqa: E402

PAGE = os.path.join(TOP, "docs", "configurations.md")
BEGIN, END = "<!-- table -->\n", "<!-- end of table -->\n"
HEAD = """| configuration | kernel image | initrd | loadable modules | memory in use at the prompt | instructions to the prompt |
|---|---|---|---|---|---|
"""
ROW = "| `{name}` | {kernel} KiB | {initrd} KiB | {modules} | {used} KiB | {millions:.2f} million |\n"


def main():
    main_build = os.path.abspath(sys.argv[1])
    rows = ""
    for name in configurations.NAMES:
        facts = configurations.facts(main_build, configurations.build(TOP, main_build, name))
        rows += ROW.format(name=name, millions=facts["instructions"] / 1e6, **facts)
        print(rows.splitlines()[-1], flush=True)
    with open(PAGE) as f:
        page = f.read()
    with open(PAGE, "w") as f:
        f.write(re.sub(re.escape(BEGIN) + ".*" + re.escape(END), lambda _: BEGIN + HEAD + rows + END, page, flags=re.S))


if __name__ == "__main__":
    main()
