/* Scatter and gather vectors. */
#ifndef _UAPI_LINUX_UIO_H
#define _UAPI_LINUX_UIO_H

#include <linux/types.h>
#include <asm/posix_types.h>

struct iovec {
	void *iov_base;
	__kernel_size_t iov_len; /* bytes */
};

#define UIO_FASTIOV 8
#define UIO_MAXIOV 1024

#endif
