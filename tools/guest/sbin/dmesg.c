/* dmesg: show the kernel log */
/*
 * dmesg: shows the kernel's log. -c shows and clears it, -C clears, -n LEVEL sets what the console shows, -l LEVELS
 * shows only these, -r raw with priorities, -T with the time of day, -t without time, -w goes on with new messages.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/klog.h>
#include <time.h>
#include <unistd.h>

#define READ_ALL 3
#define READ_CLEAR 4
#define CLEAR 5
#define CONSOLE_LEVEL 8
#define SIZE_BUFFER 10

static const char *const levels[] = { "emerg", "alert",	 "crit", "err",
				      "warn",  "notice", "info", "debug" };

static unsigned int wanted = 0xff; /* bit per level */
static enum { SINCE_BOOT, RAW, CLOCK, BARE } style;
static time_t boot; /* seconds since 1970, with -T */

static int level_of(const char *text)
{
	for (int i = 0; i < 8; i++)
		if (strcasecmp(text, levels[i]) == 0 || (text[0] == '0' + i && !text[1]))
			return i;
	errx(1, "unknown level '%s': emerg alert crit err warn notice info debug, or 0 to 7", text);
}

static unsigned int levels_of(char *list)
{
	unsigned int set = 0;
	char *name;

	while ((name = strsep(&list, ",")))
		set |= 1u << level_of(name);
	return set;
}

/* seconds and microseconds since boot */
static void show(int priority, long seconds, long micros, const char *text, int size)
{
	char when[32];
	time_t t = boot + seconds;

	if (!(wanted & 1u << (priority & 7)))
		return;
	switch (style) {
	case RAW:
		printf("<%d>[%5ld.%06ld] %.*s\n", priority, seconds, micros, size, text);
		break;
	case CLOCK:
		strftime(when, sizeof(when), "%a %b %e %H:%M:%S %Y", localtime(&t));
		printf("[%s] %.*s\n", when, size, text);
		break;
	case BARE:
		printf("%.*s\n", size, text);
		break;
	default:
		printf("[%5ld.%06ld] %.*s\n", seconds, micros, size, text);
	}
}

/* A line of the log: "<6>[    1.234567] text"; what follows on further lines has no mark. */
static void show_line(const char *line, int size)
{
	static int priority = 6;
	static long seconds, micros;
	const char *p = line, *end = line + size;

	if (*p == '<') {
		priority = strtol(p + 1, (char **)&p, 10);
		p += p < end && *p == '>';
	}
	if (p < end && *p == '[') {
		char *after;
		long s = strtol(p + 1, &after, 10);

		if (*after == '.') {
			seconds = s;
			micros = strtol(after + 1, &after, 10);
			if (*after == ']')
				p = after + 1 + (after[1] == ' ');
		}
	}
	if (p > end)
		p = end;
	show(priority, seconds, micros, p, end - p);
}

static void show_all(int request)
{
	int size = klogctl(SIZE_BUFFER, NULL, 0);
	char *text;

	if (size <= 0)
		size = 256 << 10;
	text = malloc(size + 1);
	if (!text)
		err(1, NULL);
	int n = klogctl(request, text, size);

	if (n < 0)
		err(1, "the kernel's log");
	text[n] = 0;
	for (char *line = text; line < text + n;) {
		int length = strcspn(line, "\n");

		show_line(line, length);
		line += length + 1;
	}
	free(text);
}

/* /dev/kmsg: "PRIORITY,SEQUENCE,MICROSECONDS,FLAGS;TEXT\n" per read, old records first. */
static void follow(void)
{
	char record[2048];
	int fd = open("/dev/kmsg", O_RDONLY);

	if (fd < 0)
		err(1, "/dev/kmsg");
	for (;;) {
		ssize_t n = read(fd, record, sizeof(record) - 1);

		if (n < 0 && errno == EPIPE)
			continue; /* what was next is gone */
		if (n <= 0)
			err(1, "/dev/kmsg");
		record[n] = 0;
		char *p = record, *text = strchr(record, ';');
		int priority = strtol(p, &p, 10);

		if (!text)
			continue;
		p = strchr(p + 1, ',');
		unsigned long long time = p ? strtoull(p + 1, NULL, 10) : 0;

		show(priority, time / 1000000, time % 1000000, text + 1, strcspn(text + 1, "\n"));
		fflush(stdout);
	}
}

int main(int argc, char **argv)
{
	int request = READ_ALL, following = 0, c;
	struct timespec now;

	while ((c = getopt(argc, argv, "cCn:l:rTtwk")) != -1)
		switch (c) {
		case 'c':
			request = READ_CLEAR;
			break;
		case 'C':
			if (klogctl(CLEAR, NULL, 0))
				err(1, "clear");
			return 0;
		case 'n':
			/* the console shows levels below the number */
			if (klogctl(CONSOLE_LEVEL, NULL,
				    optarg[0] >= '1' && optarg[0] <= '8' && !optarg[1]
					    ? optarg[0] - '0'
					    : level_of(optarg) + 1))
				err(1, "console level");
			return 0;
		case 'l':
			wanted = levels_of(optarg);
			break;
		case 'r':
			style = RAW;
			break;
		case 'T':
			style = CLOCK;
			break;
		case 't':
			style = BARE;
			break;
		case 'w':
			following = 1;
			break;
		case 'k':
			break;
		default:
			fprintf(stderr, "usage: dmesg [-cCkrTtw] [-n LEVEL] [-l LEVEL,…]\n");
			return 1;
		}
	if (style == CLOCK && clock_gettime(CLOCK_MONOTONIC, &now) == 0)
		boot = time(NULL) - now.tv_sec;
	if (following)
		follow();
	show_all(request);
	return 0;
}
