/*
 * Streams: bytes in buffers of up to 16 KiB in the receiver's queue. Ancillary data belongs to the
 * first buffer of a message; a receive ends behind a buffer with descriptors, and (if credentials
 * are asked for) before a change of sender. A reader holds iolock, so that what it takes is one
 * piece; a buffer read in part stays first in the queue.
 */
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include "unix.h"

#define PIECE_MAX 16384

int unix_attach(struct scm_cookie *scm, struct sk_buff *skb)
{
	struct unix_skb_parms *parms = &UNIXCB(skb);

	parms->pid = scm->creds.pid;
	parms->uid = scm->creds.uid;
	parms->gid = scm->creds.gid;
	parms->consumed = 0;
	parms->fp = scm->fp;
	for (int i = 0; scm->fp && i < scm->fp->count; i++)
		unix_inflight(scm->fp->fp[i]);
	scm->fp = NULL;
	return 0;
}

static void land(struct scm_fp_list *fp)
{
	for (int i = 0; fp && i < fp->count; i++)
		unix_notinflight(fp->fp[i]);
}

void unix_detach(struct scm_cookie *scm, struct sk_buff *skb, bool peek)
{
	struct unix_skb_parms *parms = &UNIXCB(skb);

	scm->creds.pid = parms->pid;
	scm->creds.uid = parms->uid;
	scm->creds.gid = parms->gid;
	if (!parms->fp)
		return;
	if (peek) {
		scm->fp = scm_fp_dup(parms->fp);
		return;
	}
	land(parms->fp);
	scm->fp = parms->fp;
	parms->fp = NULL;
}

/* A buffer dropped unread: its files are closed. */
static void unix_skb_destructor(struct sk_buff *skb)
{
	struct scm_fp_list *fp = UNIXCB(skb).fp;

	UNIXCB(skb).fp = NULL;
	land(fp);
	scm_fp_free(fp);
	sock_wfree(skb);
}

static void raise_sigpipe(const struct msghdr *msg)
{
	if (!(msg->msg_flags & MSG_NOSIGNAL))
		send_sig(SIGPIPE, current, 0);
}

/* One buffer to other: 0 or -EPIPE. */
static int deliver(struct sock *other, struct sk_buff *skb)
{
	unix_state_lock(other);
	if (sock_flag(other, SOCK_DEAD) || other->sk_shutdown & RCV_SHUTDOWN) {
		unix_state_unlock(other);
		return -EPIPE;
	}
	skb_queue_tail(&other->sk_receive_queue, skb);
	unix_state_unlock(other);
	other->sk_data_ready(other);
	return 0;
}

static int send_piece(struct sock *sk, struct sock *other, struct msghdr *msg, size_t len,
		      struct scm_cookie *scm)
{
	struct sk_buff *skb;
	int error;

	skb = sock_alloc_send_skb(sk, len, msg->msg_flags & MSG_DONTWAIT, &error);
	if (!skb)
		return error;
	skb->destructor = unix_skb_destructor;
	unix_attach(scm, skb);
	skb_put(skb, len);
	error = skb_copy_datagram_from_iter(skb, 0, &msg->msg_iter, len);
	if (!error)
		error = deliver(other, skb);
	if (error)
		kfree_skb(skb);
	return error;
}

int unix_stream_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	struct sock *sk = sock->sk, *other = NULL;
	struct scm_cookie scm;
	size_t sent = 0;
	int error;

	if (msg->msg_flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (msg->msg_namelen)
		return sk->sk_state == TCP_ESTABLISHED ? -EISCONN : -EOPNOTSUPP;
	error = scm_send(sock, msg, &scm, true);
	if (error)
		return error;
	other = unix_peer_get(sk);
	if (!other)
		error = -ENOTCONN;
	else if (sk->sk_shutdown & SEND_SHUTDOWN)
		error = -EPIPE;
	while (!error && sent < len) {
		size_t room = (sk->sk_sndbuf >> 1) - 64;
		size_t piece = min(len - sent, min_t(size_t, room, PIECE_MAX));

		error = send_piece(sk, other, msg, piece, &scm);
		if (!error)
			sent += piece;
	}
	if (error == -EPIPE && !sent)
		raise_sigpipe(msg);
	if (other)
		sock_put(other);
	scm_destroy(&scm);
	return sent ? (int)sent : error;
}

static bool stream_event(struct sock *sk)
{
	return !skb_queue_empty(&sk->sk_receive_queue) || sk->sk_err ||
	       sk->sk_shutdown & RCV_SHUTDOWN;
}

/* iolock is dropped meanwhile. Jiffies left or -ERESTARTSYS. */
static long wait_for_data(struct sock *sk, long timeo)
{
	if (timeo == MAX_SCHEDULE_TIMEOUT)
		return wait_event_interruptible(*sk_sleep(sk), stream_event(sk)) ? -ERESTARTSYS
										 : timeo;
	return wait_event_interruptible_timeout(*sk_sleep(sk), stream_event(sk), timeo);
}

struct reading {
	struct sock *sk;
	struct socket *sock;
	struct msghdr *msg;
	struct scm_cookie scm;
	size_t done, size;
	int flags;
	bool begun; /* scm holds the data of the first buffer */
};

static bool same_sender(const struct reading *r, const struct sk_buff *skb)
{
	return r->scm.creds.pid == UNIXCB(skb).pid && uid_eq(r->scm.creds.uid, UNIXCB(skb).uid) &&
	       gid_eq(r->scm.creds.gid, UNIXCB(skb).gid);
}

/* Must the receive stop before this buffer. */
static bool boundary(const struct reading *r, const struct sk_buff *skb)
{
	return r->begun && test_bit(SOCK_PASSCRED, &r->sock->flags) && !same_sender(r, skb);
}

static void note_name(struct reading *r, const struct sk_buff *skb)
{
	struct unix_address *addr = skb->sk ? READ_ONCE(unix_sk(skb->sk)->addr) : NULL;

	if (!r->msg->msg_name || !addr)
		return;
	r->msg->msg_namelen = addr->len;
	memcpy(r->msg->msg_name, &addr->name, min_t(int, addr->len, sizeof(addr->name)));
}

/* Takes what fits of the buffer at `skb`: bytes or -EFAULT; *stop: nothing more after it. */
static int take(struct reading *r, struct sk_buff *skb, unsigned int offset, bool *stop)
{
	bool peek = r->flags & MSG_PEEK;
	int n = min_t(size_t, skb->len - offset, r->size - r->done);

	if (!(r->flags & MSG_TRUNC) && skb_copy_datagram_msg(skb, offset, r->msg, n))
		return -EFAULT;
	if (!r->begun)
		note_name(r, skb);
	*stop = UNIXCB(skb).fp != NULL; /* what follows descriptors comes with the next receive */
	if (!r->begun || UNIXCB(skb).fp)
		unix_detach(&r->scm, skb, peek);
	r->begun = true;
	r->done += n;
	if (peek)
		return n;
	UNIXCB(skb).consumed += n;
	if (UNIXCB(skb).consumed == skb->len) {
		skb_unlink(skb, &r->sk->sk_receive_queue);
		consume_skb(skb);
	}
	return n;
}

static struct sk_buff *nth(struct sock *sk, unsigned int n)
{
	struct sk_buff *skb = skb_peek(&sk->sk_receive_queue);

	while (skb && n--)
		skb = skb_peek_next(skb, &sk->sk_receive_queue);
	return skb;
}

/*
 * Everything that is there; iolock held, so buffers only come, behind. 0, 1: stop here, or -EFAULT.
 */
static int take_available(struct reading *r)
{
	unsigned int peeked = 0;
	bool stop = false;

	while (r->done < r->size && !stop) {
		struct sk_buff *skb = nth(r->sk, peeked);
		int n;

		if (!skb)
			return 0;
		if (boundary(r, skb))
			return 1;
		n = take(r, skb, UNIXCB(skb).consumed, &stop);
		if (n < 0)
			return r->done ? 1 : n;
		if (r->flags & MSG_PEEK)
			peeked++;
	}
	return 1;
}

int unix_stream_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)
{
	struct sock *sk = sock->sk;
	struct unix_sock *u = unix_sk(sk);
	struct reading r = { .sk = sk, .sock = sock, .msg = msg, .size = size, .flags = flags };
	int target = sock_rcvlowat(sk, flags & MSG_WAITALL, size), error = 0;
	long timeo = sock_rcvtimeo(sk, flags & MSG_DONTWAIT);

	if (sk->sk_state != TCP_ESTABLISHED)
		return -EINVAL;
	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	msg->msg_namelen = 0;
	mutex_lock(&u->iolock);
	while (r.done < size || !size) {
		error = take_available(&r);
		if (error || r.done >= target || (flags & MSG_PEEK && r.done) || !size)
			break;
		error = sock_error(sk);
		if (error || sk->sk_shutdown & RCV_SHUTDOWN)
			break;
		error = -EAGAIN;
		if (!timeo)
			break;
		mutex_unlock(&u->iolock);
		timeo = wait_for_data(sk, timeo);
		if (timeo < 0) {
			error = sock_intr_errno(sk->sk_rcvtimeo);
			goto out;
		}
		mutex_lock(&u->iolock);
	}
	mutex_unlock(&u->iolock);
out:
	if (r.begun)
		scm_recv(sock, msg, &r.scm, flags);
	if (r.done)
		return r.done;
	return error > 0 ? 0 : error;
}
