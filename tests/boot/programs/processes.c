/* Processes: end and wait, groups and sessions, execve, identity. Argument 1, when present, says what an exec'd copy does. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>
#include "check.h"

#define MANY_STRINGS 1000

static const char *self;

static void test_wait(void)
{
	siginfo_t info;
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(42);
	status = reap(pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 42, "exit status");
	CHECK(waitpid(-1, &status, 0) == -1 && errno == ECHILD, "no children");
	pid = fork();
	if (!pid)
		for (;;)
			pause();
	CHECK(waitpid(pid, &status, WNOHANG) == 0, "WNOHANG");
	kill(pid, SIGSTOP);
	CHECK(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status) &&
		      WSTOPSIG(status) == SIGSTOP,
	      "WUNTRACED");
	kill(pid, SIGCONT);
	CHECK(waitpid(pid, &status, WCONTINUED) == pid && WIFCONTINUED(status), "WCONTINUED");
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGTERM);
	sleep_ms(20);
	CHECK(waitpid(pid, &status, WNOHANG) == 0, "SIGTERM waits in a stopped process");
	kill(pid, SIGKILL);
	status = reap(pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "SIGKILL does not wait");
	pid = fork();
	if (!pid)
		_exit(7);
	memset(&info, 0, sizeof(info));
	CHECK(!waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) && info.si_pid == pid &&
		      info.si_status == 7 && info.si_code == CLD_EXITED,
	      "waitid looks");
	CHECK(!waitid(P_ALL, 0, &info, WEXITED) && info.si_pid == pid, "waitid takes");
	signal(SIGCHLD, SIG_IGN);
	pid = fork();
	if (!pid)
		_exit(0);
	CHECK(waitpid(pid, &status, 0) == -1 && errno == ECHILD,
	      "ignored SIGCHLD leaves no zombies");
	signal(SIGCHLD, SIG_DFL);
}

static int read_number(int fd)
{
	char text[16];
	ssize_t length = read(fd, text, sizeof(text) - 1);

	text[length > 0 ? length : 0] = '\0';
	return atoi(text);
}

static void test_groups(void)
{
	int ends[2], status, orphan;
	pid_t pid;

	pipe(ends);
	pid = fork();
	if (!pid) {
		pid_t session = setsid();

		_exit(session == getpid() && getpgrp() == session && setsid() == -1 ? 0 : 1);
	}
	CHECK(reap(pid) == 0, "setsid");
	pid = fork();
	if (!pid) {
		setpgid(0, 0);
		if (!fork())
			pause();
		pause();
		_exit(0);
	}
	setpgid(pid, pid);
	CHECK(getpgid(pid) == pid, "setpgid");
	sleep_ms(30);
	kill(-pid, SIGTERM);
	status = reap(pid);
	CHECK(WTERMSIG(status) == SIGTERM, "signal to a group");
	sleep_ms(30);
	CHECK(kill(-pid, 0) == -1 && errno == ESRCH, "the whole group is gone");
	pid = fork();
	if (!pid) {
		if (!fork()) {
			sleep_ms(40);
			dprintf(ends[1], "%d", getppid());
			_exit(0);
		}
		_exit(0);
	}
	reap(pid);
	CHECK(read_number(ends[0]) == 1, "orphans go to process 1");
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	pid = fork();
	if (!pid) {
		if (!fork()) {
			sleep_ms(40);
			_exit(9);
		}
		_exit(0);
	}
	reap(pid);
	CHECK(wait(&status) > 0 && WEXITSTATUS(status) == 9, "or to who wants them");
	prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
	pid = fork();
	if (!pid) {
		pid_t leader;

		setsid();
		leader = fork();
		if (!leader) {
			pid_t job;

			setpgid(0, 0);
			job = fork();
			if (!job) {
				raise(SIGSTOP);
				_exit(77);
			}
			waitpid(job, &status, WUNTRACED);
			dprintf(ends[1], "%d", job);
			_exit(0);
		}
		reap(leader);
		sleep_ms(50);
		_exit(0);
	}
	orphan = read_number(ends[0]);
	reap(pid);
	sleep_ms(30);
	CHECK(kill(orphan, 0) == -1, "an orphaned stopped job is hung up");
}

/* The exit status of this program run with arguments. */
static int run(char *const argv[])
{
	pid_t pid = fork();

	if (!pid) {
		execv(self, argv);
		_exit(errno == E2BIG ? 200 : 201);
	}
	return WEXITSTATUS(reap(pid));
}

static int exec_error(const char *path)
{
	char *argv[] = { "x", NULL };

	return execv(path, argv) == -1 ? errno : 0;
}

static void test_exec(void)
{
	static char text[1000], huge[140000], *many[MANY_STRINGS + 3];
	char closed[16], open_[16];
	int fd, i;

	memset(text, 'a', sizeof(text) - 1);
	memset(huge, 'a', sizeof(huge) - 1);
	many[0] = "x";
	many[1] = "count";
	for (i = 0; i < MANY_STRINGS; i++)
		many[i + 2] = text;
	CHECK(run(many) == (MANY_STRINGS + 2) % 256, "a million bytes of arguments");
	CHECK(run((char *[]){ "x", "count", huge, NULL }) == 200, "E2BIG for one long string");
	CHECK(exec_error("/nonexistent") == ENOENT, "ENOENT");
	CHECK(exec_error("/tmp") == EACCES, "EACCES for a directory");
	fd = open("/tmp/junk", O_CREAT | O_TRUNC | O_WRONLY, 0755);
	write(fd, "\1\2\3\4\5\6", 6);
	CHECK(exec_error("/tmp/junk") == ETXTBSY, "ETXTBSY while it is being written");
	close(fd);
	CHECK(exec_error("/tmp/junk") == ENOEXEC, "ENOEXEC");
	chmod("/tmp/junk", 0644);
	CHECK(exec_error("/tmp/junk") == EACCES, "EACCES without the permission");
	CHECK(open(self, O_RDWR) == -1 && errno == ETXTBSY, "a running program is not written");
	snprintf(closed, sizeof(closed), "%d", open("/dev/null", O_RDONLY | O_CLOEXEC));
	snprintf(open_, sizeof(open_), "%d", open("/dev/null", O_RDONLY));
	CHECK(run((char *[]){ "x", "fds", closed, open_, NULL }) == 0, "close-on-exec");
	fd = open("/tmp/script", O_CREAT | O_TRUNC | O_WRONLY, 0755);
	dprintf(fd, "#! %s  two words \nrest\n", self);
	close(fd);
	self = "/tmp/script";
	CHECK(run((char *[]){ "s", "a", NULL }) == 55, "script");
}

static void test_identity(void)
{
	pid_t pid = fork();
	struct rlimit limit = { 10, 10 };
	struct rusage usage;

	if (!pid) {
		if (setgid(1000) || setuid(1000) || getuid() != 1000 || geteuid() != 1000)
			_exit(1);
		if (setuid(0) != -1 || errno != EPERM || kill(1, SIGTERM) != -1 || errno != EPERM)
			_exit(2);
		if (setrlimit(RLIMIT_NOFILE, &limit))
			_exit(3);
		limit.rlim_max = 20;
		_exit(setrlimit(RLIMIT_NOFILE, &limit) == -1 && errno == EPERM ? 0 : 4);
	}
	CHECK(reap(pid) == 0, "rights are gone for good");
	CHECK(!getrusage(RUSAGE_SELF, &usage) && usage.ru_minflt > 0 && usage.ru_maxrss > 0,
	      "getrusage");
	CHECK(!setpriority(PRIO_PROCESS, 0, 5) && getpriority(PRIO_PROCESS, 0) == 5, "priority");
}

static void test_many(void)
{
	int good = 1, i;
	pid_t pids[100];

	for (i = 0; i < 300; i++) {
		pids[0] = fork();
		if (!pids[0])
			_exit(i & 127);
		good &= WEXITSTATUS(reap(pids[0])) == (i & 127);
	}
	CHECK(good, "300 processes one after the other");
	for (i = 0; i < 100; i++) {
		pids[i] = fork();
		if (!pids[i])
			for (;;)
				pause();
	}
	for (i = 0; i < 100; i++)
		kill(pids[i], SIGKILL);
	for (i = 0; i < 100; i++)
		good &= WTERMSIG(reap(pids[i])) == SIGKILL;
	CHECK(good, "100 at once");
}

static int copy_main(int argc, char **argv)
{
	if (!strcmp(argv[1], "count"))
		return argc % 256;
	if (!strcmp(argv[1], "fds"))
		return !(fcntl(atoi(argv[2]), F_GETFD) == -1 && fcntl(atoi(argv[3]), F_GETFD) == 0);
	if (!strcmp(argv[1], "two words"))
		return argc == 4 && !strcmp(argv[2], "/tmp/script") && !strcmp(argv[3], "a") ? 55
											     : 56;
	return 99;
}

int main(int argc, char **argv)
{
	self = argv[0];
	if (argc > 1)
		return copy_main(argc, argv);
	test_wait();
	test_groups();
	test_identity();
	test_many();
	test_exec();
	return check_end();
}
