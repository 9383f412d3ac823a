/*
 * /sys/module/NAME: coresize holders/ initsize initstate keep notes/ parameters/ receipt refcnt sections/ srcversion
 * taint uevent version.
 *
 * The directory is the kobject in struct module, so the module's memory is kept until its last reference is gone. The
 * section addresses are kept beside the module, one block for the directory's attributes and names.
 */
#include "module/module.h"
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/kallsyms.h>
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

struct kset *module_kset;

struct section_attribute {
	struct bin_attribute bin;
	unsigned long address;
};

struct module_sections {
	struct attribute_group sections_group;
	struct attribute_group notes_group;
	struct bin_attribute **section_list; /* NULL-terminated */
	struct bin_attribute **note_list;
	struct section_attribute attributes[]; /* then the lists, then the names */
};

#define ADDRESS_TEXT 11 /* "0x12345678\n" */

/* The address for those who may see addresses, zero for others. */
static ssize_t section_read(struct file *file, struct kobject *kobj, struct bin_attribute *bin,
			    char *buf, loff_t pos, size_t count)
{
	struct section_attribute *section = container_of(bin, struct section_attribute, bin);
	char text[ADDRESS_TEXT + 1];

	scnprintf(text, sizeof(text), "0x%08lx\n",
		  kallsyms_show_value(file->f_cred) ? section->address : 0);
	return memory_read_from_buffer(buf, count, &pos, text, ADDRESS_TEXT);
}

static ssize_t note_read(struct file *file, struct kobject *kobj, struct bin_attribute *bin,
			 char *buf, loff_t pos, size_t count)
{
	memcpy(buf, (char *)bin->private + pos, count);
	return (ssize_t)count;
}

static bool is_shown(const struct load *load, u32 index)
{
	return load->sections[index].region != LINK_NOT_LOADED && load->object.sections[index].size;
}

static bool is_note(const struct load *load, u32 index)
{
	return load->object.sections[index].type == ELF_SECTION_NOTE;
}

static void keep_section(struct section_attribute *section, const struct load *load, u32 index,
			 const char *name)
{
	bool note = is_note(load, index);

	section->bin.attr.name = name;
	section->bin.attr.mode = note ? 0444 : 0400;
	section->bin.size = note ? load->object.sections[index].size : ADDRESS_TEXT;
	section->bin.read = note ? note_read : section_read;
	section->bin.private = load->sections[index].bytes;
	section->address = load->sections[index].address;
}

/* One block: the structure, an attribute per section (two per note), two lists, the names. */
int module_sections_keep(struct load *load)
{
	u32 count = 0, length = 0, n = 0, notes = 0, shown = 0;
	struct module_sections *kept;
	char *names;

	for (u32 i = 1; i < load->object.section_count; i++) {
		if (!is_shown(load, i))
			continue;
		count += is_note(load, i) ? 2 : 1;
		length += strlen(link_section_name(&load->object, i)) + 1;
	}
	kept = kzalloc(sizeof(*kept) + count * sizeof(kept->attributes[0]) +
			       (count + 2) * sizeof(void *) + length,
		       GFP_KERNEL);
	if (!kept)
		return -ENOMEM;
	kept->section_list = (struct bin_attribute **)&kept->attributes[count];
	names = (char *)(kept->section_list + count + 2);
	for (u32 i = 1; i < load->object.section_count; i++) {
		if (!is_shown(load, i))
			continue;
		strcpy(names, link_section_name(&load->object, i));
		keep_section(&kept->attributes[n], load, i, names);
		if (is_note(load, i)) {
			kept->attributes[n + 1] = kept->attributes[n];
			kept->attributes[n + 1].bin.attr.mode = 0400;
			kept->attributes[n + 1].bin.size = ADDRESS_TEXT;
			kept->attributes[n + 1].bin.read = section_read;
			n++;
			notes++;
		}
		kept->section_list[shown++] = &kept->attributes[n++].bin;
		names += strlen(names) + 1;
	}
	kept->note_list = kept->section_list + shown + 1;
	for (u32 i = 0, note = 0; i < count && notes; i++)
		if (kept->attributes[i].bin.read == note_read)
			kept->note_list[note++] = &kept->attributes[i].bin;
	kept->sections_group = (struct attribute_group){ .name = "sections",
							 .bin_attrs = kept->section_list };
	kept->notes_group = (struct attribute_group){ .name = "notes",
						      .bin_attrs = kept->note_list };
	load->mod->sections = kept;
	return 0;
}

#define MODULE_SHOW(name, format, ...)                                                       \
	static ssize_t name##_show(struct module_attribute *attr, struct module_kobject *mk, \
				   char *buf)                                                \
	{                                                                                    \
		return scnprintf(buf, PAGE_SIZE, format "\n", __VA_ARGS__);                  \
	}                                                                                    \
	static struct module_attribute name##_attribute = __ATTR_RO(name)

MODULE_SHOW(coresize, "%u", mk->mod->core_layout.size);
MODULE_SHOW(initsize, "%u", mk->mod->init_layout.size);
MODULE_SHOW(initstate, "%s", module_state_name(mk->mod->state));
MODULE_SHOW(refcnt, "%i", module_refcount(mk->mod));
MODULE_SHOW(version, "%s", mk->mod->version);
MODULE_SHOW(srcversion, "%s", mk->mod->srcversion);

static ssize_t taint_show(struct module_attribute *attr, struct module_kobject *mk, char *buf)
{
	size_t n = module_flags_taint(mk->mod->taints, buf);

	buf[n++] = '\n';
	return (ssize_t)n;
}
static struct module_attribute taint_attribute = __ATTR_RO(taint);

static ssize_t receipt_show(struct module_attribute *attr, struct module_kobject *mk, char *buf)
{
	return receipt_print(mk->mod, buf, PAGE_SIZE);
}
static struct module_attribute receipt_attribute = __ATTR_RO(receipt);

static ssize_t keep_show(struct module_attribute *attr, struct module_kobject *mk, char *buf)
{
	return scnprintf(buf, PAGE_SIZE, "%d\n", mk->mod->explicit_load);
}

static ssize_t keep_store(struct module_attribute *attr, struct module_kobject *mk, const char *buf,
			  size_t count)
{
	int error = kstrtobool(buf, &mk->mod->explicit_load);

	return error ? error : (ssize_t)count;
}
static struct module_attribute keep_attribute = __ATTR_RW(keep);

static ssize_t uevent_store(struct module_attribute *attr, struct module_kobject *mk,
			    const char *buf, size_t count)
{
	int error = kobject_synth_uevent(&mk->kobj, buf, count);

	return error ? error : (ssize_t)count;
}
static struct module_attribute uevent_attribute = __ATTR_WO(uevent);

static struct attribute *module_attributes[] = {
	&coresize_attribute.attr,
	&initsize_attribute.attr,
	&initstate_attribute.attr,
	&refcnt_attribute.attr,
	&taint_attribute.attr,
	&uevent_attribute.attr,
	&version_attribute.attr,
	&srcversion_attribute.attr,
	&receipt_attribute.attr,
	&keep_attribute.attr,
	NULL,
};

static umode_t module_attribute_mode(struct kobject *kobj, struct attribute *attr, int index)
{
	struct module *mod = container_of(kobj, struct module_kobject, kobj)->mod;

	if ((attr == &version_attribute.attr && !mod->version) ||
	    (attr == &srcversion_attribute.attr && !mod->srcversion))
		return 0;
	return attr->mode;
}

static const struct attribute_group module_group = {
	.attrs = module_attributes,
	.is_visible = module_attribute_mode,
};

static struct module_attribute *to_attribute(struct attribute *attr)
{
	return container_of(attr, struct module_attribute, attr);
}

static ssize_t attribute_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct module_attribute *attribute = to_attribute(attr);

	if (!attribute->show)
		return -EIO;
	return attribute->show(attribute, container_of(kobj, struct module_kobject, kobj), buf);
}

static ssize_t attribute_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			       size_t count)
{
	struct module_attribute *attribute = to_attribute(attr);

	if (!attribute->store)
		return -EIO;
	return attribute->store(attribute, container_of(kobj, struct module_kobject, kobj), buf,
				count);
}

static const struct sysfs_ops module_sysfs_ops = {
	.show = attribute_show,
	.store = attribute_store,
};

static void module_kobject_release(struct kobject *kobj)
{
	struct module_kobject *mk = container_of(kobj, struct module_kobject, kobj);

	if (mk->kobj_completion)
		complete(mk->kobj_completion);
}

struct kobj_type module_ktype = {
	.release = module_kobject_release,
	.sysfs_ops = &module_sysfs_ops,
};

/* "holders/user" of the provider is a link to the user's directory. Under module_mutex. */
void module_sysfs_holder(struct module *source, struct module *target, bool add)
{
	if (!target->holders_dir)
		return;
	if (add)
		(void)sysfs_create_link_nowarn(target->holders_dir, &source->mkobj.kobj,
					       source->name);
	else
		sysfs_remove_link(target->holders_dir, source->name);
}

static void populate_holders(struct module *mod)
{
	struct module_use *use;

	mutex_lock(&module_mutex);
	mod->holders_dir = kobject_create_and_add("holders", &mod->mkobj.kobj);
	list_for_each_entry(use, &mod->source_list, source_list)
		module_sysfs_holder(use->source, mod, true);
	mutex_unlock(&module_mutex);
}

/* When somebody first looks into the directory: nobody does for most modules, and it is a third of a load. */
static void populate(struct kobject *kobj)
{
	struct module *mod = container_of(kobj, struct module_kobject, kobj)->mod;
	int error = sysfs_create_group(kobj, &module_group);

	if (!error && mod->num_kp)
		error = params_sysfs_add(&mod->mkobj, mod->kp, mod->num_kp);
	if (!error && mod->sections->section_list[0])
		error = sysfs_create_group(kobj, &mod->sections->sections_group);
	if (!error && mod->sections->note_list[0])
		error = sysfs_create_group(kobj, &mod->sections->notes_group);
	populate_holders(mod);
	if (error)
		pr_warn("module: %s: its directory in /sys is incomplete (%pe)\n", mod->name,
			ERR_PTR(error));
}

int module_sysfs_add(struct module *mod)
{
	struct module_use *use;
	int error;

	mod->mkobj.mod = mod;
	mod->mkobj.kobj.kset = module_kset;
	error = kobject_init_and_add(&mod->mkobj.kobj, &module_ktype, NULL, "%s", mod->name);
	if (error)
		return error;
	sysfs_populate_later(&mod->mkobj.kobj, populate);
	mutex_lock(&module_mutex);
	list_for_each_entry(use, &mod->target_list, target_list)
		module_sysfs_holder(mod, use->target, true);
	mutex_unlock(&module_mutex);
	kobject_uevent(&mod->mkobj.kobj, KOBJ_ADD);
	return 0;
}

void module_sysfs_remove(struct module *mod)
{
	DECLARE_COMPLETION_ONSTACK(released);
	struct kobject *kobj = &mod->mkobj.kobj;

	if (!kobj->state_initialized)
		return;
	if (kobj->state_in_sysfs)
		kobject_uevent(kobj, KOBJ_REMOVE);
	if (sysfs_populate_end(kobj)) {
		kobject_put(mod->holders_dir);
		mod->holders_dir = NULL;
	}
	mod->mkobj.kobj_completion = &released;
	kobject_del(kobj);
	params_sysfs_remove(&mod->mkobj);
	kobject_put(kobj);
	wait_for_completion(&released);
}
