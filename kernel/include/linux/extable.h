/* Exception tables; see asm/extable.h. */
#ifndef _LINUX_EXTABLE_H
#define _LINUX_EXTABLE_H
#include <asm/extable.h>
#endif
