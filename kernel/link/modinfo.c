/*
 * The section .modinfo: texts `tag=value`, each ended by NUL, with any number of NULs between them.
 */
#include "lib/string.h"
#include "link/check.h"

struct modinfo {
	const char *first;
	const char *end;
};

static struct modinfo modinfo_of(const struct link_object *object)
{
	uint32_t size = 0, index = object->known[LINK_S_MODINFO];
	const char *bytes = index ? link_section_bytes(object, index, &size) : NULL;

	return (struct modinfo){ bytes, bytes ? bytes + size : NULL };
}

/* A tag has letters, digits, _ and, in built-ins' lists, dots. */
static bool tag_character(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
	       c == '.';
}

static bool tag_valid(const char *text)
{
	const char *s = text;

	while (tag_character(*s))
		s++;
	return *s == '=' && s > text;
}

enum link_status link_modinfo_validate(const struct link_object *object, struct link_error *error)
{
	uint32_t index = object->known[LINK_S_MODINFO];
	struct modinfo info = modinfo_of(object);

	if (!index)
		return LINK_OK;
	if (!info.first || (info.first < info.end && info.end[-1]))
		return link_fail(error, LINK_MODINFO, index, 0, 0, 0);
	for (const char *s = info.first; s < info.end; s += text_length(s) + 1)
		if (*s && !tag_valid(s))
			return link_fail(error, LINK_MODINFO, index, 0, (uint32_t)(s - info.first),
					 0);
	return LINK_OK;
}

const char *link_modinfo_next(const struct link_object *object, const char *previous)
{
	struct modinfo info = modinfo_of(object);
	const char *s = previous ? previous + text_length(previous) + 1 : info.first;

	while (s < info.end && !*s)
		s++;
	return s < info.end ? s : NULL;
}

const char *link_modinfo(const struct link_object *object, const char *tag)
{
	size_t length = text_length(tag);

	for (const char *s = NULL; (s = link_modinfo_next(object, s));)
		if (text_begins(s, tag) && s[length] == '=')
			return s + length + 1;
	return NULL;
}
