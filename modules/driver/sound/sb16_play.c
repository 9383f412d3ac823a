/*
 * From the program to the speaker: a ring buffer that the program fills and DMA empties.
 *
 * While there is plenty, the card runs through the ring in auto-init mode and interrupts at each fragment; no sample is
 * delayed by the handler. When less than a fragment is left (the program is slow, or has ended) auto-init would play
 * stale data behind the last byte. So the transfer is halted then, the DMA controller says how far it came, and the
 * rest is played as one stretch of exactly its length. Thus each byte is played once and nothing else is, and "all is
 * played" is an interrupt, not a guess.
 *
 * At the end, a little silence is played behind the last sample: cards, and QEMU's recording, hold back what they got
 * last until more follows.
 *
 * A ring transfer begins at offset 0 (the 8237A reloads the address that was programmed); elsewhere stretches are
 * played until the end of the buffer is reached.
 *
 * Lock: sb->lock for everything but the copying; queued grows only by the one program that holds sb->mutex.
 */
#include <asm/dma.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/soundcard.h>
#include <linux/uaccess.h>
#include "sb16.h"

#define DRAIN_SLACK \
	(2 * HZ) /* longer than its length a drain does not take unless the card hangs */

bool sb_is_wide(const struct sb16 *sb)
{
	return sb->format == AFMT_S16_LE || sb->format == AFMT_U16_LE;
}

/* Bytes of one sample of all channels. Only whole ones are played. */
static unsigned int sb_frame(const struct sb16 *sb)
{
	return sb->channels * (sb_is_wide(sb) ? 2 : 1);
}

static unsigned int sb_channel(const struct sb16 *sb)
{
	return sb_is_wide(sb) ? (unsigned int)sb->dma16 : sb->dma8;
}

/* Under lock: programs the DMA channel for bytes of the buffer from offset. */
static void sb_dma_start(struct sb16 *sb, unsigned int offset, unsigned int bytes, bool ring)
{
	unsigned int channel = sb_channel(sb);
	unsigned long flags = claim_dma_lock();

	disable_dma(channel);
	clear_dma_ff(channel);
	set_dma_mode(channel, DMA_MODE_WRITE | (ring ? DMA_AUTOINIT : 0));
	set_dma_addr(channel, sb->buffer_bus + offset);
	set_dma_count(channel, bytes);
	enable_dma(channel);
	release_dma_lock(flags);
}

/* Under lock, in SB_RING: where the DMA controller is. */
static unsigned int sb_dma_offset(struct sb16 *sb)
{
	unsigned long flags = claim_dma_lock();
	unsigned int left;

	clear_dma_ff(sb_channel(sb));
	left = get_dma_residue(sb_channel(sb));
	release_dma_lock(flags);
	return left >= sb->size ? 0 : sb->size - left;
}

/* Under lock: bytes are played. */
static void sb_consume(struct sb16 *sb, unsigned int bytes)
{
	bytes = min(bytes, sb->queued);
	sb->out = (sb->out + bytes) % sb->size;
	sb->queued -= bytes;
	sb->played += bytes;
}

static void sb_update(struct sb16 *sb)
{
	if (sb->state == SB_RING)
		sb_consume(sb, (sb_dma_offset(sb) + sb->size - sb->out) % sb->size);
}

/* Under lock: starts what there is to play, if it is enough or has to be. */
static void sb_start(struct sb16 *sb, bool force)
{
	if (sb->state != SB_IDLE || sb->queued < sb_frame(sb))
		return;
	if (!sb->out && sb->queued >= 2 * sb->fragment) {
		sb->state = SB_RING;
		sb_dma_start(sb, 0, sb->size, true);
		sb_dsp_start(sb, sb->fragment, true);
	} else if (force || (sb->out && sb->queued >= sb->fragment)) {
		sb->state = SB_ONCE;
		sb->stretch = min(sb->queued - sb->queued % sb_frame(sb), sb->size - sb->out);
		sb_dma_start(sb, sb->out, sb->stretch, false);
		sb_dsp_start(sb, sb->stretch, false);
	}
}

/* Under lock: ends a transfer where it is. */
static void sb_halt(struct sb16 *sb)
{
	sb_dsp_halt(sb);
	sb_update(sb);
	sb->state = SB_IDLE;
}

void sb_play_interrupt(struct sb16 *sb)
{
	if (sb->state == SB_ONCE) {
		sb_consume(sb, sb->stretch);
		sb->state = SB_IDLE;
		sb_start(sb, true);
	} else if (sb->state == SB_RING) {
		sb_update(sb);
		if (sb->queued < sb->fragment) {
			sb_halt(sb);
			sb_start(sb, true);
		}
	}
	wake_up_interruptible(&sb->room);
}

void sb_play_rewind(struct sb16 *sb)
{
	sb->size = SB_BUFFER_SIZE / sb->fragment * sb->fragment;
	sb->in = 0;
	sb->out = 0;
	sb->queued = 0;
}

unsigned int sb_play_space(struct sb16 *sb)
{
	unsigned int space;
	unsigned long flags;

	spin_lock_irqsave(&sb->lock, flags);
	sb_update(sb);
	space = sb->size - sb->queued;
	spin_unlock_irqrestore(&sb->lock, flags);
	return space;
}

/* How much of count can be put at sb->in in one piece. */
static unsigned int sb_room(struct sb16 *sb, size_t count)
{
	unsigned int space = min(sb_play_space(sb), sb->size - sb->in);

	return min_t(size_t, count, space);
}

/* Bytes have been put at sb->in. */
static void sb_added(struct sb16 *sb, unsigned int bytes)
{
	unsigned long flags;

	spin_lock_irqsave(&sb->lock, flags);
	sb->in = (sb->in + bytes) % sb->size;
	sb->queued += bytes;
	sb_start(sb, false);
	spin_unlock_irqrestore(&sb->lock, flags);
}

ssize_t sb_play_put(struct sb16 *sb, const char __user *buf, size_t count)
{
	unsigned int step = sb_room(sb, count);

	if (step && copy_from_user(sb->buffer + sb->in, buf, step))
		return -EFAULT;
	if (step)
		sb_added(sb, step);
	return step;
}

/* The byte at an offset of a sample stream that is silent. */
static u8 sb_silent_byte(const struct sb16 *sb, unsigned int offset)
{
	switch (sb->format) {
	case AFMT_U8:
		return 0x80;
	case AFMT_U16_LE:
		return offset & 1 ? 0x80 : 0;
	default:
		return 0;
	}
}

int sb_play_silence(struct sb16 *sb, unsigned int milliseconds)
{
	unsigned int bytes = sb->rate * milliseconds / 1000 * sb_frame(sb), step, i;
	int err = 0;

	for (; bytes && !err; bytes -= step) {
		step = sb_room(sb, bytes);
		for (i = 0; i < step; i++)
			sb->buffer[sb->in + i] = sb_silent_byte(sb, sb->in + i);
		if (step)
			sb_added(sb, step);
		else
			err = wait_event_interruptible(sb->room, sb_play_space(sb));
	}
	return err;
}

void sb_play_kick(struct sb16 *sb)
{
	unsigned long flags;

	spin_lock_irqsave(&sb->lock, flags);
	sb_start(sb, true);
	spin_unlock_irqrestore(&sb->lock, flags);
}

static bool sb_is_silent(struct sb16 *sb)
{
	return READ_ONCE(sb->state) == SB_IDLE && READ_ONCE(sb->queued) < sb_frame(sb);
}

void sb_play_stop(struct sb16 *sb)
{
	unsigned long flags;

	spin_lock_irqsave(&sb->lock, flags);
	if (sb->state != SB_IDLE)
		sb_halt(sb);
	sb_play_rewind(sb);
	spin_unlock_irqrestore(&sb->lock, flags);
}

int sb_play_drain(struct sb16 *sb)
{
	unsigned int bytes_per_second = sb->rate * sb_frame(sb);
	long left;

	sb_play_kick(sb);
	left = wait_event_interruptible_timeout(sb->room, sb_is_silent(sb),
						sb->queued / (bytes_per_second / HZ) + DRAIN_SLACK);
	if (left > 0) {
		sb_play_rewind(sb);
		return 0;
	}
	if (!left)
		pr_err("sb16: 0x%x: %u bytes not played in time: no interrupt on line %u?\n",
		       sb->port, sb->queued, sb->irq);
	sb_play_stop(sb);
	return left ? (int)left : -EIO;
}
