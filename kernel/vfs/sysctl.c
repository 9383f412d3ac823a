/*
 * /proc/sys: files that show and set variables.
 *
 * A registered table becomes one file per entry in a directory that several tables may share; such
 * directories are counted in `dirs`, and go with the last table in them. What is written is copied
 * into the kernel first (one page at most), and a vector's numbers are all checked before the first
 * is stored. sysctl_mutex protects the list of directories and tables.
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>
#include <rakit/ledger.h>

#define PATH_LENGTH_MAX 96
#define VECTOR_MAX 16
#define TEXT_MAX 4096

struct sysctl_dir {
	struct list_head entry;
	char path[PATH_LENGTH_MAX]; /* below /proc/sys */
	struct proc_dir_entry *node;
	unsigned int users; /* files and directories of ours in it */
	bool foreign;	    /* made by somebody else: stays */
};

struct ctl_table_header {
	struct ctl_table *table;
	char path[PATH_LENGTH_MAX];
};

static DEFINE_MUTEX(sysctl_mutex);
static LIST_HEAD(dirs);
const int sysctl_vals[] = { 0, 1, INT_MAX };
EXPORT_SYMBOL(sysctl_vals);

/* Files */

static ssize_t call(struct file *file, int write, char *text, size_t count, loff_t *pos)
{
	struct ctl_table *ctl = PDE_DATA(file_inode(file));
	size_t length = count;
	int error;

	if (!ctl->proc_handler)
		return -EINVAL;
	error = ctl->proc_handler(ctl, write, text, &length, pos);
	return error ? error : (ssize_t)length;
}

static ssize_t sysctl_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	char *text = kzalloc(TEXT_MAX, GFP_KERNEL);
	ssize_t n;

	if (!text)
		return -ENOMEM;
	n = call(file, 0, text, min_t(size_t, count, TEXT_MAX), pos);
	if (n > 0 && copy_to_user(buf, text, n))
		n = -EFAULT;
	kfree(text);
	return n;
}

static ssize_t sysctl_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char *text;
	ssize_t n;

	if (count >= TEXT_MAX)
		return -EINVAL;
	text = memdup_user_nul(buf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	n = call(file, 1, text, count, pos);
	kfree(text);
	return n;
}

static const struct proc_ops sysctl_ops = {
	.proc_read = sysctl_read,
	.proc_write = sysctl_write,
	.proc_lseek = default_llseek,
};

/* Handlers */

/* Hands out text from *ppos on. */
static int give(const char *text, size_t length, void *buffer, size_t *lenp, loff_t *ppos)
{
	size_t n = *ppos < length ? min_t(size_t, *lenp, length - *ppos) : 0;

	memcpy(buffer, text + *ppos, n);
	*ppos += n;
	*lenp = n;
	return 0;
}

int proc_dostring(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	char *data = ctl->data, *text = buffer;
	size_t n;

	if (!data || ctl->maxlen <= 0)
		return -EINVAL;
	if (write) {
		n = strcspn(text, "\n");
		n = min_t(size_t, n, ctl->maxlen - 1);
		memcpy(data, text, n);
		data[n] = 0;
		*ppos += *lenp;
		return 0;
	}
	n = strnlen(data, ctl->maxlen);
	text = kasprintf(GFP_KERNEL, "%.*s\n", (int)n, data);
	if (!text)
		return -ENOMEM;
	give(text, n + 1, buffer, lenp, ppos);
	kfree(text);
	return 0;
}
EXPORT_SYMBOL(proc_dostring);

struct bounds {
	bool is_signed;
	s64 min, max;
};

/* Numbers of a text into values: how many, or -EINVAL. */
static int parse_vector(char *text, s64 *values, int count, const struct bounds *bounds)
{
	int n = 0;

	while (n < count) {
		bool negative;
		u64 value;
		char *end;

		text = skip_spaces(text);
		if (!*text)
			break;
		negative = bounds->is_signed && *text == '-';
		text += negative;
		if (!isdigit(*text))
			return -EINVAL;
		value = simple_strtoull(text, &end, 0);
		if ((*end && !isspace(*end)) || value > S64_MAX)
			return -EINVAL;
		values[n] = negative ? -(s64)value : (s64)value;
		if (values[n] < bounds->min || values[n] > bounds->max)
			return -EINVAL;
		n++;
		text = end;
	}
	return n ? n : -EINVAL;
}

/* A vector of 32-bit numbers; unsigned long has 32 bits too. */
static int do_vector(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos,
		     const struct bounds *bounds)
{
	int count = min_t(int, ctl->maxlen / (int)sizeof(u32), VECTOR_MAX);
	char text[VECTOR_MAX * 12 + 2];
	s64 values[VECTOR_MAX];
	u32 *data = ctl->data;
	int n;

	if (!data || count <= 0)
		return -EINVAL;
	if (write) {
		n = parse_vector(buffer, values, count, bounds);
		if (n < 0)
			return n;
		for (int i = 0; i < n; i++)
			WRITE_ONCE(data[i], (u32)values[i]);
		*ppos += *lenp;
		return 0;
	}
	n = 0;
	for (int i = 0; i < count; i++)
		n += scnprintf(text + n, sizeof(text) - n, bounds->is_signed ? "%s%d" : "%s%u",
			       i ? "\t" : "", READ_ONCE(data[i]));
	n += scnprintf(text + n, sizeof(text) - n, "\n");
	return give(text, n, buffer, lenp, ppos);
}

int proc_dointvec(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	const struct bounds bounds = { true, INT_MIN, INT_MAX };

	return do_vector(ctl, write, buffer, lenp, ppos, &bounds);
}
EXPORT_SYMBOL(proc_dointvec);

int proc_dointvec_minmax(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	const struct bounds bounds = { true, ctl->extra1 ? *(int *)ctl->extra1 : INT_MIN,
				       ctl->extra2 ? *(int *)ctl->extra2 : INT_MAX };

	return do_vector(ctl, write, buffer, lenp, ppos, &bounds);
}
EXPORT_SYMBOL(proc_dointvec_minmax);

int proc_douintvec(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	const struct bounds bounds = { false, 0, UINT_MAX };

	return do_vector(ctl, write, buffer, lenp, ppos, &bounds);
}
EXPORT_SYMBOL(proc_douintvec);

int proc_doulongvec_minmax(struct ctl_table *ctl, int write, void *buffer, size_t *lenp,
			   loff_t *ppos)
{
	const struct bounds bounds = { false, ctl->extra1 ? *(unsigned long *)ctl->extra1 : 0,
				       ctl->extra2 ? *(unsigned long *)ctl->extra2 : ULONG_MAX };

	return do_vector(ctl, write, buffer, lenp, ppos, &bounds);
}
EXPORT_SYMBOL(proc_doulongvec_minmax);

/* Directories; sysctl_mutex held. */

static struct sysctl_dir *find_dir(const char *path)
{
	struct sysctl_dir *dir;

	list_for_each_entry(dir, &dirs, entry)
		if (!strcmp(dir->path, path))
			return dir;
	return NULL;
}

static struct sysctl_dir *dir_get(const char *path);

static struct proc_dir_entry *parent_node(const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	char parent[PATH_LENGTH_MAX];
	struct sysctl_dir *dir;

	*name = slash ? slash + 1 : path;
	if (!slash)
		return proc_sys;
	strscpy(parent, path, min_t(size_t, slash - path + 1, sizeof(parent)));
	dir = dir_get(parent);
	return dir ? dir->node : NULL;
}

static void dir_put(const char *path)
{
	struct sysctl_dir *dir = find_dir(path);
	char *slash;

	if (!dir || --dir->users)
		return;
	list_del(&dir->entry);
	if (!dir->foreign)
		proc_remove(dir->node);
	slash = strrchr(dir->path, '/');
	if (slash) {
		*slash = 0;
		dir_put(dir->path);
	}
	kfree(dir);
}

/* The directory, of which the caller becomes a user; made with its parents if it is not there. */
static struct sysctl_dir *dir_get(const char *path)
{
	struct sysctl_dir *dir = find_dir(path);
	struct proc_dir_entry *parent;
	const char *name;

	if (dir) {
		dir->users++;
		return dir;
	}
	dir = kzalloc(sizeof(*dir), GFP_KERNEL);
	if (!dir)
		return NULL;
	strscpy(dir->path, path, sizeof(dir->path));
	dir->users = 1;
	parent = parent_node(dir->path, &name);
	dir->node = parent ? proc_mkdir(name, parent) : NULL;
	if (!dir->node) {
		kfree(dir);
		return NULL;
	}
	list_add(&dir->entry, &dirs);
	return dir;
}

static void table_remove(const char *path, struct ctl_table *table, struct ctl_table *end);

/* The entries of a table into the directory path. All or none. */
static int table_add(const char *path, struct ctl_table *table)
{
	struct ctl_table *ctl;

	for (ctl = table; ctl->procname; ctl++) {
		char child[PATH_LENGTH_MAX];
		struct sysctl_dir *dir;
		int error = 0;

		if (ctl->child) {
			if (snprintf(child, sizeof(child), "%s%s%s", path, *path ? "/" : "",
				     ctl->procname) >= (int)sizeof(child))
				error = -ENAMETOOLONG;
			else
				error = table_add(child, ctl->child);
		} else {
			dir = *path ? dir_get(path) : NULL;
			if (!dir || !proc_create_data(ctl->procname, ctl->mode, dir->node,
						      &sysctl_ops, ctl)) {
				if (dir)
					dir_put(path);
				error = -ENOMEM;
			}
		}
		if (error) {
			table_remove(path, table, ctl);
			return error;
		}
	}
	return 0;
}

/* Takes the entries before end (NULL: all) out again. */
static void table_remove(const char *path, struct ctl_table *table, struct ctl_table *end)
{
	for (struct ctl_table *ctl = table; ctl != end && ctl->procname; ctl++) {
		if (ctl->child) {
			char child[PATH_LENGTH_MAX];

			snprintf(child, sizeof(child), "%s%s%s", path, *path ? "/" : "",
				 ctl->procname);
			table_remove(child, ctl->child, NULL);
		} else {
			remove_proc_entry(ctl->procname, find_dir(path)->node);
			dir_put(path);
		}
	}
}

static struct ctl_table_header *add(const char *path, struct ctl_table *table, unsigned long site)
{
	struct ctl_table_header *header = kzalloc(sizeof(*header), GFP_KERNEL);
	struct module *owner = ledger_owner_of(site);
	int error;

	if (!header)
		return NULL;
	header->table = table;
	strscpy(header->path, path, sizeof(header->path));
	mutex_lock(&sysctl_mutex);
	error = table_add(path, table);
	mutex_unlock(&sysctl_mutex);
	if (!error) {
		error = ledger_add(owner, LEDGER_SYSCTL, header, 0, 0,
				   *path ? path : table->procname, site);
		if (!error)
			return header;
		table_remove(path, table, NULL);
	}
	kfree(header);
	return NULL;
}

struct ctl_table_header *register_sysctl(const char *path, struct ctl_table *table)
{
	return add(path, table, _RET_IP_);
}
EXPORT_SYMBOL(register_sysctl);

struct ctl_table_header *register_sysctl_table(struct ctl_table *table)
{
	return add("", table, _RET_IP_);
}
EXPORT_SYMBOL(register_sysctl_table);

void unregister_sysctl_table(struct ctl_table_header *header)
{
	if (!header)
		return;
	ledger_remove(LEDGER_SYSCTL, header);
	mutex_lock(&sysctl_mutex);
	table_remove(header->path, header->table, NULL);
	mutex_unlock(&sysctl_mutex);
	kfree(header);
}
EXPORT_SYMBOL(unregister_sysctl_table);

static void sysctl_release(const struct ledger_entry *entry)
{
	unregister_sysctl_table((struct ctl_table_header *)entry->object);
}

static const struct ledger_kind_ops sysctl_ledger = { "sysctl tables", sysctl_release, NULL };

/* /proc/sys/fs is made elsewhere; tables may add to it. */
static int __init sysctl_init(void)
{
	ledger_kind_register(LEDGER_SYSCTL, &sysctl_ledger);
	return 0;
}
core_initcall(sysctl_init);
