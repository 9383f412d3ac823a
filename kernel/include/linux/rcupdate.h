/*
 * RCU: readers never wait; who frees waits until every reader that could still see the object has
 * finished.
 *
 * A read section (any context) disables preemption and must not sleep. On one CPU every task
 * switch, and every moment at which preemption is possible, therefore ends all read sections before
 * it: a grace period.
 */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

#include <linux/types.h>
#include <linux/preempt.h>
#include <linux/bottom_half.h>

/* Begin and end a read section. Nest. */
#define rcu_read_lock() preempt_disable()
#define rcu_read_unlock() preempt_enable()
#define rcu_read_lock_bh() local_bh_disable()
#define rcu_read_unlock_bh() local_bh_enable()
#define rcu_read_lock_sched() preempt_disable()
#define rcu_read_unlock_sched() preempt_enable()
/* For assertions: in a read section. */
#define rcu_read_lock_held() (preempt_count() != 0)
#define rcu_read_lock_bh_held() rcu_read_lock_held()
#define rcu_read_lock_sched_held() rcu_read_lock_held()

/* Waits for a grace period. Threads only, may sleep. */
void synchronize_rcu(void);
#define synchronize_rcu_expedited() synchronize_rcu()
#define synchronize_net() synchronize_rcu()
#define synchronize_sched() synchronize_rcu()
/*
 * Calls func(head) after a grace period, in softirq context. Any context. A function of a module is
 * waited for when the module goes.
 */
void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));
/* Waits until all callbacks queued so far have run. Threads only, may sleep. */
void rcu_barrier(void);
/* kfree()s an object after a grace period; field: its struct rcu_head. Any context. */
void kvfree_call_rcu(struct rcu_head *head, void *object);
#define kfree_rcu(ptr, field)                                              \
	do {                                                               \
		typeof(ptr) __kfree_ptr = (ptr);                           \
		if (__kfree_ptr)                                           \
			kvfree_call_rcu(&__kfree_ptr->field, __kfree_ptr); \
	} while (0)

#define rcu_access_pointer(p) ((typeof(*p) __force *)READ_ONCE(p))
#define rcu_dereference(p) READ_ONCE(p)
#define rcu_dereference_check(p, c) rcu_dereference(p)
#define rcu_dereference_bh(p) rcu_dereference(p)
#define rcu_dereference_sched(p) rcu_dereference(p)
#define rcu_dereference_raw(p) rcu_dereference(p)
#define rcu_dereference_protected(p, c) (p)
#define rcu_pointer_handoff(p) (p)
#define RCU_INITIALIZER(v) (v)
#define RCU_INIT_POINTER(p, v) WRITE_ONCE(p, v)
/* Publishes v: what was written to *v before is seen by every reader that sees v. */
#define rcu_assign_pointer(p, v)  \
	do {                      \
		barrier();        \
		WRITE_ONCE(p, v); \
	} while (0)
#define rcu_replace_pointer(p, v, c)          \
	({                                    \
		typeof(p) __rcu_old = (p);    \
		rcu_assign_pointer((p), (v)); \
		__rcu_old;                    \
	})
#define RCU_LOCKDEP_WARN(c, s) ((void)0)
#define init_rcu_head(head) ((void)(head))
#define destroy_rcu_head(head) ((void)(head))

/* Core only: waits until no callback whose function lies in mod is queued. Threads, may sleep. */
struct module;
void rcu_flush_module(const struct module *mod);
/*
 * Core only: a moment without readers (a task switch, or a tick that interrupted preemptible code).
 */
void rcu_note_quiescent(void);
/* Core only: callbacks wait for such a moment. */
extern bool rcu_waiting;

#endif
