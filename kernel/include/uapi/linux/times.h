/* What times() writes, in ticks of 1/100 s. */
#ifndef _UAPI_LINUX_TIMES_H
#define _UAPI_LINUX_TIMES_H
#include <linux/types.h>
#include <asm/posix_types.h>
struct tms {
	__kernel_clock_t tms_utime;
	__kernel_clock_t tms_stime;
	__kernel_clock_t tms_cutime; /* of waited-for children */
	__kernel_clock_t tms_cstime;
};
#endif
