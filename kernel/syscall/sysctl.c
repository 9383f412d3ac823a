/*
 * /proc/sys/kernel: the system's names and the limits on processes. Source: Linux's sysctl/kernel.rst.
 */
#include <linux/capability.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/sched/task.h>
#include <linux/sysctl.h>
#include <linux/utsname.h>
#include <linux/uuid.h>

#define UUID_TEXT (UUID_STRING_LEN + 1)

static int pid_min = RESERVED_PIDS + 1, pid_limit = PID_MAX_LIMIT;
static int threads_min = 20, threads_limit = PID_MAX_LIMIT;
static int cap_last = CAP_LAST_CAP;
static int groups_max = NGROUPS_MAX;
static char boot_id[UUID_TEXT];

/* A name that the administrator may change, under the lock that uname(2) takes. */
static int name_handler(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	int err;

	if (write)
		down_write(&uts_sem);
	else
		down_read(&uts_sem);
	err = proc_dostring(ctl, write, buffer, lenp, ppos);
	if (write)
		up_write(&uts_sem);
	else
		up_read(&uts_sem);
	return err;
}

/* A random (version 4) identifier as text. */
static void uuid_make(char *text)
{
	u8 b[UUID_SIZE];

	generate_random_uuid(b);
	snprintf(text, UUID_TEXT,
		 "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
		 b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
		 b[15]);
}

/* Another one with each reading; boot_id has the same one until the next boot. */
static int uuid_handler(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	struct ctl_table copy = *ctl;
	char fresh[UUID_TEXT] = "";

	copy.data = ctl->data ? ctl->data : fresh;
	if (!*(char *)copy.data)
		uuid_make(copy.data);
	return proc_dostring(&copy, write, buffer, lenp, ppos);
}

/* clang-format off */
#define NAME(file, field, bits) \
	{ .procname = file, .data = init_uts_ns.name.field, .maxlen = sizeof(init_uts_ns.name.field), .mode = bits, \
	  .proc_handler = name_handler }
#define NUMBER(file, variable, bits, least, most) \
	{ .procname = file, .data = &(variable), .maxlen = sizeof(int), .mode = bits, .proc_handler = proc_dointvec_minmax, \
	  .extra1 = least, .extra2 = most }
#define UUID(file, where) \
	{ .procname = file, .data = where, .maxlen = UUID_TEXT, .mode = 0444, .proc_handler = uuid_handler }

static struct ctl_table names_and_limits[] = {
	NAME("ostype", sysname, 0444),
	NAME("osrelease", release, 0444),
	NAME("version", version, 0444),
	NAME("hostname", nodename, 0644),
	NAME("domainname", domainname, 0644),
	NUMBER("pid_max", pid_max, 0644, &pid_min, &pid_limit),
	NUMBER("threads-max", max_threads, 0644, &threads_min, &threads_limit),
	NUMBER("cap_last_cap", cap_last, 0444, NULL, NULL),
	NUMBER("ngroups_max", groups_max, 0444, NULL, NULL),
	{},
};

static struct ctl_table random_numbers[] = {
	UUID("boot_id", boot_id),
	UUID("uuid", NULL),
	{},
};
/* clang-format on */

static int __init sysctl_kernel_init(void)
{
	register_sysctl("kernel", names_and_limits);
	register_sysctl("kernel/random", random_numbers);
	return 0;
}
fs_initcall(sysctl_kernel_init);
