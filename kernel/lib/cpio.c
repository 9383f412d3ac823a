/*
 * The reader is a machine of four states: header, name, data, padding. Names and headers are collected, since they may be
 * cut anywhere; data goes straight through. Header and name together, and the data, are padded to multiples of 4.
 */
#include "lib/cpio.h"

enum { STATE_HEADER, STATE_NAME, STATE_NAME_PADDING, STATE_DATA, STATE_DATA_PADDING };

#define FIELDS 13

static const char trailer[] = "TRAILER!!!";

void cpio_start(struct cpio_reader *r, const struct cpio_ops *ops, void *context)
{
	r->ops = ops;
	r->context = context;
	r->state = STATE_HEADER;
	r->have = 0;
	r->left = CPIO_HEADER;
	r->padding = 0;
	r->offset = 0;
	r->name[0] = 0;
}

bool cpio_at_start(const struct cpio_reader *r)
{
	return r->state == STATE_HEADER && !r->have && !r->offset;
}

static bool parse_hex8(const char *s, uint32_t *value)
{
	*value = 0;
	for (int i = 0; i < 8; i++) {
		char c = s[i];
		uint32_t digit;

		if (c >= '0' && c <= '9')
			digit = (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			digit = (uint32_t)(c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			digit = (uint32_t)(c - 'A' + 10);
		else
			return false;
		*value = *value << 4 | digit;
	}
	return true;
}

static enum cpio_status header_complete(struct cpio_reader *r)
{
	struct cpio_entry *e = &r->entry;
	uint32_t *const fields[FIELDS] = {
		&e->ino,	&e->mode,      &e->uid,	      &e->gid,	     &e->nlink,
		&e->mtime,	&e->size,      &e->dev_major, &e->dev_minor, &e->rdev_major,
		&e->rdev_minor, &r->name_size, NULL
	};
	uint32_t check;

	for (int i = 0; i < 6; i++)
		if (r->header[i] != "070701"[i] && !(i == 5 && r->header[i] == '2'))
			return CPIO_BAD_MAGIC;
	for (int i = 0; i < FIELDS; i++)
		if (!parse_hex8(r->header + 6 + 8 * i, fields[i] ? fields[i] : &check))
			return CPIO_BAD_FIELD;
	if (!r->name_size || r->name_size > CPIO_NAME_MAX)
		return CPIO_BAD_NAME;
	r->state = STATE_NAME;
	r->have = 0;
	r->left = r->name_size;
	r->padding = -(CPIO_HEADER + r->name_size) & 3;
	return CPIO_OK;
}

static bool is_trailer(const struct cpio_reader *r)
{
	uint32_t i = 0;

	while (trailer[i] && r->name[i] == trailer[i])
		i++;
	return !trailer[i] && !r->name[i];
}

static enum cpio_status name_complete(struct cpio_reader *r)
{
	if (r->name[r->name_size - 1] || (r->name_size == 1))
		return CPIO_BAD_NAME;
	r->entry.name = r->name;
	r->state = STATE_NAME_PADDING;
	r->left = r->padding;
	return CPIO_OK;
}

static enum cpio_status entry_complete(struct cpio_reader *r)
{
	if (!r->ops->end(r->context))
		return CPIO_STOPPED;
	r->state = STATE_HEADER;
	r->have = 0;
	r->left = CPIO_HEADER;
	return CPIO_OK;
}

/* The present part is complete: on to the next. */
static enum cpio_status part_complete(struct cpio_reader *r)
{
	switch (r->state) {
	case STATE_HEADER:
		return header_complete(r);
	case STATE_NAME:
		return name_complete(r);
	case STATE_NAME_PADDING:
		if (is_trailer(r))
			return CPIO_END;
		if (!r->ops->entry(r->context, &r->entry))
			return CPIO_STOPPED;
		r->state = STATE_DATA;
		r->left = r->entry.size;
		return CPIO_OK;
	case STATE_DATA:
		r->state = STATE_DATA_PADDING;
		r->left = -r->entry.size & 3;
		return CPIO_OK;
	default:
		return entry_complete(r);
	}
}

/* n bytes, no more than are left, for the present part. */
static enum cpio_status part_bytes(struct cpio_reader *r, const uint8_t *bytes, uint32_t n)
{
	char *to = r->state == STATE_HEADER ? r->header : r->state == STATE_NAME ? r->name : NULL;

	if (to)
		for (uint32_t i = 0; i < n; i++)
			to[r->have + i] = (char)bytes[i];
	else if (r->state == STATE_DATA && n && !r->ops->data(r->context, bytes, n))
		return CPIO_STOPPED;
	r->have += n;
	r->left -= n;
	return CPIO_OK;
}

enum cpio_status cpio_feed(struct cpio_reader *r, const uint8_t *bytes, uint32_t n, uint32_t *used)
{
	enum cpio_status status = CPIO_OK;

	*used = 0;
	while (status == CPIO_OK) {
		uint32_t part = n - *used < r->left ? n - *used : r->left;

		status = part_bytes(r, bytes + *used, part);
		*used += part;
		r->offset += part;
		if (status != CPIO_OK || r->left)
			break;
		status = part_complete(r);
		if (status == CPIO_OK && *used == n && r->left)
			break;
	}
	return status;
}

const char *cpio_error(enum cpio_status status)
{
	static const char *const texts[] = {
		[CPIO_OK] = "no error",
		[CPIO_END] = "end of the archive",
		[CPIO_BAD_MAGIC] = "no cpio header (070701)",
		[CPIO_BAD_FIELD] = "a header field is not hexadecimal",
		[CPIO_BAD_NAME] = "bad name",
		[CPIO_STOPPED] = "entry refused",
	};

	return status < sizeof(texts) / sizeof(texts[0]) ? texts[status] : "unknown error";
}
