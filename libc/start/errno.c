/* errno, and the conversion of raw results: -4095..-1 are errors. */
#include <errno.h>
#include "internal/syscall.h"

int errno;

long sysret(unsigned long result)
{
	if (result > -4096UL) {
		errno = -(long)result;
		return -1;
	}
	return result;
}
