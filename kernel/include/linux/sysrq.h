/*
 * Magic keys: one letter, one emergency function; typed (Alt-SysRq) or written to
 * /proc/sysrq-trigger.
 */
#ifndef _LINUX_SYSRQ_H
#define _LINUX_SYSRQ_H

#include <linux/types.h>

struct sysrq_key_op {
	void (*const handler)(int key);
	const char *const help_msg;   /* "crash(c)" */
	const char *const action_msg; /* "Trigger a crash" */
	const int enable_mask;
};

/*
 * 0, or -1: the key has another function. key: '0'-'9', 'a'-'z'. The entry is in the ledger of the
 * handler's module.
 */
int register_sysrq_key(int key, const struct sysrq_key_op *op);
int unregister_sysrq_key(int key, const struct sysrq_key_op *op);
/* Runs the function of key. Any context. check_mask: only if sysrq= admits it. */
void handle_sysrq(int key);
void __handle_sysrq(int key, bool check_mask);

#endif
