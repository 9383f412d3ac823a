/*
 * FAT names: short (8.3) ones, long ones in slots of 13 UTF-16 units, and the conversions between them. Pure.
 *
 * A long name is stored in front of its short entry, last piece first, each slot carrying its order and a checksum of
 * the short name; a run that is out of order, too long or of another checksum counts as no long name at all.
 */
#include "format.h"

/* Code page 437, 0x80..0xff, as Unicode: what short names are stored in. */
static const uint16_t cp437[128] = {
	0x00c7, 0x00fc, 0x00e9, 0x00e2, 0x00e4, 0x00e0, 0x00e5, 0x00e7, 0x00ea, 0x00eb, 0x00e8,
	0x00ef, 0x00ee, 0x00ec, 0x00c4, 0x00c5, 0x00c9, 0x00e6, 0x00c6, 0x00f4, 0x00f6, 0x00f2,
	0x00fb, 0x00f9, 0x00ff, 0x00d6, 0x00dc, 0x00a2, 0x00a3, 0x00a5, 0x20a7, 0x0192, 0x00e1,
	0x00ed, 0x00f3, 0x00fa, 0x00f1, 0x00d1, 0x00aa, 0x00ba, 0x00bf, 0x2310, 0x00ac, 0x00bd,
	0x00bc, 0x00a1, 0x00ab, 0x00bb, 0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562,
	0x2556, 0x2555, 0x2563, 0x2551, 0x2557, 0x255d, 0x255c, 0x255b, 0x2510, 0x2514, 0x2534,
	0x252c, 0x251c, 0x2500, 0x253c, 0x255e, 0x255f, 0x255a, 0x2554, 0x2569, 0x2566, 0x2560,
	0x2550, 0x256c, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256b,
	0x256a, 0x2518, 0x250c, 0x2588, 0x2584, 0x258c, 0x2590, 0x2580, 0x03b1, 0x00df, 0x0393,
	0x03c0, 0x03a3, 0x03c3, 0x00b5, 0x03c4, 0x03a6, 0x0398, 0x03a9, 0x03b4, 0x221e, 0x03c6,
	0x03b5, 0x2229, 0x2261, 0x00b1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00f7, 0x2248, 0x00b0,
	0x2219, 0x00b7, 0x221a, 0x207f, 0x00b2, 0x25a0, 0x00a0,
};

uint8_t fat_short_checksum(const uint8_t name[FAT_SHORT_LEN])
{
	uint8_t sum = 0;
	unsigned int i;

	for (i = 0; i < FAT_SHORT_LEN; i++)
		sum = (uint8_t)((sum >> 1 | sum << 7) + name[i]);
	return sum;
}

/* Where the 13 units of a slot stand in its 32 bytes. */
static const uint8_t slot_places[FAT_SLOT_UNITS] = {
	1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30
};

void fat_slot_encode(uint8_t *raw, const uint16_t *name, size_t units, uint8_t order, bool last,
		     uint8_t checksum)
{
	size_t at = (size_t)(order - 1) * FAT_SLOT_UNITS;
	unsigned int i;

	for (i = 0; i < FAT_ENTRY_SIZE; i++)
		raw[i] = 0;
	raw[0] = (uint8_t)(order | (last ? FAT_SLOT_LAST : 0));
	raw[11] = FAT_ATTR_LONG;
	raw[13] = checksum;
	for (i = 0; i < FAT_SLOT_UNITS; i++, at++) {
		uint16_t unit = at < units ? name[at] : at == units ? 0 : 0xffff;

		raw[slot_places[i]] = (uint8_t)unit;
		raw[slot_places[i] + 1] = (uint8_t)(unit >> 8);
	}
}

void fat_long_name_reset(struct fat_long_name *name)
{
	name->expected = 0;
	name->slots = 0;
	name->complete = false;
}

void fat_long_name_feed(struct fat_long_name *name, const uint8_t *raw)
{
	uint8_t order = raw[0] & 0x3f;
	unsigned int i;

	if (raw[0] & FAT_SLOT_LAST) {
		fat_long_name_reset(name);
		if (!order || order > FAT_MAX_SLOTS)
			return;
		name->slots = name->expected = order;
		name->checksum = raw[13];
	}
	if (!name->expected || order != name->expected || raw[13] != name->checksum) {
		fat_long_name_reset(name);
		return;
	}
	for (i = 0; i < FAT_SLOT_UNITS; i++)
		name->units[(order - 1) * FAT_SLOT_UNITS + i] =
			(uint16_t)(raw[slot_places[i]] | raw[slot_places[i] + 1] << 8);
	name->expected--;
	name->complete = !name->expected;
}

size_t fat_long_name_finish(const struct fat_long_name *name,
			    const uint8_t short_name[FAT_SHORT_LEN])
{
	size_t units, most = (size_t)name->slots * FAT_SLOT_UNITS;

	if (!name->complete || name->checksum != fat_short_checksum(short_name))
		return 0;
	for (units = 0; units < most && name->units[units]; units++)
		if (name->units[units] == '/')
			return 0;
	return units <= FAT_LONG_UNITS ? units : 0;
}

/* Bytes of the code point's UTF-8 form, written to out. */
static size_t utf8_put(uint32_t code, char *out)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

size_t fat_units_to_utf8(const uint16_t *units, size_t count, char *out)
{
	size_t i, length = 0;

	for (i = 0; i < count; i++) {
		uint32_t code = units[i];

		if (code >= 0xd800 && code < 0xdc00 && i + 1 < count && units[i + 1] >= 0xdc00 &&
		    units[i + 1] < 0xe000) {
			code = 0x10000 + ((code - 0xd800) << 10) + (units[i + 1] - 0xdc00);
			i++;
		} else if (code >= 0xd800 && code < 0xe000) {
			code = 0xfffd; /* half a pair */
		}
		length += utf8_put(code, out + length);
	}
	out[length] = '\0';
	return length;
}

/* The code point at text (length > 0) and its bytes; 0 bytes: not UTF-8. */
static size_t utf8_get(const uint8_t *text, size_t length, uint32_t *code)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t need, i;

	if (text[0] < 0x80) {
		*code = text[0];
		return 1;
	}
	need = text[0] >= 0xf0 && text[0] < 0xf8 ? 4
	       : text[0] >= 0xe0		 ? 3
	       : text[0] >= 0xc0		 ? 2
						 : 0;
	if (!need || need > length || text[0] >= 0xf8)
		return 0;
	*code = text[0] & (0x7fu >> need);
	for (i = 1; i < need; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (text[i] & 0x3f);
	}
	if (*code < least[need] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000))
		return 0;
	return need;
}

int fat_units_from_utf8(const char *text, size_t length, uint16_t *out)
{
	size_t at = 0;
	int units = 0;

	while (at < length) {
		uint32_t code;
		size_t used = utf8_get((const uint8_t *)text + at, length - at, &code);

		if (!used || units + (code > 0xffff) >= (int)FAT_LONG_UNITS)
			return -1;
		at += used;
		if (code > 0xffff) {
			out[units++] = (uint16_t)(0xd800 + ((code - 0x10000) >> 10));
			code = 0xdc00 + ((code - 0x10000) & 0x3ff);
		}
		out[units++] = (uint16_t)code;
	}
	return units;
}

static uint8_t upper(uint8_t c)
{
	return c >= 'a' && c <= 'z' ? (uint8_t)(c - 32) : c;
}

uint8_t fat_fold(uint8_t c)
{
	return upper(c);
}

size_t fat_short_to_utf8(const uint8_t name[FAT_SHORT_LEN], uint8_t letter_case, char *out)
{
	size_t length = 0, base = 8, ext = 3, i;

	while (base && name[base - 1] == ' ')
		base--;
	while (ext && name[8 + ext - 1] == ' ')
		ext--;
	for (i = 0; i < base + ext; i++) {
		bool in_ext = i >= base;
		uint8_t c = name[in_ext ? 8 + i - base : i];

		if (in_ext && i == base)
			out[length++] = '.';
		if (!i && c == 0x05)
			c = 0xe5; /* stored so because 0xe5 means deleted */
		if (c >= 'A' && c <= 'Z' &&
		    (letter_case & (in_ext ? FAT_CASE_LOWER_EXT : FAT_CASE_LOWER_BASE)))
			c = (uint8_t)(c + 32);
		length += utf8_put(c < 0x80 ? c : cp437[c - 0x80], out + length);
	}
	out[length] = '\0';
	return length;
}

size_t fat_name_trim(const char *text, size_t length)
{
	while (length && text[length - 1] == '.')
		length--;
	return length;
}

static bool forbidden(uint8_t c)
{
	const char *p;

	for (p = "*?<>|\":/\\"; *p; p++)
		if ((uint8_t)*p == c)
			return true;
	return c < 0x20 || c == 0x7f;
}

bool fat_name_valid(const char *text, size_t length)
{
	size_t i;

	if (!fat_name_trim(text, length) || text[fat_name_trim(text, length) - 1] == ' ')
		return false;
	for (i = 0; i < length; i++)
		if (forbidden((uint8_t)text[i]))
			return false;
	return true;
}

/* A character of a long name as a short name may hold it; 0: leave it out, *exact turns false when it changes. */
static uint8_t short_character(uint8_t c, bool *exact)
{
	const char *p;

	if (c == ' ' || c == '.') {
		*exact = false;
		return 0;
	}
	for (p = "+,;=[]"; *p; p++)
		if ((uint8_t)*p == c) {
			*exact = false;
			return '_';
		}
	if (c >= 0x80 || upper(c) != c)
		*exact = false;
	return c >= 0x80 ? '_' : upper(c);
}

bool fat_short_make(const char *text, size_t length, uint8_t name[FAT_SHORT_LEN])
{
	size_t dot = length, i, at = 0;
	bool exact = true;

	for (i = 0; i < FAT_SHORT_LEN; i++)
		name[i] = ' ';
	for (i = 1; i < length; i++)
		if (text[i] == '.')
			dot = i;
	if (dot + 1 == length)
		exact = false;
	for (i = 0; i < dot; i++) {
		uint8_t c = short_character((uint8_t)text[i], &exact);

		if ((uint8_t)text[i] >= 0x80 && ((uint8_t)text[i] & 0xc0) == 0x80)
			continue; /* one '_' for each character, not for each byte */
		if (c && at < 8)
			name[at++] = c;
		else if (c)
			exact = false;
	}
	if (!at)
		name[at++] = '_';
	for (i = dot + 1, at = 8; i < length; i++) {
		uint8_t c = short_character((uint8_t)text[i], &exact);

		if ((uint8_t)text[i] >= 0x80 && ((uint8_t)text[i] & 0xc0) == 0x80)
			continue;
		if (c && at < FAT_SHORT_LEN)
			name[at++] = c;
		else if (c)
			exact = false;
	}
	return exact;
}

void fat_short_number(const uint8_t basis[FAT_SHORT_LEN], uint32_t number,
		      uint8_t name[FAT_SHORT_LEN])
{
	uint8_t digits[6];
	unsigned int count = 0, base = 0, i;

	for (; number && count < sizeof(digits); number /= 10)
		digits[count++] = (uint8_t)('0' + number % 10);
	for (i = 0; i < FAT_SHORT_LEN; i++)
		name[i] = basis[i];
	while (base < 7 - count && basis[base] != ' ')
		base++;
	name[base++] = '~';
	while (count)
		name[base++] = digits[--count];
	while (base < 8)
		name[base++] = ' ';
}
