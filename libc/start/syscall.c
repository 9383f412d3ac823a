/* syscall(): any system call by number, for programs. Reads six arguments, whatever was passed. */
#include <stdarg.h>
#include <unistd.h>
#include "internal/syscall.h"

long syscall(long number, ...)
{
	va_list ap;
	long a[6];

	va_start(ap, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	return sysret(__syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5]));
}
