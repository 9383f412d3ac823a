/* Signals as data. */
#ifndef _SYS_SIGNALFD_H
#define _SYS_SIGNALFD_H
#include <features.h>
#include <stdint.h>
#include <signal.h>
#include <linux/signalfd.h>
__BEGIN_DECLS
int signalfd(int fd, const sigset_t *mask, int flags); /* fd -1: a new one */
__END_DECLS
#endif
