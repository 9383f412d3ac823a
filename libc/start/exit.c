/*
 * exit(): functions of atexit() in reverse order, then stdio's flush if stdio is in the program (a
 * weak reference: it does not pull it in), then exit_group.
 */
#include <stdlib.h>
#include <unistd.h>
#include "internal/syscall.h"

void (*__atexit_run)(void);
void __stdio_exit(void) __attribute__((__weak__));

void _Exit(int status)
{
	for (;;)
		sys1(__NR_exit_group, status);
}

void _exit(int status) __attribute__((__alias__("_Exit")));

void exit(int status)
{
	if (__atexit_run)
		__atexit_run();
	if (__stdio_exit)
		__stdio_exit();
	_Exit(status);
}
