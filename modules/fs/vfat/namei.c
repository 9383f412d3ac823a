/*
 * Operations on names. Upper and lower case are the same name; the case it was created with is kept in the long name.
 *
 * A rename onto an existing name reuses that name's entries, so that it cannot fail for want of room after the old file has
 * gone; onto a new name the entries are added first and the old ones removed last.
 */
#include <linux/kernel.h>
#include <linux/namei.h>
#include "vfat.h"

static int vfat_hash(const struct dentry *dir, struct qstr *name)
{
	char folded[NAME_MAX];
	size_t length = fat_name_trim((const char *)name->name, name->len), i;

	if (length > sizeof(folded))
		return -ENAMETOOLONG;
	for (i = 0; i < length; i++)
		folded[i] = (char)fat_fold(name->name[i]);
	name->hash = full_name_hash(dir, folded, (unsigned int)length);
	return 0;
}

static int vfat_compare(const struct dentry *dentry, unsigned int len, const char *text,
			const struct qstr *name)
{
	size_t a = fat_name_trim(text, len), b = fat_name_trim((const char *)name->name, name->len),
	       i;

	if (a != b)
		return 1;
	for (i = 0; i < a; i++)
		if (fat_fold((u8)text[i]) != fat_fold(name->name[i]))
			return 1;
	return 0;
}

/* That a name is missing is looked up anew before it is created, so that the new one keeps its own case. */
static int vfat_revalidate(struct dentry *dentry, unsigned int flags)
{
	return d_really_is_positive(dentry) || !(flags & (LOOKUP_CREATE | LOOKUP_RENAME_TARGET));
}

const struct dentry_operations vfat_dentry_operations = {
	.d_hash = vfat_hash,
	.d_compare = vfat_compare,
	.d_revalidate = vfat_revalidate,
};

static int find(struct inode *dir, struct dentry *dentry, struct vfat_place *place)
{
	return vfat_dir_find(dir, (const char *)dentry->d_name.name, dentry->d_name.len, place);
}

static struct dentry *vfat_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct vfat_place place;
	struct inode *inode;
	struct dentry *alias;
	int err = find(dir, dentry, &place);

	if (err == -ENOENT)
		return d_splice_alias(NULL, dentry);
	if (err)
		return ERR_PTR(err);
	inode = vfat_iget(dir->i_sb, &place.entry, place.position);
	if (IS_ERR(inode))
		return ERR_CAST(inode);
	/* Long and short name are two names of one entry: the dentry that exists takes the new name. */
	alias = d_find_alias(inode);
	if (alias && alias->d_parent == dentry->d_parent) {
		if (!S_ISDIR(inode->i_mode))
			d_move(alias, dentry);
		iput(inode);
		return alias;
	}
	dput(alias);
	return d_splice_alias(inode, dentry);
}

static void new_entry(struct inode *dir, u8 attributes, u32 cluster, struct fat_entry *entry)
{
	struct timespec64 now = current_time(dir);

	*entry = (struct fat_entry){ .attributes = attributes, .cluster = cluster };
	fat_time_encode(now.tv_sec, &entry->created_date, &entry->created_time,
			&entry->created_centiseconds);
	entry->modified_date = entry->accessed_date = entry->created_date;
	entry->modified_time = entry->created_time;
}

static void touch(struct inode *dir)
{
	dir->i_mtime = dir->i_ctime = current_time(dir);
	if (IS_DIRSYNC(dir))
		sync_inode_metadata(dir, 1);
	else
		mark_inode_dirty(dir);
}

static int vfat_create(struct inode *dir, struct dentry *dentry, umode_t mode, bool excl)
{
	struct fat_entry entry;
	struct vfat_place place;
	struct inode *inode;
	int err;

	new_entry(dir, FAT_ATTR_ARCH, 0, &entry);
	err = vfat_dir_add(dir, (const char *)dentry->d_name.name, dentry->d_name.len, &entry,
			   &place);
	if (err)
		return err;
	inode = vfat_iget(dir->i_sb, &place.entry, place.position);
	if (IS_ERR(inode)) {
		vfat_dir_remove(dir, &place);
		return (int)PTR_ERR(inode);
	}
	touch(dir);
	d_instantiate(dentry, inode);
	return 0;
}

/* An inode for a directory that has no entry yet: one zeroed cluster with `.` and `..`. */
static struct inode *directory_make(struct inode *dir, const struct fat_entry *entry)
{
	struct inode *inode = new_inode(dir->i_sb);
	u32 parent = dir->i_ino == VFAT_ROOT_INO ? 0 : VFAT_I(dir)->first_cluster;
	u32 cluster;
	int err;

	if (!inode)
		return ERR_PTR(-ENOMEM);
	VFAT_I(inode)->clusters = 0;
	err = vfat_chain_extend(inode, true, &cluster);
	if (!err)
		err = vfat_dir_make(inode, parent, entry);
	if (err) {
		clear_nlink(inode);
		iput(inode);
		return ERR_PTR(err);
	}
	return inode;
}

static int vfat_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct fat_entry entry;
	struct vfat_place place;
	struct inode *made, *inode;
	int err;

	new_entry(dir, FAT_ATTR_DIR, 0, &entry);
	made = directory_make(dir, &entry);
	if (IS_ERR(made))
		return (int)PTR_ERR(made);
	entry.cluster = VFAT_I(made)->first_cluster;
	err = vfat_dir_add(dir, (const char *)dentry->d_name.name, dentry->d_name.len, &entry,
			   &place);
	if (err) {
		clear_nlink(made); /* its cluster goes with it */
		iput(made);
		return err;
	}
	iput(made);
	inode = vfat_iget(dir->i_sb, &place.entry, place.position);
	if (IS_ERR(inode))
		return (int)PTR_ERR(inode);
	touch(dir);
	d_instantiate(dentry, inode);
	return 0;
}

/* Takes the entries of an inode's name away; the inode keeps its data until its last user has gone. */
static int remove_name(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = d_inode(dentry);
	struct vfat_place place;
	int err = find(dir, dentry, &place);

	if (!err)
		err = vfat_dir_remove(dir, &place);
	if (err)
		return err;
	touch(dir);
	vfat_detach(inode);
	clear_nlink(inode);
	inode->i_ctime = current_time(inode);
	return 0;
}

static int vfat_unlink(struct inode *dir, struct dentry *dentry)
{
	return remove_name(dir, dentry);
}

static int vfat_rmdir(struct inode *dir, struct dentry *dentry)
{
	int err = vfat_dir_empty(d_inode(dentry));

	return err ? err : remove_name(dir, dentry);
}

/* The entries that the moved inode gets: those of the name it replaces, or new ones. */
static int rename_target(struct inode *inode, struct inode *dir, struct dentry *target,
			 struct vfat_place *place)
{
	struct inode *replaced = d_inode(target);
	struct fat_entry entry = { 0 };
	int err;

	vfat_entry_from_inode(&entry, inode);
	if (!replaced)
		return vfat_dir_add(dir, (const char *)target->d_name.name, target->d_name.len,
				    &entry, place);
	if (S_ISDIR(replaced->i_mode)) {
		err = vfat_dir_empty(replaced);
		if (err)
			return err;
	}
	err = find(dir, target, place);
	if (err)
		return err;
	vfat_detach(replaced);
	clear_nlink(replaced);
	return vfat_entry_change(dir->i_sb, place->position, vfat_entry_from_inode, inode, false);
}

static int vfat_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
		       struct dentry *target, unsigned int flags)
{
	struct inode *inode = d_inode(old);
	struct vfat_place from, to;
	int err;

	if (flags & ~RENAME_NOREPLACE)
		return -EINVAL;
	err = find(old_dir, old, &from);
	if (!err)
		err = rename_target(inode, new_dir, target, &to);
	if (err)
		return err;
	/* A directory may have grown, its entries have not moved: `from` still holds. */
	vfat_detach(inode);
	vfat_attach(inode, to.position);
	err = vfat_dir_remove(old_dir, &from);
	if (!err && S_ISDIR(inode->i_mode) && old_dir != new_dir)
		err = vfat_dir_set_parent(inode, new_dir->i_ino == VFAT_ROOT_INO
							 ? 0
							 : VFAT_I(new_dir)->first_cluster);
	inode->i_ctime = current_time(inode);
	mark_inode_dirty(inode);
	touch(old_dir);
	touch(new_dir);
	return err;
}

const struct inode_operations vfat_dir_inode_operations = {
	.lookup = vfat_lookup,
	.create = vfat_create,
	.unlink = vfat_unlink,
	.mkdir = vfat_mkdir,
	.rmdir = vfat_rmdir,
	.rename = vfat_rename,
	.setattr = vfat_setattr,
	.getattr = simple_getattr,
};
