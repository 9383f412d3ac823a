/*
 * System calls of sockets, by number of their own and through socketcall(2). Process context.
 * Source: socket(2) and its kin, socketcall(2).
 */
#include <linux/cred.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include <net/sock.h>
#include <rakit/holders.h>
#include <rakit/registry.h>
#include <uapi/linux/time_types.h>
#include "net/net.h"

#define BACKLOG_MAX SOMAXCONN
#define MESSAGES_MAX 1024

struct mmsghdr {
	struct user_msghdr msg_hdr;
	unsigned int msg_len;
};

/* The socket of a descriptor; done with put_sock(). */
struct sock_ref {
	struct fd fd;
	struct socket *sock;
};

static int get_sock(int fd, struct sock_ref *ref)
{
	int error = -EBADF;

	ref->fd = fdget(fd);
	if (!ref->fd.file)
		return -EBADF;
	ref->sock = sock_from_file(ref->fd.file, &error);
	if (ref->sock)
		return 0;
	fdput(ref->fd);
	return error;
}

static void put_sock(struct sock_ref *ref)
{
	fdput(ref->fd);
}

static unsigned int message_flags(const struct sock_ref *ref, unsigned int flags)
{
	return flags | (ref->fd.file->f_flags & O_NONBLOCK ? MSG_DONTWAIT : 0);
}

/* A descriptor for a socket, which is taken over also on failure. */
static int map_socket(struct socket *sock, int flags)
{
	int fd = get_unused_fd_flags(flags & O_CLOEXEC);
	struct file *file;

	if (fd < 0) {
		sock_release(sock);
		return fd;
	}
	file = sock_alloc_file(sock, flags, NULL);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}

#define TYPE_FLAGS (SOCK_CLOEXEC | SOCK_NONBLOCK)
#define TYPE_MASK 0xf

static long do_socket(int family, int type, int protocol)
{
	int flags = type & ~TYPE_MASK;
	struct socket *sock;
	int error;

	if (flags & ~TYPE_FLAGS)
		return -EINVAL;
	error = sock_create(family, type & TYPE_MASK, protocol, &sock);
	return error ? error : map_socket(sock, flags);
}

static long do_socketpair(int family, int type, int protocol, int __user *usockvec)
{
	int flags = type & ~TYPE_MASK, fds[2], error;
	struct socket *sock[2];

	if (flags & ~TYPE_FLAGS)
		return -EINVAL;
	error = sock_create(family, type & TYPE_MASK, protocol, &sock[0]);
	if (error)
		return error;
	error = sock_create(family, type & TYPE_MASK, protocol, &sock[1]);
	if (error) {
		sock_release(sock[0]);
		return error;
	}
	error = sock[0]->ops->socketpair(sock[0], sock[1]);
	if (error) {
		sock_release(sock[0]);
		sock_release(sock[1]);
		return error;
	}
	fds[0] = map_socket(sock[0], flags);
	if (fds[0] < 0) {
		sock_release(sock[1]);
		return fds[0];
	}
	fds[1] = map_socket(sock[1], flags);
	if (fds[1] >= 0 && !copy_to_user(usockvec, fds, sizeof(fds)))
		return 0;
	error = fds[1] < 0 ? fds[1] : -EFAULT;
	ksys_close(fds[0]);
	if (fds[1] >= 0)
		ksys_close(fds[1]);
	return error;
}

static long do_bind(int fd, struct sockaddr __user *umyaddr, int addrlen)
{
	struct sockaddr_storage address;
	struct sock_ref ref;
	int error = get_sock(fd, &ref);

	if (error)
		return error;
	error = move_addr_to_kernel(umyaddr, addrlen, &address);
	if (!error)
		error = ref.sock->ops->bind(ref.sock, (struct sockaddr *)&address, addrlen);
	put_sock(&ref);
	return error;
}

static long do_listen(int fd, int backlog)
{
	struct sock_ref ref;
	int error = get_sock(fd, &ref);

	if (error)
		return error;
	error = ref.sock->ops->listen(ref.sock, min_t(unsigned int, backlog, BACKLOG_MAX));
	put_sock(&ref);
	return error;
}

static long do_connect(int fd, struct sockaddr __user *uservaddr, int addrlen)
{
	struct sockaddr_storage address;
	struct sock_ref ref;
	int error = get_sock(fd, &ref);

	if (error)
		return error;
	error = move_addr_to_kernel(uservaddr, addrlen, &address);
	if (!error)
		error = ref.sock->ops->connect(ref.sock, (struct sockaddr *)&address, addrlen,
					       ref.fd.file->f_flags);
	put_sock(&ref);
	return error;
}

/* A socket of the same kind for the connection that is taken. */
static struct file *accept_file(struct sock_ref *ref, struct sockaddr __user *peer,
				int __user *peer_len, int flags)
{
	struct socket *sock = ref->sock, *new = sock_alloc();
	struct sockaddr_storage address;
	struct file *file;
	int error;

	if (!new)
		return ERR_PTR(-ENFILE);
	new->type = sock->type;
	new->ops = sock->ops;
	new->family = sock->family;
	registry_hold(REGISTRY_PROTOCOL, sock->family);
	module_reference_rename(sock->family->owner, sock->family, new);
	file = sock_alloc_file(new, flags, NULL);
	if (IS_ERR(file))
		return file;
	error = sock->ops->accept(sock, new, ref->fd.file->f_flags, false);
	if (!error && peer) {
		int len = new->ops->getname(new, (struct sockaddr *)&address, 2);

		error = len < 0 ? -ECONNABORTED : move_addr_to_user(&address, len, peer, peer_len);
	}
	if (!error)
		return file;
	fput(file);
	return ERR_PTR(error);
}

static long do_accept(int fd, struct sockaddr __user *peer, int __user *peer_len, int flags)
{
	struct sock_ref ref;
	struct file *file;
	int newfd, error;

	if (flags & ~TYPE_FLAGS)
		return -EINVAL;
	error = get_sock(fd, &ref);
	if (error)
		return error;
	newfd = get_unused_fd_flags(flags & O_CLOEXEC);
	if (newfd >= 0) {
		file = accept_file(&ref, peer, peer_len, flags);
		if (IS_ERR(file)) {
			put_unused_fd(newfd);
			newfd = PTR_ERR(file);
		} else {
			fd_install(newfd, file);
		}
	}
	put_sock(&ref);
	return newfd;
}

static long do_getname(int fd, struct sockaddr __user *addr, int __user *len, int peer)
{
	struct sockaddr_storage address;
	struct sock_ref ref;
	int result = get_sock(fd, &ref);

	if (result)
		return result;
	result = ref.sock->ops->getname(ref.sock, (struct sockaddr *)&address, peer);
	if (result >= 0)
		result = move_addr_to_user(&address, result, addr, len);
	put_sock(&ref);
	return result;
}

static long do_sendto(int fd, void __user *buf, size_t len, unsigned int flags,
		      struct sockaddr __user *addr, int addr_len)
{
	struct sockaddr_storage address;
	struct msghdr msg = { 0 };
	struct sock_ref ref;
	struct iovec iov;
	int result;

	result = import_single_range(WRITE, buf, len, &iov, &msg.msg_iter);
	if (result)
		return result;
	result = get_sock(fd, &ref);
	if (result)
		return result;
	if (addr) {
		result = move_addr_to_kernel(addr, addr_len, &address);
		msg.msg_name = &address;
		msg.msg_namelen = addr_len;
	}
	msg.msg_flags = message_flags(&ref, flags);
	if (!result)
		result = sock_sendmsg(ref.sock, &msg);
	put_sock(&ref);
	return result;
}

static long do_recvfrom(int fd, void __user *buf, size_t len, unsigned int flags,
			struct sockaddr __user *addr, int __user *addr_len)
{
	struct sockaddr_storage address;
	struct msghdr msg = { .msg_name = addr ? &address : NULL };
	struct sock_ref ref;
	struct iovec iov;
	int result, error;

	result = import_single_range(READ, buf, len, &iov, &msg.msg_iter);
	if (result)
		return result;
	result = get_sock(fd, &ref);
	if (result)
		return result;
	result = sock_recvmsg(ref.sock, &msg, message_flags(&ref, flags));
	if (result >= 0 && addr) {
		error = move_addr_to_user(&address, msg.msg_namelen, addr, addr_len);
		if (error)
			result = error;
	}
	put_sock(&ref);
	return result;
}

static long do_shutdown(int fd, int how)
{
	struct sock_ref ref;
	int error = get_sock(fd, &ref);

	if (error)
		return error;
	error = ref.sock->ops->shutdown(ref.sock, how);
	put_sock(&ref);
	return error;
}

static long do_setsockopt(int fd, int level, int name, char __user *val, int len)
{
	struct sock_ref ref;
	int error;

	if (len < 0)
		return -EINVAL;
	error = get_sock(fd, &ref);
	if (error)
		return error;
	if (level == SOL_SOCKET)
		error = sock_setsockopt(ref.sock, level, name, val, len);
	else
		error = ref.sock->ops->setsockopt
				? ref.sock->ops->setsockopt(ref.sock, level, name, val, len)
				: -EOPNOTSUPP;
	put_sock(&ref);
	return error;
}

static long do_getsockopt(int fd, int level, int name, char __user *val, int __user *len)
{
	struct sock_ref ref;
	int error = get_sock(fd, &ref);

	if (error)
		return error;
	if (level == SOL_SOCKET)
		error = sock_getsockopt(ref.sock, level, name, val, len);
	else
		error = ref.sock->ops->getsockopt
				? ref.sock->ops->getsockopt(ref.sock, level, name, val, len)
				: -EOPNOTSUPP;
	put_sock(&ref);
	return error;
}

static long do_sendmsg(int fd, struct user_msghdr __user *msg, unsigned int flags)
{
	struct sock_ref ref;
	int result = get_sock(fd, &ref);

	if (result)
		return result;
	result = sock_user_sendmsg(ref.sock, msg, message_flags(&ref, flags));
	put_sock(&ref);
	return result;
}

static long do_recvmsg(int fd, struct user_msghdr __user *msg, unsigned int flags)
{
	struct sock_ref ref;
	int result = get_sock(fd, &ref);

	if (result)
		return result;
	result = sock_user_recvmsg(ref.sock, msg, message_flags(&ref, flags));
	put_sock(&ref);
	return result;
}

/* Several messages: how many, or the error of the first. */
static long do_sendmmsg(int fd, struct mmsghdr __user *vec, unsigned int vlen, unsigned int flags)
{
	unsigned int n;
	long result = 0;

	vlen = min(vlen, (unsigned int)MESSAGES_MAX);
	for (n = 0; n < vlen; n++) {
		result = do_sendmsg(fd, &vec[n].msg_hdr, flags);
		if (result < 0)
			break;
		if (put_user((unsigned int)result, &vec[n].msg_len))
			return n ? n : -EFAULT;
		if (signal_pending(current)) {
			n++;
			break;
		}
	}
	return n ? n : result;
}

/* end: monotonic time to stop at, KTIME_MAX: none. */
static long do_recvmmsg(int fd, struct mmsghdr __user *vec, unsigned int vlen, unsigned int flags,
			ktime_t end)
{
	unsigned int n;
	long result = 0;

	vlen = min(vlen, (unsigned int)MESSAGES_MAX);
	for (n = 0; n < vlen;) {
		result = do_recvmsg(fd, &vec[n].msg_hdr, flags & ~MSG_WAITFORONE);
		if (result < 0)
			break;
		if (put_user((unsigned int)result, &vec[n].msg_len))
			return n ? n : -EFAULT;
		n++;
		if (flags & MSG_WAITFORONE)
			flags |= MSG_DONTWAIT;
		if (signal_pending(current) || (end != KTIME_MAX && ktime_get() >= end))
			break;
	}
	return n ? n : result;
}

static int deadline(const struct timespec64 *ts, ktime_t *end)
{
	if (!timespec64_valid(ts))
		return -EINVAL;
	*end = ktime_add_safe(ktime_get(), timespec64_to_ktime(*ts));
	return 0;
}

SYSCALL_DEFINE3(socket, int, family, int, type, int, protocol)
{
	return do_socket(family, type, protocol);
}

SYSCALL_DEFINE4(socketpair, int, family, int, type, int, protocol, int __user *, usockvec)
{
	return do_socketpair(family, type, protocol, usockvec);
}

SYSCALL_DEFINE3(bind, int, fd, struct sockaddr __user *, addr, int, addrlen)
{
	return do_bind(fd, addr, addrlen);
}

SYSCALL_DEFINE2(listen, int, fd, int, backlog)
{
	return do_listen(fd, backlog);
}

SYSCALL_DEFINE3(connect, int, fd, struct sockaddr __user *, addr, int, addrlen)
{
	return do_connect(fd, addr, addrlen);
}

SYSCALL_DEFINE4(accept4, int, fd, struct sockaddr __user *, peer, int __user *, peer_len, int,
		flags)
{
	return do_accept(fd, peer, peer_len, flags);
}

SYSCALL_DEFINE3(getsockname, int, fd, struct sockaddr __user *, addr, int __user *, len)
{
	return do_getname(fd, addr, len, 0);
}

SYSCALL_DEFINE3(getpeername, int, fd, struct sockaddr __user *, addr, int __user *, len)
{
	return do_getname(fd, addr, len, 1);
}

SYSCALL_DEFINE6(sendto, int, fd, void __user *, buf, size_t, len, unsigned int, flags,
		struct sockaddr __user *, addr, int, addr_len)
{
	return do_sendto(fd, buf, len, flags, addr, addr_len);
}

SYSCALL_DEFINE6(recvfrom, int, fd, void __user *, buf, size_t, len, unsigned int, flags,
		struct sockaddr __user *, addr, int __user *, addr_len)
{
	return do_recvfrom(fd, buf, len, flags, addr, addr_len);
}

SYSCALL_DEFINE2(shutdown, int, fd, int, how)
{
	return do_shutdown(fd, how);
}

SYSCALL_DEFINE5(setsockopt, int, fd, int, level, int, name, char __user *, val, int, len)
{
	return do_setsockopt(fd, level, name, val, len);
}

SYSCALL_DEFINE5(getsockopt, int, fd, int, level, int, name, char __user *, val, int __user *, len)
{
	return do_getsockopt(fd, level, name, val, len);
}

SYSCALL_DEFINE3(sendmsg, int, fd, struct user_msghdr __user *, msg, unsigned int, flags)
{
	return do_sendmsg(fd, msg, flags);
}

SYSCALL_DEFINE3(recvmsg, int, fd, struct user_msghdr __user *, msg, unsigned int, flags)
{
	return do_recvmsg(fd, msg, flags);
}

SYSCALL_DEFINE4(sendmmsg, int, fd, struct mmsghdr __user *, vec, unsigned int, vlen, unsigned int,
		flags)
{
	return do_sendmmsg(fd, vec, vlen, flags);
}

SYSCALL_DEFINE5(recvmmsg, int, fd, struct mmsghdr __user *, vec, unsigned int, vlen, unsigned int,
		flags, struct __kernel_timespec __user *, timeout)
{
	ktime_t end = KTIME_MAX;
	struct timespec64 ts;
	int error = 0;

	if (timeout)
		error = get_timespec64(&ts, timeout) ? -EFAULT : deadline(&ts, &end);
	return error ? error : do_recvmmsg(fd, vec, vlen, flags, end);
}

SYSCALL_DEFINE5(recvmmsg_time32, int, fd, struct mmsghdr __user *, vec, unsigned int, vlen,
		unsigned int, flags, void __user *, timeout)
{
	ktime_t end = KTIME_MAX;
	struct timespec64 ts;
	int error = 0;

	if (timeout)
		error = get_old_timespec32(&ts, timeout) ? -EFAULT : deadline(&ts, &end);
	return error ? error : do_recvmmsg(fd, vec, vlen, flags, end);
}

static long call_recvmmsg32(const unsigned long *a)
{
	ktime_t end = KTIME_MAX;
	struct timespec64 ts;
	int error = 0;

	if (a[4])
		error = get_old_timespec32(&ts, (void __user *)a[4]) ? -EFAULT
								     : deadline(&ts, &end);
	return error ? error : do_recvmmsg(a[0], (void __user *)a[1], a[2], a[3], end);
}

SYSCALL_DEFINE2(socketcall, int, call, unsigned long __user *, args)
{
	static const u8 counts[] = {
		0, 3, 3, 3, 2, 3, 3, 3, 4, 4, 4, 6, 6, 2, 5, 5, 3, 3, 4, 5, 4
	};
	unsigned long a[6] = { 0 };

	if (call < SYS_SOCKET || call > SYS_SENDMMSG)
		return -EINVAL;
	if (copy_from_user(a, args, counts[call] * sizeof(a[0])))
		return -EFAULT;
	switch (call) {
	case SYS_SOCKET:
		return do_socket(a[0], a[1], a[2]);
	case SYS_BIND:
		return do_bind(a[0], (void __user *)a[1], a[2]);
	case SYS_CONNECT:
		return do_connect(a[0], (void __user *)a[1], a[2]);
	case SYS_LISTEN:
		return do_listen(a[0], a[1]);
	case SYS_ACCEPT:
		return do_accept(a[0], (void __user *)a[1], (void __user *)a[2], 0);
	case SYS_GETSOCKNAME:
		return do_getname(a[0], (void __user *)a[1], (void __user *)a[2], 0);
	case SYS_GETPEERNAME:
		return do_getname(a[0], (void __user *)a[1], (void __user *)a[2], 1);
	case SYS_SOCKETPAIR:
		return do_socketpair(a[0], a[1], a[2], (void __user *)a[3]);
	case SYS_SEND:
		return do_sendto(a[0], (void __user *)a[1], a[2], a[3], NULL, 0);
	case SYS_SENDTO:
		return do_sendto(a[0], (void __user *)a[1], a[2], a[3], (void __user *)a[4], a[5]);
	case SYS_RECV:
		return do_recvfrom(a[0], (void __user *)a[1], a[2], a[3], NULL, NULL);
	case SYS_RECVFROM:
		return do_recvfrom(a[0], (void __user *)a[1], a[2], a[3], (void __user *)a[4],
				   (void __user *)a[5]);
	case SYS_SHUTDOWN:
		return do_shutdown(a[0], a[1]);
	case SYS_SETSOCKOPT:
		return do_setsockopt(a[0], a[1], a[2], (void __user *)a[3], a[4]);
	case SYS_GETSOCKOPT:
		return do_getsockopt(a[0], a[1], a[2], (void __user *)a[3], (void __user *)a[4]);
	case SYS_SENDMSG:
		return do_sendmsg(a[0], (void __user *)a[1], a[2]);
	case SYS_RECVMSG:
		return do_recvmsg(a[0], (void __user *)a[1], a[2]);
	case SYS_ACCEPT4:
		return do_accept(a[0], (void __user *)a[1], (void __user *)a[2], a[3]);
	case SYS_RECVMMSG:
		return call_recvmmsg32(a);
	default:
		return do_sendmmsg(a[0], (void __user *)a[1], a[2], a[3]);
	}
}
