/* Figures and texts about memory for /proc, sysinfo(2) and reports. */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/init.h>
#include <linux/pagemap.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>
#include <rakit/arch.h>
#include <rakit/memory.h>
#include <uapi/linux/sysinfo.h>
#include "mm/page.h"
#include "mm/vm.h"

void si_meminfo(struct sysinfo *val)
{
	unsigned long low = nr_free_lowmem_pages();

	val->totalram = totalram_pages();
	val->freeram = free_pages_total();
	val->sharedram = 0;
	val->bufferram = 0;
	val->totalhigh = max_pfn - max_low_pfn;
	val->freehigh = nr_free_pages() - low;
	val->mem_unit = PAGE_SIZE;
}
EXPORT_SYMBOL(si_meminfo);

unsigned long si_mem_available(void)
{
	return free_pages_total() + pagecache_pages() / 2;
}
EXPORT_SYMBOL(si_mem_available);

static const char *area_name(const struct mm_struct *mm, struct vm_area_struct *vma)
{
	if (vma->vm_ops && vma->vm_ops->name)
		return vma->vm_ops->name(vma);
	if (vma->vm_start <= mm->brk && vma->vm_end >= mm->start_brk && mm->brk > mm->start_brk)
		return "[heap]";
	return vma->vm_flags & VM_GROWSDOWN && vma->vm_end == mm->start_stack ? "[stack]" : NULL;
}

static void area_show(struct mm_struct *mm, struct vm_area_struct *vma, struct seq_file *m)
{
	const struct inode *inode = vma->vm_file ? file_inode(vma->vm_file) : NULL;
	dev_t device = inode ? inode->i_sb->s_dev : 0;
	const char *name;

	seq_printf(m, "%08lx-%08lx %c%c%c%c %08llx %02x:%02x %lu", vma->vm_start, vma->vm_end,
		   vma->vm_flags & VM_READ ? 'r' : '-', vma->vm_flags & VM_WRITE ? 'w' : '-',
		   vma->vm_flags & VM_EXEC ? 'x' : '-', vma->vm_flags & VM_MAYSHARE ? 's' : 'p',
		   vma->vm_file ? (u64)vma->vm_pgoff << PAGE_SHIFT : 0ULL, MAJOR(device),
		   MINOR(device), inode ? inode->i_ino : 0UL);
	name = inode ? NULL : area_name(mm, vma);
	if (inode || name)
		seq_pad(m, ' ');
	if (inode)
		seq_file_path(m, vma->vm_file, "\n");
	else if (name)
		seq_puts(m, name);
	seq_putc(m, '\n');
}

bool mm_describe_area(struct mm_struct *mm, unsigned int n, struct seq_file *m)
{
	struct vm_area_struct *vma;

	mmap_read_lock(mm);
	for (vma = mm->mmap; vma && n; n--)
		vma = vma->vm_next;
	if (vma)
		area_show(mm, vma, m);
	mmap_read_unlock(mm);
	return vma != NULL;
}

bool kernel_address_readable(unsigned long addr, size_t size)
{
	unsigned long last = addr + size - 1;
	pte_t *pte;

	if (addr < PAGE_OFFSET || last < addr)
		return false;
	for (addr &= PAGE_MASK; addr <= last; addr += PAGE_SIZE) {
		pte = kernel_pte(addr);
		if (!pte || !(pte_val(*pte) & _PAGE_PRESENT))
			return false;
		if (addr + PAGE_SIZE < addr)
			break;
	}
	return true;
}

/* A number written to /proc/sys/vm/drop_caches empties the caches once (Linux's vm.txt: 1 pages, 2 objects, 3 both; here always both). */
static int drop_caches_written(struct ctl_table *table, int write, void *buffer, size_t *lenp,
			       loff_t *ppos)
{
	int err = proc_dointvec_minmax(table, write, buffer, lenp, ppos);

	if (!err && write)
		drop_caches();
	return err;
}

static int drop_what, drop_min = 1, drop_max = 4;
static struct ctl_table vm_table[] = {
	{
		.procname = "drop_caches",
		.data = &drop_what,
		.maxlen = sizeof(int),
		.mode = 0200,
		.proc_handler = drop_caches_written,
		.extra1 = &drop_min,
		.extra2 = &drop_max,
	},
	{},
};

static int __init info_files_create(void)
{
	register_sysctl("vm", vm_table);
	proc_create_single("slabinfo", 0400, NULL, slab_show_info);
	proc_create_single("vmallocinfo", 0400, NULL, vmalloc_show_info);
	return 0;
}
fs_initcall(info_files_create);
