/*
 * struct sock: the protocol's part of a socket, common to all families. A family embeds it at the
 * beginning of its own struct.
 *
 * It lives while references are held (sock_hold, sock_put), which may be longer than its struct
 * socket. lock_sock() is taken by threads and may be held while sleeping; bh_lock_sock() by
 * softirqs, which put packets into the backlog while a thread is the owner. Source: Linux 5.10
 * net/sock.h.
 */
#ifndef _NET_SOCK_H
#define _NET_SOCK_H

#include <linux/list.h>
#include <linux/net.h>
#include <linux/refcount.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <net/net_namespace.h>

struct proto;

typedef struct {
	spinlock_t slock; /* protects the two below */
	int owned;	  /* a thread is in lock_sock() … release_sock() */
	wait_queue_head_t wq;
} socket_lock_t;

/*
 * sk_state: states of a connection; families without one use TCP_CLOSE, TCP_LISTEN and
 * TCP_ESTABLISHED.
 */
enum {
	TCP_ESTABLISHED = 1,
	TCP_SYN_SENT,
	TCP_SYN_RECV,
	TCP_FIN_WAIT1,
	TCP_FIN_WAIT2,
	TCP_TIME_WAIT,
	TCP_CLOSE,
	TCP_CLOSE_WAIT,
	TCP_LAST_ACK,
	TCP_LISTEN,
	TCP_CLOSING
};

/* sk_shutdown */
#define RCV_SHUTDOWN 1
#define SEND_SHUTDOWN 2
#define SHUTDOWN_MASK 3

enum sock_flags {
	SOCK_DEAD,
	SOCK_DONE,
	SOCK_URGINLINE,
	SOCK_KEEPOPEN,
	SOCK_LINGER,
	SOCK_DESTROY,
	SOCK_BROADCAST,
	SOCK_TIMESTAMP,
	SOCK_RCVTSTAMP,
	SOCK_RCVTSTAMPNS
};

struct sock {
	refcount_t sk_refcnt;
	u16 sk_family;
	u16 sk_type;
	u16 sk_protocol;
	volatile unsigned char sk_state;
	u8 sk_reuse;
	u8 sk_shutdown; /* RCV_SHUTDOWN, SEND_SHUTDOWN */
	bool sk_kern_sock;
	struct proto *sk_prot;
	struct net *sk_net;
	socket_lock_t sk_lock;
	struct hlist_node sk_node; /* for the family's tables */
	struct sk_buff_head sk_receive_queue;
	struct sk_buff_head sk_write_queue;
	struct sk_buff_head sk_error_queue;
	struct {
		struct sk_buff *head, *tail;
	} sk_backlog;		/* slock */
	atomic_t sk_wmem_alloc; /* bytes of buffers charged for sending */
	atomic_t sk_rmem_alloc;
	int sk_sndbuf, sk_rcvbuf; /* limits of them */
	int sk_rcvlowat;
	long sk_rcvtimeo, sk_sndtimeo;		/* jiffies */
	unsigned long sk_flags;			/* bits enum sock_flags */
	unsigned long sk_lingertime;		/* jiffies */
	int sk_err, sk_err_soft;		/* positive errno to report once */
	u32 sk_ack_backlog, sk_max_ack_backlog; /* connections waiting for accept(), at most */
	u32 sk_priority, sk_mark;
	gfp_t sk_allocation;
	atomic_t sk_drops;
	spinlock_t sk_peer_lock; /* protects the two below */
	struct pid *sk_peer_pid;
	const struct cred *sk_peer_cred;
	kuid_t sk_uid;
	struct socket *sk_socket; /* NULL: orphaned */
	struct socket_wq *sk_wq;
	rwlock_t sk_callback_lock; /* protects sk_socket and the functions below */
	void *sk_user_data;
	int sk_peek_off;
	int sk_bound_dev_if;
	struct timer_list sk_timer;
	ktime_t sk_stamp;
	/* called when something happens; any context */
	void (*sk_state_change)(struct sock *sk);
	void (*sk_data_ready)(struct sock *sk);
	void (*sk_write_space)(struct sock *sk);
	void (*sk_error_report)(struct sock *sk);
	int (*sk_backlog_rcv)(struct sock *sk, struct sk_buff *skb);
	void (*sk_destruct)(struct sock *sk);
};

/* One protocol: how large its sock is, and whose. */
struct proto {
	char name[32];
	struct module *owner;
	unsigned int obj_size; /* bytes of the struct that begins with a struct sock */
	void (*close)(struct sock *sk, long timeout);
	int (*init)(struct sock *sk);
	void (*destroy)(struct sock *sk);
	int (*backlog_rcv)(struct sock *sk, struct sk_buff *skb);
	atomic_t users; /* socks in existence */
	struct list_head node;
};

/* 0. alloc_slab is without meaning here. */
int proto_register(struct proto *prot, int alloc_slab);
void proto_unregister(struct proto *prot);

/*
 * A zeroed sock of prot with one reference and one on the protocol's module; NULL without memory.
 */
struct sock *sk_alloc(struct net *net, int family, gfp_t priority, struct proto *prot, int kern);
void sk_free(struct sock *sk);
/* Defaults, and ties sk to sock (may be NULL). */
void sock_init_data(struct socket *sock, struct sock *sk);
static inline void sock_hold(struct sock *sk)
{
	refcount_inc(&sk->sk_refcnt);
}
void sock_put(struct sock *sk);
/* Unties sk from its socket / ties it to the one accept() made. */
void sock_orphan(struct sock *sk);
void sock_graft(struct sock *sk, struct socket *parent);

void lock_sock_nested(struct sock *sk, int subclass);
#define lock_sock(sk) lock_sock_nested(sk, 0)
void release_sock(struct sock *sk);
#define bh_lock_sock(sk) spin_lock(&(sk)->sk_lock.slock)
#define bh_unlock_sock(sk) spin_unlock(&(sk)->sk_lock.slock)
static inline bool sock_owned_by_user(const struct sock *sk)
{
	return sk->sk_lock.owned;
}
int sk_add_backlog(struct sock *sk, struct sk_buff *skb, unsigned int limit);

static inline void sock_set_flag(struct sock *sk, enum sock_flags flag)
{
	set_bit(flag, &sk->sk_flags);
}
static inline void sock_reset_flag(struct sock *sk, enum sock_flags flag)
{
	clear_bit(flag, &sk->sk_flags);
}
static inline bool sock_flag(const struct sock *sk, enum sock_flags flag)
{
	return test_bit(flag, &sk->sk_flags);
}
static inline struct net *sock_net(const struct sock *sk)
{
	return sk->sk_net;
}
static inline wait_queue_head_t *sk_sleep(struct sock *sk)
{
	return &sk->sk_wq->wait;
}
static inline bool skwq_has_sleeper(struct socket_wq *wq)
{
	return wq && waitqueue_active(&wq->wait);
}
static inline int sock_error(struct sock *sk)
{
	return sk->sk_err ? -(int)xchg(&sk->sk_err, 0) : 0;
}
static inline long sock_rcvtimeo(const struct sock *sk, bool noblock)
{
	return noblock ? 0 : sk->sk_rcvtimeo;
}
static inline long sock_sndtimeo(const struct sock *sk, bool noblock)
{
	return noblock ? 0 : sk->sk_sndtimeo;
}
static inline int sock_rcvlowat(const struct sock *sk, int waitall, int len)
{
	int v = waitall ? len : min_t(int, sk->sk_rcvlowat, len);

	return v ? v : 1;
}
/* -ERESTARTSYS or -EINTR: what a sleep with this timeout becomes when a signal comes. */
static inline int sock_intr_errno(long timeo)
{
	return timeo == MAX_SCHEDULE_TIMEOUT ? -ERESTARTSYS : -EINTR;
}
static inline int sk_acceptq_is_full(const struct sock *sk)
{
	return READ_ONCE(sk->sk_ack_backlog) > READ_ONCE(sk->sk_max_ack_backlog);
}
#define sk_acceptq_added(sk) ((sk)->sk_ack_backlog++)
#define sk_acceptq_removed(sk) ((sk)->sk_ack_backlog--)

/*
 * A buffer of size bytes charged to sk, waiting for room: NULL and *errcode -EAGAIN, -EPIPE,
 * -ERESTARTSYS, -ENOBUFS.
 */
struct sk_buff *sock_alloc_send_skb(struct sock *sk, unsigned long size, int noblock, int *errcode);
struct sk_buff *sock_wmalloc(struct sock *sk, unsigned long size, int force, gfp_t priority);
void skb_set_owner_w(struct sk_buff *skb, struct sock *sk);
void skb_set_owner_r(struct sk_buff *skb, struct sock *sk);
void sock_wfree(struct sk_buff *skb);
void sock_rfree(struct sk_buff *skb);
void skb_orphan(struct sk_buff *skb);
/* Puts a received packet into the receive queue: 0 or -ENOMEM (over the limit). */
int sock_queue_rcv_skb(struct sock *sk, struct sk_buff *skb);
static inline int sk_wmem_alloc_get(const struct sock *sk)
{
	return atomic_read(&sk->sk_wmem_alloc);
}
static inline bool sock_writeable(const struct sock *sk)
{
	return sk_wmem_alloc_get(sk) < sk->sk_sndbuf >> 1;
}

/* SOL_SOCKET options. */
int sock_setsockopt(struct socket *sock, int level, int op, char __user *optval,
		    unsigned int optlen);
int sock_getsockopt(struct socket *sock, int level, int op, char __user *optval,
		    int __user *optlen);
__poll_t datagram_poll(struct file *file, struct socket *sock, struct poll_table_struct *wait);
void sock_poll_wait(struct file *file, struct socket *sock, struct poll_table_struct *p);

/*
 * What a family does not offer: all give -EOPNOTSUPP (getsockopt, setsockopt, ioctl: -ENOPROTOOPT,
 * -ENOTTY).
 */
int sock_no_bind(struct socket *sock, struct sockaddr *saddr, int len);
int sock_no_connect(struct socket *sock, struct sockaddr *saddr, int len, int flags);
int sock_no_socketpair(struct socket *sock1, struct socket *sock2);
int sock_no_accept(struct socket *sock, struct socket *newsock, int flags, bool kern);
int sock_no_getname(struct socket *sock, struct sockaddr *saddr, int peer);
int sock_no_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg);
int sock_no_listen(struct socket *sock, int backlog);
int sock_no_shutdown(struct socket *sock, int how);
int sock_no_sendmsg(struct socket *sock, struct msghdr *m, size_t len);
int sock_no_recvmsg(struct socket *sock, struct msghdr *m, size_t len, int flags);
int sock_no_mmap(struct file *file, struct socket *sock, struct vm_area_struct *vma);
#define sock_no_setsockopt NULL
#define sock_no_getsockopt NULL

#define SOCK_MIN_SNDBUF 2048
#define SOCK_MIN_RCVBUF 1024
extern unsigned int sysctl_wmem_max, sysctl_rmem_max, sysctl_wmem_default, sysctl_rmem_default;

#endif
