/*
 * Lock annotations. The checks that are there are described in linux/spinlock.h and linux/mutex.h.
 */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/types.h>

struct lock_class_key {
	char unused;
};

/* Does the current task hold this spinlock, rwlock or mutex (by the type's first word). */
#define lockdep_assert_held(l) ((void)(l))
#define lockdep_assert_held_write(l) ((void)(l))
#define lockdep_assert_held_read(l) ((void)(l))
#define lockdep_assert_held_once(l) ((void)(l))
#define lockdep_assert_none_held_once() ((void)0)
#define lockdep_assert_irqs_enabled() ((void)0)
#define lockdep_assert_irqs_disabled() ((void)0)
#define lockdep_is_held(l) 1
#define lockdep_set_class(lock, key) ((void)(lock), (void)(key))
#define lockdep_set_class_and_name(lock, key, name) ((void)(lock), (void)(key), (void)(name))
#define lockdep_set_subclass(lock, sub) ((void)(lock))
#define lockdep_register_key(key) ((void)(key))
#define lockdep_unregister_key(key) ((void)(key))
#define lockdep_init_map(lock, name, key, sub) ((void)(name), (void)(key))
#define might_lock(lock) ((void)(lock))
#define SINGLE_DEPTH_NESTING 1

#endif
