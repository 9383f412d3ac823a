# The C library and the programs that run inside.

USER_INCLUDES := -I libc/include -I kernel/include/uapi
LIBC_SRC := $(sort $(shell find libc -name '*.c'))
LIBC_ASM := $(sort $(filter-out libc/crt0.S,$(shell find libc -name '*.S')))
LIBC_OBJ := $(LIBC_SRC:%.c=$(O)/user/%.o) $(LIBC_ASM:%.S=$(O)/user/%.asm.o)
# modlink: the kernel's linker as a user-space library.
LIBC_OBJ += $(PURE_SRC:%.c=$(O)/user/%.o)
LIBC := $(O)/libc/libc.a
CRT0 := $(O)/user/libc/crt0.asm.o

UCC = $(CC) $(USER_CFLAGS) $(WARNINGS) $(USER_INCLUDES) -I libc -I kernel -I tools
$(O)/user/%.o: %.c $(FLAGS_FILE)
	$(file >$@.json,$(call compdb_entry,$<,$(UCC)))
	$(Q)$(UCC) -MMD -MP -c $< -o $@
$(O)/user/%.asm.o: %.S $(FLAGS_FILE)
	$(Q)$(UCC) -D__ASSEMBLY__ -MMD -MP -c $< -o $@
$(LIBC): $(LIBC_OBJ)
	@rm -f $@
	$(Q)$(AR) rcsD $@ $^

# What the programs share: an archive linked into all of them.
GUEST_LIB_OBJ := $(patsubst %.c,$(O)/user/%.o,$(sort $(wildcard tools/guest/lib/*.c)))
GUEST_LIB := $(O)/guest/libguest.a
$(GUEST_LIB): $(GUEST_LIB_OBJ)
	@rm -f $@
	$(Q)$(AR) rcsD $@ $^

GUEST_PROGRAMS :=
GUEST_OBJ := $(GUEST_LIB_OBJ)
# $(1) program path in the guest without the slash (bin/ls), $(2) its sources
define guest_program
$(O)/guest/$(1): $(CRT0) $(2:%.c=$(O)/user/%.o) $(GUEST_LIB) $(LIBC)
	$$(Q)$$(LD) -m elf_i386 -z noexecstack -z norelro -z noseparate-code --no-warn-rwx-segments --gc-sections -static -Ttext-segment=0x08048000 -o $$@ $$^
GUEST_PROGRAMS += $(O)/guest/$(1)
GUEST_OBJ += $(2:%.c=$(O)/user/%.o)
endef
$(foreach f,$(wildcard tools/guest/bin/*.c tools/guest/sbin/*.c),$(eval $(call guest_program,$(patsubst tools/guest/%.c,%,$(f)),$(f))))
$(foreach d,$(patsubst %/,%,$(filter %/,$(wildcard tools/guest/bin/*/ tools/guest/sbin/*/))),$(eval $(call guest_program,$(patsubst tools/guest/%,%,$(d)),$(sort $(wildcard $(d)/*.c)))))

$(shell mkdir -p $(sort $(dir $(LIBC_OBJ) $(CRT0) $(GUEST_OBJ) $(GUEST_PROGRAMS) $(GUEST_LIB)) $(O)/libc))
-include $(LIBC_OBJ:.o=.d) $(GUEST_OBJ:.o=.d)
