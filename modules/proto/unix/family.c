/*
 * The family: making sockets, their end, and what is the same for all types.
 *
 * A socket's end: its name goes, its peer is told (a stream's peer gets end of file, or ECONNRESET
 * if data was left unread), buffers in its queue are dropped, and with them connections nobody has
 * accepted, which end in the same way. The memory goes with the last reference.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <asm/ioctls.h>
#include "unix.h"

#define DATAGRAM_BACKLOG 10 /* datagrams waiting at a socket, at most */

DEFINE_SPINLOCK(unix_table_lock);
LIST_HEAD(unix_all);
DECLARE_WAIT_QUEUE_HEAD(unix_room);

static struct proto unix_proto = {
	.name = "UNIX",
	.owner = THIS_MODULE,
	.obj_size = sizeof(struct unix_sock),
};

void unix_state_double_lock(struct sock *a, struct sock *b)
{
	if (a == b || !b) {
		unix_state_lock(a);
		return;
	}
	unix_state_lock(a < b ? a : b);
	unix_state_lock(a < b ? b : a);
}

void unix_state_double_unlock(struct sock *a, struct sock *b)
{
	unix_state_unlock(a);
	if (b && b != a)
		unix_state_unlock(b);
}

static void unix_destruct(struct sock *sk)
{
	struct unix_sock *u = unix_sk(sk);

	skb_queue_purge(&sk->sk_receive_queue);
	if (u->addr)
		unix_address_put(u->addr);
}

static void unix_write_space(struct sock *sk)
{
	read_lock(&sk->sk_callback_lock);
	if (sk_wmem_alloc_get(sk) << 2 <= sk->sk_sndbuf && skwq_has_sleeper(sk->sk_wq))
		wake_up_interruptible_sync_poll(&sk->sk_wq->wait,
						EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
	read_unlock(&sk->sk_callback_lock);
}

struct sock *unix_create_sock(struct net *net, struct socket *sock, int type, int kern)
{
	struct sock *sk = sk_alloc(net, PF_UNIX, GFP_KERNEL, &unix_proto, kern);
	struct unix_sock *u;

	if (!sk)
		return NULL;
	sock_init_data(sock, sk);
	sk->sk_type = type;
	sk->sk_max_ack_backlog = DATAGRAM_BACKLOG;
	sk->sk_destruct = unix_destruct;
	sk->sk_write_space = unix_write_space;
	u = unix_sk(sk);
	mutex_init(&u->bindlock);
	mutex_init(&u->iolock);
	spin_lock_init(&u->lock);
	init_waitqueue_head(&u->peer_wait);
	INIT_HLIST_NODE(&u->named);
	spin_lock(&unix_table_lock);
	list_add_tail(&u->all, &unix_all);
	spin_unlock(&unix_table_lock);
	return sk;
}

/* The peer learns that we are gone. */
static void tell_peer(struct sock *sk, struct sock *peer, bool unread)
{
	if (sk->sk_type != SOCK_DGRAM) {
		unix_state_lock(peer);
		peer->sk_shutdown = SHUTDOWN_MASK;
		if (unread)
			peer->sk_err = ECONNRESET;
		unix_state_unlock(peer);
		peer->sk_state_change(peer);
	} else {
		wake_up_interruptible_all(&unix_room);
	}
	sock_put(peer);
}

static void drop_queue(struct sock *sk, bool listening)
{
	struct sk_buff *skb;

	while ((skb = skb_dequeue(&sk->sk_receive_queue))) {
		struct sock *embryo = listening ? skb->sk : NULL;

		if (embryo)
			unix_release_sock(embryo, true);
		kfree_skb(skb);
	}
}

void unix_release_sock(struct sock *sk, bool embryo)
{
	struct unix_sock *u = unix_sk(sk);
	struct path path;
	struct sock *peer;
	bool unread, listening;

	unix_forget_name(u);
	unix_state_lock(sk);
	sock_orphan(sk);
	sk->sk_shutdown = SHUTDOWN_MASK;
	path = u->path;
	u->path = (struct path){ NULL, NULL };
	listening = sk->sk_state == TCP_LISTEN;
	sk->sk_state = TCP_CLOSE;
	peer = u->peer;
	u->peer = NULL;
	unix_state_unlock(sk);
	wake_up_interruptible_all(&u->peer_wait);
	unread = !skb_queue_empty(&sk->sk_receive_queue);
	if (peer)
		tell_peer(sk, peer, unread || embryo);
	drop_queue(sk, listening);
	if (path.dentry)
		path_put(&path);
	sock_put(sk);
}

static int unix_release(struct socket *sock)
{
	struct sock *sk = sock->sk;

	if (!sk)
		return 0;
	sock->sk = NULL;
	unix_release_sock(sk, false);
	unix_collect();
	return 0;
}

/* Bytes that can be read: of a stream all, of datagrams the first. */
static int readable(struct sock *sk)
{
	struct sk_buff *skb;
	unsigned long flags;
	int amount = 0;

	spin_lock_irqsave(&sk->sk_receive_queue.lock, flags);
	skb_queue_walk(&sk->sk_receive_queue, skb)
	{
		amount += skb->len - UNIXCB(skb).consumed;
		if (sk->sk_type == SOCK_DGRAM)
			break;
	}
	spin_unlock_irqrestore(&sk->sk_receive_queue.lock, flags);
	return amount;
}

static int unix_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	struct sock *sk = sock->sk;

	switch (cmd) {
	case SIOCOUTQ:
		return put_user(sk_wmem_alloc_get(sk) - 1, (int __user *)arg);
	case SIOCINQ:
		if (sk->sk_state == TCP_LISTEN)
			return -EINVAL;
		return put_user(readable(sk), (int __user *)arg);
	default:
		return -ENOIOCTLCMD;
	}
}

static const struct proto_ops unix_stream_ops = {
	.family = PF_UNIX,
	.owner = THIS_MODULE,
	.release = unix_release,
	.bind = unix_bind,
	.connect = unix_stream_connect,
	.socketpair = unix_socketpair,
	.accept = unix_accept,
	.getname = unix_getname,
	.poll = unix_poll,
	.ioctl = unix_ioctl,
	.listen = unix_listen,
	.shutdown = unix_shutdown,
	.sendmsg = unix_stream_sendmsg,
	.recvmsg = unix_stream_recvmsg,
	.mmap = sock_no_mmap,
};

static const struct proto_ops unix_dgram_ops = {
	.family = PF_UNIX,
	.owner = THIS_MODULE,
	.release = unix_release,
	.bind = unix_bind,
	.connect = unix_dgram_connect,
	.socketpair = unix_socketpair,
	.accept = sock_no_accept,
	.getname = unix_getname,
	.poll = unix_dgram_poll,
	.ioctl = unix_ioctl,
	.listen = sock_no_listen,
	.shutdown = unix_shutdown,
	.sendmsg = unix_dgram_sendmsg,
	.recvmsg = unix_dgram_recvmsg,
	.mmap = sock_no_mmap,
};

static const struct proto_ops unix_seqpacket_ops = {
	.family = PF_UNIX,
	.owner = THIS_MODULE,
	.release = unix_release,
	.bind = unix_bind,
	.connect = unix_stream_connect,
	.socketpair = unix_socketpair,
	.accept = unix_accept,
	.getname = unix_getname,
	.poll = unix_dgram_poll,
	.ioctl = unix_ioctl,
	.listen = unix_listen,
	.shutdown = unix_shutdown,
	.sendmsg = unix_seqpacket_sendmsg,
	.recvmsg = unix_seqpacket_recvmsg,
	.mmap = sock_no_mmap,
};

static int unix_create(struct net *net, struct socket *sock, int protocol, int kern)
{
	if (protocol && protocol != PF_UNIX)
		return -EPROTONOSUPPORT;
	switch (sock->type) {
	case SOCK_STREAM:
		sock->ops = &unix_stream_ops;
		break;
	case SOCK_RAW:
		sock->type = SOCK_DGRAM;
		fallthrough;
	case SOCK_DGRAM:
		sock->ops = &unix_dgram_ops;
		break;
	case SOCK_SEQPACKET:
		sock->ops = &unix_seqpacket_ops;
		break;
	default:
		return -ESOCKTNOSUPPORT;
	}
	return unix_create_sock(net, sock, sock->type, kern) ? 0 : -ENOMEM;
}

static const struct net_proto_family unix_family = {
	.family = PF_UNIX,
	.create = unix_create,
	.owner = THIS_MODULE,
};

static int __init unix_init(void)
{
	int error = proto_register(&unix_proto, 1);

	if (error)
		return error;
	error = unix_view_create();
	if (error)
		goto undo_proto;
	error = sock_register(&unix_family);
	if (error)
		goto undo_view;
	return 0;
undo_view:
	unix_view_remove();
undo_proto:
	proto_unregister(&unix_proto);
	return error;
}

static void __exit unix_exit(void)
{
	sock_unregister(PF_UNIX);
	unix_view_remove();
	proto_unregister(&unix_proto);
}

module_init(unix_init);
module_exit(unix_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Unix domain sockets");
MODULE_ALIAS_NETPROTO(PF_UNIX);
