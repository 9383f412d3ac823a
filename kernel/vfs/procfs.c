/*
 * The face of the node tree that modules know as /proc: proc_create() and its family. A struct proc_dir_entry is a node;
 * its key is the proc_ops, seq_operations or show function, its ops one of the three tables below.
 *
 * The owner of an entry is the module whose text called the function.
 */
#include "vfs/vfs.h"
#include "vfs/pseudo.h"
#include <linux/magic.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/uio.h>
#include <linux/seq_file.h>
#include <rakit/ledger.h>

struct ptree proc_tree = { .name = "proc", .magic = PROC_SUPER_MAGIC };
struct proc_dir_entry *proc_root_driver, *proc_net, *proc_sys;
EXPORT_SYMBOL_GPL(proc_root_driver);
EXPORT_SYMBOL_GPL(proc_net);
EXPORT_SYMBOL_GPL(proc_sys);

static struct pnode *entry_node(struct proc_dir_entry *entry)
{
	return entry ? (struct pnode *)entry : proc_tree.root;
}

static struct proc_dir_entry *node_entry(struct pnode *node)
{
	return (struct proc_dir_entry *)node;
}

/* Entries with operations of their own. */

static const struct proc_ops *ops_of(struct pnode *node)
{
	return node->key;
}

static int own_open(struct pnode *node, struct inode *inode, struct file *file)
{
	return ops_of(node)->proc_open ? ops_of(node)->proc_open(inode, file) : 0;
}

static void own_release(struct pnode *node, struct inode *inode, struct file *file)
{
	if (ops_of(node)->proc_release)
		ops_of(node)->proc_release(inode, file);
}

static ssize_t own_read(struct pnode *node, struct file *file, char __user *buf, size_t count,
			loff_t *pos)
{
	const struct proc_ops *ops = ops_of(node);
	struct iovec iov = { .iov_base = buf, .iov_len = count };
	struct kiocb kiocb;
	struct iov_iter iter;
	ssize_t done;

	if (ops->proc_read)
		return ops->proc_read(file, buf, count, pos);
	if (!ops->proc_read_iter)
		return -EIO;
	init_sync_kiocb(&kiocb, file);
	kiocb.ki_pos = *pos;
	iov_iter_init(&iter, READ, &iov, 1, count);
	done = ops->proc_read_iter(&kiocb, &iter);
	*pos = kiocb.ki_pos;
	return done;
}

static ssize_t own_write(struct pnode *node, struct file *file, const char __user *buf,
			 size_t count, loff_t *pos)
{
	return ops_of(node)->proc_write ? ops_of(node)->proc_write(file, buf, count, pos) : -EIO;
}

static loff_t own_llseek(struct pnode *node, struct file *file, loff_t offset, int whence)
{
	return ops_of(node)->proc_lseek ? ops_of(node)->proc_lseek(file, offset, whence)
					: default_llseek(file, offset, whence);
}

static __poll_t own_poll(struct pnode *node, struct file *file, struct poll_table_struct *table)
{
	return ops_of(node)->proc_poll ? ops_of(node)->proc_poll(file, table) : DEFAULT_POLLMASK;
}

static long own_ioctl(struct pnode *node, struct file *file, unsigned int cmd, unsigned long arg)
{
	return ops_of(node)->proc_ioctl ? ops_of(node)->proc_ioctl(file, cmd, arg) : -ENOTTY;
}

static int own_mmap(struct pnode *node, struct file *file, struct vm_area_struct *vma)
{
	return ops_of(node)->proc_mmap ? ops_of(node)->proc_mmap(file, vma) : -EIO;
}

static const struct pnode_ops own_node_ops = {
	.open = own_open,
	.release = own_release,
	.read = own_read,
	.write = own_write,
	.llseek = own_llseek,
	.poll = own_poll,
	.ioctl = own_ioctl,
	.mmap = own_mmap,
};

/* Entries that are a sequence or one show function: size is the state a sequence asked for. */

struct seq_key {
	const struct seq_operations *ops;
	int (*show)(struct seq_file *m, void *v);
	unsigned int state_size;
};

static int seq_open_node(struct pnode *node, struct inode *inode, struct file *file)
{
	const struct seq_key *key = node->key;

	if (key->show)
		return single_open(file, key->show, node->data);
	if (key->state_size)
		return seq_open_private(file, key->ops, key->state_size);
	return seq_open(file, key->ops);
}

static void seq_release_node(struct pnode *node, struct inode *inode, struct file *file)
{
	const struct seq_key *key = node->key;

	if (key->show)
		single_release(inode, file);
	else if (key->state_size)
		seq_release_private(inode, file);
	else
		seq_release(inode, file);
}

static ssize_t seq_read_node(struct pnode *node, struct file *file, char __user *buf, size_t count,
			     loff_t *pos)
{
	return seq_read(file, buf, count, pos);
}

static loff_t seq_llseek_node(struct pnode *node, struct file *file, loff_t offset, int whence)
{
	return seq_lseek(file, offset, whence);
}

static void seq_free_node(struct pnode *node)
{
	kfree(node->key);
}

static const struct pnode_ops seq_node_ops = {
	.open = seq_open_node,
	.release = seq_release_node,
	.read = seq_read_node,
	.llseek = seq_llseek_node,
	.free = seq_free_node,
};

/* Making entries. */

/* name may be a path: its directories must exist. Returns the parent (referenced) and the last component. */
static struct pnode *entry_parent(struct proc_dir_entry *parent, const char **name)
{
	struct pnode *dir = pnode_get(entry_node(parent)), *next;
	const char *slash;

	while ((slash = strchr(*name, '/')) != NULL) {
		next = pnode_find(dir, *name, slash - *name);
		pnode_put(dir);
		if (!next) {
			pr_warn("proc: %s: no such directory\n", *name);
			return NULL;
		}
		dir = next;
		*name = slash + 1;
	}
	return dir;
}

static struct pnode *entry_new(const char *name, umode_t mode, struct proc_dir_entry *parent,
			       void *data)
{
	struct pnode *dir = entry_parent(parent, &name), *node;

	if (!dir)
		return NULL;
	if (!*name || strlen(name) > NAME_MAX || !S_ISDIR(dir->mode)) {
		pr_warn("proc: '%s': not a name for an entry\n", name);
		node = NULL;
	} else {
		node = pnode_create(dir, name, mode);
	}
	pnode_put(dir);
	if (node)
		node->data = data;
	return node;
}

static struct proc_dir_entry *entry_publish(struct pnode *node, unsigned long site)
{
	char name[64];
	int error;

	if (!node)
		return NULL;
	strscpy(name, node->name, sizeof(name));
	error = pnode_publish(node, ledger_owner_of(site), site);
	if (!error)
		return node_entry(node);
	if (error == -EEXIST)
		pr_warn("proc: %s: there is one already\n", name);
	return NULL;
}

static umode_t file_mode(umode_t mode)
{
	if (!(mode & S_IALLUGO))
		mode |= S_IRUGO;
	return (mode & S_IALLUGO) | S_IFREG;
}

static struct proc_dir_entry *create_own(const char *name, umode_t mode,
					 struct proc_dir_entry *parent, const struct proc_ops *ops,
					 void *data, unsigned long site)
{
	struct pnode *node = entry_new(name, file_mode(mode), parent, data);

	if (node) {
		node->ops = &own_node_ops;
		node->key = ops;
	}
	return entry_publish(node, site);
}

struct proc_dir_entry *proc_create_data(const char *name, umode_t mode,
					struct proc_dir_entry *parent, const struct proc_ops *ops,
					void *data)
{
	return create_own(name, mode, parent, ops, data, _RET_IP_);
}
EXPORT_SYMBOL(proc_create_data);

struct proc_dir_entry *proc_create(const char *name, umode_t mode, struct proc_dir_entry *parent,
				   const struct proc_ops *ops)
{
	return create_own(name, mode, parent, ops, NULL, _RET_IP_);
}
EXPORT_SYMBOL(proc_create);

static struct proc_dir_entry *create_seq(const char *name, umode_t mode,
					 struct proc_dir_entry *parent, const struct seq_key *key,
					 void *data, unsigned long site)
{
	struct pnode *node;
	struct seq_key *copy = kmemdup(key, sizeof(*key), GFP_KERNEL);

	if (!copy)
		return NULL;
	node = entry_new(name, file_mode(mode), parent, data);
	if (!node) {
		kfree(copy);
		return NULL;
	}
	node->ops = &seq_node_ops;
	node->key = copy;
	return entry_publish(node, site);
}

struct proc_dir_entry *proc_create_seq_private(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       const struct seq_operations *ops,
					       unsigned int state_size, void *data)
{
	struct seq_key key = { .ops = ops, .state_size = state_size };

	return create_seq(name, mode, parent, &key, data, _RET_IP_);
}
EXPORT_SYMBOL(proc_create_seq_private);

struct proc_dir_entry *proc_create_net_data(const char *name, umode_t mode,
					    struct proc_dir_entry *parent,
					    const struct seq_operations *ops,
					    unsigned int state_size, void *data)
{
	struct seq_key key = { .ops = ops, .state_size = state_size };

	return create_seq(name, mode, parent ? parent : proc_net, &key, data, _RET_IP_);
}
EXPORT_SYMBOL_GPL(proc_create_net_data);

struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       int (*show)(struct seq_file *, void *), void *data)
{
	struct seq_key key = { .show = show };

	return create_seq(name, mode, parent, &key, data, _RET_IP_);
}
EXPORT_SYMBOL(proc_create_single_data);

struct proc_dir_entry *proc_symlink(const char *name, struct proc_dir_entry *parent,
				    const char *target)
{
	struct pnode *node = entry_new(name, S_IFLNK | S_IRWXUGO, parent, NULL);

	if (node) {
		node->text = kstrdup(target, GFP_KERNEL);
		node->size = strlen(target);
	}
	if (node && !node->text) {
		pnode_put(node);
		node = NULL;
	}
	return entry_publish(node, _RET_IP_);
}
EXPORT_SYMBOL(proc_symlink);

static struct proc_dir_entry *make_dir(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, void *data,
				       unsigned long site)
{
	if (!(mode & S_IALLUGO))
		mode = S_IRUGO | S_IXUGO;
	return entry_publish(entry_new(name, (mode & S_IALLUGO) | S_IFDIR, parent, data), site);
}

struct proc_dir_entry *proc_mkdir_data(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, void *data)
{
	return make_dir(name, mode, parent, data, _RET_IP_);
}
EXPORT_SYMBOL_GPL(proc_mkdir_data);

struct proc_dir_entry *proc_mkdir_mode(const char *name, umode_t mode,
				       struct proc_dir_entry *parent)
{
	return make_dir(name, mode, parent, NULL, _RET_IP_);
}
EXPORT_SYMBOL(proc_mkdir_mode);

struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent)
{
	return make_dir(name, 0, parent, NULL, _RET_IP_);
}
EXPORT_SYMBOL(proc_mkdir);

struct proc_dir_entry *proc_create_mount_point(const char *name)
{
	return make_dir(name, 0555, NULL, NULL, _RET_IP_);
}
EXPORT_SYMBOL(proc_create_mount_point);

/* Properties. */

void proc_set_size(struct proc_dir_entry *entry, loff_t size)
{
	entry_node(entry)->size = size;
}
EXPORT_SYMBOL(proc_set_size);

void proc_set_user(struct proc_dir_entry *entry, kuid_t uid, kgid_t gid)
{
	entry_node(entry)->uid = uid;
	entry_node(entry)->gid = gid;
}
EXPORT_SYMBOL(proc_set_user);

void *PDE_DATA(const struct inode *inode)
{
	return inode_pnode(inode)->data;
}
EXPORT_SYMBOL(PDE_DATA);

void *proc_get_parent_data(const struct inode *inode)
{
	return inode_pnode(inode)->parent->data;
}
EXPORT_SYMBOL_GPL(proc_get_parent_data);

/* Removing. */

void proc_remove(struct proc_dir_entry *entry)
{
	if (entry)
		pnode_remove(entry_node(entry));
}
EXPORT_SYMBOL(proc_remove);

static int remove_named(const char *name, struct proc_dir_entry *parent)
{
	struct pnode *dir = entry_parent(parent, &name);
	struct pnode *node = dir ? pnode_find(dir, name, strlen(name)) : NULL;

	pnode_put(dir);
	if (!node) {
		pr_warn("proc: %s: cannot be removed: no such entry\n", name);
		return -ENOENT;
	}
	pnode_remove(node);
	pnode_put(node);
	return 0;
}

void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
	remove_named(name, parent);
}
EXPORT_SYMBOL(remove_proc_entry);

int remove_proc_subtree(const char *name, struct proc_dir_entry *parent)
{
	return remove_named(name, parent);
}
EXPORT_SYMBOL(remove_proc_subtree);

void procfs_init(void)
{
	ptree_init(&proc_tree);
	proc_sys = proc_mkdir("sys", NULL);
	proc_net = proc_mkdir("net", NULL);
	proc_root_driver = proc_mkdir("driver", NULL);
	proc_mkdir("fs", NULL);
	proc_mkdir("bus", NULL);
}

/* For the module that registers the type. */
struct file_system_type *proc_fs_type(void)
{
	return &proc_tree.type;
}
EXPORT_SYMBOL_GPL(proc_fs_type);
