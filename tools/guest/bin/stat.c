/* stat: show what is known about files */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>
#include "../lib/mode.h"
#include "../lib/owner.h"
#include "../lib/program.h"

USAGE("[-L] [-c FORMAT] FILE...");

static const char *type_name(const struct stat *st)
{
	mode_t mode = st->st_mode;

	if (S_ISREG(mode))
		return st->st_size ? "regular file" : "regular empty file";
	return S_ISDIR(mode)	? "directory"
	       : S_ISLNK(mode)	? "symbolic link"
	       : S_ISCHR(mode)	? "character special file"
	       : S_ISBLK(mode)	? "block special file"
	       : S_ISFIFO(mode) ? "fifo"
	       : S_ISSOCK(mode) ? "socket"
				: "unknown";
}

static void time_print(const struct timespec *when)
{
	char text[64], zone[16];
	struct tm *local = localtime(&when->tv_sec);

	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", local);
	strftime(zone, sizeof(zone), "%z", local);
	printf("%s.%09ld %s", text, (long)when->tv_nsec, zone);
}

static void link_print(const char *path, const struct stat *st, const char *quote)
{
	char target[1024];
	ssize_t n = S_ISLNK(st->st_mode) ? readlink(path, target, sizeof(target)) : -1;

	if (n >= 0)
		printf(" -> %s%.*s%s", quote, (int)n, target, quote);
}

static void field_print(int c, const char *path, const struct stat *st)
{
	char mode[12];

	switch (c) {
	case 'a':
		printf("%o", (unsigned int)st->st_mode & 07777);
		break;
	case 'A':
		mode_format(mode, st->st_mode);
		fputs(mode, stdout);
		break;
	case 'b':
		printf("%llu", (unsigned long long)st->st_blocks);
		break;
	case 'B':
		printf("512");
		break;
	case 'd':
		printf("%llu", (unsigned long long)st->st_dev);
		break;
	case 'D':
		printf("%llx", (unsigned long long)st->st_dev);
		break;
	case 'f':
		printf("%x", (unsigned int)st->st_mode);
		break;
	case 'F':
		fputs(type_name(st), stdout);
		break;
	case 'g':
		printf("%lu", (unsigned long)st->st_gid);
		break;
	case 'G':
		fputs(group_name(st->st_gid), stdout);
		break;
	case 'h':
		printf("%lu", (unsigned long)st->st_nlink);
		break;
	case 'i':
		printf("%llu", (unsigned long long)st->st_ino);
		break;
	case 'n':
		fputs(path, stdout);
		break;
	case 'N':
		printf("'%s'", path);
		link_print(path, st, "'");
		break;
	case 'o':
		printf("%lu", (unsigned long)st->st_blksize);
		break;
	case 's':
		printf("%llu", (unsigned long long)st->st_size);
		break;
	case 't':
		printf("%x", (unsigned int)major(st->st_rdev));
		break;
	case 'T':
		printf("%x", (unsigned int)minor(st->st_rdev));
		break;
	case 'u':
		printf("%lu", (unsigned long)st->st_uid);
		break;
	case 'U':
		fputs(user_name(st->st_uid), stdout);
		break;
	case 'x':
		time_print(&st->st_atim);
		break;
	case 'X':
		printf("%lld", (long long)st->st_atime);
		break;
	case 'y':
		time_print(&st->st_mtim);
		break;
	case 'Y':
		printf("%lld", (long long)st->st_mtime);
		break;
	case 'z':
		time_print(&st->st_ctim);
		break;
	case 'Z':
		printf("%lld", (long long)st->st_ctime);
		break;
	case '%':
		putchar('%');
		break;
	default:
		printf("%%%c", c);
		break;
	}
}

static void format_print(const char *format, const char *path, const struct stat *st)
{
	for (; *format; format++) {
		if (*format == '%' && format[1])
			field_print(*++format, path, st);
		else
			putchar(*format);
	}
	putchar('\n');
}

static void all_print(const char *path, const struct stat *st)
{
	char device[32];

	printf("  File: %s", path);
	link_print(path, st, "");
	printf("\n  Size: %-15llu Blocks: %-10llu IO Block: %-6lu %s\n",
	       (unsigned long long)st->st_size, (unsigned long long)st->st_blocks,
	       (unsigned long)st->st_blksize, type_name(st));
	snprintf(device, sizeof(device), "%u,%u", (unsigned int)major(st->st_dev),
		 (unsigned int)minor(st->st_dev));
	printf("Device: %-11s Inode: %-11llu Links: %lu", device, (unsigned long long)st->st_ino,
	       (unsigned long)st->st_nlink);
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
		printf("     Device type: %u,%u", (unsigned int)major(st->st_rdev),
		       (unsigned int)minor(st->st_rdev));
	putchar('\n');
	printf("Access: (%04o/", (unsigned int)st->st_mode & 07777);
	field_print('A', path, st);
	printf(")  Uid: (%5lu/%8s)   Gid: (%5lu/%8s)\n", (unsigned long)st->st_uid,
	       user_name(st->st_uid), (unsigned long)st->st_gid, group_name(st->st_gid));
	format_print("Access: %x", path, st);
	format_print("Modify: %y", path, st);
	format_print("Change: %z", path, st);
}

int main(int argc, char **argv)
{
	const char *format = NULL;
	bool follow = false;
	struct stat st;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "Lc:")) != -1) {
		switch (c) {
		case 'L':
			follow = true;
			break;
		case 'c':
			format = optarg;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (!*argv)
		die_usage(1);
	for (; *argv; argv++) {
		if (follow ? stat(*argv, &st) : lstat(*argv, &st))
			warn_errno(*argv);
		else if (format)
			format_print(format, *argv, &st);
		else
			all_print(*argv, &st);
	}
	return program_finish(program_status);
}
