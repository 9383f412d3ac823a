/* What a module says about itself, entry by entry; its parameters are put together from two entries each. */
#include <stdlib.h>
#include <string.h>
#include "guest/sbin/modinfo/modinfo.h"

/* A parameter: "name:description" and "name:type", of which either may be missing. */
struct parameter {
	const char *name, *text, *type;
	size_t length;
	struct parameter *next;
};

static struct parameter *parameter(struct parameter **list, const char *name)
{
	size_t n = strcspn(name, ":");
	struct parameter *p = *list;

	while (p && (p->length != n || strncmp(p->name, name, n)))
		p = p->next;
	if (!p) {
		p = kmod_need(calloc(1, sizeof(*p)));
		p->name = name;
		p->length = n;
		p->next = *list;
		*list = p;
	}
	return p;
}

static void show_parameter(const struct parameter *p)
{
	const char *title = field ? "" : "parm:           ";

	if (field && strcmp(field, "parm"))
		return;
	printf("%s%.*s:", title, (int)p->length, p->name);
	if (!p->text)
		printf(field ? " (%s)" : "%s", p->type);
	else if (p->type)
		printf("%s (%s)", p->text, p->type);
	else
		printf("%s", p->text);
	putchar(separator);
}

static const char *behind_colon(const char *text)
{
	text += strcspn(text, ":");
	return *text ? text + 1 : text;
}

/* entry: "tag=text" */
void show_entry(const char *entry, struct parameter **parameters)
{
	const char *equals = strchr(entry, '='), *text = equals + 1;
	char *tag = kmod_need(strndup(entry, equals - entry));

	if (strcmp(tag, "parm") == 0)
		parameter(parameters, text)->text = behind_colon(text);
	else if (strcmp(tag, "parmtype") == 0)
		parameter(parameters, text)->type = behind_colon(text);
	else
		show(tag, text);
}

void show_parameters(const struct parameter *list)
{
	for (; list; list = list->next)
		show_parameter(list);
}
