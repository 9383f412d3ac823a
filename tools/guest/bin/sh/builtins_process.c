/*
 * builtins_process: what the shell and its children have in common: folder, umask, limits, times.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <unistd.h>
#include "../../lib/mode.h"
#include "builtins.h"

/* Resolve . and .. in an absolute path by its text, as `cd -L` does. */
static char *path_logical(const char *base, const char *path)
{
	struct strbuf result = { 0 };
	struct strbuf whole = { 0 };
	const char *at;

	if (*path != '/')
		strbuf_printf(&whole, "%s/", base);
	strbuf_puts(&whole, path);
	for (at = strbuf_text(&whole); *at;) {
		size_t n;

		at += strspn(at, "/");
		n = strcspn(at, "/");
		if (n == 2 && at[0] == '.' && at[1] == '.') {
			while (result.length && result.data[--result.length] != '/')
				;
		} else if (n && !(n == 1 && *at == '.')) {
			strbuf_putc(&result, '/');
			strbuf_add(&result, at, n);
		}
		at += n;
	}
	if (!result.length)
		strbuf_putc(&result, '/');
	strbuf_free(&whole);
	return strbuf_take(&result);
}

/* Enter a folder; `logical` keeps symbolic links in PWD. */
static bool folder_enter(const char *path, bool logical)
{
	char cwd[1024];
	char *target = logical ? path_logical(var_get_or("PWD", "/"), path) : memory_copy(path);
	bool fine = !chdir(target) ||
		    (logical && errno == ENOENT && !chdir(path) && !(logical = false));

	if (fine) {
		var_set("OLDPWD", var_get_or("PWD", ""));
		if (logical)
			var_set_flags("PWD", target, VAR_EXPORT);
		else if (getcwd(cwd, sizeof(cwd)))
			var_set_flags("PWD", cwd, VAR_EXPORT);
	}
	free(target);
	return fine;
}

/* Look for a relative folder in CDPATH. */
static bool cdpath_enter(const char *path, bool logical)
{
	const char *list = var_get_or("CDPATH", "");
	struct strbuf text = { 0 };
	bool found = false;

	if (*path == '/' || *path == '.')
		return false;
	for (; *list && !found; list += strspn(list, ":")) {
		size_t n = strcspn(list, ":");

		strbuf_reset(&text);
		strbuf_add(&text, list, n);
		strbuf_printf(&text, "/%s", path);
		found = folder_enter(strbuf_text(&text), logical);
		list += n;
	}
	strbuf_free(&text);
	return found;
}

int builtin_cd(int argc, char **argv)
{
	bool logical = true, print = false;
	const char *path;
	int i = 1;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		if (!strcmp(argv[i], "-P"))
			logical = false;
		else if (strcmp(argv[i], "-L"))
			break;
	}
	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	path = i < argc ? argv[i] : var_get("HOME");
	if (!path || !*path) {
		sh_warn("cd: HOME is not set");
		return 1;
	}
	if (!strcmp(path, "-")) {
		path = var_get("OLDPWD");
		print = true;
		if (!path) {
			sh_warn("cd: OLDPWD is not set");
			return 1;
		}
	}
	path = arena_copy(&sh.scratch, path, strlen(path));
	if (cdpath_enter(path, logical)) {
		print = true;
	} else if (!folder_enter(path, logical)) {
		sh_warn("cd: %s: %s", path, strerror(errno));
		return 1;
	}
	if (print)
		strbuf_printf(&sh.out, "%s\n", var_get_or("PWD", ""));
	return 0;
}

int builtin_pwd(int argc, char **argv)
{
	const char *pwd = var_get("PWD");
	struct stat here, there;
	char cwd[1024];
	bool physical = argc > 1 && !strcmp(argv[1], "-P");

	if (!physical && pwd && *pwd == '/' && !stat(pwd, &there) && !stat(".", &here) &&
	    here.st_ino == there.st_ino && here.st_dev == there.st_dev) {
		strbuf_printf(&sh.out, "%s\n", pwd);
		return 0;
	}
	if (!getcwd(cwd, sizeof(cwd))) {
		sh_warn("pwd: %s", strerror(errno));
		return 1;
	}
	strbuf_printf(&sh.out, "%s\n", cwd);
	return 0;
}

int builtin_umask(int argc, char **argv)
{
	mode_t mask = umask(0), wanted;
	char text[12];

	umask(mask);
	if (argc < 2) {
		strbuf_printf(&sh.out, "%04o\n", (unsigned int)mask);
		return 0;
	}
	if (!strcmp(argv[1], "-S")) {
		mode_format(text, S_IFREG | (~mask & 0777));
		strbuf_puts(&sh.out, "u=");
		for (int i = 1; i < 10; i++) {
			if (text[i] != '-')
				strbuf_putc(&sh.out, text[i]);
			if (i == 3 || i == 6)
				strbuf_puts(&sh.out, i == 3 ? ",g=" : ",o=");
		}
		strbuf_putc(&sh.out, '\n');
		return 0;
	}
	if (argv[1][0] >= '0' && argv[1][0] <= '7') {
		if (!mode_change(argv[1], 0, 0, &wanted))
			wanted = 010000;
	} else {
		wanted = 010000;
		if (mode_change(argv[1], ~mask & 0777, 0, &wanted))
			wanted = ~wanted & 0777;
	}
	if (wanted > 0777) {
		sh_warn("umask: %s: bad mode", argv[1]);
		return 1;
	}
	umask(wanted);
	return 0;
}

static const struct limit {
	char letter;
	int resource;
	int unit;
	const char *name;
} limits[] = {
	{ 't', RLIMIT_CPU, 1, "processor time (s)" },
	{ 'f', RLIMIT_FSIZE, 512, "file size (512-byte blocks)" },
	{ 'd', RLIMIT_DATA, 1024, "data (KiB)" },
	{ 's', RLIMIT_STACK, 1024, "stack (KiB)" },
	{ 'c', RLIMIT_CORE, 512, "core file (512-byte blocks)" },
	{ 'n', RLIMIT_NOFILE, 1, "open files" },
	{ 'v', RLIMIT_AS, 1024, "address space (KiB)" },
};

static void limit_print(const struct limit *limit, bool hard, bool name)
{
	struct rlimit value;
	rlim_t n;

	if (getrlimit(limit->resource, &value) < 0)
		return;
	n = hard ? value.rlim_max : value.rlim_cur;
	if (name)
		strbuf_printf(&sh.out, "-%c %-30s ", limit->letter, limit->name);
	if (n == RLIM_INFINITY)
		strbuf_puts(&sh.out, "unlimited\n");
	else
		strbuf_printf(&sh.out, "%llu\n", (unsigned long long)n / (unsigned int)limit->unit);
}

static int limit_set(const struct limit *limit, bool hard, bool soft, const char *text)
{
	struct rlimit value;
	char *end = (char *)"";
	rlim_t n = RLIM_INFINITY;

	if (strcmp(text, "unlimited"))
		n = (rlim_t)strtoull(text, &end, 10) * (rlim_t)limit->unit;
	if (*end || getrlimit(limit->resource, &value) < 0) {
		sh_warn("ulimit: %s: bad limit", text);
		return 1;
	}
	if (soft)
		value.rlim_cur = n;
	if (hard)
		value.rlim_max = n;
	if (setrlimit(limit->resource, &value) < 0) {
		sh_warn("ulimit: %s: %s", text, strerror(errno));
		return 1;
	}
	return 0;
}

int builtin_ulimit(int argc, char **argv)
{
	const size_t count = sizeof(limits) / sizeof(limits[0]);
	const struct limit *limit = &limits[1];
	bool hard = false, soft = false, all = false;
	int i = 1;

	for (; i < argc && argv[i][0] == '-'; i++)
		for (const char *letter = argv[i] + 1; *letter; letter++) {
			size_t n = 0;

			while (n < count && limits[n].letter != *letter)
				n++;
			if (n < count)
				limit = &limits[n];
			else if (strchr("HSa", *letter))
				hard |= *letter == 'H', soft |= *letter == 'S',
					all |= *letter == 'a';
			else {
				sh_warn("ulimit: -%c: no such option", *letter);
				return 2;
			}
		}
	if (all)
		for (size_t n = 0; n < count; n++)
			limit_print(&limits[n], hard, true);
	else if (i >= argc)
		limit_print(limit, hard, false);
	else
		return limit_set(limit, hard || !soft, soft || !hard, argv[i]);
	return 0;
}

int builtin_times(int argc, char **argv)
{
	long ticks = sysconf(_SC_CLK_TCK);
	struct tms t;
	clock_t all[4];

	(void)argc;
	(void)argv;
	if (ticks <= 0)
		ticks = 100;
	times(&t);
	all[0] = t.tms_utime;
	all[1] = t.tms_stime;
	all[2] = t.tms_cutime;
	all[3] = t.tms_cstime;
	for (int i = 0; i < 4; i++) {
		long hundredths = (long)all[i] * 100 / ticks;

		strbuf_printf(&sh.out, "%ldm%ld.%02lds%c", hundredths / 6000, hundredths / 100 % 60,
			      hundredths % 100, i % 2 ? '\n' : ' ');
	}
	return 0;
}
