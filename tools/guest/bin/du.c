/* du: show how much space files take */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "../lib/number.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"
#include "../lib/tree.h"

USAGE("[-abchkms] [-d DEPTH] [FILE]...");

#define DEPTH_MAX 256

static bool all, bytes, human, summary;
static int depth_shown = DEPTH_MAX, unit = 1024;
static unsigned long long
	sums[DEPTH_MAX + 2]; /* of the folder at each depth that is being walked */

static void print(unsigned long long size, const char *path)
{
	char room[24];

	if (human)
		printf("%s\t%s\n", size_human(room, size), path);
	else
		printf("%llu\t%s\n", (size + (unsigned int)unit - 1) / (unsigned int)unit, path);
}

/* Files with several links are counted once. */
static bool seen(const struct stat *st)
{
	static struct {
		dev_t dev;
		ino_t ino;
	} * files;
	static size_t count, room;

	if (st->st_nlink < 2 || S_ISDIR(st->st_mode))
		return false;
	for (size_t i = 0; i < count; i++)
		if (files[i].ino == st->st_ino && files[i].dev == st->st_dev)
			return true;
	if (count == room)
		files = memory_resize(files, (room = room ? room * 2 : 64) * sizeof(*files));
	files[count].dev = st->st_dev;
	files[count++].ino = st->st_ino;
	return false;
}

static enum tree_answer visit(struct tree_entry *entry, void *data)
{
	unsigned long long size = bytes ? (unsigned long long)entry->st.st_size
					: (unsigned long long)entry->st.st_blocks * 512;
	int depth = entry->depth;

	if (depth > DEPTH_MAX) {
		warn_text("%s: too deep", entry->path);
		return TREE_SKIP;
	}
	if (entry->event == TREE_ENTER) {
		sums[depth] = size;
		return TREE_GO;
	}
	if (entry->event == TREE_LEAVE)
		size = sums[depth];
	else if (seen(&entry->st))
		return TREE_GO;
	if ((entry->event == TREE_LEAVE || all || !depth) && depth <= depth_shown &&
	    (!summary || !depth))
		print(size, entry->path);
	if (depth)
		sums[depth - 1] += size;
	else
		*(unsigned long long *)data += size;
	return TREE_GO;
}

int main(int argc, char **argv)
{
	static char *here[] = { (char *)".", NULL };
	unsigned long long total = 0;
	bool show_total = false;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "abcd:hkmsx")) != -1) {
		switch (c) {
		case 'a':
			all = true;
			break;
		case 'b':
			bytes = true;
			unit = 1;
			break;
		case 'c':
			show_total = true;
			break;
		case 'd':
			depth_shown = (int)number_or_die(optarg);
			break;
		case 'h':
			human = true;
			break;
		case 'k':
			unit = 1024;
			break;
		case 'm':
			unit = 1 << 20;
			break;
		case 's':
			summary = true;
			break;
		case 'x':
			break;
		default:
			die_usage(1);
		}
	}
	for (argv = argv[optind] ? argv + optind : here; *argv; argv++)
		tree_walk(*argv, 0, visit, &total);
	if (show_total)
		print(total, "total");
	return program_finish(program_status);
}
