/* What the end of a process means to the memory it has reserved for modules (kernel/module/reserve.c). */
#ifndef _RAKIT_RESERVE_H
#define _RAKIT_RESERVE_H

#include <linux/types.h>

/*
 * Gives back what a process has reserved with create_module() and not used: it ends, or goes on with another program.
 *   loader  its process number (tgid)
 * Process context, may sleep; takes module_mutex if there is any reservation.
 */
void module_reservations_end(pid_t loader);

#endif
