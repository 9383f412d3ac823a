/* rmmod: unload modules */
/*
 * rmmod [OPTIONS] MODULE…: unloads modules. For one that is in use it names the modules that use it, and what
 * holds it with the place where the reference was taken. 0 all gone, 1 not.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include "guest/lib/kmod.h"

static const struct option longs[] = {
	{ "force", no_argument, NULL, 'f' },   { "syslog", no_argument, NULL, 's' },
	{ "verbose", no_argument, NULL, 'v' }, { "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },    { NULL, 0, NULL, 0 },
};

static void help(void)
{
	printf("Usage:\n"
	       "\trmmod [options] modulename ...\n"
	       "Options:\n"
	       "\t-f, --force       forces a module unload and may crash your\n"
	       "\t                  machine. This requires Forced Module Removal\n"
	       "\t                  option in your kernel. DANGEROUS\n"
	       "\t-s, --syslog      print to syslog, not stderr\n"
	       "\t-v, --verbose     enables more messages\n"
	       "\t-V, --version     show version\n"
	       "\t-h, --help        show this help\n");
}

/* Whether other modules use it; says so. */
static bool is_used(const char *name, const struct kmod_loaded *l)
{
	char *users = NULL;

	for (size_t i = 0; i < l->users.count; i++)
		users = users ? kmod_text("%s %s", users, l->users.text[i]) : l->users.text[i];
	if (!users)
		return false;
	kmod_error("Module %s is in use by: %s\n", name, users);
	kmod_show_holders(stderr, name);
	return true;
}

static int remove_one(const char *argument, bool force)
{
	char *name = kmod_is_path(argument) ? kmod_name_of_path(argument)
					    : kmod_normalise(argument);
	const struct kmod_loaded *l;

	if (!name) {
		kmod_error("could not use module %s: %s\n", argument, strerror(EINVAL));
		return 1;
	}
	l = kmod_loaded_find(name);
	if (!l) {
		if (kmod_is_builtin_now(name))
			kmod_error("Module %s is builtin.\n", name);
		else
			kmod_error("Module %s is not currently loaded\n", name);
		return 1;
	}
	if (!force && is_used(name, l))
		return 1;
	if (kmod_loudness >= KMOD_INFO)
		printf("rmmod %s\n", name);
	int uses = l->uses, error = -kmod_delete(name, force);

	if (!error)
		return 0;
	if ((error == EWOULDBLOCK || error == EBUSY) && uses > 0)
		kmod_error("Module %s is in use\n", name);
	else
		kmod_error("could not remove module %s: %s\n", name, strerror(error));
	kmod_explain();
	return 1;
}

int main(int argc, char **argv)
{
	bool force = false;
	int c, failed = 0;

	kmod_program = "rmmod";
	while ((c = getopt_long(argc, argv, "fsvVh", longs, NULL)) != -1)
		switch (c) {
		case 'f':
			force = true;
			break;
		case 's':
			break;
		case 'v':
			kmod_loudness = KMOD_INFO;
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
	for (; optind < argc; optind++)
		failed |= remove_one(argv[optind], force);
	return failed;
}
