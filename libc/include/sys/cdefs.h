/* Declarations usable from C++ too. */
#ifndef _SYS_CDEFS_H
#define _SYS_CDEFS_H
#include <features.h>
#endif
