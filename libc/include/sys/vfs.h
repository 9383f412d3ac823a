/* See sys/statfs.h. */
#include <sys/statfs.h>
