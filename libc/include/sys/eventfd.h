/* Event counters. */
#ifndef _SYS_EVENTFD_H
#define _SYS_EVENTFD_H
#include <features.h>
#include <stdint.h>
#include <linux/eventfd.h>
typedef uint64_t eventfd_t;
__BEGIN_DECLS
int eventfd(unsigned int value, int flags);
__END_DECLS
#endif
