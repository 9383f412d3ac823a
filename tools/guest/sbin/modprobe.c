/* modprobe: load or unload a module with what it needs */
/*
 * modprobe: loads a module with all that it needs, or unloads it with what nobody needs any more.
 *
 * A name stands for modules by kmod_lookup(). What is loaded for one module, in order: soft dependencies
 * "pre:", the files that modules.dep names from the last to the first, the module, soft dependencies
 * "post:"; of each dependency its own soft dependencies come around it. `install` commands of the
 * configuration take the place of loading, save for modules that have soft dependencies. A failing soft
 * dependency is no error. The blacklist applies to what was found by an alias, and with -b to names too.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "guest/lib/kmod.h"

enum { MODVERSION = 256, VERMAGIC, FIRST_TIME, REMOVE_HOLDERS, DUMP_MODVERSIONS, SHOW_EXPORTS };

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

static bool dry_run, verbose, first_time, ignore_commands, ignore_loaded, use_blacklist,
	only_resolve, remove_holders;
static int force;
static int wait_ms;

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
	       "\t-a, --all                   every argument is a module, to insert or to remove "
	       "(-r)\n"
	       "\t-r, --remove                Remove modules instead of inserting\n"
	       "\t    --remove-holders        Also remove module holders (use together with -r)\n"
	       "\t-w, --wait <MSEC>           Wait up to MSEC for the module to become unused "
	       "(with -r)\n"
	       "\t    --first-time            Fail if module already inserted or removed\n"
	       "\t-i, --ignore-install        Ignore install commands\n"
	       "\t-i, --ignore-remove         Ignore remove commands\n"
	       "\t-b, --use-blacklist         Apply blacklist to resolved alias.\n"
	       "\t-f, --force                 Force module insertion or removal.\n"
	       "\t    --force-modversion      Ignore module's version\n"
	       "\t    --force-vermagic        Ignore module's version magic\n"
	       "Query Options:\n"
	       "\t-R, --resolve-alias         Only lookup and print alias and exit\n"
	       "\t-D, --show-depends          Only print module dependencies and exit\n"
	       "\t-c, --show-config           Print out known configuration and exit\n"
	       "\t    --show-modversions      Dump module symbol version and exit\n"
	       "\t    --show-exports          Only print module exported symbol versions and exit\n"
	       "General Options:\n"
	       "\t-n, --dry-run               Do not execute operations, just print out\n"
	       "\t-C, --config=FILE           Use FILE instead of default search paths\n"
	       "\t-d, --dirname=DIR           Use DIR as filesystem root for /lib/modules\n"
	       "\t-S, --set-version=VERSION   Use VERSION instead of `uname -r`\n"
	       "\t-s, --syslog                print to syslog, not stderr\n"
	       "\t-q, --quiet                 disable messages\n"
	       "\t-v, --verbose               enables more messages\n"
	       "\t-V, --version               show version\n"
	       "\t-h, --help                  show this help\n");
}

static bool is_loaded(const struct kmod_module *m)
{
	return kmod_loaded_find(m->name) || m->builtin;
}

/* ---- the list of what to load ---- */

struct sequence {
	struct kmod_module **list;
	size_t count;
};

static void append(struct sequence *s, struct kmod_module *m)
{
	s->list = kmod_need(realloc(s->list, (s->count + 1) * sizeof(*s->list)));
	s->list[s->count++] = m;
}

static void sequence_of(struct sequence *s, struct kmod_module *m, bool required,
			bool ignore_command);

static void append_soft(struct sequence *s, const struct kmod_list *names)
{
	for (size_t i = 0; i < names->count; i++) {
		struct kmod_module **found;
		size_t count = kmod_lookup(names->text[i], &found);

		for (size_t k = 0; k < count; k++)
			sequence_of(s, found[k], false, false);
	}
}

static void append_with_soft(struct sequence *s, struct kmod_module *m)
{
	struct kmod_list before = { NULL, 0, 0 }, after = { NULL, 0, 0 };

	kmod_config_softdeps(m->name, m->alias, &before, &after);
	append_soft(s, &before);
	append(s, m);
	m->ignore_command = before.count || after.count;
	append_soft(s, &after);
}

static void sequence_of(struct sequence *s, struct kmod_module *m, bool required,
			bool ignore_command)
{
	if (m->visited)
		return;
	m->visited = true;
	m->required = required;
	for (size_t i = m->needs.count; i-- > 0;) {
		struct kmod_module *need = kmod_module_by_path(m->needs.text[i]);

		/* one that came as a soft dependency already comes again: then it is loaded, which is no error */
		if (!need)
			continue;
		if (required)
			need->required = true;
		append_with_soft(s, need);
	}
	if (ignore_command) {
		append(s, m);
		m->ignore_command = true;
	} else {
		append_with_soft(s, m);
	}
}

/* ---- commands ---- */

/* $CMDLINE_OPTS in a command stands for the options given to modprobe. */
static char *with_options(const char *command, const char *options)
{
	const char *variable = "$CMDLINE_OPTS", *at = strstr(command, variable);

	if (!at)
		return kmod_copy(command);
	return kmod_text("%.*s%s%s", (int)(at - command), command, options,
			 with_options(at + strlen(variable), options));
}

static int run(const char *kind, const char *command, const char *name, const char *options)
{
	char *text = with_options(command, options ? options : "");

	setenv("MODPROBE_MODULE", name, 1);
	int status = system(text);

	unsetenv("MODPROBE_MODULE");
	if (status == 0)
		return 0;
	if (status == -1)
		kmod_error("Could not run %s command '%s' for module %s: %m\n", kind, text, name);
	else
		kmod_error("Error running %s command '%s' for module %s: retcode %d\n", kind, text,
			   name, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return -EINVAL;
}

/* ---- loading ---- */

/* A blank follows the configured options whether or not others come. */
static const char *joined(const char *configured, const char *extra)
{
	if (!extra)
		extra = "";
	return configured && *configured ? kmod_text("%s %s", configured, extra) : extra;
}

static bool shows(void)
{
	return verbose || (dry_run && ignore_loaded);
}

static int insert(struct kmod_module *m, const char *options)
{
	const char *command = kmod_config_command(KMOD_INSTALL, m->name, m->alias);

	if (!ignore_loaded && is_loaded(m))
		return -EEXIST;
	if (command && !m->ignore_command) {
		if (shows())
			printf("install %s %s\n", command, options);
		fflush(stdout);
		return dry_run ? 0 : run("install", command, m->name, options);
	}
	if (!m->path) {
		if (m->builtin && shows())
			printf("builtin %s\n", m->name);
		return m->builtin ? -EEXIST : -ENOENT;
	}
	if (shows())
		printf("insmod %s %s\n", m->path, options);
	fflush(stdout);
	return dry_run ? 0 : kmod_insert(m->path, options, force);
}

static int load(struct kmod_module *m, const char *extra)
{
	struct sequence s = { NULL, 0 };
	int error = 0;

	if (!ignore_loaded && is_loaded(m))
		return first_time ? -EEXIST : 0;
	if ((use_blacklist || m->alias) && kmod_config_blacklisted(m->name))
		return 0;
	kmod_forget_visits();
	sequence_of(&s, m, true, ignore_commands);
	for (size_t i = 0; i < s.count; i++) {
		struct kmod_module *one = s.list[i];

		error = insert(one, joined(kmod_config_options(one->name, one->alias),
					   one == m ? extra : NULL));
		if (error == -EEXIST && one == m && first_time)
			break;
		if (error == -EEXIST || !one->required)
			error = 0;
		else if (error)
			break;
	}
	return error;
}

static int insert_named(const char *text, const char *options)
{
	struct kmod_module **found, *one;
	size_t count;
	int failed = 0;

	if (kmod_is_path(text)) {
		one = kmod_module_by_path(text);
		found = &one;
		count = one != NULL;
		if (one && !only_resolve) {
			one->path = text;
			one->builtin = false;
		}
	} else {
		count = kmod_lookup(text, &found);
	}
	if (!count) {
		kmod_fatal("Module %s not found in directory %s\n", text, kmod_directory);
		return 1;
	}
	for (size_t i = 0; i < count; i++) {
		if (only_resolve) {
			printf("%s\n", found[i]->name);
			continue;
		}
		int error = -load(found[i], options);

		if (!error)
			continue;
		failed = 1;
		if (error == EEXIST)
			kmod_error("could not insert '%s': Module already in kernel\n",
				   found[i]->name);
		else if (error == ENOENT)
			kmod_error("could not insert '%s': Unknown symbol in module, or unknown "
				   "parameter (see dmesg)\n",
				   found[i]->name);
		else
			kmod_error("could not insert '%s': %s\n", found[i]->name, strerror(error));
		kmod_explain();
	}
	return failed;
}

/* ---- unloading ---- */

static int unload(struct kmod_module *m, bool quiet_if_used);

static void unload_soft(const struct kmod_list *names)
{
	for (size_t i = names->count; i-- > 0;) {
		struct kmod_module **found;
		size_t count = kmod_lookup(names->text[i], &found);

		for (size_t k = 0; k < count; k++)
			unload(found[k], true);
	}
}

static void unload_holders(const char *name)
{
	const struct kmod_loaded *l = kmod_loaded_find(name);
	struct kmod_list users = { NULL, 0, 0 };

	for (size_t i = 0; l && i < l->users.count; i++)
		kmod_list_add(&users, l->users.text[i]);
	for (size_t i = 0; i < users.count; i++)
		unload(kmod_module(users.text[i]), false);
}

static bool becomes_unused(const char *name)
{
	const struct kmod_loaded *l;

	for (int waited = 0;; waited += 10) {
		l = kmod_loaded_find(name);
		if (!l || l->uses == 0)
			return true;
		if (waited >= wait_ms || l->uses < 0)
			return false;
		usleep(10000);
		kmod_loaded_forget();
	}
}

static int delete (const char *name)
{
	if (verbose)
		printf("rmmod %s\n", name);
	if (dry_run)
		return 0;
	fflush(stdout);
	int error = -kmod_delete(name, force != 0);

	if (!error)
		return 0;
	if (error == EEXIST || error == ENOENT) {
		if (!first_time)
			return 0;
		kmod_fatal("Module %s is not in kernel.\n", name);
		return -error;
	}
	kmod_error("could not remove '%s': %s\n", name, strerror(error));
	kmod_explain();
	return -error;
}

/* 0, or -errno of this module; what goes with it is allowed to stay. */
static int unload(struct kmod_module *m, bool quiet_if_used)
{
	struct kmod_list before = { NULL, 0, 0 }, after = { NULL, 0, 0 };
	const char *command = NULL;
	int error;

	if (!ignore_commands) {
		kmod_config_softdeps(m->name, m->alias, &before, &after);
		command = kmod_config_command(KMOD_REMOVE, m->name, m->alias);
	}
	if (!command && !kmod_loaded_find(m->name)) {
		if (m->builtin || kmod_is_builtin_now(m->name)) {
			kmod_fatal("Module %s is builtin.\n", m->name);
			return -ENOENT;
		}
		if (!first_time)
			return 0;
		kmod_fatal("Module %s is not in kernel.\n", m->name);
		return -ENOENT;
	}
	unload_soft(&after);
	if (remove_holders)
		unload_holders(m->name);
	if (!command && !force && !becomes_unused(m->name)) {
		if (!quiet_if_used)
			kmod_fatal("Module %s is in use.\n", m->name);
		if (!quiet_if_used && kmod_loudness >= KMOD_ERROR)
			kmod_show_holders(stderr, m->name);
		return -EBUSY;
	}
	if (command) {
		if (verbose)
			printf("remove %s\n", command);
		fflush(stdout);
		error = dry_run ? 0 : run("remove", command, m->name, NULL);
	} else {
		error = delete (m->name);
	}
	if (error)
		return error;
	unload_soft(&before);
	for (size_t i = 0; i < m->needs.count; i++) {
		struct kmod_module *need = kmod_module_by_path(m->needs.text[i]);

		if (need && kmod_loaded_find(need->name))
			unload(need, true);
	}
	return 0;
}

static int remove_named(const char *text)
{
	struct kmod_module **found, *one;
	size_t count;
	int failed = 0;

	if (kmod_is_path(text)) {
		one = kmod_module_by_path(text);
		found = &one;
		count = one != NULL;
	} else {
		count = kmod_lookup(text, &found);
		char *name = kmod_normalise(text);

		/* a module that is loaded need not be in the tree */
		if (!count && name && kmod_loaded_find(name)) {
			one = kmod_module(name);
			found = &one;
			count = 1;
		}
	}
	if (!count) {
		kmod_fatal("Module %s not found.\n", text);
		return 1;
	}
	for (size_t i = 0; i < count; i++)
		failed |= unload(found[i], false) != 0;
	return failed;
}

/* ---- queries ---- */

struct alias_line {
	const char *alias, *module;
	size_t position;
};

static int by_alias(const void *a, const void *b)
{
	const struct alias_line *x = a, *y = b;
	int order = strcmp(x->alias, y->alias);

	return order ? order : x->position < y->position ? -1 : 1;
}

/* One of depmod's lists of aliases, in the order of the aliases. */
static void show_table(const char *name)
{
	char *text = kmod_read(kmod_text("%s/%s", kmod_directory, name), NULL), *state;
	struct alias_line *list = NULL;
	size_t count = 0;

	for (char *line = text ? strtok_r(text, "\n", &state) : NULL; line;
	     line = strtok_r(NULL, "\n", &state)) {
		char *module = strncmp(line, "alias ", 6) == 0 ? strchr(line + 6, ' ') : NULL;

		if (!module)
			continue;
		*module++ = 0;
		list = kmod_need(realloc(list, (count + 1) * sizeof(*list)));
		list[count] = (struct alias_line){ kmod_normalise(line + 6), module, count };
		count += list[count].alias != NULL;
	}
	if (count)
		qsort(list, count, sizeof(*list), by_alias);
	for (size_t i = 0; i < count; i++)
		printf("alias %s %s\n", list[i].alias, list[i].module);
}

static int show_config(void)
{
	static const enum kmod_word order[KMOD_WORDS] = {
		KMOD_BLACKLIST, KMOD_INSTALL, KMOD_REMOVE, KMOD_ALIAS, KMOD_OPTIONS, KMOD_SOFTDEP
	};

	for (int i = 0; i < KMOD_WORDS; i++)
		for (struct kmod_line *l = kmod_config; l; l = l->next)
			if (l->word == order[i])
				printf(*l->value ? "%s %s %s\n" : "%s %s\n", kmod_words[l->word],
				       l->name, l->value);
	puts("\n# End of configuration files. Dumping indexes now:\n");
	show_table("modules.alias");
	show_table("modules.symbols");
	return 0;
}

/* Lines "0xCRC\tSYMBOL": of the symbols it uses, or (exports) of those it gives. */
static int show_versions(const char *path, bool exports)
{
	struct kmod_file file;
	uint32_t size;
	int error = -kmod_file_open(&file, path);

	if (error) {
		kmod_fatal("Module %s not found: %s\n", path,
			   error == ENOEXEC ? kmod_file_error() : strerror(error));
		return 1;
	}
	if (exports) {
		const char *name;

		for (uint32_t i = 0; (i = kmod_file_next_export(&file, i, &name));) {
			uint32_t crc = 0;

			for (uint32_t k = 1; k < file.object.symbol_count; k++) {
				const char *symbol = link_symbol_name(&file.object, k);

				if (strncmp(symbol, "__crc_", 6) == 0 &&
				    strcmp(symbol + 6, name) == 0)
					crc = file.object.symbols[k].value;
			}
			printf("0x%08x\t%s\n", crc, name);
		}
		return 0;
	}
	const char *entry = link_section_bytes(&file.object, file.object.known[LINK_S_VERSIONS],
					       &size);

	/* struct modversion_info: a CRC and a name, 64 bytes */
	for (uint32_t at = 0; entry && at + 64 <= size; at += 64) {
		uint32_t crc;

		memcpy(&crc, entry + at, 4);
		printf("0x%08x\t%.60s\n", crc, entry + at + 4);
	}
	return 0;
}

/* ---- the command line ---- */

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

int main(int argc, char **argv)
{
	const char *root = NULL, *release = NULL, *config = NULL;
	bool all = false, removing = false, showing_config = false;
	int c, failed = 0, query = 0;

	kmod_program = "modprobe";
	with_environment(&argc, &argv);
	while ((c = getopt_long(argc, argv, "+arw:RibfDcnC:d:S:sqvVh", longs, NULL)) != -1)
		switch (c) {
		case 'a':
			all = true;
			break;
		case 'r':
			removing = true;
			break;
		case REMOVE_HOLDERS:
			remove_holders = true;
			break;
		case 'w':
			wait_ms = atoi(optarg);
			break;
		case 'R':
			only_resolve = true;
			break;
		case FIRST_TIME:
			first_time = true;
			break;
		case 'i':
			ignore_commands = true;
			break;
		case 'b':
			use_blacklist = true;
			break;
		case 'f':
			force = KMOD_FORCE_MODVERSION | KMOD_FORCE_VERMAGIC;
			break;
		case MODVERSION:
			force |= KMOD_FORCE_MODVERSION;
			break;
		case VERMAGIC:
			force |= KMOD_FORCE_VERMAGIC;
			break;
		case 'D':
			ignore_loaded = dry_run = true;
			break;
		case 'c':
			showing_config = true;
			break;
		case DUMP_MODVERSIONS:
		case SHOW_EXPORTS:
			query = c;
			break;
		case 'n':
			dry_run = true;
			break;
		case 'C':
			config = optarg;
			break;
		case 'd':
			root = optarg;
			break;
		case 'S':
			release = optarg;
			break;
		case 's':
			break;
		case 'q':
			kmod_loudness = -1;
			break;
		case 'v':
			verbose = true;
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
	if (optind >= argc && !showing_config) {
		kmod_error("missing parameters. See -h.\n");
		return 1;
	}
	kmod_tree_set(root, release);
	if (query)
		return show_versions(argv[optind], query == SHOW_EXPORTS);
	int error = -kmod_config_read(config);

	if (error) {
		kmod_error("%s: %s\n", config, strerror(error));
		return 1;
	}
	if (showing_config)
		return show_config();
	if (!all && !removing)
		return insert_named(argv[optind], options_of(argv + optind + 1));
	for (; optind < argc; optind++)
		failed |= removing ? remove_named(argv[optind]) : insert_named(argv[optind], "");
	return failed;
}
