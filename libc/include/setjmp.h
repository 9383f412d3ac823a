/* Non-local jumps. jmp_buf: ebx esi edi ebp esp eip; sigjmp_buf also the signal mask. */
#ifndef _SETJMP_H
#define _SETJMP_H
#include <features.h>
__BEGIN_DECLS
typedef unsigned long jmp_buf[6];
typedef struct {
	jmp_buf registers;
	int saved; /* is mask valid */
	unsigned long mask[2];
} sigjmp_buf[1];
int setjmp(jmp_buf state) __attribute__((__returns_twice__));
int _setjmp(jmp_buf state) __attribute__((__returns_twice__));
void longjmp(jmp_buf state, int value) __libc_noreturn; /* setjmp then returns value, or 1 for 0 */
void _longjmp(jmp_buf state, int value) __libc_noreturn;
int __sigsetjmp_mask(sigjmp_buf state, int save);
#define sigsetjmp(state, save) (__sigsetjmp_mask((state), (save)), setjmp((state)[0].registers))
void siglongjmp(sigjmp_buf state, int value) __libc_noreturn;
__END_DECLS
#endif
