/* The auxiliary vector lies above the environment the kernel made; found by walking over it once. */
#include <errno.h>
#include <stddef.h>
#include <sys/auxv.h>

extern char **__environ_initial; /* as the kernel gave it */

unsigned long getauxval(unsigned long type)
{
	char **p = __environ_initial;

	while (*p++)
		;
	for (unsigned long *a = (unsigned long *)p; a[0] != AT_NULL; a += 2)
		if (a[0] == type)
			return a[1];
	errno = ENOENT;
	return 0;
}
