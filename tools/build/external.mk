# `make -C <tree> M=DIR modules|sign|clean`: a folder of modules outside the tree, built beside its sources as kbuild does.
# It runs as a make of its own, with goals no folder defines, so that the folder's all:, modules: and clean: do no harm.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.PHONY: __modules __sign __clean
__modules:

TOP := $(patsubst %/,%,$(abspath $(dir $(lastword $(MAKEFILE_LIST)))/../..))
O ?= build
V ?= 0
Q := $(if $(filter 1,$(V)),,@)
include $(TOP)/tools/build/toolchain.mk
KBUILD_EXTERNAL := y
override M := $(patsubst %/,%,$(realpath $(M)))
GENERATED := $(O)/include/generated
-include $(GENERATED)/auto.conf
KERNELRELEASE := $(RELEASE)
KERNELVERSION := 5.10.0
ARCH := i386
srctree := $(TOP)
objtree := $(O)
PWD := $(M)
KERNEL_INCLUDES := -I kernel/include -I kernel/include/uapi -include $(GENERATED)/autoconf.h -I $(M)
MODULE_CC = $(CC) $(KERNEL_CFLAGS) -Wall -Wno-pointer-sign -Wno-unused-but-set-variable -Werror=implicit-function-declaration -Werror=implicit-int \
	-Werror=return-type -Werror=incompatible-pointer-types -Werror=strict-prototypes $(KCFLAGS) $(KERNEL_INCLUDES)
MODPOST := $(O)/host/modpost
KBUILD_PREREQ := $(GENERATED)/autoconf.h
KBUILD_SYMVERS = $(O)/Module.symvers $(KBUILD_EXTRA_SYMBOLS) $(M)/Module.symvers
compdb_entry =

$(GENERATED)/autoconf.h $(O)/Module.symvers $(MODPOST): | __tree
.PHONY: __tree
__tree:
	@test -e $(O)/Module.symvers -a -x $(MODPOST) || { echo "the tree is not built yet: building it first" >&2; $(MAKE) -C $(TOP) M= O=$(O) kernel-and-modpost; }

include tools/build/kbuild.mk
$(eval $(call kbuild_folder,$(M),$(M)))

# What this folder's modules export, for each other and for the KBUILD_EXTRA_SYMBOLS of further folders.
$(M)/Module.symvers: $(KBUILD_EXPORTS) | $(O)/Module.symvers
	$(Q)cat $(KBUILD_EXPORTS:exports=symtypes) /dev/null >$(@:.symvers=.symtypes)
	$(Q)cat $(KBUILD_EXPORTS) /dev/null >$@.new
	$(Q)$(kbuild_update)

__modules: $(KBUILD_KO)
	@for ko in $(KBUILD_KO); do echo "  KO      $$ko"; done
# With the key that the tree's own modules are signed with, which its kernel knows.
MODULE_SIG_KEY ?= $(O)/certs/signing_key.pem
__sign: $(KBUILD_KO)
	@for ko in $(KBUILD_KO); do tools/sign-file sha256 $(MODULE_SIG_KEY) $(MODULE_SIG_KEY) $$ko && echo "  SIGN    $$ko" || exit 1; done
__clean:
	$(Q)rm -rf $(KBUILD_KO) $(KBUILD_KO:.ko=.mod.c) $(KBUILD_KO:.ko=.mod-o) $(M)/Module.symvers $(M)/Module.symtypes $(M)/modules.order
$(if $(KBUILD_DIRS),$(shell mkdir -p $(sort $(KBUILD_DIRS))))
-include $(KBUILD_DEPS)
