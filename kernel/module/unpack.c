/*
 * The stage before the first: a file that gzip packed is unpacked into memory of the load's own. It takes as much as
 * the file claims to need, within the limit for modules, and not a byte more is written.
 */
#include "module/module.h"
#include <linux/mm.h>
#include "lib/inflate.h"

int load_unpack(struct load *load)
{
	enum inflate_status status;
	uint32_t length;
	size_t written;

	if (!gzip_is(load->file, load->size))
		return 0;
	status = gzip_length(load->file, load->size, &length);
	if (status || length > LINK_MAX_SIZE)
		return load_refuse(load, -ENOEXEC, "%s",
				   inflate_status_text(status ?: INFLATE_NO_ROOM));
	load->unpacked = kvmalloc(length ?: 1, GFP_KERNEL);
	if (!load->unpacked)
		return -ENOMEM;
	status = gzip_unpack(load->file, load->size, load->unpacked, length, &written);
	if (status)
		return load_refuse(load, -ENOEXEC, "%s", inflate_status_text(status));
	load->file = load->unpacked;
	load->size = length;
	return 0;
}
