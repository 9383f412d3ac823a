/*
 * Messages between user memory and struct msghdr: addresses, vectors, ancillary data. All lengths
 * are checked before anything is done. Process context, may fault.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <net/sock.h>
#include "net/net.h"

#define CONTROL_MAX 20480 /* bytes of ancillary data of one message */

int move_addr_to_kernel(void __user *uaddr, int ulen, struct sockaddr_storage *kaddr)
{
	if (ulen < 0 || ulen > (int)sizeof(*kaddr))
		return -EINVAL;
	if (ulen && copy_from_user(kaddr, uaddr, ulen))
		return -EFAULT;
	return 0;
}
EXPORT_SYMBOL(move_addr_to_kernel);

int move_addr_to_user(struct sockaddr_storage *kaddr, int klen, void __user *uaddr,
		      int __user *ulen)
{
	int len;

	if (get_user(len, ulen))
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	len = min(len, klen);
	if (len && copy_to_user(uaddr, kaddr, len))
		return -EFAULT;
	return put_user(klen, ulen) ? -EFAULT : 0;
}
EXPORT_SYMBOL(move_addr_to_user);

/* What a call has brought into the kernel for one message. */
struct imported {
	struct user_msghdr user;
	struct sockaddr_storage address;
	struct iovec fast[UIO_FASTIOV], *iov;
	void *control; /* on the heap */
	struct msghdr msg;
};

static int import(struct imported *in, struct user_msghdr __user *umsg, int direction)
{
	ssize_t bytes;

	if (copy_from_user(&in->user, umsg, sizeof(in->user)))
		return -EFAULT;
	memset(&in->msg, 0, sizeof(in->msg));
	in->control = NULL;
	in->iov = in->fast;
	if (in->user.msg_namelen < 0)
		return -EINVAL;
	if (in->user.msg_iovlen > UIO_MAXIOV)
		return -EMSGSIZE;
	if (in->user.msg_controllen > INT_MAX)
		return -ENOBUFS;
	bytes = import_iovec(direction, in->user.msg_iov, in->user.msg_iovlen, UIO_FASTIOV,
			     &in->iov, &in->msg.msg_iter);
	return bytes < 0 ? bytes : 0;
}

static void forget(struct imported *in)
{
	kfree(in->control);
	if (in->iov != in->fast)
		kfree(in->iov);
	kfree(in);
}

static int import_for_sending(struct imported *in)
{
	int namelen = min_t(int, in->user.msg_namelen, sizeof(in->address));
	int error;

	if (in->user.msg_name && namelen) {
		error = move_addr_to_kernel((void __user *)in->user.msg_name, namelen,
					    &in->address);
		if (error)
			return error;
		in->msg.msg_name = &in->address;
		in->msg.msg_namelen = namelen;
	}
	if (!in->user.msg_controllen)
		return 0;
	if (in->user.msg_controllen > CONTROL_MAX)
		return -ENOBUFS;
	in->control = memdup_user((void __user *)in->user.msg_control, in->user.msg_controllen);
	if (IS_ERR(in->control)) {
		error = PTR_ERR(in->control);
		in->control = NULL;
		return error;
	}
	in->msg.msg_control = in->control;
	in->msg.msg_controllen = in->user.msg_controllen;
	return 0;
}

int sock_user_sendmsg(struct socket *sock, struct user_msghdr __user *umsg, unsigned int flags)
{
	struct imported *in = kmalloc(sizeof(*in), GFP_KERNEL);
	int result;

	if (!in)
		return -ENOMEM;
	in->control = NULL;
	in->iov = in->fast;
	result = import(in, umsg, WRITE);
	if (!result)
		result = import_for_sending(in);
	if (!result) {
		in->msg.msg_flags = flags;
		result = sock_sendmsg(sock, &in->msg);
	}
	forget(in);
	return result;
}

static int export_results(struct imported *in, struct user_msghdr __user *umsg)
{
	size_t control = in->user.msg_controllen - in->msg.msg_controllen;

	if (in->user.msg_name) {
		int error = move_addr_to_user(&in->address, in->msg.msg_namelen,
					      (void __user *)in->user.msg_name, &umsg->msg_namelen);

		if (error)
			return error;
	}
	if (put_user(in->msg.msg_flags & ~MSG_CMSG_CLOEXEC, &umsg->msg_flags) ||
	    put_user(control, &umsg->msg_controllen))
		return -EFAULT;
	return 0;
}

int sock_user_recvmsg(struct socket *sock, struct user_msghdr __user *umsg, unsigned int flags)
{
	struct imported *in = kmalloc(sizeof(*in), GFP_KERNEL);
	int result, error;

	if (!in)
		return -ENOMEM;
	in->control = NULL;
	in->iov = in->fast;
	result = import(in, umsg, READ);
	if (!result) {
		in->msg.msg_name = &in->address;
		in->msg.msg_control_is_user = true;
		in->msg.msg_control = in->user.msg_control;
		in->msg.msg_controllen = in->user.msg_controllen;
		in->msg.msg_flags = flags & MSG_CMSG_CLOEXEC;
		result = sock_recvmsg(sock, &in->msg, flags);
	}
	if (result >= 0) {
		error = export_results(in, umsg);
		if (error)
			result = error;
	}
	forget(in);
	return result;
}
