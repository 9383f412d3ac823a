# The rules that turn a folder's kbuild Makefile into objects: obj-y, obj-m, NAME-objs, NAME-y, ccflags-y,
# CFLAGS_file.o, sub-folders. Used for modules/ and for folders outside the tree (M=DIR); the caller sets
#   KBUILD_OUT(dir)     where the objects of a source folder go
#   MODULE_CC           compiler command of a module object
#   KBUILD_SYMVERS      lists of exported symbols to look in; the last one is made from KBUILD_EXPORTS
# and then calls kbuild_folder for each folder. Results: KBUILD_KO (list of .ko), KBUILD_BUILTIN (objects).

KBUILD_KO :=
KBUILD_BUILTIN :=
KBUILD_DEPS :=
KBUILD_EXPORTS :=
KBUILD_DIRS :=

# $(1) source file, $(2) object, $(3) module name, $(4) extra flags
define kbuild_object
$(2): $(1) $(KBUILD_PREREQ)
	$$(file >$$@.json,$$(call compdb_entry,$$<,$$(MODULE_CC) $(4) -DKBUILD_MODNAME='"$(3)"'))
	$$(Q)$$(MODULE_CC) $(4) -DKBUILD_MODNAME='"$(3)"' -DKBUILD_BASENAME='"$(basename $(notdir $(1)))"' -MMD -MP -c $$< -o $$@
KBUILD_DEPS += $(2:.o=.d)
KBUILD_DIRS += $(dir $(2))
endef

kbuild_modname = $(subst -,_,$(basename $(notdir $(1))))
kbuild_parts = $(strip $($(1)-objs) $($(1)-y) $(if $(filter m,$(2)),$($(1)-m)))

# $(1) folder, $(2) output folder, $(3) name.o, $(4) y or m: one module
define kbuild_module
kb_name := $(basename $(3))
kb_parts := $$(call kbuild_parts,$(basename $(3)),$(4))
kb_out := $(2)/$(basename $(3))$(if $(filter m,$(4)),.mod-o,.builtin-o)
$$(foreach p,$$(if $$(kb_parts),$$(kb_parts),$(3)),$$(eval $$(call kbuild_object,$(1)/$$(basename $$(p)).c,$$(kb_out)/$$(notdir $$(p)),$(call kbuild_modname,$(3)),$(if $(filter m,$(4)),-DMODULE) $$(ccflags-y) $$(EXTRA_CFLAGS) $$(CFLAGS_$$(notdir $$(p))))))
kb_objects := $$(foreach p,$$(if $$(kb_parts),$$(kb_parts),$(3)),$$(kb_out)/$$(notdir $$(p)))
$(if $(filter m,$(4)),$$(eval $$(call kbuild_link,$(2)/$(basename $(3)),$$(kb_objects),$(call kbuild_modname,$(3)))),KBUILD_BUILTIN += $$(kb_objects)
KBUILD_BUILTIN_NAMES += $(2)/$(basename $(3)).ko)
endef

# Replaces a made file only when it differs, so that what is made from it is left alone.
kbuild_update = if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# The types of what an object exports: nothing to read in most.
PYTHON_TYPES = types() { if grep -q __ksymtype_ "$$4"; then $(PYTHON) $(TOP)/tools/build/symtypes.py "$$@"; else : >"$$3"; fi; }; types

# $(1) output path without suffix, $(2) objects, $(3) module name: partial link, what it exports, modpost, final link
define kbuild_link
$(1).mod-o/all.o: $(2)
	$$(Q)$$(LD) $$(LDFLAGS_32) --build-id=none -r -o $$@ $(2)
$(1).mod-o/exports: $(1).mod-o/all.o $$(MODPOST) $$(TOP)/tools/build/symtypes.py
	$$(Q)$$(PYTHON_TYPES) -d $$(O)/.symtypes $(1).mod-o/symtypes $$<
	$$(Q)$$(MODPOST) -x -n $(1:$(O)/%=%) -t $(1).mod-o/symtypes -o $$@.new $$<
	$$(Q)$$(kbuild_update)
$(1).mod.c: $(1).mod-o/all.o $$(MODPOST) $$(lastword $$(KBUILD_SYMVERS))
	$$(Q)$$(MODPOST) -n $(3) $(if $(KBUILD_EXTERNAL),-e) $$(if $$(filter 1,$$(KBUILD_MODPOST_WARN)),-w) $(2:%.o=-s %.d) $$(foreach s,$$(KBUILD_SYMVERS),-i $$(s)) -o $$@.new $$<
	$(if $(KBUILD_EXTERNAL),$$(Q)$$(PYTHON) $$(TOP)/tools/build/symtypes.py -x $(1).mod-o/symtypes.gz $$@.new $(1).mod-o/symtypes $$(KBUILD_SYMVERS:.symvers=.symtypes))
	$$(Q)$$(kbuild_update)
$(1).mod-o/mod.o: $(1).mod.c $(KBUILD_PREREQ)
	$$(Q)$$(MODULE_CC) $(if $(KBUILD_EXTERNAL),-DSYMTYPES='"$(1).mod-o/symtypes.gz"') -DMODULE -DKBUILD_MODNAME='"$(3)"' -DKBUILD_BASENAME='"$(3)"' -MMD -MP -c $$< -o $$@
$(1).ko: $(1).mod-o/all.o $(1).mod-o/mod.o $$(TOP)/tools/build/module.ld
	$$(Q)$$(LD) $$(LDFLAGS_32) -r -T $$(TOP)/tools/build/module.ld -o $$@.new $(1).mod-o/all.o $(1).mod-o/mod.o
	$$(Q)$$(MODPOST) -c $$@.new && mv $$@.new $$@
KBUILD_DEPS += $(1).mod-o/mod.d
KBUILD_EXPORTS += $(1).mod-o/exports
KBUILD_KO += $(1).ko
endef

# $(1) folder, $(2) output folder: read its Makefile and the sub-folders it names
define kbuild_folder
obj-y :=
obj-m :=
ccflags-y :=
EXTRA_CFLAGS :=
src := $(1)
obj := $(1)
include $$(firstword $$(wildcard $(1)/Kbuild) $(1)/Makefile)
kb_subdirs := $$(filter %/,$$(obj-y) $$(obj-m))
$$(foreach o,$$(filter-out %/,$$(obj-y)),$$(eval $$(call kbuild_module,$(1),$(2),$$(o),y)))
$$(foreach o,$$(filter-out %/,$$(obj-m)),$$(eval $$(call kbuild_module,$(1),$(2),$$(o),m)))
$$(foreach d,$$(patsubst %/,%,$$(kb_subdirs)),$$(eval $$(call kbuild_folder,$(1)/$$(d),$(2)/$$(d))))
endef
