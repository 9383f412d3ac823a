/* Numbers of the command line, and sizes for people. */
#ifndef GUEST_NUMBER_H
#define GUEST_NUMBER_H

#include <stdbool.h>

/*
 * A whole non-negative number with an optional c(1) b(512) k K(1024) M G suffix. False: it is none.
 */
bool number_parse(const char *text, unsigned long long *value);

/* The same; ends the program with a message when `text` is no number. */
unsigned long long number_or_die(const char *text);

/*
 * Seconds with an optional fraction and s m h d suffix, in milliseconds; ends the program if it is
 * none.
 */
long long duration_or_die(const char *text);

/* `bytes` in the largest unit that leaves at least 1: 512, 1.5K, 20M. Returns room. */
char *size_human(char room[24], unsigned long long bytes);

#endif
