/* What uname() says. Source: Linux 5.10 utsname.h. */
#ifndef _LINUX_UTSNAME_H
#define _LINUX_UTSNAME_H

#include <linux/rwsem.h>
#include <uapi/linux/utsname.h>

struct uts_namespace {
	struct new_utsname name;
};

extern struct uts_namespace init_uts_ns;
extern struct rw_semaphore uts_sem; /* node and domain name */

struct new_utsname *utsname(void);
struct new_utsname *init_utsname(void);

#endif
