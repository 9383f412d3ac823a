/*
 * Who may see the kernel's addresses: with /proc/sys/kernel/kptr_restrict at 0 (as at the start) and 1 whoever has
 * CAP_SYSLOG, with 2 nobody. Asked by what shows symbols and sections; %pK, which prints the address for them, zeros
 * for others, is a plain hashed %p at 0. Source: Linux's Documentation/admin-guide/sysctl/kernel.rst.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/sysctl.h>

int kptr_restrict;

bool kallsyms_show_value(const struct cred *cred)
{
	return kptr_restrict < 2 && cap_raised(cred->cap_effective, CAP_SYSLOG);
}

static const int two = 2;

static struct ctl_table restrict_table[] = { { .procname = "kptr_restrict",
					       .data = &kptr_restrict,
					       .maxlen = sizeof(int),
					       .mode = 0644,
					       .proc_handler = proc_dointvec_minmax,
					       .extra1 = SYSCTL_ZERO,
					       .extra2 = (void *)&two },
					     {} };

static int __init restrict_init(void)
{
	register_sysctl("kernel", restrict_table);
	return 0;
}
device_initcall(restrict_init);
