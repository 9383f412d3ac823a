/*
 * A module's memory: one block of the module area, regions page by page in the order of enum link_region. Code and
 * read-only data are write-protected before init runs; what only init may write follows when init has returned, and
 * the init regions at the end of the block are then unmapped and given back. Their addresses stay the module's, so that
 * a report can name the function in init that acquired something.
 */
#include "module/module.h"
#include <linux/mm.h>
#include <linux/set_memory.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <asm/pgtable.h>
#include <asm/tlbflush.h>
#include <rakit/memory.h>

static void layout_core(struct module_layout *core, const struct link_layout *layout, u8 *image)
{
	core->base = image;
	core->size = layout->core_size;
	core->text_size = layout->region[LINK_RODATA].offset;
	core->ro_size = layout->region[LINK_RO_AFTER_INIT].offset;
	core->ro_after_init_size = layout->region[LINK_DATA].offset;
}

static void layout_init(struct module_layout *init, const struct link_layout *layout, u8 *image)
{
	u32 start = layout->core_size;

	init->size = layout->size - start;
	init->base = init->size ? image + start : NULL;
	init->text_size = layout->region[LINK_INIT_RODATA].offset - start;
	init->ro_size = layout->region[LINK_INIT_DATA].offset - start;
	init->ro_after_init_size = init->ro_size;
}

/* Whether the words of struct module from one field to before another are zero. */
static bool is_zero(const struct module *mod, size_t from, size_t to)
{
	const unsigned long *word = (const unsigned long *)((const char *)mod + from);
	unsigned long any = 0;
	size_t n = (to - from) / sizeof(*word);

	for (; n >= 4; n -= 4, word += 4)
		any |= word[0] | word[1] | word[2] | word[3];
	for (; n; n--)
		any |= *word++;
	return !any;
}

/* What struct module holds in the file: name, init and exit (patched later); everything else must be zero. */
static bool this_module_is_clean(const struct module *mod)
{
	const size_t name = offsetof(struct module, name), init = offsetof(struct module, init);

	static_assert(offsetof(struct module, exit) == offsetof(struct module, init) + 4);
	return is_zero(mod, 0, name) && is_zero(mod, name + sizeof(mod->name), init) &&
	       is_zero(mod, init + 8, sizeof(*mod));
}

/* What a loader program has reserved, or new memory. */
static int take_memory(struct load *load)
{
	if (!load->reserved) {
		load->image = module_alloc(load->layout.size);
		return load->image ? 0
				   : load_refuse(load, -ENOMEM, "no memory for %u KiB",
						 load->layout.size >> 10);
	}
	if (load->reserved_size != load->layout.size)
		return load_refuse(load, -EINVAL, "%u bytes are reserved, but it takes %u",
				   load->reserved_size, load->layout.size);
	load->image = load->reserved;
	load->reserved = NULL;
	return 0;
}

int load_reserve(struct load *load)
{
	struct module *mod;
	int error;

	if (link_layout(&load->object, load->sections, &load->layout, &load->error))
		return load_refuse(load, -ENOEXEC, "section %u: %s", load->error.section,
				   link_status_text(load->error.status));
	error = take_memory(load);
	if (error)
		return error;
	link_place(&load->object, load->sections, &load->layout, (u32)(unsigned long)load->image,
		   load->image);
	mod = (struct module *)load->sections[load->object.known[LINK_S_THIS_MODULE]].bytes;
	if (!this_module_is_clean(mod)) {
		module_memfree(load->image);
		return load_refuse(load, -ENOEXEC,
				   "struct module has values where the kernel's will be");
	}
	load->mod = mod;
	mod->state = MODULE_STATE_UNFORMED;
	mod->image_size = load->layout.size;
	layout_core(&mod->core_layout, &load->layout, load->image);
	layout_init(&mod->init_layout, &load->layout, load->image);
	INIT_LIST_HEAD(&mod->list);
	INIT_LIST_HEAD(&mod->source_list);
	INIT_LIST_HEAD(&mod->target_list);
	return address_claim(mod, load->image, load->layout.size);
}

static void protect(const struct module_layout *layout, unsigned int first, unsigned int end)
{
	if (layout->base && end > first)
		set_memory_ro((unsigned long)layout->base + first,
			      (int)((end - first) / PAGE_SIZE));
}

void module_protect(struct module *mod)
{
	protect(&mod->core_layout, 0, mod->core_layout.ro_size);
	protect(&mod->init_layout, 0, mod->init_layout.ro_size);
}

void module_protect_after_init(struct module *mod)
{
	protect(&mod->core_layout, mod->core_layout.ro_size, mod->core_layout.ro_after_init_size);
}

/* Unmaps the end of a block and frees its pages; the addresses stay reserved with the block. */
static void free_tail(void *block, unsigned int keep)
{
	struct vm_struct *area = find_vm_area(block);
	unsigned int first = keep / PAGE_SIZE;

	for (unsigned int i = first; i < area->nr_pages; i++) {
		unsigned long addr = (unsigned long)block + i * PAGE_SIZE;

		set_pte(kernel_pte(addr), __pte(0));
		flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
		__free_page(area->pages[i]);
	}
	area->nr_pages = min(area->nr_pages, first);
}

void module_free_init(struct module *mod)
{
	struct module_layout *init = &mod->init_layout;

	if (!init->base)
		return;
	free_tail(mod->core_layout.base, mod->core_layout.size);
	memset(init, 0, sizeof(*init));
	mod->init = NULL;
}

void module_free_image(struct module *mod)
{
	void *block = mod->core_layout.base;

	address_release(block, mod->image_size);
	module_memfree(block);
}
