/*
 * Reading, writing and seeking: from the system call's arguments to the file's own method, and the same for callers in
 * the kernel. A file has ->read or ->read_iter (and likewise for writing); whichever it has serves every call.
 */
#include "vfs/vfs.h"
#include <linux/uio.h>
#include <linux/vmalloc.h>

#define MAX_RW_COUNT (INT_MAX & PAGE_MASK)

void init_sync_kiocb(struct kiocb *kiocb, struct file *file)
{
	memset(kiocb, 0, sizeof(*kiocb));
	kiocb->ki_filp = file;
	if (file->f_flags & O_APPEND)
		kiocb->ki_flags |= IOCB_APPEND;
	if (file->f_flags & O_DIRECT)
		kiocb->ki_flags |= IOCB_DIRECT;
	if ((file->f_flags & O_DSYNC) || IS_SYNC(file->f_mapping->host))
		kiocb->ki_flags |= IOCB_DSYNC;
	if (file->f_flags & __O_SYNC)
		kiocb->ki_flags |= IOCB_SYNC;
}
EXPORT_SYMBOL(init_sync_kiocb);

int rw_verify_area(int read_write, struct file *file, const loff_t *pos, size_t count)
{
	if ((ssize_t)count < 0)
		return -EINVAL;
	if (pos && (*pos < 0 || (loff_t)count > OFFSET_MAX - *pos))
		return -EINVAL;
	return 0;
}

static ssize_t iter_read(struct file *file, struct iov_iter *iter, loff_t *pos)
{
	struct kiocb kiocb;
	ssize_t done;

	init_sync_kiocb(&kiocb, file);
	kiocb.ki_pos = pos ? *pos : 0;
	done = file->f_op->read_iter(&kiocb, iter);
	if (pos)
		*pos = kiocb.ki_pos;
	return done;
}

static ssize_t iter_write(struct file *file, struct iov_iter *iter, loff_t *pos)
{
	struct kiocb kiocb;
	ssize_t done;

	init_sync_kiocb(&kiocb, file);
	kiocb.ki_pos = pos ? *pos : 0;
	done = file->f_op->write_iter(&kiocb, iter);
	if (done > 0 && pos)
		*pos = kiocb.ki_pos;
	return done;
}

ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct iovec iov = { .iov_base = buf, .iov_len = count };
	struct iov_iter iter;
	int error;

	if (!(file->f_mode & FMODE_READ))
		return -EBADF;
	if (!(file->f_mode & FMODE_CAN_READ))
		return -EINVAL;
	if (unlikely(!access_ok(buf, count)))
		return -EFAULT;
	error = rw_verify_area(READ, file, pos, count);
	if (error)
		return error;
	count = min_t(size_t, count, MAX_RW_COUNT);
	if (file->f_op->read)
		return file->f_op->read(file, buf, count, pos);
	iov_iter_init(&iter, READ, &iov, 1, count);
	return iter_read(file, &iter, pos);
}
EXPORT_SYMBOL(vfs_read);

ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct iovec iov = { .iov_base = (void __user *)buf, .iov_len = count };
	struct iov_iter iter;
	int error;

	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if (!(file->f_mode & FMODE_CAN_WRITE))
		return -EINVAL;
	if (unlikely(!access_ok(buf, count)))
		return -EFAULT;
	error = rw_verify_area(WRITE, file, pos, count);
	if (error)
		return error;
	count = min_t(size_t, count, MAX_RW_COUNT);
	if (file->f_op->write)
		return file->f_op->write(file, buf, count, pos);
	iov_iter_init(&iter, WRITE, &iov, 1, count);
	return iter_write(file, &iter, pos);
}
EXPORT_SYMBOL(vfs_write);

/*
 * Vectors. A file that has only ->read is asked segment by segment; the segments must be user memory then.
 */

static ssize_t each_segment(struct file *file, struct iov_iter *iter, loff_t *pos, bool write)
{
	ssize_t total = 0, done;

	if (!iter_is_iovec(iter))
		return -EINVAL;
	while (iov_iter_count(iter)) {
		char __user *base = (char __user *)iter->iov->iov_base + iter->iov_offset;
		size_t len = iov_iter_single_seg_count(iter);

		done = write ? file->f_op->write(file, base, len, pos)
			     : file->f_op->read(file, base, len, pos);
		if (done < 0)
			return total ? total : done;
		total += done;
		iov_iter_advance(iter, done);
		if ((size_t)done != len)
			break;
	}
	return total;
}

ssize_t vfs_iter_read(struct file *file, struct iov_iter *iter, loff_t *pos, int flags)
{
	int error;

	if (!(file->f_mode & FMODE_READ))
		return -EBADF;
	if (!(file->f_mode & FMODE_CAN_READ))
		return -EINVAL;
	if (!iov_iter_count(iter))
		return 0;
	error = rw_verify_area(READ, file, pos, iov_iter_count(iter));
	if (error)
		return error;
	if (file->f_op->read_iter)
		return iter_read(file, iter, pos);
	return each_segment(file, iter, pos, false);
}
EXPORT_SYMBOL(vfs_iter_read);

ssize_t vfs_iter_write(struct file *file, struct iov_iter *iter, loff_t *pos, int flags)
{
	int error;

	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if (!(file->f_mode & FMODE_CAN_WRITE))
		return -EINVAL;
	if (!iov_iter_count(iter))
		return 0;
	error = rw_verify_area(WRITE, file, pos, iov_iter_count(iter));
	if (error)
		return error;
	if (file->f_op->write_iter)
		return iter_write(file, iter, pos);
	return each_segment(file, iter, pos, true);
}
EXPORT_SYMBOL(vfs_iter_write);

/* For the kernel. A file with ->read only copies to user memory and cannot be read from inside (-EINVAL). */

ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos)
{
	struct kvec kvec = { .iov_base = buf };
	struct iov_iter iter;

	kvec.iov_len = min_t(size_t, count, MAX_RW_COUNT);
	iov_iter_kvec(&iter, READ, &kvec, 1, kvec.iov_len);
	return vfs_iter_read(file, &iter, pos, 0);
}
EXPORT_SYMBOL(kernel_read);

ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos)
{
	struct kvec kvec = { .iov_base = (void *)buf };
	struct iov_iter iter;

	kvec.iov_len = min_t(size_t, count, MAX_RW_COUNT);
	iov_iter_kvec(&iter, WRITE, &kvec, 1, kvec.iov_len);
	return vfs_iter_write(file, &iter, pos, 0);
}
EXPORT_SYMBOL(kernel_write);

/* A whole file in vmalloc memory. *buf NULL: allocated here, vfree() it. */
int kernel_read_file(struct file *file, loff_t offset, void **buf, size_t max, size_t *file_size,
		     enum kernel_read_file_id id)
{
	loff_t size, pos = offset;
	void *own = NULL;
	size_t want, done = 0;
	ssize_t n = 0;

	if (!S_ISREG(file_inode(file)->i_mode))
		return -EINVAL;
	n = deny_write_access(file);
	if (n)
		return n;
	size = i_size_read(file_inode(file));
	n = -EINVAL;
	if (size <= 0 || offset > size)
		goto out;
	n = -EFBIG;
	if (size - offset > max)
		goto out;
	if (file_size)
		*file_size = size;
	want = size - offset;
	if (!*buf) {
		*buf = own = vmalloc(want);
		n = -ENOMEM;
		if (!own)
			goto out;
	}
	while (done < want) {
		n = kernel_read(file, (char *)*buf + done, want - done, &pos);
		if (n <= 0)
			break;
		done += n;
	}
	if (n >= 0 && done < want)
		n = -EIO;
	if (n < 0 && own) {
		vfree(own);
		*buf = NULL;
	}
out:
	allow_write_access(file);
	return n < 0 ? n : (int)done;
}
EXPORT_SYMBOL(kernel_read_file);

int kernel_read_file_from_path(const char *path, loff_t offset, void **buf, size_t max,
			       size_t *file_size, enum kernel_read_file_id id)
{
	struct file *file;
	int result;

	if (!path || !*path)
		return -EINVAL;
	file = filp_open(path, O_RDONLY, 0);
	if (IS_ERR(file))
		return PTR_ERR(file);
	result = kernel_read_file(file, offset, buf, max, file_size, id);
	fput(file);
	return result;
}
EXPORT_SYMBOL(kernel_read_file_from_path);

int kernel_read_file_from_fd(int fd, loff_t offset, void **buf, size_t max, size_t *file_size,
			     enum kernel_read_file_id id)
{
	struct fd f = fdget(fd);
	int result = -EBADF;

	if (f.file && (f.file->f_mode & FMODE_READ))
		result = kernel_read_file(f.file, offset, buf, max, file_size, id);
	if (f.file)
		fdput(f);
	return result;
}
EXPORT_SYMBOL(kernel_read_file_from_fd);

/* Seeking. */

loff_t vfs_setpos(struct file *file, loff_t offset, loff_t max)
{
	if (offset < 0 || offset > max)
		return -EINVAL;
	if (offset != file->f_pos) {
		file->f_pos = offset;
		file->f_version = 0;
	}
	return offset;
}
EXPORT_SYMBOL(vfs_setpos);

/* eof: what SEEK_END counts from. Data and holes: all is data up to eof. */
loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t max,
				loff_t eof)
{
	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		if (!offset)
			return file->f_pos;
		offset += file->f_pos;
		break;
	case SEEK_END:
		offset += eof;
		break;
	case SEEK_DATA:
		if ((u64)offset >= (u64)eof)
			return -ENXIO;
		break;
	case SEEK_HOLE:
		if ((u64)offset >= (u64)eof)
			return -ENXIO;
		offset = eof;
		break;
	default:
		return -EINVAL;
	}
	return vfs_setpos(file, offset, max);
}
EXPORT_SYMBOL(generic_file_llseek_size);

loff_t generic_file_llseek(struct file *file, loff_t offset, int whence)
{
	struct inode *inode = file->f_mapping->host;

	return generic_file_llseek_size(file, offset, whence, inode->i_sb->s_maxbytes,
					i_size_read(inode));
}
EXPORT_SYMBOL(generic_file_llseek);

loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size)
{
	if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END)
		return -EINVAL;
	return generic_file_llseek_size(file, offset, whence, size, size);
}
EXPORT_SYMBOL(fixed_size_llseek);

loff_t no_seek_end_llseek(struct file *file, loff_t offset, int whence)
{
	if (whence != SEEK_SET && whence != SEEK_CUR)
		return -EINVAL;
	return generic_file_llseek_size(file, offset, whence, OFFSET_MAX, 0);
}
EXPORT_SYMBOL(no_seek_end_llseek);

loff_t default_llseek(struct file *file, loff_t offset, int whence)
{
	return generic_file_llseek_size(file, offset, whence, OFFSET_MAX,
					i_size_read(file_inode(file)));
}
EXPORT_SYMBOL(default_llseek);

loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos;
}
EXPORT_SYMBOL(noop_llseek);

loff_t no_llseek(struct file *file, loff_t offset, int whence)
{
	return -ESPIPE;
}
EXPORT_SYMBOL(no_llseek);

loff_t vfs_llseek(struct file *file, loff_t offset, int whence)
{
	if (!(file->f_mode & FMODE_LSEEK) || !file->f_op->llseek)
		return -ESPIPE;
	return file->f_op->llseek(file, offset, whence);
}
EXPORT_SYMBOL(vfs_llseek);

/* The rest. */

long vfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	long result;

	if (!file->f_op->unlocked_ioctl)
		return -ENOTTY;
	result = file->f_op->unlocked_ioctl(file, cmd, arg);
	return result == -ENOIOCTLCMD ? -ENOTTY : result;
}
EXPORT_SYMBOL(vfs_ioctl);

int vfs_fsync_range(struct file *file, loff_t start, loff_t end, int datasync)
{
	return file->f_op->fsync ? file->f_op->fsync(file, start, end, datasync) : -EINVAL;
}
EXPORT_SYMBOL(vfs_fsync_range);

int vfs_fsync(struct file *file, int datasync)
{
	return vfs_fsync_range(file, 0, LLONG_MAX, datasync);
}
EXPORT_SYMBOL(vfs_fsync);

int noop_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	return 0;
}
EXPORT_SYMBOL(noop_fsync);

int vfs_fallocate(struct file *file, int mode, loff_t offset, loff_t len)
{
	if (offset < 0 || len <= 0)
		return -EINVAL;
	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if (!file->f_op->fallocate)
		return -EOPNOTSUPP;
	if (offset + len < 0 || offset + len > file_inode(file)->i_sb->s_maxbytes)
		return -EFBIG;
	return file->f_op->fallocate(file, mode, offset, len);
}
EXPORT_SYMBOL(vfs_fallocate);

int iterate_dir(struct file *file, struct dir_context *ctx)
{
	struct inode *inode = file_inode(file);
	int error = -ENOENT;

	if (!file->f_op->iterate_shared && !file->f_op->iterate)
		return -ENOTDIR;
	inode_lock(inode);
	if (!IS_DEADDIR(inode)) {
		ctx->pos = file->f_pos;
		error = file->f_op->iterate_shared ? file->f_op->iterate_shared(file, ctx)
						   : file->f_op->iterate(file, ctx);
		file->f_pos = ctx->pos;
		file_accessed(file);
	}
	inode_unlock(inode);
	return error;
}
EXPORT_SYMBOL(iterate_dir);

bool dir_emit(struct dir_context *ctx, const char *name, int len, u64 ino, unsigned int type)
{
	return ctx->actor(ctx, name, len, ctx->pos, ino, type) == 0;
}
EXPORT_SYMBOL(dir_emit);

bool dir_emit_dots(struct file *file, struct dir_context *ctx)
{
	struct dentry *dentry = file->f_path.dentry;

	if (ctx->pos == 0) {
		if (!dir_emit(ctx, ".", 1, d_inode(dentry)->i_ino, DT_DIR))
			return false;
		ctx->pos = 1;
	}
	if (ctx->pos == 1) {
		struct dentry *parent = dget_parent(dentry);
		bool room = dir_emit(ctx, "..", 2, d_inode(parent)->i_ino, DT_DIR);

		dput(parent);
		if (!room)
			return false;
		ctx->pos = 2;
	}
	return true;
}
EXPORT_SYMBOL(dir_emit_dots);

bool dir_relax(struct inode *inode)
{
	inode_unlock(inode);
	inode_lock(inode);
	return !IS_DEADDIR(inode);
}
EXPORT_SYMBOL(dir_relax);
