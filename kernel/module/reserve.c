/*
 * The first of two stages: a loader program has memory reserved for a named module, learns its address, and links the
 * object to it. A reservation takes the module's name, belongs to the process that made it and ends with it (or with
 * its next program), with delete_module(), or in the load that uses it. Its memory holds nothing until then.
 * Lock: module_mutex.
 */
#include "module/module.h"
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/memory.h>
#include <rakit/reserve.h>

struct reservation {
	struct list_head list;
	char name[MODULE_NAME_LEN];
	void *block;
	unsigned int size; /* a multiple of the page */
	pid_t loader;	   /* process */
};

static LIST_HEAD(reservations);

static struct reservation *reservation_of(const char *name)
{
	struct reservation *r;

	list_for_each_entry(r, &reservations, list)
		if (!strcmp(r->name, name))
			return r;
	return NULL;
}

static void drop(struct reservation *r)
{
	list_del(&r->list);
	module_memfree(r->block);
	kfree(r);
}

static bool is_taken(const char *name)
{
	return module_find(name) || load_of(name) || reservation_of(name);
}

static int reserve(struct reservation *r)
{
	int error = mutex_lock_interruptible(&module_mutex);

	if (error)
		return -EINTR;
	if (is_taken(r->name))
		error = -EEXIST;
	else
		list_add(&r->list, &reservations);
	mutex_unlock(&module_mutex);
	if (error)
		pr_err("module: %s: not reserved: a module of this name is there or being loaded; "
		       "rmmod %s\n",
		       r->name, r->name);
	return error;
}

int module_reserve(const char *name, size_t size, unsigned long *address)
{
	struct reservation *r;
	int error = -ENOMEM;

	if (!module_name_valid(name) || size < sizeof(struct module))
		return -EINVAL;
	if (size > LINK_MAX_SIZE)
		return -ENOMEM;
	r = kzalloc(sizeof(*r), GFP_KERNEL);
	if (!r)
		return -ENOMEM;
	strscpy(r->name, name, sizeof(r->name));
	r->size = PAGE_ALIGN(size);
	r->loader = current->tgid;
	r->block = module_alloc(r->size);
	*address = (unsigned long)r->block;
	if (r->block)
		error = reserve(r);
	if (!error)
		return 0;
	if (r->block)
		module_memfree(r->block);
	kfree(r);
	return error;
}

int reservation_claim(struct load *load)
{
	struct reservation *r = reservation_of(load->name);

	if (!load->linked) {
		if (!r)
			return 0;
		return load_refuse(load, -EEXIST,
				   "reserved by a loader program, pid %d; rmmod %s gives it back",
				   r->loader, load->name);
	}
	if (!r || r->loader != current->tgid)
		return load_refuse(
			load, -ENOENT,
			"this process has no memory reserved for it; create_module() comes first");
	if ((unsigned long)r->block != load->linked->address)
		return load_refuse(load, -EINVAL, "linked for %#lx, but %p is reserved",
				   load->linked->address, r->block);
	load->reserved = r->block;
	load->reserved_size = r->size;
	list_del(&r->list);
	kfree(r);
	return 0;
}

bool reservation_drop(const char *name)
{
	struct reservation *r = reservation_of(name);

	if (r)
		drop(r);
	return r != NULL;
}

bool reservation_find(const char *name, struct module_info *info)
{
	struct reservation *r = reservation_of(name);

	if (r)
		*info = (struct module_info){ .addr = (unsigned long)r->block,
					      .size = r->size,
					      .flags = MOD_UNINITIALIZED };
	return r != NULL;
}

void module_reservations_end(pid_t loader)
{
	struct reservation *r, *next;

	if (list_empty(&reservations))
		return;
	mutex_lock(&module_mutex);
	list_for_each_entry_safe(r, next, &reservations, list)
		if (r->loader == loader)
			drop(r);
	mutex_unlock(&module_mutex);
}
