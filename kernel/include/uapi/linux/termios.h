/* Terminals: see asm/termbits.h and asm/termios.h. */
#ifndef _UAPI_LINUX_TERMIOS_H
#define _UAPI_LINUX_TERMIOS_H
#include <linux/types.h>
#include <asm/termios.h>
#endif
