/*
 * The proof of the second of two stages: what a loader program has linked is compared with what linking the file at
 * the same address gives here. Every byte of every region must be the same, and so must the table of exported symbols.
 * Only what lies behind the end of a region on its last page may differ: nobody uses it.
 *
 * The kernel's image is the one that is installed, so that the program cannot change it after it was compared.
 */
#include "module/module.h"
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define CHUNK 1024u
#define NAME_MAX_COMPARED 256

/* The section that lies at an offset of the image; 0: the global offset table or none. */
static u32 section_at(const struct load *load, u32 offset)
{
	u32 address = (u32)(unsigned long)load->image + offset;

	for (u32 i = 1; i < load->object.section_count; i++)
		if (load->sections[i].region != LINK_NOT_LOADED &&
		    address - load->sections[i].address < load->object.sections[i].size)
			return i;
	return 0;
}

static int refuse_byte(const struct load *load, u32 offset, u8 found, u8 right)
{
	u32 section = section_at(load, offset), start = 0;
	const char *name = load->object.has_got ? "global offset table or alignment" : "alignment";

	if (section) {
		start = load->sections[section].address - (u32)(unsigned long)load->image;
		name = link_section_name(&load->object, section);
	}
	return load_refuse(
		load, -ENOEXEC,
		"linked image is wrong: section %u (%s), offset %#x: 0x%02x, not 0x%02x: "
		"linked by other rules, or to other symbols or another address",
		section, name, offset - start, found, right);
}

/* n bytes at offset of the program's image are those at right. */
static int compare(const struct load *load, u8 *chunk, u32 offset, const u8 *right, u32 n)
{
	const u8 __user *image = (const u8 __user *)load->linked->image;

	for (u32 done = 0, part; done < n; done += part) {
		part = min(n - done, CHUNK);
		if (copy_from_user(chunk, image + offset + done, part))
			return -EFAULT;
		if (!memcmp(chunk, right + done, part))
			continue;
		for (u32 i = 0; i < part; i++)
			if (chunk[i] != right[done + i])
				return refuse_byte(load, offset + done + i, chunk[i],
						   right[done + i]);
	}
	return 0;
}

/* struct module as it was linked, before the kernel wrote to it. */
static void derive_this_module(const struct load *load, u32 index, u8 *copy)
{
	u32 size;
	const void *bytes = link_section_bytes(&load->object, index, &size);

	memcpy(copy, bytes, size);
	if (load->sections[index].reloc)
		link_relocate_copy(&load->object, load->sections, load->values, index, copy);
}

static int compare_regions(const struct load *load, u8 *chunk, const u8 *this_module)
{
	u32 index = load->object.known[LINK_S_THIS_MODULE], size = sizeof(struct module);
	u32 mod = (u32)((const u8 *)load->mod - load->image);
	int error = 0;

	for (u32 r = 0; r < LINK_REGIONS && !error; r++) {
		u32 first = load->layout.region[r].offset,
		    end = first + load->layout.region[r].size;

		if (load->sections[index].region != r) {
			error = compare(load, chunk, first, load->image + first, end - first);
			continue;
		}
		error = compare(load, chunk, first, load->image + first, mod - first);
		if (!error)
			error = compare(load, chunk, mod, this_module, size);
		if (!error)
			error = compare(load, chunk, mod + size, load->image + mod + size,
					end - mod - size);
	}
	return error;
}

static int compare_symbol(const struct load *load, u32 number, const struct kernel_symbol *right)
{
	struct module_linked_symbol symbol;
	char name[NAME_MAX_COMPARED];
	long length;

	if (copy_from_user(&symbol, (const void __user *)(load->linked->symbols + number),
			   sizeof(symbol)))
		return -EFAULT;
	length = strncpy_from_user(name, (const char __user *)symbol.name, sizeof(name));
	if (length < 0)
		return -EFAULT;
	name[sizeof(name) - 1] = '\0';
	if (strncmp(name, right->name, sizeof(name) - 1))
		return load_refuse(load, -ENOEXEC, "symbol table is wrong: symbol %u is %s, not %s",
				   number, name, right->name);
	if (symbol.value != right->value)
		return load_refuse(load, -ENOEXEC,
				   "symbol table is wrong: symbol %u (%s) is at %#lx, not %#lx",
				   number, name, symbol.value, right->value);
	return 0;
}

static int compare_symbols(const struct load *load)
{
	const struct module *mod = load->mod;
	u32 count = mod->num_syms + mod->num_gpl_syms;
	int error = 0;

	if (load->linked->symbol_count != count)
		return load_refuse(load, -ENOEXEC,
				   "symbol table is wrong: %lu symbols, but the module exports %u",
				   load->linked->symbol_count, count);
	for (u32 i = 0; i < count && !error; i++)
		error = compare_symbol(load, i,
				       i < mod->num_syms ? &mod->syms[i]
							 : &mod->gpl_syms[i - mod->num_syms]);
	return error;
}

int load_prove(struct load *load)
{
	u8 *this_module, *chunk;
	int error = -ENOMEM;

	if (!load->linked)
		return 0;
	if (load->linked->size != load->layout.size)
		return load_refuse(load, -ENOEXEC, "linked image has %lu bytes, not %u",
				   load->linked->size, load->layout.size);
	this_module = kmalloc(sizeof(struct module), GFP_KERNEL);
	chunk = kmalloc(CHUNK, GFP_KERNEL);
	if (this_module && chunk) {
		derive_this_module(load, load->object.known[LINK_S_THIS_MODULE], this_module);
		error = compare_regions(load, chunk, this_module);
	}
	kfree(chunk);
	kfree(this_module);
	return error ?: compare_symbols(load);
}
