/*
 * Magic keys: one letter runs one emergency function. `echo c > /proc/sysrq-trigger`
 * and the keyboard driver come here. The table is indexed by the key; it
 * changes under sysrq_lock. A key registered by a module is in its ledger as LEDGER_SYSRQ.
 */
#include <linux/capability.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/panic.h>
#include <linux/proc_fs.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/sysrq.h>
#include <linux/uaccess.h>
#include <rakit/ledger.h>

#define KEYS 36 /* 0-9, a-z */

static DEFINE_SPINLOCK(sysrq_lock);
static const struct sysrq_key_op *keys[KEYS];

static int key_index(int key)
{
	if (key >= '0' && key <= '9')
		return key - '0';
	if (key >= 'a' && key <= 'z')
		return key - 'a' + 10;
	return -1;
}

static void crash(int key)
{
	panic("sysrq triggered crash");
}

static void reboot(int key)
{
	emergency_restart();
}

static void power_off(int key)
{
	orderly_poweroff(true);
}

static void show_tasks(int key)
{
	show_state_filter(0);
}

static void show_blocked(int key)
{
	show_state_filter(TASK_UNINTERRUPTIBLE);
}

static void set_loglevel(int key)
{
	console_loglevel = key - '0';
}

static const struct sysrq_key_op level_op = { set_loglevel, "loglevel(0-9)", "Changing log level",
					      2 };
static const struct {
	char key;
	struct sysrq_key_op op;
} built_in[] = {
	{ 'b', { reboot, "reboot(b)", "Resetting", 128 } },
	{ 'c', { crash, "crash(c)", "Trigger a crash", 8 } },
	{ 'o', { power_off, "poweroff(o)", "Power off", 128 } },
	{ 't', { show_tasks, "show-task-states(t)", "Show state", 8 } },
	{ 'w', { show_blocked, "show-blocked-tasks(w)", "Show blocked state", 8 } },
};

static int swap_key(int key, const struct sysrq_key_op *from, const struct sysrq_key_op *to)
{
	int index = key_index(key), error = -1;
	unsigned long flags;

	if (index < 0)
		return -1;
	spin_lock_irqsave(&sysrq_lock, flags);
	if (keys[index] == from) {
		keys[index] = to;
		error = 0;
	}
	spin_unlock_irqrestore(&sysrq_lock, flags);
	return error;
}

int register_sysrq_key(int key, const struct sysrq_key_op *op)
{
	int error = swap_key(key, NULL, op);

	if (!error)
		error = ledger_add(ledger_owner_of((unsigned long)op->handler), LEDGER_SYSRQ, op,
				   key, 0, "sysrq key", _RET_IP_);
	return error;
}
EXPORT_SYMBOL(register_sysrq_key);

int unregister_sysrq_key(int key, const struct sysrq_key_op *op)
{
	ledger_remove(LEDGER_SYSRQ, op);
	return swap_key(key, op, NULL);
}
EXPORT_SYMBOL(unregister_sysrq_key);

static void show_help(void)
{
	printk(KERN_INFO "sysrq: HELP : %s", level_op.help_msg);
	for (int i = 10; i < KEYS; i++)
		if (keys[i])
			printk(KERN_CONT " %s", keys[i]->help_msg);
	printk(KERN_CONT "\n");
}

void __handle_sysrq(int key, bool check_mask)
{
	int index = key_index(key);
	const struct sysrq_key_op *op = index < 0 ? NULL : keys[index];

	if (!op) {
		show_help();
		return;
	}
	printk(KERN_INFO "sysrq: %s\n", op->action_msg);
	op->handler(key);
}

void handle_sysrq(int key)
{
	__handle_sysrq(key, true);
}
EXPORT_SYMBOL(handle_sysrq);

static ssize_t trigger_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	char c;

	if (count) {
		if (get_user(c, buf))
			return -EFAULT;
		__handle_sysrq(c, false);
	}
	return count;
}

static const struct proc_ops trigger_ops = {
	.proc_write = trigger_write,
};

static void sysrq_release(const struct ledger_entry *entry)
{
	unregister_sysrq_key(entry->key, entry->object);
}

static void sysrq_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	snprintf(buf, size, "key %c", (char)entry->key);
}

static const struct ledger_kind_ops sysrq_ledger = { "magic keys", sysrq_release, sysrq_describe };

static int __init sysrq_init(void)
{
	ledger_kind_register(LEDGER_SYSRQ, &sysrq_ledger);
	for (int i = 0; i < 10; i++)
		keys[i] = &level_op;
	for (unsigned int i = 0; i < ARRAY_SIZE(built_in); i++)
		keys[key_index(built_in[i].key)] = &built_in[i].op;
	proc_create("sysrq-trigger", 0200, NULL, &trigger_ops);
	return 0;
}
device_initcall(sysrq_init);
