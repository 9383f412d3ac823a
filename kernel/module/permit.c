/*
 * Who may change what modules there are: whoever has CAP_SYS_MODULE, until /proc/sys/kernel/modules_disabled is set.
 * That has no way back: it is for machines on which everything needed is loaded. `nomodule` on the command line sets it
 * from the start.
 */
#include "module/module.h"
#include <linux/capability.h>
#include <linux/init.h>
#include <linux/sysctl.h>

static int modules_disabled;
core_param(nomodule, modules_disabled, bint, 0);

static const char *denial(void)
{
	if (!capable(CAP_SYS_MODULE))
		return "the caller has no CAP_SYS_MODULE; try as root";
	if (modules_disabled)
		return "/proc/sys/kernel/modules_disabled is set; only a reboot clears it";
	return NULL;
}

int module_permit(bool load, const char *name)
{
	const char *reason = denial();

	if (!reason)
		return 0;
	pr_err_ratelimited("module: %s: %s: %s\n", name[0] ? name : "?",
			   load ? "refused" : "not unloaded", reason);
	audit_denied(load, name);
	return -EPERM;
}

static struct ctl_table module_table[] = { { .procname = "modules_disabled",
					     .data = &modules_disabled,
					     .maxlen = sizeof(int),
					     .mode = 0644,
					     .proc_handler = proc_dointvec_minmax,
					     .extra1 = SYSCTL_ONE,
					     .extra2 = SYSCTL_ONE },
					   {} };

static int __init permit_init(void)
{
	register_sysctl("kernel", module_table);
	return 0;
}
device_initcall(permit_init);
