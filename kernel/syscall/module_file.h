/*
 * The bytes of a module file for one load: pages of the page cache as they are, or a copy.
 *
 * A regular file is not copied: its pages are mapped, and nobody may open it for writing meanwhile (-ETXTBSY, as for a
 * running program). What is open for writing already, and what has no pages, is copied.
 */
#ifndef SYSCALL_MODULE_FILE_H
#define SYSCALL_MODULE_FILE_H

#include <linux/types.h>

struct file;
struct page;

/* Zeroed by the caller. */
struct module_file {
	const void *bytes; /* aligned to a page */
	size_t size;
	void *copy;	     /* of the heap; NULL: pages */
	struct file *file;   /* held, and closed to writers */
	struct page **pages; /* held */
	unsigned int count;
	void *mapped; /* where they are mapped; NULL: one page, which has an address */
};

/* Both: 0, -ENOMEM, -ENOEXEC (no file of that size is a module); -EFAULT; -EBADF, -EINVAL, -EIO and what reading gives. */
int module_file_copy(struct module_file *module, const void __user *image, size_t size);
int module_file_open(struct module_file *module, struct file *file);
/* Gives all of it back. Idempotent. */
void module_file_close(struct module_file *module);

#endif
