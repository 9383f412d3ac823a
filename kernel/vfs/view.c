/*
 * /sys/kernel/rakit: read-only views of what Linux has no place for. Each is one show function and of any length, unlike
 * an attribute of /sys.
 */
#include "vfs/vfs.h"
#include "vfs/pseudo.h"
#include <linux/kobject.h>
#include <linux/seq_file.h>
#include <rakit/ledger.h>
#include <rakit/view.h>

static int view_open(struct pnode *node, struct inode *inode, struct file *file)
{
	return single_open(file, (int (*)(struct seq_file *, void *))node->key, node->data);
}

static void view_release(struct pnode *node, struct inode *inode, struct file *file)
{
	single_release(inode, file);
}

static ssize_t view_read(struct pnode *node, struct file *file, char __user *buf, size_t count,
			 loff_t *pos)
{
	return seq_read(file, buf, count, pos);
}

static loff_t view_llseek(struct pnode *node, struct file *file, loff_t offset, int whence)
{
	return seq_lseek(file, offset, whence);
}

/* show functions are single_open()'s: they get the sequence token; ours want the creator's data. */
struct view {
	int (*show)(struct seq_file *m, void *data);
	void *data;
};

static int view_show(struct seq_file *m, void *v)
{
	const struct view *view = m->private;

	return view->show(m, view->data);
}

static void view_free(struct pnode *node)
{
	kfree(node->data);
}

static const struct pnode_ops view_node_ops = {
	.open = view_open,
	.release = view_release,
	.read = view_read,
	.llseek = view_llseek,
	.free = view_free,
};

/* The directory of a path below /sys/kernel/rakit, made if need be; *name becomes the last component. Referenced. */
static struct pnode *view_dir(const char **name)
{
	struct pnode *dir = pnode_get(rakit_kobj->sd), *next;
	const char *slash;
	char part[64];

	while ((slash = strchr(*name, '/')) != NULL) {
		size_t len = slash - *name;

		next = pnode_find(dir, *name, len);
		if (!next && len < sizeof(part)) {
			memcpy(part, *name, len);
			part[len] = 0;
			next = pnode_create(dir, part, S_IFDIR | 0755);
			if (next && !pnode_publish(next, NULL, 0))
				pnode_get(next);
			else
				next = pnode_find(dir, *name, len);
		}
		pnode_put(dir);
		if (!next)
			return NULL;
		dir = next;
		*name = slash + 1;
	}
	return dir;
}

struct pnode *rakit_view_create(const char *name, int (*show)(struct seq_file *, void *),
				void *data)
{
	struct pnode *dir, *node = NULL;
	struct view *view;
	int error;

	if (!rakit_kobj)
		return ERR_PTR(-EINVAL);
	view = kmalloc(sizeof(*view), GFP_KERNEL);
	dir = view ? view_dir(&name) : NULL;
	if (dir) {
		node = pnode_create(dir, name, S_IFREG | 0444);
		pnode_put(dir);
	}
	if (!node) {
		kfree(view);
		return ERR_PTR(-ENOMEM);
	}
	view->show = show;
	view->data = data;
	node->ops = &view_node_ops;
	node->key = view_show;
	node->data = view;
	error = pnode_publish(node, ledger_owner_of(_RET_IP_), _RET_IP_);
	return error ? ERR_PTR(error) : node;
}
EXPORT_SYMBOL(rakit_view_create);

void rakit_view_remove(struct pnode *node)
{
	pnode_remove(node);
}
EXPORT_SYMBOL(rakit_view_remove);
