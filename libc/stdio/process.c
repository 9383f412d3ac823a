/* system() and popen(): commands by /bin/sh. */
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "stdio/stream.h"

static pid_t wait_for(pid_t pid, int *status)
{
	pid_t got;

	do
		got = waitpid(pid, status, 0);
	while (got < 0 && errno == EINTR);
	return got;
}

int system(const char *command)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, interrupt, quit;
	sigset_t block, mask;
	int status;

	if (!command)
		return access(_PATH_BSHELL, X_OK) == 0;
	sigemptyset(&block);
	sigaddset(&block, SIGCHLD);
	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	sigprocmask(SIG_BLOCK, &block, &mask);
	pid_t pid = fork();

	if (pid == 0) {
		sigaction(SIGINT, &interrupt, NULL);
		sigaction(SIGQUIT, &quit, NULL);
		sigprocmask(SIG_SETMASK, &mask, NULL);
		execl(_PATH_BSHELL, "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || wait_for(pid, &status) < 0)
		status = -1;
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	return status;
}

FILE *popen(const char *command, const char *mode)
{
	int fds[2], reading = *mode == 'r';

	if (!reading && *mode != 'w') {
		errno = EINVAL;
		return NULL;
	}
	if (pipe2(fds, O_CLOEXEC))
		return NULL;
	FILE *stream = fdopen(fds[!reading], mode);
	pid_t pid = stream ? fork() : -1;

	if (pid == 0) {
		int theirs = fds[reading], target = reading;

		if (theirs == target)
			fcntl(theirs, F_SETFD, 0);
		else
			dup2(theirs, target);
		execl(_PATH_BSHELL, "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	close(fds[reading]);
	if (pid < 0) {
		if (stream)
			fclose(stream);
		else
			close(fds[!reading]);
		return NULL;
	}
	if (!strchr(mode, 'e'))
		fcntl(fds[!reading], F_SETFD, 0);
	stream->child = pid;
	return stream;
}

int pclose(FILE *stream)
{
	pid_t pid = stream->child;
	int status;

	fclose(stream);
	return wait_for(pid, &status) < 0 ? -1 : status;
}
