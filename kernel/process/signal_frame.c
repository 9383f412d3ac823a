/*
 * Signal frames: what a handler finds on its stack, in Linux's i386 layout (debuggers and unwinders know it).
 *
 * Below the interrupted stack pointer (or at the top of the alternate stack) lie, from high to low: the FPU state if the
 * thread has any, 64-byte aligned, and the frame: return address, arguments, saved registers, mask. The return address is
 * sa_restorer, or the frame's own retcode (stacks are executable: these CPUs have no way to forbid it) which calls sigreturn.
 * Going back, every value is hostile: selectors get ring 3, only the harmless flags are taken, and MXCSR is masked, since an
 * undefined bit would fault in the kernel.
 * Source: Linux ABI (uapi/asm/sigcontext.h), Intel SDM vol. 1, 8.1.10 (FSAVE image) and 10.5.1 (FXSAVE image).
 */
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/asm/ucontext.h>
#include <uapi/asm/unistd.h>
#include <asm/cpufeature.h>
#include <asm/fpu.h>
#include <asm/irqflags.h>
#include "process/process.h"

#define FPSTATE_SIZE 624 /* FSAVE image with two words behind it, then the FXSAVE image */
#define FXSAVE_OFFSET 112
#define FSAVE_ONLY 0xffff /* magic: no FXSAVE image follows */
#define MXCSR_OFFSET 24	  /* in the FXSAVE image */
#define MXCSR_MASK_OFFSET 28
#define MXCSR_MASK_DEFAULT 0xffbfu

#define FLAGS_OF_USER 0x00050dd5u /* AC RF OF DF TF SF ZF AF PF CF */
#define FLAG_DF 0x400u
#define FLAG_TF 0x100u
#define FLAG_RF 0x10000u

struct sigframe {
	u32 pretcode;
	int sig;
	struct sigcontext sc;
	struct _fpstate_32 fpstate_unused;
	unsigned long extramask[_NSIG_WORDS - 1];
	char retcode[8];
};

struct rt_sigframe {
	u32 pretcode;
	int sig;
	u32 pinfo;
	u32 puc;
	siginfo_t info;
	struct ucontext uc;
	char retcode[8];
};

/* popl %eax; movl $__NR_sigreturn, %eax; int $0x80 */
static const u8 retcode[8] = { 0x58, 0xb8, __NR_sigreturn, 0, 0, 0, 0xcd, 0x80 };
/* movl $__NR_rt_sigreturn, %eax; int $0x80 */
static const u8 rt_retcode[8] = { 0xb8, __NR_rt_sigreturn, 0, 0, 0, 0xcd, 0x80, 0 };

/* The two-bit tag of one x87 register, which FXSAVE does not store: 0 valid, 1 zero, 2 special, 3 empty. */
static u32 register_tag(const u8 *reg)
{
	u16 exponent = (u16)(reg[8] | ((reg[9] & 0x7f) << 8));
	u32 low, high;

	memcpy(&low, reg, 4);
	memcpy(&high, reg + 4, 4);
	if (exponent == 0x7fff)
		return 2;
	if (exponent == 0)
		return low | high ? 2 : 1;
	return high & 0x80000000u ? 0 : 2;
}

/* The FSAVE image that says the same as an FXSAVE image. */
static void fsave_from_fxsave(u8 *fsave, const u8 *fx)
{
	u32 words[7] = { 0xffff0000u | fx[0] | (fx[1] << 8), 0xffff0000u | fx[2] | (fx[3] << 8),
			 0xffff0000u };
	unsigned int top = (fx[3] >> 3) & 7, i;

	for (i = 0; i < 8; i++) {
		unsigned int st = (i - top) & 7;
		u32 tag = fx[4] & (1u << i) ? register_tag(fx + 32 + 16 * st) : 3;

		words[2] |= tag << (2 * i);
		memcpy(fsave + 28 + 10 * i, fx + 32 + 16 * i, 10);
	}
	memcpy(&words[3], fx + 8, 4);
	words[4] = (u32)(fx[12] | (fx[13] << 8)) | ((u32)(fx[6] | (fx[7] << 8)) << 16);
	memcpy(&words[5], fx + 16, 4);
	words[6] = (u32)(fx[20] | (fx[21] << 8));
	memcpy(fsave, words, sizeof(words));
}

static int save_fpu(u8 __user *to, const struct fpu_state *state)
{
	u8 head[FXSAVE_OFFSET] = { 0 };
	u16 magic = X86_FXSR_MAGIC;

	if (!boot_cpu_has(X86_FEATURE_FXSR)) {
		magic = FSAVE_ONLY;
		memcpy(head, state->image, 108);
		memcpy(head + 108, head + 4, 2);
		memcpy(head + 110, &magic, 2);
		return copy_to_user(to, head, sizeof(head)) ? -EFAULT : 0;
	}
	fsave_from_fxsave(head, state->image);
	memcpy(head + 108, state->image + 2, 2);
	memcpy(head + 110, &magic, 2);
	if (copy_to_user(to, head, sizeof(head)) ||
	    copy_to_user(to + FXSAVE_OFFSET, state->image, sizeof(state->image)))
		return -EFAULT;
	return 0;
}

static void mxcsr_clean(struct fpu_state *state, u32 mask)
{
	u32 mxcsr;

	memcpy(&mxcsr, state->image + MXCSR_OFFSET, sizeof(mxcsr));
	mxcsr &= mask ? mask : MXCSR_MASK_DEFAULT;
	memcpy(state->image + MXCSR_OFFSET, &mxcsr, sizeof(mxcsr));
}

static int restore_fpu(const u8 __user *from)
{
	struct fpu_state *state;
	struct fpu_state image;
	u32 mask;

	if (!from) {
		fpu_drop(current);
		return 0;
	}
	if (copy_from_user(image.image,
			   boot_cpu_has(X86_FEATURE_FXSR) ? from + FXSAVE_OFFSET : from,
			   boot_cpu_has(X86_FEATURE_FXSR) ? sizeof(image.image) : 108))
		return -EFAULT;
	state = fpu_replace_current();
	if (!state)
		return -EFAULT;
	memcpy(&mask, state->image + MXCSR_MASK_OFFSET, sizeof(mask));
	if (boot_cpu_has(X86_FEATURE_FXSR))
		mxcsr_clean(&image, mask);
	preempt_disable();
	memcpy(state->image, image.image,
	       boot_cpu_has(X86_FEATURE_FXSR) ? sizeof(image.image) : 108);
	preempt_enable();
	return 0;
}

static void fill_context(struct sigcontext *sc, const struct pt_regs *regs, u8 __user *fpstate,
			 u32 mask)
{
	*sc = (struct sigcontext){
		.gs = regs->gs,
		.fs = regs->fs,
		.es = regs->es,
		.ds = regs->ds,
		.edi = regs->di,
		.esi = regs->si,
		.ebp = regs->bp,
		.esp = regs->sp,
		.ebx = regs->bx,
		.edx = regs->dx,
		.ecx = regs->cx,
		.eax = regs->ax,
		.trapno = current->thread.trap_nr,
		.err = current->thread.error_code,
		.eip = regs->ip,
		.cs = regs->cs,
		.eflags = regs->flags,
		.esp_at_signal = regs->sp,
		.ss = regs->ss,
		.fpstate = (struct _fpstate_32 *)fpstate,
		.oldmask = mask,
		.cr2 = current->thread.cr2,
	};
}

/* Where the frame of size bytes goes; *fpstate: address of the FPU state, NULL if there is none. NULL: no room. */
static void __user *frame_place(struct ksignal *ksig, const struct pt_regs *regs, size_t size,
				u8 __user **fpstate)
{
	bool on_alternate = on_sig_stack(regs->sp);
	unsigned long sp = sigsp(regs->sp, ksig);
	const struct fpu_state *state = fpu_save_current();

	*fpstate = NULL;
	if (state) {
		sp = (sp - FPSTATE_SIZE) & ~63ul;
		*fpstate = (u8 __user *)sp;
		if (!access_ok(*fpstate, FPSTATE_SIZE) || save_fpu(*fpstate, state))
			return NULL;
	}
	sp = ((sp - size + 4) & ~15ul) -
	     4; /* as after a call: the ABI wants arguments 16-byte aligned */
	if (on_alternate && !on_sig_stack(sp))
		return NULL;
	return access_ok((void __user *)sp, size) ? (void __user *)sp : NULL;
}

static void enter_handler(struct ksignal *ksig, struct pt_regs *regs, unsigned long sp)
{
	regs->sp = sp;
	regs->ip = (unsigned long)ksig->ka.sa.sa_handler;
	regs->ax = (unsigned long)ksig->sig;
	regs->dx = 0;
	regs->cx = 0;
	regs->ds = regs->es = regs->ss = __USER_DS;
	regs->cs = __USER_CS;
	regs->flags &= ~(unsigned long)(FLAG_DF | FLAG_RF | FLAG_TF);
}

static u32 return_address(const struct ksignal *ksig, void __user *code)
{
	return ksig->ka.sa.sa_flags & SA_RESTORER ? (u32)ksig->ka.sa.sa_restorer : (u32)code;
}

static int setup_frame(struct ksignal *ksig, const sigset_t *mask, struct pt_regs *regs)
{
	u8 __user *fpstate;
	struct sigframe __user *frame = frame_place(ksig, regs, sizeof(*frame), &fpstate);
	struct sigcontext sc;

	if (!frame)
		return -EFAULT;
	fill_context(&sc, regs, fpstate, mask->sig[0]);
	if (put_user(return_address(ksig, &frame->retcode), &frame->pretcode) ||
	    put_user(ksig->sig, &frame->sig) || copy_to_user(&frame->sc, &sc, sizeof(sc)) ||
	    put_user(mask->sig[1], &frame->extramask[0]) ||
	    copy_to_user(frame->retcode, retcode, sizeof(retcode)))
		return -EFAULT;
	enter_handler(ksig, regs, (unsigned long)frame);
	return 0;
}

static int setup_rt_frame(struct ksignal *ksig, const sigset_t *mask, struct pt_regs *regs)
{
	u8 __user *fpstate;
	struct rt_sigframe __user *frame = frame_place(ksig, regs, sizeof(*frame), &fpstate);
	struct ucontext uc = { .uc_sigmask = *mask };

	if (!frame)
		return -EFAULT;
	fill_context(&uc.uc_mcontext, regs, fpstate, mask->sig[0]);
	uc.uc_stack.ss_sp = (void *)current->sas_ss_sp;
	uc.uc_stack.ss_flags = (int)(sas_ss_flags(regs->sp) |
				     (current->sas_ss_flags & SS_AUTODISARM));
	uc.uc_stack.ss_size = current->sas_ss_size;
	if (put_user(return_address(ksig, &frame->retcode), &frame->pretcode) ||
	    put_user(ksig->sig, &frame->sig) || put_user((u32)&frame->info, &frame->pinfo) ||
	    put_user((u32)&frame->uc, &frame->puc) ||
	    copy_siginfo_to_user(&frame->info, &ksig->info) ||
	    copy_to_user(&frame->uc, &uc, sizeof(uc)) ||
	    copy_to_user(frame->retcode, rt_retcode, sizeof(rt_retcode)))
		return -EFAULT;
	if (current->sas_ss_flags & SS_AUTODISARM)
		sas_ss_reset(current);
	enter_handler(ksig, regs, (unsigned long)frame);
	regs->dx = (unsigned long)&frame->info;
	regs->cx = (unsigned long)&frame->uc;
	return 0;
}

int setup_signal_frame(struct ksignal *ksig, struct pt_regs *regs)
{
	const sigset_t *mask = sigmask_to_save();

	if (ksig->ka.sa.sa_flags & SA_SIGINFO)
		return setup_rt_frame(ksig, mask, regs);
	return setup_frame(ksig, mask, regs);
}

static int restore_context(struct pt_regs *regs, const struct sigcontext __user *from)
{
	struct sigcontext sc;

	current->restart_block.fn = NULL;
	if (copy_from_user(&sc, from, sizeof(sc)))
		return -EFAULT;
	*regs = (struct pt_regs){
		.bx = sc.ebx,
		.cx = sc.ecx,
		.dx = sc.edx,
		.si = sc.esi,
		.di = sc.edi,
		.bp = sc.ebp,
		.ax = sc.eax,
		.ds = sc.ds,
		.es = sc.es,
		.fs = sc.fs,
		.gs = sc.gs,
		.orig_ax = (unsigned long)-1,
		.ip = sc.eip,
		.cs = sc.cs | 3,
		.flags = (regs->flags & ~FLAGS_OF_USER) | (sc.eflags & FLAGS_OF_USER),
		.sp = sc.esp,
		.ss = sc.ss | 3,
	};
	return restore_fpu((const u8 __user *)sc.fpstate);
}

SYSCALL_DEFINE0(sigreturn)
{
	struct pt_regs *regs = current_pt_regs();
	struct sigframe __user *frame = (struct sigframe __user *)(regs->sp - 8);
	sigset_t mask;

	if (get_user(mask.sig[0], &frame->sc.oldmask) ||
	    get_user(mask.sig[1], &frame->extramask[0]))
		goto bad;
	set_current_blocked(&mask);
	if (restore_context(regs, &frame->sc))
		goto bad;
	return (long)regs->ax;
bad:
	force_sig(SIGSEGV);
	return 0;
}

SYSCALL_DEFINE0(rt_sigreturn)
{
	struct pt_regs *regs = current_pt_regs();
	struct rt_sigframe __user *frame = (struct rt_sigframe __user *)(regs->sp - 4);
	sigset_t mask;

	if (copy_from_user(&mask, &frame->uc.uc_sigmask, sizeof(mask)))
		goto bad;
	set_current_blocked(&mask);
	if (restore_context(regs, &frame->uc.uc_mcontext))
		goto bad;
	if (restore_altstack(&frame->uc.uc_stack))
		goto bad;
	return (long)regs->ax;
bad:
	force_sig(SIGSEGV);
	return 0;
}
