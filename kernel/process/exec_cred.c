/*
 * Who a new program runs as: set-user-id and set-group-id bits of its file, and the capabilities that follow from the user
 * id. Source: execve(2), capabilities(7), "Transformation of capabilities during execve()", without file capabilities.
 */
#include <linux/binfmts.h>
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mount.h>
#include <linux/personality.h>
#include <linux/sched/signal.h>
#include "process/process.h"

int bprm_prepare_creds(struct linux_binprm *bprm)
{
	bprm->cred = prepare_creds();
	return bprm->cred ? 0 : -ENOMEM;
}

static bool bits_count(const struct file *file)
{
	return !(file->f_path.mnt->mnt_flags & MNT_NOSUID) &&
	       !(file_inode(file)->i_sb->s_flags & SB_NOSUID) && !current->no_new_privs;
}

int bprm_fill_uid(struct linux_binprm *bprm, struct file *file)
{
	const struct inode *inode = file_inode(file);

	bprm->cred->euid = current_euid();
	bprm->cred->egid = current_egid();
	if (!bits_count(file))
		return 0;
	if (inode->i_mode & S_ISUID) {
		bprm->per_clear |= PER_CLEAR_ON_SETID;
		bprm->cred->euid = inode->i_uid;
	}
	if ((inode->i_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP)) {
		bprm->per_clear |= PER_CLEAR_ON_SETID;
		bprm->cred->egid = inode->i_gid;
	}
	return 0;
}

int bprm_creds_from_file(struct linux_binprm *bprm)
{
	struct cred *new = bprm->cred;
	bool root = uid_eq(new->euid, GLOBAL_ROOT_UID);
	bool root_rules = !(new->securebits &SECBIT_NOROOT);

	new->cap_permitted = new->cap_effective = new->cap_ambient;
	if (root_rules && (root || uid_eq(new->uid, GLOBAL_ROOT_UID))) {
		new->cap_permitted = cap_combine(new->cap_bset, new->cap_inheritable);
		new->cap_effective = root ? new->cap_permitted : new->cap_ambient;
	}
	new->suid = new->fsuid = new->euid;
	new->sgid = new->fsgid = new->egid;
	new->securebits &= ~SECBIT_KEEP_CAPS;
	bprm->secureexec = !uid_eq(new->uid, new->euid) || !gid_eq(new->gid, new->egid);
	return 0;
}
