/* sysctl: show or set kernel parameters */
/*
 * sysctl [-n] [-q] NAME… | [-w] NAME=VALUE… | -a: shows and sets what is under /proc/sys; dots and slashes both
 * separate. 0, 1 if one failed.
 */
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOT "/proc/sys/"

static int only_value, quiet;

static void path_of(const char *name, char path[PATH_MAX])
{
	if ((size_t)snprintf(path, PATH_MAX, ROOT "%s", name) >= PATH_MAX)
		errx(1, "%s: too long", name);
	for (char *p = path + strlen(ROOT); *p && !strchr(name, '/'); p++)
		if (*p == '.')
			*p = '/';
}

static int show(const char *path)
{
	char text[4096], name[PATH_MAX];
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (n < 0) {
		warn("%s", path);
		return 1;
	}
	close(fd);
	text[n] = 0;
	strlcpy(name, path + strlen(ROOT), sizeof(name));
	for (char *p = name; *p; p++)
		if (*p == '/')
			*p = '.';
	for (char *line = text, *rest = text; (line = strsep(&rest, "\n"));)
		if (*line || line == text)
			printf(only_value ? "%s%s\n" : "%s = %s\n", only_value ? "" : name, line);
	return 0;
}

static int set(char *assignment)
{
	char *equals = strchr(assignment, '='), *value = equals + 1, path[PATH_MAX];
	size_t n = equals - assignment;

	while (n && assignment[n - 1] == ' ')
		n--;
	assignment[n] = 0;
	value += strspn(value, " ");
	path_of(assignment, path);
	int fd = open(path, O_WRONLY | O_TRUNC);

	if (fd < 0 || write(fd, value, strlen(value)) < 0) {
		warn("%s", assignment);
		return 1;
	}
	close(fd);
	if (!quiet)
		printf("%s = %s\n", assignment, value);
	return 0;
}

static int show_all(const char *folder)
{
	DIR *dir = opendir(folder);
	char path[PATH_MAX];
	struct stat facts;
	int failed = 0;

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		if (entry->d_name[0] == '.' ||
		    (size_t)snprintf(path, sizeof(path), "%s%s", folder, entry->d_name) >=
			    sizeof(path) - 1 ||
		    stat(path, &facts))
			continue;
		if (S_ISDIR(facts.st_mode)) {
			strlcat(path, "/", sizeof(path));
			failed |= show_all(path);
		} else if (facts.st_mode & 0444) {
			failed |= show(path);
		}
	}
	if (dir)
		closedir(dir);
	return failed;
}

int main(int argc, char **argv)
{
	int failed = 0, c;

	while ((c = getopt(argc, argv, "anqw")) != -1)
		switch (c) {
		case 'a':
			return show_all(ROOT);
		case 'n':
			only_value = 1;
			break;
		case 'q':
			quiet = 1;
			break;
		case 'w':
			break;
		default:
			return 1;
		}
	if (optind == argc)
		errx(1, "usage: sysctl [-n] [-q] NAME… | [-w] NAME=VALUE… | -a");
	for (; optind < argc; optind++) {
		char path[PATH_MAX];

		if (strchr(argv[optind], '=')) {
			failed |= set(argv[optind]);
			continue;
		}
		path_of(argv[optind], path);
		failed |= show(path);
	}
	return failed;
}
