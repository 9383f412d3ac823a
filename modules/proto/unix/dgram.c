/*
 * Datagrams and sequenced packets: one message, one buffer. A datagram socket takes from anybody
 * unless it has a peer; when its queue is full senders wait. A receiver gets one message whole, cut
 * to its room.
 */
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include "unix.h"

static void unix_dgram_destructor(struct sk_buff *skb)
{
	struct scm_fp_list *fp = UNIXCB(skb).fp;

	UNIXCB(skb).fp = NULL;
	for (int i = 0; fp && i < fp->count; i++)
		unix_notinflight(fp->fp[i]);
	scm_fp_free(fp);
	sock_wfree(skb);
}

/* Where a message goes: the address in it or the peer. Referenced, or ERR_PTR. */
static struct sock *destination(struct sock *sk, struct msghdr *msg)
{
	struct sock *other;

	if (msg->msg_namelen)
		return unix_find(msg->msg_name, msg->msg_namelen, sk->sk_type);
	other = unix_peer_get(sk);
	return other ? other : ERR_PTR(-ENOTCONN);
}

/* The peer is gone: so is the connection of a datagram socket. */
static void forget_peer(struct sock *sk, struct sock *other)
{
	bool was_peer;

	unix_state_lock(sk);
	was_peer = unix_sk(sk)->peer == other;
	if (was_peer) {
		unix_sk(sk)->peer = NULL;
		sk->sk_state = TCP_CLOSE;
		sk->sk_socket->state = SS_UNCONNECTED;
	}
	unix_state_unlock(sk);
	if (was_peer)
		sock_put(other);
}

static int send_to(struct sock *sk, struct sock *other, struct sk_buff *skb, long timeo)
{
	for (;;) {
		struct sock *peer;

		unix_state_lock(other);
		peer = unix_sk(other)->peer;
		if (sock_flag(other, SOCK_DEAD)) {
			unix_state_unlock(other);
			if (sk->sk_type == SOCK_SEQPACKET)
				return -EPIPE;
			forget_peer(sk, other);
			return -ECONNREFUSED;
		}
		if (peer && peer != sk) {
			unix_state_unlock(other);
			return -EPERM;
		}
		if (other->sk_shutdown & RCV_SHUTDOWN) {
			unix_state_unlock(other);
			return -EPIPE;
		}
		if (other == sk || peer == sk || !unix_queue_full(other))
			break;
		if (!timeo) {
			unix_state_unlock(other);
			return -EAGAIN;
		}
		timeo = unix_wait_for_peer(other, timeo);
		if (signal_pending(current))
			return sock_intr_errno(timeo);
	}
	skb_queue_tail(&other->sk_receive_queue, skb);
	unix_state_unlock(other);
	other->sk_data_ready(other);
	return 0;
}

static struct sk_buff *make_datagram(struct sock *sk, struct msghdr *msg, size_t len,
				     struct scm_cookie *scm, int *error)
{
	struct sk_buff *skb;

	*error = -EMSGSIZE;
	if (len > (size_t)sk->sk_sndbuf - 32)
		return NULL;
	skb = sock_alloc_send_skb(sk, len, msg->msg_flags & MSG_DONTWAIT, error);
	if (!skb)
		return NULL;
	skb->destructor = unix_dgram_destructor;
	unix_attach(scm, skb);
	skb_put(skb, len);
	*error = skb_copy_datagram_from_iter(skb, 0, &msg->msg_iter, len);
	if (!*error)
		return skb;
	kfree_skb(skb);
	return NULL;
}

int unix_dgram_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	struct sock *sk = sock->sk, *other;
	struct scm_cookie scm;
	struct sk_buff *skb;
	int error;

	if (msg->msg_flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (sk->sk_shutdown & SEND_SHUTDOWN) {
		if (!(msg->msg_flags & MSG_NOSIGNAL))
			send_sig(SIGPIPE, current, 0);
		return -EPIPE;
	}
	other = destination(sk, msg);
	if (IS_ERR(other))
		return PTR_ERR(other);
	error = scm_send(sock, msg, &scm, true);
	if (error)
		goto put_other;
	if (test_bit(SOCK_PASSCRED, &sock->flags) && !unix_sk(sk)->addr)
		error = unix_autobind(sk);
	skb = error ? NULL : make_datagram(sk, msg, len, &scm, &error);
	if (skb) {
		error = send_to(sk, other, skb, sock_sndtimeo(sk, msg->msg_flags & MSG_DONTWAIT));
		if (error)
			kfree_skb(skb);
	}
	scm_destroy(&scm);
put_other:
	sock_put(other);
	return error ? error : (int)len;
}

static void copy_name(struct msghdr *msg, const struct sock *from)
{
	struct unix_address *addr = from ? READ_ONCE(unix_sk(from)->addr) : NULL;

	msg->msg_namelen = 0;
	if (!msg->msg_name || !addr)
		return;
	msg->msg_namelen = addr->len;
	memcpy(msg->msg_name, &addr->name, min_t(int, addr->len, sizeof(addr->name)));
}

int unix_dgram_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)
{
	struct sock *sk = sock->sk;
	struct scm_cookie scm = { 0 };
	struct sk_buff *skb;
	size_t n;
	int error;

	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	skb = skb_recv_datagram(sk, flags, flags & MSG_DONTWAIT, &error);
	if (!skb)
		return error; /* 0: shut down */
	if (!(flags & MSG_PEEK))
		unix_queue_drained(sk);
	copy_name(msg, skb->sk);
	n = min_t(size_t, size, skb->len);
	if (n < skb->len)
		msg->msg_flags |= MSG_TRUNC;
	error = skb_copy_datagram_msg(skb, 0, msg, n);
	if (!error) {
		unix_detach(&scm, skb, flags & MSG_PEEK);
		scm_recv(sock, msg, &scm, flags);
	}
	if (!error)
		error = flags & MSG_TRUNC ? skb->len : n;
	skb_free_datagram(sk, skb);
	return error;
}

int unix_seqpacket_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	int error = sock_error(sock->sk);

	if (error)
		return error;
	if (sock->sk->sk_state != TCP_ESTABLISHED)
		return -ENOTCONN;
	msg->msg_namelen = 0;
	error = unix_dgram_sendmsg(sock, msg, len);
	if (error == -EPIPE && !(sock->sk->sk_shutdown & SEND_SHUTDOWN) &&
	    !(msg->msg_flags & MSG_NOSIGNAL))
		send_sig(SIGPIPE, current, 0);
	return error;
}

int unix_seqpacket_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)
{
	if (sock->sk->sk_state != TCP_ESTABLISHED)
		return -ENOTCONN;
	return unix_dgram_recvmsg(sock, msg, size, flags);
}
