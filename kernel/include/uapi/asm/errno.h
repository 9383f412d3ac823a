/* Error numbers: see linux/errno.h. */
#ifndef _UAPI_ASM_ERRNO_H
#define _UAPI_ASM_ERRNO_H
#include <linux/errno.h>
#endif
