#!/usr/bin/python3
"""Collect what each guest program says about itself into the table that `help` and `--help` print.

usage: guest_help.py FOLDER... (with NAME.c or NAME/*.c in it). Prints lines `name TAB what it does TAB usage`, sorted.
A source says what its programs do in comments `/* name: text */` in its first lines, and how they are used in
USAGE("..."). Programs that say nothing are named on standard error.
"""
import os
import re
import sys


def sources(folder):
    for entry in sorted(os.listdir(folder)):
        path = os.path.join(folder, entry)
        if os.path.isdir(path):
            texts = [open(os.path.join(path, f)).read() for f in sorted(os.listdir(path)) if f.endswith(".c")]
            if texts:
                yield entry, texts
        elif entry.endswith(".c"):
            yield entry[:-2], [open(path).read()]


def main():
    table, silent = {}, []
    for folder in sys.argv[1:]:
        for name, texts in sources(folder):
            usage = next((m.group(1) for t in texts for m in [re.search(r'^USAGE\(((?:\s*"(?:\\.|[^"\\])*")+)\);', t, re.M)] if m), "")
            usage = "".join(re.findall(r'"((?:\\.|[^"\\])*)"', usage)).replace('\\"', '"').replace("\\\\", "\\")
            found = [m.groups() for t in texts for line in t.split("\n")[:6] for m in [re.match(r"/\* ([a-z0-9\[][a-z0-9_.-]*): (.+) \*/$", line)] if m]
            if name not in dict(found):
                silent.append(f"{folder}/{name}")
            for program, text in found:
                if program == name or len(texts) == 1:
                    table[program] = f"{program}\t{text}\t{usage}"
    print("\n".join(table[name] for name in sorted(table)))
    for path in silent:
        print(f"guest_help: {path}: the source does not begin with /* name: what it does */", file=sys.stderr)


if __name__ == "__main__":
    main()
