/* id: print the user and groups of a process or user */
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "../lib/owner.h"
#include "../lib/program.h"

USAGE("[-gGnru] [USER]");

#define GROUPS_MAX 64

static gid_t groups[GROUPS_MAX];
static int count;

static void group_add(gid_t gid)
{
	for (int i = 0; i < count; i++)
		if (groups[i] == gid)
			return;
	if (count < GROUPS_MAX)
		groups[count++] = gid;
}

/* The groups of a user in /etc/group. */
static void groups_of(const char *name)
{
	const struct group *group;

	setgrent();
	while ((group = getgrent()))
		for (char **member = group->gr_mem; *member; member++)
			if (!strcmp(*member, name))
				group_add(group->gr_gid);
	endgrent();
}

static void print_one(unsigned long id, const char *name, bool names)
{
	if (names)
		fputs(name, stdout);
	else
		printf("%lu", id);
}

static void print_all(uid_t uid, gid_t gid)
{
	printf("uid=%lu(%s) gid=%lu(%s) groups=", (unsigned long)uid, user_name(uid),
	       (unsigned long)gid, group_name(gid));
	for (int i = 0; i < count; i++)
		printf("%s%lu(%s)", i ? "," : "", (unsigned long)groups[i], group_name(groups[i]));
	putchar('\n');
}

int main(int argc, char **argv)
{
	bool names = false, real = false;
	int c, what = 0;
	uid_t uid;
	gid_t gid;

	program_start(argv);
	while ((c = getopt(argc, argv, "gGnru")) != -1) {
		switch (c) {
		case 'g':
		case 'G':
		case 'u':
			what = c;
			break;
		case 'n':
			names = true;
			break;
		case 'r':
			real = true;
			break;
		default:
			die_usage(1);
		}
	}
	if (argv[optind]) {
		const struct passwd *user = getpwnam(argv[optind]);

		if (!user)
			die(1, "%s: no such user", argv[optind]);
		uid = user->pw_uid;
		gid = user->pw_gid;
		group_add(gid);
		groups_of(argv[optind]);
	} else {
		gid_t list[GROUPS_MAX];
		int n = getgroups(GROUPS_MAX, list);

		uid = real ? getuid() : geteuid();
		gid = real ? getgid() : getegid();
		group_add(gid);
		for (int i = 0; i < n; i++)
			group_add(list[i]);
	}
	if (!what) {
		print_all(uid, gid);
	} else if (what == 'G') {
		for (int i = 0; i < count; i++) {
			if (i)
				putchar(' ');
			print_one(groups[i], group_name(groups[i]), names);
		}
		putchar('\n');
	} else {
		print_one(what == 'u' ? uid : gid, what == 'u' ? user_name(uid) : group_name(gid),
			  names);
		putchar('\n');
	}
	return program_finish(0);
}
