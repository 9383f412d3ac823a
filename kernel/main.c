/*
 * Boot order.
 *
 * kernel_main() is entered from boot/ with paging on, interrupts off and the boot stack. It brings the folders up from
 * the bottom layer to the top, starts process 1 and becomes the idle task. Process 1 begins as the kernel thread
 * kernel_init(): it starts the built-in modules, fills the root file system and turns into the init program. This file
 * decides order and nothing else.
 */
#include <linux/binfmts.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <rakit/boot_info.h>
#include <rakit/boot_order.h>

static char init_path[128] __initdata;

static int __init init_setup(char *value)
{
	strscpy(init_path, value, sizeof(init_path));
	return 1;
}
__setup("init=", init_setup);

/*
 * Turn into the init program: 0, and the thread returns into it; -ENOENT when none of the candidates can be run. `asked` is
 * the one of init=.
 */
static int run_init_program(const char *asked)
{
	static const char *const candidates[] = { "/init", "/sbin/init", "/etc/init", "/bin/init",
						  "/bin/sh" };
	static const char *const environment[] = { "HOME=/", "TERM=linux",
						   "PATH=/sbin:/bin:/usr/sbin:/usr/bin", NULL };
	const char *argv[] = { asked, NULL };
	unsigned int i;
	int err;

	if (*asked) {
		err = kernel_execve(asked, argv, environment);
		if (err)
			pr_err("init: %s: cannot be run: error %d\n", asked, err);
		return err;
	}
	for (i = 0; i < ARRAY_SIZE(candidates); i++) {
		argv[0] = candidates[i];
		err = kernel_execve(candidates[i], argv, environment);
		if (!err)
			return 0;
		if (err != -ENOENT)
			pr_err("init: %s: cannot be run: error %d\n", candidates[i], err);
	}
	return -ENOENT;
}

/* Descriptors 0, 1 and 2 of process 1. */
static void open_console(void)
{
	struct file *console = filp_open("/dev/console", O_RDWR, 0);
	int fd;

	if (IS_ERR(console)) {
		pr_warn("init: /dev/console cannot be opened: error %ld; init has no standard "
			"files\n",
			PTR_ERR(console));
		return;
	}
	for (fd = 0; fd < 3; fd++) {
		int got = get_unused_fd_flags(0);

		if (got >= 0)
			fd_install(got, get_file(console));
	}
	fput(console);
}

static int kernel_init(void *unused)
{
	char asked[sizeof(init_path)];

	boot_params_parse(boot_info.cmdline);
	strscpy(asked, init_path, sizeof(asked));
	do_initcalls();
	initramfs_unpack();
	devtmpfs_mount();
	open_console();
	system_state = SYSTEM_FREEING_INITMEM;
	init_memory_free();
	system_state = SYSTEM_RUNNING;
	if (!run_init_program(asked))
		return 0;
	if (!boot_info.module_count)
		panic("no init program, since no initrd was given: pass one with -initrd, or by "
		      "GRUB's `module'");
	panic("no init program: the root file system has none of init=, /init, /sbin/init, /bin/sh "
	      "that can be run");
}

/* Process 1, then idle. Not __init: process 1 frees that memory while this thread still runs. */
static void noinline __noreturn start_first_process(void)
{
	kernel_thread(kernel_init, NULL, 0);
	cpu_idle_loop();
}

asmlinkage void __init kernel_main(u32 magic, u32 multiboot_phys)
{
	console_early_init();
	if (boot_info_read(magic, multiboot_phys))
		panic("not started by a Multiboot 1 loader: magic %#x", magic);
	arch_init(&boot_info);
	page_init(&boot_info);
	slab_init();
	vmalloc_init();
	log_init();
	i8259_init();
	ledger_init();
	resource_init();
	irq_init();
	sched_init();
	time_init();
	workqueue_init();
	registry_init();
	vfs_init();
	device_init();
	block_init();
	net_init();
	module_core_init();
	process_init();
	start_first_process();
}
