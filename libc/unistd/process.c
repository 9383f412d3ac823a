/* System calls on processes and identities. */
#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <unistd.h>
#include "internal/syscall.h"

pid_t fork(void)
{
	return SYS0(fork);
}

int execve(const char *path, char *const argv[], char *const envp[])
{
	return SYS3(execve, path, argv, envp);
}

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
	return SYS4(wait4, pid, status, options, usage);
}

pid_t wait3(int *status, int options, struct rusage *usage)
{
	return wait4(-1, status, options, usage);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
	return wait4(pid, status, options, NULL);
}

pid_t wait(int *status)
{
	return wait4(-1, status, 0, NULL);
}

int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	return SYS5(waitid, type, id, info, options, NULL);
}

pid_t getpid(void)
{
	return sys0(__NR_getpid);
}

pid_t getppid(void)
{
	return sys0(__NR_getppid);
}

pid_t gettid(void)
{
	return sys0(__NR_gettid);
}

pid_t getpgrp(void)
{
	return sys0(__NR_getpgrp);
}

pid_t getpgid(pid_t pid)
{
	return SYS1(getpgid, pid);
}

int setpgid(pid_t pid, pid_t group)
{
	return SYS2(setpgid, pid, group);
}

int setpgrp(void)
{
	return setpgid(0, 0);
}

pid_t setsid(void)
{
	return SYS0(setsid);
}

pid_t getsid(pid_t pid)
{
	return SYS1(getsid, pid);
}

uid_t getuid(void)
{
	return sys0(__NR_getuid32);
}

uid_t geteuid(void)
{
	return sys0(__NR_geteuid32);
}

gid_t getgid(void)
{
	return sys0(__NR_getgid32);
}

gid_t getegid(void)
{
	return sys0(__NR_getegid32);
}

int setuid(uid_t uid)
{
	return SYS1(setuid32, uid);
}

int setreuid(uid_t real, uid_t effective)
{
	return SYS2(setreuid32, real, effective);
}

int setresuid(uid_t real, uid_t effective, uid_t saved)
{
	return SYS3(setresuid32, real, effective, saved);
}

int getresuid(uid_t *real, uid_t *effective, uid_t *saved)
{
	return SYS3(getresuid32, real, effective, saved);
}

int seteuid(uid_t uid)
{
	return setresuid(-1, uid, -1);
}

int setgid(gid_t gid)
{
	return SYS1(setgid32, gid);
}

int setregid(gid_t real, gid_t effective)
{
	return SYS2(setregid32, real, effective);
}

int setresgid(gid_t real, gid_t effective, gid_t saved)
{
	return SYS3(setresgid32, real, effective, saved);
}

int getresgid(gid_t *real, gid_t *effective, gid_t *saved)
{
	return SYS3(getresgid32, real, effective, saved);
}

int setegid(gid_t gid)
{
	return setresgid(-1, gid, -1);
}

int getgroups(int count, gid_t groups[])
{
	return SYS2(getgroups32, count, groups);
}

int setgroups(size_t count, const gid_t groups[])
{
	return SYS2(setgroups32, count, groups);
}

int getrlimit(int resource, struct rlimit *limit)
{
	return SYS2(ugetrlimit, resource, limit);
}

int setrlimit(int resource, const struct rlimit *limit)
{
	return SYS2(setrlimit, resource, limit);
}

int getrusage(int who, struct rusage *usage)
{
	return SYS2(getrusage, who, usage);
}

/* The system call gives 20 - nice, so that it is never negative. */
int getpriority(int which, id_t who)
{
	int result = SYS2(getpriority, which, who);

	return result < 0 ? result : 20 - result;
}

int setpriority(int which, id_t who, int priority)
{
	return SYS3(setpriority, which, who, priority);
}

int nice(int increment)
{
	if (SYS1(nice, increment))
		return -1;
	return getpriority(PRIO_PROCESS, 0);
}

clock_t times(struct tms *ticks)
{
	return sys1(__NR_times, (long)ticks);
}

int sched_yield(void)
{
	return SYS0(sched_yield);
}

int sched_getscheduler(pid_t pid)
{
	return SYS1(sched_getscheduler, pid);
}

int sched_setscheduler(pid_t pid, int policy, const struct sched_param *parameters)
{
	return SYS3(sched_setscheduler, pid, policy, parameters);
}

int sched_getparam(pid_t pid, struct sched_param *parameters)
{
	return SYS2(sched_getparam, pid, parameters);
}

int sched_setparam(pid_t pid, const struct sched_param *parameters)
{
	return SYS2(sched_setparam, pid, parameters);
}

int sched_get_priority_max(int policy)
{
	return SYS1(sched_get_priority_max, policy);
}

int sched_get_priority_min(int policy)
{
	return SYS1(sched_get_priority_min, policy);
}

int prctl(int option, ...)
{
	va_list ap;
	long a[4];

	va_start(ap, option);
	for (int i = 0; i < 4; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	return SYS5(prctl, option, a[0], a[1], a[2], a[3]);
}

int personality(unsigned long persona)
{
	return SYS1(personality, persona);
}
