/* What the kernel writes to isa-debug-exit (port 0xf4) at the end; QEMU exits with 2 * code + 1. */
#ifndef _RAKIT_EXIT_CODES_H
#define _RAKIT_EXIT_CODES_H

#define DEBUG_EXIT_PORT 0xf4

#define EXIT_CODE_POWER_OFF 0x10 /* orderly power-off */
#define EXIT_CODE_PANIC 0x11	 /* panic */
#define EXIT_CODE_NO_INIT 0x12	 /* no init program, or a missing or corrupt initrd */
#define EXIT_CODE_EMERGENCY 0x13 /* a fault while panicking */

#endif
