/*
 * The files of /proc that belong to no other folder: mounts, filesystems, devices, cmdline, version, meminfo, uptime,
 * loadavg, stat, self. In the formats of Linux 5.10.
 */
#include "vfs/vfs.h"
#include "vfs/pseudo.h"
#include <linux/blkdev.h>
#include <linux/irq.h>
#include <linux/jiffies.h>
#include <linux/kernel_stat.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/sched/loadavg.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/timekeeping.h>
#include <linux/utsname.h>
#include <uapi/linux/sysinfo.h>
#include <rakit/boot_info.h>

/* Mounts. */

int mounts_show(struct seq_file *m, void *v)
{
	struct mount *mnt;

	down_read(&mount_rwsem);
	list_for_each_entry(mnt, &mount_list, list)
		mount_show(m, mnt);
	up_read(&mount_rwsem);
	return 0;
}

int mountinfo_show(struct seq_file *m, void *v)
{
	struct mount *mnt;

	down_read(&mount_rwsem);
	list_for_each_entry(mnt, &mount_list, list)
		mountinfo_line(m, mnt);
	up_read(&mount_rwsem);
	return 0;
}

/* The kernel and its start. */

static int cmdline_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s\n", boot_info.cmdline);
	return 0;
}

static int version_show(struct seq_file *m, void *v)
{
	const struct new_utsname *u = utsname();

	seq_printf(m, "%s version %s (%s) %s\n", u->sysname, u->release, __VERSION__, u->version);
	return 0;
}

static int devices_show(struct seq_file *m, void *v)
{
	chrdev_show(m);
	seq_putc(m, '\n');
	seq_puts(m, "Block devices:\n");
	blkdev_show(m);
	return 0;
}

/* Time and load. */

static int uptime_show(struct seq_file *m, void *v)
{
	u32 up_rest, idle_rest;
	u64 up = div_u64_rem(ktime_get_ns(), NSEC_PER_SEC, &up_rest);
	u64 idle = div_u64_rem(kernel_cpustat.cpustat[CPUTIME_IDLE], NSEC_PER_SEC, &idle_rest);

	seq_printf(m, "%llu.%02u %llu.%02u\n", up, up_rest / 10000000, idle, idle_rest / 10000000);
	return 0;
}

static int loadavg_show(struct seq_file *m, void *v)
{
	unsigned long load[3];
	unsigned int i;

	for (i = 0; i < 3; i++)
		load[i] = avenrun[i] + FIXED_1 / 200;
	seq_printf(m, "%lu.%02lu %lu.%02lu %lu.%02lu %u/%d %lu\n", LOAD_INT(load[0]),
		   LOAD_FRAC(load[0]), LOAD_INT(load[1]), LOAD_FRAC(load[1]), LOAD_INT(load[2]),
		   LOAD_FRAC(load[2]), nr_running(), nr_threads, total_forks);
	return 0;
}

static void put_cpu_times(struct seq_file *m, const char *name)
{
	/* user nice system idle iowait irq softirq steal guest guest_nice */
	static const s8 order[] = {
		CPUTIME_USER, CPUTIME_NICE,    CPUTIME_SYSTEM, CPUTIME_IDLE, CPUTIME_IOWAIT,
		CPUTIME_IRQ,  CPUTIME_SOFTIRQ, CPUTIME_STEAL,  -1,	     -1
	};
	unsigned int i;

	seq_puts(m, name);
	for (i = 0; i < ARRAY_SIZE(order); i++)
		seq_put_decimal_ull(
			m, " ",
			order[i] < 0 ? 0 : nsec_to_clock_t(kernel_cpustat.cpustat[order[i]]));
	seq_putc(m, '\n');
}

static int stat_show(struct seq_file *m, void *v)
{
	struct timespec64 boot;
	unsigned int i;

	getboottime64(&boot);
	put_cpu_times(m, "cpu ");
	put_cpu_times(m, "cpu0");
	seq_printf(m, "intr %llu", kstat_irqs_total());
	for (i = 0; i < 16; i++)
		seq_put_decimal_ull(m, " ", kstat_irqs(i));
	seq_printf(m,
		   "\nctxt %llu\nbtime %llu\nprocesses %lu\nprocs_running %u\nprocs_blocked %u\n",
		   nr_context_switches(), (unsigned long long)boot.tv_sec, total_forks,
		   nr_running(), nr_iowait());
	return 0;
}

/* Memory. */

static void put_kib(struct seq_file *m, const char *name, unsigned long pages)
{
	seq_printf(m, "%s%8lu kB\n", name, pages << (PAGE_SHIFT - 10));
}

static int meminfo_show(struct seq_file *m, void *v)
{
	struct sysinfo i;

	si_meminfo(&i);
	put_kib(m, "MemTotal:       ", i.totalram);
	put_kib(m, "MemFree:        ", i.freeram);
	put_kib(m, "MemAvailable:   ", si_mem_available());
	put_kib(m, "Buffers:        ", i.bufferram);
	put_kib(m, "Cached:         ", pagecache_pages() - i.bufferram);
	put_kib(m, "SwapCached:     ", 0);
	put_kib(m, "HighTotal:      ", i.totalhigh);
	put_kib(m, "HighFree:       ", i.freehigh);
	put_kib(m, "LowTotal:       ", i.totalram - i.totalhigh);
	put_kib(m, "LowFree:        ", i.freeram - i.freehigh);
	put_kib(m, "SwapTotal:      ", 0);
	put_kib(m, "SwapFree:       ", 0);
	put_kib(m, "Shmem:          ", i.sharedram);
	return 0;
}

/* /proc/sys: numbers of the file layer; the other folders add theirs. */

static int file_nr_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%u\t0\t%u\n", files_open_count(), files_max());
	return 0;
}

static int inode_nr_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%lu\t%lu\n", inode_count(), inode_unused_count());
	return 0;
}

void proc_files_init(void)
{
	struct proc_dir_entry *fs = proc_mkdir("fs", proc_sys);

	proc_symlink("mounts", NULL, "self/mounts");
	proc_create_single("cmdline", 0, NULL, cmdline_show);
	proc_create_single("version", 0, NULL, version_show);
	proc_create_single("devices", 0, NULL, devices_show);
	proc_create_single("uptime", 0, NULL, uptime_show);
	proc_create_single("loadavg", 0, NULL, loadavg_show);
	proc_create_single("stat", 0, NULL, stat_show);
	proc_create_single("meminfo", 0, NULL, meminfo_show);
	proc_create_single("file-nr", 0, fs, file_nr_show);
	proc_create_single("inode-nr", 0, fs, inode_nr_show);
	proc_pid_init();
	locks_init();
}
