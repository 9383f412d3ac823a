/* Fixed-width integers: see linux/types.h. */
#ifndef _UAPI_ASM_TYPES_H
#define _UAPI_ASM_TYPES_H
#include <linux/types.h>
#endif
