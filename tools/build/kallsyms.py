#!/usr/bin/python3
"""Make the kernel's own symbol tables as assembly from `nm -n` on standard input.

Layout (section .kallsyms, at the image's end so that filling it moves no symbol): kallsyms_count,
kallsyms_addresses[] ascending, kallsyms_types[] (nm's letters), kallsyms_offsets[] into kallsyms_names, NUL-ended names.
Then the exports (symbols __ksymtab_NAME), hashed by name: ksym_hash_mask, ksym_hash_start[] with one more entry than
there are slots, ksym_hash_entries[] (addresses of struct kernel_symbol). The hash is hash_text() of kernel/lib/hash.h.
"""
import sys

EXPORT_PREFIX = "__ksymtab_"
SKIP_PREFIXES = ("__crc_", ".L", EXPORT_PREFIX, "__kstrtab_")
# Bounds from the linker script: they would hide the function that begins at the same address.
BOUNDS = {"_kernel_start", "_text", "_etext", "_rodata", "_erodata", "_data", "_edata", "_bss", "_ebss", "_init_begin", "_init_end"}
TABLES = {"kallsyms_count", "kallsyms_addresses", "kallsyms_offsets", "kallsyms_types", "kallsyms_names",
          "ksym_hash_mask", "ksym_hash_start", "ksym_hash_entries"}


def hash_mix(value, word):
    value = ((value ^ word) * 0x9e3779b1) & 0xffffffff
    return value ^ value >> 15


def hash_text(name):
    text = name.encode()
    whole = len(text) // 4 * 4
    value = len(text)
    for i in range(0, whole, 4):
        value = hash_mix(value, int.from_bytes(text[i:i + 4], "little"))
    return hash_mix(value, int.from_bytes(text[whole:], "big"))


def export_table(exports):
    """Assembly of the hash table: about one name per slot."""
    slots = 1
    while slots < len(exports):
        slots *= 2
    chains = [[] for _ in range(slots)]
    for name, address in sorted(exports):
        chains[hash_text(name) & (slots - 1)].append(address)
    starts = [0]
    for chain in chains:
        starts.append(starts[-1] + len(chain))
    out = [".balign 4", ".globl ksym_hash_mask", "ksym_hash_mask:", f".long {slots - 1}",
           ".globl ksym_hash_entries", "ksym_hash_entries:"]
    out += [f".long {address:#x}" for chain in chains for address in chain]
    out += [".globl ksym_hash_start", "ksym_hash_start:"]
    out += [f".short {start}" for start in starts]
    return out


def main():
    symbols, exports = [], []
    for line in sys.stdin:
        parts = line.split()
        if len(parts) == 3 and parts[2].startswith(EXPORT_PREFIX):
            exports.append((parts[2][len(EXPORT_PREFIX):], int(parts[0], 16)))
        if len(parts) != 3 or parts[1] in "Uuawv" or parts[2].startswith(SKIP_PREFIXES) or parts[2] in TABLES | BOUNDS:
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
    out += export_table(exports)
    out.append('.section .note.GNU-stack, "", @progbits')
    print("\n".join(out))


if __name__ == "__main__":
    main()
