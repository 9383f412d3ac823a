/* Read-write spinlocks: declared together with spinlocks. */
#ifndef _LINUX_RWLOCK_H
#define _LINUX_RWLOCK_H
#include <linux/spinlock.h>
#endif
