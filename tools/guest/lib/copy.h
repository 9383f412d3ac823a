/* Copying files with what belongs to them: for cp, mv. */
#ifndef GUEST_COPY_H
#define GUEST_COPY_H

#include <stdbool.h>

struct copy_options {
	bool recursive; /* folders too */
	bool preserve;	/* mode, owner, times */
	bool follow; /* what symbolic links point to; else the links themselves (when recursive) */
	bool follow_top;  /* the same for the paths given only */
	bool force;	  /* remove a target that cannot be opened */
	bool interactive; /* ask before overwriting */
	bool keep;	  /* never overwrite */
	bool update;	  /* overwrite only what is older */
	bool verbose;	  /* print 'from' -> 'to' */
	bool links;	  /* make hard links instead of copies */
};

/*
 * Copy `from` to `to` (not into it). Problems are reported by warn_errno; false if there were any.
 */
bool copy_path(const char *from, const char *to, const struct copy_options *options);

#endif
