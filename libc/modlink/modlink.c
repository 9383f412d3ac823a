/*
 * The face of kernel/link for programs: it brings the memory that the pure code asks its caller for.
 */
#include <errno.h>
#include <modlink.h>
#include <stdlib.h>
#include <string.h>
#include "link/link.h"

struct modlink {
	struct link_object object;
	struct link_layout layout;
	struct link_error error;
	struct link_section *sections;
	uint32_t *values;  /* of the symbols, after modlink_at */
	uint32_t *missing; /* indices of symbols */
	unsigned int missing_count;
	uint8_t *image;
	uint32_t base;	/* of the last modlink_at */
	char text[256]; /* the error in words, "" when there is none */
};

static void note_error(struct modlink *link)
{
	link_describe(&link->object, &link->error, link->text, sizeof(link->text));
}

static enum link_status check(struct modlink *link)
{
	enum link_status status = link_validate(&link->object, link->sections, &link->error);

	if (!status)
		status = link_layout(&link->object, link->sections, &link->layout, &link->error);
	return status;
}

struct modlink *modlink_open(const void *file, size_t size)
{
	struct modlink *link = calloc(1, sizeof(*link));

	if (!link)
		return NULL;
	if (link_parse(file, size, &link->object, &link->error)) {
		note_error(link);
		return link;
	}
	link->sections = calloc(link->object.section_count, sizeof(*link->sections));
	if (!link->sections) {
		modlink_close(link);
		errno = ENOMEM;
		return NULL;
	}
	if (check(link))
		note_error(link);
	return link;
}

const char *modlink_error(const struct modlink *link)
{
	return link->text[0] ? link->text : NULL;
}

uint32_t modlink_size(const struct modlink *link)
{
	return link->layout.size;
}

uint32_t modlink_core_size(const struct modlink *link)
{
	return link->layout.core_size;
}

const char *modlink_info(const struct modlink *link, const char *tag)
{
	return link_modinfo(&link->object, tag);
}

const char *modlink_info_next(const struct modlink *link, const char *previous)
{
	return link_modinfo_next(&link->object, previous);
}

struct lookup {
	struct modlink *link;
	modlink_lookup *fn;
	void *context;
};

static bool resolve(void *context, const char *name, bool weak, uint32_t *value)
{
	struct lookup *lookup = context;

	return lookup->fn(lookup->context, name, weak, value) != 0;
}

static void note_missing(void *context, uint32_t symbol, const char *name)
{
	struct modlink *link = ((struct lookup *)context)->link;

	link->missing[link->missing_count++] = symbol;
}

static int prepare(struct modlink *link)
{
	uint32_t symbols = link->object.symbol_count;

	if (!link->image)
		link->image = malloc(link->layout.size);
	if (!link->values)
		link->values = calloc(symbols, sizeof(*link->values));
	if (!link->missing)
		link->missing = calloc(symbols, sizeof(*link->missing));
	link->missing_count = 0;
	if (link->image && link->values && link->missing)
		return 1;
	errno = ENOMEM;
	return 0;
}

const void *modlink_at(struct modlink *link, uint32_t base, modlink_lookup *lookup, void *context)
{
	struct lookup search = { link, lookup, context };
	struct link_resolver resolver = { resolve, note_missing, &search };

	if (!link->sections || !prepare(link))
		return NULL;
	if (check(link)) {
		note_error(link);
		return NULL;
	}
	link->base = base;
	link_place(&link->object, link->sections, &link->layout, base, link->image);
	if (link_bind(&link->object, link->sections, &resolver, link->values, &link->error)) {
		note_error(link);
		return NULL;
	}
	link_relocate(&link->object, link->sections, link->values);
	link->text[0] = '\0';
	return link->image;
}

const char *modlink_missing(const struct modlink *link, unsigned int index)
{
	return index < link->missing_count ? link_symbol_name(&link->object, link->missing[index])
					   : NULL;
}

uint32_t modlink_address(const struct modlink *link, const char *name)
{
	for (uint32_t i = 1; link->values && i < link->object.symbol_count; i++)
		if (link->object.symbols[i].section &&
		    !strcmp(link_symbol_name(&link->object, i), name))
			return link->values[i];
	return 0;
}

/* An exported symbol as it lies in the image. */
struct exported {
	uint32_t value;
	uint32_t name;
	uint32_t namespace;
};

static const struct exported *export_in(const struct modlink *link, enum link_known known,
					unsigned int *index)
{
	uint32_t section = link->object.known[known];
	uint32_t count = section ? link->object.sections[section].size / sizeof(struct exported)
				 : 0;

	if (*index < count)
		return (const void *)(link->sections[section].bytes +
				      *index * sizeof(struct exported));
	*index -= count;
	return NULL;
}

int modlink_export(const struct modlink *link, unsigned int index, const char **name,
		   uint32_t *value)
{
	const struct exported *found = export_in(link, LINK_S_KSYMTAB, &index);

	if (!found)
		found = export_in(link, LINK_S_KSYMTAB_GPL, &index);
	if (!found || found->name - link->base >= link->layout.size)
		return 0;
	*name = (const char *)link->image + (found->name - link->base);
	*value = found->value;
	return 1;
}

void modlink_close(struct modlink *link)
{
	free(link->sections);
	free(link->values);
	free(link->missing);
	free(link->image);
	free(link);
}
