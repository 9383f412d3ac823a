/*
 * Kobjects and ksets: the tree of named objects that is /sys, and the announcements of what changes in it.
 *
 * A kobject that is added holds references on its parent and its kset; deleting it removes its directory, after which no
 * attribute runs. The ledger entry of a kobject that a module made is its directory's node. Uevents are kept in a ring of
 * the last UEVENT_KEPT and read from /sys/kernel/rakit/uevents.
 */
#include <linux/export.h>
#include <linux/kobject.h>
#include <linux/mutex.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/ledger.h>
#include <rakit/view.h>
#include "device/device.h"

#define UEVENT_KEPT 64

struct kobject *kernel_kobj, *mm_kobj, *hypervisor_kobj, *power_kobj, *firmware_kobj, *fs_kobj,
	*rakit_kobj;
EXPORT_SYMBOL_GPL(kernel_kobj);
EXPORT_SYMBOL_GPL(mm_kobj);
EXPORT_SYMBOL_GPL(hypervisor_kobj);
EXPORT_SYMBOL_GPL(power_kobj);
EXPORT_SYMBOL_GPL(firmware_kobj);
EXPORT_SYMBOL_GPL(fs_kobj);
EXPORT_SYMBOL_GPL(rakit_kobj);

/* Names. */

int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list args)
{
	char *name;

	if (kobj->name && !fmt)
		return 0;
	name = kvasprintf(GFP_KERNEL, fmt, args);
	if (!name)
		return -ENOMEM;
	strreplace(name, '/', '!'); /* a name is one component */
	kfree(kobj->name);
	kobj->name = name;
	return 0;
}
EXPORT_SYMBOL_GPL(kobject_set_name_vargs);

int kobject_set_name(struct kobject *kobj, const char *fmt, ...)
{
	va_list args;
	int error;

	va_start(args, fmt);
	error = kobject_set_name_vargs(kobj, fmt, args);
	va_end(args);
	return error;
}
EXPORT_SYMBOL(kobject_set_name);

/* References. */

struct kobject *kobject_get(struct kobject *kobj)
{
	if (kobj)
		kref_get(&kobj->kref);
	return kobj;
}
EXPORT_SYMBOL(kobject_get);

struct kobject *kobject_get_unless_zero(struct kobject *kobj)
{
	return kobj && kref_get_unless_zero(&kobj->kref) ? kobj : NULL;
}
EXPORT_SYMBOL(kobject_get_unless_zero);

static void kobject_release(struct kref *kref)
{
	struct kobject *kobj = container_of(kref, struct kobject, kref);
	const char *name = kobj->name;

	if (kobj->state_in_sysfs)
		kobject_del(kobj);
	if (kobj->ktype && kobj->ktype->release)
		kobj->ktype->release(kobj);
	else
		pr_err("kobject: %s: no release function: it cannot be freed\n", name);
	kfree(name);
}

void kobject_put(struct kobject *kobj)
{
	if (kobj)
		kref_put(&kobj->kref, kobject_release);
}
EXPORT_SYMBOL(kobject_put);

/* In and out of the tree. */

void kobject_init(struct kobject *kobj, struct kobj_type *ktype)
{
	if (kobj->state_initialized)
		pr_err("kobject: %s: initialised twice\n", kobj->name ? kobj->name : "(no name)");
	kref_init(&kobj->kref);
	INIT_LIST_HEAD(&kobj->entry);
	kobj->state_in_sysfs = 0;
	kobj->state_add_uevent_sent = 0;
	kobj->state_remove_uevent_sent = 0;
	kobj->state_initialized = 1;
	kobj->ktype = ktype;
}
EXPORT_SYMBOL(kobject_init);

static int add_attributes(struct kobject *kobj)
{
	struct attribute **attr = kobj->ktype ? kobj->ktype->default_attrs : NULL;
	int error = 0;

	for (; attr && *attr && !error; attr++)
		error = sysfs_create_file(kobj, *attr);
	if (!error && kobj->ktype)
		error = sysfs_create_groups(kobj, kobj->ktype->default_groups);
	return error;
}

int kobject_add_owned(struct kobject *kobj, struct module *owner, unsigned long site)
{
	int error;

	if (!kobj->name || !kobj->name[0] || !kobj->state_initialized) {
		pr_err("kobject: added without a name or not initialised\n");
		return -EINVAL;
	}
	if (!kobj->parent && kobj->kset)
		kobj->parent = &kobj->kset->kobj;
	kobject_get(kobj->parent);
	if (kobj->kset) {
		kset_get(kobj->kset);
		spin_lock(&kobj->kset->list_lock);
		list_add_tail(&kobj->entry, &kobj->kset->list);
		spin_unlock(&kobj->kset->list_lock);
	}
	error = sysfs_create_dir(kobj, owner, site);
	if (!error) {
		kobj->state_in_sysfs = 1;
		error = add_attributes(kobj);
		if (!error)
			return 0;
		sysfs_remove_dir(kobj);
		kobj->state_in_sysfs = 0;
	}
	if (error == -EEXIST)
		pr_err("kobject: %s: there is one already in %s\n", kobj->name,
		       kobj->parent ? kobj->parent->name : "/sys");
	kobject_leave(kobj);
	return error;
}

/* Lets go of parent and kset. */
void kobject_leave(struct kobject *kobj)
{
	struct kobject *parent = kobj->parent;

	if (kobj->kset) {
		spin_lock(&kobj->kset->list_lock);
		list_del_init(&kobj->entry);
		spin_unlock(&kobj->kset->list_lock);
		kset_put(kobj->kset);
	}
	kobj->parent = NULL;
	kobject_put(parent);
}

int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)
{
	va_list args;
	int error;

	va_start(args, fmt);
	error = kobject_set_name_vargs(kobj, fmt, args);
	va_end(args);
	if (error)
		return error;
	kobj->parent = parent;
	return kobject_add_owned(kobj, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL(kobject_add);

int kobject_init_and_add(struct kobject *kobj, struct kobj_type *ktype, struct kobject *parent,
			 const char *fmt, ...)
{
	va_list args;
	int error;

	kobject_init(kobj, ktype);
	va_start(args, fmt);
	error = kobject_set_name_vargs(kobj, fmt, args);
	va_end(args);
	if (error)
		return error;
	kobj->parent = parent;
	return kobject_add_owned(kobj, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL_GPL(kobject_init_and_add);

void kobject_del(struct kobject *kobj)
{
	if (!kobj || !kobj->state_in_sysfs)
		return;
	if (kobj->state_add_uevent_sent && !kobj->state_remove_uevent_sent)
		kobject_uevent(kobj, KOBJ_REMOVE);
	if (kobj->ktype)
		sysfs_remove_groups(kobj, kobj->ktype->default_groups);
	sysfs_remove_dir(kobj);
	kobj->state_in_sysfs = 0;
	kobject_leave(kobj);
}
EXPORT_SYMBOL(kobject_del);

int kobject_rename(struct kobject *kobj, const char *new_name)
{
	char *name = kstrdup(new_name, GFP_KERNEL);
	int error;

	if (!name)
		return -ENOMEM;
	error = sysfs_rename_dir(kobj, name);
	if (error) {
		kfree(name);
		return error;
	}
	kfree(kobj->name);
	kobj->name = name;
	kobject_uevent(kobj, KOBJ_MOVE);
	return 0;
}
EXPORT_SYMBOL_GPL(kobject_rename);

int kobject_move(struct kobject *kobj, struct kobject *new_parent)
{
	struct kobject *old = kobj->parent;
	int error;

	if (!new_parent && kobj->kset)
		new_parent = &kobj->kset->kobj;
	error = sysfs_move_dir(kobj, new_parent);
	if (error)
		return error;
	kobj->parent = kobject_get(new_parent);
	kobject_put(old);
	kobject_uevent(kobj, KOBJ_MOVE);
	return 0;
}
EXPORT_SYMBOL_GPL(kobject_move);

/* Plain directories. */

static ssize_t kobj_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct kobj_attribute *a = container_of(attr, struct kobj_attribute, attr);

	return a->show ? a->show(kobj, a, buf) : -EIO;
}

static ssize_t kobj_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			       size_t count)
{
	struct kobj_attribute *a = container_of(attr, struct kobj_attribute, attr);

	return a->store ? a->store(kobj, a, buf, count) : -EIO;
}

const struct sysfs_ops kobj_sysfs_ops = { .show = kobj_attr_show, .store = kobj_attr_store };
EXPORT_SYMBOL_GPL(kobj_sysfs_ops);

static void dynamic_release(struct kobject *kobj)
{
	kfree(kobj);
}

static struct kobj_type dynamic_ktype = { .release = dynamic_release,
					  .sysfs_ops = &kobj_sysfs_ops };

struct kobject *kobject_create(void)
{
	struct kobject *kobj = kzalloc(sizeof(*kobj), GFP_KERNEL);

	if (kobj)
		kobject_init(kobj, &dynamic_ktype);
	return kobj;
}

struct kobject *kobject_create_and_add(const char *name, struct kobject *parent)
{
	struct kobject *kobj = kobject_create();
	int error;

	if (!kobj)
		return NULL;
	error = kobject_set_name(kobj, "%s", name);
	kobj->parent = parent;
	if (!error)
		error = kobject_add_owned(kobj, ledger_owner_of(_RET_IP_), _RET_IP_);
	if (error) {
		kobj->parent = NULL;
		kobject_put(kobj);
		return NULL;
	}
	return kobj;
}
EXPORT_SYMBOL_GPL(kobject_create_and_add);

/* Path below /sys, built backwards. */
char *kobject_get_path(struct kobject *kobj, gfp_t gfp)
{
	struct kobject *k;
	size_t len = 1;
	char *path;

	for (k = kobj; k; k = k->parent)
		len += strlen(k->name) + 1;
	path = kzalloc(len, gfp);
	if (!path)
		return NULL;
	len--;
	for (k = kobj; k; k = k->parent) {
		size_t n = strlen(k->name);

		len -= n;
		memcpy(path + len, k->name, n);
		path[--len] = '/';
	}
	return path;
}
EXPORT_SYMBOL_GPL(kobject_get_path);

/* Ksets. */

void kset_init(struct kset *kset)
{
	kobject_init(&kset->kobj, kset->kobj.ktype ? kset->kobj.ktype : &dynamic_ktype);
	INIT_LIST_HEAD(&kset->list);
	spin_lock_init(&kset->list_lock);
}
EXPORT_SYMBOL_GPL(kset_init);

static int kset_add(struct kset *kset, struct module *owner, unsigned long site)
{
	int error;

	kset_init(kset);
	error = kobject_add_owned(&kset->kobj, owner, site);
	if (!error)
		kobject_uevent(&kset->kobj, KOBJ_ADD);
	return error;
}

int kset_register(struct kset *kset)
{
	return kset ? kset_add(kset, ledger_owner_of(_RET_IP_), _RET_IP_) : -EINVAL;
}
EXPORT_SYMBOL(kset_register);

void kset_unregister(struct kset *kset)
{
	if (kset) {
		kobject_del(&kset->kobj);
		kobject_put(&kset->kobj);
	}
}
EXPORT_SYMBOL(kset_unregister);

static void kset_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct kset, kobj));
}

static struct kobj_type kset_ktype = { .sysfs_ops = &kobj_sysfs_ops, .release = kset_release };

struct kset *kset_create_and_add(const char *name, const struct kset_uevent_ops *ops,
				 struct kobject *parent)
{
	struct kset *kset = kzalloc(sizeof(*kset), GFP_KERNEL);

	if (!kset)
		return NULL;
	kset->uevent_ops = ops;
	kset->kobj.parent = parent;
	kset->kobj.ktype = &kset_ktype;
	if (kobject_set_name(&kset->kobj, "%s", name) ||
	    kset_add(kset, ledger_owner_of(_RET_IP_), _RET_IP_)) {
		kfree(kset->kobj.name);
		kfree(kset);
		return NULL;
	}
	return kset;
}
EXPORT_SYMBOL_GPL(kset_create_and_add);

struct kobject *kset_find_obj(struct kset *kset, const char *name)
{
	struct kobject *k, *found = NULL;

	spin_lock(&kset->list_lock);
	list_for_each_entry(k, &kset->list, entry) {
		if (k->name && !strcmp(k->name, name)) {
			found = kobject_get_unless_zero(k);
			break;
		}
	}
	spin_unlock(&kset->list_lock);
	return found;
}
EXPORT_SYMBOL_GPL(kset_find_obj);

/* Uevents. */

static const char *const action_names[] = {
	[KOBJ_ADD] = "add",   [KOBJ_REMOVE] = "remove", [KOBJ_CHANGE] = "change",
	[KOBJ_MOVE] = "move", [KOBJ_ONLINE] = "online", [KOBJ_OFFLINE] = "offline",
	[KOBJ_BIND] = "bind", [KOBJ_UNBIND] = "unbind",
};

static DEFINE_MUTEX(uevent_mutex);
static char *uevent_ring[UEVENT_KEPT]; /* variables of one event, one a line; allocated */
static u64 uevent_count;

int add_uevent_var(struct kobj_uevent_env *env, const char *format, ...)
{
	size_t room = sizeof(env->buf) - env->buflen;
	va_list args;
	int len;

	if (env->envp_idx >= UEVENT_NUM_ENVP)
		return -ENOMEM;
	va_start(args, format);
	len = vsnprintf(env->buf + env->buflen, room, format, args);
	va_end(args);
	if (len >= (int)room)
		return -ENOMEM;
	env->envp[env->envp_idx++] = env->buf + env->buflen;
	env->buflen += len + 1;
	return 0;
}
EXPORT_SYMBOL_GPL(add_uevent_var);

static void uevent_keep(const struct kobj_uevent_env *env)
{
	char *text = kmalloc(env->buflen + 1, GFP_KERNEL), *at = text;
	int i;

	if (!text)
		return;
	for (i = 0; i < env->envp_idx; i++) {
		at = stpcpy(at, env->envp[i]);
		*at++ = '\n';
	}
	*at = 0;
	kfree(uevent_ring[uevent_count % UEVENT_KEPT]);
	uevent_ring[uevent_count % UEVENT_KEPT] = text;
	uevent_count++;
}

static int uevent_fill(struct kobj_uevent_env *env, struct kobject *kobj, struct kset *kset,
		       enum kobject_action action, char *extra[])
{
	char *path = kobject_get_path(kobj, GFP_KERNEL);
	const char *subsystem = kset->uevent_ops && kset->uevent_ops->name
					? kset->uevent_ops->name(kset, kobj)
					: kset->kobj.name;
	int error, i;

	if (!path)
		return -ENOMEM;
	error = add_uevent_var(env, "ACTION=%s", action_names[action]);
	if (!error)
		error = add_uevent_var(env, "DEVPATH=%s", path);
	if (!error)
		error = add_uevent_var(env, "SUBSYSTEM=%s", subsystem ? subsystem : "");
	for (i = 0; extra && extra[i] && !error; i++)
		error = add_uevent_var(env, "%s", extra[i]);
	if (!error && kset->uevent_ops && kset->uevent_ops->uevent)
		error = kset->uevent_ops->uevent(kset, kobj, env);
	if (!error)
		error = add_uevent_var(env, "SEQNUM=%llu", uevent_count + 1);
	kfree(path);
	return error;
}

int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[])
{
	struct kobject *top = kobj;
	struct kobj_uevent_env *env;
	struct kset *kset;
	int error;

	if (action == KOBJ_REMOVE)
		kobj->state_remove_uevent_sent = 1;
	while (!top->kset && top->parent)
		top = top->parent;
	kset = top->kset;
	if (!kset || kobj->uevent_suppress)
		return kset ? 0 : -EINVAL;
	if (kset->uevent_ops && kset->uevent_ops->filter && !kset->uevent_ops->filter(kset, kobj))
		return 0;
	env = kmalloc(sizeof(*env), GFP_KERNEL); /* its texts need not be cleared */
	if (!env)
		return -ENOMEM;
	memset(env->envp, 0, sizeof(env->envp));
	env->envp_idx = env->buflen = 0;
	mutex_lock(&uevent_mutex);
	error = uevent_fill(env, kobj, kset, action, envp);
	if (!error)
		uevent_keep(env);
	mutex_unlock(&uevent_mutex);
	if (action == KOBJ_ADD)
		kobj->state_add_uevent_sent = 1;
	kfree(env);
	return error;
}
EXPORT_SYMBOL_GPL(kobject_uevent_env);

int kobject_uevent(struct kobject *kobj, enum kobject_action action)
{
	return kobject_uevent_env(kobj, action, NULL);
}
EXPORT_SYMBOL_GPL(kobject_uevent);

int kobject_synth_uevent(struct kobject *kobj, const char *buf, size_t count)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(action_names); i++)
		if (!strncmp(buf, action_names[i], strlen(action_names[i])))
			return kobject_uevent(kobj, i);
	return -EINVAL;
}

static int uevents_show(struct seq_file *m, void *data)
{
	u64 n = uevent_count > UEVENT_KEPT ? uevent_count - UEVENT_KEPT : 0;

	mutex_lock(&uevent_mutex);
	for (; n < uevent_count; n++)
		seq_printf(m, "%s\n", uevent_ring[n % UEVENT_KEPT]);
	mutex_unlock(&uevent_mutex);
	return 0;
}

void kobject_tree_init(void)
{
	kernel_kobj = kobject_create_and_add("kernel", NULL);
	fs_kobj = kobject_create_and_add("fs", NULL);
	power_kobj = kobject_create_and_add("power", NULL);
	firmware_kobj = kobject_create_and_add("firmware", NULL);
	mm_kobj = kobject_create_and_add("mm", kernel_kobj);
	rakit_kobj = kobject_create_and_add("rakit", kernel_kobj);
	sysfs_create_mount_point(kernel_kobj, "debug");
	rakit_view_create("uevents", uevents_show, NULL);
}
