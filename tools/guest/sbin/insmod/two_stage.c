/*
 * 1. query_module() gives the symbols that the kernel and each module export.
 * 2. create_module() reserves memory under the module's name and says where.
 * 3. The object is linked to that address with the linker that the kernel has (modlink.h).
 * 4. finit_module(MODULE_INIT_LINKED) hands over the image and the table of exported symbols.
 */
#include <errno.h>
#include <fcntl.h>
#include <modlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/module.h>
#include <unistd.h>
#include "guest/lib/kmod.h"
#include "two_stage.h"
#include "sign/trailer.h"

struct symbol {
	const char *name;
	uint32_t value;
};

struct symbols {
	struct symbol *entries; /* by name */
	size_t count;
};

/* The whole answer to a question, in memory of its own; NULL with errno. */
static void *ask(const char *name, int which, size_t *count)
{
	size_t size = 4096;

	for (;;) {
		void *answer = kmod_need(malloc(size));

		if (!query_module(name, which, answer, size, count))
			return answer;
		free(answer);
		if (errno != ENOSPC)
			return NULL;
		size = *count;
	}
}

static int add_symbols(struct symbols *symbols, const char *module)
{
	size_t count;
	const struct module_symbol *table = ask(module, QM_SYMBOLS, &count);

	if (!table)
		return -errno;
	symbols->entries = kmod_need(
		realloc(symbols->entries, (symbols->count + count + 1) * sizeof(struct symbol)));
	for (size_t i = 0; i < count; i++)
		symbols->entries[symbols->count++] =
			(struct symbol){ (const char *)table + table[i].name, table[i].value };
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct symbol *)a)->name, ((const struct symbol *)b)->name);
}

static int collect_symbols(struct symbols *symbols)
{
	size_t count;
	const char *name = ask(NULL, QM_MODULES, &count);
	int error = name ? add_symbols(symbols, NULL) : -errno;

	for (; !error && count; count--, name += strlen(name) + 1) {
		error = add_symbols(symbols, name);
		if (error == -ENOENT) /* gone meanwhile */
			error = 0;
	}
	qsort(symbols->entries, symbols->count, sizeof(struct symbol), by_name);
	return error;
}

static int lookup(void *context, const char *name, int weak, uint32_t *value)
{
	const struct symbols *symbols = context;
	struct symbol key = { name, 0 }, *found;

	found = bsearch(&key, symbols->entries, symbols->count, sizeof(key), by_name);
	if (found)
		*value = found->value;
	return found != NULL;
}

static int refuse_link(const struct modlink *link, const char *path)
{
	const char *name;

	kmod_error("%s: %s\n", path, modlink_error(link));
	for (unsigned int i = 0; (name = modlink_missing(link, i)); i++)
		kmod_error("%s: needs %s, which nobody loaded exports\n", path, name);
	return modlink_missing(link, 0) ? -ENOENT : -ENOEXEC;
}

static struct module_linked_symbol *exports_of(const struct modlink *link, unsigned long *count)
{
	struct module_linked_symbol *table = NULL;
	uint32_t value;
	const char *name;

	for (*count = 0; modlink_export(link, *count, &name, &value); ++*count) {
		table = kmod_need(realloc(table, (*count + 1) * sizeof(*table)));
		table[*count] = (struct module_linked_symbol){ value, name };
	}
	return table;
}

static int hand_over(const char *path, struct module_linked *linked)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), error;

	if (fd < 0)
		return -errno;
	error = finit_module(fd, (const char *)linked, MODULE_INIT_LINKED) ? -errno : 0;
	close(fd);
	return error;
}

/* Stages 3 and 4, at the address that is reserved. */
static int link_and_hand_over(struct modlink *link, const char *path, const char *options,
			      void *address, bool verbose)
{
	struct module_linked linked = { .address = (unsigned long)address,
					.size = modlink_size(link),
					.args = options };
	struct symbols symbols = { 0 };
	int error = collect_symbols(&symbols);

	if (error)
		return error;
	linked.image = modlink_at(link, linked.address, lookup, &symbols);
	if (!linked.image)
		return refuse_link(link, path);
	linked.symbols = exports_of(link, &linked.symbol_count);
	if (verbose)
		printf("stage 1: %lu bytes reserved at %p, linked to %zu known symbols\n"
		       "stage 2: image handed over with %lu exported symbols\n",
		       linked.size, address, symbols.count, linked.symbol_count);
	return hand_over(path, &linked);
}

static int insert(struct modlink *link, const char *path, const char *options, bool verbose)
{
	const char *name = modlink_info(link, "name");
	void *address;

	if (modlink_error(link))
		return refuse_link(link, path);
	if (!name)
		name = kmod_name_of_path(path);
	address = create_module(name ? name : "", modlink_size(link));
	if (address == (void *)-1)
		return -errno;
	/* After an error the reservation ends with this program; another call would hide what the kernel said. */
	return link_and_hand_over(link, path, options, address, verbose);
}

/* Without a signature, which the kernel reads from the file itself. */
static size_t content_size(const char *bytes, size_t size)
{
	const uint8_t *message;
	size_t content, message_size;
	enum trailer_status status = trailer_find((const uint8_t *)bytes, size, &content, &message,
						  &message_size);

	return status == TRAILER_FOUND ? content : size;
}

int two_stage_insert(const char *path, const char *options, bool verbose)
{
	size_t size;
	char *bytes = kmod_read(path, &size);
	struct modlink *link = bytes ? modlink_open(bytes, content_size(bytes, size)) : NULL;

	return link ? insert(link, path, options, verbose) : -errno;
}
