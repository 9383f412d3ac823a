/*
 * The face of the node tree that modules know as /sys: a directory per kobject, a file per attribute.
 *
 * Reading an attribute calls show once into a page, at position 0, and hands the page out from there; writing calls store
 * with the bytes of one write. While either runs the node is active, so that sysfs_remove_file() (and with it the
 * removal of the kobject) waits for it.
 *
 * Who owns a node: the directory of a kobject and the attributes that its ktype or device core makes belong to whoever owns
 * the kobject (owner NULL here, the kobject's own ledger entry covers them); an attribute added by sysfs_create_file() belongs
 * to the module that called it.
 */
#include "vfs/vfs.h"
#include "vfs/pseudo.h"
#include <linux/kobject.h>
#include <linux/magic.h>
#include <linux/mm.h>
#include <linux/poll.h>
#include <linux/vmalloc.h>
#include <rakit/ledger.h>
#include <rakit/pseudo_fs.h>

struct ptree sysfs_tree = { .name = "sysfs", .magic = SYSFS_MAGIC };
static DECLARE_WAIT_QUEUE_HEAD(notify_wait);

/* An attribute that is open. */
struct sysfs_open {
	struct mutex mutex; /* page, len */
	char *page;	    /* text of the last show */
	size_t len;
	int event; /* node->event that this reader has seen */
};

static int attr_open(struct pnode *node, struct inode *inode, struct file *file)
{
	struct sysfs_open *open = kzalloc(sizeof(*open), GFP_KERNEL);

	if (!open)
		return -ENOMEM;
	mutex_init(&open->mutex);
	file->private_data = open;
	return 0;
}

static void attr_release(struct pnode *node, struct inode *inode, struct file *file)
{
	struct sysfs_open *open = file->private_data;

	free_page((unsigned long)open->page);
	kfree(open);
}

static const struct sysfs_ops *ops_of(const struct pnode *node)
{
	return node->kobj->ktype ? node->kobj->ktype->sysfs_ops : NULL;
}

/* Makes the text; open->mutex is held. */
static ssize_t attr_show(struct pnode *node, struct sysfs_open *open)
{
	const struct sysfs_ops *ops = ops_of(node);
	ssize_t len;

	if (!ops || !ops->show)
		return -EIO;
	if (!open->page)
		open->page = (char *)get_zeroed_page(GFP_KERNEL);
	if (!open->page)
		return -ENOMEM;
	open->event = node->event;
	len = ops->show(node->kobj, (struct attribute *)node->key, open->page);
	if (len > (ssize_t)PAGE_SIZE) {
		pr_err("sysfs: %s: show wrote %ld bytes into a page\n", node->name, (long)len);
		len = PAGE_SIZE;
	}
	open->len = len < 0 ? 0 : len;
	return len < 0 ? len : 0;
}

static ssize_t attr_read(struct pnode *node, struct file *file, char __user *buf, size_t count,
			 loff_t *pos)
{
	struct sysfs_open *open = file->private_data;
	ssize_t done = 0;

	mutex_lock(&open->mutex);
	if (!*pos || !open->page)
		done = attr_show(node, open);
	if (!done)
		done = simple_read_from_buffer(buf, count, pos, open->page, open->len);
	mutex_unlock(&open->mutex);
	return done;
}

static ssize_t attr_write(struct pnode *node, struct file *file, const char __user *buf,
			  size_t count, loff_t *pos)
{
	const struct sysfs_ops *ops = ops_of(node);
	ssize_t done;
	char *text;

	if (!ops || !ops->store)
		return -EIO;
	count = min_t(size_t, count, PAGE_SIZE - 1);
	text = kmalloc(count + 1, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	done = -EFAULT;
	if (!copy_from_user(text, buf, count)) {
		text[count] = 0;
		done = ops->store(node->kobj, (struct attribute *)node->key, text, count);
		if (done > 0)
			*pos += done;
	}
	kfree(text);
	return done;
}

static __poll_t attr_poll(struct pnode *node, struct file *file, struct poll_table_struct *table)
{
	struct sysfs_open *open = file->private_data;

	poll_wait(file, &notify_wait, table);
	return open->event != node->event ? DEFAULT_POLLMASK | EPOLLERR | EPOLLPRI
					  : DEFAULT_POLLMASK;
}

static const struct pnode_ops attr_ops = {
	.open = attr_open,
	.release = attr_release,
	.read = attr_read,
	.write = attr_write,
	.poll = attr_poll,
};

/* Binary attributes: any position, any bytes. */

static ssize_t bin_copy(struct pnode *node, struct file *file, char __user *buf, size_t count,
			loff_t *pos, bool write)
{
	const struct bin_attribute *attr = node->key;
	ssize_t done;
	char *memory;

	if (write ? !attr->write : !attr->read)
		return -EIO;
	if (attr->size) {
		if (*pos >= (loff_t)attr->size)
			return write ? -EFBIG : 0;
		count = min_t(loff_t, count, attr->size - *pos);
	}
	count = min_t(size_t, count, PAGE_SIZE);
	memory = kmalloc(count + 1, GFP_KERNEL);
	if (!memory)
		return -ENOMEM;
	if (write) {
		done = -EFAULT;
		if (!copy_from_user(memory, buf, count))
			done = attr->write(file, node->kobj, (struct bin_attribute *)attr, memory,
					   *pos, count);
	} else {
		done = attr->read(file, node->kobj, (struct bin_attribute *)attr, memory, *pos,
				  count);
		if (done > 0 && copy_to_user(buf, memory, done))
			done = -EFAULT;
	}
	kfree(memory);
	if (done > 0)
		*pos += done;
	return done;
}

static ssize_t bin_read(struct pnode *node, struct file *file, char __user *buf, size_t count,
			loff_t *pos)
{
	return bin_copy(node, file, buf, count, pos, false);
}

static ssize_t bin_write(struct pnode *node, struct file *file, const char __user *buf,
			 size_t count, loff_t *pos)
{
	return bin_copy(node, file, (char __user *)buf, count, pos, true);
}

static int bin_mmap(struct pnode *node, struct file *file, struct vm_area_struct *vma)
{
	const struct bin_attribute *attr = node->key;

	return attr->mmap ? attr->mmap(file, node->kobj, (struct bin_attribute *)attr, vma)
			  : -ENODEV;
}

static const struct pnode_ops bin_ops = { .read = bin_read, .write = bin_write, .mmap = bin_mmap };

/* Making files. */

static int add_attr(struct pnode *dir, struct kobject *kobj, const struct attribute *attr,
		    umode_t mode, const struct pnode_ops *ops, const void *key, loff_t size,
		    struct module *owner, unsigned long site)
{
	struct pnode *node;
	int error;

	if (!dir)
		return -ENOENT;
	if (!attr->name)
		return -EINVAL;
	node = pnode_create(dir, attr->name, (mode & S_IALLUGO) | S_IFREG);
	if (!node)
		return -ENOMEM;
	node->ops = ops;
	node->kobj = kobj;
	node->key = key;
	node->size = size;
	error = pnode_publish(node, owner, site);
	if (error == -EEXIST)
		pr_warn("sysfs: %s/%s: there is one already\n", dir->name, attr->name);
	return error;
}

static int add_text(struct pnode *dir, struct kobject *kobj, const struct attribute *attr,
		    umode_t mode, struct module *owner, unsigned long site)
{
	return add_attr(dir, kobj, attr, mode, &attr_ops, attr, PAGE_SIZE, owner, site);
}

static void remove_named(struct pnode *dir, const char *name)
{
	struct pnode *node = dir ? pnode_find(dir, name, strlen(name)) : NULL;

	if (node) {
		pnode_remove(node);
		pnode_put(node);
	}
}

/* For wrappers: site is the address of the call that wants the attribute. */
int sysfs_create_file_at(struct kobject *kobj, const struct attribute *attr, unsigned long site)
{
	return add_text(kobj->sd, kobj, attr, attr->mode, ledger_owner_of(site), site);
}

int sysfs_create_file(struct kobject *kobj, const struct attribute *attr)
{
	return sysfs_create_file_at(kobj, attr, _RET_IP_);
}
EXPORT_SYMBOL_GPL(sysfs_create_file);

int sysfs_create_files(struct kobject *kobj, const struct attribute *const *attrs)
{
	int i, error = 0;

	for (i = 0; attrs[i] && !error; i++)
		error = add_text(kobj->sd, kobj, attrs[i], attrs[i]->mode,
				 ledger_owner_of(_RET_IP_), _RET_IP_);
	if (error)
		for (i -= 2; i >= 0; i--)
			sysfs_remove_file(kobj, attrs[i]);
	return error;
}
EXPORT_SYMBOL_GPL(sysfs_create_files);

void sysfs_remove_file(struct kobject *kobj, const struct attribute *attr)
{
	remove_named(kobj->sd, attr->name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_file);

void sysfs_remove_files(struct kobject *kobj, const struct attribute *const *attrs)
{
	for (; *attrs; attrs++)
		sysfs_remove_file(kobj, *attrs);
}
EXPORT_SYMBOL_GPL(sysfs_remove_files);

/* From the attribute's own store: it is not waited for. */
bool sysfs_remove_file_self(struct kobject *kobj, const struct attribute *attr)
{
	struct pnode *node = kobj->sd ? pnode_find(kobj->sd, attr->name, strlen(attr->name)) : NULL;

	if (!node)
		return false;
	pnode_leave(node);
	pnode_remove(node);
	atomic_inc(&node->active); /* for the pnode_leave() of the call we are in */
	pnode_put(node);
	return true;
}
EXPORT_SYMBOL_GPL(sysfs_remove_file_self);

int sysfs_chmod_file(struct kobject *kobj, const struct attribute *attr, umode_t mode)
{
	struct pnode *node = kobj->sd ? pnode_find(kobj->sd, attr->name, strlen(attr->name)) : NULL;

	if (!node)
		return -ENOENT;
	node->mode = (mode & S_IALLUGO) | (node->mode & S_IFMT);
	if (node->inode)
		node->inode->i_mode = node->mode;
	pnode_put(node);
	return 0;
}
EXPORT_SYMBOL_GPL(sysfs_chmod_file);

int sysfs_create_bin_file_at(struct kobject *kobj, const struct bin_attribute *attr,
			     unsigned long site)
{
	return add_attr(kobj->sd, kobj, &attr->attr, attr->attr.mode, &bin_ops, attr, attr->size,
			ledger_owner_of(site), site);
}

int sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr)
{
	return sysfs_create_bin_file_at(kobj, attr, _RET_IP_);
}
EXPORT_SYMBOL_GPL(sysfs_create_bin_file);

void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr)
{
	remove_named(kobj->sd, attr->attr.name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_bin_file);

/* Groups. */

static int group_fill(struct pnode *dir, struct kobject *kobj, const struct attribute_group *group,
		      bool update, struct module *owner, unsigned long site)
{
	int i, error = 0;

	for (i = 0; group->attrs && group->attrs[i] && !error; i++) {
		struct attribute *attr = group->attrs[i];
		umode_t mode = group->is_visible ? group->is_visible(kobj, attr, i) : attr->mode;

		if (update)
			remove_named(dir, attr->name);
		if (mode)
			error = add_text(dir, kobj, attr, mode, owner, site);
	}
	for (i = 0; group->bin_attrs && group->bin_attrs[i] && !error; i++) {
		struct bin_attribute *attr = group->bin_attrs[i];
		umode_t mode = group->is_bin_visible ? group->is_bin_visible(kobj, attr, i)
						     : attr->attr.mode;

		if (update)
			remove_named(dir, attr->attr.name);
		if (mode)
			error = add_attr(dir, kobj, &attr->attr, mode, &bin_ops, attr, attr->size,
					 owner, site);
	}
	return error;
}

static void group_empty(struct pnode *dir, const struct attribute_group *group)
{
	int i;

	for (i = 0; group->attrs && group->attrs[i]; i++)
		remove_named(dir, group->attrs[i]->name);
	for (i = 0; group->bin_attrs && group->bin_attrs[i]; i++)
		remove_named(dir, group->bin_attrs[i]->attr.name);
}

static int group_create(struct kobject *kobj, const struct attribute_group *group,
			struct module *owner, unsigned long site)
{
	struct pnode *dir = kobj->sd;
	int error;

	if (!dir)
		return -ENOENT;
	if (group->name) {
		dir = pnode_create(kobj->sd, group->name, S_IFDIR | 0755);
		if (!dir)
			return -ENOMEM;
		error = pnode_publish(dir, owner, site);
		if (error)
			return error;
	}
	error = group_fill(dir, kobj, group, false, owner, site);
	if (error && group->name)
		pnode_remove(dir);
	else if (error)
		group_empty(dir, group);
	return error;
}

int sysfs_create_group_at(struct kobject *kobj, const struct attribute_group *group,
			  unsigned long site)
{
	return group_create(kobj, group, ledger_owner_of(site), site);
}

int sysfs_create_group(struct kobject *kobj, const struct attribute_group *group)
{
	return sysfs_create_group_at(kobj, group, _RET_IP_);
}
EXPORT_SYMBOL_GPL(sysfs_create_group);

int sysfs_create_groups_at(struct kobject *kobj, const struct attribute_group **groups,
			   unsigned long site)
{
	int i, error = 0;

	for (i = 0; groups && groups[i] && !error; i++)
		error = group_create(kobj, groups[i], ledger_owner_of(site), site);
	if (error)
		for (i -= 2; i >= 0; i--)
			sysfs_remove_group(kobj, groups[i]);
	return error;
}

int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	return sysfs_create_groups_at(kobj, groups, _RET_IP_);
}
EXPORT_SYMBOL_GPL(sysfs_create_groups);

static struct pnode *group_dir(struct kobject *kobj, const char *name)
{
	if (!kobj->sd)
		return NULL;
	return name ? pnode_find(kobj->sd, name, strlen(name)) : pnode_get(kobj->sd);
}

int sysfs_update_group(struct kobject *kobj, const struct attribute_group *group)
{
	struct pnode *dir = group_dir(kobj, group->name);
	int error;

	if (!dir)
		return -ENOENT;
	error = group_fill(dir, kobj, group, true, ledger_owner_of(_RET_IP_), _RET_IP_);
	pnode_put(dir);
	return error;
}
EXPORT_SYMBOL_GPL(sysfs_update_group);

void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *group)
{
	struct pnode *dir = group_dir(kobj, group->name);

	if (!dir)
		return;
	if (group->name)
		pnode_remove(dir);
	else
		group_empty(dir, group);
	pnode_put(dir);
}
EXPORT_SYMBOL_GPL(sysfs_remove_group);

void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	for (; groups && *groups; groups++)
		sysfs_remove_group(kobj, *groups);
}
EXPORT_SYMBOL_GPL(sysfs_remove_groups);

int sysfs_add_file_to_group(struct kobject *kobj, const struct attribute *attr, const char *group)
{
	struct pnode *dir = group_dir(kobj, group);
	int error;

	if (!dir)
		return -ENOENT;
	error = add_text(dir, kobj, attr, attr->mode, ledger_owner_of(_RET_IP_), _RET_IP_);
	pnode_put(dir);
	return error;
}
EXPORT_SYMBOL_GPL(sysfs_add_file_to_group);

void sysfs_remove_file_from_group(struct kobject *kobj, const struct attribute *attr,
				  const char *group)
{
	struct pnode *dir = group_dir(kobj, group);

	if (dir) {
		remove_named(dir, attr->name);
		pnode_put(dir);
	}
}
EXPORT_SYMBOL_GPL(sysfs_remove_file_from_group);

/* Links. */

static int add_link(struct pnode *dir, struct kobject *target, const char *name,
		    struct module *owner, unsigned long site)
{
	struct pnode *node;

	if (!dir || !target || !target->sd)
		return -ENOENT;
	node = pnode_create(dir, name, S_IFLNK | S_IRWXUGO);
	if (!node)
		return -ENOMEM;
	node->target = pnode_get(target->sd);
	return pnode_publish(node, owner, site);
}

int sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name)
{
	int error = add_link(kobj ? kobj->sd : sysfs_tree.root, target, name,
			     ledger_owner_of(_RET_IP_), _RET_IP_);

	if (error == -EEXIST)
		pr_warn("sysfs: %s: there is one already\n", name);
	return error;
}
EXPORT_SYMBOL_GPL(sysfs_create_link);

int sysfs_create_link_nowarn(struct kobject *kobj, struct kobject *target, const char *name)
{
	return add_link(kobj ? kobj->sd : sysfs_tree.root, target, name, ledger_owner_of(_RET_IP_),
			_RET_IP_);
}
EXPORT_SYMBOL_GPL(sysfs_create_link_nowarn);

void sysfs_remove_link(struct kobject *kobj, const char *name)
{
	remove_named(kobj ? kobj->sd : sysfs_tree.root, name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_link);

int sysfs_rename_link(struct kobject *kobj, struct kobject *target, const char *old_name,
		      const char *new_name)
{
	struct pnode *dir = kobj ? kobj->sd : sysfs_tree.root;
	struct pnode *node = dir ? pnode_find(dir, old_name, strlen(old_name)) : NULL;
	int error;

	if (!node)
		return -ENOENT;
	error = pnode_rename(node, dir, new_name);
	pnode_put(node);
	return error;
}
EXPORT_SYMBOL_GPL(sysfs_rename_link);

/* Directories. */

void sysfs_populate_later(struct kobject *kobj, void (*populate)(struct kobject *kobj))
{
	pnode_populate_later(kobj->sd, populate);
}

bool sysfs_populate_end(struct kobject *kobj)
{
	return kobj->sd && pnode_populate_end(kobj->sd);
}

int sysfs_create_dir(struct kobject *kobj, struct module *owner, unsigned long site)
{
	struct pnode *parent = kobj->parent ? kobj->parent->sd : sysfs_tree.root, *node;
	int error;

	if (!parent)
		return -ENOENT;
	node = pnode_create(parent, kobj->name, S_IFDIR | 0755);
	if (!node)
		return -ENOMEM;
	if (kobj->ktype && kobj->ktype->get_ownership)
		kobj->ktype->get_ownership(kobj, &node->uid, &node->gid);
	node->kobj = kobj;
	kobj->sd = node;
	error = pnode_publish(node, owner, site);
	if (error)
		kobj->sd = NULL;
	return error;
}

void sysfs_remove_dir(struct kobject *kobj)
{
	struct pnode *node = kobj->sd;

	kobj->sd = NULL;
	if (node)
		pnode_remove(node);
}

int sysfs_rename_dir(struct kobject *kobj, const char *name)
{
	return kobj->sd ? pnode_rename(kobj->sd, kobj->sd->parent, name) : -ENOENT;
}

int sysfs_move_dir(struct kobject *kobj, struct kobject *parent)
{
	struct pnode *dir = parent ? parent->sd : sysfs_tree.root;

	return kobj->sd && dir ? pnode_rename(kobj->sd, dir, kobj->name) : -ENOENT;
}

int sysfs_create_mount_point(struct kobject *parent, const char *name)
{
	struct pnode *node = parent->sd ? pnode_create(parent->sd, name, S_IFDIR | 0755) : NULL;

	return node ? pnode_publish(node, ledger_owner_of(_RET_IP_), _RET_IP_) : -ENOMEM;
}
EXPORT_SYMBOL_GPL(sysfs_create_mount_point);

void sysfs_remove_mount_point(struct kobject *parent, const char *name)
{
	remove_named(parent->sd, name);
}
EXPORT_SYMBOL_GPL(sysfs_remove_mount_point);

/* Any context: nothing is looked up by path below the kobject but its own attribute, with the lock that may be taken. */
void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr)
{
	struct pnode *node = kobj->sd;

	if (node && (dir || attr) && in_task()) {
		struct pnode *parent = group_dir(kobj, dir);
		struct pnode *file = parent && attr ? pnode_find(parent, attr, strlen(attr)) : NULL;

		if (file)
			file->event++;
		pnode_put(file);
		pnode_put(parent);
	}
	wake_up_interruptible_all(&notify_wait);
}
EXPORT_SYMBOL_GPL(sysfs_notify);

/* Output of show. */

int sysfs_emit(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	if (WARN_ON(!buf || offset_in_page(buf)))
		return 0;
	va_start(args, fmt);
	len = vscnprintf(buf, PAGE_SIZE, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL_GPL(sysfs_emit);

int sysfs_emit_at(char *buf, int at, const char *fmt, ...)
{
	va_list args;
	int len;

	if (WARN_ON(!buf || offset_in_page(buf) || at < 0 || at >= (int)PAGE_SIZE))
		return 0;
	va_start(args, fmt);
	len = vscnprintf(buf + at, PAGE_SIZE - at, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL_GPL(sysfs_emit_at);

void sysfs_init(void)
{
	ptree_init(&sysfs_tree);
}

struct file_system_type *sysfs_fs_type(void)
{
	return &sysfs_tree.type;
}
EXPORT_SYMBOL_GPL(sysfs_fs_type);
