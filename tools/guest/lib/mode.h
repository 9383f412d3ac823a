/* File modes as text. */
#ifndef GUEST_MODE_H
#define GUEST_MODE_H

#include <stdbool.h>
#include <sys/stat.h>

/* `-rwxr-xr-x` and the like, as ls prints it; 10 characters and NUL. */
void mode_format(char text[12], mode_t mode);

/*
 * Apply `spec`, octal or symbolic (u+x,go=r), to `mode`. `mask` is the umask, used where no one is
 * named. False: not a mode. Source: POSIX.1-2017, XCU chmod.
 */
bool mode_change(const char *spec, mode_t mode, mode_t mask, mode_t *result);

#endif
