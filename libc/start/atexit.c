/* Functions to call at exit() and quick_exit(): fixed tables, run last first. */
#include <stdlib.h>
#include <unistd.h>

#define FUNCTIONS 64

extern void (*__atexit_run)(void);
static void (*functions[FUNCTIONS])(void);
static int count;
static void (*quick_functions[FUNCTIONS])(void);
static int quick_count;

static void run(void)
{
	while (count > 0)
		functions[--count]();
}

int atexit(void (*function)(void))
{
	if (count == FUNCTIONS)
		return -1;
	functions[count++] = function;
	__atexit_run = run;
	return 0;
}

int at_quick_exit(void (*function)(void))
{
	if (quick_count == FUNCTIONS)
		return -1;
	quick_functions[quick_count++] = function;
	return 0;
}

void quick_exit(int status)
{
	while (quick_count > 0)
		quick_functions[--quick_count]();
	_Exit(status);
}
