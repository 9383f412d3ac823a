/* umount: unmount filesystems */
/*
 * umount [-a] [-f] [-l] [-r] [-t TYPE] DIRECTORY|DEVICE…: takes filesystems away. -a: all, the last first, but / /dev
 * /proc /sys. -l: lazily, when their last user goes. -r: what is busy becomes read-only. A busy one is refused with
 * who holds it, as far as /proc tells. 0, 1 wrong use, 32 failed.
 */
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include "guest/lib/refusal.h"

#define FAILED 32

static int umount_flags, read_only, verbose;

/* Whether the link points into the directory. */
static int leads_into(const char *link, const char *directory)
{
	char target[PATH_MAX];
	ssize_t n = readlink(link, target, sizeof(target) - 1);
	size_t d = strlen(directory);

	if (n < 0)
		return 0;
	target[n] = 0;
	return strncmp(target, directory, d) == 0 && (target[d] == 0 || target[d] == '/');
}

static void name_of(const char *pid, char *name, size_t size)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%s/comm", pid);
	FILE *file = fopen(path, "re");

	if (!file || !fgets(name, size, file))
		strlcpy(name, "?", size);
	name[strcspn(name, "\n")] = 0;
	if (file)
		fclose(file);
}

/* What of this process keeps the filesystem: working directory, root, program, open files. */
static void show_process(const char *pid, const char *directory)
{
	static const char *const links[] = { "cwd", "root", "exe" };
	char path[300], name[32];

	name_of(pid, name, sizeof(name));
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "/proc/%s/%s", pid, links[i]);
		if (strcmp(directory, "/") && leads_into(path, directory))
			fprintf(stderr, "  %s of pid %s (%s)\n", links[i], pid, name);
	}
	snprintf(path, sizeof(path), "/proc/%s/fd", pid);
	DIR *fds = opendir(path);

	for (struct dirent *fd; fds && (fd = readdir(fds));) {
		snprintf(path, sizeof(path), "/proc/%s/fd/%s", pid, fd->d_name);
		if (leads_into(path, directory))
			fprintf(stderr, "  fd %s of pid %s (%s)\n", fd->d_name, pid, name);
	}
	if (fds)
		closedir(fds);
}

static void show_holders(const char *directory)
{
	DIR *proc = opendir("/proc");
	size_t d = strlen(directory);
	FILE *table = setmntent("/proc/mounts", "re");

	for (struct mntent *m; table && (m = getmntent(table));)
		if (strncmp(m->mnt_dir, directory, d) == 0 && m->mnt_dir[d] == '/')
			fprintf(stderr, "  mount %s (%s)\n", m->mnt_dir, m->mnt_type);
	endmntent(table);
	for (struct dirent *entry; proc && (entry = readdir(proc));)
		if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
			show_process(entry->d_name, directory);
	if (proc)
		closedir(proc);
}

static int umount_one(const char *directory)
{
	if (umount2(directory, umount_flags) == 0) {
		if (verbose)
			printf("umount: %s unmounted\n", directory);
		return 0;
	}
	if (errno == EBUSY && read_only &&
	    mount(NULL, directory, NULL, MS_REMOUNT | MS_RDONLY, NULL) == 0) {
		warnx("%s: busy; now read-only", directory);
		return 0;
	}
	switch (errno) {
	case EBUSY:
		warnx("%s: target is busy.", directory);
		if (!refusal_print(stderr))
			show_holders(directory);
		break;
	case EINVAL:
		warnx("%s: not mounted.", directory);
		break;
	case ENOENT:
		warnx("%s: no mount point specified.", directory);
		break;
	case EPERM:
		warnx("%s: must be superuser to unmount.", directory);
		break;
	default:
		warn("%s", directory);
	}
	return FAILED;
}

/* The directory a device is mounted on last; the argument itself if there is none. */
static char *directory_of(const char *argument)
{
	FILE *table = setmntent("/proc/mounts", "re");
	char *found = realpath(argument, NULL);

	if (!found)
		found = strdup(argument);
	for (struct mntent *m; table && found && (m = getmntent(table));)
		if (strcmp(m->mnt_fsname, argument) == 0) {
			free(found);
			found = strdup(m->mnt_dir);
		}
	endmntent(table);
	if (!found)
		err(1, NULL);
	return found;
}

static int umount_all(const char *type)
{
	static const char *const keep[] = { "/", "/dev", "/proc", "/sys" };
	char *list[256];
	int count = 0, failed = 0;
	FILE *table = setmntent("/proc/mounts", "re");

	if (!table)
		err(1, "/proc/mounts");
	for (struct mntent *m; count < 256 && (m = getmntent(table));) {
		int kept = type && strcmp(type, m->mnt_type);

		for (size_t i = 0; i < sizeof(keep) / sizeof(keep[0]); i++)
			kept |= strcmp(m->mnt_dir, keep[i]) == 0;
		if (!kept)
			list[count++] = strdup(m->mnt_dir);
	}
	endmntent(table);
	while (count-- > 0)
		if (list[count])
			failed |= umount_one(list[count]);
	return failed;
}

int main(int argc, char **argv)
{
	const char *type = NULL;
	int all = 0, failed = 0, c;

	while ((c = getopt(argc, argv, "aflnrvt:")) != -1)
		switch (c) {
		case 'a':
			all = 1;
			break;
		case 'f':
			umount_flags |= MNT_FORCE;
			break;
		case 'l':
			umount_flags |= MNT_DETACH;
			break;
		case 'n':
			break;
		case 'r':
			read_only = 1;
			break;
		case 'v':
			verbose = 1;
			break;
		case 't':
			type = optarg;
			break;
		default:
			return 1;
		}
	if (all)
		return umount_all(type);
	if (optind == argc)
		errx(1, "usage: umount [-aflrv] [-t TYPE] DIRECTORY|DEVICE…");
	for (; optind < argc; optind++)
		failed |= umount_one(directory_of(argv[optind]));
	return failed;
}
