/*
 * Turning the machine off. The wish comes as a signal (from poweroff, reboot, halt or Ctrl-Alt-Del) and is
 * carried out between two waits: processes are asked to end, then killed, filesystems unmounted in
 * reverse order, and the kernel told.
 */
#include <errno.h>
#include <mntent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "guest/sbin/init/init.h"

#define GRACE_TENTHS 20 /* for processes to end by themselves */
#define MOUNTS 64

static volatile sig_atomic_t wish; /* the signal, 0: none */

static void wished(int signal)
{
	wish = signal;
}

void shutdown_signals(void)
{
	static const int wishes[] = { SIGTERM, SIGINT, SIGUSR1, SIGUSR2 };
	struct sigaction action = { .sa_handler = wished };
	sigset_t others;

	sigfillset(&others);
	for (size_t i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
		sigdelset(&others, wishes[i]);
		sigaction(wishes[i], &action, NULL);
	}
	sigdelset(&others, SIGCHLD);
	sigdelset(&others, SIGSEGV);
	sigprocmask(SIG_SETMASK, &others, NULL);
	reboot(RB_DISABLE_CAD);
}

void shutdown_check(void)
{
	switch (wish) {
	case SIGTERM:
	case SIGINT:
		shutdown_machine(RB_AUTOBOOT);
	case SIGUSR1:
		shutdown_machine(RB_HALT_SYSTEM);
	case SIGUSR2:
		shutdown_machine(RB_POWER_OFF);
	}
}

/* Buries children until there are none, for a limited time. */
static void bury(int tenths)
{
	struct timespec tenth = { 0, 100000000 };

	for (;;) {
		pid_t pid = waitpid(-1, NULL, WNOHANG);

		if (pid < 0 && errno == ECHILD)
			return;
		if (pid == 0) {
			if (tenths-- <= 0)
				return;
			nanosleep(&tenth, NULL);
		}
	}
}

static void unmount_all(void)
{
	char *directory[MOUNTS];
	int count = 0;
	FILE *table = setmntent("/proc/mounts", "re");

	for (struct mntent *m; table && count < MOUNTS && (m = getmntent(table));)
		if (strcmp(m->mnt_dir, "/") && strcmp(m->mnt_dir, "/dev"))
			directory[count++] = strdup(m->mnt_dir);
	endmntent(table);
	while (count-- > 0)
		if (directory[count] && umount2(directory[count], 0))
			umount2(directory[count], MNT_DETACH);
}

void shutdown_machine(int command)
{
	wish = 0;
	say("%s", command == RB_AUTOBOOT    ? "rebooting"
		  : command == RB_POWER_OFF ? "powering off"
					    : "halting");
	kill(-1, SIGTERM);
	kill(-1, SIGHUP); /* interactive shells end by this one */
	kill(-1, SIGCONT);
	bury(GRACE_TENTHS);
	kill(-1, SIGKILL);
	bury(GRACE_TENTHS);
	sync();
	unmount_all();
	reboot(command);
	say("reboot: %s", strerror(errno));
	for (;;)
		pause();
}
