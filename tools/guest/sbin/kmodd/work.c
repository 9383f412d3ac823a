/*
 * The daemon's children. Each request is worked on by a modprobe of its own, so that none can hold up another, or the daemon;
 * at most settings.workers run at once, the others wait in order. The child itself tells the kernel that it works on the
 * request, before modprobe begins: what is loaded then is loaded for that request. No shell is involved.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "guest/lib/kmod.h"
#include "guest/sbin/kmodd/kmodd.h"

#define MODPROBE "/sbin/modprobe"

struct job {
	unsigned int id;
	pid_t pid; /* 0: waits for a worker */
	struct job *next;
	char alias[];
};

static struct job *jobs; /* in order of arrival */
static int running;

_Noreturn static void become_modprobe(const struct job *job)
{
	char *argv[] = { "modprobe", "-q", "--", (char *)job->alias, NULL };
	char *envp[] = { "HOME=/", "TERM=linux", "PATH=/sbin:/usr/sbin:/bin:/usr/bin",
			 "MODPROBE_REQUEST=1", NULL };
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	tell("run %u %d", job->id, (int)getpid());
	execve(MODPROBE, argv, envp);
	_exit(127);
}

static void start(struct job *job)
{
	pid_t pid = fork();

	if (pid == 0)
		become_modprobe(job);
	job->pid = pid > 0 ? pid : 0;
	running += pid > 0;
	if (pid < 0)
		say("fork: %s", strerror(errno));
}

static void start_waiting(void)
{
	for (struct job *job = jobs; job && running < settings.workers; job = job->next)
		if (!job->pid)
			start(job);
}

void work_add(unsigned int id, const char *alias)
{
	struct job *job = kmod_need(calloc(1, sizeof(*job) + strlen(alias) + 1));
	struct job **end = &jobs;

	job->id = id;
	strcpy(job->alias, alias);
	while (*end)
		end = &(*end)->next;
	*end = job;
	start_waiting();
}

static void drop(struct job **link)
{
	struct job *job = *link;

	*link = job->next;
	free(job);
}

void work_cancel(unsigned int id)
{
	for (struct job **link = &jobs; *link; link = &(*link)->next) {
		if ((*link)->id != id)
			continue;
		if ((*link)->pid)
			kill((*link)->pid, SIGKILL);
		else
			drop(link);
		return;
	}
}

static void ended(pid_t pid, int status)
{
	for (struct job **link = &jobs; *link; link = &(*link)->next) {
		if ((*link)->pid != pid)
			continue;
		running--;
		tell("done %u %d", (*link)->id,
		     WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
		drop(link);
		return;
	}
}

void work_bury(void)
{
	pid_t pid;
	int status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		ended(pid, status);
	start_waiting();
}

/* In a process of its own: the module's exit function may hang. */
void work_remove(const char *module)
{
	if (fork())
		return;
	int error = -kmod_delete(module, false);

	if (!error)
		say("%s: idle, removed", module);
	_exit(error != 0);
}

/* The alias of a device that has no driver; NULL. */
static char *alias_of(const char *device_path)
{
	char *alias = kmod_read(kmod_text("%s/modalias", device_path), NULL);

	if (!alias || access(kmod_text("%s/driver", device_path), F_OK) == 0)
		return NULL;
	alias[strcspn(alias, "\n")] = 0;
	return *alias ? alias : NULL;
}

static void collect_bus(struct kmod_list *arguments, const char *folder)
{
	DIR *dir = opendir(folder);

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		char *alias = *entry->d_name == '.'
				      ? NULL
				      : alias_of(kmod_text("%s/%s", folder, entry->d_name));

		if (alias && !kmod_list_has(arguments, alias))
			kmod_list_add(arguments, alias);
	}
	if (dir)
		closedir(dir);
}

void work_coldplug(void)
{
	struct kmod_list arguments = { NULL, 0, 0 };
	DIR *buses = opendir("/sys/bus");

	for (const char *word = "modprobe\0-q\0-a\0-b\0--\0"; *word; word += strlen(word) + 1)
		kmod_list_add(&arguments, word);
	size_t fixed = arguments.count;

	for (struct dirent *entry; buses && (entry = readdir(buses));)
		if (*entry->d_name != '.')
			collect_bus(&arguments, kmod_text("/sys/bus/%s/devices", entry->d_name));
	if (buses)
		closedir(buses);
	if (arguments.count == fixed || fork())
		return;
	kmod_list_add(&arguments, NULL);
	execv(MODPROBE, arguments.text);
	_exit(127);
}
