/* Part of linux/device.h under the name that Linux gives it. */
#ifndef _LINUX_DEVICE_CLASS_H
#define _LINUX_DEVICE_CLASS_H
#include <linux/device.h>
#endif
