/* Signal sets and what each signal does by default. Any context. Source: Linux 5.10 signal.h. */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/signal_types.h>
#include <linux/string.h>

struct task_struct;
struct pt_regs;

static inline void sigaddset(sigset_t *set, int sig)
{
	set->sig[(sig - 1) / _NSIG_BPW] |= 1UL << ((sig - 1) % _NSIG_BPW);
}

static inline void sigdelset(sigset_t *set, int sig)
{
	set->sig[(sig - 1) / _NSIG_BPW] &= ~(1UL << ((sig - 1) % _NSIG_BPW));
}

static inline int sigismember(const sigset_t *set, int sig)
{
	return 1 & (set->sig[(sig - 1) / _NSIG_BPW] >> ((sig - 1) % _NSIG_BPW));
}

static inline int sigisemptyset(const sigset_t *set)
{
	return !(set->sig[0] | set->sig[1]);
}

static inline int sigequalsets(const sigset_t *a, const sigset_t *b)
{
	return a->sig[0] == b->sig[0] && a->sig[1] == b->sig[1];
}

static inline void sigemptyset(sigset_t *set)
{
	set->sig[0] = set->sig[1] = 0;
}

static inline void sigfillset(sigset_t *set)
{
	set->sig[0] = set->sig[1] = ~0UL;
}

static inline void sigorsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] | b->sig[0];
	r->sig[1] = a->sig[1] | b->sig[1];
}

static inline void sigandsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] & b->sig[0];
	r->sig[1] = a->sig[1] & b->sig[1];
}

static inline void sigandnsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] & ~b->sig[0];
	r->sig[1] = a->sig[1] & ~b->sig[1];
}

static inline void sigaddsetmask(sigset_t *set, unsigned long mask)
{
	set->sig[0] |= mask;
}

static inline void sigdelsetmask(sigset_t *set, unsigned long mask)
{
	set->sig[0] &= ~mask;
}

static inline void siginitset(sigset_t *set, unsigned long mask)
{
	set->sig[0] = mask;
	set->sig[1] = 0;
}

static inline void siginitsetinv(sigset_t *set, unsigned long mask)
{
	set->sig[0] = ~mask;
	set->sig[1] = ~0UL;
}

#define sigmask(sig) (1UL << ((sig)-1))

static inline void init_sigpending(struct sigpending *pending)
{
	sigemptyset(&pending->signal);
	INIT_LIST_HEAD(&pending->list);
}

static inline int valid_signal(unsigned long sig)
{
	return sig <= _NSIG;
}

static inline void clear_siginfo(kernel_siginfo_t *info)
{
	memset(info, 0, sizeof(*info));
}

/* Sets of signals by default action; those in none of them end the process (some with a core file). */
#define rt_sigmask(sig) sigmask(sig)
#define SIG_KERNEL_ONLY_MASK (sigmask(SIGKILL) | sigmask(SIGSTOP))
#define SIG_KERNEL_STOP_MASK \
	(sigmask(SIGSTOP) | sigmask(SIGTSTP) | sigmask(SIGTTIN) | sigmask(SIGTTOU))
#define SIG_KERNEL_COREDUMP_MASK                                                    \
	(sigmask(SIGQUIT) | sigmask(SIGILL) | sigmask(SIGTRAP) | sigmask(SIGABRT) | \
	 sigmask(SIGFPE) | sigmask(SIGSEGV) | sigmask(SIGBUS) | sigmask(SIGSYS) |   \
	 sigmask(SIGXCPU) | sigmask(SIGXFSZ))
#define SIG_KERNEL_IGNORE_MASK \
	(sigmask(SIGCONT) | sigmask(SIGCHLD) | sigmask(SIGWINCH) | sigmask(SIGURG))
/* Faults of the program itself: they are delivered before others. */
#define SYNCHRONOUS_MASK                                                           \
	(sigmask(SIGSEGV) | sigmask(SIGBUS) | sigmask(SIGILL) | sigmask(SIGTRAP) | \
	 sigmask(SIGFPE) | sigmask(SIGSYS))
#define siginmask(sig, mask) ((sig) > 0 && (sig) < SIGRTMIN && (sigmask(sig) & (mask)))
#define sig_kernel_only(sig) siginmask(sig, SIG_KERNEL_ONLY_MASK)
#define sig_kernel_coredump(sig) siginmask(sig, SIG_KERNEL_COREDUMP_MASK)
#define sig_kernel_ignore(sig) siginmask(sig, SIG_KERNEL_IGNORE_MASK)
#define sig_kernel_stop(sig) siginmask(sig, SIG_KERNEL_STOP_MASK)
#define sig_fatal(t, signr)                                                  \
	(!siginmask(signr, SIG_KERNEL_IGNORE_MASK | SIG_KERNEL_STOP_MASK) && \
	 (t)->sighand->action[(signr)-1].sa.sa_handler == SIG_DFL)

/* A siginfo for user space (128 bytes): 0 or -EFAULT; copied in: 0, -EFAULT, -E2BIG. Process context. */
int copy_siginfo_to_user(siginfo_t __user *to, const kernel_siginfo_t *from);
int copy_siginfo_from_user(kernel_siginfo_t *to, const siginfo_t __user *from);

/* Signals of a kernel thread: let it receive sig (and then see signal_pending()) / not any more. */
void allow_signal(int sig);
void allow_kernel_signal(int sig);
void disallow_signal(int sig);
/* Sets the mask of the current task: how is SIG_BLOCK, SIG_UNBLOCK or SIG_SETMASK; oldset may be NULL. 0 or -EINVAL.
 * SIGKILL and SIGSTOP are the caller's to remove. */
int sigprocmask(int how, sigset_t *set, sigset_t *oldset);
void set_current_blocked(sigset_t *newset);
void __set_current_blocked(const sigset_t *newset);
/* For calls with a temporary mask (pselect, ppoll): sets it until the return to user mode. 0 or -errno. */
int set_user_sigmask(const sigset_t __user *umask, size_t sigsetsize);

#endif
