/* uptime: print how long the system has been running, and its load */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-s]");

int main(int argc, char **argv)
{
	unsigned long up = 0, days;
	char load[3][16] = { "0.00", "0.00", "0.00" }, when[32];
	time_t now = time(NULL), since;
	FILE *file = fopen("/proc/uptime", "r");

	program_start(argv);
	if (!file || fscanf(file, "%lu", &up) != 1)
		die_errno(1, "/proc/uptime");
	fclose(file);
	if (argc > 1 && !strcmp(argv[1], "-s")) {
		since = now - (time_t)up;
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", localtime(&since));
		puts(when);
		return program_finish(0);
	}
	file = fopen("/proc/loadavg", "r");
	if (file) {
		if (fscanf(file, "%15s %15s %15s", load[0], load[1], load[2]) != 3)
			strcpy(load[0], "?");
		fclose(file);
	}
	strftime(when, sizeof(when), "%H:%M:%S", localtime(&now));
	days = up / 86400;
	printf(" %s up ", when);
	if (days)
		printf("%lu day%s, ", days, days > 1 ? "s" : "");
	if (up >= 60)
		printf("%2lu:%02lu,", up / 3600 % 24, up / 60 % 60);
	else
		printf("%lu s,", up);
	printf("  load average: %s, %s, %s\n", load[0], load[1], load[2]);
	return program_finish(0);
}
