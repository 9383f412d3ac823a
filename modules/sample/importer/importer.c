/*
 * importer: uses what exporter exports. The build notes the dependency (modinfo importer: depends), modprobe loads
 * exporter first, and the kernel keeps exporter while importer is loaded. insmod alone does not: try
 *
 *	insmod /lib/modules/$(uname -r)/kernel/sample/importer/importer.ko     without exporter
 */
#include <linux/init.h>
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The Rakit project");
MODULE_DESCRIPTION("Uses the counter that exporter exports");

int sample_counter_add(int n);

static int __init importer_init(void)
{
	pr_info("the counter is at %d\n", sample_counter_add(1));
	return 0;
}

static void __exit importer_exit(void)
{
	sample_counter_add(-1);
}

module_init(importer_init);
module_exit(importer_exit);
