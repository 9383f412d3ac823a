/*
 * procfs: a file whose text is made when it is read.
 *
 *	modprobe procfs; cat /proc/sample; cat /proc/sample
 */
#include <linux/atomic.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The Rakit project");
MODULE_DESCRIPTION("A file in /proc that counts its readers");

static atomic_t reads = ATOMIC_INIT(0);

/* Called for each reader; what is printed into m is what it reads. Two readers may be in here at once. */
static int sample_show(struct seq_file *m, void *v)
{
	seq_printf(m, "read %d times, now by %s (%d)\n", atomic_inc_return(&reads), current->comm,
		   current->pid);
	return 0;
}

static int __init procfs_init(void)
{
	return proc_create_single("sample", 0444, NULL, sample_show) ? 0 : -ENOMEM;
}

/* Waits for readers that are in sample_show(), so that the code can go. */
static void __exit procfs_exit(void)
{
	remove_proc_entry("sample", NULL);
}

module_init(procfs_init);
module_exit(procfs_exit);
