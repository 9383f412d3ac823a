/*
 * The checksum behind a module file: a word (lib/checksum.h over all bytes before it), then a line that says what it
 * is. The build appends it to every module it makes; `strip` and `objcopy` leave it out with everything else that is
 * no ELF, and a file without one is as good as its fields are.
 *
 * Nothing else may follow the last byte that a section or the section table has: what does is a damaged trailer, or a
 * signature that its reader has not taken off.
 */
#include "lib/checksum.h"
#include "lib/string.h"
#include "link/check.h"

static const char magic[] = LINK_TRAILER_MAGIC;

void link_trailer_find(struct link_object *object)
{
	const uint8_t *end = object->bytes + object->size;

	if (object->size < LINK_TRAILER_SIZE ||
	    !bytes_equal(end - (sizeof(magic) - 1), magic, sizeof(magic) - 1))
		return;
	object->size -= LINK_TRAILER_SIZE;
	object->has_checksum = true;
	__builtin_memcpy(&object->checksum, object->bytes + object->size, 4);
}

void link_trailer_make(const void *bytes, uint32_t size, uint8_t trailer[LINK_TRAILER_SIZE])
{
	uint32_t sum = checksum(bytes, size);

	__builtin_memcpy(trailer, &sum, 4);
	bytes_copy(trailer + 4, magic, sizeof(magic) - 1);
}

enum link_status link_check_end(const struct link_object *object, uint32_t end,
				struct link_error *error)
{
	if (end != object->size)
		return link_fail(error, LINK_TRAILING, 0, 0, end, object->size - end);
	return LINK_OK;
}

enum link_status link_check_checksum(const struct link_object *object, struct link_error *error)
{
	uint32_t sum = object->has_checksum ? checksum(object->bytes, object->size) : 0;

	if (sum != object->checksum)
		return link_fail(error, LINK_CHECKSUM, 0, 0, object->size, sum);
	return LINK_OK;
}
