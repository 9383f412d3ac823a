/* modwhy: why a module or device is (not) loaded, bound or removable */
/*
 * modwhy NAME…: for a module (or an alias of one): whether it is loaded and for whom, its file, what it needs, whether the
 * kernel would take it, what the configuration says about it, why the last attempt failed, who holds it, and the command
 * that loads or removes it. For a device (of /sys or /dev): its driver and that driver's module, which modules would
 * serve it, why a probe failed, and which resources are held. For a range of ports or addresses, "irq N" or "dma N": who
 * holds it. 0, or 1 if something named is not known; then the nearest names are given.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "guest/sbin/modwhy/modwhy.h"

char *first_line(const char *path)
{
	char *text = kmod_read(path, NULL);

	if (text)
		text[strcspn(text, "\n")] = 0;
	return text;
}

char *link_name(const char *path)
{
	char target[256];
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	if (n < 0)
		return NULL;
	target[n] = 0;
	return kmod_copy(strrchr(target, '/') ? strrchr(target, '/') + 1 : target);
}

void ledger_each(void (*fn)(const char *module, char *line, void *data), void *data)
{
	static const char folder[] = "/sys/kernel/rakit/ledger";
	DIR *dir = opendir(folder);

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		char *text = kmod_read(kmod_text("%s/%s", folder, entry->d_name), NULL), *lines;

		for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
		     line = strtok_r(NULL, "\n", &lines))
			fn(entry->d_name, line, data);
		free(text);
	}
	if (dir)
		closedir(dir);
}

/* Entries are separated by empty lines. */
unsigned int show_refusals(const char *what)
{
	char *text = kmod_read("/sys/kernel/rakit/refusals", NULL), *entry = text;
	unsigned int count = 0;

	while (entry && *entry) {
		char *end = strstr(entry, "\n\n"), *lines = NULL;

		if (end)
			*end = 0;
		if (strncmp(entry, what, strlen(what)) == 0) {
			printf("  last refusal: %s\n", strtok_r(entry, "\n", &lines));
			for (char *line; (line = strtok_r(NULL, "\n", &lines));)
				printf("    %s\n", line);
			count++;
		}
		entry = end ? end + 2 : NULL;
	}
	free(text);
	return count;
}

int main(int argc, char **argv)
{
	int unknown = 0;

	kmod_program = "modwhy";
	if (argc < 2) {
		fputs("Usage: modwhy MODULE|ALIAS|DEVICE|RANGE|'irq N'|'dma N'...\n", stderr);
		return 1;
	}
	kmod_tree_set(NULL, NULL);
	kmod_config_read(NULL);
	for (int i = 1; i < argc; i++) {
		bool known = why_resource(argv[i]);

		if (!known) {
			known = why_module(argv[i]);
			known |= why_device(argv[i]);
		}
		if (!known) {
			kmod_error("%s: no module, alias, device or resource of this name\n",
				   argv[i]);
			kmod_show_nearest(argv[i]);
			unknown = 1;
		}
	}
	return unknown;
}
