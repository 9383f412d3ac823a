/*
 * Clearing and copying whole pages, the most frequent bulk work of the kernel.
 *
 * With SSE 16 bytes go at a time. The one register used is saved and put back, and CR0.TS is left as it was found, so the
 * owner of the FPU registers (fpu.c) notices nothing and an interrupt that does the same on top does no harm; only
 * preemption must be off. Without SSE: string instructions. Pages are aligned, which the aligned moves need.
 * Any context.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/preempt.h>
#include <asm/page.h>
#include "arch/i386/tables.h"

#define CR0_TS 8

bool page_sse; /* set by fpu_init() */

struct sse_scope {
	unsigned long cr0;
	u8 xmm0[16];
};

static inline void sse_begin(struct sse_scope *scope)
{
	preempt_disable();
	scope->cr0 = read_cr0();
	clts();
	__asm__ __volatile__("movups %%xmm0, %0" : "=m"(scope->xmm0));
}

static inline void sse_end(const struct sse_scope *scope)
{
	__asm__ __volatile__("movups %0, %%xmm0" : : "m"(scope->xmm0));
	if (scope->cr0 & CR0_TS)
		write_cr0(scope->cr0);
	preempt_enable();
}

void clear_page(void *page)
{
	unsigned int count = PAGE_SIZE / 4;
	struct sse_scope scope;

	if (!page_sse) {
		__asm__ __volatile__("rep; stosl" : "+D"(page), "+c"(count) : "a"(0) : "memory");
		return;
	}
	sse_begin(&scope);
	count = PAGE_SIZE / 128;
	__asm__ __volatile__("xorps %%xmm0, %%xmm0\n"
			     "1:\tmovaps %%xmm0, (%0)\n\t"
			     "movaps %%xmm0, 16(%0)\n\t"
			     "movaps %%xmm0, 32(%0)\n\t"
			     "movaps %%xmm0, 48(%0)\n\t"
			     "movaps %%xmm0, 64(%0)\n\t"
			     "movaps %%xmm0, 80(%0)\n\t"
			     "movaps %%xmm0, 96(%0)\n\t"
			     "movaps %%xmm0, 112(%0)\n\t"
			     "addl $128, %0\n\t"
			     "decl %1\n\t"
			     "jnz 1b"
			     : "+r"(page), "+r"(count)
			     :
			     : "memory", "cc");
	sse_end(&scope);
}
EXPORT_SYMBOL(clear_page);

#define MOVE16(offset)                       \
	"movaps " #offset "(%1), %%xmm0\n\t" \
	"movaps %%xmm0, " #offset "(%0)\n\t"

void copy_page(void *to, const void *from)
{
	unsigned int count = PAGE_SIZE / 4;
	struct sse_scope scope;

	if (!page_sse) {
		__asm__ __volatile__("rep; movsl" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
		return;
	}
	sse_begin(&scope);
	count = PAGE_SIZE / 128;
	__asm__ __volatile__("1:\n\t" MOVE16(0) MOVE16(16) MOVE16(32) MOVE16(48) MOVE16(64)
				     MOVE16(80) MOVE16(96) MOVE16(112) "addl $128, %0\n\t"
								       "addl $128, %1\n\t"
								       "decl %2\n\t"
								       "jnz 1b"
			     : "+r"(to), "+r"(from), "+r"(count)
			     :
			     : "memory", "cc");
	sse_end(&scope);
}
EXPORT_SYMBOL(copy_page);
