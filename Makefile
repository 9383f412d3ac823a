# Rakit: `make help` lists what can be done here.
#
#   O=DIR       output folder (default build)        CC=clang         another compiler
#   WERROR=1    warnings are errors                  V=1              show the commands
#   M=DIR       build the modules of DIR (kbuild)    CROSS_COMPILE=   tool prefix
#   KCONFIG_CONFIG=FILE  configuration (default .config)
#   MODULE_SIG_KEY=PEM   sign modules with this key and certificate     SYSTEM_TRUSTED_KEYS=PEM…  trust these too

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:

TOP := $(patsubst %/,%,$(dir $(realpath $(lastword $(MAKEFILE_LIST)))))
O ?= build
KCONFIG_CONFIG ?= .config
V ?= 0
Q := $(if $(filter 1,$(V)),,@)

.PHONY: all
all: everything

# `make -C <this folder> M=DIR modules`: only the module build system is needed.
ifneq ($(M),)
.PHONY: modules sign clean
everything modules:
	$(Q)$(MAKE) -C $(TOP) -f tools/build/external.mk __modules M=$(M)
sign:
	$(Q)$(MAKE) -C $(TOP) -f tools/build/external.mk __sign M=$(M)
clean:
	$(Q)$(MAKE) -C $(TOP) -f tools/build/external.mk __clean M=$(M)
else
CONFIG_GOALS := menuconfig defconfig tinyconfig allbuiltin allmodules olddefconfig savedefconfig
ifeq ($(filter help clean distclean setup $(CONFIG_GOALS),$(MAKECMDGOALS)),)
# What the goals need is installed before the make files look for it.
SETUP_FOR := $(or $(filter test,$(MAKECMDGOALS:check=test)),$(filter debug,$(MAKECMDGOALS)),$(filter run,$(MAKECMDGOALS:bench-boot=run)),$(filter iso,$(MAKECMDGOALS)),build)
ifneq ($(shell CC='$(filter clang,$(CC))' tools/setup $(firstword $(SETUP_FOR)) >&2; echo $$?),0)
$(error set-up incomplete)
endif
include tools/build/toolchain.mk
include tools/build/config.mk
include tools/build/host.mk
include tools/build/certs.mk
include tools/build/kernel.mk
include tools/build/modules.mk
include tools/build/guest.mk
include tools/build/image.mk
include tools/build/compdb.mk
endif
include tools/build/targets.mk
endif
