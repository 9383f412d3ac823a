/*
 * Reading cpio archives in the "newc" format (magic 070701, or 070702 with a sum that is not checked). Pure: no allocation,
 * no globals. The archive is fed in pieces of any size; entries and their bytes are handed to the user's functions.
 */
#ifndef LIB_CPIO_H
#define LIB_CPIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CPIO_HEADER 110	   /* bytes */
#define CPIO_NAME_MAX 4096 /* longest name, NUL included */

enum cpio_status {
	CPIO_OK,
	CPIO_END,	/* the trailer has been read: what follows is another archive */
	CPIO_BAD_MAGIC, /* a header does not begin with 070701 or 070702 */
	CPIO_BAD_FIELD, /* a header field is no number */
	CPIO_BAD_NAME,	/* the name is empty, too long or not ended by NUL */
	CPIO_STOPPED,	/* a function of the user's returned false */
};

struct cpio_entry {
	const char *name; /* as in the archive, NUL-terminated */
	uint32_t ino, mode, uid, gid, nlink, mtime;
	uint32_t size; /* bytes of content; of a symlink: of its target */
	uint32_t dev_major, dev_minor;
	uint32_t rdev_major, rdev_minor;
};

/* Each may return false to stop. */
struct cpio_ops {
	bool (*entry)(void *context, const struct cpio_entry *entry);  /* a new entry begins */
	bool (*data)(void *context, const uint8_t *bytes, uint32_t n); /* its next bytes */
	bool (*end)(void *context);				       /* it is complete */
};

/* Private to cpio.c but for offset and name, which say where an error is. */
struct cpio_reader {
	const struct cpio_ops *ops;
	void *context;
	int state;
	uint32_t have;	  /* bytes of the present part */
	uint32_t left;	  /* bytes of the present part to come */
	uint32_t padding; /* zero bytes to come behind it */
	uint32_t name_size;
	uint64_t offset; /* bytes read since cpio_start() */
	struct cpio_entry entry;
	char header[CPIO_HEADER];
	char name[CPIO_NAME_MAX];
};

/* Ready for an archive's first byte. */
void cpio_start(struct cpio_reader *r, const struct cpio_ops *ops, void *context);

/*
 * cpio_feed - read on
 * @used: how many bytes were read: all of them with CPIO_OK; with CPIO_END up to the end of the archive
 * Returns CPIO_OK, CPIO_END (cpio_start() before feeding more), or what is wrong.
 */
enum cpio_status cpio_feed(struct cpio_reader *r, const uint8_t *bytes, uint32_t n, uint32_t *used);

/* True between archives and before the first byte of one: the input may end here. */
bool cpio_at_start(const struct cpio_reader *r);

const char *cpio_error(enum cpio_status status);

#endif
