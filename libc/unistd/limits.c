/* sysconf, pathconf, confstr: what can be asked at run time. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <unistd.h>

int getpagesize(void)
{
	return 4096;
}

static long open_limit(int resource)
{
	struct rlimit limit;

	if (getrlimit(resource, &limit) || limit.rlim_cur > LONG_MAX)
		return -1;
	return limit.rlim_cur;
}

static long pages(int available)
{
	struct sysinfo info;

	if (sysinfo(&info))
		return -1;
	return (unsigned long long)(available ? info.freeram : info.totalram) * info.mem_unit /
	       4096;
}

long sysconf(int name)
{
	switch (name) {
	case _SC_ARG_MAX:
		return ARG_MAX;
	case _SC_CHILD_MAX:
		return open_limit(RLIMIT_NPROC);
	case _SC_CLK_TCK:
		return 100;
	case _SC_NGROUPS_MAX:
		return NGROUPS_MAX;
	case _SC_OPEN_MAX:
		return open_limit(RLIMIT_NOFILE);
	case _SC_PAGESIZE:
		return 4096;
	case _SC_IOV_MAX:
		return IOV_MAX;
	case _SC_LINE_MAX:
		return LINE_MAX;
	case _SC_RE_DUP_MAX:
		return RE_DUP_MAX;
	case _SC_GETPW_R_SIZE_MAX:
	case _SC_GETGR_R_SIZE_MAX:
		return 1024;
	case _SC_NPROCESSORS_CONF:
	case _SC_NPROCESSORS_ONLN:
		return 1;
	case _SC_PHYS_PAGES:
		return pages(0);
	case _SC_AVPHYS_PAGES:
		return pages(1);
	case _SC_HOST_NAME_MAX:
		return HOST_NAME_MAX;
	default:
		errno = EINVAL;
		return -1;
	}
}

long fpathconf(int fd, int name)
{
	(void)fd;
	switch (name) {
	case _PC_LINK_MAX:
		return LINK_MAX;
	case _PC_MAX_CANON:
		return MAX_CANON;
	case _PC_MAX_INPUT:
		return MAX_INPUT;
	case _PC_NAME_MAX:
		return NAME_MAX;
	case _PC_PATH_MAX:
		return PATH_MAX;
	case _PC_PIPE_BUF:
		return PIPE_BUF;
	default:
		errno = EINVAL;
		return -1;
	}
}

long pathconf(const char *path, int name)
{
	(void)path;
	return fpathconf(-1, name);
}

size_t confstr(int name, char *to, size_t size)
{
	if (name != _CS_PATH) {
		errno = EINVAL;
		return 0;
	}
	return strlcpy(to, "/bin:/sbin", size) + 1;
}
