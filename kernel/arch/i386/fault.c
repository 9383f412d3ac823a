/*
 * Page faults.
 *
 * A fault on a user address goes to the area that holds it (kernel/mm/fault.c); from kernel mode only if the instruction
 * has an exception table entry, so that a wild pointer in kernel code is reported at once and takes no lock. A fault on
 * a kernel address is always an error: kernel tables are complete in every page directory.
 * Error code, Intel SDM vol. 3, 4.7: bit 0 protection (else not present), bit 1 write, bit 2 user mode.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/extable.h>
#include <rakit/arch.h>
#include <rakit/memory.h>
#include "arch/i386/tables.h"

#define ERROR_PROTECTION 1
#define ERROR_WRITE 2
#define ERROR_USER 4
#define PUSH_SLACK \
	(65536 + 32 * sizeof(unsigned long)) /* enter may touch this far below the stack pointer */

extern char uaccess_first[], uaccess_last[];

static const char *fault_kind(unsigned long addr, unsigned long error)
{
	if (addr < PAGE_SIZE)
		return "NULL pointer dereference";
	if (kstack_is_guard(addr))
		return "kernel stack overflow";
	if (addr < TASK_SIZE)
		return "user memory accessed without copy_from_user or copy_to_user";
	if ((error & (ERROR_PROTECTION | ERROR_WRITE)) == (ERROR_PROTECTION | ERROR_WRITE))
		return "write to read-only memory";
	return "access to unmapped memory";
}

void die_page_fault(struct pt_regs *regs, unsigned long addr)
{
	unsigned long error = regs->orig_ax;
	char text[112];

	snprintf(text, sizeof(text), "%s: %s at %08lx", fault_kind(addr, error),
		 regs->ip == addr      ? "execution"
		 : error & ERROR_WRITE ? "write"
				       : "read",
		 addr);
	die(text, regs, (long)error);
}

static void fault_bad(struct pt_regs *regs, unsigned long addr, int signal, int code)
{
	if (!user_mode(regs)) {
		if (!fixup_exception(regs))
			die_page_fault(regs, addr);
		return;
	}
	current->thread.cr2 = addr;
	current->thread.trap_nr = 14;
	current->thread.error_code = regs->orig_ax | (addr >= TASK_SIZE ? ERROR_PROTECTION : 0);
	force_sig_fault(signal, code, (void __user *)addr);
}

static bool access_allowed(const struct vm_area_struct *vma, unsigned long error)
{
	if (error & ERROR_WRITE)
		return vma->vm_flags & VM_WRITE;
	return vma->vm_flags & (VM_READ | VM_EXEC | VM_WRITE);
}

/* Finds the area for addr, growing a stack if need be; NULL: there is none. mmap_lock is held (again) on return. */
static struct vm_area_struct *area_for(struct mm_struct *mm, struct pt_regs *regs,
				       unsigned long addr)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	if (!vma || vma->vm_start <= addr)
		return vma;
	if (!(vma->vm_flags & VM_GROWSDOWN) || (user_mode(regs) && addr + PUSH_SLACK < regs->sp))
		return NULL;
	mmap_read_unlock(mm);
	mmap_write_lock(mm);
	vma = find_vma(mm, addr);
	if (vma && vma->vm_start > addr &&
	    (!(vma->vm_flags & VM_GROWSDOWN) || expand_stack(vma, addr)))
		vma = NULL;
	mmap_write_unlock(mm);
	mmap_read_lock(mm);
	vma = vma ? find_vma(mm, addr) : NULL;
	return vma && vma->vm_start <= addr ? vma : NULL;
}

static void fault_user_address(struct pt_regs *regs, struct mm_struct *mm, unsigned long addr)
{
	unsigned long error = regs->orig_ax;
	unsigned int flags = (error & ERROR_WRITE ? FAULT_FLAG_WRITE : 0) |
			     (user_mode(regs) ? FAULT_FLAG_USER : 0);
	struct vm_area_struct *vma;
	vm_fault_t result;

	mmap_read_lock(mm);
	vma = area_for(mm, regs, addr);
	if (!vma || !access_allowed(vma, error)) {
		int code = vma ? SEGV_ACCERR : SEGV_MAPERR;

		mmap_read_unlock(mm);
		fault_bad(regs, addr, SIGSEGV, code);
		return;
	}
	result = handle_mm_fault(vma, addr, flags);
	mmap_read_unlock(mm);
	if (likely(!(result & VM_FAULT_ERROR))) {
		if (result & VM_FAULT_MAJOR)
			current->maj_flt++;
		else
			current->min_flt++;
		return;
	}
	if (result & VM_FAULT_SIGSEGV)
		fault_bad(regs, addr, SIGSEGV, SEGV_MAPERR);
	else if (result & VM_FAULT_OOM)
		fault_bad(regs, addr, SIGKILL, SI_KERNEL);
	else
		fault_bad(regs, addr, SIGBUS, BUS_ADRERR);
}

/* Is this an instruction that may touch user memory? uaccess.S holds nearly all of them. */
static bool may_fault(unsigned long ip)
{
	return (ip >= (unsigned long)uaccess_first && ip < (unsigned long)uaccess_last) ||
	       search_exception_tables(ip);
}

void do_page_fault(struct pt_regs *regs, unsigned int vector)
{
	unsigned long addr = read_cr2();
	struct mm_struct *mm = current->mm;

	if (unlikely(!user_mode(regs))) {
		if (addr >= TASK_SIZE || !mm || !may_fault(regs->ip) || pagefault_disabled() ||
		    !(regs->flags & X86_EFLAGS_IF)) {
			fault_bad(regs, addr, SIGSEGV, SEGV_MAPERR);
			return;
		}
	} else if (addr >= TASK_SIZE || !mm) {
		local_irq_enable();
		fault_bad(regs, addr, SIGSEGV, SEGV_MAPERR);
		local_irq_disable();
		return;
	}
	local_irq_enable();
	fault_user_address(regs, mm, addr);
	local_irq_disable();
}
