/*
 * What all families' socks have in common: their life, the lock with its backlog, memory
 * accounting, SOL_SOCKET options, waiting for datagrams, and the functions that wake waiters.
 *
 * A sock holds a reference on its protocol's module until it is freed, since its destructor lies
 * there. A buffer charged to a sock for sending holds no reference; sk_wmem_alloc itself does, with
 * 1 for the sock: whoever brings it to 0 frees the sock.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include <net/sock.h>
#include <rakit/holders.h>
#include <uapi/linux/time_types.h>

#define BUFFER_DEFAULT 212992

unsigned int sysctl_wmem_max = BUFFER_DEFAULT, sysctl_rmem_max = BUFFER_DEFAULT;
unsigned int sysctl_wmem_default = BUFFER_DEFAULT, sysctl_rmem_default = BUFFER_DEFAULT;
EXPORT_SYMBOL(sysctl_wmem_max);
EXPORT_SYMBOL(sysctl_rmem_max);

int proto_register(struct proto *prot, int alloc_slab)
{
	atomic_set(&prot->users, 0);
	return 0;
}
EXPORT_SYMBOL(proto_register);

void proto_unregister(struct proto *prot)
{
	WARN(atomic_read(&prot->users), "sock: %s: unregistered with %d in use\n", prot->name,
	     atomic_read(&prot->users));
}
EXPORT_SYMBOL(proto_unregister);

struct sock *sk_alloc(struct net *net, int family, gfp_t priority, struct proto *prot, int kern)
{
	struct sock *sk;

	sk = kzalloc(prot->obj_size, priority);
	if (!sk)
		return NULL;
	if (!module_get_for(prot->owner, sk)) {
		kfree(sk);
		return NULL;
	}
	sk->sk_family = family;
	sk->sk_prot = prot;
	sk->sk_net = net;
	sk->sk_kern_sock = kern;
	atomic_set(&sk->sk_wmem_alloc, 1);
	atomic_inc(&prot->users);
	return sk;
}
EXPORT_SYMBOL(sk_alloc);

static void destroy(struct sock *sk)
{
	struct proto *prot = sk->sk_prot;
	struct module *owner = prot->owner;

	if (sk->sk_destruct)
		sk->sk_destruct(sk);
	if (sk->sk_peer_cred)
		put_cred(sk->sk_peer_cred);
	put_pid(sk->sk_peer_pid);
	atomic_dec(&prot->users);
	kfree(sk);
	module_put_for(owner, sk);
}

void sk_free(struct sock *sk)
{
	if (atomic_dec_and_test(&sk->sk_wmem_alloc))
		destroy(sk);
}
EXPORT_SYMBOL(sk_free);

void sock_put(struct sock *sk)
{
	if (refcount_dec_and_test(&sk->sk_refcnt))
		sk_free(sk);
}
EXPORT_SYMBOL(sock_put);

static void wake(struct sock *sk, __poll_t events, int how, int band)
{
	struct socket_wq *wq;

	read_lock_bh(&sk->sk_callback_lock);
	wq = sk->sk_wq;
	if (skwq_has_sleeper(wq))
		wake_up_interruptible_sync_poll(&wq->wait, events);
	sock_wake_async(wq, how, band);
	read_unlock_bh(&sk->sk_callback_lock);
}

static void default_state_change(struct sock *sk)
{
	struct socket_wq *wq;

	read_lock_bh(&sk->sk_callback_lock);
	wq = sk->sk_wq;
	if (skwq_has_sleeper(wq))
		wake_up_interruptible_all(&wq->wait);
	read_unlock_bh(&sk->sk_callback_lock);
}

static void default_data_ready(struct sock *sk)
{
	wake(sk, EPOLLIN | EPOLLPRI | EPOLLRDNORM | EPOLLRDBAND, SOCK_WAKE_WAITD, POLL_IN);
}

static void default_write_space(struct sock *sk)
{
	if (sock_writeable(sk))
		wake(sk, EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND, SOCK_WAKE_SPACE, POLL_OUT);
}

static void default_error_report(struct sock *sk)
{
	wake(sk, EPOLLERR, SOCK_WAKE_IO, POLL_ERR);
}

void sock_init_data(struct socket *sock, struct sock *sk)
{
	refcount_set(&sk->sk_refcnt, 1);
	spin_lock_init(&sk->sk_lock.slock);
	init_waitqueue_head(&sk->sk_lock.wq);
	rwlock_init(&sk->sk_callback_lock);
	spin_lock_init(&sk->sk_peer_lock);
	skb_queue_head_init(&sk->sk_receive_queue);
	skb_queue_head_init(&sk->sk_write_queue);
	skb_queue_head_init(&sk->sk_error_queue);
	sk->sk_allocation = GFP_KERNEL;
	sk->sk_rcvbuf = sysctl_rmem_default;
	sk->sk_sndbuf = sysctl_wmem_default;
	sk->sk_state = TCP_CLOSE;
	sk->sk_rcvlowat = 1;
	sk->sk_rcvtimeo = sk->sk_sndtimeo = MAX_SCHEDULE_TIMEOUT;
	sk->sk_peek_off = -1;
	sk->sk_uid = current_fsuid();
	sk->sk_state_change = default_state_change;
	sk->sk_data_ready = default_data_ready;
	sk->sk_write_space = default_write_space;
	sk->sk_error_report = default_error_report;
	sk->sk_socket = sock;
	if (sock) {
		sk->sk_type = sock->type;
		sk->sk_wq = &sock->wq;
		sock->sk = sk;
	}
}
EXPORT_SYMBOL(sock_init_data);

void sock_orphan(struct sock *sk)
{
	write_lock_bh(&sk->sk_callback_lock);
	sock_set_flag(sk, SOCK_DEAD);
	sk->sk_socket = NULL;
	sk->sk_wq = NULL;
	write_unlock_bh(&sk->sk_callback_lock);
}
EXPORT_SYMBOL(sock_orphan);

void sock_graft(struct sock *sk, struct socket *parent)
{
	write_lock_bh(&sk->sk_callback_lock);
	sk->sk_wq = &parent->wq;
	parent->sk = sk;
	sk->sk_socket = parent;
	write_unlock_bh(&sk->sk_callback_lock);
}
EXPORT_SYMBOL(sock_graft);

/* The lock */

void lock_sock_nested(struct sock *sk, int subclass)
{
	might_sleep();
	spin_lock_bh(&sk->sk_lock.slock);
	while (sk->sk_lock.owned) {
		DEFINE_WAIT(wait);

		prepare_to_wait_exclusive(&sk->sk_lock.wq, &wait, TASK_UNINTERRUPTIBLE);
		spin_unlock_bh(&sk->sk_lock.slock);
		schedule();
		spin_lock_bh(&sk->sk_lock.slock);
		finish_wait(&sk->sk_lock.wq, &wait);
	}
	sk->sk_lock.owned = 1;
	spin_unlock_bh(&sk->sk_lock.slock);
}
EXPORT_SYMBOL(lock_sock_nested);

/* What came while a thread was the owner. slock held, dropped for each packet. */
static void run_backlog(struct sock *sk)
{
	struct sk_buff *skb;

	while ((skb = sk->sk_backlog.head)) {
		sk->sk_backlog.head = sk->sk_backlog.tail = NULL;
		spin_unlock_bh(&sk->sk_lock.slock);
		while (skb) {
			struct sk_buff *next = skb->next;

			skb->next = NULL;
			sk->sk_backlog_rcv(sk, skb);
			skb = next;
		}
		spin_lock_bh(&sk->sk_lock.slock);
	}
}

void release_sock(struct sock *sk)
{
	spin_lock_bh(&sk->sk_lock.slock);
	run_backlog(sk);
	sk->sk_lock.owned = 0;
	if (waitqueue_active(&sk->sk_lock.wq))
		wake_up(&sk->sk_lock.wq);
	spin_unlock_bh(&sk->sk_lock.slock);
}
EXPORT_SYMBOL(release_sock);

int sk_add_backlog(struct sock *sk, struct sk_buff *skb, unsigned int limit)
{
	if (atomic_read(&sk->sk_rmem_alloc) + skb->truesize > limit)
		return -ENOBUFS;
	skb->next = NULL;
	if (sk->sk_backlog.tail)
		sk->sk_backlog.tail->next = skb;
	else
		sk->sk_backlog.head = skb;
	sk->sk_backlog.tail = skb;
	return 0;
}
EXPORT_SYMBOL(sk_add_backlog);

/* Memory */

void sock_wfree(struct sk_buff *skb)
{
	struct sock *sk = skb->sk;
	unsigned int size = skb->truesize;

	/* All but one byte first: the callback may look at the sock. */
	atomic_sub(size - 1, &sk->sk_wmem_alloc);
	sk->sk_write_space(sk);
	if (atomic_dec_and_test(&sk->sk_wmem_alloc))
		destroy(sk);
}
EXPORT_SYMBOL(sock_wfree);

void sock_rfree(struct sk_buff *skb)
{
	atomic_sub(skb->truesize, &skb->sk->sk_rmem_alloc);
}
EXPORT_SYMBOL(sock_rfree);

void skb_orphan(struct sk_buff *skb)
{
	if (skb->destructor)
		skb->destructor(skb);
	skb->destructor = NULL;
	skb->sk = NULL;
}
EXPORT_SYMBOL(skb_orphan);

void skb_set_owner_w(struct sk_buff *skb, struct sock *sk)
{
	skb_orphan(skb);
	skb->sk = sk;
	skb->destructor = sock_wfree;
	atomic_add(skb->truesize, &sk->sk_wmem_alloc);
}
EXPORT_SYMBOL(skb_set_owner_w);

void skb_set_owner_r(struct sk_buff *skb, struct sock *sk)
{
	skb_orphan(skb);
	skb->sk = sk;
	skb->destructor = sock_rfree;
	atomic_add(skb->truesize, &sk->sk_rmem_alloc);
}
EXPORT_SYMBOL(skb_set_owner_r);

int sock_queue_rcv_skb(struct sock *sk, struct sk_buff *skb)
{
	if (atomic_read(&sk->sk_rmem_alloc) >= sk->sk_rcvbuf) {
		atomic_inc(&sk->sk_drops);
		return -ENOMEM;
	}
	skb->dev = NULL;
	skb_set_owner_r(skb, sk);
	skb_queue_tail(&sk->sk_receive_queue, skb);
	if (!sock_flag(sk, SOCK_DEAD))
		sk->sk_data_ready(sk);
	return 0;
}
EXPORT_SYMBOL(sock_queue_rcv_skb);

struct sk_buff *sock_wmalloc(struct sock *sk, unsigned long size, int force, gfp_t priority)
{
	struct sk_buff *skb;

	if (!force && sk_wmem_alloc_get(sk) >= sk->sk_sndbuf)
		return NULL;
	skb = alloc_skb(size, priority);
	if (skb)
		skb_set_owner_w(skb, sk);
	return skb;
}
EXPORT_SYMBOL(sock_wmalloc);

static int send_error(struct sock *sk)
{
	int error = sock_error(sk);

	return error ? error : sk->sk_shutdown & SEND_SHUTDOWN ? -EPIPE : 0;
}

static bool send_room(struct sock *sk)
{
	return sk_wmem_alloc_get(sk) < sk->sk_sndbuf || sk->sk_err ||
	       sk->sk_shutdown & SEND_SHUTDOWN;
}

struct sk_buff *sock_alloc_send_skb(struct sock *sk, unsigned long size, int noblock, int *errcode)
{
	long timeo = sock_sndtimeo(sk, noblock);
	struct sk_buff *skb;

	for (;;) {
		*errcode = send_error(sk);
		if (*errcode)
			return NULL;
		if (sk_wmem_alloc_get(sk) < sk->sk_sndbuf)
			break;
		if (sk->sk_socket)
			set_bit(SOCK_NOSPACE, &sk->sk_socket->flags);
		*errcode = -EAGAIN;
		if (!timeo)
			return NULL;
		if (timeo == MAX_SCHEDULE_TIMEOUT) {
			if (wait_event_interruptible(*sk_sleep(sk), send_room(sk)))
				timeo = -ERESTARTSYS;
		} else {
			timeo = wait_event_interruptible_timeout(*sk_sleep(sk), send_room(sk),
								 timeo);
		}
		if (timeo < 0) {
			*errcode = sock_intr_errno(sk->sk_sndtimeo);
			return NULL;
		}
	}
	skb = alloc_skb(size, sk->sk_allocation);
	if (!skb) {
		*errcode = -ENOBUFS;
		return NULL;
	}
	skb_set_owner_w(skb, sk);
	return skb;
}
EXPORT_SYMBOL(sock_alloc_send_skb);

/* Receiving datagrams */

static struct sk_buff *take_datagram(struct sock *sk, unsigned int flags)
{
	struct sk_buff_head *queue = &sk->sk_receive_queue;
	struct sk_buff *skb;
	unsigned long lock_flags;

	spin_lock_irqsave(&queue->lock, lock_flags);
	skb = skb_peek(queue);
	if (skb && flags & MSG_PEEK)
		skb_get(skb);
	else if (skb)
		__skb_unlink(skb, queue);
	spin_unlock_irqrestore(&queue->lock, lock_flags);
	return skb;
}

static bool datagram_event(struct sock *sk)
{
	return !skb_queue_empty(&sk->sk_receive_queue) || sk->sk_err ||
	       sk->sk_shutdown & RCV_SHUTDOWN;
}

struct sk_buff *skb_recv_datagram(struct sock *sk, unsigned int flags, int noblock, int *err)
{
	long timeo = sock_rcvtimeo(sk, noblock || flags & MSG_DONTWAIT);

	for (;;) {
		struct sk_buff *skb;

		*err = sock_error(sk);
		if (*err)
			return NULL;
		skb = take_datagram(sk, flags);
		if (skb)
			return skb;
		*err = 0;
		if (sk->sk_shutdown & RCV_SHUTDOWN)
			return NULL;
		*err = -EAGAIN;
		if (!timeo)
			return NULL;
		if (timeo == MAX_SCHEDULE_TIMEOUT) {
			if (wait_event_interruptible_exclusive(*sk_sleep(sk), datagram_event(sk)))
				timeo = -ERESTARTSYS;
		} else {
			timeo = wait_event_interruptible_timeout(*sk_sleep(sk), datagram_event(sk),
								 timeo);
		}
		if (timeo < 0) {
			*err = sock_intr_errno(sk->sk_rcvtimeo);
			return NULL;
		}
	}
}
EXPORT_SYMBOL(skb_recv_datagram);

void skb_free_datagram(struct sock *sk, struct sk_buff *skb)
{
	consume_skb(skb);
}
EXPORT_SYMBOL(skb_free_datagram);

void sock_poll_wait(struct file *file, struct socket *sock, poll_table *p)
{
	poll_wait(file, &sock->wq.wait, p);
}
EXPORT_SYMBOL(sock_poll_wait);

__poll_t datagram_poll(struct file *file, struct socket *sock, poll_table *wait)
{
	struct sock *sk = sock->sk;
	__poll_t mask = 0;

	sock_poll_wait(file, sock, wait);
	if (sk->sk_err || !skb_queue_empty(&sk->sk_error_queue))
		mask |= EPOLLERR;
	if (sk->sk_shutdown & RCV_SHUTDOWN)
		mask |= EPOLLRDHUP | EPOLLIN | EPOLLRDNORM;
	if (sk->sk_shutdown == SHUTDOWN_MASK)
		mask |= EPOLLHUP;
	if (!skb_queue_empty(&sk->sk_receive_queue))
		mask |= EPOLLIN | EPOLLRDNORM;
	if (sock_writeable(sk))
		mask |= EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND;
	else
		set_bit(SOCK_NOSPACE, &sock->flags);
	return mask;
}
EXPORT_SYMBOL(datagram_poll);

/* Options */

static void set_flag_to(struct sock *sk, enum sock_flags flag, int value)
{
	if (value)
		sock_set_flag(sk, flag);
	else
		sock_reset_flag(sk, flag);
}

static int set_timeout(long *timeo, char __user *optval, unsigned int optlen)
{
	struct __kernel_old_timeval tv;

	if (optlen < sizeof(tv))
		return -EINVAL;
	if (copy_from_user(&tv, optval, sizeof(tv)))
		return -EFAULT;
	if (tv.tv_usec < 0 || tv.tv_usec >= USEC_PER_SEC)
		return -EDOM;
	if (tv.tv_sec < 0)
		*timeo = 0;
	else if ((!tv.tv_sec && !tv.tv_usec) || tv.tv_sec >= MAX_SCHEDULE_TIMEOUT / HZ - 1)
		*timeo = MAX_SCHEDULE_TIMEOUT;
	else
		*timeo = tv.tv_sec * HZ +
			 DIV_ROUND_UP((unsigned long)tv.tv_usec, USEC_PER_SEC / HZ);
	return 0;
}

static int set_linger(struct sock *sk, char __user *optval, unsigned int optlen)
{
	struct linger linger;

	if (optlen < sizeof(linger))
		return -EINVAL;
	if (copy_from_user(&linger, optval, sizeof(linger)))
		return -EFAULT;
	set_flag_to(sk, SOCK_LINGER, linger.l_onoff);
	sk->sk_lingertime = (unsigned int)linger.l_linger >= MAX_SCHEDULE_TIMEOUT / HZ
				    ? MAX_SCHEDULE_TIMEOUT
				    : (unsigned int)linger.l_linger * HZ;
	return 0;
}

static int set_number(struct socket *sock, int op, int value)
{
	struct sock *sk = sock->sk;

	switch (op) {
	case SO_DEBUG:
	case SO_DONTROUTE:
	case SO_OOBINLINE:
	case SO_KEEPALIVE:
	case SO_TIMESTAMP:
	case SO_NO_CHECK:
		return 0;
	case SO_REUSEADDR:
	case SO_REUSEPORT:
		sk->sk_reuse = value != 0;
		return 0;
	case SO_BROADCAST:
		set_flag_to(sk, SOCK_BROADCAST, value);
		return 0;
	case SO_SNDBUFFORCE:
	case SO_RCVBUFFORCE:
		if (!capable(CAP_NET_ADMIN))
			return -EPERM;
		break;
	case SO_SNDBUF:
		value = min_t(unsigned int, value, sysctl_wmem_max);
		break;
	case SO_RCVBUF:
		value = min_t(unsigned int, value, sysctl_rmem_max);
		break;
	case SO_PASSCRED:
		assign_bit(SOCK_PASSCRED, &sock->flags, value);
		return 0;
	case SO_PRIORITY:
		sk->sk_priority = value;
		return 0;
	case SO_RCVLOWAT:
		sk->sk_rcvlowat = value < 0 ? INT_MAX : value ? value : 1;
		return 0;
	case SO_TYPE:
	case SO_PROTOCOL:
	case SO_DOMAIN:
	case SO_ERROR:
	case SO_ACCEPTCONN:
	case SO_PEERCRED:
		return -ENOPROTOOPT;
	default:
		return -ENOPROTOOPT;
	}
	value = min(value, INT_MAX / 2);
	if (op == SO_SNDBUF || op == SO_SNDBUFFORCE) {
		sk->sk_sndbuf = max(value * 2, SOCK_MIN_SNDBUF);
		sk->sk_write_space(sk);
	} else {
		sk->sk_rcvbuf = max(value * 2, SOCK_MIN_RCVBUF);
	}
	return 0;
}

int sock_setsockopt(struct socket *sock, int level, int op, char __user *optval,
		    unsigned int optlen)
{
	struct sock *sk = sock->sk;
	int value, error;

	if (op == SO_RCVTIMEO)
		return set_timeout(&sk->sk_rcvtimeo, optval, optlen);
	if (op == SO_SNDTIMEO)
		return set_timeout(&sk->sk_sndtimeo, optval, optlen);
	if (optlen < sizeof(int))
		return -EINVAL;
	if (get_user(value, (int __user *)optval))
		return -EFAULT;
	lock_sock(sk);
	error = op == SO_LINGER ? set_linger(sk, optval, optlen) : set_number(sock, op, value);
	release_sock(sk);
	return error;
}
EXPORT_SYMBOL(sock_setsockopt);

static struct __kernel_old_timeval timeout_value(long timeo)
{
	if (timeo == MAX_SCHEDULE_TIMEOUT)
		return (struct __kernel_old_timeval){ 0, 0 };
	return (struct __kernel_old_timeval){ timeo / HZ, (timeo % HZ) * (USEC_PER_SEC / HZ) };
}

static struct ucred peer_credentials(struct sock *sk)
{
	struct ucred credentials = { 0, -1, -1 };

	spin_lock(&sk->sk_peer_lock);
	credentials.pid = pid_vnr(sk->sk_peer_pid);
	if (sk->sk_peer_cred) {
		credentials.uid = from_kuid_munged(NULL, sk->sk_peer_cred->euid);
		credentials.gid = from_kgid_munged(NULL, sk->sk_peer_cred->egid);
	}
	spin_unlock(&sk->sk_peer_lock);
	return credentials;
}

static int get_number(struct socket *sock, int op, int *value)
{
	struct sock *sk = sock->sk;

	switch (op) {
	case SO_DEBUG:
	case SO_DONTROUTE:
	case SO_OOBINLINE:
	case SO_KEEPALIVE:
	case SO_TIMESTAMP:
	case SO_NO_CHECK:
		*value = 0;
		return 0;
	case SO_BROADCAST:
		*value = sock_flag(sk, SOCK_BROADCAST);
		return 0;
	case SO_REUSEADDR:
	case SO_REUSEPORT:
		*value = sk->sk_reuse;
		return 0;
	case SO_SNDBUF:
		*value = sk->sk_sndbuf;
		return 0;
	case SO_RCVBUF:
		*value = sk->sk_rcvbuf;
		return 0;
	case SO_TYPE:
		*value = sk->sk_type;
		return 0;
	case SO_PROTOCOL:
		*value = sk->sk_protocol;
		return 0;
	case SO_DOMAIN:
		*value = sk->sk_family;
		return 0;
	case SO_ERROR:
		*value = -sock_error(sk);
		return 0;
	case SO_PRIORITY:
		*value = sk->sk_priority;
		return 0;
	case SO_RCVLOWAT:
		*value = sk->sk_rcvlowat;
		return 0;
	case SO_SNDLOWAT:
		*value = 1;
		return 0;
	case SO_PASSCRED:
		*value = test_bit(SOCK_PASSCRED, &sock->flags);
		return 0;
	case SO_ACCEPTCONN:
		*value = sk->sk_state == TCP_LISTEN;
		return 0;
	default:
		return -ENOPROTOOPT;
	}
}

int sock_getsockopt(struct socket *sock, int level, int op, char __user *optval, int __user *optlen)
{
	union {
		int number;
		struct linger linger;
		struct __kernel_old_timeval tv;
		struct ucred credentials;
	} value = { 0 };
	struct sock *sk = sock->sk;
	int size = sizeof(int), len, error = 0;

	if (get_user(len, optlen))
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	switch (op) {
	case SO_LINGER:
		size = sizeof(value.linger);
		value.linger.l_onoff = sock_flag(sk, SOCK_LINGER);
		value.linger.l_linger = sk->sk_lingertime / HZ;
		break;
	case SO_RCVTIMEO:
	case SO_SNDTIMEO:
		size = sizeof(value.tv);
		value.tv = timeout_value(op == SO_RCVTIMEO ? sk->sk_rcvtimeo : sk->sk_sndtimeo);
		break;
	case SO_PEERCRED:
		size = sizeof(value.credentials);
		value.credentials = peer_credentials(sk);
		break;
	default:
		error = get_number(sock, op, &value.number);
		break;
	}
	if (error)
		return error;
	len = min(len, size);
	if (copy_to_user(optval, &value, len) || put_user(len, optlen))
		return -EFAULT;
	return 0;
}
EXPORT_SYMBOL(sock_getsockopt);

/* What a family does not offer */

int sock_no_bind(struct socket *sock, struct sockaddr *saddr, int len)
{
	return -EOPNOTSUPP;
}
EXPORT_SYMBOL(sock_no_bind);

int sock_no_connect(struct socket *sock, struct sockaddr *saddr, int len, int flags)
{
	return -EOPNOTSUPP;
}
EXPORT_SYMBOL(sock_no_connect);

int sock_no_socketpair(struct socket *sock1, struct socket *sock2)
{
	return -EOPNOTSUPP;
}
EXPORT_SYMBOL(sock_no_socketpair);

int sock_no_accept(struct socket *sock, struct socket *newsock, int flags, bool kern)
{
	return -EOPNOTSUPP;
}
EXPORT_SYMBOL(sock_no_accept);

int sock_no_getname(struct socket *sock, struct sockaddr *saddr, int peer)
{
	return -EOPNOTSUPP;
}
EXPORT_SYMBOL(sock_no_getname);

int sock_no_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	return -ENOTTY;
}
EXPORT_SYMBOL(sock_no_ioctl);

int sock_no_listen(struct socket *sock, int backlog)
{
	return -EOPNOTSUPP;
}
EXPORT_SYMBOL(sock_no_listen);

int sock_no_shutdown(struct socket *sock, int how)
{
	return -EOPNOTSUPP;
}
EXPORT_SYMBOL(sock_no_shutdown);

int sock_no_sendmsg(struct socket *sock, struct msghdr *m, size_t len)
{
	return -EOPNOTSUPP;
}
EXPORT_SYMBOL(sock_no_sendmsg);

int sock_no_recvmsg(struct socket *sock, struct msghdr *m, size_t len, int flags)
{
	return -EOPNOTSUPP;
}
EXPORT_SYMBOL(sock_no_recvmsg);

int sock_no_mmap(struct file *file, struct socket *sock, struct vm_area_struct *vma)
{
	return -ENODEV;
}
EXPORT_SYMBOL(sock_no_mmap);
