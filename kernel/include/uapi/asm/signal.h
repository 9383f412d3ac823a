/* Signal numbers, sets, sigaction flags and the alternate stack, Linux i386. */
#ifndef _UAPI_ASM_SIGNAL_H
#define _UAPI_ASM_SIGNAL_H

#include <linux/types.h>
#include <asm/posix_types.h>

#define _NSIG 64
#define _NSIG_BPW 32
#define _NSIG_WORDS (_NSIG / _NSIG_BPW)

typedef unsigned long old_sigset_t; /* at least 32 bits: the first 32 signals */

typedef struct {
	unsigned long sig[_NSIG_WORDS]; /* bit n - 1 is signal n */
} sigset_t;

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGTRAP 5
#define SIGABRT 6
#define SIGIOT 6
#define SIGBUS 7
#define SIGFPE 8
#define SIGKILL 9
#define SIGUSR1 10
#define SIGSEGV 11
#define SIGUSR2 12
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15
#define SIGSTKFLT 16
#define SIGCHLD 17
#define SIGCONT 18
#define SIGSTOP 19
#define SIGTSTP 20
#define SIGTTIN 21
#define SIGTTOU 22
#define SIGURG 23
#define SIGXCPU 24
#define SIGXFSZ 25
#define SIGVTALRM 26
#define SIGPROF 27
#define SIGWINCH 28
#define SIGIO 29
#define SIGPOLL SIGIO
#define SIGPWR 30
#define SIGSYS 31
#define SIGUNUSED 31
#ifdef __KERNEL__
#define SIGRTMIN 32
#define SIGRTMAX _NSIG
#endif

#define SA_NOCLDSTOP 0x00000001u /* no SIGCHLD when a child stops */
#define SA_NOCLDWAIT 0x00000002u /* children leave no zombies */
#define SA_SIGINFO 0x00000004u	 /* handler takes (int, siginfo_t *, void *) */
#define SA_RESTORER 0x04000000u	 /* sa_restorer is set */
#define SA_ONSTACK 0x08000000u	 /* run on the alternate stack */
#define SA_RESTART 0x10000000u	 /* restart the interrupted call */
#define SA_NODEFER 0x40000000u	 /* do not block the signal in its handler */
#define SA_RESETHAND 0x80000000u /* one shot */
#define SA_NOMASK SA_NODEFER
#define SA_ONESHOT SA_RESETHAND

#define MINSIGSTKSZ 2048
#define SIGSTKSZ 8192
#define SS_ONSTACK 1
#define SS_DISABLE 2
#define SS_AUTODISARM (1U << 31)

#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

typedef void __signalfn_t(int);
typedef __signalfn_t *__sighandler_t;
typedef void __restorefn_t(void);
typedef __restorefn_t *__sigrestore_t;
#define SIG_DFL ((__sighandler_t)0)
#define SIG_IGN ((__sighandler_t)1)
#define SIG_ERR ((__sighandler_t)-1)

typedef struct sigaltstack {
	void *ss_sp;
	int ss_flags;
	__kernel_size_t ss_size; /* bytes */
} stack_t;

#endif
