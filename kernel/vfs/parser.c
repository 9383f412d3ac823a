/*
 * Mount options by table of patterns. In a pattern %s stands for the rest of the text (or up to the character that follows
 * %s), %d %u %o %x for a number, %% for a percent sign.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/parser.h>
#include <linux/slab.h>
#include <linux/string.h>

/* Where the number or string that stands for the letter ends; NULL: it is none. */
static char *match_value(char *s, const char *pattern)
{
	char *end = s;

	switch (pattern[1]) {
	case 's':
		return pattern[2] ? strchrnul(s, pattern[2]) : s + strlen(s);
	case 'd':
		simple_strtol(s, &end, 0);
		break;
	case 'u':
		simple_strtoul(s, &end, 0);
		break;
	case 'o':
		simple_strtoul(s, &end, 8);
		break;
	case 'x':
		simple_strtoul(s, &end, 16);
		break;
	}
	return end == s ? NULL : end;
}

static bool match_one(char *s, const char *pattern, substring_t args[])
{
	unsigned int n = 0;

	for (; *pattern; pattern++) {
		if (*pattern != '%' || pattern[1] == '%') {
			pattern += *pattern == '%';
			if (*s++ != *pattern)
				return false;
			continue;
		}
		if (n == MAX_OPT_ARGS)
			return false;
		args[n].from = s;
		s = match_value(s, pattern);
		if (!s)
			return false;
		args[n++].to = s;
		pattern++;
	}
	return !*s;
}

int match_token(char *s, const match_table_t table, substring_t args[])
{
	const struct match_token *entry = table;

	while (entry->pattern && !match_one(s, entry->pattern, args))
		entry++;
	return entry->token;
}
EXPORT_SYMBOL(match_token);

size_t match_strlcpy(char *dest, const substring_t *src, size_t size)
{
	size_t len = src->to - src->from;

	if (size) {
		size_t n = min(len, size - 1);

		memcpy(dest, src->from, n);
		dest[n] = 0;
	}
	return len;
}
EXPORT_SYMBOL(match_strlcpy);

char *match_strdup(const substring_t *s)
{
	return kmemdup_nul(s->from, s->to - s->from, GFP_KERNEL);
}
EXPORT_SYMBOL(match_strdup);

static int match_number(const substring_t *s, unsigned int base, int *result)
{
	char text[24];

	if (match_strlcpy(text, s, sizeof(text)) >= sizeof(text))
		return -ERANGE;
	return kstrtoint(text, base, result);
}

int match_int(substring_t *s, int *result)
{
	return match_number(s, 0, result);
}
EXPORT_SYMBOL(match_int);

int match_octal(substring_t *s, int *result)
{
	return match_number(s, 8, result);
}
EXPORT_SYMBOL(match_octal);

int match_hex(substring_t *s, int *result)
{
	return match_number(s, 16, result);
}
EXPORT_SYMBOL(match_hex);

int match_u64(substring_t *s, u64 *result)
{
	char text[24];

	if (match_strlcpy(text, s, sizeof(text)) >= sizeof(text))
		return -ERANGE;
	return kstrtou64(text, 0, result);
}
EXPORT_SYMBOL(match_u64);
