/*
 * Asking for a capability. Rights are looked up in the effective set of credentials; that is all that is to it with one user
 * namespace. PF_SUPERPRIV notes that a task has made use of one.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

bool cred_has_capability(const struct cred *cred, int cap)
{
	return cap_raised(cred->cap_effective, cap);
}

bool ns_capable_noaudit(struct user_namespace *ns, int cap)
{
	return cap_valid(cap) && cred_has_capability(current_cred(), cap);
}
EXPORT_SYMBOL(ns_capable_noaudit);

bool capable(int cap)
{
	if (!ns_capable_noaudit(&init_user_ns, cap))
		return false;
	current->flags |= PF_SUPERPRIV;
	return true;
}
EXPORT_SYMBOL(capable);

bool ns_capable(struct user_namespace *ns, int cap)
{
	return capable(cap);
}
EXPORT_SYMBOL(ns_capable);

bool capable_wrt_inode_uidgid(const struct inode *inode, int cap)
{
	return capable(cap);
}
EXPORT_SYMBOL(capable_wrt_inode_uidgid);

bool has_capability_noaudit(struct task_struct *task, int cap)
{
	bool has;

	rcu_read_lock();
	has = cap_valid(cap) && cred_has_capability(__task_cred(task), cap);
	rcu_read_unlock();
	return has;
}

bool has_capability(struct task_struct *task, int cap)
{
	return has_capability_noaudit(task, cap);
}
