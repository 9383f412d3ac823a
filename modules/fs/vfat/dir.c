/*
 * Directories: arrays of 32-byte entries, in the root's fixed area or in clusters.
 *
 * A cursor walks the entries; it holds the buffer of the entry it stands on. A name is a run of long-name slots and one
 * short entry; place.first and place.count name the run. The first byte 0 ends a directory; what is written over that mark
 * puts a new one behind itself. The caller holds the directory's i_rwsem (for writing where it changes).
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include "vfat.h"

struct cursor {
	struct inode *dir;
	u32 index;		/* of the entry at raw */
	struct buffer_head *bh; /* holds it */
	u8 *raw;		/* the entry */
};

static u32 entries_per_sector(struct super_block *sb)
{
	return (u32)sb->s_blocksize / FAT_ENTRY_SIZE;
}

/* The sector that holds entry `index`: 0 and *sector (0: behind the end), or -EIO. */
static int dir_sector(struct inode *dir, u32 index, sector_t *sector)
{
	const struct fat_geometry *g = &VFAT_SB(dir->i_sb)->geometry;
	u32 nth = index / entries_per_sector(dir->i_sb), cluster;
	int err;

	*sector = 0;
	if (vfat_fixed_root(dir)) {
		if (nth < g->root_sectors)
			*sector = g->root_start + nth;
		return 0;
	}
	if (index >= FAT_DIR_BYTES / FAT_ENTRY_SIZE)
		return 0;
	err = vfat_chain_find(dir, nth / g->cluster_sectors, &cluster);
	if (!err && cluster)
		*sector = vfat_cluster_sector(g, cluster) + nth % g->cluster_sectors;
	return err;
}

static void cursor_end(struct cursor *c)
{
	brelse(c->bh);
	c->bh = NULL;
}

/* Stand on entry `index`: 1, 0 behind the last sector, -EIO. */
static int cursor_seek(struct cursor *c, u32 index)
{
	u32 per = entries_per_sector(c->dir->i_sb);
	sector_t sector;
	int err;

	if (!c->bh || index / per != c->index / per) {
		cursor_end(c);
		err = dir_sector(c->dir, index, &sector);
		if (err || !sector)
			return err;
		c->bh = sb_bread(c->dir->i_sb, sector);
		if (!c->bh)
			return -EIO;
	}
	c->index = index;
	c->raw = (u8 *)c->bh->b_data + index % per * FAT_ENTRY_SIZE;
	return 1;
}

static u64 cursor_position(const struct cursor *c)
{
	return (u64)c->bh->b_blocknr * 128 + c->index % entries_per_sector(c->dir->i_sb);
}

/* What walking by names finds. */
struct name_walk {
	struct cursor cursor;
	struct fat_long_name long_name;
	u32 first;		   /* index where the present run of entries began */
	struct vfat_place place;   /* the name found */
	char text[FAT_NAME_BYTES]; /* as people see it */
	size_t length;
	char short_text[16 * 3];
	size_t short_length;
};

static void walk_begin(struct name_walk *w, struct inode *dir, u32 index)
{
	w->cursor = (struct cursor){ .dir = dir };
	w->first = index;
	w->cursor.index = index;
	fat_long_name_reset(&w->long_name);
}

static void walk_take(struct name_walk *w)
{
	struct cursor *c = &w->cursor;
	size_t units;

	fat_entry_decode(c->raw, &VFAT_SB(c->dir->i_sb)->geometry, &w->place.entry);
	units = fat_long_name_finish(&w->long_name, w->place.entry.name);
	w->place.count = (units ? w->long_name.slots : 0) + 1;
	w->place.first = c->index + 1 - w->place.count;
	w->place.position = cursor_position(c);
	w->short_length = fat_short_to_utf8(w->place.entry.name, w->place.entry.letter_case,
					    w->short_text);
	if (units) {
		w->length = fat_units_to_utf8(w->long_name.units, units, w->text);
	} else {
		memcpy(w->text, w->short_text, w->short_length + 1);
		w->length = w->short_length;
	}
	fat_long_name_reset(&w->long_name);
}

/* The next name at or behind `index`; 1, 0 at the end, -EIO. The cursor stays on its short entry. */
static int walk_next(struct name_walk *w, u32 index)
{
	int got;

	for (;; index++) {
		got = cursor_seek(&w->cursor, index);
		if (got <= 0)
			return got;
		if (!w->cursor.raw[0])
			return 0;
		if (w->cursor.raw[0] == FAT_DELETED) {
			fat_long_name_reset(&w->long_name);
		} else if ((w->cursor.raw[11] & 0x3f) == FAT_ATTR_LONG) {
			fat_long_name_feed(&w->long_name, w->cursor.raw);
		} else if (w->cursor.raw[11] & FAT_ATTR_VOLUME) {
			fat_long_name_reset(&w->long_name);
		} else {
			walk_take(w);
			return 1;
		}
	}
}

static bool is_dots(const struct fat_entry *entry)
{
	return entry->name[0] == '.';
}

static bool same_name(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t i;

	if (a_length != b_length)
		return false;
	for (i = 0; i < a_length; i++)
		if (fat_fold((u8)a[i]) != fat_fold((u8)b[i]))
			return false;
	return true;
}

int vfat_dir_find(struct inode *dir, const char *name, size_t length, struct vfat_place *place)
{
	struct name_walk *w = kmalloc(sizeof(*w), GFP_KERNEL);
	u32 index = 0;
	int got;

	if (!w)
		return -ENOMEM;
	length = fat_name_trim(name, length);
	walk_begin(w, dir, 0);
	while ((got = walk_next(w, index)) > 0) {
		index = w->cursor.index + 1;
		if (is_dots(&w->place.entry))
			continue;
		if (same_name(w->text, w->length, name, length) ||
		    same_name(w->short_text, w->short_length, name, length)) {
			*place = w->place;
			break;
		}
	}
	cursor_end(&w->cursor);
	kfree(w);
	return got > 0 ? 0 : got ? got : -ENOENT;
}

int vfat_dir_empty(struct inode *dir)
{
	struct name_walk *w = kmalloc(sizeof(*w), GFP_KERNEL);
	u32 index = 0;
	int got;

	if (!w)
		return -ENOMEM;
	walk_begin(w, dir, 0);
	while ((got = walk_next(w, index)) > 0 && is_dots(&w->place.entry))
		index = w->cursor.index + 1;
	cursor_end(&w->cursor);
	kfree(w);
	return got > 0 ? -ENOTEMPTY : got;
}

static int vfat_readdir(struct file *file, struct dir_context *ctx)
{
	struct inode *dir = file_inode(file);
	struct name_walk *w;
	int got;

	if (!dir_emit_dots(file, ctx))
		return 0;
	w = kmalloc(sizeof(*w), GFP_KERNEL);
	if (!w)
		return -ENOMEM;
	walk_begin(w, dir, (u32)ctx->pos - 2);
	while ((got = walk_next(w, (u32)ctx->pos - 2)) > 0) {
		unsigned int type = w->place.entry.attributes & FAT_ATTR_DIR ? DT_DIR : DT_REG;

		if (!is_dots(&w->place.entry)) {
			/* A full buffer begins again at the name's first slot. */
			ctx->pos = w->place.first + 2;
			if (!dir_emit(ctx, w->text, (int)w->length, vfat_ino(w->place.position),
				      type))
				break;
		}
		ctx->pos = w->cursor.index + 3;
	}
	cursor_end(&w->cursor);
	kfree(w);
	return got < 0 ? got : 0;
}

const struct file_operations vfat_dir_operations = {
	.llseek = generic_file_llseek,
	.read = generic_read_dir,
	.iterate_shared = vfat_readdir,
	.fsync = generic_file_fsync,
};

/* One pass over a directory that looks for a free run and for the numbers in use of a short name's basis. */
struct space_search {
	u32 need;  /* entries in a row */
	u32 found; /* index of the run's beginning, if have == need */
	u32 have;  /* free entries in a row so far */
	u32 end;   /* index of the end mark, or behind the last sector */
	const u8 *basis;
	u32 number; /* highest ~number in use */
};

static void note_number(struct space_search *s, const u8 *raw)
{
	u8 name[FAT_SHORT_LEN];
	u32 number = 0;
	unsigned int i;

	for (i = 0; i < 8 && raw[i] != '~'; i++)
		;
	for (i++; i < 8 && raw[i] >= '0' && raw[i] <= '9'; i++)
		number = number * 10 + raw[i] - '0';
	if (!number || number > 999999)
		return;
	fat_short_number(s->basis, number, name);
	if (!memcmp(raw, name, FAT_SHORT_LEN) && number > s->number)
		s->number = number;
}

static int search_space(struct inode *dir, struct space_search *s)
{
	struct cursor c = { .dir = dir };
	bool ended = false;
	u32 index;
	int got;

	for (index = 0; (got = cursor_seek(&c, index)) > 0; index++) {
		ended = ended || !c.raw[0];
		if (!ended && c.raw[0] != FAT_DELETED) {
			if (s->have < s->need)
				s->have = 0;
			if ((c.raw[11] & 0x3f) != FAT_ATTR_LONG)
				note_number(s, c.raw);
			s->end = index + 1;
			continue;
		}
		if (!s->have)
			s->found = index;
		if (s->have < s->need)
			s->have++;
		if (ended && s->have == s->need)
			break;
	}
	cursor_end(&c);
	if (got == 0 && !s->have)
		s->found = index;
	return got < 0 ? got : 0;
}

/* Make room behind the last cluster until the run fits. */
static int grow(struct inode *dir, struct space_search *s)
{
	const struct fat_geometry *g = &VFAT_SB(dir->i_sb)->geometry;
	u32 per_cluster = entries_per_sector(dir->i_sb) * g->cluster_sectors;
	u32 cluster;
	int err;

	while (s->have < s->need) {
		if (vfat_fixed_root(dir) ||
		    dir->i_size + per_cluster * FAT_ENTRY_SIZE > FAT_DIR_BYTES)
			return -ENOSPC;
		err = vfat_chain_extend(dir, true, &cluster);
		if (err)
			return err;
		i_size_write(dir, dir->i_size + per_cluster * FAT_ENTRY_SIZE);
		s->have += per_cluster;
	}
	return 0;
}

/* Write the run at s->found: slots from the last piece to the first, then the short entry. */
static int write_run(struct inode *dir, const struct space_search *s, const u16 *units,
		     size_t count, const struct fat_entry *entry, struct vfat_place *place)
{
	const struct fat_geometry *g = &VFAT_SB(dir->i_sb)->geometry;
	struct cursor c = { .dir = dir };
	u8 checksum = fat_short_checksum(entry->name);
	u32 i;
	int got;

	for (i = 0; i < s->need; i++) {
		got = cursor_seek(&c, s->found + i);
		if (got <= 0)
			goto failed;
		if (i + 1 < s->need)
			fat_slot_encode(c.raw, units, count, (u8)(s->need - 1 - i), i == 0,
					checksum);
		else
			fat_entry_encode(c.raw, g, entry);
		mark_buffer_dirty(c.bh);
	}
	*place = (struct vfat_place){ s->found, s->need, cursor_position(&c), *entry };
	/* The end mark may have been overwritten: what lies behind was never part of the directory. */
	if (s->found + s->need > s->end && cursor_seek(&c, s->found + s->need) > 0 && c.raw[0]) {
		c.raw[0] = 0;
		mark_buffer_dirty(c.bh);
	}
	cursor_end(&c);
	return 0;
failed:
	cursor_end(&c);
	return got ? got : -EIO;
}

int vfat_dir_add(struct inode *dir, const char *name, size_t length, const struct fat_entry *entry,
		 struct vfat_place *place)
{
	struct space_search search = { 0 };
	struct fat_entry named = *entry;
	u8 basis[FAT_SHORT_LEN];
	u16 *units = NULL;
	int count = 0, err;
	bool exact;

	length = fat_name_trim(name, length);
	if (!fat_name_valid(name, length))
		return -EINVAL;
	exact = fat_short_make(name, length, basis);
	units = kmalloc_array(FAT_LONG_UNITS, sizeof(*units), GFP_KERNEL);
	if (!units)
		return -ENOMEM;
	count = fat_units_from_utf8(name, length, units);
	err = count < 0 ? -EINVAL : 0;
	if (err)
		goto out;
	search.basis = basis;
	search.need = 1 + (exact ? 0 : DIV_ROUND_UP((u32)count, FAT_SLOT_UNITS));
	err = search_space(dir, &search);
	if (!err)
		err = grow(dir, &search);
	if (err)
		goto out;
	if (exact)
		memcpy(named.name, basis, FAT_SHORT_LEN);
	else
		fat_short_number(basis, search.number + 1, named.name);
	named.letter_case = 0;
	err = write_run(dir, &search, units, (size_t)count, &named, place);
out:
	kfree(units);
	return err;
}

int vfat_dir_remove(struct inode *dir, const struct vfat_place *place)
{
	struct cursor c = { .dir = dir };
	u32 i;
	int got = 1;

	for (i = 0; i < place->count && got > 0; i++) {
		got = cursor_seek(&c, place->first + i);
		if (got > 0) {
			c.raw[0] = FAT_DELETED;
			mark_buffer_dirty(c.bh);
		}
	}
	cursor_end(&c);
	return got > 0 ? 0 : -EIO;
}

static void dots_entry(struct fat_entry *entry, const struct fat_entry *times, const char *name,
		       u32 cluster)
{
	*entry = *times;
	memcpy(entry->name, name, FAT_SHORT_LEN);
	entry->attributes = FAT_ATTR_DIR;
	entry->letter_case = 0;
	entry->cluster = cluster;
	entry->size = 0;
}

int vfat_dir_make(struct inode *dir, u32 parent_cluster, const struct fat_entry *times)
{
	const struct fat_geometry *g = &VFAT_SB(dir->i_sb)->geometry;
	struct cursor c = { .dir = dir };
	struct fat_entry entry;
	int got = cursor_seek(&c, 0);

	if (got <= 0)
		return -EIO;
	dots_entry(&entry, times, ".          ", VFAT_I(dir)->first_cluster);
	fat_entry_encode(c.raw, g, &entry);
	dots_entry(&entry, times, "..         ", parent_cluster);
	fat_entry_encode(c.raw + FAT_ENTRY_SIZE, g, &entry);
	mark_buffer_dirty(c.bh);
	cursor_end(&c);
	return 0;
}

int vfat_dir_set_parent(struct inode *dir, u32 parent_cluster)
{
	const struct fat_geometry *g = &VFAT_SB(dir->i_sb)->geometry;
	struct cursor c = { .dir = dir };
	struct fat_entry entry;
	int got = cursor_seek(&c, 1);

	if (got <= 0)
		return -EIO;
	fat_entry_decode(c.raw, g, &entry);
	if (!memcmp(entry.name, "..         ", FAT_SHORT_LEN)) {
		entry.cluster = parent_cluster;
		fat_entry_encode(c.raw, g, &entry);
		mark_buffer_dirty(c.bh);
	}
	cursor_end(&c);
	return 0;
}

int vfat_entry_change(struct super_block *sb, u64 position,
		      void (*change)(struct fat_entry *entry, const void *arg), const void *arg,
		      bool sync)
{
	const struct fat_geometry *g = &VFAT_SB(sb)->geometry;
	struct buffer_head *bh = sb_bread(sb, position / 128);
	struct fat_entry entry;
	u8 *raw;
	int err = 0;

	if (!bh)
		return -EIO;
	raw = (u8 *)bh->b_data + position % 128 * FAT_ENTRY_SIZE;
	fat_entry_decode(raw, g, &entry);
	change(&entry, arg);
	fat_entry_encode(raw, g, &entry);
	mark_buffer_dirty(bh);
	if (sync)
		err = sync_dirty_buffer(bh);
	brelse(bh);
	return err;
}
