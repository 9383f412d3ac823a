/* Waiting for descriptors. */
#include <errno.h>
#include <poll.h>
#include <sys/select.h>
#include "internal/syscall.h"

int poll(struct pollfd fds[], nfds_t count, int milliseconds)
{
	return SYS3(poll, fds, count, milliseconds);
}

/* The kernel writes what is left into the time; ours stays as it was. */
int ppoll(struct pollfd fds[], nfds_t count, const struct timespec *timeout, const sigset_t *mask)
{
	struct timespec t;

	if (timeout)
		t = *timeout;
	return SYS5(ppoll, fds, count, timeout ? &t : NULL, mask, sizeof(*mask));
}

int select(int count, fd_set *restrict readable, fd_set *restrict writable,
	   fd_set *restrict exceptional, struct timeval *restrict timeout)
{
	return SYS5(_newselect, count, readable, writable, exceptional, timeout);
}

int pselect(int count, fd_set *restrict readable, fd_set *restrict writable,
	    fd_set *restrict exceptional, const struct timespec *restrict timeout,
	    const sigset_t *restrict mask)
{
	struct timespec t;
	struct {
		const sigset_t *mask;
		size_t size;
	} sixth = { mask, sizeof(*mask) };

	if (timeout)
		t = *timeout;
	return SYS6(pselect6, count, readable, writable, exceptional, timeout ? &t : NULL, &sixth);
}
