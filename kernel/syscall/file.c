/*
 * System calls on open files: open and close, read and write in all their forms, seek, dup, fcntl, ioctl, sync, cut.
 */
#include "vfs/vfs.h"
#include <linux/eventpoll.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uio.h>
#include <linux/vmalloc.h>
#include <asm/ioctls.h>
#include <uapi/linux/falloc.h>

#define force_o_largefile(flags) ((flags) | O_LARGEFILE)
#define SENDFILE_CHUNK PAGE_SIZE

static loff_t join(unsigned long low, unsigned long high)
{
	return ((loff_t)high << 32) | low;
}

SYSCALL_DEFINE3(open, const char __user *, name, int, flags, umode_t, mode)
{
	return do_sys_open(AT_FDCWD, name, flags, mode);
}

SYSCALL_DEFINE4(openat, int, dfd, const char __user *, name, int, flags, umode_t, mode)
{
	return do_sys_open(dfd, name, flags, mode);
}

SYSCALL_DEFINE2(creat, const char __user *, name, umode_t, mode)
{
	return do_sys_open(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

SYSCALL_DEFINE1(close, unsigned int, fd)
{
	int error = ksys_close(fd);

	/* The file is closed whatever ->flush says: restarting would close another. */
	return error == -ERESTARTSYS || error == -ERESTARTNOINTR ? -EINTR : error;
}

SYSCALL_DEFINE3(close_range, unsigned int, first, unsigned int, last, unsigned int, flags)
{
	struct files_struct *files = current->files;
	unsigned int fd;

	if ((flags & ~4U) || first > last) /* 4: CLOSE_RANGE_CLOEXEC */
		return -EINVAL;
	last = min(last, files->fdt->max_fds - 1);
	for (fd = first; fd <= last; fd++) {
		if (!(flags & 4))
			close_fd(files, fd);
		else if (test_bit(fd, files->fdt->open_fds))
			set_close_on_exec(fd, 1);
		cond_resched();
	}
	return 0;
}

/* Reading and writing at the file's position. */

static loff_t *position_of(struct file *file)
{
	return file->f_mode & FMODE_STREAM ? NULL : &file->f_pos;
}

SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)
{
	struct fd f = fdget_pos(fd);
	ssize_t done = -EBADF;

	if (f.file) {
		loff_t *pos = position_of(f.file), at = pos ? *pos : 0;

		done = vfs_read(f.file, buf, count, pos ? &at : NULL);
		if (done >= 0 && pos)
			*pos = at;
		fdput_pos(f);
	}
	return done;
}

SYSCALL_DEFINE3(write, unsigned int, fd, const char __user *, buf, size_t, count)
{
	struct fd f = fdget_pos(fd);
	ssize_t done = -EBADF;

	if (f.file) {
		loff_t *pos = position_of(f.file), at = pos ? *pos : 0;

		done = vfs_write(f.file, buf, count, pos ? &at : NULL);
		if (done >= 0 && pos)
			*pos = at;
		fdput_pos(f);
	}
	return done;
}

static ssize_t vector_io(struct file *file, const struct iovec __user *vec, unsigned long count,
			 loff_t *pos, int type)
{
	struct iovec fast[UIO_FASTIOV], *iov = fast;
	struct iov_iter iter;
	ssize_t done = import_iovec(type, vec, count, UIO_FASTIOV, &iov, &iter);

	if (done >= 0) {
		done = type == READ ? vfs_iter_read(file, &iter, pos, 0)
				    : vfs_iter_write(file, &iter, pos, 0);
		kfree(iov);
	}
	return done;
}

static ssize_t vector_at_position(unsigned long fd, const struct iovec __user *vec,
				  unsigned long count, int type)
{
	struct fd f = fdget_pos(fd);
	ssize_t done = -EBADF;

	if (f.file) {
		loff_t *pos = position_of(f.file), at = pos ? *pos : 0;

		done = vector_io(f.file, vec, count, pos ? &at : NULL, type);
		if (done >= 0 && pos)
			*pos = at;
		fdput_pos(f);
	}
	return done;
}

SYSCALL_DEFINE3(readv, unsigned long, fd, const struct iovec __user *, vec, unsigned long, count)
{
	return vector_at_position(fd, vec, count, READ);
}

SYSCALL_DEFINE3(writev, unsigned long, fd, const struct iovec __user *, vec, unsigned long, count)
{
	return vector_at_position(fd, vec, count, WRITE);
}

/* At a position of the caller's. */

static ssize_t io_at(unsigned int fd, char __user *buf, size_t count, loff_t pos, bool write)
{
	ssize_t done = -ESPIPE;
	struct fd f;

	if (pos < 0)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	if (write && (f.file->f_mode & FMODE_PWRITE))
		done = vfs_write(f.file, buf, count, &pos);
	else if (!write && (f.file->f_mode & FMODE_PREAD))
		done = vfs_read(f.file, buf, count, &pos);
	fdput(f);
	return done;
}

SYSCALL_DEFINE5(pread64, unsigned int, fd, char __user *, buf, size_t, count, unsigned long, low,
		unsigned long, high)
{
	return io_at(fd, buf, count, join(low, high), false);
}

SYSCALL_DEFINE5(pwrite64, unsigned int, fd, const char __user *, buf, size_t, count, unsigned long,
		low, unsigned long, high)
{
	return io_at(fd, (char __user *)buf, count, join(low, high), true);
}

static ssize_t vector_at(unsigned long fd, const struct iovec __user *vec, unsigned long count,
			 loff_t pos, int type)
{
	ssize_t done = -ESPIPE;
	struct fd f;

	if (pos < 0)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	if (f.file->f_mode & (type == READ ? FMODE_PREAD : FMODE_PWRITE))
		done = vector_io(f.file, vec, count, &pos, type);
	fdput(f);
	return done;
}

SYSCALL_DEFINE5(preadv, unsigned long, fd, const struct iovec __user *, vec, unsigned long, count,
		unsigned long, low, unsigned long, high)
{
	return vector_at(fd, vec, count, join(low, high), READ);
}

SYSCALL_DEFINE5(pwritev, unsigned long, fd, const struct iovec __user *, vec, unsigned long, count,
		unsigned long, low, unsigned long, high)
{
	return vector_at(fd, vec, count, join(low, high), WRITE);
}

SYSCALL_DEFINE6(preadv2, unsigned long, fd, const struct iovec __user *, vec, unsigned long, count,
		unsigned long, low, unsigned long, high, int, flags)
{
	if (flags)
		return -EOPNOTSUPP;
	return join(low, high) == -1 ? vector_at_position(fd, vec, count, READ)
				     : vector_at(fd, vec, count, join(low, high), READ);
}

SYSCALL_DEFINE6(pwritev2, unsigned long, fd, const struct iovec __user *, vec, unsigned long, count,
		unsigned long, low, unsigned long, high, int, flags)
{
	if (flags)
		return -EOPNOTSUPP;
	return join(low, high) == -1 ? vector_at_position(fd, vec, count, WRITE)
				     : vector_at(fd, vec, count, join(low, high), WRITE);
}

/* Seeking. */

SYSCALL_DEFINE3(lseek, unsigned int, fd, off_t, offset, unsigned int, whence)
{
	struct fd f = fdget_pos(fd);
	loff_t result;

	if (!f.file)
		return -EBADF;
	result = whence <= SEEK_MAX ? vfs_llseek(f.file, offset, whence) : -EINVAL;
	fdput_pos(f);
	return result == (loff_t)(off_t)result ? (off_t)result : -EOVERFLOW;
}

SYSCALL_DEFINE5(llseek, unsigned int, fd, unsigned long, high, unsigned long, low, loff_t __user *,
		result, unsigned int, whence)
{
	struct fd f = fdget_pos(fd);
	loff_t offset;

	if (!f.file)
		return -EBADF;
	offset = whence <= SEEK_MAX ? vfs_llseek(f.file, join(low, high), whence) : -EINVAL;
	fdput_pos(f);
	if (offset < 0)
		return offset;
	return copy_to_user(result, &offset, sizeof(offset)) ? -EFAULT : 0;
}

/* From one file to another. */

static ssize_t send_chunk(struct file *out, struct file *in, loff_t *pos, loff_t *out_pos,
			  char *buf, size_t count)
{
	ssize_t got = kernel_read(in, buf, count, pos), put = 0;

	while (got > 0 && put < got) {
		ssize_t n = kernel_write(out, buf + put, got - put, out_pos);

		if (n <= 0) {
			*pos -= got - put;
			return put ? put : n;
		}
		put += n;
	}
	return got;
}

static ssize_t send_file(int out_fd, int in_fd, loff_t *pos, size_t count)
{
	struct fd in = fdget(in_fd), out = fdget(out_fd);
	loff_t at, *out_pos;
	ssize_t total = 0, n = -EBADF;
	char *buf = NULL;

	if (!in.file || !out.file || !(in.file->f_mode & FMODE_READ) ||
	    !(out.file->f_mode & FMODE_WRITE))
		goto out;
	n = -ESPIPE;
	if (pos && !(in.file->f_mode & FMODE_PREAD))
		goto out;
	n = -EINVAL;
	if (out.file->f_flags & O_APPEND)
		goto out;
	n = -ENOMEM;
	buf = (char *)__get_free_page(GFP_KERNEL);
	if (!buf)
		goto out;
	at = pos ? *pos : in.file->f_pos;
	out_pos = position_of(out.file);
	n = 0;
	while (count) {
		n = send_chunk(out.file, in.file, &at, out_pos, buf,
			       min_t(size_t, count, SENDFILE_CHUNK));
		if (n <= 0)
			break;
		total += n;
		count -= n;
		if (signal_pending(current))
			break;
	}
	if (pos)
		*pos = at;
	else
		in.file->f_pos = at;
out:
	free_page((unsigned long)buf);
	if (in.file)
		fdput(in);
	if (out.file)
		fdput(out);
	return total ? total : n;
}

SYSCALL_DEFINE4(sendfile64, int, out_fd, int, in_fd, loff_t __user *, offset, size_t, count)
{
	loff_t pos;
	ssize_t done;

	if (!offset)
		return send_file(out_fd, in_fd, NULL, count);
	if (copy_from_user(&pos, offset, sizeof(pos)))
		return -EFAULT;
	done = send_file(out_fd, in_fd, &pos, count);
	return put_user(pos, offset) ? -EFAULT : done;
}

SYSCALL_DEFINE4(sendfile, int, out_fd, int, in_fd, off_t __user *, offset, size_t, count)
{
	off_t offset32;
	loff_t pos;
	ssize_t done;

	if (!offset)
		return send_file(out_fd, in_fd, NULL, count);
	if (get_user(offset32, offset))
		return -EFAULT;
	pos = offset32;
	done = send_file(out_fd, in_fd, &pos, count);
	return put_user((off_t)pos, offset) ? -EFAULT : done;
}

SYSCALL_DEFINE6(copy_file_range, int, in_fd, loff_t __user *, off_in, int, out_fd, loff_t __user *,
		off_out, size_t, len, unsigned int, flags)
{
	loff_t in = 0, out = 0, saved = 0;
	struct fd f;
	ssize_t done;

	if (flags)
		return -EINVAL;
	if ((off_in && copy_from_user(&in, off_in, sizeof(in))) ||
	    (off_out && copy_from_user(&out, off_out, sizeof(out))))
		return -EFAULT;
	f = fdget(out_fd);
	if (!f.file)
		return -EBADF;
	if (off_out) {
		saved = f.file->f_pos;
		f.file->f_pos = out;
	}
	done = send_file(out_fd, in_fd, off_in ? &in : NULL, len);
	if (off_out) {
		out = f.file->f_pos;
		f.file->f_pos = saved;
	}
	fdput(f);
	if ((off_in && put_user(in, off_in)) || (off_out && put_user(out, off_out)))
		return -EFAULT;
	return done;
}

/* Descriptors. */

SYSCALL_DEFINE1(dup, unsigned int, fd)
{
	struct file *file = fget_raw(fd);
	int result = -EBADF;

	if (file) {
		result = f_dupfd(0, file, 0);
		fput(file);
	}
	return result;
}

static int do_dup3(unsigned int old, unsigned int new, int flags)
{
	struct file *file;
	int result;

	if (flags & ~O_CLOEXEC)
		return -EINVAL;
	if (old == new)
		return -EINVAL;
	file = fget_raw(old);
	if (!file)
		return -EBADF;
	result = replace_fd(new, file, flags);
	fput(file);
	return result;
}

SYSCALL_DEFINE3(dup3, unsigned int, old, unsigned int, new, int, flags)
{
	return do_dup3(old, new, flags);
}

SYSCALL_DEFINE2(dup2, unsigned int, old, unsigned int, new)
{
	if (old == new) {
		struct fd f = fdget_raw(old);

		if (!f.file)
			return -EBADF;
		fdput(f);
		return old;
	}
	return do_dup3(old, new, 0);
}

SYSCALL_DEFINE2(pipe2, int __user *, fildes, int, flags)
{
	return do_pipe2(fildes, flags);
}

SYSCALL_DEFINE1(pipe, int __user *, fildes)
{
	return do_pipe2(fildes, 0);
}

/* fcntl. */

#define SETFL_MASK (O_APPEND | O_NONBLOCK | O_NDELAY | O_DIRECT | O_NOATIME)

static int set_flags(struct file *file, int fd, unsigned long arg)
{
	int error = 0;

	if (((arg ^ file->f_flags) & O_APPEND) && IS_APPEND(file_inode(file)))
		return -EPERM;
	if ((arg & O_NOATIME) && !(file->f_flags & O_NOATIME) &&
	    !inode_owner_or_capable(file_inode(file)))
		return -EPERM;
	if (((arg ^ file->f_flags) & FASYNC) && file->f_op->fasync) {
		error = file->f_op->fasync(fd, file, (arg & FASYNC) != 0);
		if (error < 0)
			return error;
	}
	spin_lock(&file->f_lock);
	file->f_flags = (arg & (SETFL_MASK | FASYNC)) | (file->f_flags & ~(SETFL_MASK | FASYNC));
	spin_unlock(&file->f_lock);
	return 0;
}

static long do_fcntl(int fd, struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case F_DUPFD:
		return f_dupfd(arg, file, 0);
	case F_DUPFD_CLOEXEC:
		return f_dupfd(arg, file, O_CLOEXEC);
	case F_GETFD:
		return get_close_on_exec(fd) ? FD_CLOEXEC : 0;
	case F_SETFD:
		set_close_on_exec(fd, arg & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return file->f_flags & ~O_CLOEXEC;
	case F_SETFL:
		return set_flags(file, fd, arg);
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
		return fcntl_lock(fd, file, cmd, (struct flock __user *)arg);
	case F_GETLK64:
	case F_SETLK64:
	case F_SETLKW64:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		return fcntl_lock64(fd, file, cmd, (struct flock64 __user *)arg);
	case F_GETOWN:
		return f_getown(file);
	case F_SETOWN:
		f_setown(file, arg, 1);
		return 0;
	case F_GETSIG:
		return file->f_owner.signum;
	case F_SETSIG:
		if (arg >= _NSIG)
			return -EINVAL;
		file->f_owner.signum = arg;
		return 0;
	case F_GETPIPE_SZ:
	case F_SETPIPE_SZ:
		return pipe_fcntl(file, cmd, arg);
	default:
		return -EINVAL;
	}
}

static bool allowed_with_o_path(unsigned int cmd)
{
	return cmd == F_DUPFD || cmd == F_DUPFD_CLOEXEC || cmd == F_GETFD || cmd == F_SETFD ||
	       cmd == F_GETFL;
}

SYSCALL_DEFINE3(fcntl64, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct fd f = fdget_raw(fd);
	long result = -EBADF;

	if (!f.file)
		return -EBADF;
	if (!(f.file->f_mode & FMODE_PATH) || allowed_with_o_path(cmd))
		result = do_fcntl(fd, f.file, cmd, arg);
	fdput(f);
	return result;
}

SYSCALL_DEFINE3(fcntl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct fd f = fdget_raw(fd);
	long result = -EBADF;

	if (!f.file)
		return -EBADF;
	if (cmd >= F_GETLK64 && cmd <= F_SETLKW64)
		result = -EINVAL; /* those are fcntl64's */
	else if (!(f.file->f_mode & FMODE_PATH) || allowed_with_o_path(cmd))
		result = do_fcntl(fd, f.file, cmd, arg);
	fdput(f);
	return result;
}

/* ioctl: what every file knows, then what this one does. */

static int ioctl_fionbio(struct file *file, unsigned long arg, unsigned int flag, int fd)
{
	int on = 0;

	if (get_user(on, (int __user *)arg))
		return -EFAULT;
	return set_flags(file, fd, on ? file->f_flags | flag : file->f_flags & ~flag);
}

static long do_ioctl(struct file *file, unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct inode *inode = file_inode(file);

	switch (cmd) {
	case FIOCLEX:
	case FIONCLEX:
		set_close_on_exec(fd, cmd == FIOCLEX);
		return 0;
	case FIONBIO:
		return ioctl_fionbio(file, arg, O_NONBLOCK, fd);
	case FIOASYNC:
		return ioctl_fionbio(file, arg, FASYNC, fd);
	case FIONREAD:
		if (S_ISREG(inode->i_mode))
			return put_user((int)(i_size_read(inode) - file->f_pos), (int __user *)arg);
		break;
	case FIGETBSZ:
		return put_user((int)inode->i_sb->s_blocksize, (int __user *)arg);
	}
	return vfs_ioctl(file, cmd, arg);
}

SYSCALL_DEFINE3(ioctl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct fd f = fdget(fd);
	long result;

	if (!f.file)
		return -EBADF;
	result = do_ioctl(f.file, fd, cmd, arg);
	fdput(f);
	return result;
}

/* To the device. */

static int do_fsync(unsigned int fd, int datasync)
{
	struct fd f = fdget(fd);
	int error = -EBADF;

	if (f.file) {
		error = vfs_fsync(f.file, datasync);
		fdput(f);
	}
	return error;
}

SYSCALL_DEFINE1(fsync, unsigned int, fd)
{
	return do_fsync(fd, 0);
}

SYSCALL_DEFINE1(fdatasync, unsigned int, fd)
{
	return do_fsync(fd, 1);
}

SYSCALL_DEFINE0(sync)
{
	sync_all(true);
	return 0;
}

SYSCALL_DEFINE1(syncfs, int, fd)
{
	struct fd f = fdget(fd);
	struct super_block *sb;
	int error;

	if (!f.file)
		return -EBADF;
	sb = f.file->f_path.dentry->d_sb;
	down_read(&sb->s_umount);
	error = sync_filesystem(sb);
	up_read(&sb->s_umount);
	fdput(f);
	return error;
}

SYSCALL_DEFINE6(sync_file_range, int, fd, unsigned long, off_low, unsigned long, off_high,
		unsigned long, len_low, unsigned long, len_high, unsigned int, flags)
{
	loff_t offset = join(off_low, off_high), len = join(len_low, len_high);
	struct fd f;
	int error;

	if (offset < 0 || len < 0 || (flags & ~7U))
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	error = file_write_and_wait_range(f.file, offset, len ? offset + len - 1 : LLONG_MAX);
	fdput(f);
	return error;
}

/* Size. */

static int truncate_path(const char __user *name, loff_t length)
{
	struct path path;
	int error;

	if (length < 0)
		return -EINVAL;
	error = user_path_at(AT_FDCWD, name, LOOKUP_FOLLOW, &path);
	if (!error) {
		error = vfs_truncate(&path, length);
		path_put(&path);
	}
	return error;
}

static int truncate_fd(unsigned int fd, loff_t length)
{
	struct inode *inode;
	struct fd f;
	int error = -EINVAL;

	if (length < 0)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	inode = file_inode(f.file);
	if (S_ISREG(inode->i_mode) && (f.file->f_mode & FMODE_WRITE))
		error = IS_APPEND(inode) ? -EPERM
					 : do_truncate(f.file->f_path.dentry, length,
						       ATTR_MTIME | ATTR_CTIME, f.file);
	fdput(f);
	return error;
}

SYSCALL_DEFINE2(truncate, const char __user *, name, long, length)
{
	return truncate_path(name, length);
}

SYSCALL_DEFINE2(ftruncate, unsigned int, fd, long, length)
{
	return truncate_fd(fd, length);
}

SYSCALL_DEFINE3(truncate64, const char __user *, name, unsigned long, low, unsigned long, high)
{
	return truncate_path(name, join(low, high));
}

SYSCALL_DEFINE3(ftruncate64, unsigned int, fd, unsigned long, low, unsigned long, high)
{
	return truncate_fd(fd, join(low, high));
}

SYSCALL_DEFINE6(fallocate, int, fd, int, mode, unsigned long, off_low, unsigned long, off_high,
		unsigned long, len_low, unsigned long, len_high)
{
	struct fd f = fdget(fd);
	int error;

	if (!f.file)
		return -EBADF;
	error = vfs_fallocate(f.file, mode, join(off_low, off_high), join(len_low, len_high));
	fdput(f);
	return error;
}

/* Advice about future reads: everything is read as it is asked for, so only the checks matter. */

static int check_advice(int fd, int advice)
{
	struct fd f = fdget(fd);
	int error = 0;

	if (!f.file)
		return -EBADF;
	if (S_ISFIFO(file_inode(f.file)->i_mode))
		error = -ESPIPE;
	else if (advice < 0 || advice > 5)
		error = -EINVAL;
	fdput(f);
	return error;
}

SYSCALL_DEFINE5(fadvise64, int, fd, unsigned long, low, unsigned long, high, size_t, len, int,
		advice)
{
	return check_advice(fd, advice);
}

SYSCALL_DEFINE6(fadvise64_64, int, fd, unsigned long, off_low, unsigned long, off_high,
		unsigned long, len_low, unsigned long, len_high, int, advice)
{
	return check_advice(fd, advice);
}

SYSCALL_DEFINE4(readahead, int, fd, unsigned long, low, unsigned long, high, size_t, count)
{
	return check_advice(fd, 0);
}

SYSCALL_DEFINE2(flock, unsigned int, fd, unsigned int, cmd)
{
	struct fd f = fdget(fd);
	int error;

	if (!f.file)
		return -EBADF;
	error = do_flock(f.file, cmd);
	fdput(f);
	return error;
}

SYSCALL_DEFINE1(umask, int, mask)
{
	int old = current->fs->umask;

	current->fs->umask = mask & S_IRWXUGO;
	return old;
}

/* A file without a name in memory. */
SYSCALL_DEFINE2(memfd_create, const char __user *, uname, unsigned int, flags)
{
	struct path root;
	struct file *file;
	int fd;

	if (flags & ~3U) /* MFD_CLOEXEC, MFD_ALLOW_SEALING */
		return -EINVAL;
	fd = get_unused_fd_flags(flags & 1 ? O_CLOEXEC : 0);
	if (fd < 0)
		return fd;
	get_fs_root(&init_fs, &root);
	file = file_open_root(root.mnt->mnt_root, root.mnt, "", O_TMPFILE | O_RDWR, 0600);
	path_put(&root);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}
