# The initrd (a cpio newc archive) and the GRUB ISO.

MODLIB := lib/modules/$(RELEASE)
SKEL_FILES := $(shell find tools/guest/skel -type f -o -type d)

$(O)/initrd.cpio: $(GUEST_PROGRAMS) $(INSTALL_KO) $(SKEL_FILES) $(if $(HOST_DEPMOD_OBJ),$(DEPMOD)) tools/build/initrd.sh tools/build/guest_help.py $(O)/rakit.elf $(O)/Module.symvers $(O)/Module.symtypes
	$(Q)tools/build/initrd.sh $(O) $(RELEASE) "$(STRIP)" "$(OBJCOPY)" "$(KBUILD_BUILTIN_NAMES)" "$(INSTALL_KO)" $@

$(O)/rakit.iso: $(O)/rakit $(O)/initrd.cpio iso/grub.cfg
	$(Q)rm -rf $(O)/iso && mkdir -p $(O)/iso/boot/grub
	$(Q)cp iso/grub.cfg $(O)/iso/boot/grub/ && cp $(O)/rakit $(O)/initrd.cpio $(O)/iso/boot/
	$(Q)grub-mkrescue -o $@ $(O)/iso >$(O)/iso.log 2>&1 || { cat $(O)/iso.log; exit 1; }
