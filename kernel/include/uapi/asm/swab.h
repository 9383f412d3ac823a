/* Byte swapping: the compiler's built-ins become one bswap. */
#ifndef _UAPI_ASM_SWAB_H
#define _UAPI_ASM_SWAB_H
#include <linux/swab.h>
#endif
