# Configuration: .config (or the defaults of Kconfig) -> auto.conf for make, autoconf.h for C.

GENERATED := $(O)/include/generated
KCONFIG_FILES := Kconfig $(shell find modules -name Kconfig)

$(GENERATED)/auto.conf $(GENERATED)/autoconf.h &: $(KCONFIG_FILES) $(wildcard .config) tools/build/genconfig.py
	$(Q)$(PYTHON) tools/build/genconfig.py .config $(GENERATED)

include $(GENERATED)/auto.conf
KERNEL_INCLUDES := -I kernel/include -I kernel/include/uapi -include $(GENERATED)/autoconf.h

# Objects depend on the compiler command: a changed flag rebuilds what it touches.
FLAGS_FILE := $(O)/.flags
FLAGS_NOW := $(CC) $(HOSTCC) $(KERNEL_CFLAGS) $(USER_CFLAGS) $(WARNINGS)
ifneq ($(file <$(FLAGS_FILE)),$(FLAGS_NOW))
$(shell mkdir -p $(O))
$(file >$(FLAGS_FILE),$(FLAGS_NOW))
endif
