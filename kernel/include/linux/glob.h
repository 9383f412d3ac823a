/* Shell wildcards: * ? [a-z] [!a-z]. Any context. */
#ifndef _LINUX_GLOB_H
#define _LINUX_GLOB_H
#include <linux/types.h>
bool glob_match(const char *pattern, const char *text);
#endif
