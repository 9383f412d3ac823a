/*
 * Who needs whom. A module needs the modules that export its undefined symbols. The topological sort puts
 * users before what they use (Kahn 1962); the order in which it takes modules that are equally ready is
 * kmod's, so that the lists come out the same.
 */
#include <stdlib.h>
#include <string.h>
#include "guest/sbin/depmod/depmod.h"

static void add_need(struct entry *user, struct entry *provider)
{
	if (user == provider)
		return;
	for (size_t i = 0; i < user->need_count; i++)
		if (user->needs[i] == provider)
			return;
	user->needs =
		kmod_need(realloc(user->needs, (user->need_count + 1) * sizeof(*user->needs)));
	user->needs[user->need_count++] = provider;
	provider->users++;
}

/* The version that the module was built for, from __versions: struct modversion_info, a CRC and a name, 64 bytes. */
static uint32_t wanted_version(const struct kmod_file *file, const char *name)
{
	uint32_t size = 0, crc = 0;
	const char *entry = link_section_bytes(&file->object, file->object.known[LINK_S_VERSIONS],
					       &size);

	for (uint32_t at = 0; entry && at + 64 <= size; at += 64)
		if (strncmp(entry + at + 4, name, 60) == 0)
			memcpy(&crc, entry + at, 4);
	return crc;
}

static const char *full_path(const struct entry *e)
{
	return *e->path == '/' ? e->path : kmod_text("%s/%s", kmod_directory, e->path);
}

static void check_kernel(const struct entry *e, const char *name,
			 const struct kernel_symbols *kernel)
{
	const struct kernel_symbol *symbol = kernel_symbol_find(kernel, name);
	const char *path = full_path(e);

	if (!symbol)
		kmod_warning("%s needs unknown symbol %s\n", path, name);
	else if (kernel->versions && symbol->crc != wanted_version(&e->file, name))
		kmod_warning("%s disagrees about version of symbol %s\n", path, name);
}

void graph_resolve(struct tree *tree, const struct symbols *symbols, bool errors,
		   const struct kernel_symbols *kernel)
{
	for (size_t i = 0; i < tree->count; i++) {
		struct entry *e = &tree->list[i];
		const char *name;
		bool weak;

		for (uint32_t s = 0; (s = kmod_file_next_undefined(&e->file, s, &name, &weak));) {
			struct entry *owner = symbols_owner(symbols, name);

			if (owner)
				add_need(e, owner);
			else if (errors && !weak)
				check_kernel(e, name, kernel);
		}
	}
}

void graph_show(const struct tree *tree, const struct symbols *symbols)
{
	for (size_t i = 0; i < tree->count; i++) {
		const char *name;
		bool weak;

		for (uint32_t s = 0;
		     (s = kmod_file_next_undefined(&tree->list[i].file, s, &name, &weak));) {
			struct entry *owner = symbols_owner(symbols, name);

			if (owner)
				printf("%s needs \"%s\": %s\n", full_path(&tree->list[i]), name,
				       full_path(owner));
		}
	}
}

static bool report_cycle(struct entry *from, struct entry *at, char *path)
{
	if (at->mark)
		return false;
	at->mark = true;
	path = *path ? kmod_text("%s -> %s", path, at->name) : at->name;
	for (size_t i = 0; i < at->need_count; i++) {
		if (at->needs[i] == from) {
			kmod_error("Cycle detected: %s -> %s\n", path, from->name);
			return true;
		}
		if (at->needs[i]->users && report_cycle(from, at->needs[i], path))
			return true;
	}
	return false;
}

int graph_sort(struct tree *tree)
{
	struct entry **ready = kmod_need(calloc(tree->count + 1, sizeof(*ready)));
	size_t n = 0, sorted = 0;

	for (size_t i = 0; i < tree->count; i++)
		if (tree->list[i].users == 0)
			ready[n++] = &tree->list[i];
	while (n) {
		struct entry *e = ready[--n];

		e->order = sorted++;
		for (size_t i = 0; i < e->need_count; i++)
			if (--e->needs[i]->users == 0)
				ready[n++] = e->needs[i];
	}
	free(ready);
	if (sorted == tree->count)
		return 0;
	for (size_t i = 0; i < tree->count; i++) {
		if (!tree->list[i].users)
			continue;
		for (size_t k = 0; k < tree->count; k++)
			tree->list[k].mark = false;
		if (report_cycle(&tree->list[i], &tree->list[i], ""))
			break;
	}
	kmod_error("Found %d modules in dependency cycles!\n", (int)(tree->count - sorted));
	return tree->count - sorted;
}

static void close_over(struct entry *e, struct entry **all, size_t *count)
{
	for (size_t i = 0; i < e->need_count; i++) {
		if (e->needs[i]->mark)
			continue;
		e->needs[i]->mark = true;
		all[(*count)++] = e->needs[i];
		close_over(e->needs[i], all, count);
	}
}

static int by_order(const void *a, const void *b)
{
	uint32_t x = (*(struct entry *const *)a)->order, y = (*(struct entry *const *)b)->order;

	return x < y ? -1 : x > y;
}

size_t graph_closure(struct tree *tree, struct entry *entry, struct entry ***all)
{
	size_t count = 0;

	*all = kmod_need(calloc(tree->count + 1, sizeof(**all)));
	for (size_t i = 0; i < tree->count; i++)
		tree->list[i].mark = false;
	close_over(entry, *all, &count);
	if (count)
		qsort(*all, count, sizeof(**all), by_order);
	return count;
}
