// SOURCES: kernel/lib/cpio.c
/* Archives in one piece and byte by byte, the end of one and the beginning of the next, and what must be refused. */
#include "unit.h"
#include <stdbool.h>
#include <stdint.h>
#include "lib/cpio.h"

static char seen[4096];

static bool on_entry(void *context, const struct cpio_entry *e)
{
	snprintf(seen + strlen(seen), sizeof(seen) - strlen(seen), "<%s %o %u ", e->name, e->mode,
		 e->size);
	return true;
}

static bool on_data(void *context, const uint8_t *bytes, uint32_t n)
{
	snprintf(seen + strlen(seen), sizeof(seen) - strlen(seen), "%.*s", (int)n,
		 (const char *)bytes);
	return true;
}

static bool on_end(void *context)
{
	strcat(seen, ">");
	return true;
}

static const struct cpio_ops ops = { on_entry, on_data, on_end };

static size_t add(char *at, const char *name, unsigned mode, const char *data)
{
	size_t size = strlen(data), n;

	n = (size_t)sprintf(at, "070701%08x%08x%08x%08x%08x%08x%08zx%08x%08x%08x%08x%08zx%08x%s", 1,
			    mode, 0, 0, 1, 0, size, 0, 0, 0, 0, strlen(name) + 1, 0, name) +
	    1;
	while (n & 3)
		at[n++] = 0;
	memcpy(at + n, data, size);
	n += size;
	while (n & 3)
		at[n++] = 0;
	return n;
}

static size_t archive(char *at)
{
	size_t n = add(at, "dir", 040755, "");

	n += add(at + n, "dir/file", 0100644, "content");
	n += add(at + n, "a", 0100644, "");
	return n + add(at + n, "TRAILER!!!", 0, "");
}

static const char expected[] = "<dir 40755 0 ><dir/file 100644 7 content><a 100644 0 >";
static char buf[65536];
static struct cpio_reader reader;

static void test_in_one_piece(void)
{
	size_t n = archive(buf);
	uint32_t used;

	seen[0] = 0;
	cpio_start(&reader, &ops, NULL);
	CHECK(cpio_at_start(&reader));
	CHECK_EQ(cpio_feed(&reader, (uint8_t *)buf, (uint32_t)n + 100, &used), CPIO_END);
	CHECK_EQ(used, n);
	CHECK(!strcmp(seen, expected));
}

static void test_byte_by_byte(void)
{
	size_t n = archive(buf);
	enum cpio_status status = CPIO_OK;
	uint32_t used;

	seen[0] = 0;
	cpio_start(&reader, &ops, NULL);
	for (size_t i = 0; i < n && status == CPIO_OK; i++)
		status = cpio_feed(&reader, (uint8_t *)buf + i, 1, &used);
	CHECK_EQ(status, CPIO_END);
	CHECK(!strcmp(seen, expected));
}

static enum cpio_status feed_changed(size_t at, char c)
{
	size_t n = archive(buf);
	uint32_t used;

	buf[at] = c;
	seen[0] = 0;
	cpio_start(&reader, &ops, NULL);
	return cpio_feed(&reader, (uint8_t *)buf, (uint32_t)n, &used);
}

static void test_refused(void)
{
	CHECK_EQ(feed_changed(0, '1'), CPIO_BAD_MAGIC);
	CHECK_EQ(feed_changed(5, '7'), CPIO_BAD_MAGIC);
	CHECK_EQ(feed_changed(20, 'g'), CPIO_BAD_FIELD);
	CHECK_EQ(feed_changed(94, '7'), CPIO_BAD_NAME);	 /* name size 0x70000004 */
	CHECK_EQ(feed_changed(101, '0'), CPIO_BAD_NAME); /* name size 0 */
	CHECK_EQ(feed_changed(113, 'x'), CPIO_BAD_NAME); /* not ended */
}

static bool refuse(void *context, const struct cpio_entry *e)
{
	return false;
}

static void test_stopped(void)
{
	static const struct cpio_ops refusing = { refuse, on_data, on_end };
	size_t n = archive(buf);
	uint32_t used;

	cpio_start(&reader, &refusing, NULL);
	CHECK_EQ(cpio_feed(&reader, (uint8_t *)buf, (uint32_t)n, &used), CPIO_STOPPED);
	CHECK(!strcmp(reader.name, "dir"));
}

int main(void)
{
	RUN(test_in_one_piece);
	RUN(test_byte_by_byte);
	RUN(test_refused);
	RUN(test_stopped);
	UNIT_END();
}
