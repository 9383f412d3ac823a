/* touch: make files, or set their times */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-achm] [-d @SECONDS|YYYY-MM-DD[ hh:mm[:ss]]] [-r FILE] [-t [[CC]YY]MMDDhhmm[.ss]] FILE...");

static int digits(const char **at, int count)
{
	int value = 0;

	for (; count--; (*at)++) {
		if (**at < '0' || **at > '9')
			return -1;
		value = value * 10 + **at - '0';
	}
	return value;
}

/* [[CC]YY]MMDDhhmm[.ss] */
static bool parse_t(const char *text, time_t *when)
{
	size_t n = strcspn(text, ".");
	time_t now = time(NULL);
	struct tm tm = *localtime(&now);

	tm.tm_sec = 0;
	tm.tm_isdst = -1;
	if (n == 12) {
		tm.tm_year = digits(&text, 4) - 1900;
	} else if (n == 10) {
		int year = digits(&text, 2);

		tm.tm_year = year < 69 ? year + 100 : year;
	} else if (n != 8) {
		return false;
	}
	tm.tm_mon = digits(&text, 2) - 1;
	tm.tm_mday = digits(&text, 2);
	tm.tm_hour = digits(&text, 2);
	tm.tm_min = digits(&text, 2);
	if (*text == '.') {
		text++;
		tm.tm_sec = digits(&text, 2);
	}
	if (*text || tm.tm_mon < 0 || tm.tm_mday < 1 || tm.tm_hour < 0 || tm.tm_min < 0 ||
	    tm.tm_sec < 0)
		return false;
	*when = mktime(&tm);
	return true;
}

/* @seconds, or a date with an optional time. */
static bool parse_d(const char *text, time_t *when)
{
	struct tm tm = { .tm_isdst = -1 };
	char *end;

	if (*text == '@') {
		*when = (time_t)strtoll(text + 1, &end, 10);
		return text[1] && !*end;
	}
	tm.tm_year = digits(&text, 4) - 1900;
	tm.tm_mon = *text == '-' ? (text++, digits(&text, 2) - 1) : -1;
	tm.tm_mday = *text == '-' ? (text++, digits(&text, 2)) : 0;
	if (*text == ' ' || *text == 'T') {
		text++;
		tm.tm_hour = digits(&text, 2);
		tm.tm_min = *text == ':' ? (text++, digits(&text, 2)) : -1;
		if (*text == ':') {
			text++;
			tm.tm_sec = digits(&text, 2);
		}
	}
	if (*text || tm.tm_year < 0 || tm.tm_mon < 0 || tm.tm_mday < 1 || tm.tm_hour < 0 ||
	    tm.tm_min < 0)
		return false;
	*when = mktime(&tm);
	return true;
}

int main(int argc, char **argv)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_NOW }, { .tv_nsec = UTIME_NOW } };
	bool access_only = false, modify_only = false, no_create = false, no_follow = false;
	struct stat st;
	time_t when;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "acd:hmr:t:")) != -1) {
		switch (c) {
		case 'a':
			access_only = true;
			break;
		case 'c':
			no_create = true;
			break;
		case 'h':
			no_follow = no_create = true;
			break;
		case 'm':
			modify_only = true;
			break;
		case 'd':
		case 't':
			if (!(c == 'd' ? parse_d(optarg, &when) : parse_t(optarg, &when)))
				die(1, "%s: not a time", optarg);
			times[0] = times[1] = (struct timespec){ .tv_sec = when };
			break;
		case 'r':
			if (stat(optarg, &st))
				die_errno(1, optarg);
			times[0] = st.st_atim;
			times[1] = st.st_mtim;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (!*argv)
		die_usage(1);
	if (access_only && !modify_only)
		times[1].tv_nsec = UTIME_OMIT;
	if (modify_only && !access_only)
		times[0].tv_nsec = UTIME_OMIT;
	for (; *argv; argv++) {
		if (!utimensat(AT_FDCWD, *argv, times, no_follow ? AT_SYMLINK_NOFOLLOW : 0))
			continue;
		if (errno == ENOENT && no_create)
			continue;
		int fd = errno == ENOENT ? open(*argv, O_WRONLY | O_CREAT, 0666) : -1;

		if (fd < 0 || futimens(fd, times))
			warn_errno(*argv);
		if (fd >= 0)
			close(fd);
	}
	return program_status;
}
