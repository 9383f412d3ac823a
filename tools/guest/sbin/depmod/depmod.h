/* What the parts of depmod share. */
#ifndef GUEST_DEPMOD_H
#define GUEST_DEPMOD_H

#include <stdint.h>
#include <stdio.h>
#include "guest/lib/kmod.h"

/* One module of the tree. */
struct entry {
	char *path; /* relative to the tree */
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

/* scan.c: the module files below kmod_directory, in the order of the output. Their number of failures. */
int tree_scan(struct tree *tree);

/* graph.c */
/* Fills needs and users from exports and undefined symbols. errors: report symbols that nobody has. */
void graph_resolve(struct tree *tree, bool errors, const struct kmod_list *kernel_symbols);
/* 0, or the number of modules in cycles, which are reported. */
int graph_sort(struct tree *tree);
/* All that the module needs, directly or not, nearest first. */
size_t graph_closure(struct tree *tree, struct entry *entry, struct entry ***all);

/* output.c: writes every file; dry: the text ones on stdout. 0 or 1. */
int output_all(struct tree *tree, bool dry);

/* index.c: kmod's binary index, a trie in a file. */
struct index_value {
	char *key;
	char *value;
	uint32_t priority;
};
struct index {
	struct index_value *list;
	size_t count, room;
};
void index_add(struct index *index, const char *key, const char *value, uint32_t priority);
void index_write(struct index *index, FILE *to);

#endif
