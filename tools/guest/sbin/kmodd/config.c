/*
 * /etc/kmodd.conf. One setting per line, '#' begins a comment:
 *
 *	sweep SECONDS             between two looks for idle modules; 0: never
 *	keep MODULE…              never swept
 *	workers NUMBER            processes of modprobe at once
 *	timeout SECONDS           until a request fails (sysctl kernel.kmod.timeout)
 *	coldplug yes|no           at start, load modules for devices that have no driver
 *	allow|deny UID|* PATTERN  who may trigger which aliases; the first that fits counts
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "guest/lib/kmod.h"
#include "guest/sbin/kmodd/kmodd.h"

#define POLICY "/sys/kernel/rakit/request_policy"
#define TIMEOUT "/proc/sys/kernel/kmod/timeout"

static const struct settings defaults = { .sweep = 60, .workers = 8 };
struct settings settings;

static bool number(const char *text, int least, int most, int *value)
{
	char *end;
	long n = text ? strtol(text, &end, 10) : -1;

	if (!text || !*text || *end || n < least || n > most)
		return false;
	*value = n;
	return true;
}

static bool keep(char *state)
{
	char *name = strtok_r(NULL, " \t", &state);

	if (!name)
		return false;
	for (; name; name = strtok_r(NULL, " \t", &state)) {
		settings.keep = kmod_need(
			realloc(settings.keep, (settings.keep_count + 1) * sizeof(*settings.keep)));
		settings.keep[settings.keep_count++] = kmod_normalise(name);
	}
	return true;
}

/* The kernel judges the rules; here they need three words only. */
static bool rule(const char *verdict, char *state)
{
	const char *who = strtok_r(NULL, " \t", &state), *pattern = strtok_r(NULL, " \t", &state);

	if (!pattern)
		return false;
	settings.rules = kmod_text("%s%s %s %s\n", settings.rules ? settings.rules : "", verdict,
				   who, pattern);
	return true;
}

static bool yes_or_no(const char *text, bool *value)
{
	*value = text && strcmp(text, "yes") == 0;
	return text && (*value || strcmp(text, "no") == 0);
}

static bool obey(char *line)
{
	char *state, *word = strtok_r(line, " \t", &state);

	if (!word || *word == '#')
		return true;
	if (strcmp(word, "keep") == 0)
		return keep(state);
	if (strcmp(word, "allow") == 0 || strcmp(word, "deny") == 0)
		return rule(word, state);
	char *value = strtok_r(NULL, " \t", &state);

	if (strcmp(word, "sweep") == 0)
		return number(value, 0, 1000000, &settings.sweep);
	if (strcmp(word, "workers") == 0)
		return number(value, 1, 1000, &settings.workers);
	if (strcmp(word, "timeout") == 0)
		return number(value, 1, 3600, &settings.timeout);
	if (strcmp(word, "coldplug") == 0)
		return yes_or_no(value, &settings.coldplug);
	return false;
}

static void set(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		say("%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
}

void settings_read(const char *path)
{
	char *text = kmod_read(path, NULL), *rest = text, *line;
	int line_number = 0;

	settings = defaults;
	if (!text && errno != ENOENT)
		say("%s: %s", path, strerror(errno));
	while ((line = strsep(&rest, "\n"))) {
		line_number++;
		if (!obey(line))
			say("%s:%d: not understood, left out", path, line_number);
	}
	if (settings.rules)
		set(POLICY, settings.rules);
	if (settings.timeout)
		set(TIMEOUT, kmod_text("%d\n", settings.timeout));
}

bool settings_keep(const char *module)
{
	for (size_t i = 0; i < settings.keep_count; i++)
		if (settings.keep[i] && strcmp(settings.keep[i], module) == 0)
			return true;
	return false;
}
