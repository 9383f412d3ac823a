/*
 * vars: shell variables.
 *
 * A hash table of names; a variable that is only exported or readonly has no value. What `local`
 * and assignments before a command change is saved in a frame (a list) and put back when it ends.
 * The environment for execve is built when it is first needed after a change.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

#define BUCKETS 64

struct local {
	struct local *next;
	char *value; /* NULL: was unset */
	unsigned int flags;
	bool existed;
	char name[];
};

static struct var *table[BUCKETS];
static char **environment;
static bool environment_fresh;
struct local **local_frame;

static unsigned int bucket_of(const char *name)
{
	unsigned int hash = 5381;

	while (*name)
		hash = hash * 33 ^ (unsigned char)*name++;
	return hash % BUCKETS;
}

struct var *var_find(const char *name)
{
	struct var *var = table[bucket_of(name)];

	while (var && strcmp(var->name, name))
		var = var->next;
	return var;
}

const char *var_get(const char *name)
{
	const struct var *var = var_find(name);

	return var ? var->value : NULL;
}

const char *var_get_or(const char *name, const char *otherwise)
{
	const char *value = var_get(name);

	return value ? value : otherwise;
}

static struct var *var_make(const char *name)
{
	struct var *var = var_find(name);

	if (!var) {
		unsigned int bucket = bucket_of(name);

		var = memory_get(sizeof(*var) + strlen(name) + 1);
		strcpy(var->name, name);
		var->flags = 0;
		var->value = NULL;
		var->next = table[bucket];
		table[bucket] = var;
	}
	return var;
}

/* Variables whose change means something to the shell. */
static void var_changed(const struct var *var)
{
	if (var->flags & VAR_EXPORT)
		environment_fresh = false;
	if (!strcmp(var->name, "PATH"))
		path_forget();
}

bool var_set_flags(const char *name, const char *value, unsigned int flags)
{
	struct var *var = var_make(name);

	if (value) {
		char *copy;

		if (var->flags & VAR_READONLY) {
			sh_error(2, "%s: is read only", name);
			return false;
		}
		copy = memory_copy(value);
		free(var->value);
		var->value = copy;
	}
	var->flags |= flags | (sh.options[OPTION_ALLEXPORT] ? VAR_EXPORT : 0);
	var_changed(var);
	return true;
}

bool var_set(const char *name, const char *value)
{
	return var_set_flags(name, value, 0);
}

static void var_remove(const char *name)
{
	struct var **at = &table[bucket_of(name)], *var;

	while (*at && strcmp((*at)->name, name))
		at = &(*at)->next;
	var = *at;
	if (!var)
		return;
	*at = var->next;
	var_changed(var);
	free(var->value);
	free(var);
}

bool var_unset(const char *name)
{
	const struct var *var = var_find(name);

	if (var && var->flags & VAR_READONLY) {
		sh_error(2, "%s: is read only", name);
		return false;
	}
	var_remove(name);
	return true;
}

void vars_init(char **from)
{
	char room[24], cwd[1024];
	struct strbuf text = { 0 };

	for (; from && *from; from++) {
		size_t n = name_length(*from);

		if (!n || (*from)[n] != '=')
			continue;
		strbuf_reset(&text);
		strbuf_add(&text, *from, n);
		var_set_flags(strbuf_text(&text), *from + n + 1, VAR_EXPORT);
	}
	strbuf_reset(&text);
	strbuf_printf(&text, "%ld", (long)getppid());
	strncpy(room, strbuf_text(&text), sizeof(room) - 1);
	room[sizeof(room) - 1] = '\0';
	var_set("PPID", room);
	strbuf_free(&text);
	var_set("IFS", " \t\n");
	var_set("OPTIND", "1");
	if (!var_get("PATH"))
		var_set_flags("PATH", "/bin:/sbin:/usr/bin:/usr/sbin", VAR_EXPORT);
	if (!var_get("PS1"))
		var_set("PS1", "\\w \\$ ");
	if (!var_get("PS2"))
		var_set("PS2", "> ");
	if (!var_get("PS4"))
		var_set("PS4", "+ ");
	if (getcwd(cwd, sizeof(cwd)))
		var_set_flags("PWD", cwd, VAR_EXPORT);
}

void var_each(void (*use)(const char *name, void *data), void *data)
{
	for (unsigned int i = 0; i < BUCKETS; i++)
		for (struct var *var = table[i]; var; var = var->next)
			use(var->name, data);
}

static int compare_vars(const void *a, const void *b)
{
	return strcmp((*(struct var *const *)a)->name, (*(struct var *const *)b)->name);
}

/* Single quotes, where needed, such that the shell reads the same text back. */
void quoted_print(const char *text)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./:,@%";

	if (*text && strspn(text, plain) == strlen(text)) {
		strbuf_puts(&sh.out, text);
		return;
	}
	strbuf_putc(&sh.out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			strbuf_puts(&sh.out, "'\\''");
		else
			strbuf_putc(&sh.out, *text);
	}
	strbuf_putc(&sh.out, '\'');
}

void var_print_all(unsigned int flags, const char *command)
{
	struct var **list;
	size_t count = 0;

	for (unsigned int i = 0; i < BUCKETS; i++)
		for (struct var *var = table[i]; var; var = var->next)
			count++;
	list = memory_get(count * sizeof(*list));
	count = 0;
	for (unsigned int i = 0; i < BUCKETS; i++)
		for (struct var *var = table[i]; var; var = var->next)
			if ((var->flags & flags) == flags && (flags || var->value))
				list[count++] = var;
	qsort(list, count, sizeof(*list), compare_vars);
	for (size_t i = 0; i < count; i++) {
		strbuf_printf(&sh.out, "%s%s%s", command, *command ? " " : "", list[i]->name);
		if (list[i]->value) {
			strbuf_putc(&sh.out, '=');
			quoted_print(list[i]->value);
		}
		strbuf_putc(&sh.out, '\n');
	}
	free(list);
}

static void environment_clear(void)
{
	for (char **e = environment; e && *e; e++)
		free(*e);
	free(environment);
	environment = NULL;
}

char **var_environment(void)
{
	size_t count = 0;

	if (environment_fresh)
		return environment;
	environment_clear();
	for (unsigned int i = 0; i < BUCKETS; i++)
		for (struct var *var = table[i]; var; var = var->next)
			count += (var->flags & VAR_EXPORT) && var->value;
	environment = memory_get((count + 1) * sizeof(*environment));
	count = 0;
	for (unsigned int i = 0; i < BUCKETS; i++)
		for (struct var *var = table[i]; var; var = var->next) {
			struct strbuf text = { 0 };

			if (!(var->flags & VAR_EXPORT) || !var->value)
				continue;
			strbuf_puts(&text, var->name);
			strbuf_putc(&text, '=');
			strbuf_puts(&text, var->value);
			environment[count++] = strbuf_take(&text);
		}
	environment[count] = NULL;
	environment_fresh = true;
	return environment;
}

void local_save(struct local **frame, const char *name)
{
	const struct var *var = var_find(name);
	struct local *local;

	for (local = *frame; local; local = local->next)
		if (!strcmp(local->name, name))
			return;
	local = memory_get(sizeof(*local) + strlen(name) + 1);
	strcpy(local->name, name);
	local->existed = var != NULL;
	local->flags = var ? var->flags : 0;
	local->value = var && var->value ? memory_copy(var->value) : NULL;
	local->next = *frame;
	*frame = local;
}

void local_restore(struct local **frame)
{
	while (*frame) {
		struct local *local = *frame;

		*frame = local->next;
		var_remove(local->name);
		if (local->existed) {
			struct var *var = var_make(local->name);

			var->value = local->value;
			var->flags = local->flags;
			var_changed(var);
		}
		free(local);
	}
}
