/* Inside of the ledger, shared by its files. */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include <rakit/ledger.h>

struct pnode;

/* One module's: module->ledger. */
struct ledger {
	struct module *owner;	  /* whose */
	struct list_head entries; /* in order of acquisition */
	unsigned int count;	  /* of entries */
	struct pnode *view;	  /* /sys/kernel/rakit/ledger/<module>, or NULL */
};

/* The owner's ledger, made if it is not there; NULL: out of memory. */
struct ledger *ledger_of(struct module *owner);

const char *ledger_kind_name(enum ledger_kind kind);

int ledger_view_create(struct ledger *ledger);
void ledger_view_remove(struct ledger *ledger);

/* Takes back the owner's heap objects; returns how many there were. */
unsigned int ledger_release_memory(struct module *owner, bool report);

#endif
