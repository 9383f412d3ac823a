# The modules of the tree: each folder below modules/ with a Makefile, obj-$(CONFIG_X) deciding built in or loadable.

MODULE_CC = $(CC) $(KERNEL_CFLAGS) $(WARNINGS) $(KERNEL_INCLUDES) $(MODULE_CONFIG)
KBUILD_PREREQ := $(FLAGS_FILE) $(GENERATED)/autoconf.h
KBUILD_SYMVERS := $(O)/Module.symvers
include tools/build/kbuild.mk

MODULE_DIRS := $(sort $(patsubst %/Makefile,%,$(shell find modules -name Makefile)))
$(foreach d,$(MODULE_DIRS),$(eval $(call kbuild_folder,$(d),$(O)/$(d))))

BUILTIN_OBJ := $(KBUILD_BUILTIN)
MODULE_KO := $(KBUILD_KO)
INSTALL_KO := $(MODULE_KO:$(O)/%=$(O)/install/%)
# kernel.mk is read before this list exists
$(O)/rakit.elf $(O)/kernel.symtypes: $(BUILTIN_OBJ)

# Who exports what: the kernel's list is made from the linked image, the modules' from their objects.
$(O)/kernel.symvers: $(O)/rakit.elf $(MODPOST)
	$(Q)$(MODPOST) -k $(O)/rakit.elf -o $@.new
	$(Q)$(kbuild_update)
$(O)/Module.symvers: $(O)/kernel.symvers $(KBUILD_EXPORTS)
	$(Q)cat $^ >$@.new
	$(Q)$(kbuild_update)
# The types behind them, for who builds modules outside and for modversions in the guest.
$(O)/Module.symtypes: $(O)/kernel.symtypes $(KBUILD_EXPORTS)
	$(Q)cat $(O)/kernel.symtypes $(KBUILD_EXPORTS:exports=symtypes) >$@.new
	$(Q)$(kbuild_update)

$(if $(KBUILD_DIRS),$(shell mkdir -p $(sort $(KBUILD_DIRS) $(dir $(INSTALL_KO)))))
-include $(KBUILD_DEPS)
