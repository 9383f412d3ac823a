/* What is loaded, by /proc/modules: NAME SIZE USES USERS, STATE ADDRESS. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "guest/lib/kmod.h"

static struct kmod_loaded *loaded;
static size_t loaded_count;
static bool known;

static void parse(char *line)
{
	char *state, *name = strtok_r(line, " ", &state), *size = strtok_r(NULL, " ", &state);
	char *uses = strtok_r(NULL, " ", &state), *users = strtok_r(NULL, " ", &state);
	char *life = strtok_r(NULL, " \t", &state), *comma;

	if (!users)
		return;
	loaded = kmod_need(realloc(loaded, (loaded_count + 1) * sizeof(*loaded)));
	struct kmod_loaded *l = &loaded[loaded_count++];

	memset(l, 0, sizeof(*l));
	l->name = name;
	l->size = strtoul(size, NULL, 10);
	l->uses = strcmp(uses, "-") ? atoi(uses) : -1;
	l->state = life ? life : "Live";
	for (char *user = strtok_r(users, ",", &comma); user; user = strtok_r(NULL, ",", &comma))
		if (strcmp(user, "-") && *user != '[')
			kmod_list_add(&l->users, user);
}

int kmod_loaded_read(struct kmod_loaded **list, size_t *count)
{
	if (!known) {
		char *text = kmod_read("/proc/modules", NULL), *state;

		if (!text)
			return -errno;
		for (char *line = strtok_r(text, "\n", &state); line;
		     line = strtok_r(NULL, "\n", &state))
			parse(line);
		known = true;
	}
	if (list)
		*list = loaded;
	if (count)
		*count = loaded_count;
	return 0;
}

void kmod_loaded_forget(void)
{
	known = false;
	loaded_count = 0;
}

const struct kmod_loaded *kmod_loaded_find(const char *name)
{
	if (kmod_loaded_read(NULL, NULL))
		return NULL;
	for (size_t i = 0; i < loaded_count; i++)
		if (strcmp(loaded[i].name, name) == 0)
			return &loaded[i];
	return NULL;
}

bool kmod_is_builtin_now(const char *name)
{
	return access(kmod_text("/sys/module/%s", name), F_OK) == 0 && !kmod_loaded_find(name);
}
