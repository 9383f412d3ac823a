/* What a three-argument signal handler gets, and what rt_sigreturn restores. */
#ifndef _UAPI_ASM_UCONTEXT_H
#define _UAPI_ASM_UCONTEXT_H

#include <asm/signal.h>
#include <asm/sigcontext.h>

#define UC_FP_XSTATE 0x1

struct ucontext {
	unsigned long uc_flags;
	struct ucontext *uc_link;
	stack_t uc_stack;
	struct sigcontext uc_mcontext;
	sigset_t uc_sigmask; /* last, for extensibility */
};

#endif
