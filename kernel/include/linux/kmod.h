/*
 * Asking user space for a module that is needed now. Source: Linux 5.10 kmod.h.
 */
#ifndef _LINUX_KMOD_H
#define _LINUX_KMOD_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/errno.h>
#include <linux/umh.h>

#define KMOD_PATH_LEN 256

/*
 * Asks user space for NAME, the formatted text (a module or an alias such as "fs-vfat"): the daemon at /dev/kmod, or
 * without one `/sbin/modprobe -q -- NAME` (sysctl kernel.modprobe).
 *   wait  true: sleeps until it has been worked on; false: returns when it is on its way
 * Returns 0 when it was loaded, the exit status (> 0) when not, or -errno: -ENAMETOOLONG or -EINVAL (a name
 * with characters no alias has), -EPERM (the policy does not let this process trigger it), -ENOENT (neither daemon
 * nor helper, or user space is not there yet), -ETIME (too many requests in flight for too long), -ETIMEDOUT (no answer
 * within kernel.kmod.timeout seconds), -ELOOP (it would wait for itself), -EINTR (killed), -ENOMEM. A caller that needs the
 * module looks it up again whatever is returned. Process context, may sleep; no lock may be held that a module's init
 * takes.
 */
int __request_module(bool wait, const char *fmt, ...) __printf(2, 3);
#define request_module(mod...) __request_module(true, mod)
#define request_module_nowait(mod...) __request_module(false, mod)
/* x, and if it is false (NULL, 0) once more after request_module(). */
#define try_then_request_module(x, mod...) ((x) ?: (__request_module(true, mod), (x)))

#endif
