/*
 * Connections: listening, connecting, accepting, pairs, shutting down, and polling.
 *
 * connect() makes the accepting end itself: a sock without socket (an embryo), tied to the caller
 * as peer, which waits in the listener's queue as the owner of an empty buffer. accept() takes it
 * out and gives it a socket. Peers hold references on each other.
 */
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include "unix.h"

struct sock *unix_peer_get(struct sock *sk)
{
	struct sock *peer;

	unix_state_lock(sk);
	peer = unix_sk(sk)->peer;
	if (peer)
		sock_hold(peer);
	unix_state_unlock(sk);
	return peer;
}

bool unix_queue_full(const struct sock *sk)
{
	return skb_queue_len(&sk->sk_receive_queue) > sk->sk_max_ack_backlog;
}

void unix_queue_drained(struct sock *sk)
{
	if (waitqueue_active(&unix_sk(sk)->peer_wait))
		wake_up_interruptible_sync_poll(&unix_sk(sk)->peer_wait,
						EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
	if (waitqueue_active(&unix_room))
		wake_up_interruptible_all(&unix_room);
}

long unix_wait_for_peer(struct sock *other, long timeo)
{
	struct unix_sock *u = unix_sk(other);
	bool wait;
	DEFINE_WAIT(entry);

	prepare_to_wait_exclusive(&u->peer_wait, &entry, TASK_INTERRUPTIBLE);
	wait = !sock_flag(other, SOCK_DEAD) && !(other->sk_shutdown & RCV_SHUTDOWN) &&
	       unix_queue_full(other);
	unix_state_unlock(other);
	if (wait)
		timeo = schedule_timeout(timeo);
	finish_wait(&u->peer_wait, &entry);
	return timeo;
}

static void note_credentials(struct sock *sk)
{
	const struct cred *old_cred;
	struct pid *old_pid;

	spin_lock(&sk->sk_peer_lock);
	old_pid = sk->sk_peer_pid;
	old_cred = sk->sk_peer_cred;
	sk->sk_peer_pid = get_pid(current->signal->pids[PIDTYPE_TGID]);
	sk->sk_peer_cred = get_current_cred();
	spin_unlock(&sk->sk_peer_lock);
	put_pid(old_pid);
	if (old_cred)
		put_cred(old_cred);
}

/* sk's peer is whoever has listened on the other. */
static void copy_credentials(struct sock *sk, struct sock *listener)
{
	spin_lock(&listener->sk_peer_lock);
	sk->sk_peer_pid = get_pid(listener->sk_peer_pid);
	if (listener->sk_peer_cred)
		sk->sk_peer_cred = get_cred(listener->sk_peer_cred);
	spin_unlock(&listener->sk_peer_lock);
}

int unix_listen(struct socket *sock, int backlog)
{
	struct sock *sk = sock->sk;
	int error = 0;

	if (!unix_sk(sk)->addr)
		return -EINVAL;
	unix_state_lock(sk);
	if (sk->sk_state != TCP_CLOSE && sk->sk_state != TCP_LISTEN) {
		error = -EINVAL;
	} else {
		sk->sk_max_ack_backlog = backlog;
		sk->sk_state = TCP_LISTEN;
	}
	unix_state_unlock(sk);
	if (error)
		return error;
	note_credentials(sk);
	wake_up_interruptible_all(&unix_sk(sk)->peer_wait);
	return 0;
}

/* The listener for an address, state-locked and with room in its queue. */
static struct sock *find_listener(struct sock *sk, struct sockaddr_un *name, int len, long *timeo)
{
	struct sock *other;

	for (;;) {
		other = unix_find(name, len, sk->sk_type);
		if (IS_ERR(other))
			return other;
		unix_state_lock(other);
		if (other->sk_state != TCP_LISTEN || sock_flag(other, SOCK_DEAD) ||
		    other->sk_shutdown & RCV_SHUTDOWN) {
			unix_state_unlock(other);
			sock_put(other);
			return ERR_PTR(-ECONNREFUSED);
		}
		if (!unix_queue_full(other))
			return other;
		if (!*timeo) {
			unix_state_unlock(other);
			sock_put(other);
			return ERR_PTR(-EAGAIN);
		}
		*timeo = unix_wait_for_peer(other, *timeo);
		sock_put(other);
		if (signal_pending(current))
			return ERR_PTR(sock_intr_errno(*timeo));
	}
}

/* The embryo's and the caller's side of a new connection; other is state-locked. */
static void tie(struct sock *sk, struct sock *embryo, struct sock *other)
{
	struct unix_sock *u = unix_sk(embryo), *listener = unix_sk(other);

	sock_hold(sk);
	u->peer = sk;
	embryo->sk_state = TCP_ESTABLISHED;
	if (listener->addr) {
		refcount_inc(&listener->addr->refcnt);
		u->addr = listener->addr;
	}
	sock_hold(embryo);
	unix_sk(sk)->peer = embryo;
	sk->sk_state = TCP_ESTABLISHED;
	sk->sk_socket->state = SS_CONNECTED;
}

int unix_stream_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len, int flags)
{
	struct sock *sk = sock->sk, *embryo, *other;
	long timeo = sock_sndtimeo(sk, flags & O_NONBLOCK);
	struct sk_buff *skb;
	int error;

	if (test_bit(SOCK_PASSCRED, &sock->flags) && !unix_sk(sk)->addr) {
		error = unix_autobind(sk);
		if (error)
			return error;
	}
	embryo = unix_create_sock(sock_net(sk), NULL, sk->sk_type, 0);
	if (!embryo)
		return -ENOMEM;
	skb = sock_wmalloc(embryo, 1, 1, GFP_KERNEL);
	error = skb ? 0 : -ENOMEM;
	other = error ? NULL : find_listener(sk, (struct sockaddr_un *)uaddr, addr_len, &timeo);
	if (!error && IS_ERR(other))
		error = PTR_ERR(other);
	if (error)
		goto undo_embryo;
	note_credentials(embryo);
	if (sk != other)
		unix_state_lock(sk);
	if (sk == other || sk->sk_state != TCP_CLOSE) {
		error = sk->sk_state == TCP_ESTABLISHED ? -EISCONN : -EINVAL;
		if (sk != other)
			unix_state_unlock(sk);
		unix_state_unlock(other);
		sock_put(other);
		goto undo_embryo;
	}
	copy_credentials(sk, other);
	tie(sk, embryo, other);
	unix_state_unlock(sk);
	skb_queue_tail(&other->sk_receive_queue, skb);
	unix_state_unlock(other);
	other->sk_data_ready(other);
	sock_put(other);
	return 0;
undo_embryo:
	kfree_skb(skb);
	unix_release_sock(embryo, true);
	return error;
}

int unix_accept(struct socket *sock, struct socket *newsock, int flags, bool kern)
{
	struct sock *sk = sock->sk, *embryo;
	struct sk_buff *skb;
	int error;

	if (sk->sk_state != TCP_LISTEN)
		return -EINVAL;
	skb = skb_recv_datagram(sk, 0, flags & O_NONBLOCK, &error);
	if (!skb)
		return error ? error : -EINVAL; /* shut down */
	embryo = skb->sk;
	unix_queue_drained(sk);
	unix_state_lock(embryo);
	newsock->state = SS_CONNECTED;
	sock_graft(embryo, newsock);
	unix_state_unlock(embryo);
	skb_free_datagram(sk, skb);
	return 0;
}

int unix_socketpair(struct socket *socka, struct socket *sockb)
{
	struct sock *a = socka->sk, *b = sockb->sk;

	sock_hold(a);
	sock_hold(b);
	unix_sk(a)->peer = b;
	unix_sk(b)->peer = a;
	note_credentials(a);
	note_credentials(b);
	if (a->sk_type != SOCK_DGRAM) {
		a->sk_state = b->sk_state = TCP_ESTABLISHED;
		socka->state = sockb->state = SS_CONNECTED;
	}
	return 0;
}

/* May sk send to other: a socket with a peer takes datagrams from it alone. */
static bool may_send(struct sock *sk, struct sock *other)
{
	struct sock *peer = unix_sk(other)->peer;

	return !peer || peer == sk;
}

int unix_dgram_connect(struct socket *sock, struct sockaddr *addr, int alen, int flags)
{
	struct sock *sk = sock->sk, *other = NULL, *old;
	int error = 0;

	if (alen < (int)sizeof(addr->sa_family))
		return -EINVAL;
	if (addr->sa_family != AF_UNSPEC) {
		if (test_bit(SOCK_PASSCRED, &sock->flags) && !unix_sk(sk)->addr) {
			error = unix_autobind(sk);
			if (error)
				return error;
		}
		other = unix_find((struct sockaddr_un *)addr, alen, sk->sk_type);
		if (IS_ERR(other))
			return PTR_ERR(other);
	}
	unix_state_double_lock(sk, other);
	if (other && sock_flag(other, SOCK_DEAD))
		error = -ECONNREFUSED;
	else if (other && !may_send(sk, other))
		error = -EPERM;
	old = unix_sk(sk)->peer;
	if (!error) {
		unix_sk(sk)->peer = other;
		sk->sk_state = other ? TCP_ESTABLISHED : TCP_CLOSE;
		sock->state = other ? SS_CONNECTED : SS_UNCONNECTED;
	}
	unix_state_double_unlock(sk, other);
	if (error) {
		sock_put(other);
		return error;
	}
	if (old)
		sock_put(old);
	return 0;
}

int unix_shutdown(struct socket *sock, int mode)
{
	struct sock *sk = sock->sk, *peer;
	int mask = mode + 1, peer_mask;

	if (mode < SHUT_RD || mode > SHUT_RDWR)
		return -EINVAL;
	unix_state_lock(sk);
	sk->sk_shutdown |= mask;
	peer = unix_sk(sk)->peer;
	if (peer)
		sock_hold(peer);
	unix_state_unlock(sk);
	sk->sk_state_change(sk);
	if (peer && sk->sk_type != SOCK_DGRAM) {
		peer_mask = (mask & RCV_SHUTDOWN ? SEND_SHUTDOWN : 0) |
			    (mask & SEND_SHUTDOWN ? RCV_SHUTDOWN : 0);
		unix_state_lock(peer);
		peer->sk_shutdown |= peer_mask;
		unix_state_unlock(peer);
		peer->sk_state_change(peer);
	}
	if (peer)
		sock_put(peer);
	return 0;
}

static bool unix_writable(const struct sock *sk)
{
	return sk->sk_state != TCP_LISTEN && sk_wmem_alloc_get(sk) << 2 <= sk->sk_sndbuf;
}

static __poll_t readable_events(struct file *file, struct socket *sock, poll_table *wait)
{
	struct sock *sk = sock->sk;
	__poll_t mask = 0;

	sock_poll_wait(file, sock, wait);
	if (sk->sk_err)
		mask |= EPOLLERR;
	if (sk->sk_shutdown == SHUTDOWN_MASK)
		mask |= EPOLLHUP;
	if (sk->sk_shutdown & RCV_SHUTDOWN)
		mask |= EPOLLRDHUP | EPOLLIN | EPOLLRDNORM;
	if (!skb_queue_empty(&sk->sk_receive_queue))
		mask |= EPOLLIN | EPOLLRDNORM;
	if (sk->sk_type != SOCK_DGRAM && sk->sk_state == TCP_CLOSE)
		mask |= EPOLLHUP;
	return mask;
}

__poll_t unix_poll(struct file *file, struct socket *sock, poll_table *wait)
{
	__poll_t mask = readable_events(file, sock, wait);

	if (unix_writable(sock->sk))
		mask |= EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND;
	return mask;
}

/* Writable also depends on room at the peer. */
__poll_t unix_dgram_poll(struct file *file, struct socket *sock, poll_table *wait)
{
	__poll_t mask = readable_events(file, sock, wait);
	bool writable = unix_writable(sock->sk);
	struct sock *peer;

	if (!(poll_requested_events(wait) & (EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND)))
		return mask;
	peer = unix_peer_get(sock->sk);
	if (peer) {
		poll_wait(file, &unix_room, wait);
		if (unix_sk(peer)->peer != sock->sk && unix_queue_full(peer))
			writable = false;
		sock_put(peer);
	}
	if (writable)
		mask |= EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND;
	return mask;
}
