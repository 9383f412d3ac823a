/* CPU hotplug locks: there is one CPU, which stays. */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H
#include <linux/cpumask.h>
#define cpus_read_lock() ((void)0)
#define cpus_read_unlock() ((void)0)
#define get_online_cpus() ((void)0)
#define put_online_cpus() ((void)0)
/* Waits for something in a busy loop. */
#define cpu_relax_loop() cpu_relax()
#endif
