/*
 * The kernel heap: kmalloc() for any size, kmem_cache_*() for many objects of one type.
 * With CONFIG_DEBUG_SLAB each object has a header with owner (module or kernel) and call site and a redzone behind it,
 * and freed memory is poisoned; overflow, underflow, double free, wild free and write after free are reported with the
 * call sites of allocation and free, and the object is not used again.
 * Context: gfp decides (GFP_KERNEL may sleep, GFP_ATOMIC is for any context); freeing is allowed in any context.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/types.h>
#include <linux/gfp.h>
#include <linux/limits.h>

struct kmem_cache;
struct module;

#define ARCH_KMALLOC_MINALIGN 8
#define KMALLOC_MAX_SIZE (PAGE_SIZE << (MAX_ORDER - 1)) /* 4 MiB */
#define ZERO_SIZE_PTR ((void *)16)			/* what kmalloc(0) returns; may be freed */
#define ZERO_OR_NULL_PTR(x) ((unsigned long)(x) <= (unsigned long)ZERO_SIZE_PTR)

/* kmem_cache_create() flags: Linux's values. Those not named in a comment are accepted and change nothing. */
#define SLAB_CONSISTENCY_CHECKS 0x00000100U
#define SLAB_RED_ZONE 0x00000400U
#define SLAB_POISON 0x00000800U
#define SLAB_HWCACHE_ALIGN 0x00002000U /* align to cache lines */
#define SLAB_CACHE_DMA 0x00004000U     /* below 16 MiB */
#define SLAB_STORE_USER 0x00010000U
#define SLAB_RECLAIM_ACCOUNT 0x00020000U
#define SLAB_PANIC 0x00040000U /* panic if it cannot be created */
#define SLAB_TYPESAFE_BY_RCU 0x00080000U
#define SLAB_MEM_SPREAD 0x00100000U
#define SLAB_NOLEAKTRACE 0x00800000U
#define SLAB_ACCOUNT 0x04000000U
#define SLAB_TEMPORARY SLAB_RECLAIM_ACCOUNT

/*
 * kmalloc - size bytes (0..KMALLOC_MAX_SIZE), aligned to 8, uninitialised
 * Returns NULL without memory (reported unless __GFP_NOWARN), ZERO_SIZE_PTR for size 0.
 */
void *kmalloc(size_t size, gfp_t gfp) __malloc;
void *kzalloc(size_t size, gfp_t gfp) __malloc; /* zeroed */
/* n * size bytes; NULL also when the product overflows. */
void *kmalloc_array(size_t n, size_t size, gfp_t gfp) __malloc;
void *kcalloc(size_t n, size_t size, gfp_t gfp) __malloc;
void *krealloc_array(void *p, size_t n, size_t size, gfp_t gfp);
/*
 * krealloc - change the size; content is kept up to the smaller one. p NULL: as kmalloc; size 0: frees, returns
 * ZERO_SIZE_PTR. On failure NULL, and p is as before.
 */
void *krealloc(const void *p, size_t size, gfp_t gfp);
/* Frees what the functions above gave; NULL and ZERO_SIZE_PTR are ignored. Misuse is reported and does nothing. */
void kfree(const void *p);
void kfree_sensitive(const void *p); /* zeroes it before */
#define kzfree kfree_sensitive
/* Bytes that may be used of an object: at least what was asked for. */
size_t ksize(const void *p);

void *kmalloc_node(size_t size, gfp_t gfp, int node);
void *kzalloc_node(size_t size, gfp_t gfp, int node);
/* As kmalloc(), attributed to the given call site. */
void *kmalloc_track_caller(size_t size, gfp_t gfp, unsigned long caller);

/* Copies; NULL without memory, or for s NULL. kstrndup: at most max characters. */
char *kstrdup(const char *s, gfp_t gfp) __malloc;
char *kstrndup(const char *s, size_t max, gfp_t gfp) __malloc;
const char *kstrdup_const(const char *s, gfp_t gfp);
void kfree_const(const void *p);
void *kmemdup(const void *src, size_t len, gfp_t gfp);
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp);
/* From user memory: ERR_PTR(-ENOMEM), ERR_PTR(-EFAULT); strndup_user: ERR_PTR(-EINVAL) if longer than n with NUL. */
void *memdup_user(const void __user *src, size_t len);
void *memdup_user_nul(const void __user *src, size_t len);
void *vmemdup_user(const void __user *src, size_t len);
char *strndup_user(const char __user *s, long n);

/*
 * kmem_cache_create - a cache of objects of one size
 * @name: for /proc/slabinfo and reports (copied); @size: bytes; @align: 0 or a power of two up to 4096;
 * @flags: SLAB_*; @ctor: called once for each new object, or NULL
 * Returns NULL without memory or with bad arguments (SLAB_PANIC: panics). Process context. In the caller's ledger.
 */
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     slab_flags_t flags, void (*ctor)(void *));
struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,
					      unsigned int align, slab_flags_t flags,
					      unsigned int useroffset, unsigned int usersize,
					      void (*ctor)(void *));
/* Objects that are still in use are reported with owner and site, and the cache is then kept. NULL is ignored. */
void kmem_cache_destroy(struct kmem_cache *cache);
int kmem_cache_shrink(struct kmem_cache *cache);
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp) __malloc;
void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp) __malloc;
void *kmem_cache_alloc_node(struct kmem_cache *cache, gfp_t gfp, int node) __malloc;
void kmem_cache_free(struct kmem_cache *cache, void *p);
unsigned int kmem_cache_size(struct kmem_cache *cache);

#define KMEM_CACHE(type, flags) \
	kmem_cache_create(#type, sizeof(struct type), __alignof__(struct type), (flags), NULL)

#endif
