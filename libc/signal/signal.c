/* Signals. */
#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include "internal/syscall.h"

/* What rt_sigaction takes. */
struct kernel_sigaction {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	sigset_t mask;
};

/* Where a handler returns to (restore.S): sigreturn for plain frames, rt_sigreturn for SA_SIGINFO. */
void __signal_restore(void);
void __signal_restore_rt(void);

int sigaction(int signal, const struct sigaction *restrict action, struct sigaction *restrict old)
{
	struct kernel_sigaction new, was;

	if (action) {
		new.handler = action->sa_handler;
		new.flags = action->sa_flags | SA_RESTORER;
		new.restorer = action->sa_flags &SA_SIGINFO ? __signal_restore_rt
							    : __signal_restore;
		new.mask = action->sa_mask;
	}
	if (SYS4(rt_sigaction, signal, action ? &new : NULL, old ? &was : NULL, sizeof(sigset_t)))
		return -1;
	if (old) {
		old->sa_handler = was.handler;
		old->sa_flags = was.flags & ~SA_RESTORER;
		old->sa_mask = was.mask;
		old->sa_restorer = was.restorer;
	}
	return 0;
}

sighandler_t signal(int signal, sighandler_t handler)
{
	struct sigaction new = { .sa_handler = handler, .sa_flags = SA_RESTART }, old;

	return sigaction(signal, &new, &old) ? SIG_ERR : old.sa_handler;
}

int siginterrupt(int signal, int interrupt)
{
	struct sigaction action;

	if (sigaction(signal, NULL, &action))
		return -1;
	if (interrupt)
		action.sa_flags &= ~SA_RESTART;
	else
		action.sa_flags |= SA_RESTART;
	return sigaction(signal, &action, NULL);
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	return SYS4(rt_sigprocmask, how, set, old, sizeof(*set));
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	return -sys4(__NR_rt_sigprocmask, how, (long)set, (long)old, sizeof(*set));
}

int sigpending(sigset_t *set)
{
	return SYS2(rt_sigpending, set, sizeof(*set));
}

int sigsuspend(const sigset_t *mask)
{
	return SYS2(rt_sigsuspend, mask, sizeof(*mask));
}

int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info,
		 const struct timespec *restrict timeout)
{
	return SYS4(rt_sigtimedwait, set, info, timeout, sizeof(*set));
}

int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info)
{
	return sigtimedwait(set, info, NULL);
}

int sigwait(const sigset_t *restrict set, int *restrict signal)
{
	int result;

	do
		result = sigtimedwait(set, NULL, NULL);
	while (result < 0 && errno == EINTR);
	if (result < 0)
		return errno;
	*signal = result;
	return 0;
}

int sigaltstack(const stack_t *restrict stack, stack_t *restrict old)
{
	return SYS2(sigaltstack, stack, old);
}

int sigqueue(pid_t pid, int signal, const union sigval value)
{
	siginfo_t info = { .si_signo = signal, .si_code = SI_QUEUE };

	info.si_pid = getpid();
	info.si_uid = getuid();
	info.si_value = value;
	return SYS3(rt_sigqueueinfo, pid, signal, &info);
}

int kill(pid_t pid, int signal)
{
	return SYS2(kill, pid, signal);
}

int killpg(pid_t group, int signal)
{
	if (group < 0) {
		errno = EINVAL;
		return -1;
	}
	return kill(-group, signal);
}

int raise(int signal)
{
	return SYS2(tkill, gettid(), signal);
}

int pause(void)
{
	return SYS0(pause);
}

int sigemptyset(sigset_t *set)
{
	set->sig[0] = set->sig[1] = 0;
	return 0;
}

int sigfillset(sigset_t *set)
{
	set->sig[0] = set->sig[1] = -1UL;
	return 0;
}

static int valid(int signal)
{
	if (signal >= 1 && signal <= _NSIG)
		return 1;
	errno = EINVAL;
	return 0;
}

int sigaddset(sigset_t *set, int signal)
{
	if (!valid(signal))
		return -1;
	set->sig[(signal - 1) / _NSIG_BPW] |= 1UL << (signal - 1) % _NSIG_BPW;
	return 0;
}

int sigdelset(sigset_t *set, int signal)
{
	if (!valid(signal))
		return -1;
	set->sig[(signal - 1) / _NSIG_BPW] &= ~(1UL << (signal - 1) % _NSIG_BPW);
	return 0;
}

int sigismember(const sigset_t *set, int signal)
{
	if (!valid(signal))
		return -1;
	return set->sig[(signal - 1) / _NSIG_BPW] >> (signal - 1) % _NSIG_BPW & 1;
}
