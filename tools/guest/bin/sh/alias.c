/*
 * alias: names that stand for command text.
 *
 * An alias being read is a source on top of the reader's stack. It is not expanded again inside
 * itself. Text of a removed alias may still be being read, so each source has a copy.
 */
#include <stdlib.h>
#include <string.h>
#include "sh.h"

struct alias {
	struct alias *next;
	char *value;
	char name[];
};

static struct alias *aliases;

struct alias *alias_find(const char *name)
{
	struct alias *alias = aliases;

	while (alias && strcmp(alias->name, name))
		alias = alias->next;
	return alias;
}

/*
 * A source with the text of alias `name` to put on top of `inside`; NULL: no such alias, or inside
 * it.
 */
struct source *alias_source(const char *name, const struct source *inside)
{
	struct alias *alias = alias_find(name);
	struct source *source;

	if (!alias)
		return NULL;
	for (const struct source *s = inside; s; s = s->below)
		if (s->alias == alias)
			return NULL;
	source = memory_get(sizeof(*source));
	source_string(source, "", 0);
	strbuf_puts(&source->buffer, alias->value);
	source->next_too = source->buffer.length &&
			   strchr(" \t", source->buffer.data[source->buffer.length - 1]);
	/* A blank more, so that the last word ends while this source is still the innermost one. */
	strbuf_putc(&source->buffer, ' ');
	source->at = strbuf_text(&source->buffer);
	source->end = source->at + source->buffer.length;
	source->alias = alias;
	source->below = (struct source *)inside;
	return source;
}

void alias_done(struct source *source)
{
	strbuf_free(&source->buffer);
	free(source);
}

void alias_each(void (*use)(const char *name, void *data), void *data)
{
	for (struct alias *alias = aliases; alias; alias = alias->next)
		use(alias->name, data);
}

static void alias_print(const struct alias *alias)
{
	strbuf_printf(&sh.out, "%s=", alias->name);
	quoted_print(alias->value);
	strbuf_putc(&sh.out, '\n');
}

static void alias_set(const char *name, size_t size, const char *value)
{
	char *copy = memory_copy_n(name, size);
	struct alias *alias = alias_find(copy);

	if (alias) {
		free(alias->value);
	} else {
		alias = memory_get(sizeof(*alias) + size + 1);
		strcpy(alias->name, copy);
		alias->next = aliases;
		aliases = alias;
	}
	alias->value = memory_copy(value);
	free(copy);
}

int builtin_alias(int argc, char **argv)
{
	int status = 0;

	if (argc == 1)
		for (struct alias *alias = aliases; alias; alias = alias->next)
			alias_print(alias);
	for (int i = 1; i < argc; i++) {
		char *equals = strchr(argv[i], '=');
		struct alias *alias;

		if (equals && equals > argv[i]) {
			alias_set(argv[i], (size_t)(equals - argv[i]), equals + 1);
		} else if ((alias = alias_find(argv[i]))) {
			alias_print(alias);
		} else {
			sh_warn("alias: %s: not found", argv[i]);
			status = 1;
		}
	}
	return status;
}

int builtin_unalias(int argc, char **argv)
{
	bool all = argc > 1 && !strcmp(argv[1], "-a");
	int status = 0;

	for (int i = 1; i < argc || all; i++) {
		struct alias **at = &aliases, *alias;

		while (*at && !all && strcmp((*at)->name, argv[i]))
			at = &(*at)->next;
		alias = *at;
		if (alias) {
			*at = alias->next;
			free(alias->value);
			free(alias);
		} else if (all) {
			break;
		} else {
			sh_warn("unalias: %s: not found", argv[i]);
			status = 1;
		}
	}
	return status;
}
