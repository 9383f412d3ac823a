/* Notifiers of oopses and other exceptions. */
#ifndef _LINUX_KDEBUG_H
#define _LINUX_KDEBUG_H

#include <linux/notifier.h>

struct pt_regs;

enum die_val {
	DIE_OOPS = 1,
	DIE_INT3,
	DIE_DEBUG,
	DIE_PANIC,
	DIE_NMI,
	DIE_DIE,
	DIE_TRAP,
	DIE_GPF,
	DIE_PAGE_FAULT
};

struct die_args {
	struct pt_regs *regs;
	const char *str;
	long err;
	int trapnr;
	int signr;
};

int register_die_notifier(struct notifier_block *nb);
int unregister_die_notifier(struct notifier_block *nb);
/* Calls them; NOTIFY_STOP: one has dealt with it. */
int notify_die(enum die_val val, const char *str, struct pt_regs *regs, long err, int trap,
	       int sig);

#endif
