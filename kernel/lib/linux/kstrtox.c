/* Numbers from text under Linux's names: the pure reader, then whether the value fits the type asked for. */
#include <linux/kernel.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "lib/number.h"

static int number_errno(enum number_status status)
{
	if (status == NUMBER_OK)
		return 0;
	return status == NUMBER_NONE ? -EINVAL : -ERANGE;
}

int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	u64 value = 0;
	int error = number_errno(number_unsigned(s, base, &value));

	if (!error)
		*res = value;
	return error;
}
EXPORT_SYMBOL(kstrtoull);

int kstrtoll(const char *s, unsigned int base, long long *res)
{
	s64 value = 0;
	int error = number_errno(number_signed(s, base, &value));

	if (!error)
		*res = value;
	return error;
}
EXPORT_SYMBOL(kstrtoll);

#define DEFINE_KSTRTO(name, type, wide, reader)               \
	int name(const char *s, unsigned int base, type *res) \
	{                                                     \
		wide value;                                   \
		int error = reader(s, base, &value);          \
                                                              \
		if (error)                                    \
			return error;                         \
		if (value != (wide)(type)value)               \
			return -ERANGE;                       \
		*res = (type)value;                           \
		return 0;                                     \
	}                                                     \
	EXPORT_SYMBOL(name)

DEFINE_KSTRTO(kstrtoul, unsigned long, unsigned long long, kstrtoull);
DEFINE_KSTRTO(kstrtol, long, long long, kstrtoll);
DEFINE_KSTRTO(kstrtouint, unsigned int, unsigned long long, kstrtoull);
DEFINE_KSTRTO(kstrtoint, int, long long, kstrtoll);
DEFINE_KSTRTO(kstrtou16, u16, unsigned long long, kstrtoull);
DEFINE_KSTRTO(kstrtos16, s16, long long, kstrtoll);
DEFINE_KSTRTO(kstrtou8, u8, unsigned long long, kstrtoull);
DEFINE_KSTRTO(kstrtos8, s8, long long, kstrtoll);

/* y Y 1 on On ON: true; n N 0 off Off: false. */
int kstrtobool(const char *s, bool *res)
{
	char c = s ? s[0] : '\0';

	if ((c | 0x20) == 'o')
		c = (s[1] | 0x20) == 'n' ? '1' : (s[1] | 0x20) == 'f' ? '0' : 'x';
	switch (c) {
	case 'y':
	case 'Y':
	case '1':
		*res = true;
		return 0;
	case 'n':
	case 'N':
	case '0':
		*res = false;
		return 0;
	}
	return -EINVAL;
}
EXPORT_SYMBOL(kstrtobool);

#define USER_NUMBER_MAX 70 /* 64 binary digits, prefix, sign, newline */

static int copy_number(const char __user *s, size_t count, char *text)
{
	if (count >= USER_NUMBER_MAX)
		count = USER_NUMBER_MAX - 1;
	if (copy_from_user(text, s, count))
		return -EFAULT;
	text[count] = '\0';
	return 0;
}

#define DEFINE_KSTRTO_USER(name, type, reader)                                     \
	int name(const char __user *s, size_t count, unsigned int base, type *res) \
	{                                                                          \
		char text[USER_NUMBER_MAX];                                        \
		int error = copy_number(s, count, text);                           \
                                                                                   \
		return error ?: reader(text, base, res);                           \
	}                                                                          \
	EXPORT_SYMBOL(name)

DEFINE_KSTRTO_USER(kstrtoint_from_user, int, kstrtoint);
DEFINE_KSTRTO_USER(kstrtouint_from_user, unsigned int, kstrtouint);
DEFINE_KSTRTO_USER(kstrtol_from_user, long, kstrtol);
DEFINE_KSTRTO_USER(kstrtoul_from_user, unsigned long, kstrtoul);

int kstrtobool_from_user(const char __user *s, size_t count, bool *res)
{
	char text[USER_NUMBER_MAX];
	int error = copy_number(s, count, text);

	return error ?: kstrtobool(text, res);
}
EXPORT_SYMBOL(kstrtobool_from_user);

unsigned long long simple_strtoull(const char *s, char **end, unsigned int base)
{
	const char *stop;
	u64 value = 0;

	if (number_read(s, base, &value, &stop) == NUMBER_NONE)
		value = 0;
	if (end)
		*end = (char *)stop;
	return value;
}
EXPORT_SYMBOL(simple_strtoull);

unsigned long simple_strtoul(const char *s, char **end, unsigned int base)
{
	return (unsigned long)simple_strtoull(s, end, base);
}
EXPORT_SYMBOL(simple_strtoul);

long long simple_strtoll(const char *s, char **end, unsigned int base)
{
	if (*s == '-')
		return -(long long)simple_strtoull(s + 1, end, base);
	return (long long)simple_strtoull(s, end, base);
}
EXPORT_SYMBOL(simple_strtoll);

long simple_strtol(const char *s, char **end, unsigned int base)
{
	return (long)simple_strtoll(s, end, base);
}
EXPORT_SYMBOL(simple_strtol);

unsigned long long memparse(const char *s, char **end)
{
	char *stop;
	unsigned long long value = simple_strtoull(s, &stop, 0);
	const char *units = "kmgtpe", *unit = *stop ? strchr(units, *stop | 0x20) : NULL;

	if (unit && stop != s) {
		value <<= 10 * (unit - units + 1);
		stop++;
	}
	if (end)
		*end = stop;
	return value;
}
EXPORT_SYMBOL(memparse);

int get_option(char **str, int *pint)
{
	char *s = *str, *end;

	if (!s || !*s)
		return 0;
	*pint = (int)simple_strtol(s, &end, 0);
	if (end == s)
		return 0;
	*str = end;
	if (*end == ',') {
		*str = end + 1;
		return 2;
	}
	return *end == '-' ? 3 : 1;
}
EXPORT_SYMBOL(get_option);

/* Adds last's predecessors, from the number already stored on: "4-7" gave 4 and then 7. */
static int fill_range(char **str, int *ints, int i, int n)
{
	int first = ints[i], last;

	(*str)++;
	last = (int)simple_strtol(*str, NULL, 0);
	for (; first < last && i < n - 1; first++)
		ints[i++] = first;
	return i;
}

char *get_options(const char *str, int n, int *ints)
{
	int i = 1;

	while (i < n) {
		int kind = get_option((char **)&str, ints + i);

		if (!kind)
			break;
		if (kind == 3) {
			i = fill_range((char **)&str, ints, i, n);
			continue;
		}
		i++;
		if (kind == 1)
			break;
	}
	ints[0] = i - 1;
	return (char *)str;
}
EXPORT_SYMBOL(get_options);

int hex_to_bin(char ch)
{
	if (isdigit(ch))
		return ch - '0';
	return isxdigit((unsigned char)ch) ? (ch | 0x20) - 'a' + 10 : -1;
}
EXPORT_SYMBOL(hex_to_bin);

int hex2bin(u8 *dst, const char *src, size_t count)
{
	for (; count; count--, src += 2) {
		int high = hex_to_bin(src[0]), low = high < 0 ? -1 : hex_to_bin(src[1]);

		if (low < 0)
			return -EINVAL;
		*dst++ = (u8)(high << 4 | low);
	}
	return 0;
}
EXPORT_SYMBOL(hex2bin);

char *bin2hex(char *dst, const void *src, size_t count)
{
	for (const u8 *s = src; count; count--, s++) {
		*dst++ = "0123456789abcdef"[*s >> 4];
		*dst++ = "0123456789abcdef"[*s & 15];
	}
	return dst;
}
EXPORT_SYMBOL(bin2hex);

unsigned long int_sqrt(unsigned long x)
{
	unsigned long root = 0;

	for (unsigned long bit = 1ul << 30; bit; bit >>= 2) {
		if (x >= root + bit) {
			x -= root + bit;
			root = (root >> 1) + bit;
		} else {
			root >>= 1;
		}
	}
	return root;
}
EXPORT_SYMBOL(int_sqrt);
