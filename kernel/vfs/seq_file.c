/*
 * Files whose text is made when it is read. Elements are printed into a buffer that grows until one fits; a read hands
 * out what is there and remembers the element to go on with. m->lock serialises readers of one open file. Any position
 * can be sought to: the text is made again from the beginning and thrown away up to there.
 */
#include "vfs/vfs.h"
#include <linux/ctype.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/uio.h>

static void seq_set_overflow(struct seq_file *m)
{
	m->count = m->size;
}

int seq_open(struct file *file, const struct seq_operations *op)
{
	struct seq_file *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	mutex_init(&m->lock);
	m->op = op;
	m->file = file;
	file->private_data = m;
	file->f_mode &= ~FMODE_PWRITE;
	return 0;
}
EXPORT_SYMBOL(seq_open);

static int buf_grow(struct seq_file *m)
{
	size_t size = m->size ? m->size * 2 : PAGE_SIZE;

	kvfree(m->buf);
	m->count = m->from = 0;
	m->buf = kvmalloc(size, GFP_KERNEL);
	m->size = m->buf ? size : 0;
	return m->buf ? 0 : -ENOMEM;
}

/* Moves to offset by making the text again. */
static int traverse(struct seq_file *m, loff_t offset)
{
	loff_t pos = 0;
	int error = 0;
	void *p;

	m->index = 0;
	m->count = m->from = 0;
	if (!offset)
		return 0;
	if (!m->buf && buf_grow(m))
		return -ENOMEM;
	p = m->op->start(m, &m->index);
	while (p) {
		error = PTR_ERR(p);
		if (IS_ERR(p))
			break;
		error = m->op->show(m, p);
		if (error < 0)
			break;
		if (error) {
			error = 0;
			m->count = 0;
		}
		if (seq_has_overflowed(m)) {
			m->op->stop(m, p);
			return buf_grow(m) ? -ENOMEM : -EAGAIN;
		}
		p = m->op->next(m, p, &m->index);
		if (pos + m->count > offset) {
			m->from = offset - pos;
			m->count -= m->from;
			break;
		}
		pos += m->count;
		m->count = 0;
		if (pos == offset)
			break;
	}
	m->op->stop(m, p);
	return error;
}

static int seek_to(struct seq_file *m, loff_t pos)
{
	int error;

	while ((error = traverse(m, pos)) == -EAGAIN)
		;
	if (error) {
		m->read_pos = 0;
		m->index = 0;
		m->count = 0;
	} else {
		m->read_pos = pos;
	}
	return error;
}

/* Prints the first element that has text, growing the buffer as needed. 0: there is text, or the end (count 0). */
static int fill_first(struct seq_file *m)
{
	int error = 0;
	void *p;

	m->from = 0;
	p = m->op->start(m, &m->index);
	while (p) {
		error = PTR_ERR(p);
		if (IS_ERR(p))
			break;
		error = m->op->show(m, p);
		if (error < 0)
			break;
		if (error)
			m->count = 0;
		error = 0;
		if (!m->count) {
			p = m->op->next(m, p, &m->index);
			continue;
		}
		if (!seq_has_overflowed(m)) {
			/* As many more as fit. */
			for (p = m->op->next(m, p, &m->index); !IS_ERR_OR_NULL(p);
			     p = m->op->next(m, p, &m->index)) {
				size_t before = m->count;

				error = m->op->show(m, p);
				if (seq_has_overflowed(m) || error) {
					m->count = before;
					if (error <= 0)
						break;
				}
			}
			error = 0;
			break;
		}
		m->op->stop(m, p);
		if (buf_grow(m))
			return -ENOMEM;
		p = m->op->start(m, &m->index);
	}
	m->op->stop(m, p);
	return error;
}

ssize_t seq_read_iter(struct kiocb *iocb, struct iov_iter *iter)
{
	struct seq_file *m = iocb->ki_filp->private_data;
	ssize_t done = 0;
	int error = 0;

	if (!iov_iter_count(iter))
		return 0;
	mutex_lock(&m->lock);
	if (iocb->ki_pos != m->read_pos || !iocb->ki_pos) {
		if (!iocb->ki_pos) {
			m->index = 0;
			m->count = 0;
			m->read_pos = 0;
		} else {
			error = seek_to(m, iocb->ki_pos);
			if (error)
				goto out;
		}
	}
	if (!m->buf && buf_grow(m)) {
		error = -ENOMEM;
		goto out;
	}
	while (iov_iter_count(iter)) {
		size_t n, copied;

		if (!m->count) {
			error = fill_first(m);
			if (error || !m->count)
				break;
		}
		n = min(m->count, iov_iter_count(iter));
		copied = copy_to_iter(m->buf + m->from, n, iter);
		m->count -= copied;
		m->from += copied;
		done += copied;
		if (copied != n) {
			error = -EFAULT;
			break;
		}
	}
	iocb->ki_pos += done;
	m->read_pos = iocb->ki_pos;
out:
	mutex_unlock(&m->lock);
	return done ? done : error;
}
EXPORT_SYMBOL(seq_read_iter);

ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	struct iovec iov = { .iov_base = buf, .iov_len = size };
	struct kiocb kiocb;
	struct iov_iter iter;
	ssize_t done;

	init_sync_kiocb(&kiocb, file);
	iov_iter_init(&iter, READ, &iov, 1, size);
	kiocb.ki_pos = *pos;
	done = seq_read_iter(&kiocb, &iter);
	*pos = kiocb.ki_pos;
	return done;
}
EXPORT_SYMBOL(seq_read);

loff_t seq_lseek(struct file *file, loff_t offset, int whence)
{
	struct seq_file *m = file->private_data;
	loff_t result = -EINVAL;

	mutex_lock(&m->lock);
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	if ((whence == SEEK_SET || whence == SEEK_CUR) && offset >= 0) {
		result = offset;
		if (offset != m->read_pos) {
			int error = seek_to(m, offset);

			file->f_pos = error ? 0 : offset;
			if (error)
				result = error;
		} else {
			file->f_pos = offset;
		}
	}
	mutex_unlock(&m->lock);
	return result;
}
EXPORT_SYMBOL(seq_lseek);

int seq_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	kvfree(m->buf);
	kfree(m);
	return 0;
}
EXPORT_SYMBOL(seq_release);

int seq_release_private(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	kfree(m->private);
	m->private = NULL;
	return seq_release(inode, file);
}
EXPORT_SYMBOL(seq_release_private);

void *__seq_open_private(struct file *file, const struct seq_operations *op, int psize)
{
	void *private = kzalloc(psize, GFP_KERNEL);

	if (!private)
		return NULL;
	if (seq_open(file, op)) {
		kfree(private);
		return NULL;
	}
	((struct seq_file *)file->private_data)->private = private;
	return private;
}
EXPORT_SYMBOL(__seq_open_private);

int seq_open_private(struct file *file, const struct seq_operations *op, int psize)
{
	return __seq_open_private(file, op, psize) ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(seq_open_private);

/* A sequence of one element. */

static void *single_start(struct seq_file *m, loff_t *pos)
{
	return *pos ? NULL : SEQ_START_TOKEN;
}

static void *single_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return NULL;
}

static void single_stop(struct seq_file *m, void *v)
{
}

int single_open(struct file *file, int (*show)(struct seq_file *, void *), void *data)
{
	struct seq_operations *op = kmalloc(sizeof(*op), GFP_KERNEL);
	int error;

	if (!op)
		return -ENOMEM;
	op->start = single_start;
	op->next = single_next;
	op->stop = single_stop;
	op->show = show;
	error = seq_open(file, op);
	if (error)
		kfree(op);
	else
		((struct seq_file *)file->private_data)->private = data;
	return error;
}
EXPORT_SYMBOL(single_open);

int single_open_size(struct file *file, int (*show)(struct seq_file *, void *), void *data,
		     size_t size)
{
	char *buf = kvmalloc(size, GFP_KERNEL);
	struct seq_file *m;
	int error;

	if (!buf)
		return -ENOMEM;
	error = single_open(file, show, data);
	if (error) {
		kvfree(buf);
		return error;
	}
	m = file->private_data;
	m->buf = buf;
	m->size = size;
	return 0;
}
EXPORT_SYMBOL(single_open_size);

int single_release(struct inode *inode, struct file *file)
{
	const struct seq_operations *op = ((struct seq_file *)file->private_data)->op;
	int result = seq_release(inode, file);

	kfree(op);
	return result;
}
EXPORT_SYMBOL(single_release);

/* Printing. */

int seq_write(struct seq_file *m, const void *data, size_t len)
{
	if (m->count + len >= m->size) {
		seq_set_overflow(m);
		return -1;
	}
	memcpy(m->buf + m->count, data, len);
	m->count += len;
	return 0;
}
EXPORT_SYMBOL(seq_write);

void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)
{
	int len;

	if (m->count < m->size) {
		len = vsnprintf(m->buf + m->count, m->size - m->count, fmt, args);
		if (m->count + len < m->size) {
			m->count += len;
			return;
		}
	}
	seq_set_overflow(m);
}
EXPORT_SYMBOL(seq_vprintf);

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	seq_vprintf(m, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(seq_printf);

void seq_putc(struct seq_file *m, char c)
{
	if (m->count + 1 >= m->size)
		seq_set_overflow(m);
	else
		m->buf[m->count++] = c;
}
EXPORT_SYMBOL(seq_putc);

void seq_puts(struct seq_file *m, const char *s)
{
	seq_write(m, s, strlen(s));
}
EXPORT_SYMBOL(seq_puts);

void seq_pad(struct seq_file *m, char c)
{
	while (m->count < m->pad_until && !seq_has_overflowed(m))
		seq_putc(m, ' ');
	if (c)
		seq_putc(m, c);
}
EXPORT_SYMBOL(seq_pad);

void seq_put_decimal_ull_width(struct seq_file *m, const char *delimiter, unsigned long long num,
			       unsigned int width)
{
	seq_printf(m, "%s%*llu", delimiter ? delimiter : "", (int)width, num);
}
EXPORT_SYMBOL(seq_put_decimal_ull_width);

void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num)
{
	seq_printf(m, "%s%llu", delimiter ? delimiter : "", num);
}
EXPORT_SYMBOL(seq_put_decimal_ull);

void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num)
{
	seq_printf(m, "%s%lld", delimiter ? delimiter : "", num);
}
EXPORT_SYMBOL(seq_put_decimal_ll);

void seq_put_hex_ll(struct seq_file *m, const char *delimiter, unsigned long long v,
		    unsigned int width)
{
	seq_printf(m, "%s%0*llx", delimiter ? delimiter : "", (int)width, v);
}
EXPORT_SYMBOL(seq_put_hex_ll);

void seq_escape(struct seq_file *m, const char *s, const char *esc)
{
	for (; *s; s++) {
		if (strchr(esc, *s))
			seq_printf(m, "\\%03o", (unsigned char)*s);
		else
			seq_putc(m, *s);
	}
}
EXPORT_SYMBOL(seq_escape);

void seq_show_option(struct seq_file *m, const char *name, const char *value)
{
	seq_putc(m, ',');
	seq_escape(m, name, ",= \t\n\\");
	if (value) {
		seq_putc(m, '=');
		seq_escape(m, value, ", \t\n\\");
	}
}
EXPORT_SYMBOL(seq_show_option);

void seq_hex_dump(struct seq_file *m, const char *prefix, int prefix_type, int rowsize,
		  int groupsize, const void *buf, size_t len, bool ascii)
{
	const unsigned char *bytes = buf;
	size_t at, i;

	if (rowsize != 32)
		rowsize = 16;
	for (at = 0; at < len; at += rowsize) {
		size_t n = min_t(size_t, rowsize, len - at);

		if (prefix_type)
			seq_printf(m, "%s%.8zx: ", prefix, at);
		else
			seq_puts(m, prefix);
		for (i = 0; i < n; i++)
			seq_printf(m, "%02x%s", bytes[at + i], i + 1 < n ? " " : "");
		if (ascii) {
			seq_printf(m, "%*s", (int)(3 * (rowsize - n) + 2), "");
			for (i = 0; i < n; i++)
				seq_putc(m, isprint(bytes[at + i]) ? bytes[at + i] : '.');
		}
		seq_putc(m, '\n');
	}
}
EXPORT_SYMBOL(seq_hex_dump);

/* The path was built at the end of the free part of the buffer: move it to the front, escaping. */
char *mangle_path(char *s, const char *p, const char *esc)
{
	while (s <= p) {
		char c = *p++;

		if (!c)
			return s;
		if (!strchr(esc, c)) {
			*s++ = c;
		} else {
			if (s + 4 > p)
				break;
			*s++ = '\\';
			*s++ = '0' + ((c & 0300) >> 6);
			*s++ = '0' + ((c & 070) >> 3);
			*s++ = '0' + (c & 07);
		}
	}
	return NULL;
}
EXPORT_SYMBOL(mangle_path);

static int put_mangled(struct seq_file *m, char *path, char *buf, const char *esc)
{
	char *end;

	if (IS_ERR(path))
		goto overflow;
	end = mangle_path(buf, path, esc);
	if (!end)
		goto overflow;
	m->count += end - buf;
	return 0;
overflow:
	seq_set_overflow(m);
	return -1;
}

int seq_path(struct seq_file *m, const struct path *path, const char *esc)
{
	char *buf = m->buf + m->count;

	if (m->count >= m->size)
		return -1;
	return put_mangled(m, d_path(path, buf, m->size - m->count), buf, esc);
}
EXPORT_SYMBOL(seq_path);

int seq_file_path(struct seq_file *m, struct file *file, const char *esc)
{
	return seq_path(m, &file->f_path, esc);
}
EXPORT_SYMBOL(seq_file_path);

int seq_path_root(struct seq_file *m, const struct path *path, const struct path *root,
		  const char *esc)
{
	return seq_path(m, path, esc);
}

int seq_dentry(struct seq_file *m, struct dentry *dentry, const char *esc)
{
	char *buf = m->buf + m->count;

	if (m->count >= m->size)
		return -1;
	return put_mangled(m, dentry_path(dentry, buf, m->size - m->count), buf, esc);
}
EXPORT_SYMBOL(seq_dentry);

/* Lists. */

struct list_head *seq_list_start(struct list_head *head, loff_t pos)
{
	struct list_head *entry;

	list_for_each(entry, head)
		if (pos-- == 0)
			return entry;
	return NULL;
}
EXPORT_SYMBOL(seq_list_start);

struct list_head *seq_list_start_head(struct list_head *head, loff_t pos)
{
	return pos ? seq_list_start(head, pos - 1) : head;
}
EXPORT_SYMBOL(seq_list_start_head);

struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *pos)
{
	struct list_head *next = ((struct list_head *)v)->next;

	++*pos;
	return next == head ? NULL : next;
}
EXPORT_SYMBOL(seq_list_next);

struct hlist_node *seq_hlist_start(struct hlist_head *head, loff_t pos)
{
	struct hlist_node *node;

	hlist_for_each(node, head) if (pos-- == 0) return node;
	return NULL;
}
EXPORT_SYMBOL(seq_hlist_start);

struct hlist_node *seq_hlist_start_head(struct hlist_head *head, loff_t pos)
{
	return pos ? seq_hlist_start(head, pos - 1) : SEQ_START_TOKEN;
}
EXPORT_SYMBOL(seq_hlist_start_head);

struct hlist_node *seq_hlist_next(void *v, struct hlist_head *head, loff_t *pos)
{
	struct hlist_node *node = v;

	++*pos;
	return v == SEQ_START_TOKEN ? head->first : node->next;
}
EXPORT_SYMBOL(seq_hlist_next);
