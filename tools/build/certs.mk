# The key that modules are signed with, and the certificates that the kernel trusts.
#
#   MODULE_SIG_KEY=FILE         PEM with private key and certificate; without it a pair is made for this build tree
#   SYSTEM_TRUSTED_KEYS=FILES   PEM files with further certificates whose signatures the kernel accepts

CERTS := $(O)/certs
MODULE_SIG_KEY ?= $(CERTS)/signing_key.pem

$(CERTS)/signing_key.pem:
	$(Q)tools/build/make-key $@

# A changed choice is a changed file.
CERTS_NOW := $(MODULE_SIG_KEY) $(SYSTEM_TRUSTED_KEYS)
ifneq ($(file <$(CERTS)/.choice),$(CERTS_NOW))
$(shell mkdir -p $(CERTS))
$(file >$(CERTS)/.choice,$(CERTS_NOW))
endif

$(CERTS)/trusted.der: $(MODULE_SIG_KEY) $(SYSTEM_TRUSTED_KEYS) $(CERTS)/.choice tools/build/certificates.py
	$(Q)tools/build/certificates.py $@ $(MODULE_SIG_KEY) $(SYSTEM_TRUSTED_KEYS)
$(CERTS)/trusted.o: $(CERTS)/trusted.der
	$(Q)printf '%s\n' '.section .rodata' '.globl module_certificates, module_certificates_end' \
		'module_certificates: .incbin "$<"' 'module_certificates_end:' '.section .note.GNU-stack,"",@progbits' >$(@:.o=.S)
	$(Q)$(CC) $(KERNEL_CFLAGS) -c $(@:.o=.S) -o $@

# A module as it is installed: without debug data, with a checksum, signed.
$(O)/install/%.ko: $(O)/%.ko $(MODULE_SIG_KEY) $(CERTS)/.choice tools/sign-file $(MODPOST)
	$(Q)$(STRIP) --strip-debug -o $@.new $<
	$(Q)$(MODPOST) -c $@.new
	$(Q)tools/sign-file sha256 $(MODULE_SIG_KEY) $(MODULE_SIG_KEY) $@.new
	$(Q)mv $@.new $@
