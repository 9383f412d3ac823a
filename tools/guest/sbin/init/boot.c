/*
 * What every boot does before the boot script: mounts and the host name, without starting a program.
 * A filesystem that the kernel has already mounted, or that it does not have, is no error here.
 */
#include <errno.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "guest/sbin/init/init.h"

static void mount_one(const char *source, const char *directory, const char *type)
{
	if (mount(source, directory, type, 0, NULL) == 0 || errno == EBUSY)
		return;
	if (errno == ENOENT && mkdir(directory, 0755) == 0 &&
	    mount(source, directory, type, 0, NULL) == 0)
		return;
	say("mount %s: %s", directory, strerror(errno));
}

/* Whether the kernel did it: then the folder is on another device than the root. */
static int is_mounted(const char *directory)
{
	struct stat root, there;

	return stat("/", &root) == 0 && stat(directory, &there) == 0 && root.st_dev != there.st_dev;
}

void boot_mounts(void)
{
	static const char *const always[][2] = {
		{ "/dev", "devtmpfs" },
		{ "/proc", "proc" },
		{ "/sys", "sysfs" },
	};

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if (!is_mounted(always[i][0]))
			mount_one(always[i][1], always[i][0], always[i][1]);
	FILE *table = setmntent("/etc/fstab", "re");

	for (struct mntent *m; table && (m = getmntent(table));)
		if (!hasmntopt(m, "noauto") && strcmp(m->mnt_dir, "/") && !is_mounted(m->mnt_dir))
			mount_one(m->mnt_fsname, m->mnt_dir, m->mnt_type);
	endmntent(table);
}

void boot_hostname(void)
{
	char *name = file_read("/etc/hostname", NULL);

	if (!name)
		return;
	sethostname(name, strcspn(name, "\n \t"));
	free(name);
}

void boot_script(void)
{
	char *argv[] = { "sh", "/etc/rc", NULL };

	if (access("/etc/rc", X_OK))
		return;
	int status = wait_for(spawn("/bin/sh", argv, 0, 1, 0));

	if (status)
		say("/etc/rc: ended with status %d; going on",
		    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}
