/* Numbers and structs shared with user space: see uapi. */
#ifndef _LINUX_KD_KERNEL_H
#define _LINUX_KD_KERNEL_H
#include <uapi/linux/kd.h>
#endif
