/*
 * Memory that devices read and write. There is no IOMMU: a bus address is the physical address, caches are coherent.
 * Context: dma_alloc_coherent may sleep unless gfp forbids it; mapping works in any context.
 */
#ifndef _LINUX_DMA_MAPPING_H
#define _LINUX_DMA_MAPPING_H

#include <linux/types.h>
#include <linux/gfp.h>

struct device;

enum dma_data_direction {
	DMA_BIDIRECTIONAL = 0,
	DMA_TO_DEVICE = 1,
	DMA_FROM_DEVICE = 2,
	DMA_NONE = 3,
};

#define DMA_BIT_MASK(n) (((n) == 64) ? ~0ULL : ((1ULL << (n)) - 1))
#define DMA_MAPPING_ERROR (~(dma_addr_t)0)

/*
 * dma_alloc_coherent - zeroed memory for device and CPU
 * @size: bytes; whole pages are given, contiguous, aligned to the next power of two; @handle: out, bus address;
 * @gfp: GFP_DMA for ISA devices (below 16 MiB; blocks up to 64 KiB do not cross a multiple of 64 KiB)
 * Returns the address or NULL. In the calling module's ledger.
 */
void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp);
void dma_free_coherent(struct device *dev, size_t size, void *addr, dma_addr_t handle);

dma_addr_t dma_map_single(struct device *dev, void *ptr, size_t size, enum dma_data_direction dir);
void dma_unmap_single(struct device *dev, dma_addr_t addr, size_t size,
		      enum dma_data_direction dir);
dma_addr_t dma_map_page(struct device *dev, struct page *page, size_t offset, size_t size,
			enum dma_data_direction dir);
void dma_unmap_page(struct device *dev, dma_addr_t addr, size_t size, enum dma_data_direction dir);
int dma_mapping_error(struct device *dev, dma_addr_t addr);
/* 0, or -EIO if the mask is narrower than 24 bits. */
int dma_set_mask(struct device *dev, u64 mask);
int dma_set_coherent_mask(struct device *dev, u64 mask);
int dma_set_mask_and_coherent(struct device *dev, u64 mask);
#define dma_sync_single_for_cpu(dev, addr, size, dir) \
	do {                                          \
	} while (0)
#define dma_sync_single_for_device(dev, addr, size, dir) \
	do {                                             \
	} while (0)

#endif
