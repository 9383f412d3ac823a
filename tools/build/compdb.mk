# compile_commands.json: each compile leaves its entry beside the object; they are joined whenever something was built.

compdb_entry = {"directory": "$(CURDIR)", "file": "$(1)", "command": "$(subst ",\",$(subst \,\\,$(2))) -c $(1)"},

$(O)/compile_commands.json: $(KERNEL_OBJ) $(MODULE_KO) $(BUILTIN_OBJ) $(GUEST_PROGRAMS)
	$(Q){ echo '['; find $(O) -name '*.o.json' -exec cat {} + | sed '$$s/,$$//'; echo ']'; } >$@
	@ln -sf $@ compile_commands.json
