/*
 * Sleepable RCU: readers count themselves under the current index; a grace period changes the index
 * and waits for the count of the old one to become 0. gp_mutex lets one grace period run at a time,
 * so the old index has no readers left from the one before.
 */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/srcu.h>

int init_srcu_struct(struct srcu_struct *ssp)
{
	ssp->index = 0;
	atomic_set(&ssp->readers[0], 0);
	atomic_set(&ssp->readers[1], 0);
	mutex_init(&ssp->gp_mutex);
	init_waitqueue_head(&ssp->queue);
	return 0;
}
EXPORT_SYMBOL_GPL(init_srcu_struct);

void cleanup_srcu_struct(struct srcu_struct *ssp)
{
	WARN_ON(atomic_read(&ssp->readers[0]) || atomic_read(&ssp->readers[1]));
}
EXPORT_SYMBOL_GPL(cleanup_srcu_struct);

int srcu_read_lock(struct srcu_struct *ssp)
{
	int index;

	preempt_disable();
	index = READ_ONCE(ssp->index) & 1;
	atomic_inc(&ssp->readers[index]);
	preempt_enable();
	return index;
}
EXPORT_SYMBOL_GPL(srcu_read_lock);

void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	if (atomic_dec_and_test(&ssp->readers[idx]) && waitqueue_active(&ssp->queue))
		wake_up_all(&ssp->queue);
}
EXPORT_SYMBOL_GPL(srcu_read_unlock);

void synchronize_srcu(struct srcu_struct *ssp)
{
	int old;

	mutex_lock(&ssp->gp_mutex);
	old = ssp->index & 1;
	WRITE_ONCE(ssp->index, ssp->index + 1);
	wait_event(ssp->queue, !atomic_read(&ssp->readers[old]));
	mutex_unlock(&ssp->gp_mutex);
}
EXPORT_SYMBOL_GPL(synchronize_srcu);
