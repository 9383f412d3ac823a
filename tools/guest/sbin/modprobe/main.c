/* modprobe: load or unload a module with what it needs */
/*
 * modprobe: loads a module with all that it needs, or unloads it with what nobody needs any more. A name stands for
 * modules by kmod_lookup(). Options, texts and exit codes are kmod 30's; --keep-loaded is our own: without it a call that
 * fails takes out again what it has loaded.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include "guest/sbin/modprobe/modprobe.h"

enum {
	MODVERSION = 256,
	VERMAGIC,
	FIRST_TIME,
	REMOVE_HOLDERS,
	DUMP_MODVERSIONS,
	SHOW_EXPORTS,
	KEEP_LOADED
};

static const struct option longs[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "remove", no_argument, NULL, 'r' },
	{ "remove-dependencies", no_argument, NULL, REMOVE_HOLDERS },
	{ "remove-holders", no_argument, NULL, REMOVE_HOLDERS },
	{ "wait", required_argument, NULL, 'w' },
	{ "resolve-alias", no_argument, NULL, 'R' },
	{ "first-time", no_argument, NULL, FIRST_TIME },
	{ "ignore-install", no_argument, NULL, 'i' },
	{ "ignore-remove", no_argument, NULL, 'i' },
	{ "use-blacklist", no_argument, NULL, 'b' },
	{ "force", no_argument, NULL, 'f' },
	{ "force-modversion", no_argument, NULL, MODVERSION },
	{ "force-vermagic", no_argument, NULL, VERMAGIC },
	{ "show-depends", no_argument, NULL, 'D' },
	{ "showconfig", no_argument, NULL, 'c' },
	{ "show-config", no_argument, NULL, 'c' },
	{ "show-modversions", no_argument, NULL, DUMP_MODVERSIONS },
	{ "dump-modversions", no_argument, NULL, DUMP_MODVERSIONS },
	{ "show-exports", no_argument, NULL, SHOW_EXPORTS },
	{ "keep-loaded", no_argument, NULL, KEEP_LOADED },
	{ "dry-run", no_argument, NULL, 'n' },
	{ "show", no_argument, NULL, 'n' },
	{ "config", required_argument, NULL, 'C' },
	{ "dirname", required_argument, NULL, 'd' },
	{ "set-version", required_argument, NULL, 'S' },
	{ "syslog", no_argument, NULL, 's' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

struct wish wish;

static void help(void)
{
	printf("Usage:\n"
	       "\tmodprobe [options] [-i] [-b] modulename\n"
	       "\tmodprobe [options] -a [-i] [-b] modulename [modulename...]\n"
	       "\tmodprobe [options] -r [-i] modulename\n"
	       "\tmodprobe [options] -r -a [-i] modulename [modulename...]\n"
	       "\tmodprobe [options] -c\n"
	       "\tmodprobe [options] --dump-modversions filename\n"
	       "Management Options:\n"
	       "\t-a, --all                   Consider every non-argument to\n"
	       "\t                            be a module name to be inserted\n"
	       "\t                            or removed (-r)\n"
	       "\t-r, --remove                Remove modules instead of inserting\n"
	       "\t    --remove-dependencies   Deprecated: use --remove-holders\n"
	       "\t    --remove-holders        Also remove module holders (use together with -r)\n"
	       "\t-w, --wait <MSEC>           When removing a module, wait up to MSEC for\n"
	       "\t                            module's refcount to become 0 so it can be\n"
	       "\t                            removed (use together with -r)\n"
	       "\t    --first-time            Fail if module already inserted or removed\n"
	       "\t-i, --ignore-install        Ignore install commands\n"
	       "\t-i, --ignore-remove         Ignore remove commands\n"
	       "\t-b, --use-blacklist         Apply blacklist to resolved alias.\n"
	       "\t-f, --force                 Force module insertion or removal.\n"
	       "\t                            implies --force-modversions and\n"
	       "\t                            --force-vermagic\n"
	       "\t    --force-modversion      Ignore module's version\n"
	       "\t    --force-vermagic        Ignore module's version magic\n"
	       "\t    --keep-loaded           When a module fails, keep those loaded before it\n"
	       "\n"
	       "Query Options:\n"
	       "\t-R, --resolve-alias         Only lookup and print alias and exit\n"
	       "\t-D, --show-depends          Only print module dependencies and exit\n"
	       "\t-c, --showconfig            Print out known configuration and exit\n"
	       "\t-c, --show-config           Same as --showconfig\n"
	       "\t    --show-modversions      Dump module symbol version and exit\n"
	       "\t    --dump-modversions      Same as --show-modversions\n"
	       "\t    --show-exports          Only print module exported symbol versions and exit\n"
	       "\n"
	       "General Options:\n"
	       "\t-n, --dry-run               Do not execute operations, just print out\n"
	       "\t-n, --show                  Same as --dry-run\n"
	       "\t-C, --config=FILE           Use FILE instead of default search paths\n"
	       "\t-d, --dirname=DIR           Use DIR as filesystem root for /lib/modules\n"
	       "\t-S, --set-version=VERSION   Use VERSION instead of `uname -r`\n"
	       "\t-s, --syslog                print to syslog, not stderr\n"
	       "\t-q, --quiet                 disable messages\n"
	       "\t-v, --verbose               enables more messages\n"
	       "\t-V, --version               show version\n"
	       "\t-h, --help                  show this help\n");
}

/* Words of MODPROBE_OPTIONS stand before those of the command line. */
static void with_environment(int *argc, char ***argv)
{
	const char *text = getenv("MODPROBE_OPTIONS");
	struct kmod_list words = { NULL, 0, 0 };
	char *state;

	if (!text)
		return;
	kmod_list_add(&words, (*argv)[0]);
	for (char *word = strtok_r(kmod_copy(text), " ", &state); word;
	     word = strtok_r(NULL, " ", &state))
		kmod_list_add(&words, word);
	for (int i = 1; i < *argc; i++)
		kmod_list_add(&words, (*argv)[i]);
	*argc = words.count;
	kmod_list_add(&words, NULL);
	*argv = words.text;
}

/* Parameters; those with a space in the value get quotes, as the kernel's parser wants. */
static char *options_of(char **argument)
{
	char *options = "";

	for (; *argument; argument++) {
		char *equals = strchr(*argument, '='), *one = *argument;

		if (equals && strchr(equals, ' ') && equals[1] != '"')
			one = kmod_text("%.*s=\"%s\"", (int)(equals - one), one, equals + 1);
		options = *options ? kmod_text("%s %s", options, one) : one;
	}
	return options;
}

/* What is done, and where. */
struct task {
	const char *root, *release, *config;
	bool all, remove, config_shown;
	int query; /* DUMP_MODVERSIONS, SHOW_EXPORTS or 0 */
};

static void show_and_exit(int c)
{
	if (c == 'V')
		kmod_version();
	else
		help();
	exit(0);
}

static void take_wait(const char *text)
{
	char *end;
	unsigned long ms = strtoul(text, &end, 10);

	if (!*text || *end) {
		kmod_error("unexpected wait value '%s'.\n", text);
		exit(1);
	}
	wish.wait_ms = ms > 1000000000 ? 1000000000 : ms;
}

/* Options that say what to do. False: it is not one. */
static bool take_action(struct task *task, int c)
{
	switch (c) {
	case 'a':
		task->all = true;
		kmod_not_found = KMOD_WARNING;
		break;
	case 'r':
		task->remove = true;
		break;
	case 'R':
		wish.only_resolve = true;
		break;
	case 'D':
		wish.ignore_loaded = wish.dry_run = true;
		break;
	case 'c':
		task->config_shown = true;
		break;
	case DUMP_MODVERSIONS:
	case SHOW_EXPORTS:
		task->query = c;
		break;
	case 'd':
		task->root = optarg;
		break;
	case 'S':
		task->release = optarg;
		break;
	case 'C':
		task->config = optarg;
		break;
	default:
		return false;
	}
	return true;
}

/* Options that say how. False: unknown. */
static bool take_manner(int c)
{
	switch (c) {
	case REMOVE_HOLDERS:
		wish.remove_holders = true;
		break;
	case 'w':
		take_wait(optarg);
		break;
	case FIRST_TIME:
		wish.first_time = true;
		break;
	case KEEP_LOADED:
		wish.keep_loaded = true;
		break;
	case 'i':
		wish.ignore_commands = true;
		break;
	case 'b':
		wish.use_blacklist = true;
		break;
	case 'f':
		wish.force = KMOD_FORCE_MODVERSION | KMOD_FORCE_VERMAGIC;
		break;
	case MODVERSION:
		wish.force |= KMOD_FORCE_MODVERSION;
		break;
	case VERMAGIC:
		wish.force |= KMOD_FORCE_VERMAGIC;
		break;
	case 'n':
		wish.dry_run = true;
		break;
	case 's':
		kmod_to_log = true;
		break;
	case 'q':
		kmod_loudness = KMOD_FATAL - 2;
		break;
	case 'v':
		kmod_loudness++;
		break;
	case 'V':
	case 'h':
		show_and_exit(c);
		break;
	default:
		return false;
	}
	return true;
}

static int do_task(const struct task *task, char **arguments)
{
	int failed = 0;

	if (task->config_shown)
		return show_config();
	if (!task->all && !task->remove)
		return insert_named(arguments[0], options_of(arguments + 1));
	for (; *arguments; arguments++)
		failed |= task->remove ? remove_named(*arguments) : insert_named(*arguments, "");
	return failed;
}

int main(int argc, char **argv)
{
	struct task task = { 0 };
	int c;

	kmod_program = "modprobe";
	wish.for_kernel = getenv("MODPROBE_REQUEST") != NULL;
	with_environment(&argc, &argv);
	while ((c = getopt_long(argc, argv, "arw:RibfDcnC:d:S:sqvVh", longs, NULL)) != -1)
		if (!take_action(&task, c) && !take_manner(c))
			return 1;
	if (optind >= argc && !task.config_shown) {
		kmod_error("missing parameters. See -h.\n");
		return 1;
	}
	kmod_tree_set(task.root, task.release);
	if (task.query)
		return show_versions(argv[optind], task.query == SHOW_EXPORTS);
	kmod_config_read(task.config);
	return do_task(&task, argv + optind);
}
