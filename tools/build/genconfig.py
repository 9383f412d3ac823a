#!/usr/bin/python3
"""Turn .config (or Kconfig's defaults) into auto.conf (make), autoconf.h (modules) and kernelconf.h (the kernel: without the modules).

usage: genconfig.py CONFIG OUTPUT_DIR
"""
import os
import sys
import zlib

import kconfiglib


def write_if_changed(path, text):
    """Identical headers are left alone, and with them what was compiled with them."""
    if os.path.exists(path):
        with open(path) as f:
            if f.read() == text:
                return
    with open(path, "w") as f:
        f.write(text)


def main():
    config, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    kconf = kconfiglib.Kconfig("Kconfig", warn_to_stderr=True)
    if os.path.exists(config):
        kconf.load_config(config)
    make, header = [], ["/* Made from the configuration; do not edit. */"]
    kernel = list(header)
    for sym in kconf.unique_defined_syms:
        value = sym.str_value
        name = f"CONFIG_{sym.name}"
        if sym.orig_type in (kconfiglib.BOOL, kconfiglib.TRISTATE):
            if value == "n":
                continue
            make.append(f"{name}={value}")
            header.append(f"#define {name}{'_MODULE' if value == 'm' else ''} 1")
            if sym.orig_type == kconfiglib.TRISTATE:
                continue
        elif sym.orig_type == kconfiglib.STRING:
            make.append(f"{name}={value}")
            header.append('#define %s "%s"' % (name, kconfiglib.escape(value)))
        elif value:
            make.append(f"{name}={value}")
            header.append(f"#define {name} {value}")
        else:
            continue
        kernel.append(header[-1])
    digest = zlib.crc32("\n".join(kernel).encode())
    fit = ["/* In vermagic: modules fit kernels of the same configuration; which modules there are does not matter. */",
           f'#define CONFIG_HASH "cfg-{digest:08x}"']
    header += fit
    kernel += fit
    write_if_changed(f"{out}/autoconf.h", "\n".join(header) + "\n")
    write_if_changed(f"{out}/kernelconf.h", "\n".join(kernel) + "\n")
    with open(f"{out}/auto.conf", "w") as f:
        f.write("\n".join(make) + "\n")


if __name__ == "__main__":
    main()
