/*
 * Major numbers of block devices: who holds which. A holder is in its module's ledger and in the registry as
 * "block/<name>".
 *
 * Lock: major_mutex protects the table.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/genhd.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/ledger.h>
#include <rakit/registry.h>
#include "block/block.h"

#define BLKDEV_MAJORS 512
#define FIRST_DYNAMIC 254 /* free majors are given out downwards from here */

struct blkdev_major {
	unsigned int major;
	struct module *owner;
	char name[24];
};

static DEFINE_MUTEX(major_mutex);
static struct blkdev_major *majors[BLKDEV_MAJORS];

static int major_find_free(void)
{
	int major;

	for (major = FIRST_DYNAMIC; major > 0; major--)
		if (!majors[major])
			return major;
	return -EBUSY;
}

/* Fills the slot; under major_mutex. */
static int major_take(struct blkdev_major *new)
{
	struct blkdev_major *holder;

	if (!new->major) {
		int free = major_find_free();

		if (free < 0)
			return free;
		new->major = free;
	}
	holder = majors[new->major];
	if (holder) {
		pr_warn("blkdev: major %u: held by %s%s%s\n", new->major, holder->name,
			holder->owner ? "; rmmod " : "", holder->owner ? holder->owner->name : "");
		return -EBUSY;
	}
	majors[new->major] = new;
	return 0;
}

static void major_drop(struct blkdev_major *held)
{
	mutex_lock(&major_mutex);
	majors[held->major] = NULL;
	mutex_unlock(&major_mutex);
	kfree(held);
}

int register_blkdev(unsigned int major, const char *name)
{
	struct blkdev_major *new;
	char entry[40];
	int err;

	if (major >= BLKDEV_MAJORS || !name)
		return -EINVAL;
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	new->major = major;
	new->owner = ledger_owner_of(_RET_IP_);
	strscpy(new->name, name, sizeof(new->name));
	mutex_lock(&major_mutex);
	err = major_take(new);
	mutex_unlock(&major_mutex);
	if (err) {
		kfree(new);
		return err;
	}
	err = ledger_add(new->owner, LEDGER_BLKDEV, new, new->major, 0, name, _RET_IP_);
	if (err)
		goto undo_take;
	scnprintf(entry, sizeof(entry), "block/%s", new->name);
	err = registry_add(REGISTRY_DRIVER, entry, new->owner, new, 0, _RET_IP_);
	if (err)
		goto undo_ledger;
	return major ? 0 : (int)new->major;
undo_ledger:
	ledger_remove(LEDGER_BLKDEV, new);
undo_take:
	major_drop(new);
	return err;
}
EXPORT_SYMBOL(register_blkdev);

void unregister_blkdev(unsigned int major, const char *name)
{
	struct blkdev_major *held = major < BLKDEV_MAJORS ? majors[major] : NULL;

	if (!held || strncmp(held->name, name, sizeof(held->name) - 1)) {
		pr_warn("blkdev: major %u: released by %pS as %s, who does not hold it\n", major,
			(void *)_RET_IP_, name);
		return;
	}
	registry_remove(REGISTRY_DRIVER, held);
	ledger_remove(LEDGER_BLKDEV, held);
	major_drop(held);
}
EXPORT_SYMBOL(unregister_blkdev);

void blkdev_show(struct seq_file *seq)
{
	unsigned int major;

	mutex_lock(&major_mutex);
	for (major = 0; major < BLKDEV_MAJORS; major++)
		if (majors[major])
			seq_printf(seq, "%3u %s\n", major, majors[major]->name);
	mutex_unlock(&major_mutex);
}

static void major_ledger_release(const struct ledger_entry *entry)
{
	major_drop((struct blkdev_major *)entry->object);
}

static void major_ledger_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	scnprintf(buf, size, "major %u %s", (unsigned int)entry->key, entry->name);
}

static const struct ledger_kind_ops major_ledger_ops = {
	.name = "blkdev",
	.release = major_ledger_release,
	.describe = major_ledger_describe,
};

void major_init(void)
{
	ledger_kind_register(LEDGER_BLKDEV, &major_ledger_ops);
}
