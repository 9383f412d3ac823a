# The goals, in the order `make help` shows them. A line `## text` behind a goal is its help.

.PHONY: help everything kernel-and-modpost setup run test fuzz debug iso bench-boot bench-load check modcheck clean distclean
.PHONY: menuconfig defconfig tinyconfig allbuiltin allmodules olddefconfig savedefconfig
everything: $(O)/rakit $(if $(HOST_MODPOST_OBJ),$(O)/initrd.cpio) $(GUEST_PROGRAMS) $(MODCHECK) $(O)/compile_commands.json ## build kernel, modules, programs and initrd (default)

kernel-and-modpost: $(O)/rakit $(O)/Module.symvers $(O)/Module.symtypes $(O)/host/modpost

help: ## show this list
	@echo "Rakit, a teaching operating system for i386. Goals:"
	@sed -nE 's/^([a-z][a-z-]*):.*## (.*)/  make \1\t\2/p' tools/build/targets.mk | expand -t 22
	@echo "Variables:"
	@sed -nE 's/^#   (.*)/  \1/p' Makefile

setup: ## install everything that building, running and testing need
	@tools/setup test

run: everything ## boot to a shell on this terminal (quit: Ctrl-A X)
	@RAKIT_BUILD=$(O) tools/rakit run

test: everything iso ## run all tests
	@RAKIT_BUILD=$(abspath $(O)) CC='$(CC)' tools/rakit test

fuzz: ## run the fuzzers, SECONDS=60 each (0: until interrupted), FUZZ="link modinfo": only these
	@RAKIT_BUILD=$(abspath $(O)) tests/fuzz/run.py $(or $(SECONDS),60) $(FUZZ)

check: ## format, layers, headers, reading order, clang-tidy, cppcheck
	@RAKIT_BUILD=$(abspath $(O)) tools/rakit test tests/test_tree.py

modcheck: $(MODCHECK) $(INSTALL_KO) $(O)/rakit.elf ## dry-link modules against the kernel (MODCHECK_FILES=, MODCHECK_KERNEL=)
	@$(MODCHECK) -k $(or $(MODCHECK_KERNEL),$(O)/rakit.elf) $(if $(MODCHECK_FILES),$(INSTALL_KO:%=-p %)) $(or $(MODCHECK_FILES),$(INSTALL_KO))

debug: everything ## start QEMU stopped, with gdb attached and symbols loaded
	@RAKIT_BUILD=$(O) tools/rakit gdb

iso: $(O)/rakit.iso ## make a bootable GRUB BIOS ISO

bench-boot: everything $(O)/host/insncount.so ## count the guest instructions from power-on to the prompt
	@RAKIT_BUILD=$(O) tools/rakit bench-boot

bench-load: everything ## count the guest instructions of loading and unloading modules
	@RAKIT_BUILD=$(abspath $(O)) tools/rakit bench-load

menuconfig: ## choose in a menu what is built in, loadable or left out
	@tools/setup build
	@KCONFIG_CONFIG=$(KCONFIG_CONFIG) MENUCONFIG_STYLE=$(MENUCONFIG_STYLE) /usr/bin/python3 -m menuconfig Kconfig
defconfig: ## configuration: the defaults
tinyconfig: ## configuration: the least that runs programs on a serial console
allbuiltin: ## configuration: every module built in
allmodules: ## configuration: every module loadable, save what loads the first
olddefconfig: ## configuration: defaults for what it does not set yet
savedefconfig: ## write what differs from the defaults to the file defconfig
defconfig tinyconfig allbuiltin allmodules olddefconfig savedefconfig:
	@tools/setup build
	@/usr/bin/python3 tools/build/configure.py $@ $(KCONFIG_CONFIG)

clean: ## remove what was built
	rm -rf $(O) compile_commands.json
distclean: clean ## remove what was built and the configuration
	rm -f .config
