/*
 * Start of the process folder: caches and tables, and the boot thread gets what every task has, so that tasks can be copied
 * from it.
 */
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <rakit/boot_order.h>
#include "process/process.h"

void __init process_init(void)
{
	pid_init();
	cred_init();
	signal_init();
	task_init();
	futex_init();
	if (!init_task.fs)
		init_task.fs = &init_fs;
	if (!init_task.files)
		init_task.files = &init_files;
	umh_init();
}
