/*
 * Collecting sockets that nobody can reach.
 *
 * A socket sent through sockets may end in a queue that only itself, or others in the same case,
 * could read: after the last close() the descriptors on their way would keep each other for ever.
 * For each socket we count how often its file is on its way (inflight). If that equals the file's
 * reference count, only queues hold it. Starting from the sockets that something else holds,
 * everything in their queues is marked as reached; what has not been reached can never be received,
 * and its buffers are dropped. It runs when a socket is closed while any are on their way.
 * collect_lock protects the counts; the queues are looked at under their own locks. Files that are
 * no unix sockets cannot be part of a cycle.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include "unix.h"

static DEFINE_SPINLOCK(collect_lock);
static DEFINE_MUTEX(collect_mutex); /* one collection at a time */
static unsigned int total_inflight;

struct sock *unix_sock_of(struct file *file)
{
	int error;
	struct socket *sock = sock_from_file(file, &error);

	return sock && sock->sk && sock->sk->sk_family == PF_UNIX ? sock->sk : NULL;
}

void unix_inflight(struct file *file)
{
	struct sock *sk = unix_sock_of(file);

	if (!sk)
		return;
	spin_lock(&collect_lock);
	unix_sk(sk)->inflight++;
	total_inflight++;
	spin_unlock(&collect_lock);
}

void unix_notinflight(struct file *file)
{
	struct sock *sk = unix_sock_of(file);

	if (!sk)
		return;
	spin_lock(&collect_lock);
	unix_sk(sk)->inflight--;
	total_inflight--;
	spin_unlock(&collect_lock);
}

static void reach(struct unix_sock *u);

static void reach_buffer(struct sk_buff *skb)
{
	struct scm_fp_list *fp = UNIXCB(skb).fp;

	for (int i = 0; fp && i < fp->count; i++) {
		struct sock *sk = unix_sock_of(fp->fp[i]);

		if (sk && !unix_sk(sk)->reached)
			unix_sk(sk)->counted = 1; /* to be walked */
	}
}

/* Marks what u's queue holds, also that of connections waiting to be accepted. Table lock held. */
static void reach(struct unix_sock *u)
{
	struct sk_buff *skb;
	unsigned long flags;

	u->reached = true;
	spin_lock_irqsave(&u->sk.sk_receive_queue.lock, flags);
	skb_queue_walk(&u->sk.sk_receive_queue, skb)
	{
		if (u->sk.sk_state == TCP_LISTEN && skb->sk && !unix_sk(skb->sk)->reached)
			unix_sk(skb->sk)->counted = 1;
		else
			reach_buffer(skb);
	}
	spin_unlock_irqrestore(&u->sk.sk_receive_queue.lock, flags);
}

static bool held_otherwise(const struct unix_sock *u)
{
	const struct socket *sock = u->sk.sk_socket;

	return !u->inflight || !sock || !sock->file ||
	       (unsigned int)file_count(sock->file) > u->inflight;
}

/* Table lock held. A listener's embryos have no file: they are held by the listener alone. */
static void mark_all(void)
{
	struct unix_sock *u;
	bool more;

	list_for_each_entry(u, &unix_all, all) {
		u->reached = false;
		u->counted = held_otherwise(u) && u->sk.sk_socket;
	}
	do {
		more = false;
		list_for_each_entry(u, &unix_all, all) {
			if (!u->counted || u->reached)
				continue;
			reach(u);
			more = true;
		}
	} while (more);
}

/* Takes the buffers with descriptors out of one unreachable socket's queue. Table lock held. */
static void take_buffers(struct unix_sock *u, struct sk_buff_head *dropped)
{
	struct sk_buff *skb, *next;
	unsigned long flags;

	spin_lock_irqsave(&u->sk.sk_receive_queue.lock, flags);
	skb_queue_walk_safe(&u->sk.sk_receive_queue, skb, next)
	{
		if (u->sk.sk_state != TCP_LISTEN && UNIXCB(skb).fp) {
			__skb_unlink(skb, &u->sk.sk_receive_queue);
			__skb_queue_tail(dropped, skb);
		}
	}
	spin_unlock_irqrestore(&u->sk.sk_receive_queue.lock, flags);
}

void unix_collect(void)
{
	struct sk_buff_head dropped;
	struct unix_sock *u;

	if (!READ_ONCE(total_inflight) || !mutex_trylock(&collect_mutex))
		return;
	skb_queue_head_init(&dropped);
	spin_lock(&unix_table_lock);
	spin_lock(&collect_lock);
	mark_all();
	list_for_each_entry(u, &unix_all, all)
		if (!u->reached)
			take_buffers(u, &dropped);
	spin_unlock(&collect_lock);
	spin_unlock(&unix_table_lock);
	__skb_queue_purge(&dropped);
	mutex_unlock(&collect_mutex);
}
