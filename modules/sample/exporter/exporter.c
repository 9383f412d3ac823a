/*
 * exporter: offers a counter to other modules. See importer.
 *
 *	modprobe importer; lsmod                  exporter is used by importer
 *	rmmod exporter                            refused while importer is there
 *	grep sample_counter /proc/kallsyms
 */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The Rakit project");
MODULE_DESCRIPTION("Exports a counter");

static atomic_t counter = ATOMIC_INIT(0);

/* Only what is exported can be linked to; a declaration for users would stand in a header of its own. */
int sample_counter_add(int n);
int sample_counter_add(int n)
{
	return atomic_add_return(n, &counter);
}
EXPORT_SYMBOL_GPL(sample_counter_add);

static int __init exporter_init(void)
{
	return 0;
}

static void __exit exporter_exit(void)
{
	pr_info("counted to %d\n", atomic_read(&counter));
}

module_init(exporter_init);
module_exit(exporter_exit);
