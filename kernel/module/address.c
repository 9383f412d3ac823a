/*
 * From an address to the module whose memory it is: a table with one entry per page of the module area, in two levels
 * so that only the 4 MiB parts that hold modules have entries. O(1), no lock: an entry is one pointer, set before the
 * module's code first runs and cleared before its memory is freed.
 */
#include "module/module.h"
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include <asm/extable.h>
#include <asm/pgtable.h>

#define PARTS (((MODULES_END - 1) >> PGDIR_SHIFT) - (MODULES_VADDR >> PGDIR_SHIFT) + 1)

static struct module **owners[PARTS];

static unsigned int part_of(unsigned long addr)
{
	return (addr >> PGDIR_SHIFT) - (MODULES_VADDR >> PGDIR_SHIFT);
}

static int part_prepare(unsigned long addr)
{
	unsigned int part = part_of(addr);

	if (!owners[part])
		owners[part] = (struct module **)get_zeroed_page(GFP_KERNEL);
	return owners[part] ? 0 : -ENOMEM;
}

int address_claim(struct module *mod, const void *base, unsigned long size)
{
	unsigned long first = (unsigned long)base, end = first + size;

	for (unsigned long addr = first; addr < end; addr += PAGE_SIZE) {
		if (part_prepare(addr)) {
			address_release(base, addr - first);
			return -ENOMEM;
		}
		owners[part_of(addr)][pte_index(addr)] = mod;
	}
	find_vm_area(base)->flags |= VM_MODULE;
	return 0;
}

void address_release(const void *base, unsigned long size)
{
	unsigned long first = (unsigned long)base;

	find_vm_area(base)->flags &= ~VM_MODULE;
	for (unsigned long addr = first; addr < first + size; addr += PAGE_SIZE)
		if (owners[part_of(addr)])
			owners[part_of(addr)][pte_index(addr)] = NULL;
}

struct module *module_from_address(unsigned long addr)
{
	struct module **part;

	if (addr < MODULES_VADDR || addr >= MODULES_END)
		return NULL;
	part = owners[part_of(addr)];
	return part ? part[pte_index(addr)] : NULL;
}
EXPORT_SYMBOL_GPL(module_from_address);

struct module *__module_address(unsigned long addr)
{
	return module_from_address(addr);
}
EXPORT_SYMBOL_GPL(__module_address);

static bool within(unsigned long addr, const struct module_layout *layout, unsigned int size)
{
	return layout->base && addr - (unsigned long)layout->base < size;
}

struct module *__module_text_address(unsigned long addr)
{
	struct module *mod = module_from_address(addr);

	if (mod && !within(addr, &mod->core_layout, mod->core_layout.text_size) &&
	    !within(addr, &mod->init_layout, mod->init_layout.text_size))
		return NULL;
	return mod;
}
EXPORT_SYMBOL_GPL(__module_text_address);

bool is_module_address(unsigned long addr)
{
	return module_from_address(addr) != NULL;
}

bool is_module_text_address(unsigned long addr)
{
	return __module_text_address(addr) != NULL;
}

bool within_module_core(unsigned long addr, const struct module *mod)
{
	return within(addr, &mod->core_layout, mod->core_layout.size);
}

bool within_module_init(unsigned long addr, const struct module *mod)
{
	return within(addr, &mod->init_layout, mod->init_layout.size);
}

bool within_module(unsigned long addr, const struct module *mod)
{
	return within_module_core(addr, mod) || within_module_init(addr, mod);
}

const struct exception_table_entry *search_module_extables(unsigned long addr)
{
	struct module *mod = module_from_address(addr);

	if (!mod || !mod->extable)
		return NULL;
	return search_extable(mod->extable, mod->num_exentries, addr);
}
