# The goals, in the order `make help` shows them. A line `## text` behind a goal is its help.

.PHONY: help everything kernel-and-modpost iso clean distclean
everything: $(O)/rakit $(if $(HOST_MODPOST_OBJ),$(O)/initrd.cpio) $(if $(GUEST_PROGRAMS),$(GUEST_PROGRAMS)) $(O)/compile_commands.json ## build kernel, modules, programs and initrd (default)

kernel-and-modpost: $(O)/rakit $(O)/Module.symvers $(O)/host/modpost

help: ## show this list
	@echo "Rakit, a teaching operating system for i386. Goals:"
	@sed -nE 's/^([a-z][a-z-]*):.*## (.*)/  make \1\t\2/p' tools/build/targets.mk | expand -t 22
	@echo "Variables: $$(sed -nE '3,5s/^#   //p' Makefile | tr -s ' ' | paste -sd ';')"

iso: $(O)/rakit.iso ## make a bootable GRUB BIOS ISO

clean: ## remove what was built
	rm -rf $(O) compile_commands.json
distclean: clean ## remove what was built and the configuration
	rm -f .config
