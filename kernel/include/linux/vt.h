/* Numbers and structs shared with user space: see uapi. */
#ifndef _LINUX_VT_KERNEL_H
#define _LINUX_VT_KERNEL_H
#include <uapi/linux/vt.h>
#endif
