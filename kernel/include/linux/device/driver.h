/* Part of linux/device.h under the name that Linux gives it. */
#ifndef _LINUX_DEVICE_DRIVER_H
#define _LINUX_DEVICE_DRIVER_H
#include <linux/device.h>
#endif
