/* va_list and its operations. */
#ifndef _LINUX_STDARG_H
#define _LINUX_STDARG_H
#include <stdarg.h>
#endif
