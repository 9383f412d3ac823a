/*
 * The face of the node tree that modules know as debugfs. What debugfs_create_*() return as struct dentry is a node: a
 * handle for these functions only. Files have the creator's file operations, called while the node is active.
 */
#include "vfs/vfs.h"
#include "vfs/pseudo.h"
#include <linux/debugfs.h>
#include <linux/magic.h>
#include <linux/poll.h>
#include <rakit/ledger.h>
#include <rakit/pseudo_fs.h>

struct ptree debugfs_tree = { .name = "debugfs", .magic = DEBUGFS_MAGIC };

static struct pnode *to_node(struct dentry *handle)
{
	return handle ? (struct pnode *)handle : debugfs_tree.root;
}

static const struct file_operations *fops_of(struct pnode *node)
{
	return node->key;
}

static int dbg_open(struct pnode *node, struct inode *inode, struct file *file)
{
	int error = 0;

	/* In the inode that the creator sees, i_private is the creator's data. */
	if (fops_of(node)->open) {
		struct inode *view = kmemdup(inode, sizeof(*inode), GFP_KERNEL);

		if (!view)
			return -ENOMEM;
		view->i_private = node->data;
		error = fops_of(node)->open(view, file);
		kfree(view);
	} else {
		file->private_data = node->data;
	}
	return error;
}

static void dbg_release(struct pnode *node, struct inode *inode, struct file *file)
{
	if (fops_of(node)->release)
		fops_of(node)->release(inode, file);
}

static ssize_t dbg_read(struct pnode *node, struct file *file, char __user *buf, size_t count,
			loff_t *pos)
{
	return fops_of(node)->read ? fops_of(node)->read(file, buf, count, pos) : -EINVAL;
}

static ssize_t dbg_write(struct pnode *node, struct file *file, const char __user *buf,
			 size_t count, loff_t *pos)
{
	return fops_of(node)->write ? fops_of(node)->write(file, buf, count, pos) : -EINVAL;
}

static loff_t dbg_llseek(struct pnode *node, struct file *file, loff_t offset, int whence)
{
	return fops_of(node)->llseek ? fops_of(node)->llseek(file, offset, whence) : -ESPIPE;
}

static __poll_t dbg_poll(struct pnode *node, struct file *file, struct poll_table_struct *table)
{
	return fops_of(node)->poll ? fops_of(node)->poll(file, table) : DEFAULT_POLLMASK;
}

static long dbg_ioctl(struct pnode *node, struct file *file, unsigned int cmd, unsigned long arg)
{
	return fops_of(node)->unlocked_ioctl ? fops_of(node)->unlocked_ioctl(file, cmd, arg)
					     : -ENOTTY;
}

static int dbg_mmap(struct pnode *node, struct file *file, struct vm_area_struct *vma)
{
	return fops_of(node)->mmap ? fops_of(node)->mmap(file, vma) : -ENODEV;
}

static const struct pnode_ops dbg_ops = {
	.open = dbg_open,
	.release = dbg_release,
	.read = dbg_read,
	.write = dbg_write,
	.llseek = dbg_llseek,
	.poll = dbg_poll,
	.ioctl = dbg_ioctl,
	.mmap = dbg_mmap,
};

static struct dentry *publish(struct pnode *node, unsigned long site)
{
	int error;

	if (!node)
		return ERR_PTR(-ENOMEM);
	error = pnode_publish(node, ledger_owner_of(site), site);
	return error ? ERR_PTR(error) : (struct dentry *)node;
}

static struct dentry *create_file(const char *name, umode_t mode, struct dentry *parent, void *data,
				  const struct file_operations *fops, unsigned long site)
{
	struct pnode *node;

	if (IS_ERR(parent))
		return parent;
	node = pnode_create(to_node(parent), name, (mode & S_IALLUGO) | S_IFREG);
	if (node) {
		node->ops = &dbg_ops;
		node->key = fops;
		node->data = data;
	}
	return publish(node, site);
}

struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,
				   void *data, const struct file_operations *fops)
{
	return create_file(name, mode, parent, data, fops, _RET_IP_);
}
EXPORT_SYMBOL_GPL(debugfs_create_file);

void debugfs_create_file_size(const char *name, umode_t mode, struct dentry *parent, void *data,
			      const struct file_operations *fops, loff_t size)
{
	struct dentry *handle = create_file(name, mode, parent, data, fops, _RET_IP_);

	if (!IS_ERR(handle))
		to_node(handle)->size = size;
}
EXPORT_SYMBOL_GPL(debugfs_create_file_size);

struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)
{
	if (IS_ERR(parent))
		return parent;
	return publish(pnode_create(to_node(parent), name, S_IFDIR | 0755), _RET_IP_);
}
EXPORT_SYMBOL_GPL(debugfs_create_dir);

struct dentry *debugfs_create_symlink(const char *name, struct dentry *parent, const char *target)
{
	struct pnode *node;

	if (IS_ERR(parent))
		return parent;
	node = pnode_create(to_node(parent), name, S_IFLNK | S_IRWXUGO);
	if (node) {
		node->text = kstrdup(target, GFP_KERNEL);
		if (!node->text) {
			pnode_put(node);
			node = NULL;
		}
	}
	return publish(node, _RET_IP_);
}
EXPORT_SYMBOL_GPL(debugfs_create_symlink);

struct dentry *debugfs_lookup(const char *name, struct dentry *parent)
{
	struct pnode *node = IS_ERR(parent) ? NULL
					    : pnode_find(to_node(parent), name, strlen(name));

	pnode_put(node); /* as long as its creator keeps it */
	return (struct dentry *)node;
}
EXPORT_SYMBOL_GPL(debugfs_lookup);

void debugfs_remove(struct dentry *handle)
{
	if (!IS_ERR_OR_NULL(handle))
		pnode_remove(to_node(handle));
}
EXPORT_SYMBOL_GPL(debugfs_remove);

bool debugfs_initialized(void)
{
	return debugfs_tree.root != NULL;
}
EXPORT_SYMBOL_GPL(debugfs_initialized);

/* Files that show one variable. */

#define NUMBER_FILE(suffix, type, fmt)                                                      \
	static int suffix##_get(void *data, u64 *value)                                     \
	{                                                                                   \
		*value = READ_ONCE(*(type *)data);                                          \
		return 0;                                                                   \
	}                                                                                   \
	static int suffix##_set(void *data, u64 value)                                      \
	{                                                                                   \
		WRITE_ONCE(*(type *)data, (type)value);                                     \
		return 0;                                                                   \
	}                                                                                   \
	DEFINE_SIMPLE_ATTRIBUTE(suffix##_fops, suffix##_get, suffix##_set, fmt);            \
	void debugfs_create_##suffix(const char *name, umode_t mode, struct dentry *parent, \
				     type *value)                                           \
	{                                                                                   \
		create_file(name, mode, parent, value, &suffix##_fops, _RET_IP_);           \
	}                                                                                   \
	EXPORT_SYMBOL_GPL(debugfs_create_##suffix)

NUMBER_FILE(u8, u8, "%llu\n");
NUMBER_FILE(u16, u16, "%llu\n");
NUMBER_FILE(u32, u32, "%llu\n");
NUMBER_FILE(u64, u64, "%llu\n");
NUMBER_FILE(ulong, unsigned long, "%llu\n");
NUMBER_FILE(size_t, size_t, "%llu\n");
NUMBER_FILE(x8, u8, "0x%02llx\n");
NUMBER_FILE(x16, u16, "0x%04llx\n");
NUMBER_FILE(x32, u32, "0x%08llx\n");
NUMBER_FILE(x64, u64, "0x%016llx\n");

static int atomic_get(void *data, u64 *value)
{
	*value = atomic_read((atomic_t *)data);
	return 0;
}

static int atomic_put(void *data, u64 value)
{
	atomic_set((atomic_t *)data, value);
	return 0;
}
DEFINE_SIMPLE_ATTRIBUTE(atomic_fops, atomic_get, atomic_put, "%lld\n");

void debugfs_create_atomic_t(const char *name, umode_t mode, struct dentry *parent, atomic_t *value)
{
	create_file(name, mode, parent, value, &atomic_fops, _RET_IP_);
}
EXPORT_SYMBOL_GPL(debugfs_create_atomic_t);

static ssize_t bool_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	char text[2] = { *(bool *)file->private_data ? 'Y' : 'N', '\n' };

	return simple_read_from_buffer(buf, count, pos, text, sizeof(text));
}

static ssize_t bool_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	bool value;
	int error = kstrtobool_from_user(buf, count, &value);

	if (error)
		return error;
	*(bool *)file->private_data = value;
	return count;
}

static const struct file_operations bool_fops = {
	.read = bool_read,
	.write = bool_write,
	.llseek = default_llseek,
};

struct dentry *debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent,
				   bool *value)
{
	return create_file(name, mode, parent, value, &bool_fops, _RET_IP_);
}
EXPORT_SYMBOL_GPL(debugfs_create_bool);

static ssize_t blob_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct debugfs_blob_wrapper *blob = file->private_data;

	return simple_read_from_buffer(buf, count, pos, blob->data, blob->size);
}

static const struct file_operations blob_fops = { .read = blob_read, .llseek = default_llseek };

struct dentry *debugfs_create_blob(const char *name, umode_t mode, struct dentry *parent,
				   struct debugfs_blob_wrapper *blob)
{
	return create_file(name, mode & 0444, parent, blob, &blob_fops, _RET_IP_);
}
EXPORT_SYMBOL_GPL(debugfs_create_blob);

void debugfs_init(void)
{
	ptree_init(&debugfs_tree);
	debugfs_tree.root->mode = S_IFDIR | 0700;
}

struct file_system_type *debugfs_fs_type(void)
{
	return &debugfs_tree.type;
}
EXPORT_SYMBOL_GPL(debugfs_fs_type);
