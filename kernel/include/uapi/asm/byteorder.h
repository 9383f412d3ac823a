/* Byte order of this machine: little endian. */
#ifndef _UAPI_ASM_BYTEORDER_H
#define _UAPI_ASM_BYTEORDER_H
#include <linux/byteorder/little_endian.h>
#endif
