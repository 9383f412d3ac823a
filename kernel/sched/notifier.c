/*
 * Notifier chains: singly linked, by falling priority. A chain's kind says how it is locked
 * (linux/notifier.h); the walking is the same. A block whose function lies in a module is in that
 * module's ledger together with its chain, so that it can be taken out when the module goes.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <rakit/ledger.h>
#include "sched/sched.h"

enum chain_kind { CHAIN_ATOMIC, CHAIN_BLOCKING, CHAIN_RAW, CHAIN_SRCU };

static int chain_add(struct notifier_block **link, struct notifier_block *nb)
{
	for (; *link; link = &(*link)->next) {
		if (*link == nb)
			return -EEXIST;
		if (nb->priority > (*link)->priority)
			break;
	}
	nb->next = *link;
	rcu_assign_pointer(*link, nb);
	return 0;
}

static int chain_remove(struct notifier_block **link, struct notifier_block *nb)
{
	for (; *link; link = &(*link)->next) {
		if (*link == nb) {
			rcu_assign_pointer(*link, nb->next);
			return 0;
		}
	}
	return -ENOENT;
}

static int chain_call(struct notifier_block *nb, unsigned long val, void *v)
{
	int result = NOTIFY_DONE;

	while (nb) {
		struct notifier_block *next = rcu_dereference(nb->next);

		result = nb->notifier_call(nb, val, v);
		if (result & NOTIFY_STOP_MASK)
			break;
		nb = next;
	}
	return result;
}

/*
 * In the ledger the key is the chain's address and its kind in the low bits, so that release finds
 * it.
 */
static int note_block(struct notifier_block *nb, void *chain, enum chain_kind kind,
		      unsigned long site)
{
	struct module *owner = ledger_owner_of((unsigned long)nb->notifier_call);

	return ledger_add(owner, LEDGER_NOTIFIER, nb, (unsigned long)chain | kind, 0, NULL, site);
}

#define FINISH_REGISTER(error, remove, nh, nb, kind)                  \
	do {                                                          \
		if (!(error)) {                                       \
			(error) = note_block(nb, nh, kind, _RET_IP_); \
			if (error)                                    \
				remove(nh, nb);                       \
		}                                                     \
	} while (0)

int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb)
{
	unsigned long flags;
	int error;

	spin_lock_irqsave(&nh->lock, flags);
	error = chain_remove(&nh->head, nb);
	spin_unlock_irqrestore(&nh->lock, flags);
	ledger_remove(LEDGER_NOTIFIER, nb);
	synchronize_rcu();
	return error;
}
EXPORT_SYMBOL_GPL(atomic_notifier_chain_unregister);

int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb)
{
	unsigned long flags;
	int error;

	spin_lock_irqsave(&nh->lock, flags);
	error = chain_add(&nh->head, nb);
	spin_unlock_irqrestore(&nh->lock, flags);
	FINISH_REGISTER(error, atomic_notifier_chain_unregister, nh, nb, CHAIN_ATOMIC);
	return error;
}
EXPORT_SYMBOL_GPL(atomic_notifier_chain_register);

int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v)
{
	int result;

	rcu_read_lock();
	result = chain_call(rcu_dereference(nh->head), val, v);
	rcu_read_unlock();
	return result;
}
EXPORT_SYMBOL_GPL(atomic_notifier_call_chain);

int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *nb)
{
	int error;

	down_write(&nh->rwsem);
	error = chain_remove(&nh->head, nb);
	up_write(&nh->rwsem);
	ledger_remove(LEDGER_NOTIFIER, nb);
	return error;
}
EXPORT_SYMBOL_GPL(blocking_notifier_chain_unregister);

int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb)
{
	int error;

	down_write(&nh->rwsem);
	error = chain_add(&nh->head, nb);
	up_write(&nh->rwsem);
	FINISH_REGISTER(error, blocking_notifier_chain_unregister, nh, nb, CHAIN_BLOCKING);
	return error;
}
EXPORT_SYMBOL_GPL(blocking_notifier_chain_register);

int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v)
{
	int result = NOTIFY_DONE;

	if (!READ_ONCE(nh->head))
		return result;
	down_read(&nh->rwsem);
	result = chain_call(nh->head, val, v);
	up_read(&nh->rwsem);
	return result;
}
EXPORT_SYMBOL_GPL(blocking_notifier_call_chain);

int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb)
{
	ledger_remove(LEDGER_NOTIFIER, nb);
	return chain_remove(&nh->head, nb);
}
EXPORT_SYMBOL_GPL(raw_notifier_chain_unregister);

int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb)
{
	int error = chain_add(&nh->head, nb);

	FINISH_REGISTER(error, raw_notifier_chain_unregister, nh, nb, CHAIN_RAW);
	return error;
}
EXPORT_SYMBOL_GPL(raw_notifier_chain_register);

int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v)
{
	return chain_call(nh->head, val, v);
}
EXPORT_SYMBOL_GPL(raw_notifier_call_chain);

void srcu_init_notifier_head(struct srcu_notifier_head *nh)
{
	mutex_init(&nh->mutex);
	init_srcu_struct(&nh->srcu);
	nh->head = NULL;
}
EXPORT_SYMBOL_GPL(srcu_init_notifier_head);

int srcu_notifier_chain_unregister(struct srcu_notifier_head *nh, struct notifier_block *nb)
{
	int error;

	mutex_lock(&nh->mutex);
	error = chain_remove(&nh->head, nb);
	mutex_unlock(&nh->mutex);
	ledger_remove(LEDGER_NOTIFIER, nb);
	synchronize_srcu(&nh->srcu);
	return error;
}
EXPORT_SYMBOL_GPL(srcu_notifier_chain_unregister);

int srcu_notifier_chain_register(struct srcu_notifier_head *nh, struct notifier_block *nb)
{
	int error;

	mutex_lock(&nh->mutex);
	error = chain_add(&nh->head, nb);
	mutex_unlock(&nh->mutex);
	FINISH_REGISTER(error, srcu_notifier_chain_unregister, nh, nb, CHAIN_SRCU);
	return error;
}
EXPORT_SYMBOL_GPL(srcu_notifier_chain_register);

int srcu_notifier_call_chain(struct srcu_notifier_head *nh, unsigned long val, void *v)
{
	int index = srcu_read_lock(&nh->srcu);
	int result = chain_call(rcu_dereference(nh->head), val, v);

	srcu_read_unlock(&nh->srcu, index);
	return result;
}
EXPORT_SYMBOL_GPL(srcu_notifier_call_chain);

static void notifier_release(const struct ledger_entry *entry)
{
	struct notifier_block *nb = (struct notifier_block *)entry->object;
	void *chain = (void *)((unsigned long)entry->key & ~3UL);

	switch ((enum chain_kind)(entry->key & 3)) {
	case CHAIN_ATOMIC:
		atomic_notifier_chain_unregister(chain, nb);
		break;
	case CHAIN_BLOCKING:
		blocking_notifier_chain_unregister(chain, nb);
		break;
	case CHAIN_RAW:
		raw_notifier_chain_unregister(chain, nb);
		break;
	case CHAIN_SRCU:
		srcu_notifier_chain_unregister(chain, nb);
		break;
	}
}

static void notifier_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	const struct notifier_block *nb = entry->object;

	snprintf(buf, size, "%ps in %ps", nb->notifier_call,
		 (void *)((unsigned long)entry->key & ~3UL));
}

static const struct ledger_kind_ops notifier_ledger = { "notifiers", notifier_release,
							notifier_describe };

void notifier_init(void)
{
	ledger_kind_register(LEDGER_NOTIFIER, &notifier_ledger);
}
