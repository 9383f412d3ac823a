/* Names of signals without SIG: kill, trap, timeout. */
#ifndef GUEST_SIGNAME_H
#define GUEST_SIGNAME_H

#include "strbuf.h"

/*
 * The number of a signal given as number, NAME or SIGNAME in any case; -1 if there is none. 0 and
 * EXIT give 0.
 */
int signal_number(const char *name);

/* The name of a signal; NULL if there is none. */
const char *signal_name(int number);

/*
 * For `kill -l`: the names of the numbers and numbers of the names in args; the whole table when
 * there are none.
 */
void signal_names_print(struct strbuf *out, char **args);

#endif
