/* Why the kernel refused this process' last call, by /sys/kernel/rakit/refusal. */
#ifndef GUEST_REFUSAL_H
#define GUEST_REFUSAL_H

#include <stdbool.h>
#include <stdio.h>

/*
 * Prints the kernel's lines about the last load, unload, mount or unmount of this process, two spaces in front of each:
 * of a refusal the reasons, of a success the warnings. False: there are none, or the file is not there (another kernel, /sys not mounted).
 */
bool refusal_print(FILE *out);
/* The text as a whole: a line "CALL SUBJECT: ERROR (N), pid P (COMMAND)", then the reasons. On the heap; NULL: none. */
char *refusal_read(void);

#endif
