/* time: run a program and print how long it took */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-p] PROGRAM [ARGUMENT]...");

static void print(const char *name, long long microseconds)
{
	fprintf(stderr, "%s %lld.%03lld\n", name, microseconds / 1000000,
		microseconds / 1000 % 1000);
}

static long long micro(const struct timeval *t)
{
	return t->tv_sec * 1000000LL + t->tv_usec;
}

int main(int argc, char **argv)
{
	struct timespec start, end;
	struct rusage used;
	int status, c;
	pid_t pid;

	program_start(argv);
	while ((c = getopt(argc, argv, "+p")) != -1)
		if (c != 'p')
			die_usage(125);
	argv += optind;
	if (!*argv)
		die_usage(125);
	clock_gettime(CLOCK_MONOTONIC, &start);
	pid = fork();
	if (pid < 0)
		die_errno(125, "fork");
	if (!pid) {
		execvp(*argv, argv);
		c = errno == ENOENT ? 127 : 126;
		warn_errno(*argv);
		_exit(c);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	clock_gettime(CLOCK_MONOTONIC, &end);
	getrusage(RUSAGE_CHILDREN, &used);
	print("real",
	      (end.tv_sec - start.tv_sec) * 1000000LL + (end.tv_nsec - start.tv_nsec) / 1000);
	print("user", micro(&used.ru_utime));
	print("sys", micro(&used.ru_stime));
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
