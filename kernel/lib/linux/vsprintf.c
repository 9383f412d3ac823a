/*
 * Formatting under Linux's names, and what the kernel prints behind %p: symbols, addresses, names, byte strings.
 *
 * A plain %p is hashed: an address printed by mistake tells an unprivileged reader nothing, but the same pointer
 * always prints the same. %px prints it as it is. Source: Linux's core-api/printk-formats.
 */
#include <linux/cred.h>
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/string.h>
#include <linux/hash.h>
#include <linux/slab.h>
#include <linux/fs.h>
#include <linux/dcache.h>
#include <linux/ioport.h>
#include <linux/kallsyms.h>
#include <linux/printk.h>
#include <asm/tsc.h>
#include "lib/errname.h"
#include "lib/format.h"

static void put_formatted(struct format_sink *sink, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	format_append(sink, format, args, NULL);
	va_end(args);
}

static void put_hex(struct format_sink *sink, struct format_spec *spec, unsigned long value)
{
	spec->base = 16;
	if (!spec->width && spec->precision < 0)
		spec->precision = 8;
	format_number(sink, spec, value);
}

/* One-way enough for a log: keyed by what the time-stamp counter was at the first use. */
static u32 hash_pointer(const void *pointer)
{
	static u32 key;
	u32 value;

	if (!key)
		key = (u32)rdtsc() | 1;
	value = ((u32)(unsigned long)pointer ^ key) * GOLDEN_RATIO_32;
	value ^= value >> 15;
	return value * key ^ value >> 13;
}

/* %pK with kptr_restrict: nobody knows in an interrupt whom it is for. */
static const char *put_restricted(struct format_sink *sink, struct format_spec *spec,
				  const char *rest, const void *pointer)
{
	const struct cred *cred = current_cred();

	if (in_irq() || in_softirq())
		format_string(sink, spec, "pK-error");
	else if (kallsyms_show_value(cred) && uid_eq(cred->euid, cred->uid))
		put_hex(sink, spec, (unsigned long)pointer);
	else
		put_hex(sink, spec, 0);
	return rest;
}

static const char *put_symbol(struct format_sink *sink, struct format_spec *spec, const char *rest,
			      unsigned long addr)
{
	char name[KSYM_SYMBOL_LEN];

	if (rest[0] == 'B')
		sprint_backtrace(name, addr);
	else if (rest[0] == 's' || rest[0] == 'f')
		sprint_symbol_no_offset(name, addr);
	else
		sprint_symbol(name, addr);
	format_string(sink, spec, name);
	return rest[1] == 'R' ? rest + 2 : rest + 1;
}

static const char *put_resource(struct format_sink *sink, const char *rest,
				const struct resource *resource)
{
	const char *kind = resource->flags & IORESOURCE_IO    ? "io  "
			   : resource->flags & IORESOURCE_MEM ? "mem "
			   : resource->flags & IORESOURCE_IRQ ? "irq "
			   : resource->flags & IORESOURCE_DMA ? "dma "
							      : "??? ";
	int width = resource->flags & IORESOURCE_IO ? 4 : 8;

	if (resource->flags & (IORESOURCE_IRQ | IORESOURCE_DMA))
		put_formatted(sink, "[%s%lu]", kind, (unsigned long)resource->start);
	else
		put_formatted(sink, "[%s0x%0*lx-0x%0*lx]", kind, width,
			      (unsigned long)resource->start, width, (unsigned long)resource->end);
	return rest + 1;
}

static const char *put_bytes(struct format_sink *sink, const struct format_spec *spec,
			     const char *rest, const u8 *bytes)
{
	static const char separators[] = "C:D-N";
	int count = spec->width ? min(spec->width, 64) : 1;
	char separator = ' ';

	rest++;
	if (*rest == 'C' || *rest == 'D')
		separator = strchr(separators, *rest++)[1];
	else if (*rest == 'N' && rest++)
		separator = '\0';
	for (int i = 0; i < count; i++) {
		if (i && separator)
			format_char(sink, separator);
		put_formatted(sink, "%02x", bytes[i]);
	}
	return rest;
}

/* %pM 00:11:22:33:44:55, %pMF with hyphens, %pMR reversed, %pm without separators. */
static const char *put_mac(struct format_sink *sink, const char *rest, const u8 *bytes)
{
	bool plain = *rest++ == 'm', reversed;
	char separator = *rest == 'F' ? '-' : ':';

	reversed = *rest == 'R';
	if (*rest == 'F' || *rest == 'R')
		rest++;
	for (int i = 0; i < 6; i++) {
		if (i && !plain)
			format_char(sink, separator);
		put_formatted(sink, "%02x", bytes[reversed ? 5 - i : i]);
	}
	return rest;
}

static const char *put_ip(struct format_sink *sink, const char *rest, const u8 *bytes)
{
	if (rest[1] == '4') {
		put_formatted(sink, "%u.%u.%u.%u", bytes[0], bytes[1], bytes[2], bytes[3]);
		rest += 2;
		return *rest == 'h' || *rest == 'n' || *rest == 'b' || *rest == 'l' ? rest + 1
										    : rest;
	}
	for (int i = 0; i < 16; i += 2)
		put_formatted(sink, i ? ":%x" : "%x", bytes[i] << 8 | bytes[i + 1]);
	rest += 2;
	return *rest == 'c' ? rest + 1 : rest;
}

/* %pUb big endian (RFC 4122), %pUl little endian in its first three fields; B and L in capitals. */
static const char *put_uuid(struct format_sink *sink, const char *rest, const u8 *bytes)
{
	static const u8 big[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
	static const u8 little[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
	char kind = rest[1];
	const u8 *order = kind == 'l' || kind == 'L' ? little : big;

	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			format_char(sink, '-');
		put_formatted(sink, kind == 'B' || kind == 'L' ? "%02X" : "%02x", bytes[order[i]]);
	}
	return kind && strchr("bBlL", kind) ? rest + 2 : rest + 1;
}

/* %pd name, %pd2 parent/name … */
static void put_dentry_path(struct format_sink *sink, const struct dentry *dentry, int depth)
{
	if (depth > 1 && dentry->d_parent != dentry) {
		put_dentry_path(sink, dentry->d_parent, depth - 1);
		if (dentry->d_parent->d_parent != dentry->d_parent)
			format_char(sink, '/');
	}
	put_formatted(sink, "%s", (const char *)dentry->d_name.name);
}

static const char *put_dentry(struct format_sink *sink, const char *rest,
			      const struct dentry *dentry)
{
	bool deeper = rest[1] >= '2' && rest[1] <= '4';

	put_dentry_path(sink, dentry, deeper ? rest[1] - '0' : 1);
	return deeper ? rest + 2 : rest + 1;
}

static const char *put_error(struct format_sink *sink, const struct format_spec *spec,
			     const char *rest, const void *pointer)
{
	const char *name = IS_ERR(pointer) ? error_name((int)-PTR_ERR(pointer)) : NULL;

	if (name) {
		format_char(sink, '-');
		format_string(sink, spec, name);
	} else {
		put_formatted(sink, "%ld", PTR_ERR(pointer));
	}
	return rest + 1;
}

static const char *put_nested(struct format_sink *sink, const char *rest,
			      const struct va_format *nested);

/* %*pb: a bitmap of width bits in hexadecimal words; %*pbl: as a list of ranges. */
static const char *put_bitmap(struct format_sink *sink, const struct format_spec *spec,
			      const char *rest, const unsigned long *bits)
{
	bool list = rest[1] == 'l', first = true;
	int count = spec->width;

	for (int word = (count + 31) / 32; !list && word-- > 0; first = false)
		put_formatted(sink, first ? "%lx" : ",%08lx", bits[word]);
	for (int i = 0, end; list && i < count; i = end) {
		bool set = bits[i / 32] >> i % 32 & 1;

		for (end = i + 1; end < count && (bits[end / 32] >> end % 32 & 1) == set; end++)
			;
		if (!set)
			continue;
		put_formatted(sink, end - i > 1 ? "%s%d-%d" : "%s%d", first ? "" : ",", i, end - 1);
		first = false;
	}
	return list ? rest + 2 : rest + 1;
}

static const char *put_pointer(struct format_sink *sink, struct format_spec *spec, const char *rest,
			       const void *pointer)
{
	bool reads = *rest && strchr("RrhMmIUdDVb", *rest);

	if (reads && ((unsigned long)pointer < PAGE_SIZE || IS_ERR(pointer))) {
		format_string(sink, spec, pointer ? "(efault)" : "(null)");
		return rest + 1;
	}
	switch (*rest) {
	case 'S':
	case 's':
	case 'B':
	case 'F':
	case 'f':
		return put_symbol(sink, spec, rest, (unsigned long)pointer);
	case 'R':
	case 'r':
		return put_resource(sink, rest, pointer);
	case 'h':
		return put_bytes(sink, spec, rest, pointer);
	case 'M':
	case 'm':
		return put_mac(sink, rest, pointer);
	case 'I':
	case 'i':
		return put_ip(sink, rest, pointer);
	case 'U':
		return put_uuid(sink, rest, pointer);
	case 'd':
		return put_dentry(sink, rest, pointer);
	case 'D':
		return put_dentry(sink, rest, ((const struct file *)pointer)->f_path.dentry);
	case 'V':
		return put_nested(sink, rest, pointer);
	case 'b':
		return put_bitmap(sink, spec, rest, pointer);
	case 'e':
		return put_error(sink, spec, rest, pointer);
	case 'x':
		put_hex(sink, spec, (unsigned long)pointer);
		return rest + 1;
	case 'a':
		put_formatted(sink, "0x%08x", *(const u32 *)pointer);
		return rest[1] == 'p' || rest[1] == 'd' ? rest + 2 : rest + 1;
	case 'K':
		rest++;
		if (kptr_restrict)
			return put_restricted(sink, spec, rest, pointer);
		break;
	}
	if (!pointer || IS_ERR(pointer))
		put_hex(sink, spec, (unsigned long)pointer);
	else
		put_hex(sink, spec, hash_pointer(pointer));
	return rest;
}

static const char *put_nested(struct format_sink *sink, const char *rest,
			      const struct va_format *nested)
{
	format_append(sink, nested->fmt, *nested->va, put_pointer);
	return rest + 1;
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	return (int)format_text(buf, size, fmt, args, put_pointer);
}
EXPORT_SYMBOL(vsnprintf);

int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int length = vsnprintf(buf, size, fmt, args);

	if (length < (int)size)
		return length;
	return size ? (int)size - 1 : 0;
}
EXPORT_SYMBOL(vscnprintf);

int vsprintf(char *buf, const char *fmt, va_list args)
{
	return vsnprintf(buf, INT_MAX, fmt, args);
}
EXPORT_SYMBOL(vsprintf);

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return length;
}
EXPORT_SYMBOL(snprintf);

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return length;
}
EXPORT_SYMBOL(scnprintf);

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsprintf(buf, fmt, args);
	va_end(args);
	return length;
}
EXPORT_SYMBOL(sprintf);

char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)
{
	va_list again;
	int length;
	char *text;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	text = kmalloc_track_caller((size_t)length + 1, gfp, _RET_IP_);
	if (text)
		vsnprintf(text, (size_t)length + 1, fmt, args);
	return text;
}
EXPORT_SYMBOL(kvasprintf);

char *kasprintf(gfp_t gfp, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = kvasprintf(gfp, fmt, args);
	va_end(args);
	return text;
}
EXPORT_SYMBOL(kasprintf);
