/* The loader's side of linux/module.h under the name some sources include. */
#ifndef _LINUX_MODULELOADER_H
#define _LINUX_MODULELOADER_H
#include <linux/module.h>
#endif
