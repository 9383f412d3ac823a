/*
 * Hexadecimal dumps. Pure text work; any context.
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <asm/unaligned.h>

static u64 group_value(const u8 *p, int groupsize)
{
	switch (groupsize) {
	case 8:
		return get_unaligned((const u64 *)p);
	case 4:
		return get_unaligned((const u32 *)p);
	case 2:
		return get_unaligned((const u16 *)p);
	default:
		return *p;
	}
}

int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize, char *linebuf,
		       size_t linebuflen, bool ascii)
{
	const u8 *p = buf;
	int n = 0, column;

	if (rowsize != 32)
		rowsize = 16;
	len = min_t(size_t, len, rowsize);
	if (groupsize != 2 && groupsize != 4 && groupsize != 8)
		groupsize = 1;
	if (len % groupsize)
		groupsize = 1;
	for (size_t i = 0; i < len; i += groupsize)
		n += snprintf(n < linebuflen ? linebuf + n : NULL,
			      n < linebuflen ? linebuflen - n : 0, "%s%0*llx", i ? " " : "",
			      2 * groupsize, group_value(p + i, groupsize));
	if (!ascii)
		return n;
	column = rowsize * 2 + rowsize / groupsize + 1;
	n += snprintf(n < linebuflen ? linebuf + n : NULL, n < linebuflen ? linebuflen - n : 0,
		      "%*s", max(column - n, 0), "");
	for (size_t i = 0; i < len; i++, n++) {
		if (n + 1 < linebuflen) {
			linebuf[n] = isprint(p[i]) ? p[i] : '.';
			linebuf[n + 1] = 0;
		}
	}
	return n;
}
EXPORT_SYMBOL(hex_dump_to_buffer);

void print_hex_dump(const char *level, const char *prefix_str, int prefix_type, int rowsize,
		    int groupsize, const void *buf, size_t len, bool ascii)
{
	char line[32 * 3 + 2 + 32 + 1];

	if (rowsize != 32)
		rowsize = 16;
	for (size_t i = 0; i < len; i += rowsize) {
		const u8 *p = (const u8 *)buf + i;

		hex_dump_to_buffer(p, min_t(size_t, len - i, rowsize), rowsize, groupsize, line,
				   sizeof(line), ascii);
		if (prefix_type == DUMP_PREFIX_ADDRESS)
			printk("%s%s%p: %s\n", level, prefix_str, p, line);
		else if (prefix_type == DUMP_PREFIX_OFFSET)
			printk("%s%s%.8zx: %s\n", level, prefix_str, i, line);
		else
			printk("%s%s%s\n", level, prefix_str, line);
	}
}
EXPORT_SYMBOL(print_hex_dump);
