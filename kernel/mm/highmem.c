/*
 * Windows to pages outside the direct map, and copying and clearing of pages wherever they lie.
 *
 * kmap_atomic() uses a stack of windows: each caller undoes its own before it lets anybody else run for good (preemption
 * is off, interrupts nest), so push and pop is all there is. kmap() hands out windows that stay, counted per page; when
 * all are taken the caller waits. Pages of the direct map need neither.
 * Locking: interrupts off around the tables.
 */
#include <linux/kernel.h>
#include <linux/irqflags.h>
#include <linux/export.h>
#include <linux/highmem.h>
#include <linux/sched.h>
#include <linux/wait.h>
#include "mm/direct.h"

#define KMAP_SLOTS (FIX_KMAP_LAST - FIX_KMAP + 1)
#define ATOMIC_SLOTS (FIX_KMAP_ATOMIC_LAST - FIX_KMAP_ATOMIC + 1)

static unsigned int atomic_depth;
static struct {
	struct page *page;
	unsigned int users;
} kmaps[KMAP_SLOTS];
static DECLARE_WAIT_QUEUE_HEAD(kmap_wait);

bool PageHighMem(const struct page *page)
{
	return page_to_pfn(page) >= max_low_pfn;
}
EXPORT_SYMBOL(PageHighMem);

static int slot_of(const struct page *page)
{
	unsigned int i;

	for (i = 0; i < KMAP_SLOTS; i++) {
		if (kmaps[i].page == page)
			return (int)i;
	}
	return -1;
}

void *page_address(const struct page *page)
{
	int slot;

	if (likely(page_to_pfn(page) < max_low_pfn))
		return page_to_virt(page);
	slot = slot_of(page);
	return slot < 0 ? NULL : (void *)fix_address(FIX_KMAP + slot);
}
EXPORT_SYMBOL(page_address);

/* A window for page, new or shared; NULL: all are taken. */
static void *slot_take(struct page *page)
{
	unsigned long flags;
	int slot;

	local_irq_save(flags);
	slot = slot_of(page);
	if (slot < 0) {
		slot = slot_of(NULL);
		if (slot >= 0) {
			kmaps[slot].page = page;
			fix_map(FIX_KMAP + (unsigned int)slot, page_to_pfn(page), PAGE_KERNEL);
		}
	}
	if (slot >= 0)
		kmaps[slot].users++;
	local_irq_restore(flags);
	return slot < 0 ? NULL : (void *)fix_address(FIX_KMAP + slot);
}

void *kmap(struct page *page)
{
	void *addr;

	if (likely(!PageHighMem(page)))
		return page_to_virt(page);
	wait_event(kmap_wait, (addr = slot_take(page)));
	return addr;
}
EXPORT_SYMBOL(kmap);

void kunmap(struct page *page)
{
	unsigned long flags;
	int slot;

	if (likely(!PageHighMem(page)))
		return;
	local_irq_save(flags);
	slot = slot_of(page);
	if (!WARN_ON_ONCE(slot < 0) && !--kmaps[slot].users) {
		kmaps[slot].page = NULL;
		fix_unmap(FIX_KMAP + (unsigned int)slot);
	}
	local_irq_restore(flags);
	wake_up(&kmap_wait);
}
EXPORT_SYMBOL(kunmap);

void *kmap_atomic(struct page *page)
{
	unsigned long flags;
	unsigned int slot;

	pagefault_disable();
	if (likely(!PageHighMem(page)))
		return page_to_virt(page);
	local_irq_save(flags);
	slot = FIX_KMAP_ATOMIC + atomic_depth++;
	BUG_ON(atomic_depth > ATOMIC_SLOTS);
	fix_map(slot, page_to_pfn(page), PAGE_KERNEL);
	local_irq_restore(flags);
	return (void *)fix_address(slot);
}
EXPORT_SYMBOL(kmap_atomic);

void __kunmap_atomic(void *addr)
{
	unsigned long flags;

	if ((unsigned long)addr >= FIXMAP_START) {
		local_irq_save(flags);
		fix_unmap(FIX_KMAP_ATOMIC + --atomic_depth);
		local_irq_restore(flags);
	}
	pagefault_enable();
}
EXPORT_SYMBOL(__kunmap_atomic);

struct page *kmap_to_page(void *addr)
{
	if ((unsigned long)addr >= FIXMAP_START)
		return pte_page(*kernel_pte((unsigned long)addr));
	return virt_to_page(addr);
}
EXPORT_SYMBOL(kmap_to_page);

void clear_highpage(struct page *page)
{
	void *addr;

	if (likely(!PageHighMem(page))) {
		clear_page(page_to_virt(page));
		return;
	}
	addr = kmap_atomic(page);
	clear_page(addr);
	kunmap_atomic(addr);
}
EXPORT_SYMBOL(clear_highpage);

void copy_highpage(struct page *to, struct page *from)
{
	void *source = kmap_atomic(from), *target = kmap_atomic(to);

	copy_page(target, source);
	kunmap_atomic(target);
	kunmap_atomic(source);
}
EXPORT_SYMBOL(copy_highpage);

void zero_user_segments(struct page *page, unsigned int start1, unsigned int end1,
			unsigned int start2, unsigned int end2)
{
	void *addr = kmap_atomic(page);

	if (end1 > start1)
		memset(addr + start1, 0, end1 - start1);
	if (end2 > start2)
		memset(addr + start2, 0, end2 - start2);
	kunmap_atomic(addr);
}
EXPORT_SYMBOL(zero_user_segments);

void memcpy_from_page(void *to, struct page *page, size_t offset, size_t len)
{
	void *addr = kmap_atomic(page);

	memcpy(to, addr + offset, len);
	kunmap_atomic(addr);
}
EXPORT_SYMBOL(memcpy_from_page);

void memcpy_to_page(struct page *page, size_t offset, const void *from, size_t len)
{
	void *addr = kmap_atomic(page);

	memcpy(addr + offset, from, len);
	kunmap_atomic(addr);
}
EXPORT_SYMBOL(memcpy_to_page);
