/* See sys/syscall.h. */
#include <sys/syscall.h>
