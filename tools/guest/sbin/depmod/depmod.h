/* What the parts of depmod share. */
#ifndef GUEST_DEPMOD_H
#define GUEST_DEPMOD_H

#include <stdint.h>
#include <stdio.h>
#include "guest/lib/kmod.h"

/* One module of the tree. */
struct entry {
	char *path; /* relative to the tree; absolute: an external folder's */
	char *name;
	uint32_t rank; /* by modules.order, then by path: the position in the output */
	struct kmod_file file;
	struct entry **needs; /* providers of its symbols, each once, in the order of first use */
	size_t need_count;
	uint32_t users; /* modules that need this one */
	uint32_t order; /* in the topological sort: users come before what they use */
	bool mark;
};

struct tree {
	struct entry *list;
	size_t count;
};

struct config;

/* scan.c: the module files below kmod_directory and in external folders, or those named (NULL: all), in the order of the
 * output. Their number of failures. */
int tree_scan(struct tree *tree, const struct config *config, char **files);

/* symbols.c: who exports what, in the order of modules.symbols. */
struct symbol {
	const char *name;
	uint32_t bucket;
	struct entry *owner;
};
struct symbols {
	struct symbol *list;
	size_t count, room;
};
void symbols_make(struct symbols *symbols, const struct tree *tree);
struct entry *symbols_owner(const struct symbols *symbols, const char *name); /* NULL: nobody */

/* config.c: depmod.d. */
struct config_path {
	char *path;    /* absolute */
	bool builtin;  /* of search: what no other entry names */
	bool external; /* of search: the external folders */
	struct config_path *next;
};
struct config {
	struct config_path *overrides, *searches, *externals,
		*excludes; /* what is read last comes first */
};
/* path: a file or folder in place of the usual ones, or NULL. */
void config_read(struct config *config, const char *path, const char *release);
/* Whether the file `new` counts more than `old` of the same module. Paths are absolute, without ending. */
bool config_prefers(const struct config *config, const char *new, const char *old);
bool config_excludes(const struct config *config, const char *name);

/* kernel.c: the symbols of System.map or Module.symvers. */
struct kernel_symbol {
	char *name;
	uint32_t crc;
};
struct kernel_symbols {
	struct kernel_symbol *list;
	size_t count, room;
	bool versions; /* the crc are valid */
};
/* prefix: in front of each symbol, left out; 0: none. 0, or -1 (said). */
int kernel_symbols_read(struct kernel_symbols *kernel, const char *path, bool is_map, char prefix);
const struct kernel_symbol *kernel_symbol_find(const struct kernel_symbols *kernel,
					       const char *name);

/* graph.c */
/* Fills needs and users from exports and undefined symbols. errors: report symbols that nobody has. */
void graph_resolve(struct tree *tree, const struct symbols *symbols, bool errors,
		   const struct kernel_symbols *kernel);
/* -v: "FILE needs "SYMBOL": FILE" for each symbol that a module has from another. */
void graph_show(const struct tree *tree, const struct symbols *symbols);
/* 0, or the number of modules in cycles, which are reported. */
int graph_sort(struct tree *tree);
/* All that the module needs, directly or not, nearest first. */
size_t graph_closure(struct tree *tree, struct entry *entry, struct entry ***all);

/* output.c: writes every file; dry: the text ones on stdout; warn: about aliases that come twice. 0 or 1. */
int output_all(struct tree *tree, const struct symbols *symbols, bool dry, bool warn);

/* index.c: kmod's binary index, a trie in a file. */
struct index_value {
	char *key;
	char *value;
	uint32_t priority;
	size_t arrival;
};
struct index {
	struct index_value *list;
	size_t count, room;
	bool absent; /* what it is made from is not there: an empty file */
};
void index_add(struct index *index, const char *key, const char *value, uint32_t priority);
void index_write(struct index *index, FILE *to);

#endif
