/*
 * vfat: FAT12, FAT16 and FAT32 with long names.
 *
 * A volume is mounted from a block device after its boot sector has been checked in full (format.c). Options: uid= gid=
 * umask= fmask= dmask= (octal). FAT stores no owner and no modes; dates are taken as UTC. A volume found damaged is
 * made read-only and the log says where. Aliases: fs-vfat and fs-msdos are asked for at mount.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/parser.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/statfs.h>
#include <linux/string.h>
#include <linux/cred.h>
#include <uapi/linux/magic.h>
#include "vfat.h"

void vfat_damaged(struct super_block *sb, const char *fmt, ...)
{
	struct va_format text = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	text.va = &args;
	pr_err_ratelimited("vfat: %s: %pV; the volume is read-only now, fsck.vfat mends it\n",
			   sb->s_id, &text);
	va_end(args);
	sb->s_flags |= SB_RDONLY;
}

enum { OPT_UID, OPT_GID, OPT_UMASK, OPT_FMASK, OPT_DMASK, OPT_IGNORED, OPT_WRONG };

static const match_table_t options = {
	{ OPT_UID, "uid=%u" },
	{ OPT_GID, "gid=%u" },
	{ OPT_UMASK, "umask=%o" },
	{ OPT_FMASK, "fmask=%o" },
	{ OPT_DMASK, "dmask=%o" },
	{ OPT_IGNORED, "codepage=%u" },
	{ OPT_IGNORED, "iocharset=utf8" },
	{ OPT_IGNORED, "utf8" },
	{ OPT_IGNORED, "shortname=mixed" },
	{ OPT_WRONG, NULL },
};

static int parse_option(struct vfat_sb *volume, char *option)
{
	substring_t args[MAX_OPT_ARGS];
	int token = match_token(option, options, args), value = 0;

	switch (token) {
	case OPT_UID:
	case OPT_GID:
		if (match_int(&args[0], &value) || value < 0)
			return -EINVAL;
		break;
	case OPT_UMASK:
	case OPT_FMASK:
	case OPT_DMASK:
		if (match_octal(&args[0], &value) || value & ~0777)
			return -EINVAL;
		break;
	case OPT_WRONG:
		return -EINVAL;
	}
	if (token == OPT_UID)
		volume->uid = make_kuid(current_user_ns(), value);
	if (token == OPT_GID)
		volume->gid = make_kgid(current_user_ns(), value);
	if (token == OPT_UMASK || token == OPT_FMASK)
		volume->file_mask = value;
	if (token == OPT_UMASK || token == OPT_DMASK)
		volume->dir_mask = value;
	return 0;
}

static int parse_options(struct super_block *sb, char *text)
{
	struct vfat_sb *volume = VFAT_SB(sb);
	char *option;

	volume->uid = current_uid();
	volume->gid = current_gid();
	volume->file_mask = volume->dir_mask = 0022;
	while (text && (option = strsep(&text, ","))) {
		if (*option && parse_option(volume, option)) {
			pr_err("vfat: %s: option %s: unknown, or its value is wrong\n", sb->s_id,
			       option);
			return -EINVAL;
		}
	}
	return 0;
}

/* FSINFO (FAT32): hints, believed only where they can be true. */
enum { INFO_SIGNATURE1 = 0, INFO_SIGNATURE2 = 484, INFO_FREE = 488, INFO_NEXT = 492 };

static bool info_valid(const struct buffer_head *bh)
{
	return !memcmp(bh->b_data + INFO_SIGNATURE1, "RRaA", 4) &&
	       !memcmp(bh->b_data + INFO_SIGNATURE2, "rrAa", 4);
}

static u32 get_le32(const char *bytes)
{
	const u8 *p = (const u8 *)bytes;

	return p[0] | p[1] << 8 | p[2] << 16 | (u32)p[3] << 24;
}

static void put_le32(char *bytes, u32 value)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		bytes[i] = (char)(value >> 8 * i);
}

static void info_read(struct super_block *sb)
{
	struct vfat_sb *volume = VFAT_SB(sb);
	const struct fat_geometry *g = &volume->geometry;
	struct buffer_head *bh;

	volume->free_count = VFAT_UNKNOWN;
	volume->next_free = 2;
	if (!g->info_sector)
		return;
	bh = sb_bread(sb, g->info_sector);
	if (!bh)
		return;
	if (info_valid(bh)) {
		if (get_le32(bh->b_data + INFO_FREE) < g->max_cluster)
			volume->free_count = get_le32(bh->b_data + INFO_FREE);
		if (fat_is_cluster(g, get_le32(bh->b_data + INFO_NEXT)))
			volume->next_free = get_le32(bh->b_data + INFO_NEXT);
	}
	brelse(bh);
}

static int info_write(struct super_block *sb)
{
	struct vfat_sb *volume = VFAT_SB(sb);
	struct buffer_head *bh;

	if (!volume->geometry.info_sector || !volume->counted_change)
		return 0;
	bh = sb_bread(sb, volume->geometry.info_sector);
	if (!bh)
		return -EIO;
	if (info_valid(bh)) {
		put_le32(bh->b_data + INFO_FREE, volume->free_count);
		put_le32(bh->b_data + INFO_NEXT, volume->next_free);
		mark_buffer_dirty(bh);
	}
	volume->counted_change = false;
	brelse(bh);
	return 0;
}

static int vfat_sync_fs(struct super_block *sb, int wait)
{
	int err;

	mutex_lock(&VFAT_SB(sb)->table_lock);
	err = info_write(sb);
	mutex_unlock(&VFAT_SB(sb)->table_lock);
	return err;
}

static void vfat_put_super(struct super_block *sb)
{
	if (!sb_rdonly(sb))
		vfat_sync_fs(sb, 1);
	kfree(VFAT_SB(sb));
	sb->s_fs_info = NULL;
}

static int vfat_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	struct super_block *sb = dentry->d_sb;
	const struct fat_geometry *g = &VFAT_SB(sb)->geometry;
	u32 unused;
	int err = vfat_free_clusters(sb, &unused);

	if (err)
		return err;
	buf->f_type = MSDOS_SUPER_MAGIC;
	buf->f_bsize = (long)g->cluster_sectors * (long)g->sector_bytes;
	buf->f_blocks = g->max_cluster - 1;
	buf->f_bfree = buf->f_bavail = unused;
	buf->f_fsid.val[0] = (int)g->serial;
	buf->f_namelen = FAT_LONG_UNITS;
	return 0;
}

static int vfat_remount(struct super_block *sb, int *flags, char *data)
{
	sync_filesystem(sb);
	return 0;
}

static int vfat_show_options(struct seq_file *m, struct dentry *root)
{
	struct vfat_sb *volume = VFAT_SB(root->d_sb);

	if (!uid_eq(volume->uid, GLOBAL_ROOT_UID))
		seq_printf(m, ",uid=%u", from_kuid(&init_user_ns, volume->uid));
	if (!gid_eq(volume->gid, GLOBAL_ROOT_GID))
		seq_printf(m, ",gid=%u", from_kgid(&init_user_ns, volume->gid));
	seq_printf(m, ",fmask=%04o,dmask=%04o,codepage=437,iocharset=utf8,shortname=mixed",
		   volume->file_mask, volume->dir_mask);
	return 0;
}

static const struct super_operations vfat_super_operations = {
	.alloc_inode = vfat_alloc_inode,
	.free_inode = vfat_free_inode,
	.write_inode = vfat_write_inode,
	.evict_inode = vfat_evict_inode,
	.put_super = vfat_put_super,
	.sync_fs = vfat_sync_fs,
	.statfs = vfat_statfs,
	.remount_fs = vfat_remount,
	.show_options = vfat_show_options,
};

/* Read and check the boot sector, then work in the volume's own sectors. */
static int read_geometry(struct super_block *sb, int silent)
{
	struct vfat_sb *volume = VFAT_SB(sb);
	struct buffer_head *bh;
	const char *wrong;

	if (!sb_min_blocksize(sb, 512))
		return -EINVAL;
	bh = sb_bread(sb, 0);
	if (!bh)
		return -EIO;
	wrong = fat_geometry_parse((const u8 *)bh->b_data,
				   (u64)i_size_read(sb->s_bdev->bd_inode) >> 9, &volume->geometry);
	brelse(bh);
	if (wrong) {
		if (!silent)
			pr_err("vfat: %s: no FAT volume: %s\n", sb->s_id, wrong);
		return -EINVAL;
	}
	if (!sb_set_blocksize(sb, (int)volume->geometry.sector_bytes)) {
		pr_err("vfat: %s: the device cannot do sectors of %u bytes\n", sb->s_id,
		       volume->geometry.sector_bytes);
		return -EINVAL;
	}
	return 0;
}

static int vfat_fill_super(struct super_block *sb, void *data, int silent)
{
	struct vfat_sb *volume = kzalloc(sizeof(*volume), GFP_KERNEL);
	struct inode *root;
	int err;

	if (!volume)
		return -ENOMEM;
	sb->s_fs_info = volume;
	mutex_init(&volume->table_lock);
	spin_lock_init(&volume->hash_lock);
	err = parse_options(sb, data);
	if (!err)
		err = read_geometry(sb, silent);
	if (err)
		goto undo_volume;
	sb->s_op = &vfat_super_operations;
	sb->s_d_op = &vfat_dentry_operations;
	sb->s_magic = MSDOS_SUPER_MAGIC;
	sb->s_maxbytes = 0xffffffff;
	sb->s_time_gran = 1000000000;
	info_read(sb);
	root = vfat_root(sb);
	err = PTR_ERR_OR_ZERO(root);
	if (err)
		goto undo_volume;
	sb->s_root = d_make_root(root);
	if (sb->s_root)
		return 0;
	err = -ENOMEM;
undo_volume:
	sb->s_fs_info = NULL;
	kfree(volume);
	return err;
}

static struct dentry *vfat_mount(struct file_system_type *type, int flags, const char *dev,
				 void *data)
{
	return mount_bdev(type, flags, dev, data, vfat_fill_super);
}

static struct file_system_type vfat_type = {
	.owner = THIS_MODULE,
	.name = "vfat",
	.mount = vfat_mount,
	.kill_sb = kill_block_super,
	.fs_flags = FS_REQUIRES_DEV,
};

static int __init vfat_init(void)
{
	int err = vfat_inode_cache_create();

	if (err)
		return err;
	err = register_filesystem(&vfat_type);
	if (err)
		vfat_inode_cache_destroy();
	return err;
}

static void __exit vfat_exit(void)
{
	unregister_filesystem(&vfat_type);
	vfat_inode_cache_destroy();
}

module_init(vfat_init);
module_exit(vfat_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_AUTHOR("The Rakit authors");
MODULE_DESCRIPTION("FAT12, FAT16 and FAT32 file systems with long names");
MODULE_ALIAS_FS("vfat");
