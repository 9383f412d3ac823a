/*
 * The instructions that touch user memory and may fault. Each has an exception table entry; the C functions in
 * uaccess.c check addresses first. regparm: arguments in eax, edx, ecx.
 */
#include <asm/asm.h>

.text
.globl uaccess_first
uaccess_first:

/* copy_user(to, from, count): bytes not copied. Words first, so that a fault costs at most three bytes. */
.balign 16
.globl copy_user
copy_user:
	pushl %esi
	pushl %edi
	pushl %ebx
	movl %eax, %edi
	movl %edx, %esi
	movl %ecx, %ebx
	shrl $2, %ecx
	andl $3, %ebx
1:	rep; movsl
	movl %ebx, %ecx
2:	rep; movsb
3:	movl %ecx, %eax
	popl %ebx
	popl %edi
	popl %esi
	ret
4:	leal (%ebx, %ecx, 4), %ecx
	jmp 3b
	_ASM_EXTABLE(1b, 4b)
	_ASM_EXTABLE(2b, 3b)

/* clear_user_memory(to, count): bytes not cleared. */
.balign 16
.globl clear_user_memory
clear_user_memory:
	pushl %edi
	pushl %ebx
	movl %eax, %edi
	movl %edx, %ecx
	movl %edx, %ebx
	xorl %eax, %eax
	shrl $2, %ecx
	andl $3, %ebx
1:	rep; stosl
	movl %ebx, %ecx
2:	rep; stosb
3:	movl %ecx, %eax
	popl %ebx
	popl %edi
	ret
4:	leal (%ebx, %ecx, 4), %ecx
	jmp 3b
	_ASM_EXTABLE(1b, 4b)
	_ASM_EXTABLE(2b, 3b)

/* copy_user_string(dst, src, count): length without NUL, count if there was none, -14 (EFAULT) on a fault. */
.balign 16
.globl copy_user_string
copy_user_string:
	pushl %esi
	pushl %edi
	pushl %ebx
	movl %eax, %edi
	movl %edx, %esi
	movl %ecx, %ebx
	testl %ecx, %ecx
	jz 3f
1:	movb (%esi), %al
	movb %al, (%edi)
	testb %al, %al
	jz 3f
	incl %esi
	incl %edi
	decl %ecx
	jnz 1b
3:	movl %ebx, %eax
	subl %ecx, %eax
4:	popl %ebx
	popl %edi
	popl %esi
	ret
5:	movl $-14, %eax
	jmp 4b
	_ASM_EXTABLE(1b, 5b)

/* user_string_length(str, count): length with NUL, count + 1 if there is none, 0 on a fault. */
.balign 16
.globl user_string_length
user_string_length:
	movl %eax, %ecx
	addl %eax, %edx
1:	cmpl %edx, %ecx
	je 3f
2:	cmpb $0, (%ecx)
	leal 1(%ecx), %ecx
	jne 1b
	subl %eax, %ecx
	movl %ecx, %eax
	ret
3:	subl %eax, %ecx
	leal 1(%ecx), %eax
	ret
4:	xorl %eax, %eax
	ret
	_ASM_EXTABLE(2b, 4b)

/* __get_user_N(dst, src): 0 or -EFAULT with *dst zero. __put_user_N(value, dst), for 8 bytes (&value, dst). */
#define USER_LIMIT 0xC0000000

.macro GET_USER size, load, reg
.balign 16
.globl __get_user_\size
__get_user_\size:
	cmpl $(USER_LIMIT - \size), %edx
	ja 2f
1:	\load (%edx), \reg
	mov \reg, (%eax)
	xorl %eax, %eax
	ret
2:	xorl %ecx, %ecx
	mov \reg, (%eax)
	movl $-14, %eax
	ret
	_ASM_EXTABLE(1b, 2b)
.endm

GET_USER 1, movb, %cl
GET_USER 2, movw, %cx
GET_USER 4, movl, %ecx

.balign 16
.globl __get_user_8
__get_user_8:
	cmpl $(USER_LIMIT - 8), %edx
	ja 3f
1:	movl (%edx), %ecx
2:	movl 4(%edx), %edx
	movl %ecx, (%eax)
	movl %edx, 4(%eax)
	xorl %eax, %eax
	ret
3:	movl $0, (%eax)
	movl $0, 4(%eax)
	movl $-14, %eax
	ret
	_ASM_EXTABLE(1b, 3b)
	_ASM_EXTABLE(2b, 3b)

.macro PUT_USER size, reg
.balign 16
.globl __put_user_\size
__put_user_\size:
	cmpl $(USER_LIMIT - \size), %edx
	ja 2f
1:	mov \reg, (%edx)
	xorl %eax, %eax
	ret
2:	movl $-14, %eax
	ret
	_ASM_EXTABLE(1b, 2b)
.endm

PUT_USER 1, %al
PUT_USER 2, %ax
PUT_USER 4, %eax

.balign 16
.globl __put_user_8
__put_user_8:
	cmpl $(USER_LIMIT - 8), %edx
	ja 3f
	movl (%eax), %ecx
1:	movl %ecx, (%edx)
	movl 4(%eax), %ecx
2:	movl %ecx, 4(%edx)
	xorl %eax, %eax
	ret
3:	movl $-14, %eax
	ret
	_ASM_EXTABLE(1b, 3b)
	_ASM_EXTABLE(2b, 3b)

.globl uaccess_last
uaccess_last:

.section .note.GNU-stack, "", @progbits
