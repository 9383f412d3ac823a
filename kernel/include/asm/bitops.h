/* Bit operations; all of them are in linux/bitops.h. */
#ifndef _ASM_BITOPS_H
#define _ASM_BITOPS_H
#include <linux/bitops.h>
#endif
