/* Where the bytes of a module file are while it is loaded; see module_file.h. Process context, no locks. */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "link/elf.h"
#include "syscall/module_file.h"

#define FILE_MAX (64ul << 20)

static bool size_possible(loff_t size)
{
	return size >= (loff_t)sizeof(struct elf_header) && size <= (loff_t)FILE_MAX;
}

int module_file_copy(struct module_file *module, const void __user *image, size_t size)
{
	if (!size_possible((loff_t)size))
		return -ENOEXEC;
	module->copy = kvmalloc(size, GFP_KERNEL);
	if (!module->copy)
		return -ENOMEM;
	module->bytes = module->copy;
	module->size = size;
	return copy_from_user(module->copy, image, size) ? -EFAULT : 0;
}

static int read_copy(struct module_file *module, struct file *file)
{
	loff_t pos = 0;
	ssize_t n;

	module->copy = kvmalloc(module->size, GFP_KERNEL);
	if (!module->copy)
		return -ENOMEM;
	module->bytes = module->copy;
	n = kernel_read(file, module->copy, module->size, &pos);
	if (n == (ssize_t)module->size)
		return 0;
	return n < 0 ? (int)n : -EIO;
}

static int hold_pages(struct module_file *module, struct address_space *mapping)
{
	unsigned int count = (unsigned int)PFN_UP(module->size);

	module->pages = kvmalloc_array(count, sizeof(*module->pages), GFP_KERNEL);
	if (!module->pages)
		return -ENOMEM;
	while (module->count < count) {
		struct page *page = read_mapping_page(mapping, module->count, NULL);

		if (IS_ERR(page))
			return (int)PTR_ERR(page);
		module->pages[module->count++] = page;
	}
	return 0;
}

static int map_pages(struct module_file *module)
{
	if (module->count == 1 && !PageHighMem(module->pages[0])) {
		module->bytes = page_address(module->pages[0]);
		return 0;
	}
	module->mapped = vmap(module->pages, module->count, VM_MAP, PAGE_KERNEL_RO);
	module->bytes = module->mapped;
	return module->mapped ? 0 : -ENOMEM;
}

int module_file_open(struct module_file *module, struct file *file)
{
	struct inode *inode = file_inode(file);
	struct address_space *mapping = file->f_mapping;
	int error;

	if (!(file->f_mode & FMODE_READ))
		return -EBADF;
	if (!S_ISREG(inode->i_mode))
		return -EINVAL;
	if (!mapping || !mapping->a_ops || !mapping->a_ops->readpage || deny_write_access(file)) {
		if (!size_possible(i_size_read(inode)))
			return -ENOEXEC;
		module->size = (size_t)i_size_read(inode);
		return read_copy(module, file);
	}
	module->file = get_file(file);
	if (!size_possible(i_size_read(inode)))
		return -ENOEXEC;
	module->size = (size_t)i_size_read(inode);
	error = hold_pages(module, mapping);
	return error ?: map_pages(module);
}

void module_file_close(struct module_file *module)
{
	vunmap(module->mapped);
	while (module->count)
		put_page(module->pages[--module->count]);
	kvfree(module->pages);
	kvfree(module->copy);
	if (module->file) {
		allow_write_access(module->file);
		fput(module->file);
	}
	*module = (struct module_file){ 0 };
}
