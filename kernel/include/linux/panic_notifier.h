/* Called in panic(), atomically, data: the message. */
#ifndef _LINUX_PANIC_NOTIFIER_H
#define _LINUX_PANIC_NOTIFIER_H
#include <linux/notifier.h>
extern struct atomic_notifier_head panic_notifier_list;
#endif
