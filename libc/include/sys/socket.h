/* Sockets (POSIX). */
#ifndef _SYS_SOCKET_H
#define _SYS_SOCKET_H

#include <features.h>
#include <sys/types.h>
#include <linux/socket.h>
#include <linux/time.h>

typedef unsigned int socklen_t;

struct msghdr {
	void *msg_name;
	socklen_t msg_namelen;
	struct iovec *msg_iov;
	size_t msg_iovlen;
	void *msg_control;
	size_t msg_controllen;
	int msg_flags;
};

#define CMSG_ALIGN(n) (((n) + sizeof(size_t) - 1) & ~(sizeof(size_t) - 1))
#define CMSG_DATA(c) ((unsigned char *)((struct cmsghdr *)(c) + 1))
#define CMSG_SPACE(n) (CMSG_ALIGN(n) + CMSG_ALIGN(sizeof(struct cmsghdr)))
#define CMSG_LEN(n) (CMSG_ALIGN(sizeof(struct cmsghdr)) + (n))
#define CMSG_FIRSTHDR(m)                                                                    \
	((m)->msg_controllen >= sizeof(struct cmsghdr) ? (struct cmsghdr *)(m)->msg_control \
						       : (struct cmsghdr *)0)
#define CMSG_NXTHDR(m, c)                                                                  \
	((c)->cmsg_len < sizeof(struct cmsghdr) ||                                         \
			 CMSG_ALIGN((c)->cmsg_len) + sizeof(struct cmsghdr) >              \
				 (size_t)((char *)(m)->msg_control + (m)->msg_controllen - \
					  (char *)(c))                                     \
		 ? (struct cmsghdr *)0                                                     \
		 : (struct cmsghdr *)((char *)(c) + CMSG_ALIGN((c)->cmsg_len)))

__BEGIN_DECLS
int socket(int family, int type, int protocol);
int socketpair(int family, int type, int protocol, int fds[2]);
int bind(int fd, const struct sockaddr *address, socklen_t size);
int connect(int fd, const struct sockaddr *address, socklen_t size);
int listen(int fd, int backlog);
int accept(int fd, struct sockaddr *address, socklen_t *size);
int accept4(int fd, struct sockaddr *address, socklen_t *size, int flags);
int getsockname(int fd, struct sockaddr *address, socklen_t *size);
int getpeername(int fd, struct sockaddr *address, socklen_t *size);
int getsockopt(int fd, int level, int option, void *value, socklen_t *size);
int setsockopt(int fd, int level, int option, const void *value, socklen_t size);
ssize_t send(int fd, const void *from, size_t size, int flags);
ssize_t recv(int fd, void *to, size_t size, int flags);
ssize_t sendto(int fd, const void *from, size_t size, int flags, const struct sockaddr *address,
	       socklen_t address_size);
ssize_t recvfrom(int fd, void *to, size_t size, int flags, struct sockaddr *address,
		 socklen_t *address_size);
ssize_t sendmsg(int fd, const struct msghdr *message, int flags);
ssize_t recvmsg(int fd, struct msghdr *message, int flags);
int shutdown(int fd, int how);
__END_DECLS

#endif
