/*
 * ISA DMA: the two 8237A controllers of the PC/AT. Channels 0..3 move bytes, 5..7 move 16-bit words, 4 is the
 * cascade. A driver takes the channel with request_dma(), then under claim_dma_lock(): disable_dma, clear_dma_ff,
 * set_dma_mode, set_dma_addr, set_dma_count, enable_dma. Buffers: below 16 MiB (GFP_DMA), and not across a
 * multiple of 64 KiB (128 KiB for channels 5..7). As Linux's <asm/dma.h>; source: Intel 8237A data sheet,
 * IBM PC/AT Technical Reference (page registers).
 */
#ifndef _ASM_DMA_H
#define _ASM_DMA_H

#include <linux/types.h>

#define MAX_DMA_CHANNELS 8
#define MAX_DMA_ADDRESS \
	0xC1000000UL /* first virtual address of the direct map that ISA DMA cannot reach */
#define MAX_DMA_TRANSFER 0x10000

/* Mode register, 8237A "Mode Register" figure; the channel number is added. */
#define DMA_MODE_READ 0x44    /* device to memory, single transfers, upwards */
#define DMA_MODE_WRITE 0x48   /* memory to device, single transfers, upwards */
#define DMA_MODE_CASCADE 0xC0 /* pass through to the other controller */
#define DMA_AUTOINIT 0x10     /* start over when the count is done */

/*
 * request_dma - take a DMA channel
 * @channel: 0..7 save 4; @name: holder, must stay valid while it is held
 * Returns 0, -EINVAL (no such channel), -EBUSY (held; the log names the holder: "dma: channel 1: held by sb16
 * (since 3.2 s); rmmod sb16"). The channel is in the caller's ledger. Process context.
 */
int request_dma(unsigned int channel, const char *name);

/* Gives a channel back and masks it; one that is not held by the caller is reported and left alone. */
void free_dma(unsigned int channel);

/* Holder's name (copied) or false if the channel is free. Any context. */
bool dma_holder(unsigned int channel, char *name, size_t size);

/* Serialises access to the controllers; any context. Returns the interrupt flags for release_dma_lock(). */
unsigned long claim_dma_lock(void);
void release_dma_lock(unsigned long flags);

/*
 * Channel programming. A module may program only channels that it holds; others are reported and left alone.
 * Context: any, under claim_dma_lock().
 */
void enable_dma(unsigned int channel);
void disable_dma(unsigned int channel);
void clear_dma_ff(unsigned int channel);		    /* reset the byte pointer flip-flop */
void set_dma_mode(unsigned int channel, char mode);	    /* DMA_MODE_* */
void set_dma_page(unsigned int channel, char page);	    /* address bits 16..23 */
void set_dma_addr(unsigned int channel, unsigned int addr); /* physical; even for channels 5..7 */
void set_dma_count(unsigned int channel,
		   unsigned int count); /* bytes, 1..65536 (2..131072, even) */

/* Bytes still to be moved; count as set when a single transfer is over wraps to 0. */
int get_dma_residue(unsigned int channel);

#endif
