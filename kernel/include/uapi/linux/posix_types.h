/* Kernel-side widths of POSIX types, and the bit set that select() takes. */
#ifndef _UAPI_LINUX_POSIX_TYPES_H
#define _UAPI_LINUX_POSIX_TYPES_H

#include <asm/posix_types.h>

#undef __FD_SETSIZE
#define __FD_SETSIZE 1024 /* descriptors in one set */

typedef struct {
	unsigned long fds_bits[__FD_SETSIZE / (8 * sizeof(long))];
} __kernel_fd_set;

typedef void (*__kernel_sighandler_t)(int);

#endif
