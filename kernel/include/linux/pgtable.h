/* Page tables; see asm/pgtable.h. */
#ifndef _LINUX_PGTABLE_H
#define _LINUX_PGTABLE_H
#include <asm/pgtable.h>
#endif
