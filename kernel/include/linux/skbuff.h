/*
 * Socket buffers: packets and pieces of data on their way. All of the data lies in one block: head
 * … data … tail … end; put appends behind tail, push prepends before data, pull takes away at data.
 * Clones share the block. Any context, save allocation by its gfp. A buffer belongs to one holder
 * or one queue at a time.
 */
#ifndef _LINUX_SKBUFF_H
#define _LINUX_SKBUFF_H

#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/refcount.h>
#include <linux/socket.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/gfp.h>

struct net_device;
struct sock;

struct sk_buff {
	struct sk_buff *next, *prev; /* in a queue; these two must be first */
	struct sock *sk;	     /* whose memory it is charged to */
	struct net_device *dev;
	ktime_t tstamp;
	char cb[48] __aligned(8); /* the present holder's own */
	void (*destructor)(struct sk_buff *skb);
	unsigned int len;      /* bytes of data */
	unsigned int data_len; /* of them outside the block: 0 */
	unsigned int truesize; /* memory charged */
	u32 priority;
	__be16 protocol;
	u8 pkt_type;
	u8 ip_summed;
	__wsum csum;
	refcount_t users;
	u16 mac_header, network_header, transport_header; /* offsets from head */
	u16 mac_len;
	unsigned char *head, *data, *tail, *end;
};

struct sk_buff_head {
	struct sk_buff *next, *prev; /* as in struct sk_buff */
	u32 qlen;
	spinlock_t lock; /* protects the queue */
};

#define CHECKSUM_NONE 0
#define CHECKSUM_UNNECESSARY 1
#define CHECKSUM_COMPLETE 2
#define CHECKSUM_PARTIAL 3
#define SKB_DATA_ALIGN(x) ALIGN(x, 16)
#define NET_SKB_PAD 32
#define NET_IP_ALIGN 2

/*
 * size bytes of room; NULL without memory. kfree_skb: dropped; consume_skb: used up; both drop one
 * reference.
 */
struct sk_buff *alloc_skb(unsigned int size, gfp_t priority);
struct sk_buff *dev_alloc_skb(unsigned int length);
struct sk_buff *netdev_alloc_skb(struct net_device *dev, unsigned int length);
void kfree_skb(struct sk_buff *skb);
void consume_skb(struct sk_buff *skb);
void kfree_skb_list(struct sk_buff *segs);
#define dev_kfree_skb(skb) consume_skb(skb)
#define dev_kfree_skb_any(skb) consume_skb(skb)
#define dev_kfree_skb_irq(skb) consume_skb(skb)
/* The same data under a new header / data and header copied. */
struct sk_buff *skb_clone(struct sk_buff *skb, gfp_t priority);
struct sk_buff *skb_copy(const struct sk_buff *skb, gfp_t priority);
/* More room in front and behind, for an unshared buffer: 0 or -ENOMEM. */
int pskb_expand_head(struct sk_buff *skb, int nhead, int ntail, gfp_t gfp);
bool skb_cloned(const struct sk_buff *skb);
static inline struct sk_buff *skb_get(struct sk_buff *skb)
{
	refcount_inc(&skb->users);
	return skb;
}
static inline bool skb_shared(const struct sk_buff *skb)
{
	return refcount_read(&skb->users) != 1;
}

/*
 * Append n bytes / prepend / take away at the front; the address of the new data. Beyond the room:
 * BUG.
 */
void *skb_put(struct sk_buff *skb, unsigned int len);
void *skb_push(struct sk_buff *skb, unsigned int len);
void *skb_pull(struct sk_buff *skb, unsigned int len);
void skb_trim(struct sk_buff *skb, unsigned int len);
static inline void *skb_put_data(struct sk_buff *skb, const void *data, unsigned int len)
{
	return memcpy(skb_put(skb, len), data, len);
}
static inline void *skb_put_zero(struct sk_buff *skb, unsigned int len)
{
	return memset(skb_put(skb, len), 0, len);
}
/* Room in front, before anything is put in. */
static inline void skb_reserve(struct sk_buff *skb, int len)
{
	skb->data += len;
	skb->tail += len;
}
static inline unsigned int skb_headroom(const struct sk_buff *skb)
{
	return skb->data - skb->head;
}
static inline unsigned int skb_tailroom(const struct sk_buff *skb)
{
	return skb->end - skb->tail;
}
static inline unsigned int skb_headlen(const struct sk_buff *skb)
{
	return skb->len - skb->data_len;
}
static inline unsigned char *skb_tail_pointer(const struct sk_buff *skb)
{
	return skb->tail;
}
static inline bool skb_is_nonlinear(const struct sk_buff *skb)
{
	return skb->data_len;
}
static inline bool pskb_may_pull(struct sk_buff *skb, unsigned int len)
{
	return len <= skb->len;
}
#define skb_reset_mac_header(skb) ((skb)->mac_header = (skb)->data - (skb)->head)
#define skb_reset_network_header(skb) ((skb)->network_header = (skb)->data - (skb)->head)
#define skb_reset_transport_header(skb) ((skb)->transport_header = (skb)->data - (skb)->head)
#define skb_mac_header(skb) ((skb)->head + (skb)->mac_header)
#define skb_network_header(skb) ((skb)->head + (skb)->network_header)
#define skb_transport_header(skb) ((skb)->head + (skb)->transport_header)
int skb_copy_bits(const struct sk_buff *skb, int offset, void *to, int len);

/*
 * Queues. Those with two underscores expect the caller to hold list->lock (or the queue to be
 * private).
 */
static inline void __skb_queue_head_init(struct sk_buff_head *list)
{
	list->prev = list->next = (struct sk_buff *)list;
	list->qlen = 0;
}
static inline void skb_queue_head_init(struct sk_buff_head *list)
{
	spin_lock_init(&list->lock);
	__skb_queue_head_init(list);
}
static inline int skb_queue_empty(const struct sk_buff_head *list)
{
	return list->next == (const struct sk_buff *)list;
}
static inline u32 skb_queue_len(const struct sk_buff_head *list)
{
	return READ_ONCE(list->qlen);
}
static inline struct sk_buff *skb_peek(const struct sk_buff_head *list)
{
	return skb_queue_empty(list) ? NULL : list->next;
}
static inline struct sk_buff *skb_peek_next(struct sk_buff *skb, const struct sk_buff_head *list)
{
	return skb->next == (const struct sk_buff *)list ? NULL : skb->next;
}
static inline struct sk_buff *skb_peek_tail(const struct sk_buff_head *list)
{
	return skb_queue_empty(list) ? NULL : list->prev;
}
void __skb_insert(struct sk_buff *skb, struct sk_buff *prev, struct sk_buff *next,
		  struct sk_buff_head *list);
void __skb_unlink(struct sk_buff *skb, struct sk_buff_head *list);
static inline void __skb_queue_tail(struct sk_buff_head *list, struct sk_buff *skb)
{
	__skb_insert(skb, list->prev, (struct sk_buff *)list, list);
}
static inline void __skb_queue_head(struct sk_buff_head *list, struct sk_buff *skb)
{
	__skb_insert(skb, (struct sk_buff *)list, list->next, list);
}
static inline struct sk_buff *__skb_dequeue(struct sk_buff_head *list)
{
	struct sk_buff *skb = skb_peek(list);

	if (skb)
		__skb_unlink(skb, list);
	return skb;
}
void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *skb);
void skb_queue_head(struct sk_buff_head *list, struct sk_buff *skb);
void skb_unlink(struct sk_buff *skb, struct sk_buff_head *list);
struct sk_buff *skb_dequeue(struct sk_buff_head *list);
struct sk_buff *skb_dequeue_tail(struct sk_buff_head *list);
void skb_queue_purge(struct sk_buff_head *list);
void __skb_queue_purge(struct sk_buff_head *list);
/* list's buffers to the end of head; list becomes empty. */
void skb_queue_splice_tail_init(struct sk_buff_head *list, struct sk_buff_head *head);
#define skb_queue_walk(queue, skb) \
	for (skb = (queue)->next; skb != (struct sk_buff *)(queue); skb = skb->next)
#define skb_queue_walk_safe(queue, skb, tmp)                                         \
	for (skb = (queue)->next, tmp = skb->next; skb != (struct sk_buff *)(queue); \
	     skb = tmp, tmp = skb->next)

/*
 * The next buffer of sk's receive queue, waiting as long as flags and the receive timeout say; NULL
 * and *err: -EAGAIN, -ERESTARTSYS, 0 (shut down), the socket's error. MSG_PEEK: a further
 * reference. Threads.
 */
struct sk_buff *skb_recv_datagram(struct sock *sk, unsigned int flags, int noblock, int *err);
void skb_free_datagram(struct sock *sk, struct sk_buff *skb);
/* Data from offset on into the message / from the message into the buffer: 0 or -EFAULT. */
int skb_copy_datagram_msg(const struct sk_buff *from, int offset, struct msghdr *msg, int size);
int skb_copy_datagram_from_iter(struct sk_buff *skb, int offset, struct iov_iter *from, int len);
static inline int memcpy_to_msg(struct msghdr *msg, void *data, int len)
{
	return copy_to_iter(data, len, &msg->msg_iter) == (size_t)len ? 0 : -EFAULT;
}
static inline int memcpy_from_msg(void *data, struct msghdr *msg, int len)
{
	return copy_from_iter_full(data, len, &msg->msg_iter) ? 0 : -EFAULT;
}

#endif
