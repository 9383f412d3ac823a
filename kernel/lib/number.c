/* Reading numbers: digits until one does not belong to the base; overflow is found before it happens. */
#include <stddef.h>
#include "lib/divide.h"
#include "lib/number.h"

static unsigned int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
		return (unsigned int)((c | 0x20) - 'a') + 10;
	return 255;
}

static const char *read_base(const char *s, unsigned int *base)
{
	bool hex = s[0] == '0' && (s[1] | 0x20) == 'x' && digit_value(s[2]) < 16;

	if (!*base)
		*base = hex ? 16 : s[0] == '0' ? 8 : 10;
	return *base == 16 && hex ? s + 2 : s;
}

enum number_status number_read(const char *s, unsigned int base, uint64_t *value, const char **end)
{
	const char *start = read_base(s, &base);
	uint64_t sum = 0, limit = UINT64_MAX;
	uint32_t last = divide_u64(&limit, base), digit;
	bool too_large = false;

	*end = s;
	for (s = start; (digit = digit_value(*s)) < base; s++) {
		if (sum > limit || (sum == limit && digit > last))
			too_large = true;
		sum = sum * base + digit;
	}
	if (s == start)
		return NUMBER_NONE;
	*end = s;
	*value = sum;
	return too_large ? NUMBER_TOO_LARGE : NUMBER_OK;
}

enum number_status number_unsigned(const char *s, unsigned int base, uint64_t *value)
{
	enum number_status status;
	const char *end;
	uint64_t number;

	if (*s == '+')
		s++;
	status = number_read(s, base, &number, &end);
	if (status == NUMBER_NONE)
		return status;
	if (*end == '\n')
		end++;
	if (*end)
		return NUMBER_NONE;
	if (status == NUMBER_OK)
		*value = number;
	return status;
}

enum number_status number_signed(const char *s, unsigned int base, int64_t *value)
{
	bool negative = *s == '-';
	uint64_t number;
	enum number_status status = number_unsigned(negative && s[1] != '+' ? s + 1 : s, base,
						    &number);

	if (status != NUMBER_OK)
		return status;
	if (number > (uint64_t)INT64_MAX + negative)
		return NUMBER_TOO_LARGE;
	*value = negative ? (int64_t)-number : (int64_t)number;
	return NUMBER_OK;
}
