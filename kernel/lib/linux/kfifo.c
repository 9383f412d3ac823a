/*
 * Ring buffers. in and out count elements ever put in and taken out, modulo 2^32; their difference
 * is the fill level. The writer changes only in, after the data is there; the reader changes only
 * out, after he has it.
 */
#include <linux/export.h>
#include <linux/kfifo.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp)
{
	*fifo = (struct __kfifo){ .esize = esize };
	if (!size || size > 1U << 30)
		return -EINVAL;
	size = roundup_pow_of_two(size);
	fifo->data = kmalloc_array(size, esize, gfp);
	if (!fifo->data)
		return -ENOMEM;
	fifo->mask = size - 1;
	return 0;
}
EXPORT_SYMBOL(__kfifo_alloc);

int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int size, size_t esize)
{
	size /= esize;
	*fifo = (struct __kfifo){ .esize = esize, .data = buffer };
	if (size < 2)
		return -EINVAL;
	fifo->mask = rounddown_pow_of_two(size) - 1;
	return 0;
}
EXPORT_SYMBOL(__kfifo_init);

void __kfifo_free(struct __kfifo *fifo)
{
	kfree(fifo->data);
	*fifo = (struct __kfifo){ .esize = fifo->esize };
}
EXPORT_SYMBOL(__kfifo_free);

/* Elements from position `at` to the end of the storage, at most n; the rest begins at 0. */
static unsigned int first_part(const struct __kfifo *fifo, unsigned int at, unsigned int n)
{
	return min(n, fifo->mask + 1 - (at & fifo->mask));
}

static void *place(const struct __kfifo *fifo, unsigned int at)
{
	return (char *)fifo->data + (at & fifo->mask) * fifo->esize;
}

unsigned int __kfifo_in(struct __kfifo *fifo, const void *buf, unsigned int n)
{
	unsigned int first;

	n = fifo->data ? min(n, fifo->mask + 1 - (fifo->in - fifo->out)) : 0;
	first = first_part(fifo, fifo->in, n);
	memcpy(place(fifo, fifo->in), buf, first * fifo->esize);
	memcpy(fifo->data, (const char *)buf + first * fifo->esize, (n - first) * fifo->esize);
	barrier();
	fifo->in += n;
	return n;
}
EXPORT_SYMBOL(__kfifo_in);

unsigned int __kfifo_out_peek(struct __kfifo *fifo, void *buf, unsigned int n)
{
	unsigned int first;

	n = min(n, fifo->in - fifo->out);
	barrier();
	first = first_part(fifo, fifo->out, n);
	memcpy(buf, place(fifo, fifo->out), first * fifo->esize);
	memcpy((char *)buf + first * fifo->esize, fifo->data, (n - first) * fifo->esize);
	return n;
}
EXPORT_SYMBOL(__kfifo_out_peek);

unsigned int __kfifo_out(struct __kfifo *fifo, void *buf, unsigned int n)
{
	n = __kfifo_out_peek(fifo, buf, n);
	barrier();
	fifo->out += n;
	return n;
}
EXPORT_SYMBOL(__kfifo_out);

int __kfifo_from_user(struct __kfifo *fifo, const void __user *from, unsigned long len,
		      unsigned int *copied)
{
	unsigned int n = min_t(unsigned long, len / fifo->esize,
			       fifo->mask + 1 - (fifo->in - fifo->out));
	unsigned int first = first_part(fifo, fifo->in, n);

	*copied = 0;
	if (copy_from_user(place(fifo, fifo->in), from, first * fifo->esize) ||
	    copy_from_user(fifo->data, from + first * fifo->esize, (n - first) * fifo->esize))
		return -EFAULT;
	barrier();
	fifo->in += n;
	*copied = n * fifo->esize;
	return 0;
}
EXPORT_SYMBOL(__kfifo_from_user);

int __kfifo_to_user(struct __kfifo *fifo, void __user *to, unsigned long len, unsigned int *copied)
{
	unsigned int n = min_t(unsigned long, len / fifo->esize, fifo->in - fifo->out);
	unsigned int first = first_part(fifo, fifo->out, n);

	*copied = 0;
	if (copy_to_user(to, place(fifo, fifo->out), first * fifo->esize) ||
	    copy_to_user(to + first * fifo->esize, fifo->data, (n - first) * fifo->esize))
		return -EFAULT;
	barrier();
	fifo->out += n;
	*copied = n * fifo->esize;
	return 0;
}
EXPORT_SYMBOL(__kfifo_to_user);
