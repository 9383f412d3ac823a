/*
 * Questions about the machine: sysinfo, getcpu, getrandom.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <uapi/linux/random.h>
#include <uapi/linux/sysinfo.h>

#define RANDOM_BLOCK 256
#define LOAD_SHIFT (SI_LOAD_SHIFT - FSHIFT)

SYSCALL_DEFINE1(sysinfo, struct sysinfo __user *, buffer)
{
	struct sysinfo info;
	unsigned int i;

	memset(&info, 0, sizeof(info));
	si_meminfo(&info);
	info.uptime = (long)ktime_get_boottime_seconds();
	for (i = 0; i < 3; i++)
		info.loads[i] = avenrun[i] << LOAD_SHIFT;
	info.procs = (u16)min(nr_threads, 0xffff);
	return copy_to_user(buffer, &info, sizeof(info)) ? -EFAULT : 0;
}

SYSCALL_DEFINE3(getcpu, unsigned int __user *, cpu, unsigned int __user *, node, void __user *,
		unused)
{
	if ((cpu && put_user(0u, cpu)) || (node && put_user(0u, node)))
		return -EFAULT;
	return 0;
}

/* The generator never blocks, so the flags make no difference. Up to 256 bytes come whole even if a signal waits. */
SYSCALL_DEFINE3(getrandom, u8 __user *, buffer, size_t, count, unsigned int, flags)
{
	u8 block[RANDOM_BLOCK];
	size_t done = 0;

	if (flags & ~(unsigned int)(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	count = min(count, (size_t)INT_MAX);
	while (done < count) {
		size_t bytes = min(count - done, sizeof(block));

		get_random_bytes(block, (int)bytes);
		if (copy_to_user(buffer + done, block, bytes))
			return done ? (long)done : -EFAULT;
		done += bytes;
		if (signal_pending(current) && done < count)
			break;
		cond_resched();
	}
	memzero_explicit(block, sizeof(block));
	return (long)done;
}
