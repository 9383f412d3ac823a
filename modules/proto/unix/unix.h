/* Private to the module. */
#ifndef UNIX_UNIX_H
#define UNIX_UNIX_H

#include <linux/mutex.h>
#include <linux/path.h>
#include <linux/un.h>
#include <net/scm.h>
#include <net/sock.h>

/* A name, shared by the socket that is bound to it and the sockets accepted from it. */
struct unix_address {
	refcount_t refcnt;
	int len; /* bytes of name used */
	u32 hash;
	struct sockaddr_un name;
};

struct unix_sock {
	struct sock sk;		   /* first */
	struct unix_address *addr; /* NULL: unnamed; set once, under bindlock and the table lock */
	struct path path;	   /* of a name in the file system; dentry NULL: none */
	struct mutex bindlock;	   /* one bind at a time */
	struct mutex iolock;	   /* one receiver at a time */
	spinlock_t lock;	   /* peer, sk_state, sk_shutdown */
	struct sock *peer;	   /* the other end; referenced */
	struct list_head all;	   /* in unix_all; table lock */
	struct hlist_node named;   /* in the table of names; table lock */
	wait_queue_head_t peer_wait; /* who waits for room in our queue */
	/* collect.c; its lock */
	unsigned int inflight; /* references to our file on their way in sockets */
	unsigned int counted;
	bool reached;
};

static inline struct unix_sock *unix_sk(const struct sock *sk)
{
	return (struct unix_sock *)sk;
}

/* What a buffer carries besides data. */
struct unix_skb_parms {
	struct scm_fp_list *fp;
	u32 pid;
	kuid_t uid;
	kgid_t gid;
	u32 consumed; /* bytes of a stream's buffer already read */
};
#define UNIXCB(skb) (*(struct unix_skb_parms *)&(skb)->cb)

#define unix_state_lock(sk) spin_lock(&unix_sk(sk)->lock)
#define unix_state_unlock(sk) spin_unlock(&unix_sk(sk)->lock)
/* Both, in order of address. */
void unix_state_double_lock(struct sock *a, struct sock *b);
void unix_state_double_unlock(struct sock *a, struct sock *b);

extern spinlock_t unix_table_lock;
extern struct list_head unix_all;
extern wait_queue_head_t unix_room; /* pollers that wait for room in some full queue */

/* family.c */
struct sock *unix_create_sock(struct net *net, struct socket *sock, int type, int kern);
/* embryo: a connection that nobody has accepted; its peer gets ECONNRESET. */
void unix_release_sock(struct sock *sk, bool embryo);

/* address.c */
int unix_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len);
int unix_getname(struct socket *sock, struct sockaddr *uaddr, int peer);
/*
 * The socket bound to a name, referenced; ERR_PTR(-ECONNREFUSED, -EPROTOTYPE, -EINVAL, path
 * errors).
 */
struct sock *unix_find(struct sockaddr_un *name, int len, int type);
/* A name for a socket that has none. */
int unix_autobind(struct sock *sk);
void unix_forget_name(struct unix_sock *u);
void unix_address_put(struct unix_address *addr);

/* connect.c */
int unix_listen(struct socket *sock, int backlog);
int unix_stream_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len, int flags);
int unix_dgram_connect(struct socket *sock, struct sockaddr *addr, int alen, int flags);
int unix_accept(struct socket *sock, struct socket *newsock, int flags, bool kern);
int unix_socketpair(struct socket *socka, struct socket *sockb);
int unix_shutdown(struct socket *sock, int mode);
__poll_t unix_poll(struct file *file, struct socket *sock, struct poll_table_struct *wait);
__poll_t unix_dgram_poll(struct file *file, struct socket *sock, struct poll_table_struct *wait);
/* The peer, referenced; NULL. */
struct sock *unix_peer_get(struct sock *sk);
bool unix_queue_full(const struct sock *sk);
/*
 * Waits on other's peer_wait until its queue has room; other is state-locked, and unlocked
 * afterwards. Jiffies left.
 */
long unix_wait_for_peer(struct sock *other, long timeo);
/* After taking a buffer out of sk's queue: wakes those who wait for room. */
void unix_queue_drained(struct sock *sk);

/* stream.c, dgram.c */
int unix_stream_sendmsg(struct socket *sock, struct msghdr *msg, size_t len);
int unix_stream_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags);
int unix_dgram_sendmsg(struct socket *sock, struct msghdr *msg, size_t len);
int unix_dgram_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags);
int unix_seqpacket_sendmsg(struct socket *sock, struct msghdr *msg, size_t len);
int unix_seqpacket_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags);
/* The ancillary data of a message goes with the buffer / comes out of it (peek: a copy). */
int unix_attach(struct scm_cookie *scm, struct sk_buff *skb);
void unix_detach(struct scm_cookie *scm, struct sk_buff *skb, bool peek);

/* collect.c */
void unix_inflight(struct file *file);
void unix_notinflight(struct file *file);
void unix_collect(void);
struct sock *unix_sock_of(struct file *file);

/* view.c */
int unix_view_create(void);
void unix_view_remove(void);

#endif
