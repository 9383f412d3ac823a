/*
 * Receipts: for whom a module was loaded, kept with it and shown in /sys/module/NAME/receipt.
 *
 *	alias: fs-vfat                     what was asked for; not there when it was loaded by name
 *	asked-by: pid 40 uid 1000 mount    who asked, or who loaded it by name
 *	loaded-by: pid 41 uid 0 modprobe
 *	time: 12.345678                    seconds after the start of the machine
 *	file: /lib/modules/…/vfat.ko       "(memory)": it was handed over without a file
 *	sha256: 3b0c…                      of that file; only of what was loaded for a request: it costs more than the load
 *	signer: Rakit build key            "none": not signed by somebody the kernel knows
 *
 * A load belongs to the request that its process, or an ancestor of it, works on; such a module may be swept.
 */
#include "module/request.h"
#include "module/module.h"
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "lib/sha256.h"

struct module_receipt {
	u64 time; /* ktime_get_ns() */
	struct requester asked, loaded;
	const char *alias; /* in text; NULL: loaded by name */
	const char *file;  /* in text */
	u8 digest[SHA256_SIZE];
	char signer[64];
	char text[];
};

/* The alias first, then the path; both end in a NUL. */
static struct module_receipt *receipt_make(const struct request *request, const char *path)
{
	size_t alias_size = request ? strlen(request->alias) + 1 : 0, path_size = strlen(path) + 1;
	struct module_receipt *receipt = kmalloc(sizeof(*receipt) + alias_size + path_size,
						 GFP_KERNEL);

	if (!receipt)
		return NULL;
	memcpy(receipt->text + alias_size, path, path_size);
	receipt->file = receipt->text + alias_size;
	receipt->alias = NULL;
	receipt->time = ktime_get_ns();
	requester_is_current(&receipt->loaded);
	receipt->asked = receipt->loaded;
	if (request) {
		memcpy(receipt->text, request->alias, alias_size);
		receipt->alias = receipt->text;
		receipt->asked = request->from;
	}
	return receipt;
}

int load_receipt(struct load *load)
{
	char *page = load->from ? (char *)__get_free_page(GFP_KERNEL) : NULL;
	const char *path = page ? d_path(&load->from->f_path, page, PAGE_SIZE) : "(memory)";
	struct module_receipt *receipt;
	struct request *request;

	mutex_lock(&request_lock);
	request = request_handled_here();
	receipt = receipt_make(request, IS_ERR(path) ? "(unreachable)" : path);
	load->mod->receipt = receipt;
	load->mod->explicit_load = !request;
	mutex_unlock(&request_lock);
	if (receipt)
		strscpy(receipt->signer, load->sig_ok ? load->signer : "none",
			sizeof(receipt->signer));
	if (receipt && receipt->alias)
		sha256(load->whole, load->whole_size, receipt->digest);
	load->mod->used = true;
	free_page((unsigned long)page);
	return receipt ? 0 : -ENOMEM;
}

ssize_t receipt_print(const struct module *mod, char *buf, size_t size)
{
	const struct module_receipt *receipt = mod->receipt;
	u64 seconds;
	u32 rest;
	size_t n = 0;

	if (!receipt)
		return 0;
	seconds = div_u64_rem(receipt->time, NSEC_PER_SEC, &rest);
	if (receipt->alias)
		n += scnprintf(buf + n, size - n, "alias: %s\n", receipt->alias);
	n += scnprintf(buf + n, size - n, "asked-by: pid %d uid %u %s\n", receipt->asked.pid,
		       receipt->asked.uid, receipt->asked.comm);
	n += scnprintf(buf + n, size - n, "loaded-by: pid %d uid %u %s\n", receipt->loaded.pid,
		       receipt->loaded.uid, receipt->loaded.comm);
	n += scnprintf(buf + n, size - n, "time: %llu.%06u\n", seconds, rest / 1000);
	n += scnprintf(buf + n, size - n, "file: %s\n", receipt->file);
	if (receipt->alias)
		n += scnprintf(buf + n, size - n, "sha256: %*phN\n", SHA256_SIZE, receipt->digest);
	n += scnprintf(buf + n, size - n, "signer: %s\n", receipt->signer);
	return (ssize_t)n;
}
