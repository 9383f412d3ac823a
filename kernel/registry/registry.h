/* Inside of the registry, shared by its files. */
#ifndef REGISTRY_REGISTRY_H
#define REGISTRY_REGISTRY_H

#include <rakit/registry.h>

struct seq_file;

/* One thing on offer. The registry's own memory: it outlives the object while anybody uses it. */
struct registry_entry {
	struct hlist_node by_name;   /* in the table by name, while it is offered */
	struct hlist_node by_object; /* in the table by object, until the last user is gone */
	struct list_head order;	     /* in the table's list, until the last user is gone */
	enum registry_kind kind;     /* its table */
	struct module *owner;	     /* who offers it, NULL: the kernel */
	void *object;		     /* what lookups return */
	unsigned int users;	     /* lookups not given back, plus 1 while it is offered */
	bool offered;		     /* lookups may find it */
	u64 since;		     /* when it was added: nanoseconds since boot */
	char name[REGISTRY_NAME_MAX + 1];
};

/* What is particular to a kind. */
struct registry_type {
	const char *name; /* noun for reports: "filesystem" */
	void (*detail)(void *object, char *buf,
		       size_t size); /* one word about an object for the view; may be NULL */
};

extern const struct registry_type registry_driver_type;
extern const struct registry_type registry_filesystem_type;
extern const struct registry_type registry_protocol_type;
extern const struct registry_type registry_binfmt_type;

const struct registry_type *registry_type(enum registry_kind kind);

/* Calls fn(entry, data) for each offered entry of a table in order, under the lock (fn may not sleep). */
void registry_for_each(enum registry_kind kind,
		       void (*fn)(const struct registry_entry *entry, void *data), void *data);

#endif
