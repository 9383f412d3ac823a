/* Messages of sockets inside the kernel, and ancillary data. Numbers: uapi/linux/socket.h. */
#ifndef _LINUX_SOCKET_H
#define _LINUX_SOCKET_H

#include <linux/types.h>
#include <linux/uio.h>
#include <uapi/linux/socket.h>
#include <uapi/linux/sockios.h>

struct kiocb;
struct pid;
struct cred;
struct seq_file;

/* One message to send, or the place for one to receive. */
struct msghdr {
	void *msg_name;		  /* struct sockaddr, kernel memory */
	int msg_namelen;	  /* bytes there */
	struct iov_iter msg_iter; /* the data */
	bool msg_control_is_user; /* msg_control is user memory (receiving) */
	void *msg_control;	  /* ancillary data: struct cmsghdr one after the other */
	size_t msg_controllen;	  /* bytes there (receiving: room left) */
	unsigned int msg_flags;	  /* MSG_*, in and out */
	struct kiocb *msg_iocb;
};

#define CMSG_ALIGN(len) (((len) + sizeof(long) - 1) & ~(sizeof(long) - 1))
#define CMSG_DATA(cmsg) ((void *)((char *)(cmsg) + sizeof(struct cmsghdr)))
#define CMSG_SPACE(len) (sizeof(struct cmsghdr) + CMSG_ALIGN(len))
#define CMSG_LEN(len) (sizeof(struct cmsghdr) + (len))
#define CMSG_OK(mhdr, cmsg)                                           \
	((cmsg)->cmsg_len >= sizeof(struct cmsghdr) &&                \
	 (cmsg)->cmsg_len <= (unsigned long)((mhdr)->msg_controllen - \
					     ((char *)(cmsg) - (char *)(mhdr)->msg_control)))
/* The first and the following headers of msg; NULL: none. */
static inline struct cmsghdr *CMSG_FIRSTHDR(struct msghdr *msg)
{
	return msg->msg_controllen >= sizeof(struct cmsghdr) ? msg->msg_control : NULL;
}
static inline struct cmsghdr *cmsg_nxthdr(struct msghdr *msg, struct cmsghdr *cmsg)
{
	size_t next = (char *)cmsg - (char *)msg->msg_control + CMSG_ALIGN(cmsg->cmsg_len);

	if (next + sizeof(struct cmsghdr) > msg->msg_controllen)
		return NULL;
	return (struct cmsghdr *)((char *)msg->msg_control + next);
}
#define for_each_cmsghdr(cmsg, msg) \
	for (cmsg = CMSG_FIRSTHDR(msg); cmsg; cmsg = cmsg_nxthdr(msg, cmsg))

/*
 * Appends one piece of ancillary data to what is received; sets MSG_CTRUNC where it does not fit. 0
 * or -EFAULT. Threads.
 */
int put_cmsg(struct msghdr *msg, int level, int type, int len, void *data);
/*
 * Addresses from and to user memory: 0, -EINVAL (length), -EFAULT. kaddr: a struct
 * sockaddr_storage.
 */
int move_addr_to_kernel(void __user *uaddr, int ulen, struct sockaddr_storage *kaddr);
int move_addr_to_user(struct sockaddr_storage *kaddr, int klen, void __user *uaddr,
		      int __user *ulen);

#endif
