/*
 * System calls of POSIX timers, with 64-bit and 32-bit times. Process context. Source:
 * timer_create(2), timer_settime(2).
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include <uapi/asm/siginfo.h>
#include <uapi/linux/time_types.h>
#include "time/posix_timer.h"

SYSCALL_DEFINE3(timer_create, clockid_t, clock, struct sigevent __user *, uevent, int __user *, uid)
{
	struct sigevent event;
	int id;

	if (uevent && copy_from_user(&event, uevent, sizeof(event)))
		return -EFAULT;
	id = posix_timer_create(clock, uevent ? &event : NULL);
	if (id < 0)
		return id;
	if (put_user(id, uid)) {
		posix_timer_delete(id);
		return -EFAULT;
	}
	return 0;
}

SYSCALL_DEFINE1(timer_delete, int, id)
{
	return posix_timer_delete(id);
}

SYSCALL_DEFINE1(timer_getoverrun, int, id)
{
	return posix_timer_getoverrun(id);
}

SYSCALL_DEFINE4(timer_settime, int, id, int, flags, const struct __kernel_itimerspec __user *, unew,
		struct __kernel_itimerspec __user *, uold)
{
	struct itimerspec64 new, old;
	int error;

	if (!unew)
		return -EINVAL;
	if (get_itimerspec64(&new, unew))
		return -EFAULT;
	error = posix_timer_settime(id, flags, &new, uold ? &old : NULL);
	return error || !uold ? error : put_itimerspec64(&old, uold);
}

SYSCALL_DEFINE4(timer_settime32, int, id, int, flags, const void __user *, unew, void __user *,
		uold)
{
	struct itimerspec64 new, old;
	int error;

	if (!unew)
		return -EINVAL;
	if (get_old_itimerspec32(&new, unew))
		return -EFAULT;
	error = posix_timer_settime(id, flags, &new, uold ? &old : NULL);
	return error || !uold ? error : put_old_itimerspec32(&old, uold);
}

SYSCALL_DEFINE2(timer_gettime, int, id, struct __kernel_itimerspec __user *, unow)
{
	struct itimerspec64 now;
	int error = posix_timer_gettime(id, &now);

	return error ? error : put_itimerspec64(&now, unow);
}

SYSCALL_DEFINE2(timer_gettime32, int, id, void __user *, unow)
{
	struct itimerspec64 now;
	int error = posix_timer_gettime(id, &now);

	return error ? error : put_old_itimerspec32(&now, unow);
}
