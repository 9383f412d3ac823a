/* Width of long. */
#ifndef _UAPI_ASM_BITSPERLONG_H
#define _UAPI_ASM_BITSPERLONG_H
#define __BITS_PER_LONG 32
#endif
