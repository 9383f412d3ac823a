#!/usr/bin/python3
"""Make the kernel's own symbol table as assembly from `nm -n` on standard input.

Layout (section .kallsyms, at the image's end so that filling it moves no symbol): kallsyms_count,
kallsyms_addresses[] ascending, kallsyms_types[] (nm's letters), kallsyms_offsets[] into kallsyms_names, NUL-ended names.
"""
import sys

SKIP_PREFIXES = ("__crc_", "kallsyms_", ".L")


def main():
    symbols = []
    for line in sys.stdin:
        parts = line.split()
        if len(parts) != 3 or parts[1] in "Uuawv" or parts[2].startswith(SKIP_PREFIXES):
            continue
        address = int(parts[0], 16)
        if parts[1] == "A" or address < 0xC0000000:
            continue
        symbols.append((address, parts[1], parts[2]))
    symbols.sort(key=lambda s: (s[0], s[2]))
    out = ['.section .kallsyms, "a"', ".balign 4"]

    def label(name):
        out.append(f".globl {name}\n{name}:")

    label("kallsyms_count")
    out.append(f".long {len(symbols)}")
    label("kallsyms_addresses")
    out += [f".long {address:#x}" for address, _, _ in symbols]
    label("kallsyms_offsets")
    offset = 0
    for _, _, name in symbols:
        out.append(f".long {offset}")
        offset += len(name) + 1
    label("kallsyms_types")
    out += [f".ascii \"{kind}\"" for _, kind, _ in symbols]
    label("kallsyms_names")
    out += [f'.asciz "{name}"' for _, _, name in symbols]
    out.append('.section .note.GNU-stack, "", @progbits')
    print("\n".join(out))


if __name__ == "__main__":
    main()
