/* A prompt inside init, for a system whose shell is missing or broken: enough to look around and to try again. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <unistd.h>
#include "guest/sbin/init/init.h"

#define WORDS 16

static const char help[] =
	"ls [DIR]  cat FILE  cd DIR  mount SOURCE DIR TYPE  exec PROGRAM [ARGS]\n"
	"again (try /bin/sh)  reboot  poweroff\n";

static void list(int terminal, const char *path)
{
	DIR *dir = opendir(path);

	if (!dir) {
		dprintf(terminal, "%s: %s\n", path, strerror(errno));
		return;
	}
	for (struct dirent *entry; (entry = readdir(dir));)
		dprintf(terminal, "%s%s\n", entry->d_name, entry->d_type == DT_DIR ? "/" : "");
	closedir(dir);
}

static void show(int terminal, const char *path)
{
	size_t size;
	char *text = file_read(path, &size);

	if (!text)
		dprintf(terminal, "%s: %s\n", path, strerror(errno));
	else
		write(terminal, text, size);
	free(text);
}

static int split(char *line, char *word[WORDS + 1])
{
	int count = 0;
	char *state;

	for (char *w = strtok_r(line, " \t\r\n", &state); w && count < WORDS;
	     w = strtok_r(NULL, " \t\r\n", &state))
		word[count++] = w;
	word[count] = NULL;
	return count;
}

/* 1: leave the prompt */
static int obey(int terminal, char *word[], int count)
{
	if (strcmp(word[0], "again") == 0)
		return 1;
	if (strcmp(word[0], "ls") == 0)
		list(terminal, count > 1 ? word[1] : ".");
	else if (strcmp(word[0], "cat") == 0 && count > 1)
		show(terminal, word[1]);
	else if (strcmp(word[0], "cd") == 0 && count > 1) {
		if (chdir(word[1]))
			dprintf(terminal, "%s: %s\n", word[1], strerror(errno));
	} else if (strcmp(word[0], "mount") == 0 && count > 3) {
		if (mount(word[1], word[2], word[3], 0, NULL))
			dprintf(terminal, "%s: %s\n", word[2], strerror(errno));
	} else if (strcmp(word[0], "exec") == 0 && count > 1) {
		int status = wait_for(spawn(word[1], word + 1, terminal, terminal, 1));

		if (status)
			dprintf(terminal, "%s: wait status %#x\n", word[1], status);
	} else if (strcmp(word[0], "reboot") == 0) {
		shutdown_machine(RB_AUTOBOOT);
	} else if (strcmp(word[0], "poweroff") == 0) {
		shutdown_machine(RB_POWER_OFF);
	} else {
		write(terminal, help, sizeof(help) - 1);
	}
	return 0;
}

void rescue_prompt(int terminal)
{
	char line[256], *word[WORDS + 1];

	write(terminal, help, sizeof(help) - 1);
	for (;;) {
		write(terminal, "rescue> ", 8);
		ssize_t n = read(terminal, line, sizeof(line) - 1);

		shutdown_check();
		if (n <= 0) {
			sleep(1);
			continue;
		}
		line[n] = 0;
		int count = split(line, word);

		if (count && obey(terminal, word, count))
			return;
	}
}
