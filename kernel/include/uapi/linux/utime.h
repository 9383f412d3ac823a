/* What utime() takes, in seconds. */
#ifndef _UAPI_LINUX_UTIME_H
#define _UAPI_LINUX_UTIME_H
#include <linux/types.h>
#include <asm/posix_types.h>
struct utimbuf {
	__kernel_old_time_t actime;
	__kernel_old_time_t modtime;
};
#endif
