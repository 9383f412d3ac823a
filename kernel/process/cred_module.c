/*
 * Credentials as modules reach them: the kernel's own code reads the current task's inline (linux/cred.h), a module may
 * not know what a task looks like inside.
 */
#define MODULE
#include <linux/cred.h>
#undef MODULE
#include <linux/export.h>

const struct cred *current_cred(void)
{
	return get_current()->cred;
}
EXPORT_SYMBOL(current_cred);
