/*
 * What a driver acquires for a device through devm_*: a list on the device, given back newest first when the driver is
 * unbound, its probe fails, or the device goes. devres_lock protects the list; release functions run without it.
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>

struct devres {
	struct list_head entry;
	dr_release_t release;
	u8 data[] __aligned(8);
};

static struct devres *to_devres(void *res)
{
	return container_of(res, struct devres, data);
}

void *__devres_alloc(dr_release_t release, size_t size, gfp_t gfp)
{
	struct devres *dr = kzalloc(sizeof(*dr) + size, gfp);

	if (!dr)
		return NULL;
	INIT_LIST_HEAD(&dr->entry);
	dr->release = release;
	return dr->data;
}
EXPORT_SYMBOL_GPL(__devres_alloc);

void devres_free(void *res)
{
	if (res)
		kfree(to_devres(res));
}
EXPORT_SYMBOL_GPL(devres_free);

void devres_add(struct device *dev, void *res)
{
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	list_add_tail(&to_devres(res)->entry, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
}
EXPORT_SYMBOL_GPL(devres_add);

static struct devres *find_locked(struct device *dev, dr_release_t release, dr_match_t match,
				  void *data)
{
	struct devres *dr;

	list_for_each_entry_reverse(dr, &dev->devres_head, entry)
		if (dr->release == release && (!match || match(dev, dr->data, data)))
			return dr;
	return NULL;
}

void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *data)
{
	struct devres *dr;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	dr = find_locked(dev, release, match, data);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return dr ? dr->data : NULL;
}
EXPORT_SYMBOL_GPL(devres_find);

void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match, void *data)
{
	struct devres *dr;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	dr = find_locked(dev, release, match, data);
	if (dr)
		list_del_init(&dr->entry);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return dr ? dr->data : NULL;
}
EXPORT_SYMBOL_GPL(devres_remove);

int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *data)
{
	void *res = devres_remove(dev, release, match, data);

	devres_free(res);
	return res ? 0 : -ENOENT;
}
EXPORT_SYMBOL_GPL(devres_destroy);

int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *data)
{
	void *res = devres_remove(dev, release, match, data);

	if (!res)
		return -ENOENT;
	release(dev, res);
	devres_free(res);
	return 0;
}
EXPORT_SYMBOL_GPL(devres_release);

int devres_release_all(struct device *dev)
{
	int count = 0;

	for (;;) {
		struct devres *dr = NULL;
		unsigned long flags;

		spin_lock_irqsave(&dev->devres_lock, flags);
		if (!list_empty(&dev->devres_head)) {
			dr = list_last_entry(&dev->devres_head, struct devres, entry);
			list_del_init(&dr->entry);
		}
		spin_unlock_irqrestore(&dev->devres_lock, flags);
		if (!dr)
			return count;
		dr->release(dev, dr->data);
		kfree(dr);
		count++;
	}
}

/* Memory. */

static void memory_release(struct device *dev, void *res)
{
}

static int match_address(struct device *dev, void *res, void *data)
{
	return res == data;
}

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp)
{
	void *memory = __devres_alloc(memory_release, size, gfp);

	if (memory)
		devres_add(dev, memory);
	return memory;
}
EXPORT_SYMBOL_GPL(devm_kmalloc);

void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return devm_kmalloc(dev, size, gfp); /* it is zeroed already */
}
EXPORT_SYMBOL_GPL(devm_kzalloc);

void *devm_kmalloc_array(struct device *dev, size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return NULL;
	return devm_kmalloc(dev, bytes, gfp);
}
EXPORT_SYMBOL_GPL(devm_kmalloc_array);

void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t gfp)
{
	return devm_kmalloc_array(dev, n, size, gfp);
}
EXPORT_SYMBOL_GPL(devm_kcalloc);

void devm_kfree(struct device *dev, const void *p)
{
	if (p && devres_destroy(dev, memory_release, match_address, (void *)p))
		dev_err(dev, "devm_kfree(%px): not allocated for it\n", p);
}
EXPORT_SYMBOL_GPL(devm_kfree);

void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp)
{
	void *p = devm_kmalloc(dev, len, gfp);

	return p ? memcpy(p, src, len) : NULL;
}
EXPORT_SYMBOL_GPL(devm_kmemdup);

char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp)
{
	return s ? devm_kmemdup(dev, s, strlen(s) + 1, gfp) : NULL;
}
EXPORT_SYMBOL_GPL(devm_kstrdup);

char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...)
{
	va_list args, again;
	char *p;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	p = devm_kmalloc(dev, len + 1, gfp);
	if (p)
		vsnprintf(p, len + 1, fmt, args);
	va_end(args);
	return p;
}
EXPORT_SYMBOL_GPL(devm_kasprintf);

/* Actions. */

struct action {
	void (*fn)(void *data);
	void *data;
};

static void action_release(struct device *dev, void *res)
{
	struct action *a = res;

	a->fn(a->data);
}

static int match_action(struct device *dev, void *res, void *wanted)
{
	struct action *a = res, *b = wanted;

	return a->fn == b->fn && a->data == b->data;
}

int devm_add_action(struct device *dev, void (*fn)(void *), void *data)
{
	struct action *a = __devres_alloc(action_release, sizeof(*a), GFP_KERNEL);

	if (!a)
		return -ENOMEM;
	a->fn = fn;
	a->data = data;
	devres_add(dev, a);
	return 0;
}
EXPORT_SYMBOL_GPL(devm_add_action);

int devm_add_action_or_reset(struct device *dev, void (*fn)(void *), void *data)
{
	int error = devm_add_action(dev, fn, data);

	if (error)
		fn(data);
	return error;
}
EXPORT_SYMBOL_GPL(devm_add_action_or_reset);

void devm_remove_action(struct device *dev, void (*fn)(void *), void *data)
{
	struct action wanted = { fn, data };

	devres_destroy(dev, action_release, match_action, &wanted);
}
EXPORT_SYMBOL_GPL(devm_remove_action);
