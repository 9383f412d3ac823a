/* Identifiers as text (RFC 4122, section 3). */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/uuid.h>

const u8 uuid_index[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
EXPORT_SYMBOL(uuid_index);
const u8 guid_index[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
EXPORT_SYMBOL(guid_index);
const uuid_t uuid_null;
EXPORT_SYMBOL(uuid_null);
const guid_t guid_null;
EXPORT_SYMBOL(guid_null);

static bool hyphen_at(unsigned int i)
{
	return i == 8 || i == 13 || i == 18 || i == 23;
}

bool uuid_is_valid(const char *text)
{
	for (unsigned int i = 0; i < UUID_STRING_LEN; i++)
		if (hyphen_at(i) ? text[i] != '-' : !isxdigit(text[i]))
			return false;
	return true;
}
EXPORT_SYMBOL(uuid_is_valid);

static int parse(const char *text, u8 *bytes, const u8 *order)
{
	unsigned int at = 0;

	if (!uuid_is_valid(text))
		return -EINVAL;
	for (unsigned int i = 0; i < UUID_SIZE; i++, at += 2) {
		at += hyphen_at(at);
		bytes[order[i]] = (u8)(hex_to_bin(text[at]) << 4 | hex_to_bin(text[at + 1]));
	}
	return 0;
}

int uuid_parse(const char *text, uuid_t *uuid)
{
	return parse(text, uuid->b, uuid_index);
}
EXPORT_SYMBOL(uuid_parse);

int guid_parse(const char *text, guid_t *guid)
{
	return parse(text, guid->b, guid_index);
}
EXPORT_SYMBOL(guid_parse);
