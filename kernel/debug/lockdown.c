/*
 * Lockdown: one number, compared with what is asked. It is raised by the command line before anything else runs or by
 * root in /sys/kernel/security/lockdown, never lowered. Who has something to refuse asks security_locked_down().
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/string.h>
#include <linux/sysfs.h>

static const enum lockdown_reason levels[] = { LOCKDOWN_NONE, LOCKDOWN_INTEGRITY_MAX,
					       LOCKDOWN_CONFIDENTIALITY_MAX };
static const char *const level_names[] = { "none", "integrity", "confidentiality" };

static const char *const reasons[LOCKDOWN_CONFIDENTIALITY_MAX + 1] = {
	[LOCKDOWN_NONE] = "none",
	[LOCKDOWN_MODULE_SIGNATURE] = "unsigned module loading",
	[LOCKDOWN_DEV_MEM] = "/dev/mem,kmem,port",
	[LOCKDOWN_EFI_TEST] = "/dev/efi_test access",
	[LOCKDOWN_KEXEC] = "kexec of unsigned images",
	[LOCKDOWN_HIBERNATION] = "hibernation",
	[LOCKDOWN_PCI_ACCESS] = "direct PCI access",
	[LOCKDOWN_IOPORT] = "raw io port access",
	[LOCKDOWN_MSR] = "raw MSR access",
	[LOCKDOWN_ACPI_TABLES] = "modifying ACPI tables",
	[LOCKDOWN_PCMCIA_CIS] = "direct PCMCIA CIS storage",
	[LOCKDOWN_TIOCSSERIAL] = "reconfiguration of serial port IO",
	[LOCKDOWN_MODULE_PARAMETERS] = "unsafe module parameters",
	[LOCKDOWN_MMIOTRACE] = "unsafe mmio",
	[LOCKDOWN_DEBUGFS] = "debugfs access",
	[LOCKDOWN_XMON_WR] = "xmon write access",
	[LOCKDOWN_INTEGRITY_MAX] = "integrity",
	[LOCKDOWN_KCORE] = "/proc/kcore access",
	[LOCKDOWN_KPROBES] = "use of kprobes",
	[LOCKDOWN_BPF_READ] = "use of bpf to read kernel RAM",
	[LOCKDOWN_PERF] = "unsafe use of perf",
	[LOCKDOWN_TRACEFS] = "use of tracefs",
	[LOCKDOWN_XMON_RW] = "xmon read and write access",
	[LOCKDOWN_XFRM_SECRET] = "xfrm SA secret",
	[LOCKDOWN_CONFIDENTIALITY_MAX] = "confidentiality",
};

static enum lockdown_reason locked_down;

static int raise_level(const char *name, const char *where)
{
	int level = match_string(level_names, ARRAY_SIZE(level_names), name);

	if (level < 0)
		return -EINVAL;
	if (levels[level] <= locked_down)
		return -EPERM;
	locked_down = levels[level];
	pr_notice("Kernel is locked down from %s; see man kernel_lockdown.7\n", where);
	return 0;
}

int security_locked_down(enum lockdown_reason what)
{
	if (locked_down < what)
		return 0;
	pr_notice_ratelimited("Lockdown: %s: %s is restricted; see man kernel_lockdown.7\n",
			      current->comm, reasons[what]);
	return -EPERM;
}
EXPORT_SYMBOL(security_locked_down);

static int __init set_lockdown(char *level)
{
	if (raise_level(level, "command line") == -EINVAL)
		pr_warn("lockdown=%s: no level; none, integrity or confidentiality\n", level);
	return 1;
}
__setup("lockdown=", set_lockdown);

/* "none [integrity] confidentiality": the present one in brackets. */
static ssize_t lockdown_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	ssize_t n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(levels); i++)
		n += scnprintf(buf + n, PAGE_SIZE - n, levels[i] == locked_down ? "%s[%s]" : "%s%s",
			       i ? " " : "", level_names[i]);
	n += scnprintf(buf + n, PAGE_SIZE - n, "\n");
	return n;
}

static ssize_t lockdown_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			      size_t count)
{
	char text[20];
	int error;

	if (strscpy(text, buf, sizeof(text)) < 0)
		return -EINVAL;
	error = raise_level(strim(text), "securityfs");
	return error ? error : (ssize_t)count;
}

static struct kobj_attribute lockdown_attribute = __ATTR(lockdown, 0600, lockdown_show,
							 lockdown_store);

static int __init lockdown_init(void)
{
	struct kobject *security = kobject_create_and_add("security", kernel_kobj);

	return security ? sysfs_create_file(security, &lockdown_attribute.attr) : -ENOMEM;
}
device_initcall(lockdown_init);
