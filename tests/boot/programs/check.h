/* Test points of the programs: CHECK(condition, name) prints "ok N - name" or "not ok N - name". */
#ifndef PROGRAMS_CHECK_H
#define PROGRAMS_CHECK_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int check_count, check_failed;

#define CHECK(condition, name)                                                           \
	do {                                                                             \
		int check_ok = !!(condition);                                            \
		check_failed += !check_ok;                                               \
		printf("%sok %d - %s\n", check_ok ? "" : "not ", ++check_count, (name)); \
		fflush(stdout);                                                          \
	} while (0)

static inline int check_end(void)
{
	printf("1..%d\n", check_count);
	return check_failed != 0;
}

/* The wait status of a child, -1 if there is none. */
static inline int reap(pid_t pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

static inline void sleep_ms(int ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&time, NULL);
}

#endif
