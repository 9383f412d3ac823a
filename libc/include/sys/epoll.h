/* epoll. */
#ifndef _SYS_EPOLL_H
#define _SYS_EPOLL_H
#include <features.h>
#include <stdint.h>
#include <asm/signal.h>
#include <linux/eventpoll.h>
typedef union epoll_data {
	void *ptr;
	int fd;
	uint32_t u32;
	uint64_t u64;
} epoll_data_t;
struct epoll_event {
	uint32_t events;
	epoll_data_t data;
};
__BEGIN_DECLS
int epoll_create(int size);
int epoll_create1(int flags);
int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event);
int epoll_wait(int epoll, struct epoll_event *events, int most, int milliseconds);
int epoll_pwait(int epoll, struct epoll_event *events, int most, int milliseconds,
		const sigset_t *mask);
__END_DECLS
#endif
