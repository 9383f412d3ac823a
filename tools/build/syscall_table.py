#!/usr/bin/python3
"""Make the system-call table from syscalls.tbl: lines `NUMBER NAME`, '#' starts a comment.

usage: syscall_table.py FILE. Prints SYSCALL(nr, name) lines in ascending order and SYSCALL_COUNT.
"""
import sys


def main():
    entries = {}
    for line in open(sys.argv[1]):
        words = line.split("#")[0].split()
        if not words:
            continue
        number = int(words[0])
        if number in entries:
            sys.exit(f"syscall_table: {number} appears twice")
        entries[number] = words[1]
    print("/* Made from kernel/syscall/syscalls.tbl; do not edit. */")
    for number, name in sorted(entries.items()):
        print(f"SYSCALL({number}, {name})")
    print(f"#ifndef SYSCALL_COUNT\n#define SYSCALL_COUNT {max(entries) + 1}\n#endif")


if __name__ == "__main__":
    main()
