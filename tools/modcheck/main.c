/*
 * modcheck: links modules dry against a kernel image on the build machine, and tells what the kernel, or a student,
 * would find wrong with them.
 *
 *	modcheck -k rakit.elf [-p PROVIDER.ko]... MODULE.ko...
 *
 * One finding a line: `FILE: KIND: text`. Kinds: malformed (what the linker refuses, sections that are writable and
 * executable among it), undefined, crc, licence, namespace, duplicate, cycle, metadata. Providers are modules that the
 * others may need and that are not checked themselves. Exit status: 0 nothing found, 1 findings, 2 it could not be done.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "modcheck.h"

void finding(struct check *check, const struct module *module, const char *kind, const char *format,
	     ...)
{
	va_list args;

	if (!module->checked)
		return;
	printf("%s: %s: ", module->path, kind);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	check->findings++;
}

/* The version text lies in the image as the compiler put it: what ends with the hash of the configuration. */
static const char *find_vermagic(const char *path)
{
	static const char mark[] = "modversions cfg-";
	size_t size;
	char *bytes = (char *)read_file(path, &size), *at = bytes, *end = bytes + size;

	while ((at = memchr(at, mark[0], (size_t)(end - at)))) {
		if ((size_t)(end - at) > sizeof(mark) && !memcmp(at, mark, sizeof(mark) - 1))
			break;
		at++;
	}
	while (at && at > bytes && at[-1])
		at--;
	return at;
}

static void read_kernel(struct check *check, const char *path)
{
	char list[] = "/tmp/modcheck-XXXXXX";
	int fd = mkstemp(list);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

	if (!out)
		die("%s: cannot be written", list);
	kernel_write(path, out);
	fclose(out);
	symvers_read(&check->exports, list);
	unlink(list);
	check->vermagic = find_vermagic(path);
	if (!check->vermagic)
		die("%s: no version text in it: no kernel of this tree", path);
}

static void add(struct check *check, const char *path, bool checked)
{
	check->modules = realloc(check->modules, (check->count + 1) * sizeof(*check->modules));
	if (!check->modules)
		die("out of memory");
	memset(&check->modules[check->count], 0, sizeof(*check->modules));
	check->modules[check->count].path = path;
	check->modules[check->count++].checked = checked;
}

/* A provider that is also checked, or given twice, is left out. */
static bool is_superseded(struct check *check, unsigned int index)
{
	const struct module *module = &check->modules[index];

	for (unsigned int i = 0; i < check->count && !module->checked; i++)
		if (i != index && check->modules[i].valid && module->valid &&
		    (check->modules[i].checked || i < index) &&
		    !strcmp(check->modules[i].name, module->name))
			return true;
	return false;
}

static void run(struct check *check)
{
	for (unsigned int i = 0; i < check->count; i++)
		module_open(check, &check->modules[i], check->modules[i].path);
	for (unsigned int i = 0; i < check->count; i++)
		if (is_superseded(check, i))
			check->modules[i].valid = false;
	for (int checked = 0; checked < 2; checked++)
		for (unsigned int i = 0; i < check->count; i++)
			if (check->modules[i].valid && check->modules[i].checked == checked)
				module_add_exports(check, &check->modules[i]);
	for (unsigned int i = 0; i < check->count; i++) {
		if (!check->modules[i].valid)
			continue;
		metadata_check(check, &check->modules[i]);
		symbols_check(check, &check->modules[i]);
	}
	cycles_check(check);
}

int main(int argc, char **argv)
{
	static struct check check;
	const char *kernel = NULL;

	tool_name = "modcheck";
	for (int option; (option = getopt(argc, argv, "k:p:")) != -1;) {
		if (option == 'k')
			kernel = optarg;
		else if (option == 'p')
			add(&check, optarg, false);
	}
	if (!kernel || optind == argc) {
		fputs("usage: modcheck -k rakit.elf [-p PROVIDER.ko]... MODULE.ko...\n", stderr);
		return 2;
	}
	read_kernel(&check, kernel);
	for (; optind < argc; optind++)
		add(&check, argv[optind], true);
	run(&check);
	return check.findings > 0;
}
