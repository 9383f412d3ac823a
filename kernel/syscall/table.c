/*
 * The system call table.
 *
 * syscalls.tbl lists all numbers; each name that some file defines with SYSCALL_DEFINEn fills its slot at link time, all
 * others are weak names for sys_ni_syscall(). The entry code (arch) indexes the table after one comparison.
 */
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

/* Address space of the program whose missing call was reported last: one line per program is enough. */
static const struct mm_struct *reported;

long sys_ni_syscall(const struct pt_regs *regs)
{
	if (current->mm != reported)
		pr_info("syscall: %lu: not implemented, wanted by %s, pid %d\n", regs->orig_ax,
			current->comm, current->tgid);
	reported = current->mm;
	return -ENOSYS;
}

#define SYSCALL(nr, name)                                        \
	long __weak __attribute__((__alias__("sys_ni_syscall"))) \
	sys_##name(const struct pt_regs *regs);
#include <generated/syscall_table.h>
#undef SYSCALL

#define SYSCALL(nr, name) [nr] = sys_##name,
sys_call_ptr_t *const sys_call_table[SYSCALL_COUNT] = {
	[0 ... SYSCALL_COUNT - 1] = sys_ni_syscall,
#include <generated/syscall_table.h>
};
#undef SYSCALL

const unsigned int sys_call_count = SYSCALL_COUNT;
