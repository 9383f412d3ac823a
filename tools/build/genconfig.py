#!/usr/bin/python3
"""Turn .config (or Kconfig's defaults) into auto.conf (make) and autoconf.h (C).

usage: genconfig.py CONFIG OUTPUT_DIR
"""
import os
import sys
import zlib

import kconfiglib


def write_if_changed(path, text):
    """Always updates the time stamp of make's target but keeps identical headers untouched for the compiler."""
    try:
        with open(path) as f:
            if f.read() == text:
                os.utime(path)
                return
    except FileNotFoundError:
        pass
    with open(path, "w") as f:
        f.write(text)


def main():
    config, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    kconf = kconfiglib.Kconfig("Kconfig", warn_to_stderr=True)
    if os.path.exists(config):
        kconf.load_config(config)
    make, header = [], ["/* Made from the configuration; do not edit. */"]
    for sym in kconf.unique_defined_syms:
        value = sym.str_value
        name = f"CONFIG_{sym.name}"
        if sym.orig_type in (kconfiglib.BOOL, kconfiglib.TRISTATE):
            if value == "n":
                continue
            make.append(f"{name}={value}")
            header.append(f"#define {name}{'_MODULE' if value == 'm' else ''} 1")
        elif sym.orig_type == kconfiglib.STRING:
            make.append(f"{name}={value}")
            header.append('#define %s "%s"' % (name, kconfiglib.escape(value)))
        elif value:
            make.append(f"{name}={value}")
            header.append(f"#define {name} {value}")
    digest = zlib.crc32("\n".join(header).encode())
    header += ["/* In vermagic: modules fit kernels of the same configuration. */", f'#define CONFIG_HASH "cfg-{digest:08x}"']
    write_if_changed(f"{out}/auto.conf", "\n".join(make) + "\n")
    write_if_changed(f"{out}/autoconf.h", "\n".join(header) + "\n")


if __name__ == "__main__":
    main()
