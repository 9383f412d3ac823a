/* System call numbers. */
#ifndef _UAPI_LINUX_UNISTD_H
#define _UAPI_LINUX_UNISTD_H
#include <asm/unistd.h>
#endif
