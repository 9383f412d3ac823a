/* Inside of DMA channels. */
#ifndef RESOURCE_DMA_H
#define RESOURCE_DMA_H

struct seq_file;

void dma_init(void);
void dma_show(struct seq_file *seq); /* the lines of /proc/dma */

#endif
