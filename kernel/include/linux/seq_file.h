/*
 * Files whose text is made when read. Text of any length: start/next/stop walk a sequence and show prints one
 * element; single_open() is for those with one show. Source: Linux 5.10 seq_file.h.
 */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/types.h>
#include <linux/string.h>
#include <linux/bug.h>
#include <linux/mutex.h>
#include <linux/list.h>
#include <linux/fs.h>

struct seq_operations;
struct path;
struct vfsmount;

struct seq_file {
	char *buf;    /* text not yet handed out */
	size_t size;  /* of buf */
	size_t from;  /* first byte not yet handed out */
	size_t count; /* bytes in buf from `from`; == size: it did not fit */
	size_t pad_until;
	loff_t index;	 /* element the next read begins with */
	loff_t read_pos; /* file position that belongs to it */
	struct mutex lock;
	const struct seq_operations *op;
	int poll_event;
	const struct file *file;
	void *private; /* the opener's */
};

/* Process context; start…stop may hold a lock, also a spinlock. */
struct seq_operations {
	/* The element at *pos (or SEQ_START_TOKEN, a headline), NULL: the end, ERR_PTR. */
	void *(*start)(struct seq_file *m, loff_t *pos);
	void (*stop)(struct seq_file *m, void *v);
	/* The one after v; must advance *pos. */
	void *(*next)(struct seq_file *m, void *v, loff_t *pos);
	/* Print it: 0, SEQ_SKIP, or -errno. Called again with a larger buffer if it did not fit. */
	int (*show)(struct seq_file *m, void *v);
};

#define SEQ_SKIP 1
#define SEQ_START_TOKEN ((void *)1)

static inline bool seq_has_overflowed(struct seq_file *m)
{
	return m->count == m->size;
}

static inline void seq_setwidth(struct seq_file *m, size_t size)
{
	m->pad_until = m->count + size;
}

void seq_pad(struct seq_file *m, char c);
/* For file_operations. Return 0 or -errno as the calls do. */
int seq_open(struct file *file, const struct seq_operations *op);
ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *pos);
ssize_t seq_read_iter(struct kiocb *iocb, struct iov_iter *iter);
loff_t seq_lseek(struct file *file, loff_t offset, int whence);
int seq_release(struct inode *inode, struct file *file);
int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data);
int single_open_size(struct file *file, int (*show)(struct seq_file *m, void *v), void *data,
		     size_t size);
int single_release(struct inode *inode, struct file *file);
/* seq_open() with psize zeroed bytes at m->private, freed by seq_release_private(). */
void *__seq_open_private(struct file *file, const struct seq_operations *op, int psize);
int seq_open_private(struct file *file, const struct seq_operations *op, int psize);
int seq_release_private(struct inode *inode, struct file *file);

/* For show: print. Any context; what does not fit marks the buffer as overflowed. */
int seq_write(struct seq_file *m, const void *data, size_t len);
void seq_printf(struct seq_file *m, const char *fmt, ...) __printf(2, 3);
void seq_vprintf(struct seq_file *m, const char *fmt, va_list args) __printf(2, 0);
void seq_putc(struct seq_file *m, char c);
void seq_puts(struct seq_file *m, const char *s);
void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num);
void seq_put_decimal_ull_width(struct seq_file *m, const char *delimiter, unsigned long long num,
			       unsigned int width);
void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num);
void seq_put_hex_ll(struct seq_file *m, const char *delimiter, unsigned long long v,
		    unsigned int width);
void seq_escape(struct seq_file *m, const char *s, const char *esc);
void seq_hex_dump(struct seq_file *m, const char *prefix, int prefix_type, int rowsize,
		  int groupsize, const void *buf, size_t len, bool ascii);
/* A path, with the characters of esc as \ooo. */
int seq_path(struct seq_file *m, const struct path *path, const char *esc);
int seq_file_path(struct seq_file *m, struct file *file, const char *esc);
int seq_dentry(struct seq_file *m, struct dentry *dentry, const char *esc);
int seq_path_root(struct seq_file *m, const struct path *path, const struct path *root,
		  const char *esc);
char *mangle_path(char *s, const char *p, const char *esc);
void seq_show_option(struct seq_file *m, const char *name, const char *value);

/* Elements of lists. */
struct list_head *seq_list_start(struct list_head *head, loff_t pos);
struct list_head *seq_list_start_head(struct list_head *head, loff_t pos);
struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *pos);
struct hlist_node *seq_hlist_start(struct hlist_head *head, loff_t pos);
struct hlist_node *seq_hlist_start_head(struct hlist_head *head, loff_t pos);
struct hlist_node *seq_hlist_next(void *v, struct hlist_head *head, loff_t *pos);

#define DEFINE_SEQ_ATTRIBUTE(__name)                                                         \
	static int __name##_open(struct inode *inode, struct file *file)                     \
	{                                                                                    \
		int ret = seq_open(file, &__name##_sops);                                    \
		if (!ret && inode->i_private)                                                \
			((struct seq_file *)file->private_data)->private = inode->i_private; \
		return ret;                                                                  \
	}                                                                                    \
	static const struct file_operations __name##_fops = {                                \
		.owner = THIS_MODULE,                                                        \
		.open = __name##_open,                                                       \
		.read = seq_read,                                                            \
		.llseek = seq_lseek,                                                         \
		.release = seq_release,                                                      \
	}
#define DEFINE_SHOW_ATTRIBUTE(__name)                                      \
	static int __name##_open(struct inode *inode, struct file *file)   \
	{                                                                  \
		return single_open(file, __name##_show, inode->i_private); \
	}                                                                  \
	static const struct file_operations __name##_fops = {              \
		.owner = THIS_MODULE,                                      \
		.open = __name##_open,                                     \
		.read = seq_read,                                          \
		.llseek = seq_lseek,                                       \
		.release = single_release,                                 \
	}
#define DEFINE_PROC_SHOW_ATTRIBUTE(__name)                                \
	static int __name##_open(struct inode *inode, struct file *file)  \
	{                                                                 \
		return single_open(file, __name##_show, PDE_DATA(inode)); \
	}                                                                 \
	static const struct proc_ops __name##_proc_ops = {                \
		.proc_open = __name##_open,                               \
		.proc_read = seq_read,                                    \
		.proc_lseek = seq_lseek,                                  \
		.proc_release = single_release,                           \
	}

static inline struct user_namespace *seq_user_ns(struct seq_file *m)
{
	return &init_user_ns;
}

#endif
