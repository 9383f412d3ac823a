/*
 * Names handed over by user space: copied into the kernel once, checked for length, given back.
 *
 * The buffers are pages. A few stay in a pool so that the usual system call neither enters the page allocator nor pays
 * for the heap's checks; a name is at most PATH_MAX - sizeof(struct filename) bytes.
 */
#include "vfs/vfs.h"
#include <linux/gfp.h>

#define POOL_SIZE 8

static struct filename *pool[POOL_SIZE]; /* preemption off */
static unsigned int pool_count;

static struct filename *filename_alloc(void)
{
	struct filename *name = NULL;

	preempt_disable();
	if (pool_count)
		name = pool[--pool_count];
	preempt_enable();
	return name ? name : (struct filename *)__get_free_page(GFP_KERNEL);
}

static void filename_free(struct filename *name)
{
	preempt_disable();
	if (pool_count < POOL_SIZE) {
		pool[pool_count++] = name;
		name = NULL;
	}
	preempt_enable();
	if (name)
		free_page((unsigned long)name);
}

struct filename *getname_flags(const char __user *user, int flags, int *empty)
{
	struct filename *name = filename_alloc();
	long len;

	if (!name)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(name->iname, user, EMBEDDED_NAME_MAX);
	if (unlikely(len <= 0 || len >= EMBEDDED_NAME_MAX)) {
		if (len == 0 && empty)
			*empty = 1;
		if (len != 0 || !(flags & LOOKUP_EMPTY)) {
			filename_free(name);
			return ERR_PTR(len < 0 ? len : len == 0 ? -ENOENT : -ENAMETOOLONG);
		}
	}
	name->name = name->iname;
	name->uptr = user;
	name->len = len;
	name->refcnt = 1;
	return name;
}

struct filename *getname(const char __user *user)
{
	return getname_flags(user, 0, NULL);
}
EXPORT_SYMBOL(getname);

struct filename *getname_kernel(const char *text)
{
	size_t len = strlen(text);
	struct filename *name;

	if (len >= EMBEDDED_NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	name = filename_alloc();
	if (!name)
		return ERR_PTR(-ENOMEM);
	memcpy(name->iname, text, len + 1);
	name->name = name->iname;
	name->uptr = NULL;
	name->len = len;
	name->refcnt = 1;
	return name;
}
EXPORT_SYMBOL(getname_kernel);

void putname(struct filename *name)
{
	if (!IS_ERR_OR_NULL(name) && --name->refcnt == 0)
		filename_free(name);
}
EXPORT_SYMBOL(putname);
