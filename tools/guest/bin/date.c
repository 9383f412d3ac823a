/* date: print or set the date and time */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-u] [-R] [-I[date|seconds]] [-d @SECONDS|DATE] [-r FILE] [-s DATE] [+FORMAT | "
      "MMDDhhmm[[CC]YY][.ss]]");

static struct tm *now_split(void)
{
	time_t now = time(NULL);

	return localtime(&now);
}

/* @seconds, YYYY-MM-DD, YYYY-MM-DD hh:mm[:ss], hh:mm[:ss]. */
static time_t parse(const char *text)
{
	struct tm tm = *now_split();
	int year, month, day, hour = 0, minute = 0, second = 0, used = 0;
	char *end;

	if (*text == '@') {
		long long value = strtoll(text + 1, &end, 10);

		if (text[1] && !*end)
			return (time_t)value;
	}
	if (!strcmp(text, "now"))
		return time(NULL);
	if (sscanf(text, "%d-%d-%d%n", &year, &month, &day, &used) >= 3) {
		tm.tm_year = year - 1900;
		tm.tm_mon = month - 1;
		tm.tm_mday = day;
		text += used;
		text += *text == ' ' || *text == 'T';
	}
	if (*text && sscanf(text, "%d:%d:%d", &hour, &minute, &second) < 2)
		die(1, "%s: not a date", text);
	tm.tm_hour = hour;
	tm.tm_min = minute;
	tm.tm_sec = second;
	tm.tm_isdst = -1;
	return mktime(&tm);
}

/* MMDDhhmm[[CC]YY][.ss] */
static time_t parse_posix(const char *text)
{
	struct tm tm = *now_split();
	size_t n = strcspn(text, ".");
	int v[6] = { 0 };

	if (strspn(text, "0123456789") != n || (n != 8 && n != 10 && n != 12))
		die(1, "%s: not a date", text);
	for (size_t i = 0; i < n / 2; i++)
		v[i] = (text[i * 2] - '0') * 10 + text[i * 2 + 1] - '0';
	tm.tm_mon = v[0] - 1;
	tm.tm_mday = v[1];
	tm.tm_hour = v[2];
	tm.tm_min = v[3];
	if (n == 10)
		tm.tm_year = v[4] < 69 ? v[4] + 100 : v[4];
	else if (n == 12)
		tm.tm_year = v[4] * 100 + v[5] - 1900;
	tm.tm_sec = text[n] ? atoi(text + n + 1) : 0;
	tm.tm_isdst = -1;
	return mktime(&tm);
}

/* strftime with %s and %N, which it may not know. */
static void print(const char *format, time_t when, long nanoseconds)
{
	struct strbuf text = { 0 };
	char out[512];

	for (; *format; format++) {
		if (format[0] == '%' && format[1] == 's') {
			strbuf_printf(&text, "%lld", (long long)when);
			format++;
		} else if (format[0] == '%' && format[1] == 'N') {
			strbuf_printf(&text, "%09ld", nanoseconds);
			format++;
		} else {
			strbuf_putc(&text, *format);
			if (format[0] == '%' && format[1])
				strbuf_putc(&text, *++format);
		}
	}
	out[0] = '\0';
	strftime(out, sizeof(out), strbuf_text(&text), localtime(&when));
	puts(out);
	strbuf_free(&text);
}

int main(int argc, char **argv)
{
	const char *format = "%a %b %e %H:%M:%S %Z %Y";
	struct timespec now;
	bool set = false;
	struct stat st;
	int c;

	program_start(argv);
	clock_gettime(CLOCK_REALTIME, &now);
	for (int i = 1; i < argc; i++)
		if (!strncmp(argv[i], "-I", 2)) {
			format = argv[i][2] == 's' ? "%Y-%m-%dT%H:%M:%S%z" : "%Y-%m-%d";
			memmove(&argv[i], &argv[i + 1], (size_t)(argc-- - i) * sizeof(*argv));
			break;
		}
	/* -u first: it says how dates are read. */
	while ((c = getopt(argc, argv, "d:r:Rs:u")) != -1)
		if (c == 'u')
			setenv("TZ", "UTC0", 1);
	tzset();
	optind = 1;
	while ((c = getopt(argc, argv, "d:r:Rs:u")) != -1) {
		switch (c) {
		case 'd':
			now.tv_sec = parse(optarg);
			now.tv_nsec = 0;
			break;
		case 'r':
			if (stat(optarg, &st))
				die_errno(1, optarg);
			now = st.st_mtim;
			break;
		case 'R':
			format = "%a, %d %b %Y %H:%M:%S %z";
			break;
		case 's':
			now.tv_sec = parse(optarg);
			now.tv_nsec = 0;
			set = true;
			break;
		case 'u':
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (*argv && **argv == '+') {
		format = *argv + 1;
	} else if (*argv) {
		now.tv_sec = parse_posix(*argv);
		now.tv_nsec = 0;
		set = true;
	}
	if (set && clock_settime(CLOCK_REALTIME, &now))
		warn_errno("clock");
	print(format, now.tv_sec, now.tv_nsec);
	return program_finish(program_status);
}
