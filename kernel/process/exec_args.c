/*
 * Argument and environment strings of a new program: copied from the old address space to the top of the new one's stack
 * before the old one is given up, page by page, the last string first. The page being written stays mapped in
 * bprm->kaddr. Limits: a string MAX_ARG_STRLEN, all together a quarter of the stack limit (at least 128 KiB, at most 6 MiB).
 */
#include <linux/binfmts.h>
#include <linux/export.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <rakit/memory.h>
#include "process/process.h"

/* Strings are counted with cond_resched() and die by fatal signals: the list may be long. */
int bprm_count_strings(const char __user *const __user *strings, int max)
{
	int count = 0;

	if (!strings)
		return 0;
	for (;;) {
		const char __user *string;

		if (get_user(string, strings + count))
			return -EFAULT;
		if (!string)
			return count;
		if (count >= max)
			return -E2BIG;
		count++;
		if (fatal_signal_pending(current))
			return -ERESTARTNOHAND;
		cond_resched();
	}
}

int bprm_count_kernel_strings(const char *const *strings)
{
	int count = 0;

	if (strings)
		while (strings[count])
			count++;
	return count;
}

int bprm_limit_strings(struct linux_binprm *bprm)
{
	unsigned long limit = min(_STK_LIM / 4 * 3ul, bprm->rlim_stack.rlim_cur / 4);
	unsigned long pointers = (unsigned long)(max(bprm->argc, 1) + bprm->envc) * sizeof(void *);

	limit = max(limit, (unsigned long)ARG_MAX);
	if (limit <= pointers)
		return -E2BIG;
	bprm->argmin = bprm->p - (limit - pointers);
	return 0;
}

void bprm_unmap_page(struct linux_binprm *bprm)
{
	if (!bprm->page)
		return;
	kunmap(bprm->page);
	put_page(bprm->page);
	bprm->page = NULL;
}

/* Maps the stack page of addr into bprm->kaddr. */
static int map_page(struct linux_binprm *bprm, unsigned long addr)
{
	addr &= PAGE_MASK;
	if (bprm->page && bprm->page_addr == addr)
		return 0;
	bprm_unmap_page(bprm);
	bprm->page = mm_get_page(bprm->mm, addr, true);
	if (!bprm->page)
		return -E2BIG;
	bprm->kaddr = kmap(bprm->page);
	bprm->page_addr = addr;
	return 0;
}

/* The part of [bprm->p, bprm->p + left) in its highest page: address in the kernel and number of bytes. */
static int map_tail(struct linux_binprm *bprm, unsigned long left, char **to, unsigned long *bytes)
{
	unsigned long end = bprm->p + left;
	unsigned long first = max((end - 1) & PAGE_MASK, bprm->p);
	int err = map_page(bprm, first);

	*bytes = end - first;
	*to = bprm->kaddr + (first & ~PAGE_MASK);
	return err;
}

static int reserve(struct linux_binprm *bprm, unsigned long length)
{
	if (bprm->p - bprm->argmin < length || bprm->p < bprm->argmin)
		return -E2BIG;
	bprm->p -= length;
	return 0;
}

static int copy_one(const char __user *string, struct linux_binprm *bprm)
{
	long length = strnlen_user(string, MAX_ARG_STRLEN);
	unsigned long left = (unsigned long)length;
	int err;

	if (!length)
		return -EFAULT;
	if (length > (long)MAX_ARG_STRLEN)
		return -E2BIG;
	err = reserve(bprm, left);
	while (!err && left) {
		unsigned long bytes;
		char *to;

		err = map_tail(bprm, left, &to, &bytes);
		if (err)
			break;
		left -= bytes;
		if (copy_from_user(to, string + left, bytes))
			err = -EFAULT;
	}
	return err;
}

int bprm_copy_strings(int count, const char __user *const __user *strings,
		      struct linux_binprm *bprm)
{
	while (count-- > 0) {
		const char __user *string;
		int err;

		if (get_user(string, strings + count))
			return -EFAULT;
		err = copy_one(string, bprm);
		if (err)
			return err;
		if (fatal_signal_pending(current))
			return -ERESTARTNOHAND;
		cond_resched();
	}
	return 0;
}

int copy_string_kernel(const char *arg, struct linux_binprm *bprm)
{
	unsigned long left = strlen(arg) + 1;
	int err;

	if (left > MAX_ARG_STRLEN)
		return -E2BIG;
	err = reserve(bprm, left);
	while (!err && left) {
		unsigned long bytes;
		char *to;

		err = map_tail(bprm, left, &to, &bytes);
		if (err)
			break;
		left -= bytes;
		memcpy(to, arg + left, bytes);
	}
	return err;
}
EXPORT_SYMBOL(copy_string_kernel);

int bprm_copy_kernel_strings(int count, const char *const *strings, struct linux_binprm *bprm)
{
	int err = 0;

	while (!err && count-- > 0)
		err = copy_string_kernel(strings[count], bprm);
	return err;
}

int remove_arg_zero(struct linux_binprm *bprm)
{
	if (!bprm->argc)
		return 0;
	for (;;) {
		int err = map_page(bprm, bprm->p);

		if (err)
			return -EFAULT;
		if (!bprm->kaddr[bprm->p++ & ~PAGE_MASK])
			break;
	}
	bprm->argc--;
	return 0;
}
EXPORT_SYMBOL(remove_arg_zero);
