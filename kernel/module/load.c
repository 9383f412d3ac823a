/*
 * The spine: how a file becomes a live module.
 *
 * Each stage checks or makes one thing and fills its part of the zeroed struct load. Nothing outside the load changes
 * before load_claim takes the name; from then on module_discard() undoes whatever has been done, however far that is.
 */
#include "module/module.h"
#include <linux/slab.h>
#include <rakit/memory.h>
#include <linux/mm.h>

/* Nobody reads the file any more; who wants to write to it need not wait for init. */
static int load_close(struct load *load)
{
	load->close(load->source);
	return 0;
}

static const struct {
	int (*run)(struct load *load);
	enum load_phase phase;
} stages[] = {
	{ load_unpack, INSERTION },    /* gzip */
	{ load_verify, INSERTION },    /* signed by somebody trusted, or tainted, or refused */
	{ load_parse, INSERTION },     /* the ELF file is well-formed */
	{ load_check, INSERTION },     /* a module, for this kernel, allowed */
	{ load_claim, INSERTION },     /* the name is ours; a second load of it waits */
	{ load_reserve, LINKING },     /* memory, with the sections in it */
	{ load_bind, LINKING },	       /* every symbol has a value; dependencies are recorded */
	{ load_relocate, LINKING },    /* every reference is patched */
	{ load_form, LINKING },	       /* struct module is complete */
	{ load_prove, LINKING },       /* a loader program came to the same image */
	{ load_receipt, LINKING },     /* for whom it is loaded */
	{ load_publish, LINKING },     /* protected, listed, its exports visible: COMING */
	{ load_announce, ACTIVATION }, /* notifiers, parameters, /sys, ledger */
	{ load_close, ACTIVATION },    /* the file is given back */
	{ load_init, ACTIVATION },     /* init has run: LIVE */
};

int module_load(struct load *load)
{
	int result = 0;

	load->whole = load->file;
	load->whole_size = load->size;
	INIT_LIST_HEAD(&load->waiters);
	for (unsigned int i = 0; i < ARRAY_SIZE(stages) && !result; i++) {
		phase_enter(load, stages[i].phase);
		result = stages[i].run(load);
	}
	phase_leave(load, result);
	if (result && load->mod)
		module_discard(load->mod);
	result = result == LOAD_SHARED ? 0 : result;
	load_finish(load, result);
	if (load->reserved)
		module_memfree(load->reserved);
	kvfree(load->sections);
	kvfree(load->unpacked);
	kfree(load->args);
	return result;
}
