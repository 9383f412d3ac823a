/* Files in memory: as bytes, and as validated objects. Memory is never given back: the tools end soon. */
#include <stdlib.h>
#include <string.h>
#include "modpost.h"

void *allocate(size_t size)
{
	void *memory = calloc(1, size ? size : 1);

	if (!memory)
		die("out of memory");
	return memory;
}

char *duplicate(const char *text)
{
	return strcpy(allocate(strlen(text) + 1), text);
}

uint8_t *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;
	long length;

	if (!file || fseek(file, 0, SEEK_END) || (length = ftell(file)) < 0)
		die("%s: cannot be read", path);
	rewind(file);
	bytes = allocate((size_t)length + 1);
	if (fread(bytes, 1, (size_t)length, file) != (size_t)length)
		die("%s: cannot be read", path);
	fclose(file);
	*size = (size_t)length;
	return bytes;
}

static void fail_link(const struct object *object, const struct link_error *error)
{
	char text[512];

	link_describe(&object->elf, error, text, sizeof(text));
	die("%s: %s", object->path, text);
}

void object_load(struct object *object, const char *path)
{
	struct link_error error;
	size_t size;
	uint8_t *bytes = read_file(path, &size);

	object->path = path;
	if (link_parse(bytes, size, &object->elf, &error))
		fail_link(object, &error);
	object->sections = allocate(object->elf.section_count * sizeof(*object->sections));
	if (link_validate(&object->elf, object->sections, &error))
		fail_link(object, &error);
}
