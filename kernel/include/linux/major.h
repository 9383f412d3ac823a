/* Numbers and structs shared with user space: see uapi. */
#ifndef _LINUX_MAJOR_KERNEL_H
#define _LINUX_MAJOR_KERNEL_H
#include <uapi/linux/major.h>
#endif
