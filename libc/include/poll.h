/* Waiting for descriptors. */
#ifndef _POLL_H
#define _POLL_H
#include <features.h>
#include <signal.h>
#include <asm/poll.h>
typedef unsigned long nfds_t;
__BEGIN_DECLS
int poll(struct pollfd fds[], nfds_t count, int milliseconds); /* negative: for ever */
int ppoll(struct pollfd fds[], nfds_t count, const struct timespec *timeout, const sigset_t *mask);
__END_DECLS
#endif
