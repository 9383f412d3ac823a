/* rmmod: unload modules */
/*
 * rmmod [OPTIONS] MODULE…: unloads modules. For one that is in use it names the modules that use it, and what
 * holds it with the place where the reference was taken. 0 all gone, 1 not.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "guest/lib/kmod.h"

static const struct option longs[] = {
	{ "force", no_argument, NULL, 'f' },
	{ "syslog", no_argument, NULL, 's' },
	{ "wait", no_argument, NULL, 'w' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static void help(void)
{
	printf("Usage:\n"
	       "\trmmod [options] modulename ...\n"
	       "Options:\n"
	       "\t-f, --force       forces a module unload and may crash your\n"
	       "\t                  machine. This requires Forced Module Removal\n"
	       "\t                  option in your kernel. DANGEROUS\n"
	       "\t-w, --wait        waits until nobody uses the module\n"
	       "\t-s, --syslog      print to syslog, not stderr\n"
	       "\t-v, --verbose     enables more messages\n"
	       "\t-V, --version     show version\n"
	       "\t-h, --help        show this help\n");
}

/* Whether it is in use; says by what. */
static bool is_used(const char *name, const struct kmod_loaded *l)
{
	char *users = NULL;

	for (size_t i = 0; i < l->users.count; i++)
		users = users ? kmod_text("%s %s", users, l->users.text[i]) : l->users.text[i];
	if (!users && l->uses <= 0)
		return false;
	if (users)
		kmod_error("Module %s is in use by: %s\n", name, users);
	else
		kmod_error("Module %s is in use\n", name);
	kmod_show_holders(stderr, name);
	return true;
}

static void wait_until_unused(const char *name)
{
	const struct kmod_loaded *l;

	while ((l = kmod_loaded_find(name)) && l->uses) {
		usleep(10000);
		kmod_loaded_forget();
	}
}

static int remove_one(const char *argument, bool force, bool wait)
{
	char *name = kmod_is_path(argument) ? kmod_name_of_path(argument)
					    : kmod_normalise(argument);
	const struct kmod_loaded *l;

	l = name ? kmod_loaded_find(name) : NULL;
	if (!l) {
		if (name && (kmod_is_builtin_now(name) || kmod_module(name)->builtin))
			kmod_error("Module %s is builtin.\n", name);
		else
			kmod_error("Module %s is not currently loaded\n", name ? name : argument);
		return 1;
	}
	if (wait) {
		wait_until_unused(name);
		l = kmod_loaded_find(name);
	}
	if (l && !force && is_used(name, l))
		return 1;
	int error = -kmod_delete(name, force);

	if (!error)
		return 0;
	kmod_error("could not remove module %s: %s\n", name, strerror(error));
	kmod_explain();
	return 1;
}

int main(int argc, char **argv)
{
	bool force = false, wait = false;
	int c, failed = 0;

	kmod_program = "rmmod";
	while ((c = getopt_long(argc, argv, "fswvVh", longs, NULL)) != -1)
		switch (c) {
		case 'f':
			force = true;
			break;
		case 'w':
			wait = true;
			break;
		case 's':
			kmod_to_log = true;
			break;
		case 'v':
			kmod_loudness++;
			break;
		case 'V':
			kmod_version();
			return 0;
		case 'h':
			help();
			return 0;
		default:
			return 1;
		}
	if (optind >= argc) {
		kmod_error("missing module name.\n");
		return 1;
	}
	kmod_tree_set(NULL, NULL);
	for (; optind < argc; optind++)
		failed |= remove_one(argv[optind], force, wait);
	return failed;
}
