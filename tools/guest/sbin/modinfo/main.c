/* modinfo: show what a module says about itself */
/*
 * modinfo [OPTIONS] MODULE|FILE…: what a module's file says about it: every tag=text of its .modinfo section in
 * the file's order; parameters last, with description and type together. 0, or 1 if one was not found.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "guest/sbin/modinfo/modinfo.h"

static const struct option longs[] = {
	{ "author", no_argument, NULL, 'a' },
	{ "description", no_argument, NULL, 'd' },
	{ "license", no_argument, NULL, 'l' },
	{ "parameters", no_argument, NULL, 'p' },
	{ "filename", no_argument, NULL, 'n' },
	{ "null", no_argument, NULL, '0' },
	{ "modname", no_argument, NULL, 'm' },
	{ "field", required_argument, NULL, 'F' },
	{ "set-version", required_argument, NULL, 'k' },
	{ "basedir", required_argument, NULL, 'b' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

const char *field; /* NULL: all */
char separator = '\n';

static void help(void)
{
	printf("Usage:\n"
	       "\tmodinfo [options] <modulename|filename> [args]\n"
	       "Options:\n"
	       "\t-a, --author                Print only 'author'\n"
	       "\t-d, --description           Print only 'description'\n"
	       "\t-l, --license               Print only 'license'\n"
	       "\t-p, --parameters            Print only 'parm'\n"
	       "\t-n, --filename              Print only 'filename'\n"
	       "\t-0, --null                  Use \\0 instead of \\n\n"
	       "\t-m, --modname               Handle argument as module name instead of alias or "
	       "filename\n"
	       "\t-F, --field=FIELD           Print only provided FIELD\n"
	       "\t-k, --set-version=VERSION   Use VERSION instead of `uname -r`\n"
	       "\t-b, --basedir=DIR           Use DIR as filesystem root for /lib/modules\n"
	       "\t-V, --version               Show version\n"
	       "\t-h, --help                  Show this help\n");
}

/* For programs (-0): "tag=text" with a NUL behind it; for people: in columns. */
void show(const char *tag, const char *text)
{
	if (field && strcmp(field, tag))
		return;
	if (field)
		printf("%s%c", text, separator);
	else if (!separator)
		printf("%s=%s%c", tag, text, 0);
	else
		printf("%s:%*s%s\n", tag, strlen(tag) < 15 ? (int)(15 - strlen(tag)) : 0, "", text);
}

static void show_filename(const char *path)
{
	if (field && strcmp(field, "filename") == 0)
		printf("%s%c", path, separator);
	else if (!field)
		printf("filename:       %s%c", path, separator);
}

static int show_file(const char *path)
{
	struct kmod_file file;
	struct parameter *parameters = NULL;
	int error = -kmod_file_open(&file, path);

	if (error == ENOEXEC) {
		kmod_error("could not get modinfo from '%s': %s\n", path, kmod_file_error());
		return 1;
	}
	if (error) {
		kmod_error("Module %s not found.\n", path);
		return 1;
	}
	show_filename(kmod_absolute(path));
	for (const char *entry = NULL; (entry = link_modinfo_next(&file.object, entry));)
		if (strchr(entry, '='))
			show_entry(entry, &parameters);
	show_signature(&file);
	show_parameters(parameters);
	kmod_file_close(&file);
	return 0;
}

/* Built-in modules have no file: what they say is in modules.builtin.modinfo as "name.tag=text". */
static int show_builtin(const char *name)
{
	size_t size = 0, n = strlen(name);
	char *text = kmod_read(kmod_text("%s/modules.builtin.modinfo", kmod_directory), &size);
	struct parameter *parameters = NULL;

	if (!field)
		printf("name:           %s%c", name, separator);
	else if (strcmp(field, "name") == 0)
		printf("%s%c", name, separator);
	show_filename("(builtin)");
	for (char *p = text; p && p < text + size; p += strlen(p) + 1)
		if (strncmp(p, name, n) == 0 && p[n] == '.' && strchr(p, '='))
			show_entry(p + n + 1, &parameters);
	show_parameters(parameters);
	return 0;
}

/* For whom a loaded module was loaded, as the kernel says it. */
static int show_receipt(const char *name)
{
	char *text = kmod_read(kmod_text("/sys/module/%s/receipt", name), NULL);

	if (!text) {
		kmod_error("Module %s is not loaded.\n", name);
		return 1;
	}
	fputs(text, stdout);
	return 0;
}

/* The file that a loaded module came from, by its receipt; NULL. */
static char *loaded_file(const char *name)
{
	char *text = name ? kmod_read(kmod_text("/sys/module/%s/receipt", name), NULL) : NULL;
	char *path = text ? strstr(text, "\nfile: /") : NULL;

	if (!path)
		return NULL;
	path += strlen("\nfile: ");
	path[strcspn(path, "\n")] = 0;
	return path;
}

/* A module that is in no tree may be loaded from elsewhere. */
static int show_module(const struct kmod_module *m)
{
	if (field && strcmp(field, "receipt") == 0)
		return show_receipt(m->name);
	if (m->path)
		return show_file(m->path);
	if (!m->builtin && loaded_file(m->name))
		return show_file(loaded_file(m->name));
	return show_builtin(m->name);
}

static int show_named(const char *text, bool exact_name)
{
	struct kmod_module **found, *one;
	size_t count = 1;
	int failed = 0;

	if (exact_name) {
		char *name = kmod_normalise(text);

		if (!name)
			return 1;
		name[strcspn(name, ".")] = 0;
		one = kmod_module(name);
		found = &one;
		count = one->path || one->builtin;
		if (!count) {
			/* aliases of built-in modules count as names */
			count = kmod_lookup(text, &found);
			if (count && found[0]->path)
				count = 0;
		}
	} else {
		count = kmod_lookup(text, &found);
	}
	if (!count && loaded_file(kmod_normalise(text))) {
		one = kmod_module(kmod_normalise(text));
		found = &one;
		count = 1;
	}
	if (!count) {
		kmod_error("Module %s%s not found.\n", exact_name ? "name " : "", text);
		return 1;
	}
	for (size_t i = 0; i < count; i++)
		failed |= show_module(found[i]);
	return failed;
}

int main(int argc, char **argv)
{
	const char *root = NULL, *release = NULL;
	bool exact_name = false;
	int c, failed = 0;

	kmod_program = "modinfo";
	while ((c = getopt_long(argc, argv, "adlpn0mF:k:b:Vh", longs, NULL)) != -1)
		switch (c) {
		case 'a':
			field = "author";
			break;
		case 'd':
			field = "description";
			break;
		case 'l':
			field = "license";
			break;
		case 'p':
			field = "parm";
			break;
		case 'n':
			field = "filename";
			break;
		case '0':
			separator = 0;
			break;
		case 'm':
			exact_name = true;
			break;
		case 'F':
			field = optarg;
			break;
		case 'k':
			release = optarg;
			break;
		case 'b':
			root = optarg;
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
		kmod_error("missing module or filename.\n");
		return 1;
	}
	kmod_tree_set(root, release);
	kmod_config_read(NULL);
	for (; optind < argc; optind++)
		if (!exact_name && kmod_is_path(argv[optind]))
			failed |= show_file(argv[optind]);
		else
			failed |= show_named(argv[optind], exact_name);
	return failed;
}
