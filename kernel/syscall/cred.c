/*
 * System calls about identity: user and group ids, groups, capabilities. The rules are those of credentials(7) and
 * capabilities(7): who has CAP_SETUID or CAP_SETGID may set any id, others only swap those they have.
 */
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define NO_ID ((uid_t)-1)

SYSCALL_DEFINE0(getuid)
{
	return (long)current_uid().val;
}

SYSCALL_DEFINE0(geteuid)
{
	return (long)current_euid().val;
}

SYSCALL_DEFINE0(getgid)
{
	return (long)current_gid().val;
}

SYSCALL_DEFINE0(getegid)
{
	return (long)current_egid().val;
}

/* Capabilities follow a change of user ids from and to root. */
static void fix_capabilities(struct cred *new, const struct cred *old)
{
	bool had_root = !old->uid.val || !old->euid.val || !old->suid.val;
	bool has_root = !new->uid.val || !new->euid.val || !new->suid.val;

	if (new->securebits & SECBIT_NO_SETUID_FIXUP)
		return;
	if (had_root && !has_root) {
		if (!(new->securebits &SECBIT_KEEP_CAPS)) {
			cap_clear(new->cap_permitted);
			cap_clear(new->cap_effective);
		}
		cap_clear(new->cap_ambient);
	}
	if (!old->euid.val && new->euid.val)
		cap_clear(new->cap_effective);
	if (old->euid.val && !new->euid.val)
		new->cap_effective = new->cap_permitted;
}

static int set_user(struct cred *new)
{
	struct user_struct *user = alloc_uid(new->uid);

	if (!user)
		return -EAGAIN;
	free_uid(new->user);
	new->user = user;
	return 0;
}

/* Puts new in place unless err. */
static long commit_ids(struct cred *new, int err)
{
	const struct cred *old = current_cred();

	if (!err && !uid_eq(new->uid, old->uid))
		err = set_user(new);
	if (err) {
		abort_creds(new);
		return err;
	}
	fix_capabilities(new, old);
	return commit_creds(new);
}

static long do_setuid(uid_t uid)
{
	const struct cred *old = current_cred();
	struct cred *new = prepare_creds();
	int err = 0;

	if (!new)
		return -ENOMEM;
	if (uid == NO_ID)
		err = -EINVAL;
	else if (capable(CAP_SETUID))
		new->uid = new->suid = KUIDT_INIT(uid);
	else if (uid != old->uid.val && uid != old->suid.val)
		err = -EPERM;
	new->euid = new->fsuid = KUIDT_INIT(uid);
	return commit_ids(new, err);
}

static long do_setgid(gid_t gid)
{
	const struct cred *old = current_cred();
	struct cred *new = prepare_creds();
	int err = 0;

	if (!new)
		return -ENOMEM;
	if (gid == NO_ID)
		err = -EINVAL;
	else if (capable(CAP_SETGID))
		new->gid = new->sgid = KGIDT_INIT(gid);
	else if (gid != old->gid.val && gid != old->sgid.val)
		err = -EPERM;
	new->egid = new->fsgid = KGIDT_INIT(gid);
	return commit_ids(new, err);
}

static long do_setreuid(uid_t ruid, uid_t euid)
{
	const struct cred *old = current_cred();
	struct cred *new = prepare_creds();
	bool may = capable(CAP_SETUID);
	int err = 0;

	if (!new)
		return -ENOMEM;
	if (ruid != NO_ID && !may && ruid != old->uid.val && ruid != old->euid.val)
		err = -EPERM;
	if (euid != NO_ID && !may && euid != old->uid.val && euid != old->euid.val &&
	    euid != old->suid.val)
		err = -EPERM;
	if (ruid != NO_ID)
		new->uid = KUIDT_INIT(ruid);
	if (euid != NO_ID)
		new->euid = KUIDT_INIT(euid);
	if (ruid != NO_ID || (euid != NO_ID && euid != old->uid.val))
		new->suid = new->euid;
	new->fsuid = new->euid;
	return commit_ids(new, err);
}

static long do_setregid(gid_t rgid, gid_t egid)
{
	const struct cred *old = current_cred();
	struct cred *new = prepare_creds();
	bool may = capable(CAP_SETGID);
	int err = 0;

	if (!new)
		return -ENOMEM;
	if (rgid != NO_ID && !may && rgid != old->gid.val && rgid != old->egid.val)
		err = -EPERM;
	if (egid != NO_ID && !may && egid != old->gid.val && egid != old->egid.val &&
	    egid != old->sgid.val)
		err = -EPERM;
	if (rgid != NO_ID)
		new->gid = KGIDT_INIT(rgid);
	if (egid != NO_ID)
		new->egid = KGIDT_INIT(egid);
	if (rgid != NO_ID || (egid != NO_ID && egid != old->gid.val))
		new->sgid = new->egid;
	new->fsgid = new->egid;
	return commit_ids(new, err);
}

static bool one_of_uids(uid_t uid, const struct cred *cred)
{
	return uid == NO_ID || uid == cred->uid.val || uid == cred->euid.val ||
	       uid == cred->suid.val;
}

static bool one_of_gids(gid_t gid, const struct cred *cred)
{
	return gid == NO_ID || gid == cred->gid.val || gid == cred->egid.val ||
	       gid == cred->sgid.val;
}

static long do_setresuid(uid_t ruid, uid_t euid, uid_t suid)
{
	const struct cred *old = current_cred();
	struct cred *new = prepare_creds();
	bool may = capable(CAP_SETUID);

	if (!new)
		return -ENOMEM;
	may = may || (one_of_uids(ruid, old) && one_of_uids(euid, old) && one_of_uids(suid, old));
	if (ruid != NO_ID)
		new->uid = KUIDT_INIT(ruid);
	if (euid != NO_ID)
		new->euid = KUIDT_INIT(euid);
	if (suid != NO_ID)
		new->suid = KUIDT_INIT(suid);
	new->fsuid = new->euid;
	return commit_ids(new, may ? 0 : -EPERM);
}

static long do_setresgid(gid_t rgid, gid_t egid, gid_t sgid)
{
	const struct cred *old = current_cred();
	struct cred *new = prepare_creds();
	bool may = capable(CAP_SETGID);

	if (!new)
		return -ENOMEM;
	may = may || (one_of_gids(rgid, old) && one_of_gids(egid, old) && one_of_gids(sgid, old));
	if (rgid != NO_ID)
		new->gid = KGIDT_INIT(rgid);
	if (egid != NO_ID)
		new->egid = KGIDT_INIT(egid);
	if (sgid != NO_ID)
		new->sgid = KGIDT_INIT(sgid);
	new->fsgid = new->egid;
	return commit_ids(new, may ? 0 : -EPERM);
}

/* Both return the old id, whether or not it was changed. */
static long do_setfsuid(uid_t uid)
{
	const struct cred *old = current_cred();
	uid_t previous = old->fsuid.val;
	struct cred *new;

	if (uid == NO_ID || !(one_of_uids(uid, old) || uid == previous || capable(CAP_SETUID)))
		return (long)previous;
	new = prepare_creds();
	if (!new)
		return (long)previous;
	new->fsuid = KUIDT_INIT(uid);
	if (!previous && uid)
		new->cap_effective = cap_drop(new->cap_effective, CAP_FS_SET);
	else if (previous && !uid)
		new->cap_effective = cap_combine(new->cap_effective,
						 cap_intersect(new->cap_permitted, CAP_FS_SET));
	commit_creds(new);
	return (long)previous;
}

static long do_setfsgid(gid_t gid)
{
	const struct cred *old = current_cred();
	gid_t previous = old->fsgid.val;
	struct cred *new;

	if (gid == NO_ID || !(one_of_gids(gid, old) || gid == previous || capable(CAP_SETGID)))
		return (long)previous;
	new = prepare_creds();
	if (!new)
		return (long)previous;
	new->fsgid = KGIDT_INIT(gid);
	commit_creds(new);
	return (long)previous;
}

/* The calls with 16-bit ids: -1 means -1, and what does not fit reads as 65534. */
static u32 wide(u16 id)
{
	return id == 0xffff ? NO_ID : id;
}

static u16 narrow(u32 id)
{
	return id > 0xffff ? overflowuid : (u16)id;
}

#define ID_CALL1(name, type)                \
	SYSCALL_DEFINE1(name, type, id)     \
	{                                   \
		return do_##name(id);       \
	}                                   \
	SYSCALL_DEFINE1(name##16, u16, id)  \
	{                                   \
		return do_##name(wide(id)); \
	}
ID_CALL1(setuid, uid_t)
ID_CALL1(setgid, gid_t)
ID_CALL1(setfsuid, uid_t)
ID_CALL1(setfsgid, gid_t)

#define ID_CALL2(name, type)                        \
	SYSCALL_DEFINE2(name, type, r, type, e)     \
	{                                           \
		return do_##name(r, e);             \
	}                                           \
	SYSCALL_DEFINE2(name##16, u16, r, u16, e)   \
	{                                           \
		return do_##name(wide(r), wide(e)); \
	}
ID_CALL2(setreuid, uid_t)
ID_CALL2(setregid, gid_t)

#define ID_CALL3(name, type)                                 \
	SYSCALL_DEFINE3(name, type, r, type, e, type, s)     \
	{                                                    \
		return do_##name(r, e, s);                   \
	}                                                    \
	SYSCALL_DEFINE3(name##16, u16, r, u16, e, u16, s)    \
	{                                                    \
		return do_##name(wide(r), wide(e), wide(s)); \
	}
ID_CALL3(setresuid, uid_t)
ID_CALL3(setresgid, gid_t)

#define ID_GET(name, real, effective, saved, type)                                                \
	SYSCALL_DEFINE3(name, type __user *, r, type __user *, e, type __user *, s)               \
	{                                                                                         \
		const struct cred *cred = current_cred();                                         \
		return put_user(cred->real.val, r) ?: put_user(cred->effective.val, e) ?:       \
						      put_user(cred->saved.val, s); \
	}                                                                                         \
	SYSCALL_DEFINE3(name##16, u16 __user *, r, u16 __user *, e, u16 __user *, s)              \
	{                                                                                         \
		const struct cred *cred = current_cred();                                         \
		return put_user(narrow(cred->real.val), r) ?:                                   \
			       put_user(narrow(cred->effective.val), e) ?:                      \
			       put_user(narrow(cred->saved.val), s); \
	}
ID_GET(getresuid, uid, euid, suid, uid_t)
ID_GET(getresgid, gid, egid, sgid, gid_t)

#define ID_GET16(name, field)                             \
	SYSCALL_DEFINE0(name)                             \
	{                                                 \
		return narrow(current_cred()->field.val); \
	}
ID_GET16(getuid16, uid)
ID_GET16(geteuid16, euid)
ID_GET16(getgid16, gid)
ID_GET16(getegid16, egid)

static long get_groups(int size, void __user *list, bool narrow_ids)
{
	const struct group_info *info = current_cred()->group_info;
	int i;

	if (size < 0)
		return -EINVAL;
	if (!size)
		return info->ngroups;
	if (info->ngroups > size)
		return -EINVAL;
	for (i = 0; i < info->ngroups; i++) {
		gid_t gid = info->gid[i].val;

		if (narrow_ids ? put_user(narrow(gid), (u16 __user *)list + i)
			       : put_user(gid, (gid_t __user *)list + i))
			return -EFAULT;
	}
	return info->ngroups;
}

static int read_group(const void __user *list, int i, bool narrow_ids, gid_t *gid)
{
	u16 id;

	if (!narrow_ids)
		return get_user(*gid, (const gid_t __user *)list + i);
	if (get_user(id, (const u16 __user *)list + i))
		return -EFAULT;
	*gid = wide(id);
	return 0;
}

static long set_group_list(int size, const void __user *list, bool narrow_ids)
{
	struct group_info *info;
	int err = 0, i;

	if (!may_setgroups())
		return -EPERM;
	if ((unsigned int)size > NGROUPS_MAX_GROUPS)
		return -EINVAL;
	info = groups_alloc(size);
	if (!info)
		return -ENOMEM;
	for (i = 0; !err && i < size; i++) {
		err = read_group(list, i, narrow_ids, &info->gid[i].val);
		if (!err && info->gid[i].val == NO_ID)
			err = -EINVAL;
	}
	if (!err) {
		groups_sort(info);
		err = set_current_groups(info);
	}
	put_group_info(info);
	return err;
}

SYSCALL_DEFINE2(getgroups, int, size, gid_t __user *, list)
{
	return get_groups(size, list, false);
}

SYSCALL_DEFINE2(getgroups16, int, size, u16 __user *, list)
{
	return get_groups(size, list, true);
}

SYSCALL_DEFINE2(setgroups, int, size, const gid_t __user *, list)
{
	return set_group_list(size, list, false);
}

SYSCALL_DEFINE2(setgroups16, int, size, const u16 __user *, list)
{
	return set_group_list(size, list, true);
}

/* How many 32-bit words the caller's version has; -EINVAL after telling ours. */
static int capability_words(cap_user_header_t header)
{
	u32 version;

	if (get_user(version, &header->version))
		return -EFAULT;
	switch (version) {
	case _LINUX_CAPABILITY_VERSION_1:
		return _LINUX_CAPABILITY_U32S_1;
	case _LINUX_CAPABILITY_VERSION_2:
	case _LINUX_CAPABILITY_VERSION_3:
		return _LINUX_CAPABILITY_U32S_3;
	default:
		return put_user((u32)_KERNEL_CAPABILITY_VERSION, &header->version) ? -EFAULT
										   : -EINVAL;
	}
}

SYSCALL_DEFINE2(capget, cap_user_header_t, header, cap_user_data_t, data)
{
	struct __user_cap_data_struct words[_KERNEL_CAPABILITY_U32S];
	int count = capability_words(header), i;
	const struct cred *cred;
	struct task_struct *p;
	pid_t pid;

	if (count < 0)
		return data || count != -EINVAL ? count : 0;
	if (get_user(pid, &header->pid))
		return -EFAULT;
	if (pid < 0)
		return -EINVAL;
	p = pid ? find_get_task_by_vpid(pid) : get_task_struct(current);
	if (!p)
		return -ESRCH;
	cred = get_task_cred(p);
	for (i = 0; i < _KERNEL_CAPABILITY_U32S; i++)
		words[i] = (struct __user_cap_data_struct){ cred->cap_effective.cap[i],
							    cred->cap_permitted.cap[i],
							    cred->cap_inheritable.cap[i] };
	put_cred(cred);
	put_task_struct(p);
	return copy_to_user(data, words, (size_t)count * sizeof(words[0])) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(capset, cap_user_header_t, header, const cap_user_data_t, data)
{
	struct __user_cap_data_struct words[_KERNEL_CAPABILITY_U32S] = { { 0 } };
	int count = capability_words(header), i;
	const struct cred *old = current_cred();
	struct cred *new;
	pid_t pid;

	if (count < 0)
		return count;
	if (get_user(pid, &header->pid) ||
	    copy_from_user(words, data, (size_t)count * sizeof(words[0])))
		return -EFAULT;
	if (pid && pid != current->pid)
		return -EPERM;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	for (i = 0; i < _KERNEL_CAPABILITY_U32S; i++) {
		new->cap_effective.cap[i] = words[i].effective;
		new->cap_permitted.cap[i] = words[i].permitted;
		new->cap_inheritable.cap[i] = words[i].inheritable;
	}
	if (!cap_issubset(new->cap_permitted, old->cap_permitted) ||
	    !cap_issubset(new->cap_effective, new->cap_permitted) ||
	    !cap_issubset(new->cap_inheritable,
			  cap_combine(old->cap_inheritable, old->cap_permitted))) {
		abort_creds(new);
		return -EPERM;
	}
	new->cap_ambient = cap_intersect(new->cap_ambient,
					 cap_intersect(new->cap_permitted, new->cap_inheritable));
	return commit_creds(new);
}
