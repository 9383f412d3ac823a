/*
 * Files named on the command line, with "-" for standard input, and descriptors copied to the end.
 */
#ifndef GUEST_INPUT_H
#define GUEST_INPUT_H

#include <stdio.h>

/* Open `name` for reading; "-" is standard input. NULL after a warning. */
FILE *input_open(const char *name);

/* Close it (not standard input), with a warning if reading had failed. */
void input_close(FILE *in, const char *name);

/* Call `use` for each of the NULL-ended files; for standard input if there are none. */
void input_each(char **files, void (*use)(FILE *in, const char *name));

/*
 * Read all of a file into a string that the caller frees; *size without the NUL behind it. NULL
 * after a warning.
 */
char *input_all(const char *name, size_t *size);

/* Copy until the end of `from`. 0, or -1 with errno. */
int fd_copy(int from, int to);

/* write(2) until all is written. 0, or -1 with errno. */
int fd_write(int fd, const void *bytes, size_t size);

#endif
