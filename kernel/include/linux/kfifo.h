/*
 * Ring buffers of fixed-size elements, a power of two of them. One reader and one writer need no
 * lock between them; more need one per side (the _spinlocked forms). Any context, save
 * kfifo_alloc() by its gfp and the user copies (threads).
 */
#ifndef _LINUX_KFIFO_H
#define _LINUX_KFIFO_H

#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/gfp.h>

struct __kfifo {
	unsigned int in, out; /* elements ever put in / taken out */
	unsigned int mask;    /* number of elements - 1 */
	unsigned int esize;   /* bytes per element */
	void *data;
};

#define __STRUCT_KFIFO(type, ptrtype, size)     \
	{                                       \
		union {                         \
			struct __kfifo kfifo;   \
			type *type_;            \
			const type *const_type; \
			ptrtype *ptr;           \
		};                              \
		type buf[size];                 \
	}
/* A fifo with its storage inside / with storage from kfifo_alloc(). */
#define STRUCT_KFIFO(type, size) struct __STRUCT_KFIFO(type, type, size)
#define STRUCT_KFIFO_PTR(type) struct __STRUCT_KFIFO(type, type, 0)
struct kfifo __STRUCT_KFIFO(unsigned char, void, 0);
#define DECLARE_KFIFO(fifo, type, size) STRUCT_KFIFO(type, size) fifo
#define DECLARE_KFIFO_PTR(fifo, type) STRUCT_KFIFO_PTR(type) fifo
#define INIT_KFIFO(fifo)                                                                     \
	do {                                                                                 \
		(fifo).kfifo.in = (fifo).kfifo.out = 0;                                      \
		(fifo).kfifo.esize = sizeof(*(fifo).type_);                                  \
		(fifo).kfifo.mask = sizeof((fifo).buf) / sizeof((fifo).buf[0])               \
					    ? sizeof((fifo).buf) / sizeof((fifo).buf[0]) - 1 \
					    : 0;                                             \
		(fifo).kfifo.data = sizeof((fifo).buf) ? (void *)(fifo).buf : NULL;          \
	} while (0)
#define DEFINE_KFIFO(fifo, type, size)                                                     \
	DECLARE_KFIFO(fifo, type, size) = {                                                \
		{ .kfifo = { .mask = (size)-1, .esize = sizeof(type), .data = fifo.buf } } \
	}

int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp);
int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int size, size_t esize);
void __kfifo_free(struct __kfifo *fifo);
unsigned int __kfifo_in(struct __kfifo *fifo, const void *buf, unsigned int n);
unsigned int __kfifo_out(struct __kfifo *fifo, void *buf, unsigned int n);
unsigned int __kfifo_out_peek(struct __kfifo *fifo, void *buf, unsigned int n);
int __kfifo_from_user(struct __kfifo *fifo, const void __user *from, unsigned long len,
		      unsigned int *copied);
int __kfifo_to_user(struct __kfifo *fifo, void __user *to, unsigned long len, unsigned int *copied);

/* size: elements, rounded up to a power of two. 0, -ENOMEM, -EINVAL. */
#define kfifo_alloc(fifo, size, gfp) \
	__kfifo_alloc(&(fifo)->kfifo, size, sizeof(*(fifo)->type_), gfp)
#define kfifo_free(fifo) __kfifo_free(&(fifo)->kfifo)
/* Storage of the caller's, size bytes. */
#define kfifo_init(fifo, buffer, size) \
	__kfifo_init(&(fifo)->kfifo, buffer, size, sizeof(*(fifo)->type_))
#define kfifo_initialized(fifo) ((fifo)->kfifo.data != NULL)
#define kfifo_esize(fifo) ((fifo)->kfifo.esize)
#define kfifo_size(fifo) ((fifo)->kfifo.mask + 1)
#define kfifo_reset(fifo) ((void)((fifo)->kfifo.in = (fifo)->kfifo.out = 0))
#define kfifo_reset_out(fifo) ((void)((fifo)->kfifo.out = (fifo)->kfifo.in))
#define kfifo_len(fifo) ((fifo)->kfifo.in - (fifo)->kfifo.out)
#define kfifo_is_empty(fifo) ((fifo)->kfifo.in == (fifo)->kfifo.out)
#define kfifo_is_full(fifo) (kfifo_len(fifo) > (fifo)->kfifo.mask)
#define kfifo_avail(fifo) (kfifo_size(fifo) - kfifo_len(fifo))
#define kfifo_skip(fifo) ((void)(fifo)->kfifo.out++)
/* One element in / out / looked at: 1, or 0 when full / empty. */
#define kfifo_put(fifo, val)                                  \
	({                                                    \
		typeof(*(fifo)->const_type) __kf_val = (val); \
		__kfifo_in(&(fifo)->kfifo, &__kf_val, 1);     \
	})
#define kfifo_get(fifo, val)                             \
	({                                               \
		typeof((fifo)->type_) __kf_to = (val);   \
		__kfifo_out(&(fifo)->kfifo, __kf_to, 1); \
	})
#define kfifo_peek(fifo, val)                                 \
	({                                                    \
		typeof((fifo)->type_) __kf_to = (val);        \
		__kfifo_out_peek(&(fifo)->kfifo, __kf_to, 1); \
	})
/* Up to n elements: how many. */
#define kfifo_in(fifo, buf, n) __kfifo_in(&(fifo)->kfifo, buf, n)
#define kfifo_out(fifo, buf, n) __kfifo_out(&(fifo)->kfifo, buf, n)
#define kfifo_out_peek(fifo, buf, n) __kfifo_out_peek(&(fifo)->kfifo, buf, n)
#define kfifo_in_spinlocked(fifo, buf, n, lock)           \
	({                                                \
		unsigned long __kf_flags;                 \
		unsigned int __kf_n;                      \
		spin_lock_irqsave(lock, __kf_flags);      \
		__kf_n = kfifo_in(fifo, buf, n);          \
		spin_unlock_irqrestore(lock, __kf_flags); \
		__kf_n;                                   \
	})
#define kfifo_out_spinlocked(fifo, buf, n, lock)          \
	({                                                \
		unsigned long __kf_flags;                 \
		unsigned int __kf_n;                      \
		spin_lock_irqsave(lock, __kf_flags);      \
		__kf_n = kfifo_out(fifo, buf, n);         \
		spin_unlock_irqrestore(lock, __kf_flags); \
		__kf_n;                                   \
	})
/* User memory, len bytes: 0 or -EFAULT; *copied: bytes. */
#define kfifo_from_user(fifo, from, len, copied) \
	__kfifo_from_user(&(fifo)->kfifo, from, len, copied)
#define kfifo_to_user(fifo, to, len, copied) __kfifo_to_user(&(fifo)->kfifo, to, len, copied)

#endif
