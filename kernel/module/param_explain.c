/*
 * What is said about a parameter that cannot be set: what it takes, what its author says of it, and for a name that
 * nobody knows the nearest ones.
 */
#include "module/module.h"
#include <linux/kernel.h>
#include <linux/string.h>
#include "lib/nearest.h"

static const struct {
	const struct kernel_param_ops *ops;
	const char *text;
} kinds[] = {
	{ &param_ops_byte, "a number from 0 to 255" },
	{ &param_ops_short, "a number from -32768 to 32767" },
	{ &param_ops_ushort, "a number from 0 to 65535" },
	{ &param_ops_int, "a number from -2147483648 to 2147483647" },
	{ &param_ops_uint, "a number from 0 to 4294967295" },
	{ &param_ops_long, "a number from -2147483648 to 2147483647" },
	{ &param_ops_ulong, "a number from 0 to 4294967295" },
	{ &param_ops_ullong, "a number from 0 to 18446744073709551615" },
	{ &param_ops_hexint, "a number from 0 to 0xffffffff" },
	{ &param_ops_charp, "a text of up to 1024 characters" },
	{ &param_ops_bool, "y or n" },
	{ &param_ops_bool_enable_only, "y, and never n again" },
	{ &param_ops_invbool, "y or n" },
	{ &param_ops_bint, "y or n" },
};

static const char *kind_text(const struct kernel_param_ops *ops)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(kinds); i++)
		if (kinds[i].ops == ops)
			return kinds[i].text;
	return NULL;
}

/* The text of "parm=NAME:TEXT" in the module's file, or NULL. */
static const char *description(const struct link_object *object, const char *name)
{
	size_t length = strlen(name);

	for (const char *s = NULL; object && (s = link_modinfo_next(object, s));)
		if (strstarts(s, "parm=") && parameqn(s + strlen("parm="), name, length) &&
		    s[strlen("parm=") + length] == ':')
			return s + strlen("parm=") + length + 1;
	return NULL;
}

static size_t put_kind(const struct kernel_param *param, char *text, size_t size)
{
	const char *kind = kind_text(param->ops);

	if (param->ops == &param_array_ops) {
		kind = kind_text(param->arr->ops);
		return scnprintf(text, size, "; it takes up to %u values%s%s", param->arr->max,
				 kind ? ", each " : "", kind ?: "");
	}
	if (param->ops == &param_ops_string)
		return scnprintf(text, size, "; it takes a text of up to %u characters",
				 param->str->maxlen - 1);
	return kind ? scnprintf(text, size, "; it takes %s", kind) : 0;
}

void param_explain(const struct kernel_param *param, const struct link_object *object, char *text,
		   size_t size)
{
	const char *author = description(object, param->name);
	size_t n = put_kind(param, text, size);

	text[n] = '\0';
	if (author)
		scnprintf(text + n, size - n, "%s%s", n ? ": " : "; ", author);
}

void param_explain_unknown(const char *name, const struct kernel_param *params, unsigned int num,
			   char *text, size_t size)
{
	struct nearest nearest;
	size_t n = 0;

	text[0] = '\0';
	nearest_begin(&nearest, name);
	for (unsigned int i = 0; i < num; i++)
		nearest_offer(&nearest, params[i].name, NULL);
	for (unsigned int i = 0; i < nearest.count; i++)
		n += scnprintf(text + n, size - n, "%s%s",
			       i ? ", " : "; nearest: ", nearest.name[i]);
	if (nearest.count)
		return;
	for (unsigned int i = 0; i < num && n < size - 1; i++)
		n += scnprintf(text + n, size - n, "%s%s",
			       i ? ", " : "; it knows: ", params[i].name);
	if (!num)
		scnprintf(text, size, "; it takes none");
}
