/* See asm/param.h. */
#ifndef _UAPI_LINUX_PARAM_H
#define _UAPI_LINUX_PARAM_H
#include <asm/param.h>
#endif
