# Which compiler and binutils to use: what the user says, else the first i386-capable one found.

ifneq ($(filter default undefined,$(origin CC)),)
ifneq ($(CROSS_COMPILE),)
CC := $(CROSS_COMPILE)gcc
else
CC := $(firstword $(foreach c,i686-linux-gnu-gcc i686-elf-gcc x86_64-elf-gcc gcc clang,$(if $(shell command -v $(c) 2>/dev/null),$(c))))
endif
endif
ifneq ($(filter default undefined,$(origin HOSTCC)),)
HOSTCC := $(firstword $(foreach c,gcc clang cc,$(if $(shell command -v $(c) 2>/dev/null),$(c))))
endif
BINUTILS_PREFIX ?= $(if $(CROSS_COMPILE),$(CROSS_COMPILE),$(if $(filter %-gcc,$(notdir $(CC))),$(patsubst %gcc,%,$(CC))))
LD := $(BINUTILS_PREFIX)ld
AR := $(BINUTILS_PREFIX)ar
NM := $(BINUTILS_PREFIX)nm
OBJCOPY := $(BINUTILS_PREFIX)objcopy
STRIP := $(BINUTILS_PREFIX)strip
NASM ?= nasm
PYTHON := /usr/bin/python3
LDFLAGS_32 := -m elf_i386 --build-id=sha1 -z noexecstack --no-warn-rwx-segments

CC_IS_CLANG := $(if $(findstring clang,$(notdir $(CC))),y)
GCC_INCLUDE := $(shell $(CC) -print-file-name=include)

RELEASE := 5.10.0-rakit

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wno-unused-parameter -Wno-sign-compare \
	-Wno-missing-field-initializers -Wno-address-of-packed-member
ifeq ($(CC_IS_CLANG),y)
WARNINGS += -Wno-gnu-variable-sized-type-not-at-end -Wno-initializer-overrides
TARGET_FLAGS := --target=i686-linux-gnu -march=i686 -mstack-alignment=4
else
TARGET_FLAGS := -m32 -march=i686 -mpreferred-stack-boundary=2
WARNINGS += -Wno-override-init
endif
ifeq ($(WERROR),1)
WARNINGS += -Werror
endif

# Shared by kernel and modules.
KERNEL_CFLAGS := -std=gnu11 $(TARGET_FLAGS) -O2 -g -ffreestanding -nostdinc -isystem $(GCC_INCLUDE) \
	-mregparm=3 -mgeneral-regs-only -fno-omit-frame-pointer -fno-optimize-sibling-calls -fno-strict-aliasing \
	-fno-common -fno-pic -fno-pie -fcf-protection=none -fno-stack-protector -fno-asynchronous-unwind-tables \
	-fno-delete-null-pointer-checks -fwrapv -D__KERNEL__
USER_CFLAGS := -std=gnu11 $(TARGET_FLAGS) -Os -g -ffreestanding -nostdinc -isystem $(GCC_INCLUDE) \
	-mno-sse -mno-mmx -fno-strict-aliasing -fno-common -fno-pic -fno-pie -fcf-protection=none \
	-fno-stack-protector -fno-asynchronous-unwind-tables -ffunction-sections -fdata-sections
