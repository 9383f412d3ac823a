/*
 * The vmalloc area: vmalloc(), vmap(), ioremap(), module memory, kernel stacks.
 *
 * An area is a run of pages of kernel addresses (extent.c), one more than asked for: the last stays unmapped, so that
 * running over the end faults. Page tables come when an area first needs them, are entered into every page directory
 * and stay; entries are removed and flushed one by one at the free, so a stale pointer faults at once.
 * Kernel stacks are areas with the guard page in front (the page behind the area below serves too); freed ones are kept
 * for the next fork, since mapping costs more than anything else in it.
 * Areas of modules are in the ledger.
 * Locking: interrupts off around the extent map, the page tables and the stack list; memory is allocated before.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/io.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <rakit/boot_order.h>
#include <rakit/ledger.h>
#include <rakit/memory.h>
#include "mm/direct.h"
#include "mm/extent.h"
#include "mm/page.h"

#define VMALLOC_FIRST_PAGE (VMALLOC_START >> PAGE_SHIFT)
#define VMALLOC_PAGES ((VMALLOC_END - VMALLOC_START) >> PAGE_SHIFT)
#define GUARD_PAGES 1
#define STACKS_KEPT 16
#define STACK_PAGES (THREAD_SIZE / PAGE_SIZE)

/* An area: the extent first, so that one leads to the other. */
struct area {
	struct extent extent;
	struct vm_struct vm;
};

static struct extent_map map;
static struct area first_area;
static struct kmem_cache *area_cache;

/* The tables for [addr, addr + size); false without memory. */
static bool tables_make(unsigned long addr, unsigned long size)
{
	unsigned long index, flags;
	struct page *page;

	for (index = pgd_index(addr); index <= pgd_index(addr + size - 1); index++) {
		if (pgd_present(swapper_pg_dir[index]))
			continue;
		page = page_alloc(GFP_KERNEL | __GFP_ZERO, 0, 0);
		if (!page)
			return false;
		local_irq_save(flags);
		if (!pgd_present(swapper_pg_dir[index])) {
			kernel_pgd_set(index, __pgd((u32)PFN_PHYS(page_to_pfn(page)) |
						    _PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED));
			page = NULL;
		}
		local_irq_restore(flags);
		__free_pages(page, 0);
	}
	return true;
}

static void unmap_pages(unsigned long addr, unsigned int count)
{
	for (; count--; addr += PAGE_SIZE) {
		set_pte(kernel_pte(addr), __pte(0));
		__flush_tlb_one(addr);
	}
}

static void area_drop(struct area *area)
{
	struct extent *unused[2];
	unsigned long flags;
	unsigned int count, i;

	local_irq_save(flags);
	count = extent_give(&map, &area->extent, unused);
	local_irq_restore(flags);
	for (i = 0; i < count; i++) {
		if (unused[i] != &first_area.extent)
			kmem_cache_free(area_cache, unused[i]);
	}
}

/* An area for size bytes (whole pages) and the guard, its tables made. */
static struct area *area_make(unsigned long size, unsigned long vm_flags, unsigned long site)
{
	struct area *area, *spare;
	unsigned long flags, addr;
	bool used;

	if (!size || size > VMALLOC_END - VMALLOC_START)
		return NULL;
	spare = kmem_cache_alloc(area_cache, GFP_KERNEL);
	if (!spare)
		return NULL;
	local_irq_save(flags);
	area = (struct area *)extent_take(&map, (uint32_t)(size >> PAGE_SHIFT) + GUARD_PAGES,
					  &spare->extent, &used);
	local_irq_restore(flags);
	if (!used)
		kmem_cache_free(area_cache, spare);
	if (!area)
		return NULL;
	addr = (unsigned long)area->extent.first << PAGE_SHIFT;
	area->vm = (struct vm_struct){
		.addr = (void *)addr,
		.size = size + GUARD_PAGES * PAGE_SIZE,
		.flags = vm_flags,
		.caller = (void *)site,
	};
	if (tables_make(addr, size))
		return area;
	area_drop(area);
	return NULL;
}

static struct area *area_find(const void *addr)
{
	struct area *area;
	unsigned long flags;

	if (!is_vmalloc_addr(addr) || offset_in_page(addr))
		return NULL;
	local_irq_save(flags);
	area = (struct area *)extent_find(&map, (uint32_t)((unsigned long)addr >> PAGE_SHIFT));
	local_irq_restore(flags);
	return area;
}

static bool area_own(struct area *area, unsigned long site, const char *name)
{
	if (!site_in_module(site))
		return true;
	area->vm.owner = ledger_owner_of(site);
	if (!area->vm.owner)
		return true;
	if (!ledger_add(area->vm.owner, LEDGER_VMALLOC, area->vm.addr, (unsigned long)area->vm.addr,
			area->vm.size - GUARD_PAGES * PAGE_SIZE, name, site))
		return true;
	area->vm.owner = NULL;
	return false;
}

static void pages_free(struct page **pages, unsigned int count)
{
	while (count--)
		__free_page(pages[count]);
}

static void map_pages(unsigned long addr, struct page **pages, unsigned int count, pgprot_t prot)
{
	unsigned int i;

	for (i = 0; i < count; i++, addr += PAGE_SIZE)
		set_pte(kernel_pte(addr), mk_pte(pages[i], prot));
}

static struct page **pages_alloc(unsigned int count, gfp_t gfp)
{
	struct page **pages = kmalloc_array(count, sizeof(*pages),
					    gfp & ~(__GFP_ZERO | __GFP_HIGHMEM));
	unsigned int i;

	if (!pages)
		return NULL;
	for (i = 0; i < count; i++) {
		pages[i] = page_alloc(gfp | __GFP_HIGHMEM, 0, 0);
		if (!pages[i]) {
			pages_free(pages, i);
			kfree(pages);
			return NULL;
		}
	}
	return pages;
}

/* Unmaps and frees an area and, if they are its own, its pages. */
static void area_free(struct area *area)
{
	struct page **pages = area->vm.flags & VM_ALLOC ? area->vm.pages : NULL;
	unsigned int count = area->vm.nr_pages;

	unmap_pages((unsigned long)area->vm.addr,
		    (unsigned int)(area->vm.size >> PAGE_SHIFT) - GUARD_PAGES);
	if (area->vm.owner)
		ledger_remove(LEDGER_VMALLOC, area->vm.addr);
	area_drop(area);
	if (!pages)
		return;
	pages_free(pages, count);
	kfree(pages);
}

static void *area_alloc(unsigned long size, gfp_t gfp, unsigned long site)
{
	unsigned int count = (unsigned int)(PAGE_ALIGN(size) >> PAGE_SHIFT);
	struct page **pages;
	struct area *area;

	if (!count || count > VMALLOC_PAGES || count > totalram_pages())
		return NULL;
	pages = pages_alloc(count, gfp);
	if (!pages)
		return NULL;
	area = area_make(PAGE_ALIGN(size), VM_ALLOC, site);
	if (!area) {
		pages_free(pages, count);
		kfree(pages);
		return NULL;
	}
	area->vm.pages = pages;
	area->vm.nr_pages = count;
	map_pages((unsigned long)area->vm.addr, pages, count, PAGE_KERNEL);
	if (area_own(area, site, "vmalloc"))
		return area->vm.addr;
	area_free(area);
	return NULL;
}

void *vmalloc(unsigned long size)
{
	return area_alloc(size, GFP_KERNEL, _RET_IP_);
}
EXPORT_SYMBOL(vmalloc);

void *vzalloc(unsigned long size)
{
	return area_alloc(size, GFP_KERNEL | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL(vzalloc);

void *vmalloc_user(unsigned long size)
{
	return area_alloc(size, GFP_KERNEL | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL(vmalloc_user);

void *vmalloc_32(unsigned long size)
{
	return area_alloc(size, GFP_KERNEL, _RET_IP_);
}
EXPORT_SYMBOL(vmalloc_32);

void *vmalloc_node(unsigned long size, int node)
{
	return area_alloc(size, GFP_KERNEL, _RET_IP_);
}
EXPORT_SYMBOL(vmalloc_node);

void *__vmalloc(unsigned long size, gfp_t gfp)
{
	return area_alloc(size, gfp, _RET_IP_);
}
EXPORT_SYMBOL(__vmalloc);

static void free_checked(const void *addr, unsigned long want, const char *name, unsigned long site)
{
	struct area *area;

	if (!addr)
		return;
	area = area_find(addr);
	if (!area || !(area->vm.flags & want)) {
		pr_err("%s: %p at %pS: not the beginning of such an area\n", name, addr,
		       (void *)site);
		dump_stack();
		return;
	}
	area_free(area);
}

void vfree(const void *addr)
{
	free_checked(addr, VM_ALLOC, "vfree", _RET_IP_);
}
EXPORT_SYMBOL(vfree);

void vfree_atomic(const void *addr)
{
	free_checked(addr, VM_ALLOC, "vfree", _RET_IP_);
}
EXPORT_SYMBOL(vfree_atomic);

void *vmap(struct page **pages, unsigned int count, unsigned long vm_flags, pgprot_t prot)
{
	struct area *area = area_make((unsigned long)count << PAGE_SHIFT, VM_MAP, _RET_IP_);

	if (!area)
		return NULL;
	map_pages((unsigned long)area->vm.addr, pages, count, prot);
	if (area_own(area, _RET_IP_, "vmap"))
		return area->vm.addr;
	area_free(area);
	return NULL;
}
EXPORT_SYMBOL(vmap);

void vunmap(const void *addr)
{
	free_checked(addr, VM_MAP, "vunmap", _RET_IP_);
}
EXPORT_SYMBOL(vunmap);

static void __iomem *io_map(resource_size_t offset, unsigned long size, pgprot_t prot,
			    unsigned long site)
{
	unsigned long inside = offset_in_page(offset), first = PFN_DOWN(offset), i, pages;
	struct area *area;

	if (!size || offset + size - 1 < offset)
		return NULL;
	pages = PAGE_ALIGN(inside + size) >> PAGE_SHIFT;
	area = area_make(pages << PAGE_SHIFT, VM_IOREMAP, site);
	if (!area)
		return NULL;
	area->vm.phys_addr = (phys_addr_t)PFN_PHYS(first);
	for (i = 0; i < pages; i++)
		set_pte(kernel_pte((unsigned long)area->vm.addr + (i << PAGE_SHIFT)),
			pfn_pte(first + i, prot));
	if (area_own(area, site, "ioremap"))
		return area->vm.addr + inside;
	area_free(area);
	return NULL;
}

void __iomem *ioremap(resource_size_t offset, unsigned long size)
{
	return io_map(offset, size, PAGE_KERNEL_NOCACHE, _RET_IP_);
}
EXPORT_SYMBOL(ioremap);

void __iomem *ioremap_cache(resource_size_t offset, unsigned long size)
{
	return io_map(offset, size, PAGE_KERNEL, _RET_IP_);
}
EXPORT_SYMBOL(ioremap_cache);

void iounmap(volatile void __iomem *address)
{
	free_checked((void *)((unsigned long)address & PAGE_MASK), VM_IOREMAP, "iounmap", _RET_IP_);
}
EXPORT_SYMBOL(iounmap);

void *module_alloc(unsigned long size)
{
	return area_alloc(size, GFP_KERNEL, 0);
}

void module_memfree(void *region)
{
	vfree(region);
}

bool is_vmalloc_addr(const void *addr)
{
	return (unsigned long)addr >= VMALLOC_START && (unsigned long)addr < VMALLOC_END;
}
EXPORT_SYMBOL(is_vmalloc_addr);

unsigned long vmalloc_to_pfn(const void *addr)
{
	pte_t *pte = is_vmalloc_addr(addr) ? kernel_pte((unsigned long)addr) : NULL;

	return pte && pte_present(*pte) ? pte_pfn(*pte) : 0;
}
EXPORT_SYMBOL(vmalloc_to_pfn);

struct page *vmalloc_to_page(const void *addr)
{
	unsigned long pfn = vmalloc_to_pfn(addr);

	return pfn ? pfn_to_page(pfn) : NULL;
}
EXPORT_SYMBOL(vmalloc_to_page);

struct vm_struct *find_vm_area(const void *addr)
{
	struct area *area = area_find(addr);

	return area ? &area->vm : NULL;
}

/*
 * Kernel stacks. A free one keeps its mapping; the link to the next is in its lowest word.
 */
static void *stacks;
static unsigned int stacks_kept;

static void *stack_make(void)
{
	struct page **pages = pages_alloc(STACK_PAGES, GFP_KERNEL);
	struct area *area;
	unsigned long base;

	if (!pages)
		return NULL;
	area = area_make(THREAD_SIZE + PAGE_SIZE, VM_ALLOC, _RET_IP_);
	if (!area) {
		pages_free(pages, STACK_PAGES);
		kfree(pages);
		return NULL;
	}
	area->vm.pages = pages;
	area->vm.nr_pages = STACK_PAGES;
	base = (unsigned long)area->vm.addr + PAGE_SIZE;
	map_pages(base, pages, STACK_PAGES, PAGE_KERNEL);
	return (void *)base;
}

static void *stack_take(void)
{
	unsigned long flags;
	void *stack;

	local_irq_save(flags);
	stack = stacks;
	if (stack) {
		stacks = *(void **)stack;
		stacks_kept--;
	}
	local_irq_restore(flags);
	return stack;
}

void *kstack_alloc(void)
{
	void *stack = stack_take();

	return stack ? stack : stack_make();
}

unsigned long kstack_spare(void)
{
	return stacks_kept * STACK_PAGES;
}

void kstack_drain(void)
{
	void *stack;

	while ((stack = stack_take()))
		vfree(stack - PAGE_SIZE);
}

void kstack_free(void *stack)
{
	unsigned long flags;

	local_irq_save(flags);
	if (stacks_kept < STACKS_KEPT) {
		*(void **)stack = stacks;
		stacks = stack;
		stacks_kept++;
		stack = NULL;
	}
	local_irq_restore(flags);
	if (stack)
		vfree(stack - PAGE_SIZE);
}

bool kstack_is_guard(unsigned long addr)
{
	struct area *area = area_find((void *)(addr & PAGE_MASK));

	if ((addr & PAGE_MASK) == (unsigned long)boot_stack.guard)
		return true;
	return area && area->vm.size == THREAD_SIZE + 2 * PAGE_SIZE &&
	       area->vm.nr_pages == STACK_PAGES;
}

static void area_kind_release(const struct ledger_entry *entry)
{
	struct area *area = area_find(entry->object);

	if (!area)
		return;
	area->vm.owner = NULL;
	area_free(area);
}

static const struct ledger_kind_ops area_kind = { .name = "mapped memory",
						  .release = area_kind_release };

static int __init vmalloc_register(void)
{
	ledger_kind_register(LEDGER_VMALLOC, &area_kind);
	return 0;
}
pure_initcall(vmalloc_register);

void __init vmalloc_init(void)
{
	area_cache = kmem_cache_create("vm_area", sizeof(struct area), 0, SLAB_PANIC, NULL);
	extent_map_init(&map, &first_area.extent, VMALLOC_FIRST_PAGE, VMALLOC_PAGES);
}

int vmalloc_show_info(struct seq_file *m, void *v)
{
	struct extent *extent;
	struct vm_struct *vm;

	for (extent = map.lowest; extent; extent = extent->higher) {
		if (!extent->taken)
			continue;
		vm = &((struct area *)extent)->vm;
		seq_printf(m, "0x%08lx-0x%08lx %7lu %pS", (unsigned long)vm->addr,
			   (unsigned long)vm->addr + vm->size, vm->size, vm->caller);
		if (vm->nr_pages)
			seq_printf(m, " pages=%u", vm->nr_pages);
		if (vm->flags & VM_IOREMAP)
			seq_printf(m, " phys=0x%08x ioremap", vm->phys_addr);
		seq_puts(m, vm->flags & VM_ALLOC ? " vmalloc\n"
			    : vm->flags & VM_MAP ? " vmap\n"
						 : "\n");
	}
	return 0;
}

void vmalloc_for_each(void (*fn)(const struct vm_struct *vm, void *data), void *data)
{
	for (struct extent *extent = map.lowest; extent; extent = extent->higher)
		if (extent->taken)
			fn(&((struct area *)extent)->vm, data);
}
