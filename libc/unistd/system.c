/* System calls on the machine: names, modules, the log, random bytes, the end. */
#include <errno.h>
#include <linux/reboot.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/module.h>
#include <sys/random.h>
#include <sys/reboot.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "internal/syscall.h"

int uname(struct utsname *name)
{
	return SYS1(uname, name);
}

int gethostname(char *name, size_t size)
{
	struct utsname u;

	if (uname(&u))
		return -1;
	if (strlcpy(name, u.nodename, size) < size)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

int sethostname(const char *name, size_t size)
{
	return SYS2(sethostname, name, size);
}

int getdomainname(char *name, size_t size)
{
	struct utsname u;

	if (uname(&u))
		return -1;
	if (strlcpy(name, u.domainname, size) < size)
		return 0;
	errno = EINVAL;
	return -1;
}

int setdomainname(const char *name, size_t size)
{
	return SYS2(setdomainname, name, size);
}

int sysinfo(struct sysinfo *info)
{
	return SYS1(sysinfo, info);
}

int getloadavg(double averages[], int count)
{
	struct sysinfo info;

	if (sysinfo(&info))
		return -1;
	if (count > 3)
		count = 3;
	for (int i = 0; i < count; i++)
		averages[i] = info.loads[i] / (double)(1 << SI_LOAD_SHIFT);
	return count;
}

int reboot(int command)
{
	return SYS4(reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, command, NULL);
}

int klogctl(int type, char *text, int size)
{
	return SYS3(syslog, type, text, size);
}

int init_module(void *image, unsigned long size, const char *parameters)
{
	return SYS3(init_module, image, size, parameters);
}

void *create_module(const char *name, size_t size)
{
	return (void *)SYS2(create_module, name, size);
}

int query_module(const char *name, int which, void *buf, size_t size, size_t *ret)
{
	return SYS5(query_module, name, which, buf, size, ret);
}

int finit_module(int fd, const char *parameters, int flags)
{
	return SYS3(finit_module, fd, parameters, flags);
}

int delete_module(const char *name, unsigned int flags)
{
	return SYS2(delete_module, name, flags);
}

ssize_t getrandom(void *to, size_t size, unsigned int flags)
{
	return SYS3(getrandom, to, size, flags);
}

int getentropy(void *to, size_t size)
{
	if (size > 256) {
		errno = EIO;
		return -1;
	}
	for (char *p = to; size;) {
		ssize_t n = getrandom(p, size, 0);

		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			p += n, size -= n;
	}
	return 0;
}

int vhangup(void)
{
	return SYS0(vhangup);
}
