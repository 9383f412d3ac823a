/*
 * From a dentry back to its path as text. The text is built backwards from the end of the caller's buffer, with
 * preemption off, so that no rename or umount comes between two components.
 */
#include "vfs/vfs.h"

struct path_text {
	char *buf; /* beginning of the buffer */
	char *at;  /* beginning of the text so far */
	bool full;
};

static void text_init(struct path_text *t, char *buf, int buflen)
{
	t->buf = buf;
	t->at = buf + buflen;
	t->full = false;
}

static void text_prepend(struct path_text *t, const char *s, int len)
{
	if (t->full || t->at - t->buf < len) {
		t->full = true;
		return;
	}
	t->at -= len;
	memcpy(t->at, s, len);
}

static char *text_end(struct path_text *t)
{
	return t->full ? ERR_PTR(-ENAMETOOLONG) : t->at;
}

static void text_prepend_component(struct path_text *t, const struct dentry *dentry)
{
	text_prepend(t, (const char *)dentry->d_name.name, dentry->d_name.len);
	text_prepend(t, "/", 1);
}

/* Up to root, over mounts. False: it ended at another root. */
static bool text_walk_up(struct path_text *t, const struct path *path, const struct path *root)
{
	struct dentry *dentry = path->dentry;
	struct mount *mnt = real_mount(path->mnt);
	bool reached = true;

	while (!root || dentry != root->dentry || &mnt->mnt != root->mnt) {
		if (dentry == mnt->mnt.mnt_root || IS_ROOT(dentry)) {
			if (dentry != mnt->mnt.mnt_root || !mnt_has_parent(mnt)) {
				reached = !root;
				break;
			}
			dentry = mnt->mountpoint;
			mnt = mnt->parent;
			continue;
		}
		text_prepend_component(t, dentry);
		dentry = dentry->d_parent;
	}
	return reached;
}

static char *path_text(const struct path *path, const struct path *root, char *buf, int buflen,
		       bool deleted)
{
	struct path_text t;
	char *start;

	text_init(&t, buf, buflen);
	text_prepend(&t, "", 1);
	rcu_read_lock();
	if (deleted && d_unlinked(path->dentry))
		text_prepend(&t, " (deleted)", 10);
	start = t.at;
	text_walk_up(&t, path, root);
	rcu_read_unlock();
	if (t.at == start)
		text_prepend(&t, "/", 1);
	return text_end(&t);
}

char *d_path(const struct path *path, char *buf, int buflen)
{
	struct path root;
	char *text;

	if (path->dentry->d_op && path->dentry->d_op->d_dname &&
	    (!IS_ROOT(path->dentry) || path->dentry != path->mnt->mnt_root))
		return path->dentry->d_op->d_dname(path->dentry, buf, buflen);
	if (!current->fs)
		return path_text(path, NULL, buf, buflen, true);
	get_fs_root(current->fs, &root);
	text = path_text(path, &root, buf, buflen, true);
	path_put(&root);
	return text;
}
EXPORT_SYMBOL(d_path);

char *d_absolute_path(const struct path *path, char *buf, int buflen)
{
	return path_text(path, NULL, buf, buflen, false);
}

char *dentry_path_raw(struct dentry *dentry, char *buf, int buflen)
{
	struct path_text t;

	text_init(&t, buf, buflen);
	text_prepend(&t, "", 1);
	rcu_read_lock();
	if (IS_ROOT(dentry))
		text_prepend(&t, "/", 1);
	for (; !IS_ROOT(dentry); dentry = dentry->d_parent)
		text_prepend_component(&t, dentry);
	rcu_read_unlock();
	return text_end(&t);
}
EXPORT_SYMBOL(dentry_path_raw);

char *dentry_path(struct dentry *dentry, char *buf, int buflen)
{
	char *text;

	if (!d_unlinked(dentry))
		return dentry_path_raw(dentry, buf, buflen);
	if (buflen < 11)
		return ERR_PTR(-ENAMETOOLONG);
	text = dentry_path_raw(dentry, buf, buflen - 9);
	if (!IS_ERR(text))
		memcpy(buf + buflen - 10, "//deleted", 10);
	return text;
}

char *dynamic_dname(struct dentry *dentry, char *buffer, int buflen, const char *fmt, ...)
{
	char temp[64];
	va_list args;
	int size;

	va_start(args, fmt);
	size = vsnprintf(temp, sizeof(temp), fmt, args) + 1;
	va_end(args);
	if (size > (int)sizeof(temp) || size > buflen)
		return ERR_PTR(-ENAMETOOLONG);
	return memcpy(buffer + buflen - size, temp, size);
}
EXPORT_SYMBOL(dynamic_dname);

char *simple_dname(struct dentry *dentry, char *buffer, int buflen)
{
	return dynamic_dname(dentry, buffer, buflen, "/%s (deleted)", dentry->d_name.name);
}
EXPORT_SYMBOL(simple_dname);
