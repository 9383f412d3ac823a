/* What sysinfo() writes; 64 bytes on i386. */
#ifndef _UAPI_LINUX_SYSINFO_H
#define _UAPI_LINUX_SYSINFO_H

#include <linux/types.h>
#include <asm/posix_types.h>

#define SI_LOAD_SHIFT 16
struct sysinfo {
	__kernel_long_t uptime;	   /* seconds */
	__kernel_ulong_t loads[3]; /* 1, 5 and 15 minutes, << SI_LOAD_SHIFT */
	__kernel_ulong_t totalram; /* in units of mem_unit bytes, as the next ones */
	__kernel_ulong_t freeram;
	__kernel_ulong_t sharedram;
	__kernel_ulong_t bufferram;
	__kernel_ulong_t totalswap;
	__kernel_ulong_t freeswap;
	__u16 procs; /* processes */
	__u16 pad;
	__kernel_ulong_t totalhigh;
	__kernel_ulong_t freehigh;
	__u32 mem_unit;
	char _f[20 - 2 * sizeof(__kernel_ulong_t) - sizeof(__u32)];
};

#endif
