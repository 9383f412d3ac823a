/*
 * Modules at boot. kmodd, if it has settings (kmodd=0 on the kernel's command line: not). Then the modules named in
 * modules-load.d: files NAME.conf in /etc, /run, /usr/local/lib, /usr/lib and /lib, of the same name the first; taken in
 * the order of their names, one module per line, '#' and ';' begin comments; and those of modules_load=A,B on the command
 * line. One modprobe loads all; what is blacklisted is left out. Source: modules-load.d(5).
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "guest/sbin/init/init.h"

#define FILES_MAX 64
#define NAMES_MAX 128

static const char *const folders[] = { "/etc/modules-load.d", "/run/modules-load.d",
				       "/usr/local/lib/modules-load.d", "/usr/lib/modules-load.d",
				       "/lib/modules-load.d" };

/* Paths of files, by the order of their base names. */
struct files {
	char *path[FILES_MAX];
	int count;
};

static const char *base(const char *path)
{
	return strrchr(path, '/') + 1;
}

static void add_file(struct files *files, const char *folder, const char *name)
{
	size_t length = strlen(name), at = 0;
	char *path;

	if (length < 6 || strcmp(name + length - 5, ".conf") || files->count == FILES_MAX)
		return;
	while (at < (size_t)files->count && strcmp(base(files->path[at]), name) < 0)
		at++;
	if (at < (size_t)files->count && strcmp(base(files->path[at]), name) == 0)
		return;
	if (asprintf(&path, "%s/%s", folder, name) < 0)
		return;
	memmove(&files->path[at + 1], &files->path[at],
		(files->count++ - at) * sizeof(files->path[0]));
	files->path[at] = path;
}

static void find_files(struct files *files)
{
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		DIR *dir = opendir(folders[i]);

		for (struct dirent *entry; dir && (entry = readdir(dir));)
			add_file(files, folders[i], entry->d_name);
		if (dir)
			closedir(dir);
	}
}

/* The arguments of modprobe. */
struct arguments {
	char *word[NAMES_MAX + 8];
	int count;
};

static void add_word(struct arguments *arguments, char *word)
{
	if (arguments->count < NAMES_MAX)
		arguments->word[arguments->count++] = word;
}

/* Keeps parts of text. */
static void add_lines(struct arguments *arguments, char *text)
{
	char *line;

	while ((line = strsep(&text, "\n"))) {
		line += strspn(line, " \t\r");
		line[strcspn(line, " \t\r")] = 0;
		if (*line && *line != '#' && *line != ';')
			add_word(arguments, line);
	}
}

static void load(struct arguments *arguments)
{
	char *fixed[] = { "modprobe", "-q", "-a", "-b", "--" };
	size_t count = sizeof(fixed) / sizeof(fixed[0]);

	if (!arguments->count)
		return;
	memmove(arguments->word + count, arguments->word,
		arguments->count * sizeof(arguments->word[0]));
	memcpy(arguments->word, fixed, sizeof(fixed));
	arguments->word[arguments->count + count] = NULL;
	int status = wait_for(spawn("/sbin/modprobe", arguments->word, 0, 1, 0));

	if (status)
		say("modules-load.d: not all could be loaded (modprobe: wait status %#x)", status);
}

static void start_daemon(void)
{
	char *argv[] = { "kmodd", NULL }, text[8];

	if (access("/etc/kmodd.conf", R_OK) ||
	    (boot_option("kmodd", text, sizeof(text)) && strcmp(text, "0") == 0))
		return;
	int status = wait_for(spawn("/sbin/kmodd", argv, 0, 1, 0));

	if (status)
		say("kmodd: wait status %#x; the kernel runs modprobe itself", status);
}

void boot_modules(void)
{
	struct arguments arguments = { .count = 0 };
	struct files files = { .count = 0 };
	char text[512], *names = text, *name;

	start_daemon();
	if (boot_option("modules_load", text, sizeof(text)))
		while ((name = strsep(&names, ",")))
			if (*name)
				add_word(&arguments, name);
	find_files(&files);
	for (int i = 0; i < files.count; i++) {
		char *lines = file_read(files.path[i], NULL);

		if (lines)
			add_lines(&arguments, lines);
	}
	load(&arguments);
}
