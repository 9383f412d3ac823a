/* Why a module is loaded or not, and whether it can go. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include "guest/sbin/modwhy/modwhy.h"

#define SIGNATURE "~Module signature appended~\n"

/* ---- the file ---- */

/* The whole file: what kmod_file_open() gives ends before the signature. */
static bool is_signed(const char *path)
{
	size_t n = strlen(SIGNATURE), size = 0;
	char *bytes = kmod_read(path, &size);
	bool result = bytes && size > n && memcmp(bytes + size - n, SIGNATURE, n) == 0;

	free(bytes);
	return result;
}

static void show_vermagic(const struct kmod_file *file)
{
	const char *text = link_modinfo(&file->object, "vermagic");
	char *wanted = first_line("/sys/kernel/rakit/vermagic");

	if (!text)
		puts("  vermagic: none; built without modpost, modprobe --force-vermagic loads it");
	else if (wanted && strcmp(text, wanted))
		printf("  vermagic: \"%s\", the kernel's is \"%s\"; rebuild it for this kernel\n",
		       text, wanted);
	else
		printf("  vermagic: \"%s\", as the kernel's\n", text);
}

static bool is_exported(const char *exports, const char *name)
{
	char *pattern = kmod_text(" %s ", name);
	bool found = exports && strstr(exports, pattern);

	free(pattern);
	return found;
}

/* The module of the tree that exports a symbol, or NULL. */
static const char *exporter_on_disk(const char *name)
{
	struct kmod_module **found;

	return kmod_lookup(kmod_text("symbol:%s", name), &found) ? found[0]->name : NULL;
}

static void show_symbols(const struct kmod_file *file)
{
	char *exports = kmod_read("/sys/kernel/rakit/exports", NULL);
	unsigned int all = 0, lacking = 0;
	const char *name;
	bool weak;

	for (uint32_t i = 0; (i = kmod_file_next_undefined(file, i, &name, &weak));) {
		all++;
		if (weak || is_exported(exports, name))
			continue;
		const char *provider = exporter_on_disk(name);

		lacking++;
		if (provider)
			printf("  lacks %s: exported by %s.ko, not loaded; modprobe %s\n", name,
			       provider, provider);
		else
			printf("  lacks %s: exported by nobody, on disk neither\n", name);
	}
	if (!lacking)
		printf("  symbols: all %u that it uses are there\n", all);
	free(exports);
}

static void show_file(const struct kmod_module *m, bool loaded)
{
	struct kmod_file file;
	int error;

	if (!m->path) {
		printf("  file: none in %s; depmod if it is new there\n", kmod_directory);
		return;
	}
	error = -kmod_file_open(&file, m->path);
	if (error) {
		printf("  file: %s: %s\n", m->path,
		       error == ENOEXEC ? kmod_file_error() : strerror(error));
		return;
	}
	printf("  file: %s, %zu bytes, %s\n", m->path, file.size,
	       is_signed(m->path) ? "signed" : "not signed");
	show_vermagic(&file);
	if (!loaded)
		show_symbols(&file);
	kmod_file_close(&file);
}

/* ---- policy ---- */

static void show_policy(const struct kmod_module *m)
{
	const char *command = kmod_config_command(KMOD_INSTALL, m->name);
	const char *options = kmod_config_options(m->name, m->alias);
	char *line = first_line("/proc/cmdline"),
	     *list = line ? strstr(line, "module_blacklist=") : NULL;
	char *disabled = first_line("/proc/sys/kernel/modules_disabled");

	if (kmod_config_blacklisted(m->name))
		puts("  blacklist: yes, by modprobe.d: not for an alias; modprobe by name loads "
		     "it");
	if (list)
		printf("  kernel command line: %.*s\n", (int)strcspn(list, " "), list);
	if (command)
		printf("  install command: %s\n", command);
	if (options && *options)
		printf("  options: %s\n", options);
	if (disabled && *disabled == '1')
		puts("  kernel.modules_disabled is 1: nobody loads or unloads until the next boot");
}

static void show_needs(const struct kmod_module *m)
{
	for (size_t i = 0; i < m->needs.count; i++) {
		char *name = kmod_name_of_path(m->needs.text[i]);

		printf("%s%s (%s)", i ? ", " : "  needs: ", name,
		       kmod_loaded_find(name) ? "loaded" : "not loaded");
	}
	if (m->needs.count)
		putchar('\n');
}

/* ---- a loaded module ---- */

static void show_receipt(const char *name)
{
	char *text = kmod_read(kmod_text("/sys/module/%s/receipt", name), NULL), *lines;

	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
	     line = strtok_r(NULL, "\n", &lines))
		printf("  %s\n", line);
	free(text);
}

static void show_removable(const struct kmod_loaded *l)
{
	kmod_show_holders(stdout, l->name);
	if (l->uses < 0)
		puts("  not removable: it has no exit function");
	else if (l->uses > 0)
		puts("  not removable while it is held");
	else if (strcmp(l->state, "Live"))
		printf("  not removable: it is %s\n", l->state);
	else
		printf("  removable: rmmod %s\n", l->name);
}

/* asked: what was named on the command line. */
static void explain(const struct kmod_module *m, const char *asked)
{
	const struct kmod_loaded *l = kmod_loaded_find(m->name);
	bool builtin = m->builtin || kmod_is_builtin_now(m->name);

	if (strcmp(asked, m->name) && m->alias && !kmod_is_path(asked))
		printf("%s: an alias of %s\n", asked, m->name);
	if (l)
		printf("%s: loaded (%s), %lu bytes, %d reference%s\n", l->name, l->state, l->size,
		       l->uses < 0 ? 0 : l->uses, l->uses == 1 ? "" : "s");
	else if (builtin)
		printf("%s: built into the kernel; never to be removed\n", m->name);
	else
		printf("%s: not loaded\n", m->name);
	if (builtin && !l)
		return;
	if (l)
		show_receipt(l->name);
	show_file(m, l);
	show_needs(m);
	show_policy(m);
	show_refusals(kmod_text("load %s:", m->name));
	show_refusals(kmod_text("unload %s:", m->name));
	if (l)
		show_removable(l);
	else if (m->path)
		printf("  to load it: modprobe %s\n", m->name);
}

bool why_module(const char *text)
{
	struct kmod_module **found, *one;
	size_t count = 0;
	char *name = kmod_is_path(text) ? kmod_name_of_path(text) : kmod_normalise(text);

	if (!name || strncmp(text, "/dev/", 5) == 0 || strncmp(text, "/sys/", 5) == 0)
		return false;
	if (!kmod_is_path(text))
		count = kmod_lookup(text, &found);
	if (!count) {
		one = kmod_module(name);
		if (kmod_is_path(text))
			one->path = text;
		else if (!kmod_loaded_find(name) && !kmod_is_builtin_now(name))
			return false;
		found = &one;
		count = 1;
	}
	for (size_t i = 0; i < count; i++)
		explain(found[i], text);
	return true;
}
