/*
 * Lockdown: what even root may not do to a running kernel. Two levels: with `integrity` nothing that changes the
 * kernel's code or data, with `confidentiality` nothing either that reads them. The level is set by lockdown= on the
 * kernel command line or through /sys/kernel/security/lockdown, and only ever rises. Source: Linux 5.10 security.h,
 * kernel_lockdown(7).
 */
#ifndef _LINUX_SECURITY_H
#define _LINUX_SECURITY_H

/* What somebody is about to do; from LOCKDOWN_INTEGRITY_MAX on it is reading. */
enum lockdown_reason {
	LOCKDOWN_NONE,
	LOCKDOWN_MODULE_SIGNATURE,
	LOCKDOWN_DEV_MEM,
	LOCKDOWN_EFI_TEST,
	LOCKDOWN_KEXEC,
	LOCKDOWN_HIBERNATION,
	LOCKDOWN_PCI_ACCESS,
	LOCKDOWN_IOPORT,
	LOCKDOWN_MSR,
	LOCKDOWN_ACPI_TABLES,
	LOCKDOWN_PCMCIA_CIS,
	LOCKDOWN_TIOCSSERIAL,
	LOCKDOWN_MODULE_PARAMETERS,
	LOCKDOWN_MMIOTRACE,
	LOCKDOWN_DEBUGFS,
	LOCKDOWN_XMON_WR,
	LOCKDOWN_INTEGRITY_MAX,
	LOCKDOWN_KCORE,
	LOCKDOWN_KPROBES,
	LOCKDOWN_BPF_READ,
	LOCKDOWN_PERF,
	LOCKDOWN_TRACEFS,
	LOCKDOWN_XMON_RW,
	LOCKDOWN_XFRM_SECRET,
	LOCKDOWN_CONFIDENTIALITY_MAX,
};

/*
 * Whether lockdown forbids it: 0, or -EPERM with a line in the log that names the caller, what it wanted and the level.
 * Any context that may print.
 */
int security_locked_down(enum lockdown_reason what);

#endif
