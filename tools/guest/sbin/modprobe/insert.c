/*
 * Loading. The modules of a sequence are inserted one after the other. One that is there already is no error, and neither is a
 * soft dependency that fails. When one that is needed fails, those that this call has loaded go again, the last first.
 * The blacklist applies to what was found by an alias, and with -b to names too.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "guest/sbin/modprobe/modprobe.h"

/* Modules that this call has loaded for the present argument. */
static struct kmod_list loaded;
static bool kernel_refused; /* the last failure is the kernel's, which can say more */

bool is_there(const struct kmod_module *m)
{
	return kmod_loaded_find(m->name) || m->builtin || kmod_is_builtin_now(m->name);
}

/* A blank follows the configured options whether or not others come. */
static const char *joined(const char *configured, const char *extra)
{
	if (!extra)
		extra = "";
	return configured && *configured ? kmod_text("%s %s", configured, extra) : extra;
}

static bool shows(void)
{
	return kmod_loudness > KMOD_WARNING || (wish.dry_run && wish.ignore_loaded);
}

static int insert_file(struct kmod_module *m, const char *options)
{
	if (shows())
		printf("insmod %s %s\n", m->path, options);
	fflush(stdout);
	if (wish.dry_run)
		return 0;
	int error = kmod_insert(m->path, options, wish.force);

	kernel_refused = error != 0;
	if (!error)
		kmod_list_add(&loaded, m->name);
	if (!error && kmod_loudness > KMOD_WARNING)
		kmod_show_phases(m->name, m->path);
	return error;
}

static int insert(struct kmod_module *m, const char *options)
{
	const char *command = kmod_config_command(KMOD_INSTALL, m->name);

	kernel_refused = false;
	if (!wish.ignore_loaded && is_there(m))
		return -EEXIST;
	if (command && !m->ignore_command) {
		if (shows())
			printf("install %s %s\n", command, options);
		fflush(stdout);
		return wish.dry_run ? 0 : command_run("install", command, m->name, options);
	}
	if (m->path)
		return insert_file(m, options);
	if (!m->builtin) {
		kmod_error("could not find module by name='%s'\n", m->name);
		return -ENOENT;
	}
	if (shows())
		printf("builtin %s\n", m->name);
	return -EEXIST;
}

/* A module that was loaded for a request and is now asked for by name is no longer swept when idle. */
static void keep(const struct kmod_module *m)
{
	int fd;

	if (wish.for_kernel || wish.dry_run || m->alias)
		return;
	fd = open(kmod_text("/sys/module/%s/keep", m->name), O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	write(fd, "1", 1);
	close(fd);
}

static int insert_all(const struct sequence *s, const struct kmod_module *wanted, const char *extra)
{
	for (size_t i = 0; i < s->count; i++) {
		struct kmod_module *one = s->list[i];
		int error = insert(one, joined(kmod_config_options(one->name, one->alias),
					       one == wanted ? extra : NULL));

		if (error == -EEXIST && one == wanted && wish.first_time)
			return error;
		if (error && error != -EEXIST && one->required)
			return error;
	}
	return 0;
}

static void undo(void)
{
	while (loaded.count)
		remove_again(loaded.text[--loaded.count]);
}

static int load(struct kmod_module *m, const char *extra)
{
	struct sequence s;
	int error;

	if (!wish.ignore_loaded && is_there(m)) {
		keep(m);
		return wish.first_time ? -EEXIST : 0;
	}
	if ((wish.use_blacklist || m->alias) && kmod_config_blacklisted(m->name))
		return 0;
	sequence_make(&s, m);
	loaded.count = 0;
	error = insert_all(&s, m, extra);
	return error;
}

static void report(const struct kmod_module *m, int error)
{
	if (error == EEXIST)
		kmod_error("could not insert '%s': Module already in kernel\n", m->name);
	else if (error == ENOENT)
		kmod_error("could not insert '%s': Unknown symbol in module, or unknown parameter "
			   "(see dmesg)\n",
			   m->name);
	else
		kmod_error("could not insert '%s': %s\n", m->name, strerror(error));
	if (kernel_refused)
		kmod_explain();
}

static size_t find(const char *text, struct kmod_module ***found)
{
	static struct kmod_module *one;

	if (text[0] != '/' && strncmp(text, "./", 2))
		return kmod_lookup(text, found);
	one = access(text, R_OK) ? NULL : kmod_module_by_path(text);
	if (one && !wish.only_resolve) {
		one->path = text;
		one->builtin = false;
	}
	*found = &one;
	return one != NULL;
}

int insert_named(const char *text, const char *options)
{
	struct kmod_module **found;
	size_t count = find(text, &found);
	int failed = 0;

	if (!count) {
		kmod_say(kmod_not_found, "Module %s not found in directory %s\n", text,
			 kmod_directory);
		return 1;
	}
	for (size_t i = 0; i < count; i++) {
		if (wish.only_resolve) {
			printf("%s\n", found[i]->name);
			continue;
		}
		int error = -load(found[i], options);

		if (!error)
			continue;
		failed = 1;
		report(found[i], error);
		if (!wish.keep_loaded)
			undo();
	}
	return failed;
}
