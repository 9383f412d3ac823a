/* Caches that give memory back when it runs short. As Linux's <linux/shrinker.h>. */
#ifndef _LINUX_SHRINKER_H
#define _LINUX_SHRINKER_H

#include <linux/types.h>
#include <linux/list.h>

struct shrink_control {
	gfp_t gfp_mask;		  /* of the allocation that needs memory: no I/O without __GFP_IO */
	int nid;		  /* 0 */
	unsigned long nr_to_scan; /* objects to look at */
	unsigned long nr_scanned;
};

#define SHRINK_STOP (~0UL)	/* nothing can be freed now */
#define SHRINK_EMPTY (~0UL - 1) /* there is nothing */
#define DEFAULT_SEEKS 2

struct shrinker {
	/* How many objects could be freed. Must not sleep for memory. */
	unsigned long (*count_objects)(struct shrinker *s, struct shrink_control *sc);
	/* Free some; returns how many, or SHRINK_STOP. */
	unsigned long (*scan_objects)(struct shrinker *s, struct shrink_control *sc);
	long batch; /* objects per call, 0: 128 */
	int seeks;  /* cost of making one again */
	unsigned int flags;
	struct list_head list; /* private */
};

/* 0. Process context. The structure is used until unregister_shrinker() returns. */
int register_shrinker(struct shrinker *shrinker);
void unregister_shrinker(struct shrinker *shrinker);

#endif
