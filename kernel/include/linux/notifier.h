/*
 * Notifier chains: functions called in order of priority when something happens. atomic: called in
 * any context, must not sleep. blocking: threads, may sleep. raw: the caller does the locking.
 * Registering: threads. An entry is in the ledger of the module that owns its function.
 */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

#include <linux/errno.h>
#include <linux/rwsem.h>
#include <linux/srcu.h>
#include <linux/spinlock_types.h>

struct notifier_block;
typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action, void *data);

struct notifier_block {
	notifier_fn_t notifier_call;
	struct notifier_block *next; /* in the chain, by falling priority */
	int priority;		     /* higher is called first */
};

struct atomic_notifier_head {
	spinlock_t lock; /* changes */
	struct notifier_block *head;
};
struct blocking_notifier_head {
	struct rw_semaphore rwsem; /* changes for writing, calls for reading */
	struct notifier_block *head;
};
struct raw_notifier_head {
	struct notifier_block *head;
};
struct srcu_notifier_head {
	struct mutex mutex; /* changes */
	struct srcu_struct srcu;
	struct notifier_block *head;
};

#define ATOMIC_NOTIFIER_HEAD(name) \
	struct atomic_notifier_head name = { .lock = __SPIN_LOCK_UNLOCKED(name.lock) }
#define BLOCKING_NOTIFIER_HEAD(name) \
	struct blocking_notifier_head name = { .rwsem = __RWSEM_INITIALIZER((name).rwsem) }
#define RAW_NOTIFIER_HEAD(name) struct raw_notifier_head name = { NULL }
#define ATOMIC_INIT_NOTIFIER_HEAD(name)        \
	do {                                   \
		spin_lock_init(&(name)->lock); \
		(name)->head = NULL;           \
	} while (0)
#define BLOCKING_INIT_NOTIFIER_HEAD(name)   \
	do {                                \
		init_rwsem(&(name)->rwsem); \
		(name)->head = NULL;        \
	} while (0)
#define RAW_INIT_NOTIFIER_HEAD(name) ((name)->head = NULL)

/* 0, or -EEXIST: the block is in the chain already / -ENOENT: it is not. */
int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb);
int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb);
int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb);
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh,
				       struct notifier_block *nb);
int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb);
int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb);
int srcu_notifier_chain_register(struct srcu_notifier_head *nh, struct notifier_block *nb);
int srcu_notifier_chain_unregister(struct srcu_notifier_head *nh, struct notifier_block *nb);
void srcu_init_notifier_head(struct srcu_notifier_head *nh);
/* Call the chain until one says stop; the last value. */
int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v);
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v);
int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v);
int srcu_notifier_call_chain(struct srcu_notifier_head *nh, unsigned long val, void *v);

/* What a notifier returns. */
#define NOTIFY_DONE 0x0000	/* does not care */
#define NOTIFY_OK 0x0001	/* fine */
#define NOTIFY_STOP_MASK 0x8000 /* call no more */
#define NOTIFY_BAD (NOTIFY_STOP_MASK | 0x0002)
#define NOTIFY_STOP (NOTIFY_OK | NOTIFY_STOP_MASK)
static inline int notifier_from_errno(int err)
{
	return err ? NOTIFY_STOP_MASK | (NOTIFY_OK - err) : NOTIFY_OK;
}
static inline int notifier_to_errno(int ret)
{
	ret &= ~NOTIFY_STOP_MASK;
	return ret > NOTIFY_OK ? NOTIFY_OK - ret : 0;
}

#define NETLINK_URELEASE 0x0001

#endif
