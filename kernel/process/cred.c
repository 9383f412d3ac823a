/*
 * Credentials.
 *
 * Invariant: a struct cred that a task uses never changes, so it may be read without a lock; who wants a change makes a copy
 * (prepare_creds), edits that and swaps it in (commit_creds). Counts: usage counts pointers; real_cred and cred of a task are
 * one each, and differ only between override_creds() and revert_creds().
 * fork shares the parent's credentials by reference: no copy.
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "process/process.h"

struct user_namespace init_user_ns;
EXPORT_SYMBOL_GPL(init_user_ns);

static struct group_info init_groups = { .usage = { 2 } };
static struct kmem_cache *cred_cache;

struct cred init_cred = {
	.usage = { 4 },
	.cap_permitted = CAP_FULL_SET,
	.cap_effective = CAP_FULL_SET,
	.cap_bset = CAP_FULL_SET,
	.user = INIT_USER,
	.user_ns = &init_user_ns,
	.group_info = &init_groups,
};

const struct cred *get_cred(const struct cred *cred)
{
	if (cred)
		atomic_inc(&((struct cred *)cred)->usage);
	return cred;
}
EXPORT_SYMBOL(get_cred);

static void cred_free(struct cred *cred)
{
	put_group_info(cred->group_info);
	free_uid(cred->user);
	kmem_cache_free(cred_cache, cred);
}

void put_cred(const struct cred *cred)
{
	if (cred && atomic_dec_and_test(&((struct cred *)cred)->usage))
		cred_free((struct cred *)cred);
}
EXPORT_SYMBOL(put_cred);

static struct cred *cred_copy(const struct cred *old)
{
	struct cred *new = kmem_cache_alloc(cred_cache, GFP_KERNEL);

	if (!new)
		return NULL;
	*new = *old;
	atomic_set(&new->usage, 1);
	get_group_info(new->group_info);
	get_uid(new->user);
	return new;
}

struct cred *prepare_creds(void)
{
	return cred_copy(current->cred);
}
EXPORT_SYMBOL(prepare_creds);

struct cred *prepare_kernel_cred(struct task_struct *daemon)
{
	const struct cred *old = daemon ? get_task_cred(daemon) : get_cred(&init_cred);
	struct cred *new = cred_copy(old);

	put_cred(old);
	return new;
}
EXPORT_SYMBOL(prepare_kernel_cred);

/* The count of tasks per user follows the real user id. */
static void move_process_count(const struct cred *old, const struct cred *new)
{
	if (old->user == new->user)
		return;
	atomic_inc(&new->user->processes);
	atomic_dec(&old->user->processes);
}

int commit_creds(struct cred *new)
{
	struct task_struct *task = current;
	const struct cred *old = task->real_cred;

	get_cred(new); /* two pointers to it, one reference was given */
	if (!uid_eq(old->euid, new->euid) || !gid_eq(old->egid, new->egid) ||
	    !uid_eq(old->fsuid, new->fsuid) || !gid_eq(old->fsgid, new->fsgid))
		task->pdeath_signal = 0;
	move_process_count(old, new);
	task->real_cred = new;
	task->cred = new;
	put_cred(old);
	put_cred(old);
	return 0;
}
EXPORT_SYMBOL(commit_creds);

void abort_creds(struct cred *new)
{
	put_cred(new);
}
EXPORT_SYMBOL(abort_creds);

const struct cred *override_creds(const struct cred *new)
{
	const struct cred *old = current->cred;

	current->cred = get_cred(new);
	return old;
}
EXPORT_SYMBOL(override_creds);

void revert_creds(const struct cred *old)
{
	const struct cred *override = current->cred;

	current->cred = old;
	put_cred(override);
}
EXPORT_SYMBOL(revert_creds);

const struct cred *get_task_cred(struct task_struct *task)
{
	const struct cred *cred;

	rcu_read_lock();
	cred = get_cred(task->real_cred);
	rcu_read_unlock();
	return cred;
}
EXPORT_SYMBOL(get_task_cred);

int copy_creds(struct task_struct *p, unsigned long clone_flags)
{
	p->real_cred = get_cred(current->cred);
	p->cred = get_cred(current->cred);
	atomic_inc(&p->cred->user->processes);
	return 0;
}

void exit_creds(struct task_struct *p)
{
	const struct cred *real = p->real_cred, *cred = p->cred;

	if (!real)
		return;
	p->real_cred = p->cred = NULL;
	atomic_dec(&real->user->processes);
	put_cred(real);
	put_cred(cred);
}

int cred_cap_issubset(const struct cred *set, const struct cred *subset)
{
	return cap_issubset(subset->cap_permitted, set->cap_permitted);
}

void __init cred_init(void)
{
	cred_cache = kmem_cache_create("cred", sizeof(struct cred), 0,
				       SLAB_HWCACHE_ALIGN | SLAB_PANIC, NULL);
	init_task.real_cred = &init_cred;
	init_task.cred = &init_cred;
}
