/* Walking a folder and all that is in it. */
#ifndef GUEST_TREE_H
#define GUEST_TREE_H

#include <sys/stat.h>

enum tree_event {
	TREE_FILE,  /* anything but a folder */
	TREE_ENTER, /* a folder, before what is in it */
	TREE_LEAVE, /* a folder, after what is in it */
};

enum tree_answer {
	TREE_GO,
	TREE_SKIP, /* at TREE_ENTER: not into this folder (TREE_LEAVE does not come) */
	TREE_STOP, /* end the walk */
};

struct tree_entry {
	enum tree_event event;
	const char *path; /* beginning with what was given to tree_walk */
	const char *name; /* the last component, in path */
	int depth;	  /* 0: what was given */
	struct stat st;	  /* of the link itself unless followed */
};

enum {
	TREE_FOLLOW = 1,     /* follow all symbolic links (loops are found and reported) */
	TREE_FOLLOW_TOP = 2, /* follow only the path given */
	TREE_SORTED = 4,     /* names in order of their bytes */
};

/*
 * Call `visit` for path and all below it. What cannot be read is reported by warn_errno and left
 * out. Returns 0, or -1 after TREE_STOP.
 */
int tree_walk(const char *path, int flags,
	      enum tree_answer (*visit)(struct tree_entry *entry, void *data), void *data);

#endif
