/*
 * Pipes and FIFOs: a ring of pages between writers and readers.
 *
 * 1. A slot of the ring holds one page and the bytes in it not yet read. head counts slots filled, tail slots emptied;
 *    both run on for ever and are masked. A write first fills up the page of the last slot, then takes new ones.
 *    A write of up to PIPE_BUF bytes takes at most one new slot, so it is never mixed with others.
 * 2. pipe->mutex is held while the ring is looked at or changed, not while sleeping for data or room.
 * 3. Readers see end of file when there is no writer; writers get SIGPIPE when there is no reader. Opening a FIFO
 *    waits for the other side; r_counter and w_counter tell a waiter that somebody came, even if he is gone again.
 */
#include "vfs/vfs.h"
#include <linux/log2.h>
#include <linux/magic.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/pipe_fs_i.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/uio.h>
#include <asm/ioctls.h>

#define PIPE_MAX_BUFFERS 256

static struct vfsmount *pipe_mount;

static unsigned int occupancy(const struct pipe_inode_info *pipe)
{
	return pipe->head - pipe->tail;
}

static bool is_full(const struct pipe_inode_info *pipe)
{
	return occupancy(pipe) >= pipe->max_usage;
}

static struct pipe_buffer *slot(struct pipe_inode_info *pipe, unsigned int n)
{
	return &pipe->bufs[n & (pipe->ring_size - 1)];
}

struct pipe_inode_info *alloc_pipe_info(void)
{
	struct pipe_inode_info *pipe = kzalloc(sizeof(*pipe), GFP_KERNEL);

	if (!pipe)
		return NULL;
	pipe->bufs = kcalloc(PIPE_DEF_BUFFERS, sizeof(*pipe->bufs), GFP_KERNEL);
	if (!pipe->bufs) {
		kfree(pipe);
		return NULL;
	}
	mutex_init(&pipe->mutex);
	init_waitqueue_head(&pipe->rd_wait);
	init_waitqueue_head(&pipe->wr_wait);
	pipe->ring_size = pipe->max_usage = PIPE_DEF_BUFFERS;
	pipe->r_counter = pipe->w_counter = 1;
	return pipe;
}

void free_pipe_info(struct pipe_inode_info *pipe)
{
	while (occupancy(pipe))
		put_page(slot(pipe, pipe->tail++)->page);
	if (pipe->tmp_page)
		put_page(pipe->tmp_page);
	kfree(pipe->bufs);
	kfree(pipe);
}

/* An empty page goes to the one kept for the next write. */
static void page_done(struct pipe_inode_info *pipe, struct page *page)
{
	if (!pipe->tmp_page)
		pipe->tmp_page = page;
	else
		put_page(page);
}

static void wake_readers(struct pipe_inode_info *pipe)
{
	wake_up_interruptible_sync_poll(&pipe->rd_wait, EPOLLIN | EPOLLRDNORM);
	kill_fasync(&pipe->fasync_readers, SIGIO, POLL_IN);
}

static void wake_writers(struct pipe_inode_info *pipe)
{
	wake_up_interruptible_sync_poll(&pipe->wr_wait, EPOLLOUT | EPOLLWRNORM);
	kill_fasync(&pipe->fasync_writers, SIGIO, POLL_OUT);
}

/* Moves what is there to the reader; the mutex is held. Bytes, or -EFAULT if none. */
static ssize_t drain(struct pipe_inode_info *pipe, struct iov_iter *to)
{
	ssize_t done = 0;

	while (iov_iter_count(to) && occupancy(pipe)) {
		struct pipe_buffer *buf = slot(pipe, pipe->tail);
		size_t n = min_t(size_t, buf->len, iov_iter_count(to));
		size_t copied = copy_page_to_iter(buf->page, buf->offset, n, to);

		buf->offset += copied;
		buf->len -= copied;
		done += copied;
		if (!buf->len) {
			page_done(pipe, buf->page);
			buf->page = NULL;
			pipe->tail++;
		}
		if (copied < n)
			return done ? done : -EFAULT;
	}
	return done;
}

static ssize_t pipe_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct file *file = iocb->ki_filp;
	struct pipe_inode_info *pipe = file->private_data;
	bool was_full, nonblock = file->f_flags & O_NONBLOCK;
	ssize_t done;

	if (!iov_iter_count(to))
		return 0;
	mutex_lock(&pipe->mutex);
	for (;;) {
		was_full = is_full(pipe);
		done = drain(pipe, to);
		if (done || !pipe->writers)
			break;
		if (nonblock) {
			done = -EAGAIN;
			break;
		}
		mutex_unlock(&pipe->mutex);
		if (wait_event_interruptible_exclusive(pipe->rd_wait,
						       occupancy(pipe) || !pipe->writers))
			return -ERESTARTSYS;
		mutex_lock(&pipe->mutex);
	}
	mutex_unlock(&pipe->mutex);
	if (done > 0) {
		if (was_full || waitqueue_active(&pipe->wr_wait))
			wake_writers(pipe);
		if (occupancy(pipe) && waitqueue_active(&pipe->rd_wait))
			wake_readers(pipe); /* more for another exclusive waiter */
		file_accessed(file);
	}
	return done;
}

/* Bytes go behind those of the last slot if its page has room for all of them. */
static ssize_t append_to_last(struct pipe_inode_info *pipe, struct iov_iter *from)
{
	struct pipe_buffer *buf;
	size_t n = iov_iter_count(from) & ~PAGE_MASK, copied;

	if (!n || !occupancy(pipe))
		return 0;
	buf = slot(pipe, pipe->head - 1);
	if (buf->offset + buf->len + n > PAGE_SIZE)
		return 0;
	copied = copy_page_from_iter(buf->page, buf->offset + buf->len, n, from);
	if (copied < n)
		return -EFAULT;
	buf->len += copied;
	return copied;
}

/* One more page; the mutex is held and there is a free slot. */
static ssize_t append_page(struct pipe_inode_info *pipe, struct iov_iter *from)
{
	struct page *page = pipe->tmp_page ? pipe->tmp_page : alloc_page(GFP_HIGHUSER);
	struct pipe_buffer *buf;
	size_t copied;

	pipe->tmp_page = NULL;
	if (!page)
		return -ENOMEM;
	copied = copy_page_from_iter(page, 0, PAGE_SIZE, from);
	if (!copied) {
		page_done(pipe, page);
		return -EFAULT;
	}
	buf = slot(pipe, pipe->head++);
	buf->page = page;
	buf->offset = 0;
	buf->len = copied;
	return copied;
}

static ssize_t pipe_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct file *file = iocb->ki_filp;
	struct pipe_inode_info *pipe = file->private_data;
	ssize_t total = 0, done;
	bool was_empty;

	if (!iov_iter_count(from))
		return 0;
	mutex_lock(&pipe->mutex);
	was_empty = !occupancy(pipe);
	done = pipe->readers ? append_to_last(pipe, from) : 0;
	if (done > 0)
		total = done;
	while (done >= 0 && (iov_iter_count(from) || !total)) {
		if (!pipe->readers) {
			send_sig(SIGPIPE, current, 0);
			done = -EPIPE;
			break;
		}
		if (!is_full(pipe)) {
			done = append_page(pipe, from);
			if (done > 0)
				total += done;
			continue;
		}
		done = -EAGAIN;
		if (file->f_flags & O_NONBLOCK)
			break;
		mutex_unlock(&pipe->mutex);
		if (was_empty)
			wake_readers(pipe);
		done = wait_event_interruptible_exclusive(pipe->wr_wait,
							  !is_full(pipe) || !pipe->readers);
		mutex_lock(&pipe->mutex);
		was_empty = !occupancy(pipe);
	}
	mutex_unlock(&pipe->mutex);
	if (was_empty || waitqueue_active(&pipe->rd_wait))
		wake_readers(pipe);
	if (!is_full(pipe) && waitqueue_active(&pipe->wr_wait))
		wake_writers(pipe);
	if (total > 0)
		file_update_time(file);
	return total ? total : done;
}

static __poll_t pipe_poll(struct file *file, poll_table *wait)
{
	struct pipe_inode_info *pipe = file->private_data;
	__poll_t mask = 0;

	if (file->f_mode & FMODE_READ)
		poll_wait(file, &pipe->rd_wait, wait);
	if (file->f_mode & FMODE_WRITE)
		poll_wait(file, &pipe->wr_wait, wait);
	if (file->f_mode & FMODE_READ) {
		if (occupancy(pipe))
			mask |= EPOLLIN | EPOLLRDNORM;
		if (!pipe->writers && file->f_version != pipe->w_counter)
			mask |= EPOLLHUP;
	}
	if (file->f_mode & FMODE_WRITE) {
		if (!is_full(pipe))
			mask |= EPOLLOUT | EPOLLWRNORM;
		if (!pipe->readers)
			mask |= EPOLLERR;
	}
	return mask;
}

static long pipe_set_size(struct pipe_inode_info *pipe, unsigned long bytes)
{
	unsigned int slots = roundup_pow_of_two(max(1UL, DIV_ROUND_UP(bytes, PAGE_SIZE))), n, i;
	struct pipe_buffer *bufs;

	if (bytes > (unsigned long)PIPE_MAX_BUFFERS * PAGE_SIZE)
		return -EPERM;
	n = occupancy(pipe);
	if (n > slots)
		return -EBUSY;
	bufs = kcalloc(slots, sizeof(*bufs), GFP_KERNEL);
	if (!bufs)
		return -ENOMEM;
	for (i = 0; i < n; i++)
		bufs[i] = *slot(pipe, pipe->tail + i);
	kfree(pipe->bufs);
	pipe->bufs = bufs;
	pipe->tail = 0;
	pipe->head = n;
	pipe->ring_size = pipe->max_usage = slots;
	return slots * PAGE_SIZE;
}

/* F_GETPIPE_SZ and F_SETPIPE_SZ. */
long pipe_fcntl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct pipe_inode_info *pipe = file->private_data;
	long result;

	if (file->f_op != &pipefifo_fops)
		return -EBADF;
	mutex_lock(&pipe->mutex);
	result = cmd == F_SETPIPE_SZ ? pipe_set_size(pipe, arg)
				     : (long)(pipe->max_usage * PAGE_SIZE);
	mutex_unlock(&pipe->mutex);
	wake_up_interruptible_all(&pipe->wr_wait);
	return result;
}

static long pipe_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct pipe_inode_info *pipe = file->private_data;
	unsigned int n;
	int count = 0;

	if (cmd != FIONREAD)
		return -ENOIOCTLCMD;
	mutex_lock(&pipe->mutex);
	for (n = pipe->tail; n != pipe->head; n++)
		count += slot(pipe, n)->len;
	mutex_unlock(&pipe->mutex);
	return put_user(count, (int __user *)arg);
}

static int pipe_fasync(int fd, struct file *file, int on)
{
	struct pipe_inode_info *pipe = file->private_data;
	int error = 0;

	mutex_lock(&pipe->mutex);
	if (file->f_mode & FMODE_READ)
		error = fasync_helper(fd, file, on, &pipe->fasync_readers);
	if (error >= 0 && (file->f_mode & FMODE_WRITE))
		error = fasync_helper(fd, file, on, &pipe->fasync_writers);
	mutex_unlock(&pipe->mutex);
	return error < 0 ? error : 0;
}

/* One user of the inode's pipe less. */
static void pipe_put(struct inode *inode, struct pipe_inode_info *pipe)
{
	bool last;

	spin_lock(&inode->i_lock);
	last = !--pipe->files;
	if (last)
		inode->i_pipe = NULL;
	spin_unlock(&inode->i_lock);
	if (last)
		free_pipe_info(pipe);
}

static int pipe_release(struct inode *inode, struct file *file)
{
	struct pipe_inode_info *pipe = file->private_data;

	mutex_lock(&pipe->mutex);
	if (file->f_mode & FMODE_READ)
		pipe->readers--;
	if (file->f_mode & FMODE_WRITE)
		pipe->writers--;
	if (!pipe->readers != !pipe->writers) {
		wake_up_interruptible_all(&pipe->rd_wait);
		wake_up_interruptible_all(&pipe->wr_wait);
		kill_fasync(&pipe->fasync_readers, SIGIO, POLL_IN);
		kill_fasync(&pipe->fasync_writers, SIGIO, POLL_OUT);
	}
	mutex_unlock(&pipe->mutex);
	pipe_put(inode, pipe);
	return 0;
}

/* The inode's pipe, one user more; made if need be. */
static struct pipe_inode_info *pipe_get(struct inode *inode)
{
	struct pipe_inode_info *pipe, *fresh = NULL;

	spin_lock(&inode->i_lock);
	if (!inode->i_pipe) {
		spin_unlock(&inode->i_lock);
		fresh = alloc_pipe_info();
		if (!fresh)
			return NULL;
		spin_lock(&inode->i_lock);
		if (!inode->i_pipe) {
			inode->i_pipe = fresh;
			fresh = NULL;
		}
	}
	pipe = inode->i_pipe;
	pipe->files++;
	spin_unlock(&inode->i_lock);
	if (fresh)
		free_pipe_info(fresh);
	return pipe;
}

/* Waits until the other side's counter has moved on; the mutex is held. */
static int wait_for_partner(struct pipe_inode_info *pipe, unsigned int *counter)
{
	unsigned int seen = *counter;
	int error;

	mutex_unlock(&pipe->mutex);
	error = wait_event_interruptible(pipe->rd_wait, *counter != seen);
	mutex_lock(&pipe->mutex);
	return error ? -ERESTARTSYS : 0;
}

static void wake_partner(struct pipe_inode_info *pipe)
{
	wake_up_interruptible_all(&pipe->rd_wait);
}

static int open_for_reading(struct pipe_inode_info *pipe, struct file *file, bool is_pipe)
{
	int error = 0;

	pipe->r_counter++;
	if (pipe->readers++ == 0)
		wake_partner(pipe);
	if (is_pipe || pipe->writers)
		return 0;
	if (file->f_flags & O_NONBLOCK) {
		file->f_version = pipe->w_counter; /* no hang-up before there was a writer */
		return 0;
	}
	error = wait_for_partner(pipe, &pipe->w_counter);
	if (error && !--pipe->readers)
		wake_up_interruptible_all(&pipe->wr_wait);
	return error;
}

static int open_for_writing(struct pipe_inode_info *pipe, struct file *file, bool is_pipe)
{
	int error = 0;

	if (!is_pipe && (file->f_flags & O_NONBLOCK) && !pipe->readers)
		return -ENXIO;
	pipe->w_counter++;
	if (!pipe->writers++)
		wake_partner(pipe);
	if (is_pipe || pipe->readers)
		return 0;
	error = wait_for_partner(pipe, &pipe->r_counter);
	if (error && !--pipe->writers)
		wake_up_interruptible_all(&pipe->rd_wait);
	return error;
}

static int fifo_open(struct inode *inode, struct file *file)
{
	bool is_pipe = inode->i_sb->s_magic == PIPEFS_MAGIC;
	struct pipe_inode_info *pipe = pipe_get(inode);
	int error;

	if (!pipe)
		return -ENOMEM;
	file->f_version = 0;
	file->private_data = pipe;
	stream_open(inode, file);
	mutex_lock(&pipe->mutex);
	switch (file->f_mode & (FMODE_READ | FMODE_WRITE)) {
	case FMODE_READ:
		error = open_for_reading(pipe, file, is_pipe);
		break;
	case FMODE_WRITE:
		error = open_for_writing(pipe, file, is_pipe);
		break;
	case FMODE_READ | FMODE_WRITE: /* both sides at once: never waits */
		pipe->readers++;
		pipe->writers++;
		pipe->r_counter++;
		pipe->w_counter++;
		wake_partner(pipe);
		error = 0;
		break;
	default:
		error = -EINVAL;
	}
	mutex_unlock(&pipe->mutex);
	if (error)
		pipe_put(inode, pipe);
	return error;
}

const struct file_operations pipefifo_fops = {
	.open = fifo_open,
	.release = pipe_release,
	.llseek = no_llseek,
	.read_iter = pipe_read,
	.write_iter = pipe_write,
	.poll = pipe_poll,
	.unlocked_ioctl = pipe_ioctl,
	.fasync = pipe_fasync,
};
EXPORT_SYMBOL(pipefifo_fops);

/* Pipes: inodes of a file system that is in no tree. */

static char *pipe_dname(struct dentry *dentry, char *buffer, int buflen)
{
	return dynamic_dname(dentry, buffer, buflen, "pipe:[%lu]", d_inode(dentry)->i_ino);
}

static const struct dentry_operations pipe_dentry_ops = { .d_dname = pipe_dname };

static struct inode *pipe_inode(void)
{
	struct inode *inode = new_inode_pseudo(pipe_mount->mnt_sb);
	struct pipe_inode_info *pipe;

	if (!inode)
		return NULL;
	pipe = alloc_pipe_info();
	if (!pipe) {
		iput(inode);
		return NULL;
	}
	inode->i_ino = get_next_ino();
	inode->i_pipe = pipe;
	pipe->files = 2;
	pipe->readers = pipe->writers = 1;
	inode->i_fop = &pipefifo_fops;
	inode->i_mode = S_IFIFO | S_IRUSR | S_IWUSR;
	inode->i_uid = current_fsuid();
	inode->i_gid = current_fsgid();
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	return inode;
}

int create_pipe_files(struct file **files, int flags)
{
	struct inode *inode = pipe_inode();
	struct file *file;

	if (!inode)
		return -ENFILE;
	file = alloc_file_pseudo(inode, pipe_mount, "",
				 O_WRONLY | (flags & (O_NONBLOCK | O_DIRECT)), &pipefifo_fops);
	if (IS_ERR(file)) {
		free_pipe_info(inode->i_pipe);
		iput(inode);
		return PTR_ERR(file);
	}
	file->private_data = inode->i_pipe;
	files[0] = alloc_file_clone(file, O_RDONLY | (flags & O_NONBLOCK), &pipefifo_fops);
	if (IS_ERR(files[0])) {
		pipe_put(inode, inode->i_pipe);
		fput(file);
		return PTR_ERR(files[0]);
	}
	files[0]->private_data = inode->i_pipe;
	stream_open(inode, files[0]);
	stream_open(inode, file);
	files[1] = file;
	return 0;
}

/* Two descriptors, not yet installed: *files are, on success, to be installed by the caller. */
static int pipe_descriptors(int *fd, struct file **files, int flags)
{
	int error;

	if (flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT))
		return -EINVAL;
	error = create_pipe_files(files, flags);
	if (error)
		return error;
	fd[0] = get_unused_fd_flags(flags);
	error = fd[0];
	if (error < 0)
		goto put_files;
	fd[1] = get_unused_fd_flags(flags);
	error = fd[1];
	if (error < 0)
		goto put_fd;
	return 0;
put_fd:
	put_unused_fd(fd[0]);
put_files:
	fput(files[0]);
	fput(files[1]);
	return error;
}

int do_pipe_flags(int *fd, int flags)
{
	struct file *files[2];
	int error = pipe_descriptors(fd, files, flags);

	if (!error) {
		fd_install(fd[0], files[0]);
		fd_install(fd[1], files[1]);
	}
	return error;
}

/* pipe2(2). */
int do_pipe2(int __user *fildes, int flags)
{
	struct file *files[2];
	int fd[2], error = pipe_descriptors(fd, files, flags);

	if (error)
		return error;
	if (copy_to_user(fildes, fd, sizeof(fd))) {
		fput(files[0]);
		fput(files[1]);
		put_unused_fd(fd[0]);
		put_unused_fd(fd[1]);
		return -EFAULT;
	}
	fd_install(fd[0], files[0]);
	fd_install(fd[1], files[1]);
	return 0;
}

static struct dentry *pipefs_mount(struct file_system_type *type, int flags, const char *dev,
				   void *data)
{
	return mount_pseudo(type, "pipe:", NULL, &pipe_dentry_ops, PIPEFS_MAGIC);
}

static struct file_system_type pipe_fs_type = {
	.name = "pipefs",
	.mount = pipefs_mount,
	.kill_sb = kill_anon_super,
};

void pipe_init(void)
{
	register_filesystem(&pipe_fs_type);
	pipe_mount = kern_mount(&pipe_fs_type);
	if (IS_ERR(pipe_mount))
		panic("vfs: pipefs: cannot be mounted");
}
