/*
 * Where a program begins. The kernel leaves on the stack, from esp upwards: argc, argv[], NULL,
 * envp[], NULL, pairs of the auxiliary vector, AT_NULL (System V i386 ABI, Process Initialization).
 */
	.section .text._start, "ax"
	.globl	_start
	.type	_start, @function
_start:
	xorl	%ebp, %ebp		/* the outermost frame */
	movl	%esp, %eax
	andl	$-16, %esp
	pushl	%eax
	call	__libc_start
	hlt
	.size	_start, . - _start
	.section .note.GNU-stack, "", @progbits
