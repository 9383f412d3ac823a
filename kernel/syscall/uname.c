/*
 * The names of the system. uts_sem protects node and domain name, which the administrator may change.
 */
#include <linux/capability.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>
#include <linux/vermagic.h>

struct uts_namespace init_uts_ns = {
	.name = {
		.sysname = "Linux",
		.nodename = "rakit",
		.release = UTS_RELEASE,
		.version = "#1 Rakit",
		.machine = "i686",
		.domainname = "(none)",
	},
};
EXPORT_SYMBOL_GPL(init_uts_ns);

DECLARE_RWSEM(uts_sem);

struct new_utsname *utsname(void)
{
	return &init_uts_ns.name;
}
EXPORT_SYMBOL_GPL(utsname);

struct new_utsname *init_utsname(void)
{
	return &init_uts_ns.name;
}
EXPORT_SYMBOL_GPL(init_utsname);

static struct new_utsname names_now(void)
{
	struct new_utsname now;

	down_read(&uts_sem);
	now = init_uts_ns.name;
	up_read(&uts_sem);
	return now;
}

SYSCALL_DEFINE1(newuname, struct new_utsname __user *, name)
{
	struct new_utsname now = names_now();

	return copy_to_user(name, &now, sizeof(now)) ? -EFAULT : 0;
}

/* Without the domain name. */
SYSCALL_DEFINE1(uname, struct old_utsname __user *, name)
{
	struct new_utsname now = names_now();

	return copy_to_user(name, &now, sizeof(*name)) ? -EFAULT : 0;
}

/* Fields of eight characters. */
SYSCALL_DEFINE1(olduname, struct oldold_utsname __user *, name)
{
	struct new_utsname now = names_now();
	struct oldold_utsname old;

	memset(&old, 0, sizeof(old));
	memcpy(old.sysname, now.sysname, __OLD_UTS_LEN);
	memcpy(old.nodename, now.nodename, __OLD_UTS_LEN);
	memcpy(old.release, now.release, __OLD_UTS_LEN);
	memcpy(old.version, now.version, __OLD_UTS_LEN);
	memcpy(old.machine, now.machine, __OLD_UTS_LEN);
	return copy_to_user(name, &old, sizeof(old)) ? -EFAULT : 0;
}

static long set_field(char *field, const char __user *name, int length)
{
	char text[__NEW_UTS_LEN + 1] = "";

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (length < 0 || length > __NEW_UTS_LEN)
		return -EINVAL;
	if (copy_from_user(text, name, (unsigned long)length))
		return -EFAULT;
	down_write(&uts_sem);
	memcpy(field, text, sizeof(text));
	up_write(&uts_sem);
	return 0;
}

SYSCALL_DEFINE2(sethostname, const char __user *, name, int, length)
{
	return set_field(init_uts_ns.name.nodename, name, length);
}

SYSCALL_DEFINE2(setdomainname, const char __user *, name, int, length)
{
	return set_field(init_uts_ns.name.domainname, name, length);
}
