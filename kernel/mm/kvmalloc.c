/* Allocations too large to be sure of contiguous pages: from the heap if it can, else from the vmalloc area. */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#define HEAP_FIRST (8 * PAGE_SIZE) /* up to here the heap is tried */

static void *allocate(size_t size, gfp_t gfp, unsigned long site)
{
	void *p;

	if (size <= HEAP_FIRST) {
		p = kmalloc_track_caller(
			size, size > PAGE_SIZE ? gfp | __GFP_NOWARN | __GFP_NORETRY : gfp, site);
		if (p || size <= PAGE_SIZE || !gfpflags_allow_blocking(gfp))
			return p;
	}
	return gfpflags_allow_blocking(gfp) ? __vmalloc(size, gfp) : NULL;
}

void *kvmalloc(size_t size, gfp_t gfp)
{
	return allocate(size, gfp, _RET_IP_);
}
EXPORT_SYMBOL(kvmalloc);

void *kvzalloc(size_t size, gfp_t gfp)
{
	return allocate(size, gfp | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL(kvzalloc);

static void *allocate_array(size_t n, size_t size, gfp_t gfp, unsigned long site)
{
	size_t bytes;

	return __builtin_mul_overflow(n, size, &bytes) ? NULL : allocate(bytes, gfp, site);
}

void *kvmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	return allocate_array(n, size, gfp, _RET_IP_);
}
EXPORT_SYMBOL(kvmalloc_array);

void *kvcalloc(size_t n, size_t size, gfp_t gfp)
{
	return allocate_array(n, size, gfp | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL(kvcalloc);

void kvfree(const void *addr)
{
	if (is_vmalloc_addr(addr))
		vfree(addr);
	else
		kfree(addr);
}
EXPORT_SYMBOL(kvfree);
