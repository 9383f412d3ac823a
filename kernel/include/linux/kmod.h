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
 * Runs `/sbin/modprobe -q -- NAME`, NAME being the formatted text (a module or an alias such as "fs-vfat").
 *   wait  true: sleeps until modprobe is done; false: returns when it has been started
 * Returns 0 when modprobe exited with 0, its exit status (> 0) when not, or -errno: -ENAMETOOLONG or -EINVAL (a name
 * with characters no alias has), -ENOENT (no /sbin/modprobe), -EAGAIN or -ETIME (too many requests in flight for too
 * long), -ELOOP (asked for by the modprobe that handles the same name). A caller that needs the module looks it up
 * again whatever is returned. Process context, may sleep; no lock may be held that a module's init takes.
 */
int __request_module(bool wait, const char *fmt, ...) __printf(2, 3);
#define request_module(mod...) __request_module(true, mod)
#define request_module_nowait(mod...) __request_module(false, mod)
/* x, and if it is false (NULL, 0) once more after request_module(). */
#define try_then_request_module(x, mod...) ((x) ?: (__request_module(true, mod), (x)))

#endif
