/*
 * Unloading: a module, and what it needed if nobody needs that any more. Soft dependencies go around it in reverse order. What
 * goes with a module may stay without being an error.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "guest/sbin/modprobe/modprobe.h"

#define STEP_MS 10

static int unload(struct kmod_module *m, bool quiet_if_used);

static void unload_soft(const struct kmod_list *names)
{
	for (size_t i = names->count; i-- > 0;) {
		struct kmod_module **found;
		size_t count = kmod_lookup(names->text[i], &found);

		while (count-- > 0)
			unload(found[count], true);
	}
}

static void unload_holders(const char *name)
{
	const struct kmod_loaded *l = kmod_loaded_find(name);
	struct kmod_list users = { NULL, 0, 0 };

	for (size_t i = 0; l && i < l->users.count; i++)
		kmod_list_add(&users, kmod_copy(l->users.text[i]));
	for (size_t i = 0; i < users.count; i++)
		unload(kmod_module(users.text[i]), false);
}

static void unload_needs(const struct kmod_module *m)
{
	for (size_t i = 0; i < m->needs.count; i++) {
		struct kmod_module *need = kmod_module_by_path(m->needs.text[i]);

		if (need && kmod_loaded_find(need->name))
			unload(need, true);
	}
}

static bool becomes_unused(const char *name)
{
	for (int waited = 0;; waited += STEP_MS) {
		const struct kmod_loaded *l = kmod_loaded_find(name);

		if (!l || l->uses == 0)
			return true;
		if (waited >= wish.wait_ms || l->uses < 0)
			return false;
		usleep(STEP_MS * 1000);
		kmod_loaded_forget();
	}
}

static int remove_module(const char *name)
{
	if (kmod_loudness > KMOD_WARNING)
		printf("rmmod %s\n", name);
	if (wish.dry_run)
		return 0;
	fflush(stdout);
	int error = -kmod_delete(name, wish.force != 0);

	if (!error)
		return 0;
	if (error == EEXIST || error == ENOENT) {
		if (!wish.first_time)
			return 0;
		kmod_say(kmod_not_found, "Module %s is not in kernel.\n", name);
		return -error;
	}
	kmod_error("could not remove '%s': %s\n", name, strerror(error));
	kmod_explain();
	return -error;
}

void remove_again(const char *name)
{
	if (kmod_loudness > KMOD_WARNING)
		printf("rmmod %s\n", name);
	fflush(stdout);
	int error = -kmod_delete(name, false);

	if (error)
		kmod_warning("'%s' stays: %s\n", name, strerror(error));
}

static int not_loaded(const struct kmod_module *m)
{
	if (m->builtin || kmod_is_builtin_now(m->name)) {
		kmod_say(kmod_not_found, "Module %s is builtin.\n", m->name);
		return -ENOENT;
	}
	if (!wish.first_time)
		return 0;
	kmod_say(kmod_not_found, "Module %s is not in kernel.\n", m->name);
	return -ENOENT;
}

static int run_command(const char *command, const char *name)
{
	if (kmod_loudness > KMOD_WARNING)
		printf("remove %s\n", command);
	fflush(stdout);
	return wish.dry_run ? 0 : command_run("remove", command, name, NULL);
}

/* 0, or -errno of this module. */
static int unload(struct kmod_module *m, bool quiet_if_used)
{
	struct kmod_list before = { NULL, 0, 0 }, after = { NULL, 0, 0 };
	const char *command = NULL;

	if (!wish.ignore_commands) {
		kmod_config_softdeps(m->name, &before, &after);
		command = kmod_config_command(KMOD_REMOVE, m->name);
	}
	if (!command && !kmod_loaded_find(m->name))
		return not_loaded(m);
	unload_soft(&after);
	if (wish.remove_holders)
		unload_holders(m->name);
	if (!command && !kmod_loaded_find(m->name))
		return 0; /* it went with a holder */
	if (!command && !becomes_unused(m->name)) {
		if (!quiet_if_used)
			kmod_say(kmod_not_found, "Module %s is in use.\n", m->name);
		if (!quiet_if_used && kmod_loudness >= KMOD_ERROR)
			kmod_show_holders(stderr, m->name);
		return -EBUSY;
	}
	int error = command ? run_command(command, m->name) : remove_module(m->name);

	if (error)
		return error;
	unload_soft(&before);
	unload_needs(m);
	return 0;
}

/* A module that is loaded need not be in the tree. */
static size_t find(const char *text, struct kmod_module ***found)
{
	static struct kmod_module *one;
	size_t count = kmod_is_path(text) ? 0 : kmod_lookup(text, found);
	char *name;

	if (count)
		return count;
	*found = &one;
	if (kmod_is_path(text)) {
		one = access(text, R_OK) ? NULL : kmod_module_by_path(text);
		return one != NULL;
	}
	name = kmod_normalise(text);
	if (!name || !kmod_loaded_find(name))
		return 0;
	one = kmod_module(name);
	return 1;
}

int remove_named(const char *text)
{
	struct kmod_module **found;
	size_t count = find(text, &found);
	int failed = 0;

	if (!count) {
		kmod_say(kmod_not_found, "Module %s not found.\n", text);
		return 1;
	}
	for (size_t i = 0; i < count; i++)
		failed |= unload(found[i], false) != 0;
	return failed;
}
