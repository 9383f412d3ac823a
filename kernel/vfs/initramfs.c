/*
 * The initial root file system: cpio archives from the boot loader, unpacked into rootfs.
 *
 * 1. The initrd is one or more archives one after the other, each plain or compressed with gzip, with zero bytes between.
 *    The pure readers (lib/cpio.h, lib/inflate.h) do the parsing; this file makes what they find. Every module of the
 *    boot loader is unpacked, in order.
 * 2. Files are written straight into the page cache, a whole page per copy. Hard links are entries with the same
 *    inode number; what the first one made is remembered in a small table.
 * 3. What is wrong with an archive is said with the place (offset, entry) and ends that archive; what was unpacked
 *    stays. A boot without usable init then ends in init's own message.
 * 4. The memory of the initrd is given back slice by slice as it is read, so that a file is not in memory twice for long.
 */
#include "vfs/vfs.h"
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/pagemap.h>
#include <linux/timekeeping.h>
#include <linux/vmalloc.h>
#include <rakit/boot_info.h>
#include <rakit/boot_order.h>
#include <rakit/memory.h>
#include "lib/cpio.h"
#include "lib/inflate.h"

#define LINK_BUCKETS 32
#define SLICE (64u << 10)

/* A file with several names. */
struct hard_link {
	struct hard_link *next;
	u32 ino, dev_major, dev_minor;
	char name[]; /* its first one */
};

struct unpack {
	struct cpio_reader reader;
	struct file *file; /* regular file being written */
	loff_t written;
	char *target; /* target of the symlink being read */
	u32 target_have;
	struct cpio_entry entry;
	int error; /* why an entry was refused */
	unsigned int entries;
	u32 kept; /* physical address: what the loader left from here on is still in its place */
	struct hard_link *links[LINK_BUCKETS];
};

/* One entry. */

static struct filename *entry_name(struct unpack *u)
{
	return getname_kernel(u->entry.name);
}

static void set_attributes(struct unpack *u, const struct path *path)
{
	struct inode *inode = d_inode(path->dentry);

	inode->i_uid = KUIDT_INIT(u->entry.uid);
	inode->i_gid = KGIDT_INIT(u->entry.gid);
	if (!S_ISLNK(inode->i_mode))
		inode->i_mode = (inode->i_mode & S_IFMT) | (u->entry.mode & S_IALLUGO);
	inode->i_mtime.tv_sec = u->entry.mtime;
	inode->i_mtime.tv_nsec = 0;
}

static void finish_name(struct unpack *u)
{
	struct path path;

	if (!filename_lookup(AT_FDCWD, entry_name(u), 0, &path, NULL)) {
		set_attributes(u, &path);
		path_put(&path);
	}
}

/* What is in the way goes, as a later archive overrides an earlier one. */
static void clear_way(struct unpack *u)
{
	struct path path;

	if (filename_lookup(AT_FDCWD, entry_name(u), 0, &path, NULL))
		return;
	if (d_is_dir(path.dentry)) {
		path_put(&path);
		if (!S_ISDIR(u->entry.mode))
			do_rmdir(AT_FDCWD, entry_name(u));
		return;
	}
	path_put(&path);
	do_unlinkat(AT_FDCWD, entry_name(u));
}

static struct hard_link **link_bucket(struct unpack *u)
{
	return &u->links[(u->entry.ino ^ u->entry.dev_minor) % LINK_BUCKETS];
}

/* Another name of a file that is there already: 1 when it was made, 0 when this is the first, or -errno. */
static int make_hard_link(struct unpack *u)
{
	struct hard_link **bucket = link_bucket(u), *l;
	size_t len;

	if (u->entry.nlink < 2 || S_ISDIR(u->entry.mode))
		return 0;
	for (l = *bucket; l; l = l->next) {
		if (l->ino == u->entry.ino && l->dev_major == u->entry.dev_major &&
		    l->dev_minor == u->entry.dev_minor) {
			int error = do_linkat(AT_FDCWD, getname_kernel(l->name), AT_FDCWD,
					      entry_name(u), 0);

			return error ? error : 1;
		}
	}
	len = strlen(u->entry.name) + 1;
	l = kmalloc(sizeof(*l) + len, GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	l->ino = u->entry.ino;
	l->dev_major = u->entry.dev_major;
	l->dev_minor = u->entry.dev_minor;
	memcpy(l->name, u->entry.name, len);
	l->next = *bucket;
	*bucket = l;
	return 0;
}

static void forget_links(struct unpack *u)
{
	unsigned int i;

	for (i = 0; i < LINK_BUCKETS; i++) {
		while (u->links[i]) {
			struct hard_link *l = u->links[i];

			u->links[i] = l->next;
			kfree(l);
		}
	}
}

static int open_regular(struct unpack *u, bool truncate)
{
	struct filename *name = entry_name(u);

	if (IS_ERR(name))
		return PTR_ERR(name);
	u->file = do_filp_open(AT_FDCWD, name,
			       O_WRONLY | O_CREAT | O_LARGEFILE | (truncate ? O_TRUNC : 0), 0600);
	putname(name);
	u->written = 0;
	if (IS_ERR(u->file)) {
		int error = PTR_ERR(u->file);

		u->file = NULL;
		return error;
	}
	return 0;
}

static int begin_regular(struct unpack *u)
{
	int linked = make_hard_link(u);

	if (linked < 0)
		return linked;
	/* newc puts the content of linked files with the last name. */
	return open_regular(u, !linked || u->entry.size);
}

static int begin_entry(struct unpack *u)
{
	umode_t mode = u->entry.mode;
	int error;

	if (!S_ISDIR(mode))
		clear_way(u);
	switch (mode & S_IFMT) {
	case S_IFREG:
		return begin_regular(u);
	case S_IFDIR:
		error = do_mkdirat(AT_FDCWD, entry_name(u), mode);
		if (error == -EEXIST)
			error = 0;
		break;
	case S_IFLNK:
		if (u->entry.size >= PATH_MAX)
			return -ENAMETOOLONG;
		u->target_have = 0;
		return 0;
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
	case S_IFSOCK:
		error = make_hard_link(u);
		if (error)
			return error < 0 ? error : 0;
		error = do_mknodat(AT_FDCWD, entry_name(u), mode,
				   MKDEV(u->entry.rdev_major, u->entry.rdev_minor));
		break;
	default:
		return -EINVAL;
	}
	if (!error)
		finish_name(u);
	return error;
}

static bool on_entry(void *context, const struct cpio_entry *entry)
{
	struct unpack *u = context;

	u->entry = *entry;
	u->entries++;
	if (entry->name[0] == '.' && !entry->name[1]) /* the root itself */
		return true;
	u->error = begin_entry(u);
	return !u->error;
}

/* Into the page cache, page by page. */
static int write_bytes(struct unpack *u, const u8 *bytes, u32 n)
{
	struct address_space *mapping = u->file->f_mapping;

	while (n) {
		unsigned int offset = u->written & ~PAGE_MASK,
			     part = min_t(u32, n, PAGE_SIZE - offset);
		struct page *page;
		void *fsdata = NULL;
		int error = pagecache_write_begin(u->file, mapping, u->written, part, 0, &page,
						  &fsdata);

		if (error)
			return error;
		memcpy_to_page(page, offset, bytes, part);
		error = pagecache_write_end(u->file, mapping, u->written, part, part, page, fsdata);
		if (error < 0)
			return error;
		u->written += part;
		bytes += part;
		n -= part;
	}
	return 0;
}

static bool on_data(void *context, const u8 *bytes, u32 n)
{
	struct unpack *u = context;

	if (S_ISLNK(u->entry.mode)) {
		memcpy(u->target + u->target_have, bytes, n);
		u->target_have += n;
	} else if (u->file) {
		u->error = write_bytes(u, bytes, n);
	}
	return !u->error;
}

static bool on_end(void *context)
{
	struct unpack *u = context;

	if (u->file) {
		set_attributes(u, &u->file->f_path);
		fput(u->file);
		u->file = NULL;
	} else if (S_ISLNK(u->entry.mode)) {
		u->target[u->target_have] = 0;
		u->error = do_symlinkat(getname_kernel(u->target), AT_FDCWD, entry_name(u));
		if (!u->error)
			finish_name(u);
	}
	return !u->error;
}

static const struct cpio_ops unpack_ops = { .entry = on_entry, .data = on_data, .end = on_end };

/* Archives. */

static void say_wrong(struct unpack *u, const char *initrd, enum cpio_status status)
{
	const char *name = u->reader.name[0] ? u->reader.name : "(first)";

	if (status == CPIO_STOPPED)
		pr_err("initramfs: %s: byte %llu of the archive, entry %s: error %d\n", initrd,
		       u->reader.offset, name, u->error);
	else
		pr_err("initramfs: %s: corrupt: byte %llu of the archive, behind entry %s: %s\n",
		       initrd, u->reader.offset, name, cpio_error(status));
}

/* One archive, or as much of it as there is. False: something is wrong, and has been said. */
static bool feed_archive(struct unpack *u, const char *initrd, const u8 *bytes, u32 n, u32 *used)
{
	enum cpio_status status = cpio_feed(&u->reader, bytes, n, used);

	if (status == CPIO_END) {
		cpio_start(&u->reader, &unpack_ops, u);
		return true;
	}
	if (status != CPIO_OK)
		say_wrong(u, initrd, status);
	return status == CPIO_OK;
}

/* The zero bytes that may stand between archives. */
static u32 count_padding(struct unpack *u, const u8 *bytes, u32 n)
{
	u32 zeroes = 0;

	if (!cpio_at_start(&u->reader))
		return 0;
	while (zeroes < n && !bytes[zeroes])
		zeroes++;
	return zeroes;
}

struct gunzip_context {
	struct unpack *u;
	const char *initrd;
};

static bool gunzip_sink(void *context, const u8 *bytes, u32 n)
{
	struct gunzip_context *g = context;
	u32 used;

	for (; n; bytes += used, n -= used) {
		used = count_padding(g->u, bytes, n);
		if (!used && !feed_archive(g->u, g->initrd, bytes, n, &used))
			return false;
	}
	return true;
}

static bool unpack_gzip(struct unpack *u, const char *initrd, const u8 *bytes, u32 size, u32 at,
			u32 *consumed)
{
	struct gunzip_context g = { .u = u, .initrd = initrd };
	struct inflate *state = vmalloc(sizeof(*state));
	enum inflate_status status;

	if (!state) {
		pr_err("initramfs: %s: no memory to decompress\n", initrd);
		return false;
	}
	status = inflate_gzip(state, bytes, size, gunzip_sink, &g, consumed);
	vfree(state);
	if (status != INFLATE_OK && status != INFLATE_STOPPED)
		pr_err("initramfs: %s: corrupt: byte %u: gzip: %s\n", initrd, at + *consumed,
		       inflate_error(status));
	return status == INFLATE_OK;
}

/* Gives back what is in front of the byte at physical address end. */
static void release_to(struct unpack *u, u32 end)
{
	end &= PAGE_MASK;
	if (end > u->kept)
		page_free_boot(u->kept, end - 1);
	u->kept = max(u->kept, end);
}

static bool unpack_archives(struct unpack *u, const char *initrd, const u8 *bytes, u32 size)
{
	u32 at, used;
	bool good;

	for (at = 0; at < size; at += used) {
		release_to(u, (u32)__pa(bytes) + at);
		used = count_padding(u, bytes + at, size - at);
		if (used)
			continue;
		if (inflate_is_gzip(bytes + at, size - at))
			good = unpack_gzip(u, initrd, bytes + at, size - at, at, &used);
		else
			good = feed_archive(u, initrd, bytes + at, min(size - at, SLICE), &used);
		if (!good)
			return false;
	}
	if (!cpio_at_start(&u->reader)) {
		pr_err("initramfs: %s: corrupt: ends within entry %s\n", initrd,
		       u->reader.name[0] ? u->reader.name : "(first)");
		return false;
	}
	return true;
}

static bool unpack_module(struct unpack *u, unsigned int n)
{
	const struct boot_module *m = &boot_info.modules[n];
	const u8 *bytes = page_map_boot(m->first, m->last);
	char initrd[16];

	u->kept = m->first;
	scnprintf(initrd, sizeof(initrd), "initrd %u", n + 1);
	if (!bytes) {
		pr_err("initramfs: %s: lies above the memory that the kernel can map\n", initrd);
		return false;
	}
	cpio_start(&u->reader, &unpack_ops, u);
	return unpack_archives(u, initrd, bytes, m->last - m->first + 1);
}

void initramfs_unpack(void)
{
	struct unpack *u = vzalloc(sizeof(*u));
	u64 began = ktime_get_ns();
	u32 bytes = 0;
	unsigned int n;

	if (u)
		u->target = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!u || !u->target)
		panic("initramfs: no memory to unpack");
	for (n = 0; n < boot_info.module_count; n++) {
		if (!unpack_module(u, n))
			pr_err("initramfs: the rest of initrd %u is not unpacked\n", n + 1);
		if (u->file)
			fput(u->file);
		u->file = NULL;
		forget_links(u);
		bytes += boot_info.modules[n].last - boot_info.modules[n].first + 1;
		page_free_boot(u->kept, boot_info.modules[n].last);
	}
	if (boot_info.module_count)
		pr_info("initramfs: %u entries from %u KiB in %llu us\n", u->entries, bytes >> 10,
			div_u64(ktime_get_ns() - began, 1000));
	kfree(u->target);
	vfree(u);
}
