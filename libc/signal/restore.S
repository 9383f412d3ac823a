/*
 * Return addresses of signal handlers. A plain frame has the signal number on the stack, which
 * sigreturn expects to be gone; rt_sigreturn takes its frame as it is.
 */
	.section .text.__signal_restore, "ax"
	.globl	__signal_restore
	.type	__signal_restore, @function
__signal_restore:
	popl	%eax
	movl	$119, %eax
	int	$0x80
	.size	__signal_restore, . - __signal_restore

	.section .text.__signal_restore_rt, "ax"
	.globl	__signal_restore_rt
	.type	__signal_restore_rt, @function
__signal_restore_rt:
	movl	$173, %eax
	int	$0x80
	.size	__signal_restore_rt, . - __signal_restore_rt
	.section .note.GNU-stack, "", @progbits
