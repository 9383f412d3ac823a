/*
 * The functions that bring the kernel up, in the order kernel/main.c calls them, each exactly once.
 * Context: the boot thread, interrupts off until irq_init() has returned; none may fail: what cannot
 * work panics.
 */
#ifndef _RAKIT_BOOT_ORDER_H
#define _RAKIT_BOOT_ORDER_H

struct boot_info;

void console_early_init(void);		      /* debug: serial and VGA text, polled */
void arch_init(const struct boot_info *info); /* arch: CPU tables, traps */
void page_init(const struct boot_info *info); /* mm: physical pages */
void slab_init(void);			      /* mm: kernel heap */
void vmalloc_init(void);		      /* mm: module area and kernel stacks */
void log_init(void);			      /* debug: ring buffer, command-line console= */
void i8259_init(void);			      /* arch: interrupt controllers, all lines masked */
void ledger_init(void);			      /* ledger */
void resource_init(void);		      /* resource: ports and memory ranges of the board */
void irq_init(void);			      /* resource: interrupt lines */
void sched_init(void);			      /* sched: the boot thread becomes the idle task */
void time_init(void);			      /* time: clock and tick */
void workqueue_init(void);		      /* sched: system work queues */
void registry_init(void);		      /* registry: the four kinds */
void vfs_init(void);			      /* vfs: caches, pseudo trees, root tmpfs */
void device_init(void);			      /* device: buses, classes, character devices */
void block_init(void);			      /* block: buffer cache, disks */
void net_init(void);			      /* net: socket files, protocol families */
void module_core_init(void);		      /* module: export table, built-in parameters */
void process_init(void);		      /* process: pids, credentials, binary formats */

/* In the first kernel thread, where sleeping is allowed. */
void devtmpfs_mount(void);   /* device: /dev, if that folder is there */
void initramfs_unpack(void); /* vfs: the initrd into the root file system */
void init_memory_free(void); /* mm: give back .init.* of the kernel */

#endif
