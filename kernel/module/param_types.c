/*
 * The ready-made kinds of parameters: numbers, truth values, texts and arrays of them.
 */
#include <linux/module.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

#define DEFINE_NUMBER(name, type, format, parse)                                    \
	int param_set_##name(const char *val, const struct kernel_param *kp)        \
	{                                                                           \
		return val ? parse(val, 0, (type *)kp->arg) : -EINVAL;              \
	}                                                                           \
	int param_get_##name(char *buffer, const struct kernel_param *kp)           \
	{                                                                           \
		return scnprintf(buffer, PAGE_SIZE, format "\n", *(type *)kp->arg); \
	}                                                                           \
	const struct kernel_param_ops param_ops_##name = {                          \
		.set = param_set_##name,                                            \
		.get = param_get_##name,                                            \
	};                                                                          \
	EXPORT_SYMBOL(param_set_##name);                                            \
	EXPORT_SYMBOL(param_get_##name);                                            \
	EXPORT_SYMBOL(param_ops_##name)

DEFINE_NUMBER(byte, unsigned char, "%hhu", kstrtou8);
DEFINE_NUMBER(short, short, "%hi", kstrtos16);
DEFINE_NUMBER(ushort, unsigned short, "%hu", kstrtou16);
DEFINE_NUMBER(int, int, "%i", kstrtoint);
DEFINE_NUMBER(uint, unsigned int, "%u", kstrtouint);
DEFINE_NUMBER(long, long, "%li", kstrtol);
DEFINE_NUMBER(ulong, unsigned long, "%lu", kstrtoul);
DEFINE_NUMBER(ullong, unsigned long long, "%llu", kstrtoull);
DEFINE_NUMBER(hexint, unsigned int, "%#08x", kstrtouint);

int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min,
			  unsigned int max)
{
	unsigned int number;
	int error = val ? kstrtouint(val, 0, &number) : -EINVAL;

	if (error)
		return error;
	if (number < min || number > max)
		return -EINVAL;
	*(unsigned int *)kp->arg = number;
	return 0;
}
EXPORT_SYMBOL_GPL(param_set_uint_minmax);

#define CHARP_MAX 1024

/* Texts that parameters were set to, to know those to be freed from a variable's initial value. */
static LIST_HEAD(charp_texts);

struct charp_text {
	struct list_head list;
	char text[];
};

static void charp_release(char *text)
{
	struct charp_text *entry;

	list_for_each_entry(entry, &charp_texts, list) {
		if (entry->text != text)
			continue;
		list_del(&entry->list);
		kfree(entry);
		return;
	}
}

int param_set_charp(const char *val, const struct kernel_param *kp)
{
	struct charp_text *entry;
	size_t length = val ? strlen(val) : 0;

	if (!val)
		return -EINVAL;
	if (length > CHARP_MAX)
		return -ENOSPC;
	entry = kmalloc(sizeof(*entry) + length + 1, GFP_KERNEL);
	if (!entry)
		return -ENOMEM;
	strcpy(entry->text, val);
	charp_release(*(char **)kp->arg);
	list_add(&entry->list, &charp_texts);
	*(char **)kp->arg = entry->text;
	return 0;
}
EXPORT_SYMBOL(param_set_charp);

int param_get_charp(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", *(char **)kp->arg);
}
EXPORT_SYMBOL(param_get_charp);

void param_free_charp(void *arg)
{
	charp_release(*(char **)arg);
}
EXPORT_SYMBOL(param_free_charp);

const struct kernel_param_ops param_ops_charp = {
	.set = param_set_charp,
	.get = param_get_charp,
	.free = param_free_charp,
};
EXPORT_SYMBOL(param_ops_charp);

int param_set_bool(const char *val, const struct kernel_param *kp)
{
	return kstrtobool(val ?: "1", kp->arg);
}
EXPORT_SYMBOL(param_set_bool);

int param_get_bool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'Y' : 'N');
}
EXPORT_SYMBOL(param_get_bool);

const struct kernel_param_ops param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bool,
	.get = param_get_bool,
};
EXPORT_SYMBOL(param_ops_bool);

/* Once true it stays so. */
int param_set_bool_enable_only(const char *val, const struct kernel_param *kp)
{
	bool value;
	int error = kstrtobool(val ?: "1", &value);

	if (error)
		return error;
	if (!value && *(bool *)kp->arg)
		return -EROFS;
	*(bool *)kp->arg = value;
	return 0;
}
EXPORT_SYMBOL_GPL(param_set_bool_enable_only);

const struct kernel_param_ops param_ops_bool_enable_only = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bool_enable_only,
	.get = param_get_bool,
};
EXPORT_SYMBOL_GPL(param_ops_bool_enable_only);

int param_set_invbool(const char *val, const struct kernel_param *kp)
{
	bool value;
	int error = kstrtobool(val, &value);

	if (!error)
		*(bool *)kp->arg = !value;
	return error;
}
EXPORT_SYMBOL(param_set_invbool);

int param_get_invbool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'N' : 'Y');
}
EXPORT_SYMBOL(param_get_invbool);

const struct kernel_param_ops param_ops_invbool = {
	.set = param_set_invbool,
	.get = param_get_invbool,
};
EXPORT_SYMBOL(param_ops_invbool);

/* An int that is set as a truth value. */
int param_set_bint(const char *val, const struct kernel_param *kp)
{
	bool value;
	int error = kstrtobool(val ?: "1", &value);

	if (!error)
		*(int *)kp->arg = value;
	return error;
}
EXPORT_SYMBOL(param_set_bint);

const struct kernel_param_ops param_ops_bint = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bint,
	.get = param_get_int,
};
EXPORT_SYMBOL(param_ops_bint);

int param_set_copystring(const char *val, const struct kernel_param *kp)
{
	const struct kparam_string *string = kp->str;

	if (!val)
		return -EINVAL;
	if (strlen(val) >= string->maxlen)
		return -ENOSPC;
	strcpy(string->string, val);
	return 0;
}
EXPORT_SYMBOL(param_set_copystring);

int param_get_string(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", kp->str->string);
}
EXPORT_SYMBOL(param_get_string);

const struct kernel_param_ops param_ops_string = {
	.set = param_set_copystring,
	.get = param_get_string,
};
EXPORT_SYMBOL(param_ops_string);

/* The i-th element as a parameter of its own. */
static struct kernel_param element(const struct kernel_param *kp, unsigned int i)
{
	const struct kparam_array *array = kp->arr;

	return (struct kernel_param){ kp->name,
				      kp->mod,
				      array->ops,
				      kp->perm,
				      kp->level,
				      kp->flags,
				      { (char *)array->elem + i * array->elemsize } };
}

static int set_element(const struct kernel_param *kp, unsigned int i, const char *val,
		       size_t length)
{
	struct kernel_param one = element(kp, i);
	char *text;
	int error;

	if (i >= kp->arr->max) {
		pr_err("module: parameter %s: takes at most %u values\n", kp->name, kp->arr->max);
		return -EINVAL;
	}
	text = kmemdup_nul(val, length, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	error = kp->arr->ops->set(text, &one);
	kfree(text);
	return error;
}

static int param_array_set(const char *val, const struct kernel_param *kp)
{
	unsigned int count = 0;
	bool more = true;

	if (!val)
		return -EINVAL;
	while (more) {
		size_t length = strcspn(val, ",");
		int error = set_element(kp, count, val, length);

		if (error)
			return error;
		count++;
		more = val[length] == ',';
		val += length + 1;
	}
	if (kp->arr->num)
		*kp->arr->num = count;
	return 0;
}

static int param_array_get(char *buffer, const struct kernel_param *kp)
{
	unsigned int count = kp->arr->num ? *kp->arr->num : kp->arr->max;
	int length = 0;

	for (unsigned int i = 0; i < count && i < kp->arr->max; i++) {
		struct kernel_param one = element(kp, i);
		int n;

		if (i)
			buffer[length - 1] = ',';
		if (length > (int)PAGE_SIZE / 2)
			break;
		n = kp->arr->ops->get(buffer + length, &one);
		if (n < 0)
			return n;
		length += n;
	}
	if (!length)
		length = sprintf(buffer, "\n");
	return length;
}

static void param_array_free(void *arg)
{
	const struct kparam_array *array = arg;

	for (unsigned int i = 0; array->ops->free && i < (array->num ? *array->num : array->max);
	     i++)
		array->ops->free((char *)array->elem + i * array->elemsize);
}

const struct kernel_param_ops param_array_ops = {
	.set = param_array_set,
	.get = param_array_get,
	.free = param_array_free,
};
EXPORT_SYMBOL(param_array_ops);
