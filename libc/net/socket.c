/* Sockets, by the direct system calls. */
#include <sys/socket.h>
#include "internal/syscall.h"

int socket(int family, int type, int protocol)
{
	return SYS3(socket, family, type, protocol);
}

int socketpair(int family, int type, int protocol, int fds[2])
{
	return SYS4(socketpair, family, type, protocol, fds);
}

int bind(int fd, const struct sockaddr *address, socklen_t size)
{
	return SYS3(bind, fd, address, size);
}

int connect(int fd, const struct sockaddr *address, socklen_t size)
{
	return SYS3(connect, fd, address, size);
}

int listen(int fd, int backlog)
{
	return SYS2(listen, fd, backlog);
}

int accept4(int fd, struct sockaddr *restrict address, socklen_t *restrict size, int flags)
{
	return SYS4(accept4, fd, address, size, flags);
}

int accept(int fd, struct sockaddr *restrict address, socklen_t *restrict size)
{
	return accept4(fd, address, size, 0);
}

int getsockname(int fd, struct sockaddr *restrict address, socklen_t *restrict size)
{
	return SYS3(getsockname, fd, address, size);
}

int getpeername(int fd, struct sockaddr *restrict address, socklen_t *restrict size)
{
	return SYS3(getpeername, fd, address, size);
}

int getsockopt(int fd, int level, int option, void *restrict value, socklen_t *restrict size)
{
	return SYS5(getsockopt, fd, level, option, value, size);
}

int setsockopt(int fd, int level, int option, const void *value, socklen_t size)
{
	return SYS5(setsockopt, fd, level, option, value, size);
}

ssize_t sendto(int fd, const void *from, size_t size, int flags, const struct sockaddr *address,
	       socklen_t address_size)
{
	return SYS6(sendto, fd, from, size, flags, address, address_size);
}

ssize_t send(int fd, const void *from, size_t size, int flags)
{
	return sendto(fd, from, size, flags, NULL, 0);
}

ssize_t recvfrom(int fd, void *restrict to, size_t size, int flags,
		 struct sockaddr *restrict address, socklen_t *restrict address_size)
{
	return SYS6(recvfrom, fd, to, size, flags, address, address_size);
}

ssize_t recv(int fd, void *to, size_t size, int flags)
{
	return recvfrom(fd, to, size, flags, NULL, NULL);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	return SYS3(sendmsg, fd, message, flags);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	return SYS3(recvmsg, fd, message, flags);
}

int shutdown(int fd, int how)
{
	return SYS2(shutdown, fd, how);
}
