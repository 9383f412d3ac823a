/* The heap's own structures: shared by the allocator (slab.c), its checks and reports (slab_check.c, slab_owner.c). */
#ifndef MM_SLAB_H
#define MM_SLAB_H

#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/page-flags.h>
#include <linux/slab.h>

#define CACHE_NAME_MAX 32

struct kmem_cache {
	/* hot part */
	void *hot;		/* free objects at hand, linked */
	unsigned int hot_count; /* how many */
	unsigned int hot_max;	/* more than this go back to their slabs */
	int link;		/* where in a free object the link is, from its address */
	unsigned int size;	/* of an object, as asked for */
	unsigned int stride;	/* from one object to the next */
	unsigned int offset;	/* of the first object in a slab */
	void (*ctor)(void *);
	/* cold part */
	struct list_head partial; /* slabs with free objects, by page->lru */
	struct list_head full;	  /* slabs without */
	unsigned int slabs;	  /* number of slabs */
	unsigned int empty;	  /* of them without objects in use */
	unsigned int per_slab;	  /* objects in one */
	unsigned int order;	  /* pages of one: 1 << order */
	unsigned int align;
	unsigned int live; /* objects handed out */
	gfp_t gfp;	   /* added to each request for pages */
	slab_flags_t flags;
	struct module *owner;	 /* module that created it */
	struct list_head caches; /* in slab_caches */
	char name[CACHE_NAME_MAX];
};

extern struct list_head slab_caches;
extern struct page *slab_held; /* slab that is being walked: not given back when it becomes empty */

#ifdef CONFIG_DEBUG_SLAB

/* In front of each object; magic is also the left redzone. */
struct slab_header {
	union {
		struct module *owner;	 /* live: who it belongs to */
		unsigned long free_site; /* free: who freed it */
	};
	unsigned long site; /* who allocated it (last) */
	union {
		u32 size;   /* live: bytes asked for */
		void *next; /* free: link */
	};
	u32 magic;
};

#define SLAB_HEADER sizeof(struct slab_header)
#define SLAB_REDZONE sizeof(u32)
#define MAGIC_LIVE 0xa11ce5edu	    /* each combined with the object's address */
#define MAGIC_FREE 0xf4ee0b1eu	    /* first POISON_SHORT bytes are poisoned */
#define MAGIC_FREE_FULL 0xf4ee0fffu /* all of it is */
#define MAGIC_FRESH 0xf4e5f4e5u	    /* never used */
#define REDZONE_VALUE 0xfe0ff1ceu
#define POISON_SHORT 16

static inline struct slab_header *slab_header(const void *object)
{
	return (struct slab_header *)object - 1;
}

static inline bool slab_is(const void *object, u32 magic)
{
	return slab_header(object)->magic == (magic ^ (u32)(unsigned long)object);
}

static inline void slab_mark(void *object, u32 magic)
{
	slab_header(object)->magic = magic ^ (u32)(unsigned long)object;
}

/* slab_check.c: every function reports what it finds. */
bool slab_check_take(struct kmem_cache *cache, void *object, unsigned long site);
bool slab_check_give(struct kmem_cache *cache, void *object, unsigned long site);
void slab_poison(struct kmem_cache *cache, void *object, bool whole);
/* p was given to kfree() and is no heap object. */
void slab_report_wild(const void *p, unsigned long site);
void slab_report_cache(struct kmem_cache *asked, struct kmem_cache *real, const void *p,
		       unsigned long site);

/* slab_owner.c */
bool slab_owner_charge(struct module *owner, size_t size);
void slab_owner_uncharge(struct module *owner, size_t size);

#else

#define SLAB_HEADER 0
#define SLAB_REDZONE 0

#endif

/* Blocks of pages that kmalloc() gave to modules, by page->lru. */
extern struct list_head slab_large_owned;

/* Takes p, a live object of cache, back. site: who frees. */
void slab_free(struct kmem_cache *cache, void *p, unsigned long site);
void slab_free_large(struct page *page, unsigned long site);
/* Cache and slab page of a heap object; NULL if p is none. */
struct page *slab_page_of(const void *p);
/* Gives unused memory of a cache back; number of slabs. */
unsigned int slab_cache_trim(struct kmem_cache *cache);
/* Releases a cache with everything in it. */
void slab_cache_release(struct kmem_cache *cache);

#endif
