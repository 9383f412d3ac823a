/*
 * Memory for devices: a bus address is the physical address, and caches are coherent, so mapping is arithmetic.
 *
 * dma_alloc_coherent() gives whole blocks of pages, which are aligned to their size; so an ISA buffer of up to 64 KiB does
 * not cross a boundary that the 8237 cannot count over. A device without a mask of its own gets memory below 4 GiB, which
 * is all there is.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/mm.h>
#include "mm/page.h"

#define ISA_MASK DMA_BIT_MASK(24)

static gfp_t zone_for(struct device *dev, gfp_t gfp)
{
	u64 mask = dev && dev->dma_mask ? *dev->dma_mask : DMA_BIT_MASK(32);

	return mask < DMA_BIT_MASK(32) ? gfp | GFP_DMA : gfp;
}

void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp)
{
	struct page *page = page_alloc((zone_for(dev, gfp) & ~__GFP_HIGHMEM) | __GFP_ZERO,
				       get_order(size), _RET_IP_);

	if (!page)
		return NULL;
	*handle = page_to_phys(page);
	return page_to_virt(page);
}
EXPORT_SYMBOL(dma_alloc_coherent);

void dma_free_coherent(struct device *dev, size_t size, void *addr, dma_addr_t handle)
{
	free_pages((unsigned long)addr, get_order(size));
}
EXPORT_SYMBOL(dma_free_coherent);

dma_addr_t dma_map_single(struct device *dev, void *ptr, size_t size, enum dma_data_direction dir)
{
	return virt_addr_valid(ptr) ? virt_to_phys(ptr) : DMA_MAPPING_ERROR;
}
EXPORT_SYMBOL(dma_map_single);

void dma_unmap_single(struct device *dev, dma_addr_t addr, size_t size, enum dma_data_direction dir)
{
}
EXPORT_SYMBOL(dma_unmap_single);

dma_addr_t dma_map_page(struct device *dev, struct page *page, size_t offset, size_t size,
			enum dma_data_direction dir)
{
	return page_to_phys(page) + (dma_addr_t)offset;
}
EXPORT_SYMBOL(dma_map_page);

void dma_unmap_page(struct device *dev, dma_addr_t addr, size_t size, enum dma_data_direction dir)
{
}
EXPORT_SYMBOL(dma_unmap_page);

int dma_mapping_error(struct device *dev, dma_addr_t addr)
{
	return addr == DMA_MAPPING_ERROR ? -ENOMEM : 0;
}
EXPORT_SYMBOL(dma_mapping_error);

int dma_set_mask(struct device *dev, u64 mask)
{
	if (mask < ISA_MASK || !dev->dma_mask)
		return -EIO;
	*dev->dma_mask = mask;
	return 0;
}
EXPORT_SYMBOL(dma_set_mask);

int dma_set_coherent_mask(struct device *dev, u64 mask)
{
	if (mask < ISA_MASK)
		return -EIO;
	dev->coherent_dma_mask = mask;
	return 0;
}
EXPORT_SYMBOL(dma_set_coherent_mask);

int dma_set_mask_and_coherent(struct device *dev, u64 mask)
{
	int ret = dma_set_mask(dev, mask);

	return ret ? ret : dma_set_coherent_mask(dev, mask);
}
EXPORT_SYMBOL(dma_set_mask_and_coherent);
