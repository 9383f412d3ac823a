#!/usr/bin/python3
"""Make a configuration file.

usage: configure.py GOAL CONFIG

  defconfig      what Kconfig says
  tinyconfig     the least that runs programs on a serial console (configs/tiny.config)
  allbuiltin     every module built in
  allmodules     every module loadable, save what it takes to load the first (configs/modules.config)
  olddefconfig   CONFIG with the defaults for what it does not set
  savedefconfig  CONFIG's differences from the defaults, in the file defconfig
"""
import os
import sys

import kconfiglib

FRAGMENTS = os.path.join(os.path.dirname(os.path.realpath(__file__)), "configs")


def set_all(kconf, value):
    """Every module to value; in the order of the files, twice, since one may depend on a later one."""
    for _ in range(2):
        for sym in kconf.unique_defined_syms:
            if sym.orig_type == kconfiglib.TRISTATE:
                sym.set_value(value)


def clear(kconf):
    for sym in kconf.unique_defined_syms:
        if sym.orig_type in (kconfiglib.BOOL, kconfiglib.TRISTATE):
            sym.set_value("n")


def fragment(kconf, name):
    kconf.load_config(os.path.join(FRAGMENTS, name), replace=False)


def main():
    goal, config = sys.argv[1:3]
    kconf = kconfiglib.Kconfig("Kconfig", warn_to_stderr=True)
    kconf.warn_assign_override = kconf.warn_assign_redun = False
    if goal in ("olddefconfig", "savedefconfig") and os.path.exists(config):
        kconf.load_config(config)
    if goal == "tinyconfig":
        clear(kconf)
        fragment(kconf, "tiny.config")
    elif goal == "allbuiltin":
        set_all(kconf, "y")
    elif goal == "allmodules":
        set_all(kconf, "m")
        fragment(kconf, "modules.config")
    if goal == "savedefconfig":
        print(f"configure: {kconf.write_min_config('defconfig', header='')}", file=sys.stderr)
    else:
        print(f"configure: {kconf.write_config(config, header='', save_old=False)}", file=sys.stderr)


if __name__ == "__main__":
    main()
