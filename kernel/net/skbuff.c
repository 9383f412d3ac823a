/*
 * Socket buffers. The header comes from a cache; the data block ends with a count of the headers
 * that share it. Queues are rings through next and prev with the head as sentinel.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <net/sock.h>
#include "net/net.h"

struct shared_info {
	refcount_t users; /* headers that share the block */
};

static struct kmem_cache *header_cache;

static struct shared_info *shared_of(const struct sk_buff *skb)
{
	return (struct shared_info *)skb->end;
}

struct sk_buff *alloc_skb(unsigned int size, gfp_t priority)
{
	struct sk_buff *skb = kmem_cache_zalloc(header_cache, priority);
	unsigned int room = SKB_DATA_ALIGN(size);

	if (!skb)
		return NULL;
	skb->head = kmalloc(room + sizeof(struct shared_info), priority);
	if (!skb->head) {
		kmem_cache_free(header_cache, skb);
		return NULL;
	}
	skb->data = skb->tail = skb->head;
	skb->end = skb->head + room;
	skb->truesize = room + sizeof(*skb) + sizeof(struct shared_info);
	refcount_set(&skb->users, 1);
	refcount_set(&shared_of(skb)->users, 1);
	return skb;
}
EXPORT_SYMBOL(alloc_skb);

struct sk_buff *dev_alloc_skb(unsigned int length)
{
	return netdev_alloc_skb(NULL, length);
}
EXPORT_SYMBOL(dev_alloc_skb);

struct sk_buff *netdev_alloc_skb(struct net_device *dev, unsigned int length)
{
	struct sk_buff *skb = alloc_skb(length + NET_SKB_PAD, GFP_ATOMIC);

	if (skb) {
		skb_reserve(skb, NET_SKB_PAD);
		skb->dev = dev;
	}
	return skb;
}
EXPORT_SYMBOL(netdev_alloc_skb);

static void drop_data(struct sk_buff *skb)
{
	if (refcount_dec_and_test(&shared_of(skb)->users))
		kfree(skb->head);
}

void kfree_skb(struct sk_buff *skb)
{
	if (!skb || !refcount_dec_and_test(&skb->users))
		return;
	if (skb->destructor)
		skb->destructor(skb);
	drop_data(skb);
	kmem_cache_free(header_cache, skb);
}
EXPORT_SYMBOL(kfree_skb);

void consume_skb(struct sk_buff *skb)
{
	kfree_skb(skb);
}
EXPORT_SYMBOL(consume_skb);

void kfree_skb_list(struct sk_buff *segs)
{
	while (segs) {
		struct sk_buff *next = segs->next;

		kfree_skb(segs);
		segs = next;
	}
}
EXPORT_SYMBOL(kfree_skb_list);

bool skb_cloned(const struct sk_buff *skb)
{
	return refcount_read(&shared_of(skb)->users) != 1;
}
EXPORT_SYMBOL(skb_cloned);

struct sk_buff *skb_clone(struct sk_buff *skb, gfp_t priority)
{
	struct sk_buff *clone = kmem_cache_alloc(header_cache, priority);

	if (!clone)
		return NULL;
	*clone = *skb;
	clone->next = clone->prev = NULL;
	clone->sk = NULL;
	clone->destructor = NULL;
	refcount_set(&clone->users, 1);
	refcount_inc(&shared_of(skb)->users);
	return clone;
}
EXPORT_SYMBOL(skb_clone);

struct sk_buff *skb_copy(const struct sk_buff *skb, gfp_t priority)
{
	struct sk_buff *copy = alloc_skb(skb->end - skb->head, priority);

	if (!copy)
		return NULL;
	skb_reserve(copy, skb_headroom(skb));
	skb_put_data(copy, skb->data, skb->len);
	memcpy(copy->cb, skb->cb, sizeof(copy->cb));
	copy->dev = skb->dev;
	copy->tstamp = skb->tstamp;
	copy->protocol = skb->protocol;
	copy->priority = skb->priority;
	copy->pkt_type = skb->pkt_type;
	copy->ip_summed = skb->ip_summed;
	copy->mac_header = skb->mac_header;
	copy->network_header = skb->network_header;
	copy->transport_header = skb->transport_header;
	return copy;
}
EXPORT_SYMBOL(skb_copy);

int pskb_expand_head(struct sk_buff *skb, int nhead, int ntail, gfp_t gfp)
{
	unsigned int room = SKB_DATA_ALIGN(skb->end - skb->head + nhead + ntail);
	unsigned int headroom = skb_headroom(skb) + nhead;
	unsigned char *head = kmalloc(room + sizeof(struct shared_info), gfp);

	BUG_ON(skb_shared(skb));
	if (!head)
		return -ENOMEM;
	memcpy(head + headroom, skb->data, skb->len);
	drop_data(skb);
	skb->head = head;
	skb->data = head + headroom;
	skb->tail = skb->data + skb->len;
	skb->end = head + room;
	skb->mac_header += nhead;
	skb->network_header += nhead;
	skb->transport_header += nhead;
	refcount_set(&shared_of(skb)->users, 1);
	return 0;
}
EXPORT_SYMBOL(pskb_expand_head);

void *skb_put(struct sk_buff *skb, unsigned int len)
{
	void *old = skb->tail;

	if (unlikely(len > skb_tailroom(skb)))
		panic("skb_put: %u bytes, room for %u, called from %pS", len, skb_tailroom(skb),
		      (void *)_RET_IP_);
	skb->tail += len;
	skb->len += len;
	return old;
}
EXPORT_SYMBOL(skb_put);

void *skb_push(struct sk_buff *skb, unsigned int len)
{
	if (unlikely(len > skb_headroom(skb)))
		panic("skb_push: %u bytes, room for %u, called from %pS", len, skb_headroom(skb),
		      (void *)_RET_IP_);
	skb->data -= len;
	skb->len += len;
	return skb->data;
}
EXPORT_SYMBOL(skb_push);

void *skb_pull(struct sk_buff *skb, unsigned int len)
{
	if (len > skb->len)
		return NULL;
	skb->len -= len;
	return skb->data += len;
}
EXPORT_SYMBOL(skb_pull);

void skb_trim(struct sk_buff *skb, unsigned int len)
{
	if (skb->len > len) {
		skb->len = len;
		skb->tail = skb->data + len;
	}
}
EXPORT_SYMBOL(skb_trim);

int skb_copy_bits(const struct sk_buff *skb, int offset, void *to, int len)
{
	if (offset < 0 || len < 0 || offset > (int)skb->len - len)
		return -EFAULT;
	memcpy(to, skb->data + offset, len);
	return 0;
}
EXPORT_SYMBOL(skb_copy_bits);

/* Queues */

void __skb_insert(struct sk_buff *skb, struct sk_buff *prev, struct sk_buff *next,
		  struct sk_buff_head *list)
{
	skb->next = next;
	skb->prev = prev;
	next->prev = prev->next = skb;
	list->qlen++;
}
EXPORT_SYMBOL(__skb_insert);

void __skb_unlink(struct sk_buff *skb, struct sk_buff_head *list)
{
	struct sk_buff *next = skb->next, *prev = skb->prev;

	list->qlen--;
	skb->next = skb->prev = NULL;
	next->prev = prev;
	prev->next = next;
}
EXPORT_SYMBOL(__skb_unlink);

void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *skb)
{
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	__skb_queue_tail(list, skb);
	spin_unlock_irqrestore(&list->lock, flags);
}
EXPORT_SYMBOL(skb_queue_tail);

void skb_queue_head(struct sk_buff_head *list, struct sk_buff *skb)
{
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	__skb_queue_head(list, skb);
	spin_unlock_irqrestore(&list->lock, flags);
}
EXPORT_SYMBOL(skb_queue_head);

void skb_unlink(struct sk_buff *skb, struct sk_buff_head *list)
{
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	__skb_unlink(skb, list);
	spin_unlock_irqrestore(&list->lock, flags);
}
EXPORT_SYMBOL(skb_unlink);

struct sk_buff *skb_dequeue(struct sk_buff_head *list)
{
	struct sk_buff *skb;
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	skb = __skb_dequeue(list);
	spin_unlock_irqrestore(&list->lock, flags);
	return skb;
}
EXPORT_SYMBOL(skb_dequeue);

struct sk_buff *skb_dequeue_tail(struct sk_buff_head *list)
{
	struct sk_buff *skb;
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	skb = skb_peek_tail(list);
	if (skb)
		__skb_unlink(skb, list);
	spin_unlock_irqrestore(&list->lock, flags);
	return skb;
}
EXPORT_SYMBOL(skb_dequeue_tail);

void __skb_queue_purge(struct sk_buff_head *list)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(list)))
		kfree_skb(skb);
}
EXPORT_SYMBOL(__skb_queue_purge);

void skb_queue_purge(struct sk_buff_head *list)
{
	struct sk_buff *skb;

	while ((skb = skb_dequeue(list)))
		kfree_skb(skb);
}
EXPORT_SYMBOL(skb_queue_purge);

void skb_queue_splice_tail_init(struct sk_buff_head *list, struct sk_buff_head *head)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(list)))
		__skb_queue_tail(head, skb);
}
EXPORT_SYMBOL(skb_queue_splice_tail_init);

/* Data to and from messages */

int skb_copy_datagram_msg(const struct sk_buff *from, int offset, struct msghdr *msg, int size)
{
	return copy_to_iter(from->data + offset, size, &msg->msg_iter) == (size_t)size ? 0
										       : -EFAULT;
}
EXPORT_SYMBOL(skb_copy_datagram_msg);

int skb_copy_datagram_from_iter(struct sk_buff *skb, int offset, struct iov_iter *from, int len)
{
	return copy_from_iter(skb->data + offset, len, from) == (size_t)len ? 0 : -EFAULT;
}
EXPORT_SYMBOL(skb_copy_datagram_from_iter);

void skbuff_init(void)
{
	header_cache = kmem_cache_create("skbuff_head_cache", sizeof(struct sk_buff), 0,
					 SLAB_HWCACHE_ALIGN, NULL);
	if (!header_cache)
		panic("net: no memory for socket buffers");
}
