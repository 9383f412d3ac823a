/*
 * Ancillary data: descriptors (SCM_RIGHTS) and credentials (SCM_CREDENTIALS) travel with a buffer
 * from the sender to the receiver. What the sender passes is checked completely before the first
 * file is referenced; what does not fit at the receiver is dropped and MSG_CTRUNC says so. Files on
 * their way are counted per user, and their number is limited as that of open files. Source:
 * unix(7), cmsg(3).
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <net/scm.h>

static atomic_t files_in_flight = ATOMIC_INIT(0);

static bool too_many_in_flight(int more)
{
	return atomic_read(&files_in_flight) + more > (int)rlimit(RLIMIT_NOFILE) &&
	       !capable(CAP_SYS_RESOURCE) && !capable(CAP_SYS_ADMIN);
}

static int take_files(struct cmsghdr *cmsg, struct scm_cookie *scm)
{
	const int *fds = CMSG_DATA(cmsg);
	int count = (cmsg->cmsg_len - sizeof(*cmsg)) / sizeof(int);
	struct scm_fp_list *list = scm->fp;

	if (!count)
		return 0;
	if (count > SCM_MAX_FD || (list && list->count + count > SCM_MAX_FD))
		return -EINVAL;
	if (too_many_in_flight(count))
		return -ETOOMANYREFS;
	if (!list) {
		list = kzalloc(sizeof(*list), GFP_KERNEL);
		if (!list)
			return -ENOMEM;
		scm->fp = list;
	}
	for (int i = 0; i < count; i++) {
		struct file *file = fds[i] < 0 ? NULL : fget_raw(fds[i]);

		if (!file)
			return -EBADF;
		list->fp[list->count++] = file;
		atomic_inc(&files_in_flight);
	}
	return 0;
}

/* One may say that one is another only with the right to become it. */
static int check_credentials(const struct ucred *claimed)
{
	const struct cred *cred = current_cred();
	kuid_t uid = make_kuid(NULL, claimed->uid);
	kgid_t gid = make_kgid(NULL, claimed->gid);
	bool pid_ok = claimed->pid == task_tgid_nr(current) || capable(CAP_SYS_ADMIN);
	bool uid_ok = uid_eq(uid, cred->uid) || uid_eq(uid, cred->euid) ||
		      uid_eq(uid, cred->suid) || capable(CAP_SETUID);
	bool gid_ok = gid_eq(gid, cred->gid) || gid_eq(gid, cred->egid) ||
		      gid_eq(gid, cred->sgid) || capable(CAP_SETGID);

	return pid_ok && uid_ok && gid_ok ? 0 : -EPERM;
}

static int take_credentials(struct cmsghdr *cmsg, struct scm_cookie *scm)
{
	struct ucred claimed;
	int error;

	if (cmsg->cmsg_len != CMSG_LEN(sizeof(claimed)))
		return -EINVAL;
	memcpy(&claimed, CMSG_DATA(cmsg), sizeof(claimed));
	error = check_credentials(&claimed);
	if (error)
		return error;
	scm->creds.pid = claimed.pid;
	scm->creds.uid = make_kuid(NULL, claimed.uid);
	scm->creds.gid = make_kgid(NULL, claimed.gid);
	return 0;
}

static int take_one(struct socket *sock, struct msghdr *msg, struct cmsghdr *cmsg,
		    struct scm_cookie *scm)
{
	if (!CMSG_OK(msg, cmsg))
		return -EINVAL;
	if (cmsg->cmsg_level != SOL_SOCKET)
		return 0;
	switch (cmsg->cmsg_type) {
	case SCM_RIGHTS:
		return sock->ops->family == PF_UNIX ? take_files(cmsg, scm) : -EINVAL;
	case SCM_CREDENTIALS:
		return take_credentials(cmsg, scm);
	default:
		return -EINVAL;
	}
}

int scm_send(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm, bool forcecreds)
{
	struct cmsghdr *cmsg;
	int error = 0;

	*scm = (struct scm_cookie){ .creds = { 0, INVALID_UID, INVALID_GID } };
	if (forcecreds || msg->msg_controllen) {
		scm->creds.pid = task_tgid_nr(current);
		scm->creds.uid = current_uid();
		scm->creds.gid = current_gid();
	}
	if (!msg->msg_controllen)
		return 0;
	for_each_cmsghdr(cmsg, msg)
	{
		error = take_one(sock, msg, cmsg, scm);
		if (error)
			break;
	}
	if (error)
		scm_destroy(scm);
	return error;
}
EXPORT_SYMBOL(scm_send);

void scm_fp_free(struct scm_fp_list *fpl)
{
	if (!fpl)
		return;
	for (int i = 0; i < fpl->count; i++) {
		atomic_dec(&files_in_flight);
		fput(fpl->fp[i]);
	}
	kfree(fpl);
}
EXPORT_SYMBOL(scm_fp_free);

struct scm_fp_list *scm_fp_dup(struct scm_fp_list *fpl)
{
	struct scm_fp_list *copy = fpl ? kmemdup(fpl, sizeof(*fpl), GFP_KERNEL) : NULL;

	for (int i = 0; copy && i < copy->count; i++) {
		get_file(copy->fp[i]);
		atomic_inc(&files_in_flight);
	}
	return copy;
}
EXPORT_SYMBOL(scm_fp_dup);

void scm_destroy(struct scm_cookie *scm)
{
	put_pid(scm->pid);
	scm->pid = NULL;
	scm_fp_free(scm->fp);
	scm->fp = NULL;
}
EXPORT_SYMBOL(scm_destroy);

int put_cmsg(struct msghdr *msg, int level, int type, int len, void *data)
{
	struct cmsghdr header = { .cmsg_len = CMSG_LEN(len),
				  .cmsg_level = level,
				  .cmsg_type = type };
	size_t space;

	if (!msg->msg_control || msg->msg_controllen < sizeof(header)) {
		msg->msg_flags |= MSG_CTRUNC;
		return 0;
	}
	if (msg->msg_controllen < header.cmsg_len) {
		msg->msg_flags |= MSG_CTRUNC;
		header.cmsg_len = msg->msg_controllen;
	}
	if (msg->msg_control_is_user) {
		if (copy_to_user((void __user *)msg->msg_control, &header, sizeof(header)) ||
		    copy_to_user((void __user *)msg->msg_control + sizeof(header), data,
				 header.cmsg_len - sizeof(header)))
			return -EFAULT;
	} else {
		memcpy(msg->msg_control, &header, sizeof(header));
		memcpy((char *)msg->msg_control + sizeof(header), data,
		       header.cmsg_len - sizeof(header));
	}
	space = min_t(size_t, CMSG_SPACE(len), msg->msg_controllen);
	msg->msg_control = (char *)msg->msg_control + space;
	msg->msg_controllen -= space;
	return 0;
}
EXPORT_SYMBOL(put_cmsg);

/* As many descriptors as there is room for; the rest of the files is closed with the list. */
static void give_files(struct msghdr *msg, struct scm_fp_list *list, int flags)
{
	int room = msg->msg_controllen > sizeof(struct cmsghdr)
			   ? (msg->msg_controllen - sizeof(struct cmsghdr)) / sizeof(int)
			   : 0;
	int fds[SCM_MAX_FD], n = 0;

	while (msg->msg_control && n < min_t(int, room, list->count)) {
		int fd = receive_fd(list->fp[n], flags & MSG_CMSG_CLOEXEC ? O_CLOEXEC : 0);

		if (fd < 0)
			break;
		fds[n++] = fd;
	}
	if (n)
		put_cmsg(msg, SOL_SOCKET, SCM_RIGHTS, n * sizeof(int), fds);
	if (n < list->count)
		msg->msg_flags |= MSG_CTRUNC;
}

void scm_recv(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm, int flags)
{
	if (test_bit(SOCK_PASSCRED, &sock->flags)) {
		struct ucred credentials = { .pid = scm->creds.pid,
					     .uid = from_kuid_munged(NULL, scm->creds.uid),
					     .gid = from_kgid_munged(NULL, scm->creds.gid) };

		put_cmsg(msg, SOL_SOCKET, SCM_CREDENTIALS, sizeof(credentials), &credentials);
	}
	if (scm->fp)
		give_files(msg, scm->fp, flags);
	scm_destroy(scm);
}
EXPORT_SYMBOL(scm_recv);
