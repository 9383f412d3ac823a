/* which: print where programs are */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-a] NAME...");

static bool all;

static bool executable(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) && !access(path, X_OK);
}

static bool find(const char *name)
{
	const char *path = getenv("PATH") ? getenv("PATH") : "/bin:/sbin";
	struct strbuf text = { 0 };
	bool found = false;

	if (strchr(name, '/')) {
		if (executable(name))
			puts(name);
		return executable(name);
	}
	for (;; path++) {
		size_t n = strcspn(path, ":");

		strbuf_reset(&text);
		strbuf_printf(&text, "%.*s/%s", n ? (int)n : 1, n ? path : ".", name);
		if (executable(strbuf_text(&text)) && (all || !found)) {
			puts(text.data);
			found = true;
		}
		path += n;
		if (!*path)
			break;
	}
	strbuf_free(&text);
	return found;
}

int main(int argc, char **argv)
{
	int c, status = 0;

	program_start(argv);
	while ((c = getopt(argc, argv, "a")) != -1) {
		if (c != 'a')
			die_usage(2);
		all = true;
	}
	argv += optind;
	if (!*argv)
		die_usage(2);
	for (; *argv; argv++)
		if (!find(*argv))
			status = 1;
	return program_finish(status);
}
