/* echo and printf, for the shell and for the programs. */
#ifndef GUEST_ECHO_H
#define GUEST_ECHO_H

#include "strbuf.h"

/*
 * Append what `echo args...` prints. -n: no newline; -e: escapes (as escape.h); -E: none (the
 * default).
 */
void echo_print(struct strbuf *out, char **args);

/*
 * Append what `printf args...` prints: args[0] is the format, used again while arguments are left.
 * %b takes echo's escapes, %q quotes for the shell. Returns the exit status; messages go through
 * program.h. Source: POSIX.1-2017, XCU printf.
 */
int printf_run(struct strbuf *out, char **args);

#endif
