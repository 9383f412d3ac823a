/* sigsetjmp and siglongjmp: the jumps of setjmp.S, and the signal mask. */
#include <setjmp.h>
#include <signal.h>

int __sigsetjmp_mask(sigjmp_buf state, int save)
{
	state[0].saved = save;
	if (save)
		sigprocmask(SIG_BLOCK, NULL, (sigset_t *)state[0].mask);
	return 0;
}

void siglongjmp(sigjmp_buf state, int value)
{
	if (state[0].saved)
		sigprocmask(SIG_SETMASK, (sigset_t *)state[0].mask, NULL);
	longjmp(state[0].registers, value);
}
