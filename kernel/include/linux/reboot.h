/* Ending the machine's work. */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

#include <linux/notifier.h>
#include <uapi/linux/reboot.h>

#define SYS_DOWN 0x0001
#define SYS_RESTART SYS_DOWN
#define SYS_HALT 0x0002
#define SYS_POWER_OFF 0x0003

/* Called with SYS_* before the machine stops; threads, may sleep. */
int register_reboot_notifier(struct notifier_block *nb);
int unregister_reboot_notifier(struct notifier_block *nb);
/*
 * After the notifiers: reset / halt / power off (in a VM with the exit device: exit with code
 * EXIT_POWER_OFF). Threads.
 */
void __noreturn kernel_restart(char *cmd);
void __noreturn kernel_halt(void);
void __noreturn kernel_power_off(void);
/* Resets at once, without notifying. Any context. */
void __noreturn emergency_restart(void);
/* power off by asking init, or force it. */
void orderly_poweroff(bool force);
void ctrl_alt_del(void);
extern int C_A_D;

#endif
