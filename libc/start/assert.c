/* What a failed assert() says. Written straight to the descriptor: stdio may be what is broken. */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

void __assert_fail(const char *expression, const char *file, unsigned int line,
		   const char *function)
{
	dprintf(2, "%s: %s:%u: %s: Assertion `%s' failed.\n", program_invocation_short_name, file,
		line, function, expression);
	abort();
}
