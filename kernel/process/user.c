/*
 * What is counted per user id: tasks and queued signals. One struct per id in use, found by hash; uid_lock protects the
 * table.
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/hashtable.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#define USER_HASH_BITS 6

static DEFINE_HASHTABLE(users, USER_HASH_BITS);
static DEFINE_SPINLOCK(uid_lock);

struct user_struct root_user = {
	.__count = REFCOUNT_INIT(1),
	.processes = ATOMIC_INIT(1),
};

struct user_struct *get_uid(struct user_struct *user)
{
	refcount_inc(&user->__count);
	return user;
}

/* uid_lock held; a reference is taken. */
static struct user_struct *user_find(kuid_t uid)
{
	struct user_struct *user;

	if (uid_eq(uid, GLOBAL_ROOT_UID))
		return get_uid(&root_user);
	hash_for_each_possible(users, user, uidhash_node,
			       uid.val) if (uid_eq(user->uid, uid)) return get_uid(user);
	return NULL;
}

struct user_struct *find_user(kuid_t uid)
{
	struct user_struct *user;
	unsigned long flags;

	spin_lock_irqsave(&uid_lock, flags);
	user = user_find(uid);
	spin_unlock_irqrestore(&uid_lock, flags);
	return user;
}

void free_uid(struct user_struct *user)
{
	unsigned long flags;
	bool last;

	if (!user)
		return;
	spin_lock_irqsave(&uid_lock, flags);
	last = refcount_dec_and_test(&user->__count);
	if (last)
		hash_del(&user->uidhash_node);
	spin_unlock_irqrestore(&uid_lock, flags);
	if (last)
		kfree(user);
}

struct user_struct *alloc_uid(kuid_t uid)
{
	struct user_struct *user = find_user(uid), *fresh;
	unsigned long flags;

	if (user)
		return user;
	fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	if (!fresh)
		return NULL;
	fresh->uid = uid;
	refcount_set(&fresh->__count, 1);
	spin_lock_irqsave(&uid_lock, flags);
	user = user_find(uid);
	if (!user) {
		hash_add(users, &fresh->uidhash_node, uid.val);
		swap(user, fresh);
	}
	spin_unlock_irqrestore(&uid_lock, flags);
	kfree(fresh);
	return user;
}
