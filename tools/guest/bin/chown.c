/* chown: change the owner and group of files */
/* chgrp: change the group of files */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/owner.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"
#include "../lib/tree.h"

USAGE("[-hR] [OWNER][:GROUP] FILE...");

static bool recursive, links;
static uid_t uid = (uid_t)-1;
static gid_t gid = (gid_t)-1;

static enum tree_answer change(struct tree_entry *entry, void *data)
{
	if (entry->event != TREE_LEAVE &&
	    (links || recursive ? lchown(entry->path, uid, gid) : chown(entry->path, uid, gid)))
		warn_errno(entry->path);
	return recursive ? TREE_GO : TREE_SKIP;
}

static void owner_parse(char *text, bool only_group)
{
	char *colon = strchr(text, ':');

	if (only_group)
		colon = text;
	else if (colon)
		*colon++ = '\0';
	if (!only_group && *text && !user_id(text, &uid))
		die(1, "%s: no such user", text);
	if (colon && *colon && !group_id(colon, &gid))
		die(1, "%s: no such group", colon);
}

int main(int argc, char **argv)
{
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "hR")) != -1) {
		switch (c) {
		case 'h':
			links = true;
			break;
		case 'R':
			recursive = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (!argv[0] || !argv[1])
		die_usage(1);
	owner_parse(*argv++, !strcmp(program_name, "chgrp"));
	for (; *argv; argv++)
		tree_walk(*argv, 0, change, NULL);
	return program_status;
}
