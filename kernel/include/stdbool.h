/*
 * <stdbool.h> for the pure code when it is compiled for the kernel, where bool is a type and no macro: module_param()
 * pastes it into names.
 */
#ifndef _RAKIT_STDBOOL_H
#define _RAKIT_STDBOOL_H
#include <linux/types.h>
#endif
