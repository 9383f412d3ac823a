/* number: text to numbers and sizes to text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "number.h"
#include "program.h"

bool number_parse(const char *text, unsigned long long *value)
{
	static const char suffixes[] = "cbkKMG";
	static const unsigned long long factors[] = { 1, 512, 1024, 1024, 1 << 20, 1 << 30 };
	const char *suffix;
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	*value = strtoull(text, &end, 10);
	if (!*end)
		return true;
	suffix = strchr(suffixes, *end);
	if (!suffix || end[1])
		return false;
	*value *= factors[suffix - suffixes];
	return true;
}

unsigned long long number_or_die(const char *text)
{
	unsigned long long value;

	if (!number_parse(text, &value))
		die(1, "%s: not a number", text);
	return value;
}

long long duration_or_die(const char *text)
{
	static const char units[] = "smhd";
	static const int factors[] = { 1, 60, 3600, 86400 };
	const char *at = text, *unit;
	long long value = 0, scale = 1000;
	bool digits = false;

	for (; *at >= '0' && *at <= '9' && value < 1LL << 40; at++, digits = true)
		value = value * 10 + (*at - '0') * 1000;
	if (*at == '.')
		for (at++; *at >= '0' && *at <= '9'; at++, digits = true) {
			scale /= 10;
			value += (*at - '0') * scale;
		}
	unit = *at ? strchr(units, *at) : units;
	if (!digits || !unit || (*at && at[1]))
		die(1, "%s: not a time", text);
	return value * factors[unit - units];
}

char *size_human(char room[24], unsigned long long bytes)
{
	static const char units[] = "\0KMGTPE";
	unsigned long long value = bytes, tenths = 0;
	int unit = 0;

	while (value >= 1024 && unit < 6) {
		tenths = (value % 1024 * 10 + 1023) / 1024;
		value /= 1024;
		unit++;
		if (tenths == 10) {
			tenths = 0;
			value++;
		}
	}
	if (unit && value < 10)
		snprintf(room, 24, "%llu.%llu%c", value, tenths, units[unit]);
	else if (unit)
		snprintf(room, 24, "%llu%c", value + (tenths > 0), units[unit]);
	else
		snprintf(room, 24, "%llu", value);
	return room;
}
