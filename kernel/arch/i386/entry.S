/*
 * The ways into the kernel and out of it: traps, interrupts, system calls, the switch between tasks.
 *
 * Every entry builds a struct pt_regs (asm/ptrace.h) on the kernel stack; C code gets its address. The kernel never
 * uses fs and gs: they hold the user's values all the time and are reloaded on the way out, so that a changed
 * thread-local segment takes effect. A selector that cannot be reloaded becomes 0; an iret that faults becomes a
 * general protection trap of the user program (exception table entries at the end of the exit path).
 * The system call path is kept short: nothing is looked at but one word of flags on the way in and out.
 */
#include <asm/segment.h>
#include <asm/asm.h>

#define PT_EBX 0
#define PT_EAX 24
#define PT_GS 40
#define PT_ORIG_EAX 44
#define PT_EIP 48
#define PT_CS 52
#define PT_EFLAGS 56
#define EFLAGS_IF 0x200

/* struct task_struct: the first fields are fixed for us (linux/sched.h). */
#define TASK_FLAGS 0
#define TASK_PREEMPT_COUNT 4
#define TASK_THREAD_SP 12

/* TIF_* bits, linux/thread_info.h; traps.c asserts that they agree. */
#define FLAG_NEED_RESCHED 0x8
#define FLAGS_EXIT_WORK 0x20e

.macro SAVE_GENERAL
	pushl %eax
	pushl %ebp
	pushl %edi
	pushl %esi
	pushl %edx
	pushl %ecx
	pushl %ebx
.endm

.macro KERNEL_SEGMENTS
	movl $__KERNEL_DS, %edx
	movl %edx, %ds
	movl %edx, %es
	cld
.endm

.text

/* int 0x80, by a trap gate: interrupts stay as the user had them (on). */
.balign 16
.globl system_call
system_call:
	pushl %eax
	pushl %gs
	pushl %fs
	pushl %es
	pushl %ds
	SAVE_GENERAL
	KERNEL_SEGMENTS
	cmpl sys_call_count, %eax
	jae system_call_unknown
	movl %eax, %edx
	movl %esp, %eax
	call *sys_call_table(, %edx, 4)
system_call_done:
	movl %eax, PT_EAX(%esp)
return_to_user:
	cli
	movl current_task, %ecx
	testl $FLAGS_EXIT_WORK, TASK_FLAGS(%ecx)
	jnz exit_work
restore_all:
	popl %ebx
	popl %ecx
	popl %edx
	popl %esi
	popl %edi
	popl %ebp
	popl %eax
1:	popl %ds
2:	popl %es
3:	popl %fs
4:	popl %gs
	addl $4, %esp
5:	iret

6:	movl $0, (%esp)
	jmp 1b
7:	movl $0, (%esp)
	jmp 2b
8:	movl $0, (%esp)
	jmp 3b
9:	movl $0, (%esp)
	jmp 4b
	_ASM_EXTABLE(1b, 6b)
	_ASM_EXTABLE(2b, 7b)
	_ASM_EXTABLE(3b, 8b)
	_ASM_EXTABLE(4b, 9b)
	_ASM_EXTABLE(5b, iret_refused)

/* The user's return frame lies on the stack as if its program had trapped. */
iret_refused:
	pushl $0
	pushl $13
	jmp trap_common

exit_work:
	movl %esp, %eax
	call exit_to_user_mode
	jmp restore_all

system_call_unknown:
	movl %esp, %eax
	call sys_ni_syscall
	jmp system_call_done

/* Leaves for user mode with the registers at eax, which are at the top of this task's stack. */
.globl start_user_mode
start_user_mode:
	cli
	movl %eax, %esp
	jmp return_to_user

/*
 * Traps. Each stub pushes the error code (0 where the CPU pushes none) and its vector, which is passed to the handler
 * and replaced by gs.
 */
.balign 16
.globl trap_stubs
trap_stubs:
.set vector, 0
.rept 32
	.balign 16
	.if vector != 8 && (vector < 10 || vector > 14) && vector != 17 && vector != 21
	pushl $0
	.endif
	pushl $vector
	jmp trap_common
	.set vector, vector + 1
.endr

.balign 16
trap_common:
	pushl %fs
	pushl %es
	pushl %ds
	SAVE_GENERAL
	movl PT_GS(%esp), %ebx
	movl %gs, %ecx
	movl %ecx, PT_GS(%esp)
	KERNEL_SEGMENTS
	movl %esp, %eax
	movl %ebx, %edx
	call *trap_handlers(, %ebx, 4)
return_from_trap:
	movl $-1, PT_ORIG_EAX(%esp)	/* no system call: nothing to restart */
	testb $3, PT_CS(%esp)
	jnz return_to_user
	jmp restore_all

/* Hardware interrupts; orig_ax is ~vector, as Linux has it. */
.balign 16
.globl irq_stubs
irq_stubs:
.set vector, 0x20
.rept 16
	.balign 16
	pushl $~vector
	jmp irq_common
	.set vector, vector + 1
.endr

.balign 16
irq_common:
	pushl %gs
	pushl %fs
	pushl %es
	pushl %ds
	SAVE_GENERAL
	KERNEL_SEGMENTS
	movl %esp, %eax
	movl PT_ORIG_EAX(%esp), %edx
	notl %edx
	subl $0x20, %edx
	call do_IRQ
	testb $3, PT_CS(%esp)
	jnz return_to_user
	movl current_task, %ecx
	cmpl $0, TASK_PREEMPT_COUNT(%ecx)
	jne restore_all
	testl $FLAG_NEED_RESCHED, TASK_FLAGS(%ecx)
	jz restore_all
	testl $EFLAGS_IF, PT_EFLAGS(%esp)
	jz restore_all
	call preempt_schedule_irq
	jmp restore_all

/*
 * switch_stack(prev, next): saves what C expects kept, changes stacks and current_task, returns prev. A new task begins
 * at task_begin with its function in ebx and the argument in esi.
 */
.balign 16
.globl switch_stack
switch_stack:
	pushl %ebp
	pushl %edi
	pushl %esi
	pushl %ebx
	movl %esp, TASK_THREAD_SP(%eax)
	movl TASK_THREAD_SP(%edx), %esp
	movl %edx, current_task
	popl %ebx
	popl %esi
	popl %edi
	popl %ebp
	ret

.globl task_begin
task_begin:
	call schedule_tail
	testl %ebx, %ebx
	jz return_to_user
	movl %esi, %eax
	call *%ebx
	jmp return_to_user

/*
 * The double fault's own task (traps_double.c): a task switch brings us here, iret switches back to the task whose
 * registers double_fault() has changed.
 */
.globl double_fault_entry
double_fault_entry:
	addl $4, %esp	/* error code, always 0 */
	cld
	call double_fault
	iret
	jmp double_fault_entry

.section .note.GNU-stack, "", @progbits
