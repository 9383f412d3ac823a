/*
 * Sockets as files, and the families they belong to.
 *
 * 1. Families are entries of the registry's table of protocols. families[] leads from the number to
 * the ops; a socket becomes a    user of the entry when it is made and ceases to be one when it is
 * released, so a module cannot go while sockets of its are    open, and unregistering waits for
 * them. 2. A socket is part of an inode of sockfs, which is in no tree. Its life is that of the
 * inode: the last close of its file    releases the family's part, then the inode goes. 3. A
 * missing family is asked for as module "net-pf-N", once, then looked up again. families_lock
 * protects families[]; nothing sleeps under it.
 */
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/magic.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/panic.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uio.h>
#include <asm/ioctls.h>
#include <net/sock.h>
#include <rakit/boot_order.h>
#include <rakit/holders.h>
#include <rakit/ledger.h>
#include <rakit/registry.h>
#include "net/net.h"

#ifndef SOCKFS_MAGIC
#define SOCKFS_MAGIC 0x534f434b
#endif
#define FAMILY_NAME_MAX 16

struct socket_inode {
	struct socket socket;
	struct inode inode;
};

static struct vfsmount *sock_mount;
static struct net_proto_family *families[NPROTO];
static DEFINE_SPINLOCK(families_lock);

struct net init_net;
EXPORT_SYMBOL(init_net);

/* Families */

static void family_name(int family, char *name)
{
	static const struct {
		int family;
		const char *name;
	} known[] = { { PF_UNIX, "UNIX" },     { PF_INET, "INET" },
		      { PF_INET6, "INET6" },   { PF_NETLINK, "NETLINK" },
		      { PF_PACKET, "PACKET" }, { PF_ALG, "ALG" },
		      { PF_VSOCK, "VSOCK" },   { PF_KEY, "KEY" },
		      { AF_IPX, "IPX" },       { AF_APPLETALK, "APPLETALK" },
		      { AF_CAN, "CAN" },       { AF_BLUETOOTH, "BLUETOOTH" } };

	for (unsigned int i = 0; i < ARRAY_SIZE(known); i++) {
		if (known[i].family == family) {
			snprintf(name, FAMILY_NAME_MAX, "PF_%s", known[i].name);
			return;
		}
	}
	snprintf(name, FAMILY_NAME_MAX, "PF_%d", family);
}

int sock_register(const struct net_proto_family *fam)
{
	struct net_proto_family *family = (struct net_proto_family *)fam;
	char name[FAMILY_NAME_MAX];
	int error;

	if (fam->family <= 0 || fam->family >= NPROTO)
		return -EINVAL;
	family_name(fam->family, name);
	error = registry_add(REGISTRY_PROTOCOL, name, fam->owner, family, 0, _RET_IP_);
	if (error)
		return error == -EBUSY ? -EEXIST : error;
	spin_lock(&families_lock);
	families[fam->family] = family;
	spin_unlock(&families_lock);
	return 0;
}
EXPORT_SYMBOL(sock_register);

void sock_unregister(int family)
{
	struct net_proto_family *ops;

	if (WARN_ON(family <= 0 || family >= NPROTO))
		return;
	spin_lock(&families_lock);
	ops = families[family];
	families[family] = NULL;
	spin_unlock(&families_lock);
	if (ops)
		registry_remove(REGISTRY_PROTOCOL, ops);
}
EXPORT_SYMBOL(sock_unregister);

bool sock_is_registered(int family)
{
	return family > 0 && family < NPROTO && READ_ONCE(families[family]);
}

/* The family, of which the caller becomes a user; NULL: not there. */
static struct net_proto_family *family_get(int family)
{
	char name[FAMILY_NAME_MAX];

	family_name(family, name);
	return registry_get(REGISTRY_PROTOCOL, name, strlen(name));
}

/* Sockets as inodes */

static struct inode *sock_alloc_inode(struct super_block *sb)
{
	struct socket_inode *si = kzalloc(sizeof(*si), GFP_KERNEL);

	if (!si)
		return NULL;
	init_waitqueue_head(&si->socket.wq.wait);
	si->socket.state = SS_UNCONNECTED;
	inode_init_once(&si->inode);
	return &si->inode;
}

static void sock_free_inode(struct inode *inode)
{
	kfree(container_of(inode, struct socket_inode, inode));
}

static char *sock_dname(struct dentry *dentry, char *buffer, int buflen)
{
	return dynamic_dname(dentry, buffer, buflen, "socket:[%lu]", d_inode(dentry)->i_ino);
}

static const struct super_operations sock_super_ops = {
	.alloc_inode = sock_alloc_inode,
	.free_inode = sock_free_inode,
	.drop_inode = generic_delete_inode,
	.statfs = simple_statfs,
};
static const struct dentry_operations sock_dentry_ops = { .d_dname = sock_dname };

static struct dentry *sockfs_mount(struct file_system_type *type, int flags, const char *dev,
				   void *data)
{
	return mount_pseudo(type, "socket:", &sock_super_ops, &sock_dentry_ops, SOCKFS_MAGIC);
}

static struct file_system_type sock_fs_type = {
	.name = "sockfs",
	.mount = sockfs_mount,
	.kill_sb = kill_anon_super,
};

struct inode *SOCK_INODE(struct socket *sock)
{
	return &container_of(sock, struct socket_inode, socket)->inode;
}
EXPORT_SYMBOL(SOCK_INODE);

struct socket *sock_alloc(void)
{
	struct inode *inode = new_inode_pseudo(sock_mount->mnt_sb);

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	inode->i_mode = S_IFSOCK | 0777;
	inode->i_uid = current_fsuid();
	inode->i_gid = current_fsgid();
	return &container_of(inode, struct socket_inode, inode)->socket;
}
EXPORT_SYMBOL(sock_alloc);

/* The family's part goes; the inode stays. */
static void release_parts(struct socket *sock)
{
	struct net_proto_family *family = sock->family;

	ledger_remove(LEDGER_SOCKET, sock);
	if (sock->ops)
		sock->ops->release(sock);
	sock->ops = NULL;
	sock->sk = NULL;
	sock->family = NULL;
	if (!family)
		return;
	module_reference_rename(family->owner, sock, family);
	registry_put(REGISTRY_PROTOCOL, family);
}

void sock_release(struct socket *sock)
{
	release_parts(sock);
	if (sock->file)
		sock->file = NULL; /* the file's end drops the inode */
	else
		iput(SOCK_INODE(sock));
}
EXPORT_SYMBOL(sock_release);

static bool type_valid(int family, int type)
{
	return family >= 0 && family < NPROTO && type >= 0 && type <= SOCK_PACKET;
}

/* A protocol that the family does not have: its module may add it. True: try again. */
static bool request_protocol(int family, int proto, int type)
{
	return !request_module("net-pf-%d-proto-%d-type-%d", family, proto, type) ||
	       !request_module("net-pf-%d-proto-%d", family, proto);
}

int __sock_create(struct net *net, int family, int type, int proto, struct socket **res, int kern)
{
	struct net_proto_family *ops;
	struct socket *sock;
	int error;

	if (!type_valid(family, type))
		return family < 0 || family >= NPROTO ? -EAFNOSUPPORT : -EINVAL;
	ops = family_get(family);
	if (!ops) {
		request_module("net-pf-%d", family);
		ops = family_get(family);
	}
	if (!ops)
		return -EAFNOSUPPORT;
	sock = sock_alloc();
	if (!sock) {
		registry_put(REGISTRY_PROTOCOL, ops);
		return -ENFILE;
	}
	sock->type = type;
	sock->family = ops;
	module_reference_rename(ops->owner, ops, sock);
	error = ops->create(net, sock, proto, kern);
	if (error == -EPROTONOSUPPORT && request_protocol(family, proto, type))
		error = ops->create(net, sock, proto, kern);
	if (error) {
		sock->ops = NULL;
		sock_release(sock);
		return error;
	}
	*res = sock;
	return 0;
}
EXPORT_SYMBOL(__sock_create);

int sock_create(int family, int type, int proto, struct socket **res)
{
	return __sock_create(&init_net, family, type, proto, res, 0);
}
EXPORT_SYMBOL(sock_create);

int sock_create_kern(struct net *net, int family, int type, int proto, struct socket **res)
{
	struct module *owner = ledger_owner_of(_RET_IP_);
	int error = __sock_create(net, family, type, proto, res, 1);

	if (error || !owner)
		return error;
	error = ledger_add(owner, LEDGER_SOCKET, *res, family, 0, NULL, _RET_IP_);
	if (error)
		sock_release(*res);
	return error;
}
EXPORT_SYMBOL(sock_create_kern);

int sock_create_lite(int family, int type, int proto, struct socket **res)
{
	struct socket *sock = sock_alloc();

	if (!sock)
		return -ENOMEM;
	sock->type = type;
	*res = sock;
	return 0;
}
EXPORT_SYMBOL(sock_create_lite);

/* The file */

int sock_sendmsg(struct socket *sock, struct msghdr *msg)
{
	return sock->ops->sendmsg(sock, msg, iov_iter_count(&msg->msg_iter));
}
EXPORT_SYMBOL(sock_sendmsg);

int sock_recvmsg(struct socket *sock, struct msghdr *msg, int flags)
{
	return sock->ops->recvmsg(sock, msg, iov_iter_count(&msg->msg_iter), flags);
}
EXPORT_SYMBOL(sock_recvmsg);

static ssize_t sock_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct file *file = iocb->ki_filp;
	struct msghdr msg = { .msg_iter = *to, .msg_iocb = iocb };
	ssize_t n;

	if (iocb->ki_pos)
		return -ESPIPE;
	if (!iov_iter_count(to))
		return 0;
	n = sock_recvmsg(file->private_data, &msg, file->f_flags & O_NONBLOCK ? MSG_DONTWAIT : 0);
	*to = msg.msg_iter;
	return n;
}

static ssize_t sock_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct file *file = iocb->ki_filp;
	struct socket *sock = file->private_data;
	struct msghdr msg = { .msg_iter = *from, .msg_iocb = iocb };
	ssize_t n;

	if (iocb->ki_pos)
		return -ESPIPE;
	if (file->f_flags & O_NONBLOCK)
		msg.msg_flags = MSG_DONTWAIT;
	if (sock->type == SOCK_SEQPACKET)
		msg.msg_flags |= MSG_EOR;
	n = sock_sendmsg(sock, &msg);
	*from = msg.msg_iter;
	return n;
}

static __poll_t sock_poll(struct file *file, poll_table *wait)
{
	struct socket *sock = file->private_data;

	return sock->ops->poll ? sock->ops->poll(file, sock, wait) : 0;
}

static long sock_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct socket *sock = file->private_data;
	int result = sock->ops->ioctl ? sock->ops->ioctl(sock, cmd, arg) : -ENOTTY;

	return result == -ENOIOCTLCMD ? -ENOTTY : result;
}

static int sock_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct socket *sock = file->private_data;

	return sock->ops->mmap ? sock->ops->mmap(file, sock, vma) : -ENODEV;
}

static int sock_close(struct inode *inode, struct file *file)
{
	struct socket *sock = file->private_data;

	release_parts(sock);
	sock->file = NULL;
	return 0;
}

static int sock_fasync(int fd, struct file *file, int on)
{
	struct socket *sock = file->private_data;
	int result = fasync_helper(fd, file, on, &sock->wq.fasync_list);

	return result < 0 ? result : 0;
}

static const struct file_operations socket_file_ops = {
	.llseek = no_llseek,
	.read_iter = sock_read_iter,
	.write_iter = sock_write_iter,
	.poll = sock_poll,
	.unlocked_ioctl = sock_ioctl,
	.mmap = sock_mmap,
	.release = sock_close,
	.fasync = sock_fasync,
};

struct file *sock_alloc_file(struct socket *sock, int flags, const char *dname)
{
	struct file *file = alloc_file_pseudo(SOCK_INODE(sock), sock_mount, dname ? dname : "",
					      O_RDWR | (flags & O_NONBLOCK), &socket_file_ops);

	if (IS_ERR(file)) {
		sock_release(sock);
		return file;
	}
	sock->file = file;
	file->private_data = sock;
	stream_open(SOCK_INODE(sock), file);
	return file;
}
EXPORT_SYMBOL(sock_alloc_file);

struct socket *sock_from_file(struct file *file, int *err)
{
	if (file->f_op == &socket_file_ops)
		return file->private_data;
	*err = -ENOTSOCK;
	return NULL;
}
EXPORT_SYMBOL(sock_from_file);

struct socket *sockfd_lookup(int fd, int *err)
{
	struct file *file = fget(fd);
	struct socket *sock;

	if (!file) {
		*err = -EBADF;
		return NULL;
	}
	sock = sock_from_file(file, err);
	if (!sock)
		fput(file);
	return sock;
}
EXPORT_SYMBOL(sockfd_lookup);

int sock_wake_async(struct socket_wq *wq, int how, int band)
{
	if (wq && wq->fasync_list)
		kill_fasync(&wq->fasync_list, how == SOCK_WAKE_URG ? SIGURG : SIGIO, band);
	return 0;
}
EXPORT_SYMBOL(sock_wake_async);

/* For the kernel's own use */

int kernel_sendmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec, size_t num,
		   size_t len)
{
	iov_iter_kvec(&msg->msg_iter, WRITE, vec, num, len);
	return sock_sendmsg(sock, msg);
}
EXPORT_SYMBOL(kernel_sendmsg);

int kernel_recvmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec, size_t num,
		   size_t len, int flags)
{
	iov_iter_kvec(&msg->msg_iter, READ, vec, num, len);
	return sock_recvmsg(sock, msg, flags);
}
EXPORT_SYMBOL(kernel_recvmsg);

int kernel_bind(struct socket *sock, struct sockaddr *addr, int addrlen)
{
	return sock->ops->bind(sock, addr, addrlen);
}
EXPORT_SYMBOL(kernel_bind);

int kernel_listen(struct socket *sock, int backlog)
{
	return sock->ops->listen(sock, backlog);
}
EXPORT_SYMBOL(kernel_listen);

int kernel_accept(struct socket *sock, struct socket **newsock, int flags)
{
	int error = sock_create_lite(sock->sk->sk_family, sock->type, sock->sk->sk_protocol,
				     newsock);

	if (error)
		return error;
	(*newsock)->ops = sock->ops;
	(*newsock)->family = sock->family;
	registry_hold(REGISTRY_PROTOCOL, sock->family);
	module_reference_rename(sock->family->owner, sock->family, *newsock);
	error = sock->ops->accept(sock, *newsock, flags, true);
	if (error) {
		(*newsock)->ops = NULL;
		sock_release(*newsock);
		*newsock = NULL;
	}
	return error;
}
EXPORT_SYMBOL(kernel_accept);

int kernel_connect(struct socket *sock, struct sockaddr *addr, int addrlen, int flags)
{
	return sock->ops->connect(sock, addr, addrlen, flags);
}
EXPORT_SYMBOL(kernel_connect);

int kernel_getsockname(struct socket *sock, struct sockaddr *addr)
{
	return sock->ops->getname(sock, addr, 0);
}
EXPORT_SYMBOL(kernel_getsockname);

int kernel_getpeername(struct socket *sock, struct sockaddr *addr)
{
	return sock->ops->getname(sock, addr, 1);
}
EXPORT_SYMBOL(kernel_getpeername);

int kernel_sock_shutdown(struct socket *sock, enum sock_shutdown_cmd how)
{
	return sock->ops->shutdown(sock, how);
}
EXPORT_SYMBOL(kernel_sock_shutdown);

static void socket_ledger_release(const struct ledger_entry *entry)
{
	sock_release((struct socket *)entry->object);
}

static void socket_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	family_name(entry->key, buf);
}

static const struct ledger_kind_ops socket_ledger = { "sockets", socket_ledger_release,
						      socket_describe };

void net_init(void)
{
	ledger_kind_register(LEDGER_SOCKET, &socket_ledger);
	skbuff_init();
	if (register_filesystem(&sock_fs_type))
		panic("net: cannot register sockfs");
	sock_mount = kern_mount(&sock_fs_type);
	if (IS_ERR(sock_mount))
		panic("net: cannot mount sockfs");
	init_net.proc_net = proc_net;
}
