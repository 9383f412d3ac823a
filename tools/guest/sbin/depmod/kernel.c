/* Symbols of the kernel: System.map has lines "ADDRESS TYPE SYMBOL", Module.symvers "CRC\tSYMBOL\tMODULE\tKIND". */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "guest/sbin/depmod/depmod.h"

#define EXPORT "__ksymtab_"

static void add(struct kernel_symbols *kernel, char *name, uint32_t crc)
{
	if (kernel->count == kernel->room) {
		kernel->room = kernel->room * 2 + 256;
		kernel->list =
			kmod_need(realloc(kernel->list, kernel->room * sizeof(*kernel->list)));
	}
	kernel->list[kernel->count++] = (struct kernel_symbol){ name, crc };
}

static char *skip_word(char *p)
{
	p += strcspn(p, " \t");
	return p + strspn(p, " \t");
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct kernel_symbol *)a)->name,
		      ((const struct kernel_symbol *)b)->name);
}

int kernel_symbols_read(struct kernel_symbols *kernel, const char *path, bool is_map, char prefix)
{
	char *text = kmod_read(path, NULL), *state;

	if (!text) {
		kmod_fatal("could not load %s: %s\n", path, strerror(errno));
		return -1;
	}
	for (char *line = strtok_r(text, "\n", &state); line; line = strtok_r(NULL, "\n", &state)) {
		char *name = skip_word(line);

		if (is_map)
			name = skip_word(name);
		name[strcspn(name, " \t")] = 0;
		name += prefix && *name == prefix;
		if (!is_map)
			add(kernel, name, strtoul(line, NULL, 16));
		else if (strncmp(name, EXPORT, strlen(EXPORT)) == 0)
			add(kernel, name + strlen(EXPORT), 0);
	}
	kernel->versions |= !is_map;
	if (kernel->count)
		qsort(kernel->list, kernel->count, sizeof(*kernel->list), compare);
	return 0;
}

const struct kernel_symbol *kernel_symbol_find(const struct kernel_symbols *kernel,
					       const char *name)
{
	struct kernel_symbol key = { (char *)name, 0 };

	return kernel->count ? bsearch(&key, kernel->list, kernel->count, sizeof(key), compare)
			     : NULL;
}
