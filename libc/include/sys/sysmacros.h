/* Parts of a device number. */
#ifndef _SYS_SYSMACROS_H
#define _SYS_SYSMACROS_H
#include <sys/types.h>
#define major(device) \
	((unsigned int)((((device) >> 8) & 0xfff) | ((unsigned int)((device) >> 32) & ~0xfffU)))
#define minor(device) ((unsigned int)(((device)&0xff) | ((unsigned int)((device) >> 12) & ~0xffU)))
#define makedev(x, y)                                                              \
	((dev_t)(((x)&0xfffULL) << 8 | ((x)&0xfffff000ULL) << 32 | ((y)&0xffULL) | \
		 ((y)&0xffffff00ULL) << 12))
#endif
