/*
 * jobs: processes that belong together, the terminal, and waiting.
 *
 * Every fork is in a job, also without job control. With it (`set -m`, interactive) each job is a
 * process group and the terminal belongs to the one in the foreground. wait results are entered
 * wherever they arrive; a job is freed when it was waited for, or reported as done.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include "../../lib/signame.h"
#include "sh.h"

enum state { STATE_RUNNING, STATE_STOPPED, STATE_DONE };

struct process {
	pid_t pid;
	enum state state;
	int status; /* of wait */
};

struct job {
	struct job *next; /* newest first */
	int number;	  /* shown to the user; 0 until it is in the background or stopped */
	pid_t group;	  /* 0: no process yet, or no job control */
	bool controlled;  /* has a process group of its own */
	bool changed;	  /* to be reported */
	bool background;
	int count;
	struct process *processes;
	struct termios modes; /* of the terminal when it stopped */
	char text[];
};

static struct job *jobs;
static struct job *
	inherited; /* in a subshell without jobs of its own: its parent's, to be listed and signalled */
static int terminal = -1; /* the controlling terminal, when there is job control */
static struct termios terminal_modes;
static volatile sig_atomic_t stop_noted; /* ^Z came for the shell since its last prompt */

/* ---- the list ---- */

struct job *job_new(const char *text)
{
	struct job *job = memory_get(sizeof(*job) + strlen(text) + 1);

	memset(job, 0, sizeof(*job));
	strcpy(job->text, text);
	job->next = jobs;
	jobs = job;
	return job;
}

static void job_free(struct job *job)
{
	struct job **at = &jobs;

	while (*at != job)
		at = &(*at)->next;
	*at = job->next;
	free(job->processes);
	free(job);
}

void jobs_inherit(void)
{
	if (jobs)
		inherited = jobs;
	jobs = NULL;
	terminal = -1;
}

/* What names and lists of jobs mean. */
static struct job *jobs_known(void)
{
	return jobs ? jobs : inherited;
}

static enum state job_state(const struct job *job)
{
	enum state state = STATE_DONE;

	for (int i = 0; i < job->count; i++) {
		if (job->processes[i].state == STATE_RUNNING)
			return STATE_RUNNING;
		if (job->processes[i].state == STATE_STOPPED)
			state = STATE_STOPPED;
	}
	return state;
}

static int shell_status(int status)
{
	if (WIFSTOPPED(status))
		return 128 + WSTOPSIG(status);
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	return WEXITSTATUS(status);
}

/* As its last process, or with pipefail the last one that failed. */
static int job_status(const struct job *job)
{
	int status = 0;

	for (int i = 0; i < job->count; i++) {
		int one = shell_status(job->processes[i].status);

		if (one || i == job->count - 1)
			status = one || !sh.options[OPTION_PIPEFAIL] ? one : status;
	}
	if (!sh.options[OPTION_PIPEFAIL] && job->count)
		status = shell_status(job->processes[job->count - 1].status);
	return status;
}

static void job_number(struct job *job)
{
	int highest = 0;

	if (job->number)
		return;
	for (const struct job *j = jobs; j; j = j->next)
		highest = j->number > highest ? j->number : highest;
	job->number = highest + 1;
}

/*
 * The job that %+ means: the newest stopped one, else the newest in the background. `skip` is
 * passed over.
 */
static struct job *job_current(const struct job *skip)
{
	struct job *best = NULL;

	for (struct job *j = jobs_known(); j; j = j->next)
		if (j != skip && j->number && job_state(j) != STATE_DONE &&
		    (!best || (job_state(j) == STATE_STOPPED && job_state(best) != STATE_STOPPED)))
			best = j;
	return best;
}

/* Enter what wait told about a process. False: it is in no job. */
bool job_own(pid_t pid, int status)
{
	for (struct job *job = jobs; job; job = job->next)
		for (int i = 0; i < job->count; i++) {
			struct process *process = &job->processes[i];

			if (process->pid != pid || process->state == STATE_DONE)
				continue;
			process->status = status;
			process->state = WIFSTOPPED(status)	? STATE_STOPPED
					 : WIFCONTINUED(status) ? STATE_RUNNING
								: STATE_DONE;
			job->changed = true;
			return true;
		}
	return false;
}

/* Wait for any child. False: interrupted, or no child is left (*none). */
static bool wait_any(int flags, bool *none)
{
	int status;
	pid_t pid = waitpid(-1, &status, flags | (terminal >= 0 ? WUNTRACED : 0));

	*none = pid < 0 && errno == ECHILD;
	if (pid <= 0)
		return false;
	job_own(pid, status);
	return true;
}

/* ---- job control ---- */

/* ^Z while the shell has the terminal: it does not stop, but the job being started shall. */
static void note_stop(int number)
{
	stop_noted = 1;
}

void job_set_monitor(bool on)
{
	pid_t group;

	if (on == (terminal >= 0) || (on && sh.subshell))
		return;
	if (!on) {
		close(terminal);
		terminal = -1;
		signal(SIGTSTP, SIG_DFL);
		signal(SIGTTOU, SIG_DFL);
		signal(SIGTTIN, SIG_DFL);
		sh.options[OPTION_MONITOR] = false;
		return;
	}
	terminal = fd_move_up(open("/dev/tty", O_RDWR));
	if (terminal < 0 && isatty(2))
		terminal = fcntl(2, F_DUPFD_CLOEXEC, 10);
	if (terminal < 0 || (group = tcgetpgrp(terminal)) < 0) {
		if (terminal >= 0)
			close(terminal);
		terminal = -1;
		sh.options[OPTION_MONITOR] = false;
		return;
	}
	while (group != getpgrp()) {
		kill(0, SIGTTIN); /* until someone brings us to the foreground */
		group = tcgetpgrp(terminal);
	}
	signal(SIGTSTP, note_stop);
	signal(SIGTTOU, SIG_IGN);
	signal(SIGTTIN, SIG_IGN);
	setpgid(0, 0);
	tcsetpgrp(terminal, getpgrp());
	tcgetattr(terminal, &terminal_modes);
	sh.options[OPTION_MONITOR] = true;
}

static void child_begin(struct job *job, bool background)
{
	bool controlled = terminal >= 0;
	int tty = terminal;
	pid_t group = job->group ? job->group : getpid();

	if (controlled) {
		setpgid(0, group);
		if (!background)
			tcsetpgrp(tty, group);
	}
	subshell_begin();
	if (controlled) {
		signal(SIGTSTP, SIG_DFL);
		signal(SIGTTOU, SIG_DFL);
		signal(SIGTTIN, SIG_DFL);
	} else if (background) {
		int null = open("/dev/null", O_RDONLY);

		signal(SIGINT, SIG_IGN);
		signal(SIGQUIT, SIG_IGN);
		if (null > 0) {
			dup2(null, 0);
			close(null);
		}
	}
}

/*
 * fork() with the signals blocked that an interactive shell ignores: one that comes before the
 * child has set them to their defaults must not be lost.
 */
static pid_t fork_blocked(struct job *job, bool background)
{
	bool block = sh.interactive;
	sigset_t signals, old;
	pid_t pid;

	if (block) {
		sigemptyset(&signals);
		sigaddset(&signals, SIGINT);
		sigaddset(&signals, SIGQUIT);
		sigaddset(&signals, SIGTERM);
		sigaddset(&signals, SIGTSTP);
		sigprocmask(SIG_BLOCK, &signals, &old);
	}
	pid = fork();
	if (!pid)
		child_begin(job, background);
	if (block)
		sigprocmask(SIG_SETMASK, &old, NULL);
	return pid;
}

pid_t job_fork(struct job *job, bool background)
{
	pid_t pid = fork_blocked(job, background);

	if (pid < 0) {
		int reason = errno;

		if (!job->count)
			job_free(job);
		errno = reason;
		return pid;
	}
	if (!pid)
		return 0;
	job->background = background;
	job->controlled = terminal >= 0;
	if (!job->group)
		job->group = pid;
	if (job->controlled)
		setpgid(pid, job->group); /* here as well, whoever is first */
	job->processes = memory_resize(job->processes,
				       (size_t)(job->count + 1) * sizeof(*job->processes));
	job->processes[job->count++] = (struct process){ .pid = pid };
	return pid;
}

static void job_print(struct strbuf *out, const struct job *job, bool with_pids)
{
	enum state state = job_state(job);
	const struct job *current = job_current(NULL);
	int status = job->count ? job->processes[job->count - 1].status : 0;
	char mark = job == current ? '+' : job == job_current(current) ? '-' : ' ';
	struct strbuf what = { 0 };

	if (state == STATE_RUNNING)
		strbuf_puts(&what, "Running");
	else if (state == STATE_STOPPED)
		strbuf_puts(&what, "Stopped");
	else if (WIFSIGNALED(status))
		strbuf_puts(&what, strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status))
		strbuf_printf(&what, "Done(%d)", WEXITSTATUS(status));
	else
		strbuf_puts(&what, "Done");
	strbuf_printf(out, "[%d] %c ", job->number, mark);
	if (with_pids)
		strbuf_printf(out, "%ld ", (long)job->group);
	strbuf_printf(out, "%-20s %s\n", strbuf_text(&what), job->text);
	strbuf_free(&what);
}

static void print_now(const struct job *job)
{
	struct strbuf text = { 0 };

	job_print(&text, job, false);
	write_all(2, text.data, text.length);
	strbuf_free(&text);
}

void job_announce_background(struct job *job)
{
	job_number(job);
	if (sh.interactive)
		sh_notice("[%d] %ld\n", job->number, (long)job->group);
}

/* The foreground job ended or stopped: say so where it matters, and take the terminal back. */
static int job_finish(struct job *job)
{
	int status = job_status(job);
	int last = job->count ? job->processes[job->count - 1].status : 0;
	bool stopped = job_state(job) == STATE_STOPPED;

	if (terminal >= 0 && job->controlled) {
		tcgetattr(terminal, &job->modes);
		tcsetpgrp(terminal, getpgrp());
		if (stopped || WIFSIGNALED(last))
			tcsetattr(terminal, TCSADRAIN, &terminal_modes);
		else
			terminal_modes = job->modes;
	}
	if (stopped) {
		job_number(job);
		job->changed = false;
		write_all(2, "\n", 1);
		print_now(job);
		return status;
	}
	if (WIFSIGNALED(last) && sh.interactive) {
		if (WTERMSIG(last) == SIGINT) {
			write_all(2, "\n", 1);
			sh.unwind = UNWIND_ABORT;
		} else if (WTERMSIG(last) != SIGPIPE) {
			sh_notice("%s\n", strsignal(WTERMSIG(last)));
		}
	} else if (WIFSIGNALED(last) && WTERMSIG(last) != SIGPIPE && WTERMSIG(last) != SIGINT) {
		sh_notice("%s\n", strsignal(WTERMSIG(last)));
	}
	job_free(job);
	return status;
}

int job_wait(struct job *job)
{
	bool none = false;

	if (!job->count) {
		job_free(job);
		return sh.status;
	}
	if (terminal >= 0 && job->controlled) {
		tcsetpgrp(terminal, job->group);
		/* typed before the job had the terminal, but meant for it */
		if (trap_interrupt_take())
			kill(-job->group, SIGINT);
		if (stop_noted)
			kill(-job->group, SIGTSTP);
		stop_noted = 0;
	}
	while (job_state(job) == STATE_RUNNING && !none)
		wait_any(0, &none);
	if (none)
		for (int i = 0; i < job->count; i++)
			job->processes[i].state = STATE_DONE;
	return job_finish(job);
}

/* Before a prompt: report what changed in the background, and forget what is done. */
void jobs_notify(void)
{
	struct job *job, *next;
	bool none;

	stop_noted = 0;
	if (!jobs)
		return;
	while (wait_any(WNOHANG, &none))
		;
	for (job = jobs; job; job = next) {
		next = job->next;
		if (job->changed && job->number && sh.interactive)
			print_now(job);
		job->changed = false;
		if (job_state(job) == STATE_DONE && sh.interactive)
			job_free(job);
	}
}

int jobs_stopped(void)
{
	int count = 0;

	for (const struct job *job = jobs; job; job = job->next)
		count += job_state(job) == STATE_STOPPED;
	return count;
}

/* ---- builtins ---- */

/* %n, %+, %-, %text, %?text; NULL with a message if there is none. */
static struct job *job_by_name(const char *command, const char *name)
{
	struct job *job = NULL;

	if (!name || !strcmp(name, "%") || !strcmp(name, "%+") || !strcmp(name, "%%")) {
		job = job_current(NULL);
	} else if (!strcmp(name, "%-")) {
		job = job_current(job_current(NULL));
	} else if (*name == '%' && name[1] >= '0' && name[1] <= '9') {
		for (job = jobs_known(); job && job->number != atoi(name + 1);)
			job = job->next;
	} else if (*name == '%') {
		for (job = jobs_known(); job; job = job->next)
			if (job->number &&
			    (name[1] == '?' ? strstr(job->text, name + 2) != NULL
					    : !strncmp(job->text, name + 1, strlen(name + 1))))
				break;
	}
	if (!job)
		sh_warn("%s: %s: no such job", command, name ? name : "current");
	return job;
}

int builtin_jobs(int argc, char **argv)
{
	bool pids_only = argc > 1 && !strcmp(argv[1], "-p");
	bool with_pids = argc > 1 && !strcmp(argv[1], "-l");
	bool none;

	while (wait_any(WNOHANG, &none))
		;
	for (int number = 1, seen = 1; seen; number++) {
		struct job *job, *next;

		seen = 0;
		for (job = jobs_known(); job; job = next) {
			next = job->next;
			seen |= job->number >= number;
			if (!job->number || job->number != number)
				continue;
			if (pids_only)
				strbuf_printf(&sh.out, "%ld\n", (long)job->group);
			else
				job_print(&sh.out, job, with_pids);
			job->changed = false;
			if (jobs && job_state(job) == STATE_DONE && !pids_only)
				job_free(job);
		}
	}
	return 0;
}

static bool job_continue(struct job *job)
{
	for (int i = 0; i < job->count; i++)
		if (job->processes[i].state == STATE_STOPPED)
			job->processes[i].state = STATE_RUNNING;
	return kill(job->controlled ? -job->group : job->group, SIGCONT) == 0;
}

int builtin_fg(int argc, char **argv)
{
	struct job *job;

	if (terminal < 0) {
		sh_warn("fg: no job control");
		return 1;
	}
	job = job_by_name("fg", argc > 1 ? argv[1] : NULL);
	if (!job)
		return 1;
	strbuf_printf(&sh.out, "%s\n", job->text);
	out_flush();
	if (job_state(job) == STATE_STOPPED)
		tcsetattr(terminal, TCSADRAIN, &job->modes);
	tcsetpgrp(terminal, job->group);
	job->background = false;
	job_continue(job);
	return job_wait(job);
}

int builtin_bg(int argc, char **argv)
{
	struct job *job;

	if (terminal < 0) {
		sh_warn("bg: no job control");
		return 1;
	}
	job = job_by_name("bg", argc > 1 ? argv[1] : NULL);
	if (!job)
		return 1;
	job->background = true;
	strbuf_printf(&sh.out, "[%d] %s\n", job->number, job->text);
	return job_continue(job) ? 0 : 1;
}

static struct job *job_with_pid(pid_t pid)
{
	for (struct job *job = jobs; job; job = job->next)
		for (int i = 0; i < job->count; i++)
			if (job->processes[i].pid == pid)
				return job;
	return NULL;
}

/* Wait for one job as `wait` does: a signal with a trap ends it. */
static int wait_for(struct job *job)
{
	bool none = false;
	int status;

	while (job_state(job) == STATE_RUNNING && !none)
		if (!wait_any(0, &none) && !none && trap_pending())
			return 128 + trap_pending_signal();
	status = job_status(job);
	if (job_state(job) != STATE_STOPPED)
		job_free(job);
	return status;
}

int builtin_wait(int argc, char **argv)
{
	int status = 0;
	bool none = false;

	for (int i = 1; i < argc; i++) {
		struct job *job = *argv[i] != '%' ? job_with_pid((pid_t)atol(argv[i]))
				  : jobs	  ? job_by_name("wait", argv[i])
						  : NULL;

		status = job ? wait_for(job) : 127;
	}
	if (argc > 1)
		return status;
	while (!none) {
		struct job *job = jobs;

		while (job && job_state(job) != STATE_RUNNING)
			job = job->next;
		if (!job)
			break;
		if (!wait_any(0, &none) && !none && trap_pending())
			return 128 + trap_pending_signal();
	}
	for (struct job *job = jobs, *next; job; job = next) {
		next = job->next;
		if (job_state(job) == STATE_DONE && !sh.interactive)
			job_free(job);
	}
	return 0;
}

static int kill_one(int signal_number, const char *target)
{
	char *end;
	long pid;

	if (*target == '%') {
		struct job *job = job_by_name("kill", target);

		if (!job)
			return 1;
		pid = job->controlled ? -(long)job->group : (long)job->group;
		if (job_state(job) == STATE_STOPPED &&
		    (signal_number == SIGTERM || signal_number == SIGHUP))
			kill((pid_t)pid, SIGCONT);
	} else {
		pid = strtol(target, &end, 10);
		if (!*target || *end) {
			sh_warn("kill: %s: not a process or job", target);
			return 1;
		}
	}
	if (kill((pid_t)pid, signal_number) < 0) {
		sh_warn("kill: %s: %s", target, strerror(errno));
		return 1;
	}
	return 0;
}

int builtin_kill(int argc, char **argv)
{
	int i = 1, status = 0, number = SIGTERM;

	if (argc > 1 && !strcmp(argv[1], "-l")) {
		signal_names_print(&sh.out, argv + 2);
		return 0;
	}
	if (argc > 2 && !strcmp(argv[1], "-s")) {
		number = signal_number(argv[2]);
		i = 3;
	} else if (argc > 1 && argv[1][0] == '-' && argv[1][1] && strcmp(argv[1], "--")) {
		number = signal_number(argv[1] + 1);
		i = 2;
	}
	if (number < 0) {
		sh_warn("kill: %s: no such signal (kill -l lists them)", argv[i - 1]);
		return 1;
	}
	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	if (i >= argc) {
		sh_warn("kill: usage: kill [-s SIGNAL | -SIGNAL] PID|%%JOB...; kill -l");
		return 2;
	}
	for (; i < argc; i++)
		status |= kill_one(number, argv[i]);
	return status;
}
