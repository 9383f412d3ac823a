/*
 * The orderly end: tell the notifiers, say so in the log, then stop the machine. Power-off leaves a
 * virtual machine by its exit device with the code that means "orderly"; without the device by
 * ACPI, and failing that the CPU halts. kernel_* functions run in threads and may sleep;
 * emergency_restart() is for any context.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kmod.h>
#include <linux/reboot.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/workqueue.h>
#include <asm/io.h>
#include <rakit/arch.h>
#include <rakit/exit_codes.h>

static BLOCKING_NOTIFIER_HEAD(reboot_notifiers);
int C_A_D = 1;

int register_reboot_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&reboot_notifiers, nb);
}
EXPORT_SYMBOL(register_reboot_notifier);

int unregister_reboot_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&reboot_notifiers, nb);
}
EXPORT_SYMBOL(unregister_reboot_notifier);

void __noreturn emergency_restart(void)
{
	machine_restart();
}
EXPORT_SYMBOL_GPL(emergency_restart);

void __noreturn kernel_restart(char *cmd)
{
	system_state = SYSTEM_RESTART;
	blocking_notifier_call_chain(&reboot_notifiers, SYS_RESTART, cmd);
	pr_emerg("reboot: restarting system\n");
	local_irq_disable();
	machine_restart();
}
EXPORT_SYMBOL_GPL(kernel_restart);

void __noreturn kernel_halt(void)
{
	system_state = SYSTEM_HALT;
	blocking_notifier_call_chain(&reboot_notifiers, SYS_HALT, NULL);
	pr_emerg("reboot: system halted\n");
	local_irq_disable();
	machine_halt();
}
EXPORT_SYMBOL_GPL(kernel_halt);

void __noreturn kernel_power_off(void)
{
	system_state = SYSTEM_POWER_OFF;
	blocking_notifier_call_chain(&reboot_notifiers, SYS_POWER_OFF, NULL);
	pr_info("reboot: power down\n");
	local_irq_disable();
	outl(EXIT_CODE_POWER_OFF, DEBUG_EXIT_PORT);
	machine_power_off();
	machine_halt();
}
EXPORT_SYMBOL_GPL(kernel_power_off);

static void signal_init(int sig)
{
	rcu_read_lock();
	kill_pid(find_vpid(1), sig, 1);
	rcu_read_unlock();
}

static void power_off_work(struct work_struct *work)
{
	kernel_power_off();
}
static DECLARE_WORK(power_off_now, power_off_work);

/* Asks init (SIGUSR2: power off, as BusyBox's init has it); forced, the kernel does it itself. */
void orderly_poweroff(bool force)
{
	if (force)
		schedule_work(&power_off_now);
	else
		signal_init(SIGUSR2);
}
EXPORT_SYMBOL_GPL(orderly_poweroff);

static void restart_work(struct work_struct *work)
{
	kernel_restart(NULL);
}
static DECLARE_WORK(restart_now, restart_work);

void ctrl_alt_del(void)
{
	if (C_A_D)
		schedule_work(&restart_now);
	else
		signal_init(SIGINT);
}
EXPORT_SYMBOL_GPL(ctrl_alt_del);
