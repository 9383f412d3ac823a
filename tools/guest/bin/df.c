/* df: show how full the mounted file systems are */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "../lib/number.h"
#include "../lib/program.h"

USAGE("[-aHhikmT] [FILE]...");

static bool all, human, inodes, types;
static unsigned int unit = 1024;

static void amount_print(unsigned long long blocks, unsigned long long size)
{
	char room[24];

	if (human)
		printf(" %9s", size_human(room, blocks * size));
	else
		printf(" %9llu", blocks * size / unit);
}

static void print(const char *device, const char *folder, const char *type)
{
	unsigned long long total, available, used;
	struct statvfs fs;

	if (statvfs(folder, &fs)) {
		warn_errno(folder);
		return;
	}
	total = inodes ? fs.f_files : fs.f_blocks;
	available = inodes ? fs.f_ffree : fs.f_bavail;
	used = total - (inodes ? fs.f_ffree : fs.f_bfree);
	if (!total && !all)
		return;
	printf("%-15s", device);
	if (types)
		printf(" %-9s", type);
	if (inodes) {
		printf(" %9llu %9llu %9llu", total, used, available);
	} else {
		amount_print(total, fs.f_frsize);
		amount_print(used, fs.f_frsize);
		amount_print(available, fs.f_frsize);
	}
	if (used + available)
		printf(" %3llu%% %s\n", (used * 100 + used + available - 1) / (used + available),
		       folder);
	else
		printf("    - %s\n", folder);
}

/* Call print for the mounts in /proc/mounts: for all, or for the one that `file` is on. */
static void mounts_print(const char *file)
{
	char line[1024], device[256], folder[256], type[64], best_device[256] = "", best[256] = "",
							     best_type[64] = "";
	FILE *mounts = fopen("/proc/mounts", "r");
	struct stat wanted, st;

	if (file && stat(file, &wanted)) {
		warn_errno(file);
		if (mounts)
			fclose(mounts);
		return;
	}
	if (!mounts) {
		if (!file)
			die_errno(1, "/proc/mounts");
		print("-", file, "-");
		return;
	}
	while (fgets(line, sizeof(line), mounts)) {
		if (sscanf(line, "%255s %255s %63s", device, folder, type) != 3)
			continue;
		if (!file) {
			print(device, folder, type);
		} else if (!stat(folder, &st) && st.st_dev == wanted.st_dev) {
			strcpy(best_device, device);
			strcpy(best, folder);
			strcpy(best_type, type);
		}
	}
	fclose(mounts);
	if (file)
		print(*best ? best_device : "-", *best ? best : file, *best ? best_type : "-");
}

int main(int argc, char **argv)
{
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "aHhikmPT")) != -1) {
		switch (c) {
		case 'a':
			all = true;
			break;
		case 'H':
		case 'h':
			human = true;
			break;
		case 'i':
			inodes = true;
			break;
		case 'k':
		case 'P':
			unit = 1024;
			break;
		case 'm':
			unit = 1 << 20;
			break;
		case 'T':
			types = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	printf("%-15s", "Filesystem");
	if (types)
		printf(" %-9s", "Type");
	if (inodes)
		printf(" %9s %9s %9s IUse%% Mounted on\n", "Inodes", "IUsed", "IFree");
	else
		printf(" %9s %9s %9s Use%% Mounted on\n",
		       human	      ? "Size"
		       : unit == 1024 ? "1K-blocks"
				      : "1M-blocks",
		       "Used", "Available");
	if (!*argv) {
		mounts_print(NULL);
	} else {
		all = true;
		for (; *argv; argv++)
			mounts_print(*argv);
	}
	return program_finish(program_status);
}
