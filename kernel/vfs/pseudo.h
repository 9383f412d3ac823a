/*
 * Trees of nodes that the kernel and modules make: the one mechanism under /proc, /sys and debugfs.
 *
 * A node is a directory, a symbolic link or a file with operations. Its face (procfs.c, sysfs.c, debugfs.c) decides what
 * its operations are. Process context, may sleep, unless said otherwise.
 */
#ifndef _VFS_PSEUDO_H
#define _VFS_PSEUDO_H

#include <linux/fs.h>
#include <linux/list.h>
#include <linux/wait.h>

struct kobject;
struct module;
struct pnode;
struct poll_table_struct;

/* What a file node does. Each call is counted as active: the node is not removed while one runs. Any may be NULL. */
struct pnode_ops {
	int (*open)(struct pnode *node, struct inode *inode, struct file *file);
	void (*release)(struct pnode *node, struct inode *inode, struct file *file);
	ssize_t (*read)(struct pnode *node, struct file *file, char __user *buf, size_t count,
			loff_t *pos);
	ssize_t (*write)(struct pnode *node, struct file *file, const char __user *buf,
			 size_t count, loff_t *pos);
	loff_t (*llseek)(struct pnode *node, struct file *file, loff_t offset, int whence);
	__poll_t (*poll)(struct pnode *node, struct file *file, struct poll_table_struct *table);
	long (*ioctl)(struct pnode *node, struct file *file, unsigned int cmd, unsigned long arg);
	int (*mmap)(struct pnode *node, struct file *file, struct vm_area_struct *vma);
	/* The node is going; calls have ended. */
	void (*free)(struct pnode *node);
};

/* One tree: one superblock. */
struct ptree {
	const char *name; /* of the file system */
	unsigned long magic;
	struct pnode *root;
	struct file_system_type type;
	/* For names in the root that are no nodes (processes in /proc); NULL. */
	struct dentry *(*lookup)(struct inode *dir, struct dentry *dentry, unsigned int flags);
	int (*iterate)(struct file *file, struct dir_context *ctx); /* ctx->pos >= PTREE_DYNAMIC */
};
#define PTREE_DYNAMIC 0x40000000

struct pnode {
	struct ptree *tree;
	struct pnode *parent; /* NULL: a root; referenced */
	const char *name;     /* allocated */
	u32 hash;	      /* of name */
	u32 position;	      /* among its siblings, ascending: directory offset */
	u32 next_position;    /* for the next child */
	unsigned long ino;
	umode_t mode; /* type and permissions */
	kuid_t uid;
	kgid_t gid;
	loff_t size;		/* shown by stat */
	struct timespec64 time; /* of creation */
	struct module *owner;	/* in whose ledger it is; NULL: the kernel */
	atomic_t refs;		/* the tree, its children, inodes */
	atomic_t active;	/* calls running in it, + PNODE_GONE when it is being removed */
	struct hlist_node name_link; /* in the table by (parent, name) */
	struct list_head children;   /* by position */
	struct list_head child;	     /* in parent->children */
	unsigned int subdirs;
	struct inode *inode;	     /* the one inode, while it exists; not referenced */
	struct list_head opens;	     /* struct pnode_open */
	const struct pnode_ops *ops; /* files */
	struct pnode *target;	     /* links within the tree; referenced */
	char *text;		     /* links to anywhere: target; allocated */
	struct kobject *kobj;	     /* sysfs: the kobject whose directory or attribute this is */
	void (*populate)(struct kobject *kobj); /* see pnode_populate_later(); then NULL */
	const void *key; /* the face's: proc_ops, attribute, file_operations */
	void *data;	 /* the creator's */
	int event;	 /* sysfs_notify() count */
	bool closing;	 /* removal has begun and open files are not closed yet */
};
#define PNODE_GONE 0x40000000

void ptree_init(struct ptree *tree);

/*
 * pnode_create - make a node below parent
 * mode with type (S_IFDIR, S_IFREG, S_IFLNK). The node is not visible yet: set its fields, then pnode_publish().
 * NULL: no memory.
 */
struct pnode *pnode_create(struct pnode *parent, const char *name, umode_t mode);
/*
 * pnode_publish - make it visible and enter it in owner's ledger
 * 0, -EEXIST (the name is taken), -ENOENT (parent is gone), -ENOMEM; on failure the node is freed.
 */
int pnode_publish(struct pnode *node, struct module *owner, unsigned long site);
/* Removes a node and all below: waits for running calls, closes what is open, takes it out of the ledger. */
void pnode_remove(struct pnode *node);
/* The child of that name, referenced; NULL. */
struct pnode *pnode_find(struct pnode *parent, const char *name, size_t len);
struct pnode *pnode_get(struct pnode *node);
void pnode_put(struct pnode *node);
/* 0, -EEXIST, -ENOMEM. parent may stay the same. */
int pnode_rename(struct pnode *node, struct pnode *parent, const char *name);
/* Counts the caller as active; false when the node is gone. */
bool pnode_enter(struct pnode *node);
void pnode_leave(struct pnode *node);
/* Path below the root, with leading slash; length or -ENAMETOOLONG. */
int pnode_path(struct pnode *node, char *buf, size_t size);
static inline struct pnode *inode_pnode(const struct inode *inode)
{
	return inode->i_private;
}

/*
 * pnode_populate_later - a directory's children are made by populate(kobj) when somebody first looks for one
 * Nobody looks into most directories: they cost nothing until then. populate() runs in that reader's context, once.
 */
void pnode_populate_later(struct pnode *dir, void (*populate)(struct kobject *kobj));
/* Ends that, waiting for a populate() that runs. Whether it has been called. */
bool pnode_populate_end(struct pnode *dir);

/* An inode of a process in /proc goes. */
void proc_pid_evict(struct inode *inode);

extern struct ptree proc_tree, sysfs_tree, debugfs_tree;

#endif
