/* timeout: run a program with a time limit */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../lib/number.h"
#include "../lib/program.h"
#include "../lib/signame.h"

USAGE("[-fp] [-k TIME] [-s SIGNAL] TIME PROGRAM [ARGUMENT]...");

static volatile sig_atomic_t expired;

static void expire(int number)
{
	expired++;
}

static void alarm_set(long long milliseconds)
{
	struct itimerval timer = { .it_value = { .tv_sec = (time_t)(milliseconds / 1000) } };

	timer.it_value.tv_usec = (long)(milliseconds % 1000) * 1000;
	setitimer(ITIMER_REAL, &timer, NULL);
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = expire };
	long long limit, grace = 0;
	bool foreground = false, keep_status = false;
	int number = SIGTERM, sent = 0, status, c;
	pid_t pid;

	program_start(argv);
	while ((c = getopt(argc, argv, "+fk:ps:")) != -1) {
		switch (c) {
		case 'f':
			foreground = true;
			break;
		case 'k':
			grace = duration_or_die(optarg);
			break;
		case 'p':
			keep_status = true;
			break;
		case 's':
			number = signal_number(optarg);
			break;
		default:
			die_usage(125);
		}
	}
	argv += optind;
	if (number < 0 || !argv[0] || !argv[1])
		die_usage(125);
	limit = duration_or_die(*argv++);
	if (!foreground)
		setpgid(0, 0);
	sigaction(SIGALRM, &action, NULL);
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	pid = fork();
	if (pid < 0)
		die_errno(125, "fork");
	if (!pid) {
		signal(SIGTTIN, SIG_DFL);
		signal(SIGTTOU, SIG_DFL);
		execvp(*argv, argv);
		c = errno == ENOENT ? 127 : 126;
		warn_errno(*argv);
		_exit(c);
	}
	if (limit)
		alarm_set(limit);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		while (sent < expired) {
			int what = sent++ ? SIGKILL : number;

			kill(pid, what);
			if (!foreground && what != SIGKILL) {
				signal(what, SIG_IGN);
				kill(0, what);
			}
			kill(pid, SIGCONT);
			if (grace && sent == 1)
				alarm_set(grace);
		}
	if (sent && !keep_status)
		return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? 137 : 124;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
