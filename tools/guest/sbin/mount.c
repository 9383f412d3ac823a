/* mount: mount filesystems, or show them */
/*
 * mount: without arguments shows what is mounted; mount [-r|-w] [-n] [-v] [-t TYPE] [-o OPTIONS] SOURCE DIRECTORY mounts;
 * mount -a [-t TYPE] everything in /etc/fstab without "noauto"; mount SOURCE|DIRECTORY what /etc/fstab says of it.
 * Also --bind --rbind --move --make-{shared,private,slave,unbindable}.
 * Exit status as util-linux's: 0, 1 wrong use or not root, 2 system error, 32 mount failed, 64 some of -a failed.
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include "guest/lib/refusal.h"

#define FAILED 32
#define SOME_FAILED 64

/* Options that are flags; the others are the filesystem's. */
static const struct {
	const char *name;
	unsigned long set, clear;
} flags[] = {
	{ "ro", MS_RDONLY, 0 },
	{ "rw", 0, MS_RDONLY },
	{ "nosuid", MS_NOSUID, 0 },
	{ "suid", 0, MS_NOSUID },
	{ "nodev", MS_NODEV, 0 },
	{ "dev", 0, MS_NODEV },
	{ "noexec", MS_NOEXEC, 0 },
	{ "exec", 0, MS_NOEXEC },
	{ "sync", MS_SYNCHRONOUS, 0 },
	{ "async", 0, MS_SYNCHRONOUS },
	{ "dirsync", MS_DIRSYNC, 0 },
	{ "remount", MS_REMOUNT, 0 },
	{ "bind", MS_BIND, 0 },
	{ "rbind", MS_BIND | MS_REC, 0 },
	{ "move", MS_MOVE, 0 },
	{ "noatime", MS_NOATIME, 0 },
	{ "atime", 0, MS_NOATIME },
	{ "nodiratime", MS_NODIRATIME, 0 },
	{ "diratime", 0, MS_NODIRATIME },
	{ "relatime", MS_RELATIME, 0 },
	{ "norelatime", 0, MS_RELATIME },
	{ "strictatime", MS_STRICTATIME, 0 },
	{ "silent", MS_SILENT, 0 },
	{ "loud", 0, MS_SILENT },
	{ "defaults", 0, MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_SYNCHRONOUS },
	{ "auto", 0, 0 },
	{ "noauto", 0, 0 },
	{ "user", 0, 0 },
	{ "nouser", 0, 0 },
	{ "nofail", 0, 0 },
	{ "_netdev", 0, 0 },
};

enum { BIND = 256, RBIND, MOVE, MAKE_SHARED, MAKE_PRIVATE, MAKE_SLAVE, MAKE_UNBINDABLE };

static const struct option longs[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "bind", no_argument, NULL, BIND },
	{ "make-private", no_argument, NULL, MAKE_PRIVATE },
	{ "make-shared", no_argument, NULL, MAKE_SHARED },
	{ "make-slave", no_argument, NULL, MAKE_SLAVE },
	{ "make-unbindable", no_argument, NULL, MAKE_UNBINDABLE },
	{ "move", no_argument, NULL, MOVE },
	{ "options", required_argument, NULL, 'o' },
	{ "rbind", no_argument, NULL, RBIND },
	{ "read-only", no_argument, NULL, 'r' },
	{ "types", required_argument, NULL, 't' },
	{ "verbose", no_argument, NULL, 'v' },
	{ NULL, 0, NULL, 0 },
};

static int verbose;

struct request {
	const char *source, *directory;
	const char *type; /* NULL: try what the kernel knows */
	unsigned long flags;
	char data[1024]; /* options of the filesystem */
};

static void add_option(struct request *r, const char *option, size_t n)
{
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strlen(flags[i].name) == n && strncmp(flags[i].name, option, n) == 0) {
			r->flags = (r->flags & ~flags[i].clear) | flags[i].set;
			return;
		}
	size_t used = strlen(r->data);

	if (used + n + 2 > sizeof(r->data))
		errx(1, "options are too long");
	if (used)
		r->data[used++] = ',';
	memcpy(r->data + used, option, n);
	r->data[used + n] = 0;
}

static void add_options(struct request *r, const char *options)
{
	while (*options) {
		size_t n = strcspn(options, ",");

		if (n)
			add_option(r, options, n);
		options += n + (options[n] == ',');
	}
}

static int show(const char *type)
{
	FILE *table = setmntent("/proc/mounts", "re");

	if (!table)
		err(2, "/proc/mounts");
	for (struct mntent *m; (m = getmntent(table));)
		if (!type || strcmp(type, m->mnt_type) == 0)
			printf("%s on %s type %s (%s)\n", m->mnt_fsname, m->mnt_dir, m->mnt_type,
			       m->mnt_opts);
	endmntent(table);
	return 0;
}

static int try_type(const struct request *r, const char *type)
{
	return mount(r->source, r->directory, type, r->flags, *r->data ? r->data : NULL);
}

/* Without a type: each disk filesystem of /proc/filesystems, until one does not say EINVAL. */
static int try_all(const struct request *r)
{
	FILE *table = fopen("/proc/filesystems", "re");
	char line[128];
	int result = -1;

	errno = ENODEV;
	while (result && table && fgets(line, sizeof(line), table)) {
		line[strcspn(line, "\n")] = 0;
		if (*line != '\t')
			continue; /* needs no device */
		result = try_type(r, line + 1);
		if (result && errno != EINVAL && errno != ENODEV)
			break;
	}
	if (table) {
		int error = errno;

		fclose(table);
		errno = error;
	}
	return result;
}

/* What the error means for this request. */
static const char *reason(const struct request *r, int error)
{
	struct stat facts;

	switch (error) {
	case EPERM:
		return "only root can do that";
	case EBUSY:
		return "already mounted, or the directory is busy";
	case ENOENT:
		return stat(r->directory, &facts) ? "mount point does not exist"
						  : "special device does not exist";
	case ENOTDIR:
		return "mount point is not a directory";
	case ENODEV:
		return r->type ? "unknown filesystem type; is its module there? (modprobe)"
			       : "no filesystem of /proc/filesystems fits; give its type with -t";
	case ENOTBLK:
		return "not a block device";
	case EINVAL:
		return "wrong filesystem type, bad option, or bad superblock; see dmesg";
	case EROFS:
	case EACCES:
		return "write-protected; try -r";
	default:
		return strerror(error);
	}
}

static int mount_one(const struct request *r)
{
	int special = r->flags & (MS_BIND | MS_MOVE | MS_REMOUNT | MS_SHARED | MS_PRIVATE |
				  MS_SLAVE | MS_UNBINDABLE);
	int result = r->type || special ? try_type(r, r->type) : try_all(r);

	if (result) {
		warnx("%s: %s", r->directory, reason(r, errno));
		refusal_print(stderr);
		return FAILED;
	}
	if (verbose)
		printf("mount: %s mounted on %s.\n", r->source, r->directory);
	return 0;
}

/* The directories that are mounted: getmntent() reads one table at a time. */
static char *mounted[256];
static int mounted_count;

static void read_mounted(void)
{
	FILE *table = setmntent("/proc/mounts", "re");

	for (struct mntent *m; table && mounted_count < 256 && (m = getmntent(table));)
		if ((mounted[mounted_count] = strdup(m->mnt_dir)))
			mounted_count++;
	endmntent(table);
}

static int is_mounted(const char *directory)
{
	for (int i = 0; i < mounted_count; i++)
		if (strcmp(mounted[i], directory) == 0)
			return 1;
	return 0;
}

/* A line of /etc/fstab, with what the command line adds. */
static int mount_entry(const struct mntent *m, const struct request *given, const char *options)
{
	struct request r = *given;

	r.source = m->mnt_fsname;
	r.directory = m->mnt_dir;
	if (!r.type && strcmp(m->mnt_type, "auto") && strcmp(m->mnt_type, "none"))
		r.type = m->mnt_type;
	add_options(&r, m->mnt_opts);
	add_options(&r, options);
	return mount_one(&r);
}

static int mount_all(const struct request *given, const char *options)
{
	int failed = 0;

	read_mounted();
	FILE *table = setmntent("/etc/fstab", "re");

	if (!table)
		err(2, "/etc/fstab");
	for (struct mntent *m; (m = getmntent(table));)
		if (!hasmntopt(m, "noauto") && strcmp(m->mnt_type, "swap") &&
		    (!given->type || strcmp(given->type, m->mnt_type) == 0) &&
		    !is_mounted(m->mnt_dir))
			failed |= mount_entry(m, given, options);
	endmntent(table);
	return failed ? SOME_FAILED : 0;
}

static int mount_named(const struct request *given, const char *options, const char *name)
{
	FILE *table = setmntent(given->flags & MS_REMOUNT ? "/proc/mounts" : "/etc/fstab", "re");

	for (struct mntent *m; table && (m = getmntent(table));)
		if (strcmp(m->mnt_dir, name) == 0 || strcmp(m->mnt_fsname, name) == 0) {
			if (given->flags & MS_REMOUNT)
				m->mnt_opts = "";
			return mount_entry(m, given, options);
		}
	errx(1, "%s: can't find in /etc/fstab.", name);
}

int main(int argc, char **argv)
{
	struct request r = { .flags = 0 };
	static char options[1024];
	int all = 0, c;

	while ((c = getopt_long(argc, argv, "anrwvt:o:", longs, NULL)) != -1)
		switch (c) {
		case 'a':
			all = 1;
			break;
		case 'n':
			break;
		case 'r':
			add_options(&r, "ro");
			break;
		case 'w':
			add_options(&r, "rw");
			break;
		case 'v':
			verbose = 1;
			break;
		case 't':
			r.type = optarg;
			break;
		case 'o':
			if (*options)
				strlcat(options, ",", sizeof(options));
			if (strlcat(options, optarg, sizeof(options)) >= sizeof(options))
				errx(1, "options are too long");
			break;
		case BIND:
			r.flags |= MS_BIND;
			break;
		case RBIND:
			r.flags |= MS_BIND | MS_REC;
			break;
		case MOVE:
			r.flags |= MS_MOVE;
			break;
		case MAKE_SHARED:
			r.flags |= MS_SHARED;
			break;
		case MAKE_PRIVATE:
			r.flags |= MS_PRIVATE;
			break;
		case MAKE_SLAVE:
			r.flags |= MS_SLAVE;
			break;
		case MAKE_UNBINDABLE:
			r.flags |= MS_UNBINDABLE;
			break;
		default:
			return 1;
		}
	if (all)
		return mount_all(&r, options);
	if (optind == argc)
		return show(r.type);
	if (argc - optind > 2)
		errx(1, "usage: mount [-arwv] [-t TYPE] [-o OPTIONS] [SOURCE] [DIRECTORY]");
	add_options(&r, options);
	if (r.type && strcmp(r.type, "auto") == 0)
		r.type = NULL;
	if (argc - optind == 1) {
		if (!(r.flags & (MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE)))
			return mount_named(&r, options, argv[optind]);
		r.source = "none";
		r.directory = argv[optind];
	} else {
		r.source = argv[optind];
		r.directory = argv[optind + 1];
	}
	return mount_one(&r);
}
