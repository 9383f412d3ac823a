# The modules of the tree: each folder below modules/ with a Makefile, obj-$(CONFIG_X) deciding built in or loadable.

MODULE_CC = $(CC) $(KERNEL_CFLAGS) $(WARNINGS) $(KERNEL_INCLUDES)
KBUILD_PREREQ := $(FLAGS_FILE) $(GENERATED)/autoconf.h
KBUILD_SYMVERS := $(O)/Module.symvers
include tools/build/kbuild.mk

MODULE_DIRS := $(sort $(patsubst %/Makefile,%,$(shell find modules -name Makefile)))
$(foreach d,$(MODULE_DIRS),$(eval $(call kbuild_folder,$(d),$(O)/$(d))))

BUILTIN_OBJ := $(KBUILD_BUILTIN)
MODULE_KO := $(KBUILD_KO)

# What the kernel exports, for modpost: made from the linked image.
$(O)/Module.symvers: $(O)/rakit.elf $(MODPOST)
	$(Q)$(MODPOST) -k $(O)/rakit.elf -o $@.new
	$(Q)if cmp -s $@.new $@; then rm $@.new; touch $@; else mv $@.new $@; fi
$(KBUILD_KO:.ko=.mod.c): $(O)/Module.symvers

$(if $(KBUILD_DIRS),$(shell mkdir -p $(sort $(KBUILD_DIRS))))
-include $(KBUILD_DEPS)
