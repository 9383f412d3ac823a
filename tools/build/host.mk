# Programs for the build machine, from our own sources.

HOST_CFLAGS := -std=gnu11 -O2 -g $(WARNINGS) -I kernel -I tools -D_GNU_SOURCE
PURE_SRC := $(wildcard kernel/lib/*.c kernel/link/*.c kernel/sign/*.c)
HOST_OBJ := $(PURE_SRC:%.c=$(O)/host/%.o)

$(O)/host/%.o: %.c $(FLAGS_FILE)
	$(Q)$(HOSTCC) $(HOST_CFLAGS) -MMD -MP -c $< -o $@

HOST_MODPOST_OBJ := $(patsubst %.c,$(O)/host/%.o,$(wildcard tools/modpost/*.c))
$(shell mkdir -p $(sort $(dir $(HOST_MODPOST_OBJ) $(HOST_OBJ))) $(O)/host)
MODPOST := $(O)/host/modpost
$(MODPOST): $(HOST_MODPOST_OBJ) $(HOST_OBJ)
	$(Q)$(HOSTCC) -o $@ $^

# modcheck shares what modpost knows of files and exports.
HOST_MODCHECK_OBJ := $(patsubst %.c,$(O)/host/%.o,$(wildcard tools/modcheck/*.c))
$(shell mkdir -p $(sort $(dir $(HOST_MODCHECK_OBJ))))
MODCHECK := $(O)/host/modcheck
$(MODCHECK): $(HOST_MODCHECK_OBJ) $(filter-out %/main.o,$(HOST_MODPOST_OBJ)) $(HOST_OBJ)
	$(Q)$(HOSTCC) -o $@ $^

# depmod is a guest program that also runs on the build machine.
HOST_DEPMOD_OBJ := $(patsubst %.c,$(O)/host/%.o,$(wildcard tools/guest/sbin/depmod/*.c tools/guest/lib/kmod_*.c tools/guest/lib/refusal.c))
$(shell mkdir -p $(sort $(dir $(HOST_DEPMOD_OBJ))) $(O)/host)
DEPMOD := $(O)/host/depmod
$(DEPMOD): $(HOST_DEPMOD_OBJ) $(HOST_OBJ)
	$(Q)$(HOSTCC) -o $@ $^

-include $(HOST_OBJ:.o=.d) $(HOST_MODPOST_OBJ:.o=.d) $(HOST_MODCHECK_OBJ:.o=.d) $(HOST_DEPMOD_OBJ:.o=.d)

# QEMU plugin for bench-boot.
$(O)/host/insncount.so: tools/host/insncount.c
	$(Q)$(HOSTCC) -std=gnu11 -O2 -shared -fPIC -fvisibility=hidden $(WARNINGS) -o $@ $<
