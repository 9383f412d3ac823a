/* /etc/passwd and /etc/group: lines of fields between colons. */
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>

/* Cuts the next field off *line; NULL at the end. */
static char *field(char **line)
{
	return strsep(line, ":\n");
}

static int number(char **line, unsigned int *value)
{
	char *text = field(line), *end;

	if (!text || !*text)
		return -1;
	*value = strtoul(text, &end, 10);
	return *end ? -1 : 0;
}

static FILE *users;
static char *user_line;
static size_t user_size;

void setpwent(void)
{
	if (users)
		rewind(users);
}

void endpwent(void)
{
	if (users)
		fclose(users);
	users = NULL;
}

static int user_parse(char *line, struct passwd *p)
{
	p->pw_name = field(&line);
	p->pw_passwd = field(&line);
	if (number(&line, &p->pw_uid) || number(&line, &p->pw_gid))
		return -1;
	p->pw_gecos = field(&line);
	p->pw_dir = field(&line);
	p->pw_shell = field(&line);
	return p->pw_shell ? 0 : -1;
}

struct passwd *getpwent(void)
{
	static struct passwd user;

	if (!users)
		users = fopen("/etc/passwd", "re");
	while (users && getline(&user_line, &user_size, users) > 0)
		if (user_parse(user_line, &user) == 0)
			return &user;
	return NULL;
}

struct passwd *getpwnam(const char *name)
{
	struct passwd *user;

	endpwent();
	while ((user = getpwent()) && strcmp(user->pw_name, name))
		;
	endpwent();
	return user;
}

struct passwd *getpwuid(uid_t uid)
{
	struct passwd *user;

	endpwent();
	while ((user = getpwent()) && user->pw_uid != uid)
		;
	endpwent();
	return user;
}

#define MEMBERS 64

static FILE *groups;
static char *group_line;
static size_t group_size;

void setgrent(void)
{
	if (groups)
		rewind(groups);
}

void endgrent(void)
{
	if (groups)
		fclose(groups);
	groups = NULL;
}

static int group_parse(char *line, struct group *g)
{
	static char *members[MEMBERS + 1];
	int count = 0;

	g->gr_name = field(&line);
	g->gr_passwd = field(&line);
	if (number(&line, &g->gr_gid))
		return -1;
	char *list = field(&line), *name;

	while ((name = strsep(&list, ",")) && count < MEMBERS)
		if (*name)
			members[count++] = name;
	members[count] = NULL;
	g->gr_mem = members;
	return 0;
}

struct group *getgrent(void)
{
	static struct group group;

	if (!groups)
		groups = fopen("/etc/group", "re");
	while (groups && getline(&group_line, &group_size, groups) > 0)
		if (group_parse(group_line, &group) == 0)
			return &group;
	return NULL;
}

struct group *getgrnam(const char *name)
{
	struct group *group;

	endgrent();
	while ((group = getgrent()) && strcmp(group->gr_name, name))
		;
	endgrent();
	return group;
}

struct group *getgrgid(gid_t gid)
{
	struct group *group;

	endgrent();
	while ((group = getgrent()) && group->gr_gid != gid)
		;
	endgrent();
	return group;
}

int getgrouplist(const char *user, gid_t first, gid_t *list, int *count)
{
	int found = 0, room = *count;
	struct group *group;

	if (room > found)
		list[found] = first;
	found++;
	setgrent();
	while ((group = getgrent())) {
		if (group->gr_gid == first)
			continue;
		for (char **m = group->gr_mem; *m; m++)
			if (strcmp(*m, user) == 0) {
				if (found < room)
					list[found] = group->gr_gid;
				found++;
				break;
			}
	}
	endgrent();
	*count = found;
	return found > room ? -1 : found;
}

int initgroups(const char *user, gid_t group)
{
	gid_t list[MEMBERS];
	int count = MEMBERS;

	if (getgrouplist(user, group, list, &count) < 0)
		count = MEMBERS;
	return setgroups(count, list);
}
