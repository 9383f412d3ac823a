/* Loading a module in two stages: it is linked here, and the kernel checks and installs what came of it. */
#ifndef INSMOD_TWO_STAGE_H
#define INSMOD_TWO_STAGE_H

#include <stdbool.h>

/*
 * Loads the file with these parameters. verbose: each stage is told on stdout. 0, or -errno; with a text of its own on
 * stderr where the kernel has not been asked yet.
 */
int two_stage_insert(const char *path, const char *options, bool verbose);

#endif
