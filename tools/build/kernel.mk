# The kernel image: boot/ and kernel/ plus the built-in modules, linked twice so that it holds its own symbol table.

KERNEL_SRC := $(sort $(shell find boot kernel -name '*.c'))
KERNEL_ASM := $(sort $(shell find boot kernel -name '*.S'))
KERNEL_NASM := $(sort $(shell find boot kernel -name '*.asm'))
KERNEL_OBJ := $(KERNEL_NASM:%.asm=$(O)/%.nasm.o) $(KERNEL_ASM:%.S=$(O)/%.asm.o) $(KERNEL_SRC:%.c=$(O)/%.o)

SYSCALL_TABLE := $(GENERATED)/syscall_table.h
$(SYSCALL_TABLE): kernel/syscall/syscalls.tbl tools/build/syscall_table.py
	$(Q)$(PYTHON) tools/build/syscall_table.py $< >$@

$(shell mkdir -p $(sort $(dir $(KERNEL_OBJ))))

KCC = $(CC) $(KERNEL_CFLAGS) $(WARNINGS) $(KERNEL_INCLUDES) $(KERNEL_CONFIG) -I kernel -I $(O)/include
$(O)/boot/%.o: boot/%.c $(FLAGS_FILE) $(GENERATED)/kernelconf.h
	$(file >$@.json,$(call compdb_entry,$<,$(KCC)))
	$(Q)$(KCC) -MMD -MP -c $< -o $@
$(O)/kernel/%.o: kernel/%.c $(FLAGS_FILE) $(GENERATED)/kernelconf.h | $(if $(wildcard kernel/syscall/syscalls.tbl),$(SYSCALL_TABLE))
	$(file >$@.json,$(call compdb_entry,$<,$(KCC)))
	$(Q)$(KCC) -MMD -MP -c $< -o $@
$(O)/%.asm.o: %.S $(FLAGS_FILE) $(GENERATED)/kernelconf.h
	$(Q)$(CC) $(KERNEL_CFLAGS) $(KERNEL_INCLUDES) $(KERNEL_CONFIG) -I kernel -D__ASSEMBLY__ -MMD -MP -c $< -o $@
$(O)/%.nasm.o: %.asm
	$(Q)$(NASM) -f elf32 -g -F dwarf -MD $(@:.o=.d) -MP $< -o $@

KERNEL_LDS := boot/kernel.ld
KERNEL_LINK = $(LD) $(LDFLAGS_32) -T $(KERNEL_LDS) $(KERNEL_OBJ) $(BUILTIN_OBJ) $(CERTS)/trusted.o $(O)/kcrctab.o

# The types of what the kernel exports, and the table of their CRCs.
$(O)/kernel.symtypes: $(KERNEL_OBJ) $(BUILTIN_OBJ) tools/build/symtypes.py
	$(Q)$(PYTHON) tools/build/symtypes.py -d $(O)/.symtypes -a $(O)/kcrctab.S $@ $(filter %.o,$(KERNEL_OBJ) $(BUILTIN_OBJ))
$(O)/kcrctab.o: $(O)/kernel.symtypes
	$(Q)$(CC) $(KERNEL_CFLAGS) -c $(O)/kcrctab.S -o $@

$(O)/kallsyms.empty.o: tools/build/kallsyms.py
	$(Q)$(PYTHON) tools/build/kallsyms.py </dev/null >$(O)/kallsyms.empty.S
	$(Q)$(CC) $(KERNEL_CFLAGS) -c $(O)/kallsyms.empty.S -o $@

$(O)/rakit.elf: $(KERNEL_OBJ) $(BUILTIN_OBJ) $(CERTS)/trusted.o $(O)/kcrctab.o $(KERNEL_LDS) $(O)/kallsyms.empty.o tools/build/kallsyms.py
	$(Q)$(KERNEL_LINK) $(O)/kallsyms.empty.o -o $(O)/rakit.tmp 2>$(O)/link.log || { cat $(O)/link.log; exit 1; }
	$(Q)$(NM) -n $(O)/rakit.tmp | $(PYTHON) tools/build/kallsyms.py >$(O)/kallsyms.S
	$(Q)$(CC) $(KERNEL_CFLAGS) -c $(O)/kallsyms.S -o $(O)/kallsyms.o
	$(Q)$(KERNEL_LINK) $(O)/kallsyms.o -Map=$(O)/rakit.map -o $@ 2>$(O)/link.log || { cat $(O)/link.log; exit 1; }
	@rm -f $(O)/rakit.tmp

# What is booted: the same image without debug data.
$(O)/rakit: $(O)/rakit.elf
	$(Q)$(OBJCOPY) --strip-all $< $@

-include $(KERNEL_OBJ:.o=.d)
