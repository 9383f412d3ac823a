/*
 * Owner of each I/O port, and the check behind every in and out of a module.
 *
 * A table by port number says who has reserved it: nobody, the kernel, or a module. It is filled by region.c when a
 * range is taken and cleared when it is given back. 256 ports share one part of the table, allocated when one of
 * them is first taken, so a lookup is two loads.
 *
 * A module's access to a port that it has not reserved is not made, and reported once per call site. Sites that have
 * been reported are remembered in a small table; when it is full the oldest is forgotten and may be reported again.
 * A module that is unloaded is forgotten there, since its addresses will be reused.
 *
 * Locks: the owner table is written under region.c's serialisation (a range has one holder) with single stores, and
 * read without a lock in any context; site_lock (irq-safe) protects the reported sites.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <rakit/ledger.h>
#include <rakit/port_access.h>
#include "resource/resource.h"

#define PORT_PART_BITS 8
#define PORT_PART_SIZE (1u << PORT_PART_BITS)
#define PORT_LAST 0xffffu
#define PORT_DELAY \
	0x80u /* POST code port: written to pass a microsecond, harmless (IBM PC/AT Technical Reference) */
#define PORT_OF_KERNEL ((struct module *)1)

bool port_access_checked = true;

static struct module **port_parts[(PORT_LAST + 1) >> PORT_PART_BITS];

#define REPORTED_SITES 64
static DEFINE_SPINLOCK(site_lock);
static unsigned long reported_sites[REPORTED_SITES];
static unsigned int reported_next;

static struct module *port_owner(unsigned int port)
{
	struct module **part = port <= PORT_LAST ? port_parts[port >> PORT_PART_BITS] : NULL;

	return part ? READ_ONCE(part[port % PORT_PART_SIZE]) : NULL;
}

static int port_parts_make(unsigned int first, unsigned int last)
{
	unsigned int i;

	for (i = first >> PORT_PART_BITS; i <= last >> PORT_PART_BITS; i++) {
		if (port_parts[i])
			continue;
		port_parts[i] = kcalloc(PORT_PART_SIZE, sizeof(struct module *), GFP_KERNEL);
		if (!port_parts[i])
			return -ENOMEM;
	}
	return 0;
}

static void port_set(unsigned int first, unsigned int last, struct module *owner)
{
	unsigned int port;

	for (port = first; port <= last; port++)
		WRITE_ONCE(port_parts[port >> PORT_PART_BITS][port % PORT_PART_SIZE], owner);
}

int port_own(unsigned int first, unsigned int last, struct module *owner)
{
	int err = port_parts_make(first, last);

	if (!err)
		port_set(first, last, owner ? owner : PORT_OF_KERNEL);
	return err;
}

void port_disown(unsigned int first, unsigned int last)
{
	port_set(first, last, NULL);
}

/* Whether a site is reported for the first time. */
static bool site_is_new(unsigned long site)
{
	unsigned long flags;
	bool known = false;
	unsigned int i;

	spin_lock_irqsave(&site_lock, flags);
	for (i = 0; i < REPORTED_SITES && !known; i++)
		known = reported_sites[i] == site;
	if (!known)
		reported_sites[reported_next++ % REPORTED_SITES] = site;
	spin_unlock_irqrestore(&site_lock, flags);
	return !known;
}

static void port_report(struct module *caller, unsigned int port, bool write, unsigned long site)
{
	struct module *owner = port_owner(port);

	if (!site_is_new(site))
		return;
	pr_err("ioports: 0x%x: %s by %s at %pS: stopped: %s%s; request_region() it first\n", port,
	       write ? "written" : "read", caller->name, (void *)site,
	       owner ? "held by " : "not reserved",
	       !owner			 ? ""
	       : owner == PORT_OF_KERNEL ? "the kernel"
					 : owner->name);
}

bool port_access_allowed(unsigned int port, unsigned int width, bool write, unsigned long site)
{
	struct module *caller;
	unsigned int i;

	if (!port_access_checked)
		return true;
	caller = ledger_owner_of(site);
	if (!caller || (port == PORT_DELAY && width == 1))
		return true;
	for (i = 0; i < width; i++) {
		if (port_owner(port + i) == caller)
			continue;
		port_report(caller, port + i, write, site);
		return false;
	}
	return true;
}

static int port_forget_module(struct notifier_block *nb, unsigned long state, void *data)
{
	struct module *mod = data;
	unsigned long flags;
	unsigned int i;

	if (state != MODULE_STATE_GOING)
		return NOTIFY_OK;
	spin_lock_irqsave(&site_lock, flags);
	for (i = 0; i < REPORTED_SITES; i++)
		if (reported_sites[i] && within_module(reported_sites[i], mod))
			reported_sites[i] = 0;
	spin_unlock_irqrestore(&site_lock, flags);
	return NOTIFY_OK;
}

static struct notifier_block port_module_notifier = { .notifier_call = port_forget_module };

static int __init port_check_init(void)
{
	return register_module_notifier(&port_module_notifier);
}
core_initcall(port_check_init);
