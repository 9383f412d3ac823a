/* ps: list processes */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/owner.h"
#include "../lib/process.h"
#include "../lib/program.h"

USAGE("[-aAefl] [-p PID[,PID]...] [-o COLUMN[,COLUMN]...]   columns: pid ppid pgid sid user uid "
      "stat tty pri nice time vsz rss comm args");

struct column {
	const char *name, *heading;
	int width; /* negative: to the left */
};

static const struct column columns[] = {
	{ "pid", "PID", 5 }, { "ppid", "PPID", 5 },	{ "pgid", "PGID", 5 },
	{ "sid", "SID", 5 }, { "user", "USER", -8 },	{ "uid", "UID", 5 },
	{ "stat", "S", -2 }, { "tty", "TTY", -7 },	{ "pri", "PRI", 3 },
	{ "nice", "NI", 3 }, { "time", "TIME", 8 },	{ "vsz", "VSZ", 7 },
	{ "rss", "RSS", 6 }, { "comm", "COMMAND", -1 }, { "args", "COMMAND", -1 },
};

#define COUNT (sizeof(columns) / sizeof(columns[0]))

static const struct column *shown[COUNT * 2];
static size_t shown_count;
static const char *pids;

static void cell(const struct column *column, const struct process *p, char *text, size_t size)
{
	unsigned long long seconds = (p->user + p->system) / 100;
	char room[16];

	switch (column - columns) {
	case 0:
		snprintf(text, size, "%ld", (long)p->pid);
		break;
	case 1:
		snprintf(text, size, "%ld", (long)p->ppid);
		break;
	case 2:
		snprintf(text, size, "%ld", (long)p->pgid);
		break;
	case 3:
		snprintf(text, size, "%ld", (long)p->sid);
		break;
	case 4:
		snprintf(text, size, "%s", user_name(p->uid));
		break;
	case 5:
		snprintf(text, size, "%lu", (unsigned long)p->uid);
		break;
	case 6:
		snprintf(text, size, "%c", p->state);
		break;
	case 7:
		snprintf(text, size, "%s", process_tty(p, room));
		break;
	case 8:
		snprintf(text, size, "%d", p->priority);
		break;
	case 9:
		snprintf(text, size, "%d", p->nice);
		break;
	case 10:
		snprintf(text, size, "%02llu:%02llu:%02llu", seconds / 3600, seconds / 60 % 60,
			 seconds % 60);
		break;
	case 11:
		snprintf(text, size, "%llu", p->memory / 1024);
		break;
	case 12:
		snprintf(text, size, "%lu", p->resident * 4);
		break;
	case 13:
		snprintf(text, size, "%s", p->name);
		break;
	default:
		snprintf(text, size, "%s", p->command);
		break;
	}
}

static void row_print(const struct process *p)
{
	char text[300];

	for (size_t i = 0; i < shown_count; i++) {
		if (p)
			cell(shown[i], p, text, sizeof(text));
		else
			snprintf(text, sizeof(text), "%s", shown[i]->heading);
		if (i + 1 == shown_count && shown[i]->width < 0)
			fputs(text, stdout);
		else
			printf("%*s ", shown[i]->width, text);
	}
	putchar('\n');
}

static bool listed(pid_t pid)
{
	for (const char *p = pids; *p; p += strspn(p, ", ")) {
		char *end;

		if (strtol(p, &end, 10) == pid)
			return true;
		if (end == p)
			die(1, "%s: not a list of processes", pids);
		p = end;
	}
	return false;
}

static bool visit(const struct process *p, void *data)
{
	bool *any = data;

	if (pids && !listed(p->pid))
		return true;
	*any = true;
	row_print(p);
	return true;
}

static void columns_add(const char *list)
{
	while (*list) {
		size_t n = strcspn(list, ", "), i = 0;

		while (i < COUNT &&
		       (strlen(columns[i].name) != n || strncmp(columns[i].name, list, n)))
			i++;
		if (i == COUNT || shown_count == COUNT * 2)
			die(1, "%.*s: no such column", (int)n, list);
		shown[shown_count++] = &columns[i];
		list += n;
		list += strspn(list, ", ");
	}
}

int main(int argc, char **argv)
{
	const char *layout = "pid,user,tty,stat,time,args";
	bool any = false;
	int c;

	program_start(argv);
	/* ps aux: letters without a dash */
	if (argc > 1 && *argv[1] != '-' && strspn(argv[1], "aux") == strlen(argv[1])) {
		layout = "user,pid,vsz,rss,tty,stat,time,args";
		argv++;
		argc--;
	}
	while ((c = getopt(argc, argv, "aAdeflo:p:wx")) != -1) {
		switch (c) {
		case 'f':
			layout = "user,pid,ppid,tty,stat,time,args";
			break;
		case 'l':
			layout = "stat,uid,pid,ppid,pri,nice,vsz,rss,tty,time,comm";
			break;
		case 'o':
			columns_add(optarg);
			break;
		case 'p':
			pids = optarg;
			break;
		case '?':
			die_usage(1);
		default:
			break;
		}
	}
	if (!shown_count)
		columns_add(layout);
	row_print(NULL);
	if (!process_each(visit, &any))
		return 1;
	return program_finish(!any);
}
