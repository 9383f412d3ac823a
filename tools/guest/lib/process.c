/* process: reading /proc/PID/stat, status and cmdline. Source: proc(5). */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "process.h"
#include "program.h"
#include "strbuf.h"

/* Up to size-1 bytes of a file, NUL-ended. Returns how many, -1 if it cannot be read. */
static ssize_t file_text(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = read(fd, text, size - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	return n;
}

static void command_read(struct process *p)
{
	char path[40];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%ld/cmdline", (long)p->pid);
	n = file_text(path, p->command, sizeof(p->command));
	while (n > 0 && !p->command[n - 1])
		n--;
	for (ssize_t i = 0; i < n; i++)
		if (!isprint((unsigned char)p->command[i]))
			p->command[i] = ' ';
	if (n <= 0)
		snprintf(p->command, sizeof(p->command), "[%s]", p->name);
}

/* pid (name) state ppid pgrp session tty ... ; the name may hold blanks and parentheses. */
static bool stat_parse(char *text, struct process *p)
{
	char *open = strchr(text, '('), *close = strrchr(text, ')');
	long ppid, pgid, sid, tty, priority, nice, resident;

	if (!open || !close)
		return false;
	*close = '\0';
	snprintf(p->name, sizeof(p->name), "%s", open + 1);
	if (sscanf(close + 1,
		   " %c %ld %ld %ld %ld %*s %*s %*s %*s %*s %*s %llu %llu %*s %*s %ld %ld %*s %*s "
		   "%llu %llu %ld",
		   &p->state, &ppid, &pgid, &sid, &tty, &p->user, &p->system, &priority, &nice,
		   &p->start, &p->memory, &resident) < 5)
		return false;
	p->ppid = (pid_t)ppid;
	p->pgid = (pid_t)pgid;
	p->sid = (pid_t)sid;
	p->tty = (int)tty;
	p->priority = (int)priority;
	p->nice = (int)nice;
	p->resident = (unsigned long)resident;
	return true;
}

bool process_read(pid_t pid, struct process *p)
{
	char path[40], text[1024];
	struct stat st;

	memset(p, 0, sizeof(*p));
	p->pid = pid;
	snprintf(path, sizeof(path), "/proc/%ld/stat", (long)pid);
	if (file_text(path, text, sizeof(text)) <= 0 || !stat_parse(text, p))
		return false;
	snprintf(path, sizeof(path), "/proc/%ld", (long)pid);
	if (!stat(path, &st))
		p->uid = st.st_uid;
	command_read(p);
	return true;
}

static int compare_pids(const void *a, const void *b)
{
	pid_t x = *(const pid_t *)a, y = *(const pid_t *)b;

	return (x > y) - (x < y);
}

bool process_each(bool (*use)(const struct process *p, void *data), void *data)
{
	const struct dirent *entry;
	pid_t *pids = NULL;
	size_t count = 0;
	DIR *dir = opendir("/proc");

	if (!dir) {
		warn_errno("/proc");
		return false;
	}
	while ((entry = readdir(dir))) {
		if (!isdigit((unsigned char)*entry->d_name))
			continue;
		if (count % 64 == 0)
			pids = memory_resize(pids, (count + 64) * sizeof(*pids));
		pids[count++] = (pid_t)atol(entry->d_name);
	}
	closedir(dir);
	if (count)
		qsort(pids, count, sizeof(*pids), compare_pids);
	for (size_t i = 0; i < count; i++) {
		struct process p;

		if (process_read(pids[i], &p) && !use(&p, data))
			break;
	}
	free(pids);
	return true;
}

char *process_tty(const struct process *p, char room[16])
{
	unsigned int maj = major((dev_t)(unsigned int)p->tty),
		     min = minor((dev_t)(unsigned int)p->tty);

	if (!p->tty)
		return strcpy(room, "?");
	if (maj == 4 && min < 64)
		snprintf(room, 16, "tty%u", min);
	else if (maj == 4)
		snprintf(room, 16, "ttyS%u", min - 64);
	else if (maj >= 136 && maj < 144)
		snprintf(room, 16, "pts/%u", (maj - 136) * 256 + min);
	else if (maj == 5 && min == 1)
		strcpy(room, "console");
	else
		snprintf(room, 16, "%u,%u", maj & 0xfff, min & 0xfffff);
	return room;
}

unsigned long long memory_fact(const char *name)
{
	char text[4096], *line;
	size_t n = strlen(name);

	if (file_text("/proc/meminfo", text, sizeof(text)) <= 0)
		return 0;
	for (line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
		if (!strncmp(line, name, n) && line[n] == ':')
			return strtoull(line + n + 1, NULL, 10) * 1024;
	return 0;
}
