/*
 * Character devices: who owns which numbers, and who serves them.
 *
 * 1. Numbers are reserved in regions (major, first minor, count): a list per major, for /proc/devices and against double
 *    use. Serving is separate: a cdev answers for a range of numbers, and is found by looking the number up in the
 *    xarray of its range's pages of 256 minors, so an open costs the same with many devices.
 * 2. Opening a node finds the cdev (asking for module char-major-MAJOR-MINOR if there is none), pins its module, and goes
 *    on with its operations. The inode remembers the cdev (i_cdev) until the cdev or the inode goes.
 * 3. After cdev_del() new opens get -ENXIO; files that are open keep the module pinned and work on, unless the module is
 *    stopped: then module_files_revoke() cuts them off.
 * 4. chrdev_mutex protects regions and map; cdev_lock the link between inodes and cdevs.
 */
#include <linux/cdev.h>
#include <linux/export.h>
#include <linux/kmod.h>
#include <linux/major.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/xarray.h>
#include <rakit/ledger.h>
#include "device/device.h"

#define PAGE_MINORS 256

struct region {
	struct list_head list; /* of the major, ascending by first minor */
	unsigned int major, first, last;
	struct module *owner;
	struct cdev *cdev; /* made by __register_chrdev() */
	char name[64];
};

static struct list_head regions[CHRDEV_MAJOR_MAX];
static DEFINE_MUTEX(chrdev_mutex);
static DEFINE_XARRAY(
	served); /* dev_t -> struct cdev, for ranges up to PAGE_MINORS, one entry per number */
static LIST_HEAD(wide); /* larger ranges */
static DEFINE_SPINLOCK(cdev_lock);

/* A range too wide for one entry per number. */
struct wide_range {
	struct list_head list;
	dev_t first, last;
	struct cdev *cdev;
};

/* Regions. */

static struct region *region_conflict(unsigned int major, unsigned int first, unsigned int last)
{
	struct region *r;

	list_for_each_entry(r, &regions[major], list)
		if (first <= r->last && r->first <= last)
			return r;
	return NULL;
}

static int find_free_major(void)
{
	int major;

	for (major = 254; major >= CHRDEV_MAJOR_DYN_END; major--)
		if (list_empty(&regions[major]))
			return major;
	for (major = CHRDEV_MAJOR_DYN_EXT_START; major >= CHRDEV_MAJOR_DYN_EXT_END; major--)
		if (list_empty(&regions[major]))
			return major;
	return -EBUSY;
}

static void region_insert(struct region *new)
{
	struct list_head *at;

	for (at = regions[new->major].next; at != &regions[new->major]; at = at->next)
		if (list_entry(at, struct region, list)->first > new->first)
			break;
	list_add_tail(&new->list, at);
}

/* major 0: any free one. ERR_PTR(-EBUSY, -EINVAL, -ENOMEM). */
static struct region *region_reserve(unsigned int major, unsigned int first, unsigned int count,
				     const char *name, unsigned long site)
{
	struct module *owner = ledger_owner_of(site);
	struct region *r, *other;
	int error;

	if (major >= CHRDEV_MAJOR_MAX || !count || first > MINORMASK ||
	    count - 1 > MINORMASK - first) {
		pr_err("chrdev: %s: %u:%u, %u numbers: no valid range\n", name, major, first,
		       count);
		return ERR_PTR(-EINVAL);
	}
	r = kzalloc(sizeof(*r), GFP_KERNEL);
	if (!r)
		return ERR_PTR(-ENOMEM);
	mutex_lock(&chrdev_mutex);
	if (!major) {
		error = find_free_major();
		if (error < 0) {
			pr_err("chrdev: %s: no major number is free\n", name);
			goto fail;
		}
		major = error;
	}
	error = -EBUSY;
	other = region_conflict(major, first, first + count - 1);
	if (other) {
		pr_err("chrdev: %s: %u:%u-%u: held by %s (%s)\n", name, major, first,
		       first + count - 1, module_name(other->owner), other->name);
		goto fail;
	}
	r->major = major;
	r->first = first;
	r->last = first + count - 1;
	r->owner = owner;
	strscpy(r->name, name, sizeof(r->name));
	error = ledger_add(owner, LEDGER_CHRDEV, r, MKDEV(major, first), count, name, site);
	if (error)
		goto fail;
	region_insert(r);
	mutex_unlock(&chrdev_mutex);
	return r;
fail:
	mutex_unlock(&chrdev_mutex);
	kfree(r);
	return ERR_PTR(error);
}

static struct region *region_take(unsigned int major, unsigned int first, unsigned int count)
{
	struct region *r, *found = NULL;

	if (major >= CHRDEV_MAJOR_MAX)
		return NULL;
	mutex_lock(&chrdev_mutex);
	list_for_each_entry(r, &regions[major], list) {
		if (r->first == first && r->last == first + count - 1) {
			list_del(&r->list);
			found = r;
			break;
		}
	}
	mutex_unlock(&chrdev_mutex);
	return found;
}

static void region_free(struct region *r)
{
	ledger_remove(LEDGER_CHRDEV, r);
	if (r->cdev)
		cdev_del(r->cdev);
	kfree(r);
}

int register_chrdev_region(dev_t from, unsigned int count, const char *name)
{
	return PTR_ERR_OR_ZERO(region_reserve(MAJOR(from), MINOR(from), count, name, _RET_IP_));
}
EXPORT_SYMBOL(register_chrdev_region);

int alloc_chrdev_region(dev_t *dev, unsigned int baseminor, unsigned int count, const char *name)
{
	struct region *r = region_reserve(0, baseminor, count, name, _RET_IP_);

	if (IS_ERR(r))
		return PTR_ERR(r);
	*dev = MKDEV(r->major, r->first);
	return 0;
}
EXPORT_SYMBOL(alloc_chrdev_region);

void unregister_chrdev_region(dev_t from, unsigned int count)
{
	struct region *r = region_take(MAJOR(from), MINOR(from), count);

	if (r)
		region_free(r);
	else
		pr_warn("chrdev: %u:%u, %u numbers: not registered\n", MAJOR(from), MINOR(from),
			count);
}
EXPORT_SYMBOL(unregister_chrdev_region);

static int cdev_add_owned(struct cdev *cdev, dev_t dev, unsigned int count, struct module *owner,
			  unsigned long site);

int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
		      const char *name, const struct file_operations *fops)
{
	struct region *r = region_reserve(major, baseminor, count, name, _RET_IP_);
	struct cdev *cdev;
	int error = -ENOMEM;

	if (IS_ERR(r))
		return PTR_ERR(r);
	cdev = cdev_alloc();
	if (cdev) {
		cdev->owner = fops->owner;
		cdev->ops = fops;
		kobject_set_name(&cdev->kobj, "%s", name);
		error = cdev_add_owned(cdev, MKDEV(r->major, baseminor), count, NULL, 0);
		if (error)
			kobject_put(&cdev->kobj);
	}
	if (error) {
		region_free(region_take(r->major, r->first, count));
		return error;
	}
	r->cdev = cdev;
	return major ? 0 : (int)r->major;
}
EXPORT_SYMBOL(__register_chrdev);

void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
			 const char *name)
{
	struct region *r = region_take(major, baseminor, count);

	if (r)
		region_free(r);
	else
		pr_warn("chrdev: %s: major %u: not registered\n", name, major);
}
EXPORT_SYMBOL(__unregister_chrdev);

/* Which cdev serves a number. */

static int serve(struct cdev *cdev, dev_t dev, unsigned int count)
{
	struct wide_range *w;
	unsigned int i;
	int error = 0;

	if (count > PAGE_MINORS) {
		w = kmalloc(sizeof(*w), GFP_KERNEL);
		if (!w)
			return -ENOMEM;
		w->first = dev;
		w->last = dev + count - 1;
		w->cdev = cdev;
		list_add(&w->list, &wide);
		return 0;
	}
	for (i = 0; i < count && !error; i++)
		error = xa_insert(&served, dev + i, cdev, GFP_KERNEL);
	if (error) {
		struct cdev *other = xa_load(&served, dev + i - 1);

		if (error == -EBUSY)
			pr_err("cdev: %u:%u: served by %s already\n", MAJOR(dev),
			       MINOR(dev) + i - 1, module_name(other ? other->owner : NULL));
		while (--i > 0)
			xa_erase(&served, dev + i - 1);
	}
	return error;
}

static void stop_serving(struct cdev *cdev)
{
	struct wide_range *w, *next;
	unsigned int i;

	if (cdev->count <= PAGE_MINORS) {
		for (i = 0; i < cdev->count; i++)
			xa_cmpxchg(&served, cdev->dev + i, cdev, NULL, GFP_KERNEL);
		return;
	}
	list_for_each_entry_safe(w, next, &wide, list) {
		if (w->cdev == cdev) {
			list_del(&w->list);
			kfree(w);
		}
	}
}

static struct cdev *server_of(dev_t dev)
{
	struct cdev *cdev = xa_load(&served, dev);
	struct wide_range *w;

	if (cdev)
		return cdev;
	list_for_each_entry(w, &wide, list)
		if (dev >= w->first && dev <= w->last)
			return w->cdev;
	return NULL;
}

/* The cdev with a reference on it and on its module; NULL: none, or its module is going. */
static struct cdev *cdev_find(dev_t dev)
{
	struct cdev *cdev;

	mutex_lock(&chrdev_mutex);
	cdev = server_of(dev);
	if (cdev && !try_module_get(cdev->owner))
		cdev = NULL;
	if (cdev)
		kobject_get(&cdev->kobj);
	mutex_unlock(&chrdev_mutex);
	return cdev;
}

/* Cdevs. */

static void cdev_purge(struct cdev *cdev)
{
	spin_lock(&cdev_lock);
	while (!list_empty(&cdev->list)) {
		struct inode *inode = list_first_entry(&cdev->list, struct inode, i_devices);

		list_del_init(&inode->i_devices);
		inode->i_cdev = NULL;
	}
	spin_unlock(&cdev_lock);
}

static void cdev_static_release(struct kobject *kobj)
{
	struct cdev *cdev = container_of(kobj, struct cdev, kobj);
	struct kobject *parent = kobj->parent;

	cdev_purge(cdev);
	kobject_put(parent);
}

static void cdev_dynamic_release(struct kobject *kobj)
{
	struct cdev *cdev = container_of(kobj, struct cdev, kobj);
	struct kobject *parent = kobj->parent;

	cdev_purge(cdev);
	kfree(cdev);
	kobject_put(parent);
}

static struct kobj_type cdev_static_ktype = { .release = cdev_static_release };
static struct kobj_type cdev_dynamic_ktype = { .release = cdev_dynamic_release };

void cdev_init(struct cdev *cdev, const struct file_operations *fops)
{
	memset(cdev, 0, sizeof(*cdev));
	INIT_LIST_HEAD(&cdev->list);
	kobject_init(&cdev->kobj, &cdev_static_ktype);
	cdev->ops = fops;
}
EXPORT_SYMBOL(cdev_init);

struct cdev *cdev_alloc(void)
{
	struct cdev *cdev = kzalloc(sizeof(*cdev), GFP_KERNEL);

	if (cdev) {
		INIT_LIST_HEAD(&cdev->list);
		kobject_init(&cdev->kobj, &cdev_dynamic_ktype);
		cdev->dynamic = true;
	}
	return cdev;
}
EXPORT_SYMBOL(cdev_alloc);

void cdev_put(struct cdev *cdev)
{
	if (cdev) {
		struct module *owner = cdev->owner;

		kobject_put(&cdev->kobj);
		module_put(owner);
	}
}

static int cdev_add_owned(struct cdev *cdev, dev_t dev, unsigned int count, struct module *owner,
			  unsigned long site)
{
	int error;

	if (!count || !cdev->ops)
		return -EINVAL;
	cdev->dev = dev;
	cdev->count = count;
	error = ledger_add(owner, LEDGER_CHRDEV, cdev, dev, count, "cdev", site);
	if (error)
		return error;
	mutex_lock(&chrdev_mutex);
	error = serve(cdev, dev, count);
	mutex_unlock(&chrdev_mutex);
	if (error) {
		ledger_remove(LEDGER_CHRDEV, cdev);
		return error;
	}
	kobject_get(cdev->kobj.parent);
	return 0;
}

int cdev_add(struct cdev *cdev, dev_t dev, unsigned int count)
{
	return cdev_add_owned(cdev, dev, count, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL(cdev_add);

void cdev_del(struct cdev *cdev)
{
	mutex_lock(&chrdev_mutex);
	stop_serving(cdev);
	mutex_unlock(&chrdev_mutex);
	ledger_remove(LEDGER_CHRDEV, cdev);
	cdev_purge(cdev);
	kobject_put(&cdev->kobj);
}
EXPORT_SYMBOL(cdev_del);

void cdev_set_parent(struct cdev *cdev, struct kobject *kobj)
{
	cdev->kobj.parent = kobj;
}
EXPORT_SYMBOL(cdev_set_parent);

int cdev_device_add(struct cdev *cdev, struct device *dev)
{
	int error;

	if (dev->devt) {
		cdev_set_parent(cdev, &dev->kobj);
		error = cdev_add_owned(cdev, dev->devt, 1, ledger_owner_of(_RET_IP_), _RET_IP_);
		if (error)
			return error;
	}
	error = device_add(dev);
	if (error && dev->devt)
		cdev_del(cdev);
	return error;
}
EXPORT_SYMBOL(cdev_device_add);

void cdev_device_del(struct cdev *cdev, struct device *dev)
{
	device_del(dev);
	if (dev->devt)
		cdev_del(cdev);
}
EXPORT_SYMBOL(cdev_device_del);

void cd_forget(struct inode *inode)
{
	spin_lock(&cdev_lock);
	list_del_init(&inode->i_devices);
	inode->i_cdev = NULL;
	spin_unlock(&cdev_lock);
}

/* Opening. */

/* The cdev of a node, referenced with its module. */
static struct cdev *cdev_of_inode(struct inode *inode)
{
	struct cdev *cdev;

	spin_lock(&cdev_lock);
	cdev = inode->i_cdev;
	if (cdev && !try_module_get(cdev->owner))
		cdev = NULL;
	if (cdev)
		kobject_get(&cdev->kobj);
	spin_unlock(&cdev_lock);
	if (cdev)
		return cdev;
	cdev = cdev_find(inode->i_rdev);
	if (!cdev) {
		if (request_module("char-major-%d-%d", imajor(inode), iminor(inode)) > 0)
			request_module("char-major-%d", imajor(inode));
		cdev = cdev_find(inode->i_rdev);
	}
	if (!cdev)
		return NULL;
	spin_lock(&cdev_lock);
	if (!inode->i_cdev) {
		inode->i_cdev = cdev;
		list_add(&inode->i_devices, &cdev->list);
	}
	spin_unlock(&cdev_lock);
	return cdev;
}

/* The operations pin the module for as long as the file is open; the cdev itself is needed only to find them. */
static int chrdev_open(struct inode *inode, struct file *file)
{
	struct cdev *cdev = cdev_of_inode(inode);
	const struct file_operations *fops;
	int error = 0;

	if (!cdev)
		return -ENXIO;
	fops = fops_get(cdev->ops);
	if (!fops) {
		cdev_put(cdev);
		return -ENXIO;
	}
	replace_fops(file, fops);
	if (fops->open)
		error = fops->open(inode, file);
	cdev_put(cdev);
	return error;
}

const struct file_operations def_chr_fops = { .open = chrdev_open, .llseek = noop_llseek };

/* What the ledger takes back: a region (with its cdev) or a cdev. */

static bool is_region(const void *object)
{
	struct region *r;
	unsigned int major;
	bool found = false;

	mutex_lock(&chrdev_mutex);
	for (major = 0; major < CHRDEV_MAJOR_MAX && !found; major++)
		list_for_each_entry(r, &regions[major], list)
			if (r == object)
				found = true;
	mutex_unlock(&chrdev_mutex);
	return found;
}

static void ledger_release_chrdev(const struct ledger_entry *entry)
{
	if (is_region(entry->object)) {
		struct region *r = region_take(MAJOR(entry->key), MINOR(entry->key), entry->size);

		if (r)
			region_free(r);
	} else {
		cdev_del((struct cdev *)entry->object);
	}
}

static void ledger_describe_chrdev(const struct ledger_entry *entry, char *buf, size_t size)
{
	unsigned int first = MINOR(entry->key);

	if (entry->size == 1)
		scnprintf(buf, size, "%u:%u", MAJOR(entry->key), first);
	else
		scnprintf(buf, size, "%u:%u-%u", MAJOR(entry->key), first,
			  first + (unsigned int)entry->size - 1);
}

static const struct ledger_kind_ops chrdev_kind = {
	.name = "chrdev",
	.release = ledger_release_chrdev,
	.describe = ledger_describe_chrdev,
};

/* The character part of /proc/devices; one line per region, as Linux does for regions with different names. */
void chrdev_show(struct seq_file *m)
{
	struct region *r, *last;
	unsigned int major;

	seq_puts(m, "Character devices:\n");
	mutex_lock(&chrdev_mutex);
	for (major = 0; major < CHRDEV_MAJOR_MAX; major++) {
		last = NULL;
		list_for_each_entry(r, &regions[major], list) {
			if (!last || strcmp(last->name, r->name))
				seq_printf(m, "%3u %s\n", major, r->name);
			last = r;
		}
	}
	mutex_unlock(&chrdev_mutex);
}

void chrdev_init(void)
{
	unsigned int major;

	for (major = 0; major < CHRDEV_MAJOR_MAX; major++)
		INIT_LIST_HEAD(&regions[major]);
	ledger_kind_register(LEDGER_CHRDEV, &chrdev_kind);
}
