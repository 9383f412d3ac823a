/*
 * The stage before the first: a file that gzip packed is unpacked into memory of the load's own. It takes as much as
 * the file's last word claims, within the limit for modules; content beyond that is refused, not written.
 */
#include "module/module.h"
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/unaligned.h>
#include "lib/inflate.h"

#define GZIP_LEAST 18 /* header and trailer */

struct output {
	u8 *bytes;
	size_t size, used;
};

static bool put(void *context, const uint8_t *bytes, uint32_t n)
{
	struct output *out = context;

	if (n > out->size - out->used)
		return false;
	memcpy(out->bytes + out->used, bytes, n);
	out->used += n;
	return true;
}

static int unpack(struct load *load, struct inflate *state, struct output *out)
{
	u32 consumed;
	enum inflate_status status = inflate_gzip(state, load->file, load->size, put, out,
						  &consumed);

	if (status)
		return load_refuse(load, -ENOEXEC, "gzip: %s, at byte %u", inflate_error(status),
				   consumed);
	if (consumed != load->size || out->used != out->size)
		return load_refuse(load, -ENOEXEC, "gzip: more than one packed file");
	load->file = out->bytes;
	load->size = out->size;
	return 0;
}

int load_unpack(struct load *load)
{
	struct output out = { 0 };
	struct inflate *state;
	int error;

	if (!inflate_is_gzip(load->file, load->size) || load->size < GZIP_LEAST)
		return 0;
	out.size = get_unaligned_le32((const u8 *)load->file + load->size - 4);
	if (out.size > LINK_MAX_SIZE)
		return load_refuse(load, -ENOEXEC, "gzip: unpacks to %zu bytes", out.size);
	out.bytes = kvmalloc(out.size ?: 1, GFP_KERNEL);
	load->unpacked = out.bytes;
	state = kvmalloc(sizeof(*state), GFP_KERNEL);
	error = out.bytes && state ? unpack(load, state, &out) : -ENOMEM;
	kvfree(state);
	return error;
}
