/*
 * Who needs whom. A module needs the modules that export its undefined symbols. The topological sort puts
 * users before what they use (Kahn 1962); the order in which it takes modules that are equally ready is
 * kmod's, so that the lists come out the same.
 */
#include <stdlib.h>
#include <string.h>
#include "guest/sbin/depmod/depmod.h"

struct symbol {
	const char *name;
	struct entry *owner;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct symbol *)a)->name, ((const struct symbol *)b)->name);
}

static size_t collect(struct tree *tree, struct symbol **symbols)
{
	size_t count = 0, room = 0;

	*symbols = NULL;
	for (size_t i = 0; i < tree->count; i++) {
		const char *name;

		for (uint32_t s = 0; (s = kmod_file_next_export(&tree->list[i].file, s, &name));) {
			if (count == room) {
				room = room * 2 + 64;
				*symbols = kmod_need(realloc(*symbols, room * sizeof(**symbols)));
			}
			(*symbols)[count++] = (struct symbol){ name, &tree->list[i] };
		}
	}
	if (count)
		qsort(*symbols, count, sizeof(**symbols), by_name);
	return count;
}

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

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void graph_resolve(struct tree *tree, bool errors, const struct kmod_list *kernel_symbols)
{
	struct symbol *symbols;
	size_t count = collect(tree, &symbols);

	if (kernel_symbols->count)
		qsort(kernel_symbols->text, kernel_symbols->count, sizeof(char *), by_text);
	for (size_t i = 0; i < tree->count; i++) {
		struct entry *e = &tree->list[i];
		const char *name;
		bool weak;

		for (uint32_t s = 0; (s = kmod_file_next_undefined(&e->file, s, &name, &weak));) {
			struct symbol key = { name, NULL };
			struct symbol *found = count ? bsearch(&key, symbols, count,
							       sizeof(*symbols), by_name)
						     : NULL;

			if (found)
				add_need(e, found->owner);
			else if (errors && !weak &&
				 !(kernel_symbols->count &&
				   bsearch(&name, kernel_symbols->text, kernel_symbols->count,
					   sizeof(char *), by_text)))
				kmod_warning("%s needs unknown symbol %s\n", e->file.path, name);
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
