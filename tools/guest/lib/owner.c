/*
 * owner: names of users and groups; the last answer is kept, since files of one owner come in rows.
 */
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include "owner.h"

const char *user_name(uid_t uid)
{
	static char name[40];
	static uid_t last;
	const struct passwd *user;

	if (*name && last == uid)
		return name;
	last = uid;
	user = getpwuid(uid);
	if (user)
		snprintf(name, sizeof(name), "%s", user->pw_name);
	else
		snprintf(name, sizeof(name), "%lu", (unsigned long)uid);
	return name;
}

const char *group_name(gid_t gid)
{
	static char name[40];
	static gid_t last;
	const struct group *group;

	if (*name && last == gid)
		return name;
	last = gid;
	group = getgrgid(gid);
	if (group)
		snprintf(name, sizeof(name), "%s", group->gr_name);
	else
		snprintf(name, sizeof(name), "%lu", (unsigned long)gid);
	return name;
}

static bool number(const char *text, unsigned long *value)
{
	char *end;

	*value = strtoul(text, &end, 10);
	return *text && !*end;
}

bool user_id(const char *text, uid_t *uid)
{
	const struct passwd *user = getpwnam(text);
	unsigned long value;

	if (user) {
		*uid = user->pw_uid;
		return true;
	}
	if (!number(text, &value))
		return false;
	*uid = (uid_t)value;
	return true;
}

bool group_id(const char *text, gid_t *gid)
{
	const struct group *group = getgrnam(text);
	unsigned long value;

	if (group) {
		*gid = group->gr_gid;
		return true;
	}
	if (!number(text, &value))
		return false;
	*gid = (gid_t)value;
	return true;
}
