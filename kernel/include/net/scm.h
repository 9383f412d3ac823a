/*
 * Ancillary data on its way from sender to receiver: descriptors and credentials. Threads, may
 * sleep.
 */
#ifndef _NET_SCM_H
#define _NET_SCM_H

#include <linux/cred.h>
#include <linux/net.h>
#include <linux/pid.h>

#define SCM_MAX_FD 253

struct scm_creds {
	u32 pid;
	kuid_t uid;
	kgid_t gid;
};

struct scm_fp_list {
	short count;
	struct user_struct *user; /* whose in-flight count they are in */
	struct file *fp[SCM_MAX_FD];
};

struct scm_cookie {
	struct pid *pid;	/* of the sender; referenced */
	struct scm_fp_list *fp; /* files, referenced; NULL: none */
	struct scm_creds creds;
};

/*
 * Takes the ancillary data of a message being sent: 0, -EINVAL, -EBADF, -EPERM, -ENOMEM,
 * -ETOOMANYREFS. forcecreds: note the sender's credentials in any case. Then scm_destroy() what the
 * buffer has not taken over.
 */
int scm_send(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm, bool forcecreds);
/* Hands it out to a message being received, and drops it. flags: MSG_CMSG_CLOEXEC. */
void scm_recv(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm, int flags);
void scm_destroy(struct scm_cookie *scm);
struct scm_fp_list *scm_fp_dup(struct scm_fp_list *fpl);
void scm_fp_free(struct scm_fp_list *fpl);

#endif
