/*
 * Sockets: what a protocol family offers, and what the rest of the kernel does with them.
 *
 * A module registers a family (sock_register); it appears in the registry as PF_NAME. socket(2) for
 * a family that is not there asks for module "net-pf-<number>". Each socket is a use of its
 * family's entry, so a family in use cannot go. Context: threads, may sleep, unless stated.
 */
#ifndef _LINUX_NET_H
#define _LINUX_NET_H

#include <linux/fs.h>
#include <linux/kmod.h>
#include <linux/socket.h>
#include <linux/stringify.h>
#include <linux/wait.h>
#include <uapi/linux/net.h>

struct module;
struct net;
struct page;
struct poll_table_struct;
struct sock;
struct vm_area_struct;

/* flags of struct socket */
#define SOCK_NOSPACE 2
#define SOCK_PASSCRED 3
#define SOCK_PASSSEC 4

enum sock_shutdown_cmd { SHUT_RD_CMD, SHUT_WR_CMD, SHUT_RDWR_CMD };

struct socket_wq {
	wait_queue_head_t wait; /* who sleeps on or polls the socket */
	struct fasync_struct *fasync_list;
};

struct socket {
	socket_state state;		 /* SS_*; lock_sock() or the family's own lock */
	short type;			 /* SOCK_STREAM … */
	unsigned long flags;		 /* bits SOCK_* above */
	struct file *file;		 /* NULL: a socket of the kernel's */
	struct sock *sk;		 /* the family's part */
	const struct proto_ops *ops;	 /* the family's functions for this type */
	struct net_proto_family *family; /* whose use this is */
	struct socket_wq wq;
};

/*
 * Functions of a family for one type of socket. 0 or -errno; those that are missing: the sock_no_*
 * functions.
 */
struct proto_ops {
	int family;
	struct module *owner;
	int (*release)(struct socket *sock); /* the last reference is gone */
	int (*bind)(struct socket *sock, struct sockaddr *myaddr, int sockaddr_len);
	int (*connect)(struct socket *sock, struct sockaddr *vaddr, int sockaddr_len, int flags);
	int (*socketpair)(struct socket *sock1, struct socket *sock2);
	int (*accept)(struct socket *sock, struct socket *newsock, int flags, bool kern);
	/* peer 0: own address, 1: the peer's; returns its length */
	int (*getname)(struct socket *sock, struct sockaddr *addr, int peer);
	__poll_t (*poll)(struct file *file, struct socket *sock, struct poll_table_struct *wait);
	int (*ioctl)(struct socket *sock, unsigned int cmd, unsigned long arg);
	int (*listen)(struct socket *sock, int len);
	int (*shutdown)(struct socket *sock, int flags); /* SHUT_* */
	int (*setsockopt)(struct socket *sock, int level, int optname, char __user *optval,
			  unsigned int optlen);
	int (*getsockopt)(struct socket *sock, int level, int optname, char __user *optval,
			  int __user *optlen);
	void (*show_fdinfo)(struct seq_file *m, struct socket *sock);
	/* bytes sent / received */
	int (*sendmsg)(struct socket *sock, struct msghdr *m, size_t total_len);
	int (*recvmsg)(struct socket *sock, struct msghdr *m, size_t total_len, int flags);
	int (*mmap)(struct file *file, struct socket *sock, struct vm_area_struct *vma);
	int (*set_peek_off)(struct sock *sk, int val);
};

struct net_proto_family {
	int family; /* PF_* */
	/*
	 * Fills in ops and sk of a new socket. -ESOCKTNOSUPPORT, -EPROTONOSUPPORT, -EPERM, -ENOMEM.
	 */
	int (*create)(struct net *net, struct socket *sock, int protocol, int kern);
	struct module *owner;
};

/* 0, -EEXIST, -EINVAL, -ENOMEM. Unregistering waits until no socket of the family is left. */
int sock_register(const struct net_proto_family *fam);
void sock_unregister(int family);
bool sock_is_registered(int family);

/*
 * A new socket without a file, *res; to be given back with sock_release(). _kern: not for a
 * process. _lite: without its family's part.
 */
int sock_create(int family, int type, int proto, struct socket **res);
int sock_create_kern(struct net *net, int family, int type, int proto, struct socket **res);
int __sock_create(struct net *net, int family, int type, int proto, struct socket **res, int kern);
int sock_create_lite(int family, int type, int proto, struct socket **res);
void sock_release(struct socket *sock);
struct socket *sock_alloc(void);
/* The inode that a socket lies in. */
struct inode *SOCK_INODE(struct socket *sock);
/* A file for the socket (which takes it over, also on failure); ERR_PTR. name NULL: the type's. */
struct file *sock_alloc_file(struct socket *sock, int flags, const char *dname);
/*
 * The socket of a file (NULL: it is none) / of a descriptor, with a reference to its file:
 * sockfd_put(); *err -EBADF, -ENOTSOCK.
 */
struct socket *sock_from_file(struct file *file, int *err);
struct socket *sockfd_lookup(int fd, int *err);
#define sockfd_put(sock) fput((sock)->file)
int sock_sendmsg(struct socket *sock, struct msghdr *msg);
int sock_recvmsg(struct socket *sock, struct msghdr *msg, int flags);
/* Wakes those who wait for the socket. how: SOCK_WAKE_*. Any context. */
enum { SOCK_WAKE_IO, SOCK_WAKE_WAITD, SOCK_WAKE_SPACE, SOCK_WAKE_URG };
int sock_wake_async(struct socket_wq *wq, int how, int band);

/* Kernel memory in place of user memory. */
int kernel_sendmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec, size_t num,
		   size_t len);
int kernel_recvmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec, size_t num,
		   size_t len, int flags);
int kernel_bind(struct socket *sock, struct sockaddr *addr, int addrlen);
int kernel_listen(struct socket *sock, int backlog);
int kernel_accept(struct socket *sock, struct socket **newsock, int flags);
int kernel_connect(struct socket *sock, struct sockaddr *addr, int addrlen, int flags);
int kernel_getsockname(struct socket *sock, struct sockaddr *addr);
int kernel_getpeername(struct socket *sock, struct sockaddr *addr);
int kernel_sock_shutdown(struct socket *sock, enum sock_shutdown_cmd how);

/* "net-pf-1", "net-pf-16-proto-9": how a family or protocol is asked for. */
#define MODULE_ALIAS_NETPROTO(proto) MODULE_ALIAS("net-pf-" __stringify(proto))
#define MODULE_ALIAS_NET_PF_PROTO(pf, proto) \
	MODULE_ALIAS("net-pf-" __stringify(pf) "-proto-" __stringify(proto))
#define MODULE_ALIAS_NET_PF_PROTO_TYPE(pf, proto, type) \
	MODULE_ALIAS(                                   \
		"net-pf-" __stringify(pf) "-proto-" __stringify(proto) "-type-" __stringify(type))

#define net_ratelimit() printk_ratelimit()
#define net_info_ratelimited(fmt, ...) pr_info_ratelimited(fmt, ##__VA_ARGS__)
#define net_warn_ratelimited(fmt, ...) pr_warn_ratelimited(fmt, ##__VA_ARGS__)

#endif
