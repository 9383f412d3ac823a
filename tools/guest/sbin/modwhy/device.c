/* Why a device has the driver it has, or none. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "guest/sbin/modwhy/modwhy.h"

/* The folder PARENT/X/MIDDLE/NAME for any X, or NULL; *x: a copy of X. */
static char *find_below(const char *parent, const char *middle, const char *name, char **x)
{
	DIR *dir = opendir(parent);
	char *path = NULL;

	for (struct dirent *entry; dir && !path && (entry = readdir(dir));) {
		if (entry->d_name[0] == '.')
			continue;
		path = kmod_text("%s/%s%s/%s", parent, entry->d_name, middle, name);
		if (access(path, F_OK) == 0) {
			*x = kmod_copy(entry->d_name);
		} else {
			free(path);
			path = NULL;
		}
	}
	if (dir)
		closedir(dir);
	return path;
}

struct owned {
	const char *what;
	size_t length;
	unsigned int found;
};

static void check_entry(const char *module, char *line, void *data)
{
	struct owned *owned = data;
	char *text = strstr(line, owned->what);

	if (!text || owned->found || (text[owned->length] != ' ' && text[owned->length]))
		return;
	printf("  %s is of module %s; modwhy %s\n", owned->what, module, module);
	owned->found++;
}

/* Modules that hold this entry of the ledger ("chrdev 14:3"). */
static bool show_owner(const char *what)
{
	struct owned owned = { what, strlen(what), 0 };

	ledger_each(check_entry, &owned);
	return owned.found;
}

/* Ranges and lines that are held under a name. */
static void show_held(const char *path, const char *name)
{
	char *text = kmod_read(path, NULL), *lines;

	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
	     line = strtok_r(NULL, "\n", &lines)) {
		char *last = strrchr(line, ' ');

		if (last && strcmp(last + 1, name) == 0)
			printf("  holds %s: %s\n", strrchr(path, '/') + 1,
			       line + strspn(line, " "));
	}
	free(text);
}

static void show_candidates(const char *modalias)
{
	struct kmod_module **found;
	size_t count = kmod_lookup(modalias, &found);

	printf("  alias: %s\n", modalias);
	for (size_t i = 0; i < count; i++)
		printf("  served by: %s (%s); modprobe %s\n", found[i]->name,
		       found[i]->builtin		  ? "built in"
		       : kmod_loaded_find(found[i]->name) ? "loaded"
							  : "not loaded",
		       found[i]->name);
	if (!count)
		puts("  served by: no module of the tree; depmod if it is new there");
}

static void explain_bus_device(const char *bus, const char *path, const char *name)
{
	char *driver = link_name(kmod_text("%s/driver", path));
	char *modalias = first_line(kmod_text("%s/modalias", path));
	char *module = driver ? link_name(kmod_text("%s/driver/module", path)) : NULL;

	printf("%s: a device of the bus %s\n", name, bus);
	if (driver)
		printf("  bound to driver %s of %s; echo %s >/sys/bus/%s/drivers/%s/unbind frees "
		       "it\n",
		       driver, module ? module : "the kernel", name, bus, driver);
	else
		puts("  bound to no driver");
	if (modalias)
		show_candidates(modalias);
	show_refusals(kmod_text("probe %s by ", name));
	show_refusals(kmod_text("bind %s:", name));
	show_held("/proc/ioports", name);
	show_held("/proc/iomem", name);
}

/* The name under which a major number is registered: /proc/devices, character devices first. */
static bool show_registered(char kind, unsigned int number)
{
	char *text = kmod_read("/proc/devices", NULL), *lines;
	bool block = false, any = false;

	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
	     line = strtok_r(NULL, "\n", &lines)) {
		char *name = line + strspn(line, " 0123456789");

		if (strncmp(line, "Block", 5) == 0)
			block = true;
		if (block != (kind == 'b') || *name == 'C' || *name == 'B' ||
		    strtoul(line, NULL, 10) != number)
			continue;
		printf("  registered by the kernel as %s\n", name);
		any = true;
	}
	free(text);
	return any;
}

static void explain_number(char kind, unsigned int major_number, unsigned int minor_number)
{
	const char *ledger = kind == 'c' ? "chrdev" : "blkdev";
	const char *alias = kind == 'c' ? "char" : "block";

	printf("  number: %c %u:%u\n", kind, major_number, minor_number);
	if (show_owner(kmod_text("%s %u:%u", ledger, major_number, minor_number)) ||
	    show_owner(kmod_text("%s %u", ledger, major_number)) ||
	    show_registered(kind, major_number))
		return;
	show_candidates(kmod_text("%s-major-%u-%u", alias, major_number, minor_number));
}

static void explain_class_device(const char *class, const char *path, const char *name)
{
	char *number = first_line(kmod_text("%s/dev", path)), *colon;
	char *parent = realpath(kmod_text("%s/device", path), NULL);

	printf("%s: a device of the class %s\n", name, class);
	if (number && (colon = strchr(number, ':')))
		explain_number(strcmp(class, "block") ? 'c' : 'b', atoi(number), atoi(colon + 1));
	show_owner(kmod_text("device %s", name));
	if (parent)
		printf("  part of the device %s; modwhy %s\n", strrchr(parent, '/') + 1,
		       strrchr(parent, '/') + 1);
}

bool why_device(const char *text)
{
	const char *name = strrchr(text, '/') ? strrchr(text, '/') + 1 : text;
	char *kind = NULL, *path = find_below("/sys/bus", "/devices", name, &kind);
	bool known = false;
	struct stat facts;

	if (path) {
		explain_bus_device(kind, path, name);
		known = true;
	}
	path = find_below("/sys/class", "", name, &kind);
	if (path) {
		explain_class_device(kind, path, name);
		return true;
	}
	if (strncmp(text, "/dev/", 5) || stat(text, &facts))
		return known;
	printf("%s: a node of no class\n", text);
	explain_number(S_ISBLK(facts.st_mode) ? 'b' : 'c', major(facts.st_rdev),
		       minor(facts.st_rdev));
	return true;
}
