/* Registers in a signal frame, Linux i386. */
#ifndef _UAPI_ASM_SIGCONTEXT_H
#define _UAPI_ASM_SIGCONTEXT_H

#include <linux/types.h>

/* x87 state as fnsave writes it, then Linux's two words, then what fxsave adds. */
struct _fpreg {
	unsigned short significand[4];
	unsigned short exponent;
};

struct _fpxreg {
	unsigned short significand[4];
	unsigned short exponent;
	unsigned short padding[3];
};

struct _xmmreg {
	__u32 element[4];
};

#define X86_FXSR_MAGIC 0x0000

struct _fpstate_32 {
	__u32 cw;
	__u32 sw;
	__u32 tag;
	__u32 ipoff;
	__u32 cssel;
	__u32 dataoff;
	__u32 datasel;
	struct _fpreg _st[8];
	__u16 status;
	__u16 magic; /* 0xffff: only the part above; X86_FXSR_MAGIC: the rest too */
	__u32 _fxsr_env[6];
	__u32 mxcsr;
	__u32 reserved;
	struct _fpxreg _fxsr_st[8];
	struct _xmmreg _xmm[8];
	__u32 padding[44 + 12];
};
#define _fpstate _fpstate_32

struct sigcontext {
	__u16 gs, __gsh;
	__u16 fs, __fsh;
	__u16 es, __esh;
	__u16 ds, __dsh;
	__u32 edi;
	__u32 esi;
	__u32 ebp;
	__u32 esp;
	__u32 ebx;
	__u32 edx;
	__u32 ecx;
	__u32 eax;
	__u32 trapno; /* vector of the exception */
	__u32 err;    /* its error code */
	__u32 eip;
	__u16 cs, __csh;
	__u32 eflags;
	__u32 esp_at_signal;
	__u16 ss, __ssh;
	struct _fpstate_32 *fpstate; /* NULL: none saved */
	__u32 oldmask;
	__u32 cr2; /* address of a page fault */
};

#endif
