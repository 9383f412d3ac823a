/*
 * Futexes: sleeping on a word of user memory.
 *
 * A waiter is known by the place of the word, not its address: for private futexes and anonymous memory that is (address
 * space, address), for shared memory of files (address_space of the file, page, offset). Waiters hang in hash buckets, each
 * with a lock. To wait: queue under the lock, read the word again, sleep only if it still has the expected value; a waker
 * changes the word first and takes the lock after it, so no wake-up is lost. The word is read with page faults off while
 * the lock is held; if it is not present, the lock is dropped, the page brought in, and all starts over.
 * Requeueing moves waiters between buckets: a waiter's bucket is read again after locking it.
 * Not done: priority inheritance (FUTEX_*_PI: -ENOSYS). Source: futex(2).
 */
#include <linux/futex.h>
#include <linux/hash.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include "process/process.h"

#define FUTEX_HASH_BITS 6

struct futex_key {
	const void *space;   /* struct mm_struct, or struct address_space of a shared file */
	unsigned long page;  /* page address or index */
	unsigned int offset; /* in the page */
};

struct futex_waiter {
	struct list_head list; /* in its bucket; empty: woken */
	struct futex_bucket *bucket;
	struct futex_key key;
	struct task_struct *task;
	u32 bitset;
};

struct futex_bucket {
	spinlock_t lock;
	struct list_head waiters;
};

static struct futex_bucket buckets[1 << FUTEX_HASH_BITS];

void __init futex_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(buckets); i++) {
		spin_lock_init(&buckets[i].lock);
		INIT_LIST_HEAD(&buckets[i].waiters);
	}
}

static struct futex_bucket *bucket_of(const struct futex_key *key)
{
	return &buckets[hash_32((u32)key->space ^ (u32)key->page ^ key->offset, FUTEX_HASH_BITS)];
}

static bool key_equal(const struct futex_key *a, const struct futex_key *b)
{
	return a->space == b->space && a->page == b->page && a->offset == b->offset;
}

static int key_of(u32 __user *uaddr, bool shared, struct futex_key *key)
{
	unsigned long addr = (unsigned long)uaddr;
	struct page *page;
	int count;

	if (addr % sizeof(u32))
		return -EINVAL;
	if (!access_ok(uaddr, sizeof(u32)))
		return -EFAULT;
	*key = (struct futex_key){ current->mm, addr & PAGE_MASK,
				   (unsigned int)(addr & ~PAGE_MASK) };
	if (!shared)
		return 0;
	count = get_user_pages_fast(addr, 1, 0, &page);
	if (count != 1)
		return count < 0 ? count : -EFAULT;
	if (page_mapping(page)) {
		key->space = page_mapping(page);
		key->page = page->index;
	}
	put_page(page);
	return 0;
}

static void wake_one(struct futex_waiter *w)
{
	struct task_struct *task = w->task;

	list_del_init(&w->list);
	wake_up_process(task);
}

static int wake_key(const struct futex_key *key, int nr, u32 bitset)
{
	struct futex_bucket *bucket = bucket_of(key);
	struct futex_waiter *w, *next;
	int woken = 0;

	if (list_empty(&bucket->waiters))
		return 0;
	spin_lock(&bucket->lock);
	list_for_each_entry_safe(w, next, &bucket->waiters, list) {
		if (woken >= nr)
			break;
		if (key_equal(&w->key, key) && (w->bitset & bitset)) {
			wake_one(w);
			woken++;
		}
	}
	spin_unlock(&bucket->lock);
	return woken;
}

static int futex_wake(u32 __user *uaddr, bool shared, int nr, u32 bitset)
{
	struct futex_key key;
	int err;

	if (!bitset)
		return -EINVAL;
	err = key_of(uaddr, shared, &key);
	return err ?: wake_key(&key, max(nr, 1), bitset);
}

int futex_wake_user(u32 __user *uaddr, int nr)
{
	int woken = futex_wake(uaddr, false, nr, FUTEX_BITSET_MATCH_ANY);

	return woken ?: futex_wake(uaddr, true, nr, FUTEX_BITSET_MATCH_ANY);
}

static int read_atomic(u32 *value, u32 __user *uaddr)
{
	unsigned long left;

	pagefault_disable();
	left = __copy_from_user_inatomic(value, uaddr, sizeof(*value));
	pagefault_enable();
	return left ? -EFAULT : 0;
}

/* Queues w if the word has the value: 0 (queued, state set), -EAGAIN (other value), -EFAULT. */
static int waiter_queue(struct futex_waiter *w, u32 __user *uaddr, u32 value)
{
	u32 now;

	for (;;) {
		spin_lock(&w->bucket->lock);
		if (!read_atomic(&now, uaddr))
			break;
		spin_unlock(&w->bucket->lock);
		if (get_user(now, uaddr))
			return -EFAULT;
	}
	if (now != value) {
		spin_unlock(&w->bucket->lock);
		return -EAGAIN;
	}
	list_add_tail(&w->list, &w->bucket->waiters);
	set_current_state(TASK_INTERRUPTIBLE);
	spin_unlock(&w->bucket->lock);
	return 0;
}

/* Takes w out if it is still queued: true if it was (nobody has woken it). */
static bool waiter_unqueue(struct futex_waiter *w)
{
	for (;;) {
		struct futex_bucket *bucket = READ_ONCE(w->bucket);
		bool queued;

		spin_lock(&bucket->lock);
		if (bucket != w->bucket) {
			spin_unlock(&bucket->lock);
			continue;
		}
		queued = !list_empty(&w->list);
		list_del_init(&w->list);
		spin_unlock(&bucket->lock);
		return queued;
	}
}

/* end: absolute, on clock; NULL: no limit. 0 woken, -EAGAIN, -ETIMEDOUT, -ERESTARTSYS, -EFAULT, -EINVAL. */
static int wait_until(u32 __user *uaddr, bool shared, u32 value, u32 bitset, ktime_t *end,
		      clockid_t clock)
{
	struct futex_waiter w = { .task = current, .bitset = bitset };
	bool expired = false;
	int err;

	if (!bitset)
		return -EINVAL;
	err = key_of(uaddr, shared, &w.key);
	if (err)
		return err;
	INIT_LIST_HEAD(&w.list);
	w.bucket = bucket_of(&w.key);
	err = waiter_queue(&w, uaddr, value);
	if (err)
		return err;
	if (end)
		expired = !schedule_hrtimeout_range_clock(end, 0, HRTIMER_MODE_ABS, clock);
	else
		schedule();
	__set_current_state(TASK_RUNNING);
	if (!waiter_unqueue(&w))
		return 0;
	if (expired)
		return -ETIMEDOUT;
	return signal_pending(current) ? -ERESTARTSYS : 1;
}

#define RESTART_SHARED 1u
#define RESTART_REALTIME 2u

static long wait_restart(struct restart_block *block);

static long futex_wait(u32 __user *uaddr, bool shared, u32 value, u32 bitset, ktime_t *end,
		       clockid_t clock)
{
	struct restart_block *block = &current->restart_block;
	int err;

	do /* until it is not a wake-up without a reason */
		err = wait_until(uaddr, shared, value, bitset, end, clock);
	while (err == 1);
	if (err != -ERESTARTSYS || !end)
		return err;
	block->fn = wait_restart;
	block->futex.uaddr = uaddr;
	block->futex.val = value;
	block->futex.bitset = bitset;
	block->futex.time = (u64)ktime_to_ns(*end);
	block->futex.flags = (shared ? RESTART_SHARED : 0) |
			     (clock == CLOCK_REALTIME ? RESTART_REALTIME : 0);
	return -ERESTART_RESTARTBLOCK;
}

static long wait_restart(struct restart_block *block)
{
	ktime_t end = (ktime_t)block->futex.time;

	return futex_wait(block->futex.uaddr, block->futex.flags & RESTART_SHARED, block->futex.val,
			  block->futex.bitset, &end,
			  block->futex.flags & RESTART_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC);
}

static void lock_two(struct futex_bucket *a, struct futex_bucket *b)
{
	if (a > b)
		swap(a, b);
	spin_lock(&a->lock);
	if (a != b)
		spin_lock(&b->lock);
}

static void unlock_two(struct futex_bucket *a, struct futex_bucket *b)
{
	spin_unlock(&a->lock);
	if (a != b)
		spin_unlock(&b->lock);
}

/* Both locks held: wakes nr_wake waiters of key1, moves nr_move more to key2. */
static int move_waiters(struct futex_bucket *from, const struct futex_key *key1,
			struct futex_bucket *to, const struct futex_key *key2, int nr_wake,
			int nr_move)
{
	struct futex_waiter *w, *next;
	int done = 0;

	list_for_each_entry_safe(w, next, &from->waiters, list) {
		if (!key_equal(&w->key, key1))
			continue;
		if (done >= nr_wake + nr_move)
			break;
		if (done++ < nr_wake) {
			wake_one(w);
			continue;
		}
		w->key = *key2;
		w->bucket = to;
		list_move_tail(&w->list, &to->waiters);
	}
	return done;
}

/* expected: the word must have this value; NULL: any. */
static int futex_requeue(u32 __user *uaddr1, bool shared, u32 __user *uaddr2, int nr_wake,
			 int nr_move, const u32 *expected)
{
	struct futex_key key1, key2;
	struct futex_bucket *from, *to;
	u32 now;
	int err;

	if (nr_wake < 0 || nr_move < 0)
		return -EINVAL;
	err = key_of(uaddr1, shared, &key1) ?: key_of(uaddr2, shared, &key2);
	if (err)
		return err;
	from = bucket_of(&key1);
	to = bucket_of(&key2);
	for (;;) {
		lock_two(from, to);
		if (!expected || !read_atomic(&now, uaddr1))
			break;
		unlock_two(from, to);
		if (get_user(now, uaddr1))
			return -EFAULT;
	}
	if (expected && now != *expected)
		err = -EAGAIN;
	else
		err = move_waiters(from, &key1, to, &key2, nr_wake,
				   min(nr_move, INT_MAX - nr_wake));
	unlock_two(from, to);
	return err;
}

static int op_apply(unsigned int op, u32 old, u32 arg, u32 *new)
{
	switch (op) {
	case FUTEX_OP_SET:
		*new = arg;
		return 0;
	case FUTEX_OP_ADD:
		*new = old + arg;
		return 0;
	case FUTEX_OP_OR:
		*new = old | arg;
		return 0;
	case FUTEX_OP_ANDN:
		*new = old & ~arg;
		return 0;
	case FUTEX_OP_XOR:
		*new = old ^ arg;
		return 0;
	default:
		return -ENOSYS;
	}
}

static int op_compare(unsigned int cmp, s32 old, s32 arg)
{
	switch (cmp) {
	case FUTEX_OP_CMP_EQ:
		return old == arg;
	case FUTEX_OP_CMP_NE:
		return old != arg;
	case FUTEX_OP_CMP_LT:
		return old < arg;
	case FUTEX_OP_CMP_GE:
		return old >= arg;
	case FUTEX_OP_CMP_LE:
		return old <= arg;
	case FUTEX_OP_CMP_GT:
		return old > arg;
	default:
		return -ENOSYS;
	}
}

/* Makes the page of a word writable (copying it if it is shared with a parent). */
static int fault_in_writable(u32 __user *uaddr)
{
	struct page *page;

	if (get_user_pages_fast((unsigned long)uaddr & PAGE_MASK, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}

/*
 * Changes a word as val says and reads its old value. One CPU: with preemption off (and the page made writable before) no
 * other program can come between. 0, -EFAULT, -ENOSYS.
 */
static int op_on_user(u32 val, u32 __user *uaddr, u32 *old)
{
	unsigned int op = (val >> 28) & 7;
	u32 arg = (u32)((s32)(val << 8) >> 20), new;
	int err;

	if (val & ((u32)FUTEX_OP_OPARG_SHIFT << 28))
		arg = 1u << (arg & 31);
	for (;;) {
		preempt_disable();
		err = read_atomic(old, uaddr) ?: op_apply(op, *old, arg, &new);
		if (!err) {
			pagefault_disable();
			err = __copy_to_user_inatomic(uaddr, &new, sizeof(new)) ? -EFAULT : 0;
			pagefault_enable();
		}
		preempt_enable();
		if (err != -EFAULT)
			return err;
		if (get_user(*old, uaddr) || fault_in_writable(uaddr))
			return -EFAULT;
	}
}

static int futex_wake_op(u32 __user *uaddr1, bool shared, u32 __user *uaddr2, int nr1, int nr2,
			 u32 val)
{
	struct futex_key key1, key2;
	int err, woken, compare;
	u32 old;

	err = key_of(uaddr1, shared, &key1) ?: key_of(uaddr2, shared, &key2);
	err = err ?: op_on_user(val, uaddr2, &old);
	if (err)
		return err;
	compare = op_compare((val >> 24) & 15, (s32)old, (s32)(val << 20) >> 20);
	if (compare < 0)
		return compare;
	woken = wake_key(&key1, max(nr1, 1), FUTEX_BITSET_MATCH_ANY);
	if (compare)
		woken += wake_key(&key2, max(nr2, 1), FUTEX_BITSET_MATCH_ANY);
	return woken;
}

/* timeout: as the operation wants it, NULL: none. val2: the same argument as a number. */
static long do_futex(u32 __user *uaddr, int op, u32 val, const struct timespec64 *timeout,
		     u32 __user *uaddr2, u32 val2, u32 val3)
{
	bool shared = !(op & FUTEX_PRIVATE_FLAG);
	clockid_t clock = op & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC;
	ktime_t end = 0;

	if (timeout)
		end = timespec64_to_ktime(*timeout);
	switch (op & FUTEX_CMD_MASK) {
	case FUTEX_WAIT:
		if (timeout)
			end = ktime_add_safe(
				clock == CLOCK_REALTIME ? ktime_get_real() : ktime_get(), end);
		val3 = FUTEX_BITSET_MATCH_ANY;
		fallthrough;
	case FUTEX_WAIT_BITSET:
		return futex_wait(uaddr, shared, val, val3, timeout ? &end : NULL, clock);
	case FUTEX_WAKE:
		val3 = FUTEX_BITSET_MATCH_ANY;
		fallthrough;
	case FUTEX_WAKE_BITSET:
		return futex_wake(uaddr, shared, (int)val, val3);
	case FUTEX_REQUEUE:
		return futex_requeue(uaddr, shared, uaddr2, (int)val, (int)val2, NULL);
	case FUTEX_CMP_REQUEUE:
		return futex_requeue(uaddr, shared, uaddr2, (int)val, (int)val2, &val3);
	case FUTEX_WAKE_OP:
		return futex_wake_op(uaddr, shared, uaddr2, (int)val, (int)val2, val3);
	default:
		return -ENOSYS;
	}
}

static bool op_has_timeout(int op)
{
	op &= FUTEX_CMD_MASK;
	return op == FUTEX_WAIT || op == FUTEX_WAIT_BITSET;
}

SYSCALL_DEFINE6(futex, u32 __user *, uaddr, int, op, u32, val,
		const struct __kernel_timespec __user *, utime, u32 __user *, uaddr2, u32, val3)
{
	bool timed = utime && op_has_timeout(op);
	struct timespec64 timeout;

	if (timed && get_timespec64(&timeout, utime))
		return -EFAULT;
	if (timed && !timespec64_valid(&timeout))
		return -EINVAL;
	return do_futex(uaddr, op, val, timed ? &timeout : NULL, uaddr2, (u32)utime, val3);
}

SYSCALL_DEFINE6(futex_time32, u32 __user *, uaddr, int, op, u32, val, const void __user *, utime,
		u32 __user *, uaddr2, u32, val3)
{
	bool timed = utime && op_has_timeout(op);
	struct timespec64 timeout;

	if (timed && get_old_timespec32(&timeout, utime))
		return -EFAULT;
	if (timed && !timespec64_valid(&timeout))
		return -EINVAL;
	return do_futex(uaddr, op, val, timed ? &timeout : NULL, uaddr2, (u32)utime, val3);
}
