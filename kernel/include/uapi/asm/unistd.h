/* System call numbers of this architecture. */
#ifndef _UAPI_ASM_UNISTD_H
#define _UAPI_ASM_UNISTD_H
#include <asm/unistd_32.h>
#endif
