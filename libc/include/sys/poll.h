/* See poll.h. */
#include <poll.h>
