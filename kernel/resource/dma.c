/*
 * ISA DMA channels: who holds which, and their programming.
 *
 * A channel has one holder; channel 4 joins the two controllers and is the board's. Programming a channel is checked
 * like a port: a module may program only what it holds, anything else is reported once and not done. When a channel
 * is given back, by its holder or by the ledger, it is masked, so that no transfer goes on into memory that is gone.
 *
 * Lock: dma_lock (irq-safe) protects the table and the controllers; drivers hold it over a programming sequence by
 * claim_dma_lock(), so the programming functions do not take it. request_dma() and free_dma() do.
 */
#include <asm/dma.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <rakit/arch.h>
#include <rakit/ledger.h>
#include "resource/dma.h"
#include "resource/resource.h"

#define DMA_CASCADE 4

struct dma_channel {
	const char *name;     /* holder's, NULL: free */
	struct module *owner; /* module that holds it, NULL: the kernel */
	u64 since;	      /* when it was taken: nanoseconds since boot */
};

static DEFINE_SPINLOCK(dma_lock);
static struct dma_channel dma_channels[MAX_DMA_CHANNELS];

unsigned long claim_dma_lock(void)
{
	unsigned long flags;

	spin_lock_irqsave(&dma_lock, flags);
	return flags;
}
EXPORT_SYMBOL(claim_dma_lock);

void release_dma_lock(unsigned long flags)
{
	spin_unlock_irqrestore(&dma_lock, flags);
}
EXPORT_SYMBOL(release_dma_lock);

int request_dma(unsigned int channel, const char *name)
{
	struct module *owner = ledger_owner_of(_RET_IP_);
	struct dma_channel holder;
	unsigned long flags;
	char held[96];
	int err;

	if (channel >= MAX_DMA_CHANNELS || !name)
		return -EINVAL;
	flags = claim_dma_lock();
	holder = dma_channels[channel];
	if (!holder.name)
		dma_channels[channel] = (struct dma_channel){ name, owner, ktime_get_ns() };
	release_dma_lock(flags);
	if (holder.name) {
		resource_describe_holder(holder.name, holder.owner, holder.since, held,
					 sizeof(held));
		pr_warn("dma: channel %u: %s\n", channel, held);
		return -EBUSY;
	}
	err = ledger_add(owner, LEDGER_DMA, &dma_channels[channel], channel, 0, name, _RET_IP_);
	if (err)
		dma_channels[channel].name = NULL;
	return err;
}
EXPORT_SYMBOL(request_dma);

static void dma_discard(unsigned int channel)
{
	unsigned long flags = claim_dma_lock();

	i8237_mask(channel);
	dma_channels[channel] = (struct dma_channel){ 0 };
	release_dma_lock(flags);
}

void free_dma(unsigned int channel)
{
	struct module *caller = ledger_owner_of(_RET_IP_);

	if (channel >= MAX_DMA_CHANNELS || !dma_channels[channel].name || channel == DMA_CASCADE) {
		pr_warn("dma: channel %u: freed by %pS, but nobody holds it\n", channel,
			(void *)_RET_IP_);
		return;
	}
	if (caller && dma_channels[channel].owner != caller) {
		pr_warn("dma: channel %u: freed by %s, but %s holds it; left alone\n", channel,
			caller->name, module_name(dma_channels[channel].owner));
		return;
	}
	ledger_remove(LEDGER_DMA, &dma_channels[channel]);
	dma_discard(channel);
}
EXPORT_SYMBOL(free_dma);

bool dma_holder(unsigned int channel, char *name, size_t size)
{
	const char *holder = channel < MAX_DMA_CHANNELS ? READ_ONCE(dma_channels[channel].name)
							: NULL;

	if (holder)
		strscpy(name, holder, size);
	return holder;
}
EXPORT_SYMBOL(dma_holder);

/* Whether the code at site may program the channel. */
static bool dma_allowed(unsigned int channel, unsigned long site)
{
	struct module *caller = ledger_owner_of(site);

	if (channel < MAX_DMA_CHANNELS && channel != DMA_CASCADE && dma_channels[channel].name &&
	    (!caller || dma_channels[channel].owner == caller))
		return true;
	pr_err_ratelimited("dma: channel %u: programmed at %pS: stopped: request_dma() it first\n",
			   channel, (void *)site);
	return false;
}

/* Whether a channel counts in words. */
static bool dma_is_wide(unsigned int channel)
{
	return channel > DMA_CASCADE;
}

void enable_dma(unsigned int channel)
{
	if (dma_allowed(channel, _RET_IP_))
		i8237_unmask(channel);
}
EXPORT_SYMBOL(enable_dma);

void disable_dma(unsigned int channel)
{
	if (dma_allowed(channel, _RET_IP_))
		i8237_mask(channel);
}
EXPORT_SYMBOL(disable_dma);

void clear_dma_ff(unsigned int channel)
{
	if (dma_allowed(channel, _RET_IP_))
		i8237_clear_flip_flop(channel);
}
EXPORT_SYMBOL(clear_dma_ff);

void set_dma_mode(unsigned int channel, char mode)
{
	if (dma_allowed(channel, _RET_IP_))
		i8237_set_mode(channel, (u8)mode);
}
EXPORT_SYMBOL(set_dma_mode);

/* Word channels drop bit 0 of the page: it is part of the address register. */
static u8 dma_page_of(unsigned int channel, unsigned int page)
{
	return dma_is_wide(channel) ? page & 0xfe : page;
}

void set_dma_page(unsigned int channel, char page)
{
	if (dma_allowed(channel, _RET_IP_))
		i8237_set_page(channel, dma_page_of(channel, (u8)page));
}
EXPORT_SYMBOL(set_dma_page);

void set_dma_addr(unsigned int channel, unsigned int addr)
{
	if (dma_allowed(channel, _RET_IP_))
		i8237_set_address(channel, addr);
}
EXPORT_SYMBOL(set_dma_addr);

void set_dma_count(unsigned int channel, unsigned int count)
{
	if (dma_allowed(channel, _RET_IP_) && count)
		i8237_set_count(channel, count);
}
EXPORT_SYMBOL(set_dma_count);

int get_dma_residue(unsigned int channel)
{
	return dma_allowed(channel, _RET_IP_) ? (int)i8237_residue(channel) : 0;
}
EXPORT_SYMBOL(get_dma_residue);

void dma_show(struct seq_file *seq)
{
	unsigned int channel;

	for (channel = 0; channel < MAX_DMA_CHANNELS; channel++) {
		const char *name = READ_ONCE(dma_channels[channel].name);

		if (name)
			seq_printf(seq, "%2u: %s\n", channel, name);
	}
}

static void dma_ledger_release(const struct ledger_entry *entry)
{
	dma_discard((unsigned int)entry->key);
}

static void dma_ledger_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	scnprintf(buf, size, "channel %u %s", (unsigned int)entry->key, entry->name);
}

static const struct ledger_kind_ops dma_ledger_ops = {
	.name = "dma",
	.release = dma_ledger_release,
	.describe = dma_ledger_describe,
};

void dma_init(void)
{
	ledger_kind_register(LEDGER_DMA, &dma_ledger_ops);
	i8237_init();
	dma_channels[DMA_CASCADE].name = "cascade";
}
