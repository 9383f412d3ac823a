/* Waiting for descriptors below FD_SETSIZE. */
#ifndef _SYS_SELECT_H
#define _SYS_SELECT_H
#include <features.h>
#include <sys/types.h>
#include <asm/signal.h>
#include <linux/time.h>
#define FD_SETSIZE 1024
typedef struct {
	unsigned long fds_bits[FD_SETSIZE / 32];
} fd_set;
#define FD_ZERO(set) __builtin_memset((set), 0, sizeof(fd_set))
#define FD_SET(fd, set) ((void)((set)->fds_bits[(fd) / 32] |= 1UL << ((fd) % 32)))
#define FD_CLR(fd, set) ((void)((set)->fds_bits[(fd) / 32] &= ~(1UL << ((fd) % 32))))
#define FD_ISSET(fd, set) (((set)->fds_bits[(fd) / 32] >> ((fd) % 32)) & 1)
__BEGIN_DECLS
int select(int count, fd_set *readable, fd_set *writable, fd_set *exceptional,
	   struct timeval *timeout);
int pselect(int count, fd_set *readable, fd_set *writable, fd_set *exceptional,
	    const struct timespec *timeout, const sigset_t *mask);
__END_DECLS
#endif
