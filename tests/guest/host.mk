# The guest's shell and programs built for this machine, with ASan and UBSan. usage: make -f tests/guest/host.mk O=build
O ?= build
OUT := $(O)/guest-host
HOSTCC ?= gcc
CFLAGS := -std=gnu11 -g -O1 -D_GNU_SOURCE -fsanitize=address,undefined -fno-sanitize-recover=undefined -Wall -Wextra -Wshadow \
	-Wstrict-prototypes -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers
BIN := tools/guest/bin
CFLAGS += -I kernel -I tools
# The kernel's pure code, which the guest has in its C library.
PURE_OBJ := $(patsubst kernel/%.c,$(OUT)/pure/%.o,$(wildcard kernel/lib/*.c))
LIB_OBJ := $(patsubst tools/guest/lib/%.c,$(OUT)/lib/%.o,$(filter-out tools/guest/lib/kmod%,$(wildcard tools/guest/lib/*.c)))
SH_OBJ := $(patsubst $(BIN)/sh/%.c,$(OUT)/sh/%.o,$(wildcard $(BIN)/sh/*.c))
PROGRAMS := $(patsubst $(BIN)/%.c,$(OUT)/bin/%,$(wildcard $(BIN)/*.c))
LINKS := $(notdir $(shell find tools/guest/skel/bin -type l))

all: $(OUT)/bin/sh $(PROGRAMS) $(OUT)/links
$(OUT)/lib/%.o: tools/guest/lib/%.c
	@mkdir -p $(@D)
	$(HOSTCC) $(CFLAGS) -MMD -MP -c $< -o $@
$(OUT)/pure/%.o: kernel/%.c
	@mkdir -p $(@D)
	$(HOSTCC) $(CFLAGS) -MMD -MP -c $< -o $@
$(OUT)/sh/%.o: $(BIN)/sh/%.c
	@mkdir -p $(@D)
	$(HOSTCC) $(CFLAGS) -MMD -MP -c $< -o $@
$(OUT)/lib.a: $(LIB_OBJ) $(PURE_OBJ)
	@rm -f $@
	ar rc $@ $^
$(OUT)/bin/sh: $(SH_OBJ) $(OUT)/lib.a
	@mkdir -p $(@D)
	$(HOSTCC) $(CFLAGS) -o $@ $^
$(OUT)/bin/%: $(BIN)/%.c $(OUT)/lib.a
	@mkdir -p $(@D)
	$(HOSTCC) $(CFLAGS) -MMD -MP -MF $(OUT)/$*.d -o $@ $< $(OUT)/lib.a
$(OUT)/links: $(PROGRAMS)
	cp -Pf tools/guest/skel/bin/* $(OUT)/bin/
	touch $@

-include $(wildcard $(OUT)/*.d $(OUT)/*/*.d $(OUT)/*/*/*.d)
