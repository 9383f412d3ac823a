/*
 * pid_t vfork(void). The child runs on the parent's stack until it execs or exits, and returns from
 * here first: the return address is kept in a register, where the child cannot overwrite it.
 */
	.section .text.vfork, "ax"
	.globl	vfork
	.type	vfork, @function
vfork:
	popl	%edx
	movl	$190, %eax
	int	$0x80
	pushl	%edx
	cmpl	$-4095, %eax
	jae	1f
	ret
1:	pushl	%eax
	call	sysret
	popl	%ecx
	ret
	.size	vfork, . - vfork
	.section .note.GNU-stack, "", @progbits
