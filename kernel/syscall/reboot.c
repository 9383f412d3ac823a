/* reboot(2). Process context. Source: reboot(2). */
#include <linux/capability.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/reboot.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

static DEFINE_MUTEX(reboot_mutex); /* one at a time */

static bool magic_valid(int magic1, int magic2)
{
	return magic1 == (int)LINUX_REBOOT_MAGIC1 &&
	       (magic2 == LINUX_REBOOT_MAGIC2 || magic2 == LINUX_REBOOT_MAGIC2A ||
		magic2 == LINUX_REBOOT_MAGIC2B || magic2 == LINUX_REBOOT_MAGIC2C);
}

SYSCALL_DEFINE4(reboot, int, magic1, int, magic2, unsigned int, cmd, void __user *, arg)
{
	char command[256];
	int error = 0;

	if (!capable(CAP_SYS_BOOT))
		return -EPERM;
	if (!magic_valid(magic1, magic2))
		return -EINVAL;
	mutex_lock(&reboot_mutex);
	switch (cmd) {
	case LINUX_REBOOT_CMD_RESTART:
		kernel_restart(NULL);
	case LINUX_REBOOT_CMD_HALT:
		kernel_halt();
	case LINUX_REBOOT_CMD_POWER_OFF:
		kernel_power_off();
	case LINUX_REBOOT_CMD_CAD_ON:
		C_A_D = 1;
		break;
	case LINUX_REBOOT_CMD_CAD_OFF:
		C_A_D = 0;
		break;
	case LINUX_REBOOT_CMD_RESTART2:
		if (strncpy_from_user(command, arg, sizeof(command) - 1) < 0) {
			error = -EFAULT;
			break;
		}
		command[sizeof(command) - 1] = 0;
		kernel_restart(command);
	default:
		error = -EINVAL;
		break;
	}
	mutex_unlock(&reboot_mutex);
	return error;
}
