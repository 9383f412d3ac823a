# Configuration: .config (or the defaults of Kconfig) -> auto.conf for make, and headers for C: autoconf.h for modules,
# kernelconf.h for the kernel. The kernel does not see which modules there are: they may change without rebuilding it.

GENERATED := $(O)/include/generated
KCONFIG_FILES := Kconfig $(shell find modules -name Kconfig)

$(GENERATED)/auto.conf: $(KCONFIG_FILES) $(wildcard $(KCONFIG_CONFIG)) tools/build/genconfig.py
	$(Q)$(PYTHON) tools/build/genconfig.py $(KCONFIG_CONFIG) $(GENERATED)
# Written along with it, but only when they differ.
$(GENERATED)/autoconf.h $(GENERATED)/kernelconf.h: $(GENERATED)/auto.conf
	@:

include $(GENERATED)/auto.conf
KERNEL_INCLUDES := -I kernel/include -I kernel/include/uapi
KERNEL_CONFIG := -include $(GENERATED)/kernelconf.h
MODULE_CONFIG := -include $(GENERATED)/autoconf.h

# Objects depend on the compiler command: a changed flag rebuilds what it touches.
FLAGS_FILE := $(O)/.flags
FLAGS_NOW := $(CC) $(HOSTCC) $(KERNEL_CFLAGS) $(USER_CFLAGS) $(WARNINGS)
ifneq ($(file <$(FLAGS_FILE)),$(FLAGS_NOW))
$(shell mkdir -p $(O))
$(file >$(FLAGS_FILE),$(FLAGS_NOW))
endif
