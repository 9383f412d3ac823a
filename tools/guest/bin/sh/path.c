/*
 * path: where programs are, and running them.
 *
 * Nothing is looked up before it is needed; what was found is remembered until PATH changes (`hash`
 * shows it).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sh.h"

#define BUCKETS 32

struct program {
	struct program *next;
	char *path;
	unsigned int uses;
	char name[];
};

static struct program *table[BUCKETS];

static unsigned int bucket_of(const char *name)
{
	unsigned int hash = 0;

	while (*name)
		hash = hash * 31 + (unsigned char)*name++;
	return hash % BUCKETS;
}

void path_forget(void)
{
	for (unsigned int i = 0; i < BUCKETS; i++)
		while (table[i]) {
			struct program *program = table[i];

			table[i] = program->next;
			free(program->path);
			free(program);
		}
}

static bool executable(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) && !access(path, X_OK);
}

const char *path_find_in(const char *name, const char *path)
{
	struct strbuf text = { 0 };
	const char *result = NULL;

	for (;;) {
		size_t n = strcspn(path, ":");

		strbuf_reset(&text);
		strbuf_add(&text, path, n);
		if (n)
			strbuf_putc(&text, '/');
		strbuf_puts(&text, name);
		if (executable(strbuf_text(&text))) {
			result = arena_copy(&sh.scratch, text.data, text.length);
			break;
		}
		path += n;
		if (!*path++)
			break;
	}
	strbuf_free(&text);
	return result;
}

const char *path_find(const char *name)
{
	struct program **bucket = &table[bucket_of(name)], *program;
	const char *path;

	if (strchr(name, '/'))
		return executable(name) ? name : NULL;
	for (program = *bucket; program; program = program->next)
		if (!strcmp(program->name, name) && executable(program->path)) {
			program->uses++;
			return program->path;
		}
	path = path_find_in(name, var_get_or("PATH", ""));
	if (!path)
		return NULL;
	program = memory_get(sizeof(*program) + strlen(name) + 1);
	strcpy(program->name, name);
	program->path = memory_copy(path);
	program->uses = 1;
	program->next = *bucket;
	*bucket = program;
	return program->path;
}

int builtin_hash(int argc, char **argv)
{
	int status = 0;

	if (argc > 1 && !strcmp(argv[1], "-r")) {
		path_forget();
		return 0;
	}
	for (int i = 1; i < argc; i++)
		if (!path_find(argv[i])) {
			sh_warn("hash: %s: not found", argv[i]);
			status = 1;
		}
	for (unsigned int i = 0; argc == 1 && i < BUCKETS; i++)
		for (struct program *program = table[i]; program; program = program->next)
			strbuf_printf(&sh.out, "%u\t%s\n", program->uses, program->path);
	return status;
}

/* A text file that can be executed but begins with no #! is a script for this shell. */
static void exec_script(const char *path, char **argv)
{
	int count = 0;
	char **args;

	while (argv[count])
		count++;
	args = arena_get(&sh.scratch, (size_t)(count + 2) * sizeof(*args));
	args[0] = (char *)"sh";
	args[1] = (char *)path;
	for (int i = 1; i <= count; i++)
		args[i + 1] = argv[i];
	execve("/bin/sh", args, var_environment());
	errno = ENOEXEC;
}

/* Replace the process; on failure say why and exit with 126 or 127. */
void path_exec(char **argv)
{
	const char *path = strchr(argv[0], '/') ? argv[0] : path_find(argv[0]);
	int reason = ENOENT;

	signals_default();
	if (path) {
		execve(path, argv, var_environment());
		if (errno == ENOEXEC)
			exec_script(path, argv);
		reason = errno;
	}
	if (!path)
		sh_warn("%s: not found", argv[0]);
	else
		sh_warn("%s: %s", argv[0], strerror(reason));
	_exit(reason == ENOENT ? 127 : 126);
}
