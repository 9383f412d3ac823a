/* See sys/wait.h. */
#include <sys/wait.h>
