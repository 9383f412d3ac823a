/* Numbers and structs shared with user space: see uapi. */
#ifndef _LINUX_SERIAL_KERNEL_H
#define _LINUX_SERIAL_KERNEL_H
#include <uapi/linux/serial.h>
#endif
